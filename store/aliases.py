"""Which names may mean the same: proposals for a person, never merges.

``propose`` compares only names that share a key (a first letter run, a last word,
initials …), so that ten thousand names take seconds, not hours. Ratios of letters
alone would call two model numbers or two countries one; hence rules first, edit
distance last and with care.

``same_form`` is stricter: surfaces with the same form are certainly one entity.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
_ELIDED = re.compile(
    r"^(?:l|d|dell|all|dall|nell|sull|un|quell|qu|m|n|s|c)'(?=\w)", re.IGNORECASE
)
_WORDS = re.compile(r"[^\s,()«»“”\"/]+")
_LEGAL = frozenset(
    [
        "inc",
        "corp",
        "corporation",
        "ltd",
        "limited",
        "plc",
        "llc",
        "llp",
        "lp",
        "co",
        "company",
        "ag",
        "gmbh",
        "kg",
        "kgaa",
        "ohg",
        "eg",
        "ev",
        "se",
        "sa",
        "sas",
        "sarl",
        "spa",
        "srl",
        "snc",
        "scarl",
        "bv",
        "nv",
        "ab",
        "oy",
        "oyj",
        "as",
        "asa",
        "aps",
        "sl",
        "slu",
        "cv",
        "pty",
        "bhd",
        "group",
        "gruppe",
        "gruppo",
        "groupe",
        "grupo",
        "holding",
        "holdings",
        "technologies",
        "technology",
        "tech",
        "international",
        "the",
        "il",
        "la",
        "le",
        "lo",
        "l'",
        "el",
        "los",
        "die",
        "der",
        "das",
        "les",
        "gli",
        "i",
    ]
)
_PARTICLES = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "di",
        "de",
        "del",
        "della",
        "dei",
        "degli",
        "delle",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "das",
        "et",
        "e",
        "und",
        "der",
        "die",
        "das",
        "für",
        "la",
        "le",
        "les",
        "il",
        "lo",
        "gli",
        "y",
        "el",
        "los",
        "las",
        "in",
        "per",
        "a",
        "d'",
        "dell'",
        "all'",
        "&",
        "von",
        "van",
        "zu",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "lord",
        "san",
        "st",
        "saint",
        "don",
        "jr",
        "sr",
    ]
)
_MOST_A_KEY = 60
"""Names sharing one key beyond this many are too common a key to say anything."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the library knows it; ``count`` is how often it is mentioned."""

    id: int
    name: str
    type: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """``other`` may be another form of ``id``, the one to keep."""

    id: int
    other: int
    score: float
    """0 to 1, higher is surer."""
    reason: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A name taken apart once."""

    name: Name
    words: tuple[str, ...]
    """Lower case, without points and titles."""
    core: tuple[str, ...]
    """Words without legal forms and generic words."""
    digits: tuple[str, ...]
    initials: str
    plain: str
    """The core in one piece."""


def same_form(surface: str) -> str:
    """Return the normal form under which two surfaces are certainly one entity.

    NFC, one kind of apostrophe and blank, no elided article, no possessive; from
    four letters on, case does not matter (``US`` and ``us`` do not meet).
    """
    text = unicodedata.normalize("NFC", surface).translate(_APOSTROPHES)
    text = " ".join(text.replace("\u00ad", "").split()).strip("\"'«»“”„ ")
    bare = _POSSESSIVE.sub("", _ELIDED.sub("", text))
    if sum(letter.isalnum() for letter in bare) >= 2:
        text = bare
    if sum(letter.isalpha() for letter in text) >= 4:
        text = text.casefold()
    return text


def propose(names: Sequence[Name], limit: int | None = None) -> list[Proposal]:
    """Return the pairs that may be one entity, surest first.

    Types must agree, unless one is unknown (``None`` or empty). Kept is the form
    that is mentioned more often, then the more complete one. ``limit`` cuts the list.
    """
    forms = [_taken_apart(name) for name in names if name.name.strip()]
    best: dict[tuple[int, int], tuple[float, str, _Form, _Form]] = {}
    for one, other in _pairs(forms):
        if not _may_meet(one, other):
            continue
        verdict = _compare(one, other)
        if verdict is None:
            continue
        pair = (min(one.name.id, other.name.id), max(one.name.id, other.name.id))
        if pair not in best or verdict[0] > best[pair][0]:
            best[pair] = (*verdict, one, other)
    found = [
        _ordered(score, reason, one, other)
        for score, reason, one, other in best.values()
    ]
    found.sort(key=lambda one: (-one.score, one.id, one.other))
    return found if limit is None else found[:limit]


def _ordered(score: float, reason: str, one: _Form, other: _Form) -> Proposal:
    def weight(form: _Form) -> tuple[int, int, int]:
        return form.name.count, len(form.name.name), -form.name.id

    keep, drop = (one, other) if weight(one) >= weight(other) else (other, one)
    return Proposal(keep.name.id, drop.name.id, score, reason)


def _taken_apart(name: Name) -> _Form:
    text = unicodedata.normalize("NFC", name.name).translate(_APOSTROPHES)
    words = []
    for word in _WORDS.findall(text.casefold()):
        bare = _POSSESSIVE.sub("", _ELIDED.sub("", word))
        bare = bare.replace(".", "") or bare
        if bare and bare not in _TITLES:
            words.append(bare)
    core = tuple(word for word in words if word not in _LEGAL) or tuple(words)
    capital = [word for word in words if word not in _PARTICLES]
    initials = "".join(word[0] for word in capital)
    digits = tuple(sorted(w for w in words if any(sign.isdigit() for sign in w)))
    return _Form(name, tuple(words), core, digits, initials, " ".join(core))


def _pairs(forms: Sequence[_Form]) -> Iterator[tuple[_Form, _Form]]:
    blocks: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        for key in _keys(form):
            blocks[key].append(form)
    for block in blocks.values():
        if 1 < len(block) <= _MOST_A_KEY:
            yield from combinations(block, 2)


def _keys(form: _Form) -> set[str]:
    """Return the keys under which a name meets those it may be one with."""
    keys = {f"c {form.plain}"}
    if len(form.words) > 1:
        keys.add(f"a {form.initials}")
        keys.add("s " + " ".join(sorted(form.words)))
    elif form.words and len(form.words[0]) <= 8:
        keys.add(f"a {form.words[0]}")
    for word in form.core:
        keys.add(f"w {word}")
    plain = form.plain
    if len(plain) >= 5:
        keys.add(f"p {plain[: len(plain) - 1][:6]} {len(plain) // 20}")
        keys.update(f"t {plain[lost:]}" for lost in range(4) if len(plain) - lost >= 4)
        keys.update(f"h {plain[: len(plain) - lost]}" for lost in range(3))
        half = len(plain) // 2
        keys.update((f"x {plain[:half]}", f"y {plain[half:]}"))
        keys.add(f"y {plain[half + 1 :]}")
    return keys


def _may_meet(one: _Form, other: _Form) -> bool:
    """Types agree and every word with a digit in it is the same."""
    if one.name.id == other.name.id or one.digits != other.digits:
        return False
    types = {one.name.type or "", other.name.type or ""}
    return len(types) == 1 or "" in types


def _compare(one: _Form, other: _Form) -> tuple[float, str] | None:
    """Return (score, reason) if the two may be one."""
    kind = one.name.type or other.name.type or ""
    if one.words == other.words or same_form(one.name.name) == same_form(
        other.name.name
    ):
        return 0.99, "the same but for case, signs or blanks"
    if kind == "LOC":
        return None
    if one.core == other.core:
        return 0.98, "the same without legal form and articles"
    acronym = _acronym(one, other)
    if acronym:
        return acronym
    if kind == "PER":
        person = _person(one, other)
        if person or len(one.words) > 1 or len(other.words) > 1:
            return person
    short, long = sorted((one, other), key=lambda form: len(form.core))
    if kind in ("ORG", "") and _leads(short.core, long.core):
        return 0.85, f"“{short.name.name}” begins “{long.name.name}”"
    return _letters(one, other, kind)


def _acronym(one: _Form, other: _Form) -> tuple[float, str] | None:
    for short, long in ((one, other), (other, one)):
        if len(short.words) != 1 or not 2 <= len(short.words[0]) <= 8:
            continue
        if len(long.words) > 1 and long.initials == short.words[0]:
            return 0.93, f"“{short.name.name}” are the initials"
    return None


def _person(one: _Form, other: _Form) -> tuple[float, str] | None:
    if len(one.words) > 1 and sorted(one.words) == sorted(other.words):
        return 0.95, "the same words in another order"
    short, long = sorted((one, other), key=lambda form: len(form.words))
    if len(long.words) not in (2, 3, 4) or len(short.words) >= len(long.words):
        return None
    if len(short.words) == 1:
        word = short.words[0]
        if word == long.words[-1]:
            return 0.95, f"“{short.name.name}” is the surname"
        if word == long.words[0] and len(word) > 2:
            return 0.9, f"“{short.name.name}” is the first word of the name"
        return None
    if short.words == long.words[-len(short.words) :]:
        return 0.95, f"“{short.name.name}” is the surname"
    if short.words[0] == long.words[0] and set(short.words) < set(long.words):
        return 0.95, "one leaves out a middle name"
    return None


def _leads(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether a name of distinctive words begins a longer one."""
    if (
        not short
        or len(short) >= len(long)
        or tuple(long[: len(short)]) != tuple(short)
    ):
        return False
    return len(short[0]) > 3 or len(short) > 1


def _letters(one: _Form, other: _Form, kind: str) -> tuple[float, str] | None:
    """Lost letters and slips, for names that are long enough to tell."""
    short, long = sorted((one.plain, other.plain), key=len)
    lost = len(long) - len(short)
    if short == long or len(short) < 4:
        return None
    if 1 <= lost <= 3 and long.endswith(short) and " " not in long[:lost]:
        torn = (one if one.plain == short else other).name.name[0].islower()
        if torn or kind != "PER":
            missing = f"the first {_letters_word(lost)} missing"
            return (0.95 if torn else 0.8), missing
    if kind == "PER" or len(short) < 6 or lost > 2 or short[0] != long[0]:
        return None
    if lost and long.startswith(short) and not long.endswith("s"):
        return 0.8, f"the last {_letters_word(lost)} missing"
    if not _one_slip(short, long):
        return None
    counts = sorted((one.name.count, other.name.count))
    if counts[0] == 1 and counts[1] >= 3:
        return 0.9, "one letter differs, and one form occurs only once"
    return 0.7, "one letter differs"


def _letters_word(count: int) -> str:
    return "letter is" if count == 1 else f"{count} letters are"


def _one_slip(short: str, long: str) -> bool:
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(short, long, score_cutoff=1) == 1)
