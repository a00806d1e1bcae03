"""Where sentences begin and end: one scan with regular expressions, no model.

Reading by sentence, tagging by sentence and the extractor need the same answer,
so it is given in one place. Spans are code point offsets into the text, end
exclusive, without the blanks around the sentence. A line break always ends a
sentence: headlines and list lines carry no full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»›)\\]“«"
_OPENERS = "\"'“”„«»‹›‘’‚(\\[¿¡–—•*-"
_CANDIDATE = re.compile(
    r"[\n\r\x0b\x0c\x85\u2028\u2029]+"
    rf"|[.!?…]+[{_CLOSERS}]*(?:\[\d{{1,3}}\])?(?:[ \u00a0\u202f][»”])?(?=\s)"
    r"|[。！？｡।॥؟۔։]+[」』）】》”’\"'»)]*"
)
_NEXT = re.compile(rf"\s*[{_OPENERS}]{{0,4}}[ \u00a0\u202f]?(\w*)")
_STOPS = frozenset(".!?…")
_EDGES = "\"'“”„«»‹›‘’(["
_LONGEST = 16  # no abbreviation is longer, so a scan back may stop there


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations after which a sentence never ends: titles, units, "e.g.".
_OPEN: dict[str, frozenset[str]] = {
    "en": _words(
        "mr mrs ms mx messrs dr prof rev fr st ste mt ft gen lt col sgt capt cpl "
        "cmdr adm maj brig hon pres gov sen rep atty supt det e.g i.e cf vs viz "
        "approx dept est hwy"
    ),
    "it": _words(
        "sig sigg sig.ra sig.na dott dott.ssa dr dr.ssa prof prof.ssa avv ing arch "
        "geom rag on sen gen col cap ten magg mar cav comm mons card don s ss p.es "
        "es cfr ca mln mld mlrd min tel v vs ed a.d p.zza v.le c.so f.lli"
    ),
    "de": _words(
        "hr fr frl dr prof dipl ing mag st hl z.b z z.t u.a d.h i.d.r bzw ca evtl "
        "ggf inkl exkl mio mrd tsd mill vgl sog geb gest verh str tel o.ä u.ä v.a "
        "vs dipl.-ing dr.-ing gen abg oblt"
    ),
    "fr": _words(
        "m mm mme mlle dr pr me mgr st ste gén col cdt cap lt cf p.ex ex env av bd "
        "vs éd trad"
    ),
    "es": _words(
        "sr sra sres sras srta d da dña dr dra dres prof profa lic ing arq gral cnel "
        "cap tte sto sta mons p.ej ej aprox av avda tel vs cf"
    ),
    "pt": _words(
        "sr sra srs sras srta dr dra prof profa eng arq gen cel cap ten d dom p.ex ex "
        "aprox av tel vs cf"
    ),
    "nl": _words(
        "dhr mevr mw dr drs ir ing mr prof ds st bijv b.v m.b.t d.w.z o.a ca resp tel "
        "vs mln mld"
    ),
}

# Abbreviations that may also end a sentence: the next word decides.
_EITHER = _words(
    "inc corp ltd co bros llc plc jr sr etc ecc usw ff eds al cia ltda spa srl ag "
    "assn univ"
)

# Abbreviations only in front of a number.
_COUNTED = _words(
    "no nos nr n n° num núm nn nº art artt par sec fig figg tab cap vol voll pag pagg "
    "pág págs p pp pg s seite abs ziff rn kap bd ch chap jan feb mar apr jun jul aug "
    "sep sept oct nov dec janv févr avr juil déc gen mag giu lug ago set ott dic ene "
    "okt dez"
)

# Ordinary words of one language that are an abbreviation in another: they count
# only when the language is known.
_UNSAFE = _words(
    "on no me ten cap col s v d m p est det es ed ex av all mar sen mag don min ex"
    " da st fr mr en ft rep z"
)

# Words that begin sentences; after "Inc." or "U.S." they decide for a new one.
_STARTERS = _words(
    "the this that these those it its he she they we i you but and in on at for from "
    "after before when while there if as however by with his her their our my no not "
    "il lo gli le l un uno una è nel nella nei ma per con da dal dalla dopo anche se "
    "questo questa secondo non si in al alla i "
    "der das die den dem ein eine es er sie wir ich im am nach mit auch bei für von "
    "und aber doch als wenn dies diese laut "
    "les des une ce cette ces il elle ils elles nous je mais dans pour avec après "
    "selon on en au aux l d "
    "el los las un una este esta ese pero en con por según no se al tras su "
    "o os as um uma mas em no na por com após segundo de het een maar"
)
# After a single initial these may be part of a surname (J. De Vries, M. La Porta).
_PARTICLES = _words(
    "il lo le l un la el los las les der den das die des van von de di da del d al "
    "a i o e y in on no do dos"
)

_ORDINAL_LANGUAGES = _words("de da no nb nn fi cs sk hu sl hr et lv is")
_BEFORE_ORDINAL = _words(
    "der die das den dem des am im vom zum zur beim ins seit ab bis und jeder jeden "
    "jede jedem seinen seinem seine ihren ihrem ihre sein ihr unser unseren dieser "
    "den det i dne den på"
)
_AFTER_ORDINAL = _words(
    "januar jänner februar märz april mai juni juli august september oktober november "
    "dezember jahrhundert jahrhunderts weltkrieg weltkriegs weltkrieges spieltag platz "
    "bundesliga liga runde klasse etage stock quartal halbjahr auflage mal tag woche "
    "kapitel artikel minute stunde etappe saison bezirk bezirks arrondissement staffel "
    "fc sc sv jahrestag geburtstag juni maj juni juli oktober"
)


def spans(
    text: str, start: int = 0, end: int | None = None, language: str | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text[start:end]`` as (start, end), in order.

    Offsets count code points from the beginning of ``text``, end exclusive; a
    sentence never carries blanks at its ends and is never empty. ``language``
    (ISO 639-1, longer tags are cut) chooses abbreviations; ``None`` takes those
    of all languages that are no ordinary word elsewhere.
    """
    stop = len(text) if end is None else min(end, len(text))
    begin = max(start, 0)
    lang = (language or "")[:2].lower()
    for match in _CANDIDATE.finditer(text, begin, stop):
        if match.end() <= begin or not _ends(text, match, begin, stop, lang):
            continue
        span = _trimmed(text, begin, match.end())
        begin = match.end()
        if span:
            yield span
    span = _trimmed(text, begin, stop)
    if span:
        yield span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _ends(text: str, match: re.Match[str], begin: int, stop: int, lang: str) -> bool:
    """Tell whether this candidate ends a sentence."""
    at = match.start()
    if text[at] not in _STOPS:
        return True
    following = _NEXT.match(text, match.end(), stop)
    word = following.group(1) if following else ""
    if word and word[0].islower():
        return False
    if text[at] != "." or match.group().startswith(".."):
        return True
    before = _word_before(text, at, begin)
    if not before:
        return True
    return not _goes_on(
        before, word, _word_before(text, at - len(before) - 1, begin), lang
    )


def _word_before(text: str, at: int, begin: int) -> str:
    """Return what stands without a blank in front of ``at``, if it is short."""
    first = at
    floor = max(begin, at - _LONGEST)
    while first > floor and not text[first - 1].isspace():
        first -= 1
    if first == floor and first > begin and not text[first - 1].isspace():
        return ""
    return text[max(first, 0) : max(at, 0)]


def _goes_on(before: str, word: str, earlier: str, lang: str) -> bool:
    """Tell whether the full stop after ``before`` belongs to the word itself."""
    bare = before.lstrip(_EDGES)
    for sign in "'’":
        bare = bare.rpartition(sign)[2]
    low, after = bare.lower(), word.lower()
    if bare.isdigit():
        return _is_ordinal(bare, after, earlier.lower(), lang)
    if after[:1].isdigit() and low in _COUNTED:
        return True
    if low in _EITHER or ("." in bare and low.replace(".", "").isalpha()):
        known = low in _OPEN.get(lang, ()) or low in _ALL_OPEN
        return known or (bool(after) and after not in _STARTERS)
    if len(bare) == 1 and bare.isupper():
        return bool(after) and (after not in _STARTERS or after in _PARTICLES)
    return low in (_OPEN.get(lang, _ALL_OPEN))


def _is_ordinal(number: str, after: str, earlier: str, lang: str) -> bool:
    if len(number) > 2:
        return False
    if after in _AFTER_ORDINAL and lang in ("", *_ORDINAL_LANGUAGES):
        return True
    return lang in _ORDINAL_LANGUAGES and earlier in _BEFORE_ORDINAL and bool(after)


_ALL_OPEN = frozenset().union(*_OPEN.values()) - _UNSAFE
