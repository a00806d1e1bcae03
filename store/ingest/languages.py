"""Which language a text is in: by its script, then by its smallest words.

A trained identifier costs half a second and a hundred megabytes the first time;
this one costs nothing and is as right on news of some hundred signs, for the
languages it knows. Where it is unsure it says so: ``None`` is better than wrong,
because a wrong language misleads every step after.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 3000
"""Code points looked at; more do not change the answer."""

_SCRIPTS = (
    ("latin", 0x41, 0x24F),
    ("el", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("hy", 0x530, 0x58F),
    ("he", 0x590, 0x5FF),
    ("arabic", 0x600, 0x6FF),
    ("hi", 0x900, 0x97F),
    ("bn", 0x980, 0x9FF),
    ("ta", 0xB80, 0xBFF),
    ("te", 0xC00, 0xC7F),
    ("th", 0xE00, 0xE7F),
    ("ka", 0x10A0, 0x10FF),
    ("latin", 0x1E00, 0x1EFF),
    ("el", 0x1F00, 0x1FFF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)

# Words that stand in any text of the language, as they are written in lower case.
# A word that several languages share counts less for each of them.
_SMALL_WORDS = {
    "it": "il lo la gli le un una uno di del della dello dei degli delle da dal dalla "
    "dai dalle in nel nella nei nelle con su sul sulla sui per tra fra e ed o "
    "ma che chi non si è sono era ha hanno ho anche come più questo questa "
    "quello quella essere stato stata suo sua suoi loro al alla allo ai agli "
    "alle ci se già dopo quando perché così molto ogni dove",
    "en": "the of and to in a is that for it was on with as by at from be are this an "
    "have has had not but they his her he she which or we you their its been "
    "who were would there what when will about more if into than them can after "
    "said also",
    "fr": "le la les un une des du de et en à au aux que qui dans pour par sur pas "
    "plus ne ce cette ces il elle ils est sont était a ont été avec son sa ses "
    "se leur leurs mais ou où nous vous on tout comme fait être d'un d'une sans "
    "après aussi entre deux même dont depuis lors",
    "de": "der die das den dem des ein eine einer eines einem einen und oder aber in "
    "im zu zum zur von vom mit bei nach aus auf an am für um über unter durch "
    "gegen nicht ist sind war waren wird werden wurde wurden hat haben hatte "
    "sich er sie es wir ich auch als wie so dass noch nur bis seine ihre kann "
    "mehr vor zwischen",
    "es": "el la los las un una unos de del al a y o u en que se por con para no es "
    "son era fue ha han su sus lo le les como más pero este esta esto ese esa "
    "sin sobre entre hasta desde cuando muy ya también ser hay todo dos años "
    "donde porque durante está están según así",
    "pt": "o a os as um uma de do da dos das em no na nos nas e ou que se por pelo "
    "pela com para não é são era foi ao à aos mais mas como sua seu seus suas "
    "ele ela este esta isso sem sobre entre até desde quando muito já também "
    "ser há foram tem anos onde após está segundo",
    "ca": "el la els les un una uns de del dels al als a i o en que es per amb no és "
    "són era va ha han seu seva seus més però com aquest aquesta sense sobre "
    "entre fins des quan molt ja també ser dos anys on perquè està segons van "
    "pel pels",
    "ro": "și în la de cu pe pentru din că nu este sunt era a au fost o un unei unui "
    "ale al cel cea care mai sau dar după prin acest această lui lor ca să se "
    "fi când foarte între până fără iar despre",
    "nl": "de het een en van in op te dat die is was voor met zijn niet aan er om ook "
    "als maar door naar over bij uit tot dan werd worden wordt heeft hebben had "
    "deze dit hij zij ze we nog meer of tegen onder na wel geen zo kan moet "
    "werden tussen waar",
    "sv": "och att det som en ett på är av för med den till inte har de om var jag "
    "från men han hon vi kan ska eller när så sig mot där efter under också vid "
    "sin ut över blev hade skulle mycket än här nu sedan",
    "da": "og at det som en et på er af for med den til ikke har de om var jeg fra "
    "men han hun vi kan skal eller når så sig mod der efter under også ved sin "
    "ud over blev havde ville meget end her nu hvor være efter hos",
    "nb": "og at det som en et på er av for med den til ikke har de om var jeg fra "
    "men han hun vi kan skal eller når så seg mot der etter under også ved sin "
    "ut over ble hadde ville mye enn her nå hvor være ei blir",
    "fi": "ja on ei että se oli hän mutta kun myös ovat joka tai niin kuin jos ole "
    "sen hänen tämä sekä jo vain ennen jälkeen mukaan vuonna olivat olla voi "
    "sitä nyt siitä joita jonka kanssa",
    "pl": "w i na z do się nie że to jest o jak po od za co dla przez ale są był była "
    "było były przy oraz tym ten ta te tego tej ze jego jej ich lub czy już "
    "także roku może który która które być pod nad między we a tak tylko",
    "cs": "a v na se je že to s z do o i za po jako ale by jsou byl byla bylo pro od "
    "při nebo ve které který která jeho ke už také jen jeho však podle aby má "
    "může roku ze před není tak mezi",
    "sk": "a v na sa je že to s z do o i za po ako ale by sú bol bola bolo pre od pri "
    "alebo vo ktoré ktorý ktorá jeho už tiež aj len však podľa aby má môže roku "
    "zo pred nie je tak medzi keď čo",
    "hr": "i u na je se da za su od s o koji koja koje kao što ne će bi nije ali te "
    "iz do po bio bila bilo biti ili samo više nakon prije kako još već sve ako "
    "to taj ove ova prema godine",
    "sl": "in v na je se da za so od z s o ki kot ne bo bi ni pa ali po bil bila bilo "
    "biti tudi več že še le pri do iz kar kako pred ter zaradi leta med tem ob "
    "če",
    "hu": "a az és hogy nem is egy van volt meg ez de csak már még mint vagy ki el ha "
    "kell azt ezt ami aki után között lesz nagyon szerint majd több pedig sem "
    "arra során ezek voltak lehet",
    "tr": "ve bir bu için de da ile olarak çok daha olan gibi en ne o kadar sonra ise "
    "ama var değil olduğu mi her göre ya oldu etti tarafından dedi yeni ancak "
    "ki ilk büyük",
}

_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")
_LANGUAGES_OF: dict[str, tuple[tuple[str, float], ...]] = {}


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, ``None`` when unsure.

    Meant for 300 signs and more; a mixed or very short text is ``None``.
    """
    sample = text[:SAMPLE]
    counts: Counter[str] = Counter()
    for char, times in Counter(sample).items():
        counts[_script(char)] += times
    del counts[""]
    if not counts:
        return None
    script, times = counts.most_common(1)[0]
    if script in ("han", "kana"):
        return _east_asian(counts)
    few = 40 if script in ("latin", "cyrillic") else 20
    if times * 10 < counts.total() * 6 or times < few:
        return None
    if script == "latin":
        return _by_small_words(sample)
    if script == "cyrillic":
        return _cyrillic(sample)
    return _arabic(sample) if script == "arabic" else script


def _script(char: str) -> str:
    code = ord(char)
    if not char.isalpha():
        return ""
    return next((name for name, low, high in _SCRIPTS if low <= code <= high), "other")


def _east_asian(counts: Counter[str]) -> str | None:
    signs = counts["han"] + counts["kana"]
    if signs < 15 or signs * 2 < counts.total():
        return None
    return "ja" if counts["kana"] * 10 > signs else "zh"


def _cyrillic(sample: str) -> str | None:
    """Told by letters that only one of the languages has."""
    low = Counter(sample.lower())
    marks = {
        "be": low["ў"] * 4,
        "uk": low["ї"] + low["є"] + low["і"] + low["ґ"] - 4 * low["ў"],
        "sr": low["ђ"] + low["ћ"] + low["џ"] + low["љ"] + low["њ"] + low["ј"],
        "mk": 3 * (low["ѓ"] + low["ќ"] + low["ѕ"]),
        "ru": low["ы"] + low["э"] + low["ё"],
    }
    best, score = max(marks.items(), key=lambda item: item[1])
    if score >= 2:
        return best
    return "bg" if low["ъ"] >= 3 else None


def _arabic(sample: str) -> str:
    if sum(map(sample.count, "ٹڈڑےں")) >= 3:
        return "ur"
    return "fa" if sum(map(sample.count, "پچژگیک")) >= 5 else "ar"


def _by_small_words(sample: str) -> str | None:
    """The language whose small words the text is made of.

    A sixth of the words must be on its list, and what only few languages share
    must speak for it clearly more than for the next: else it may be a language
    that is not listed at all.
    """
    known = _known()
    words = _WORD.findall(sample.lower().replace("’", "'"))
    if len(words) < 12:
        return None
    listed: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for word in words:
        for language, weight in known.get(word, ()):
            listed[language] += 1
            weights[language] = weights.get(language, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if not ranked:
        return None
    best, most = ranked[0]
    next_most = ranked[1][1] if len(ranked) > 1 else 0.0
    if listed[best] * 6 < len(words) or most * 16 < len(words):
        return None
    return best if most >= next_most * 1.15 else None


def _known() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each small word with its languages and what it counts there; made once."""
    if not _LANGUAGES_OF:
        owners: dict[str, list[str]] = {}
        for language, words in _SMALL_WORDS.items():
            for word in set(words.split()):
                owners.setdefault(word, []).append(language)
        for word, languages in owners.items():
            weight = 1 / len(languages)
            _LANGUAGES_OF[word] = tuple((name, weight) for name in languages)
    return _LANGUAGES_OF
