"""A name taken apart once, so that comparing it many times is cheap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.aliases import tables, words
from store.aliases.folding import bare_word, compact, fold, umlauts
from store.aliases.model import Name
from store.aliases.people import Person, person

_WORDS = re.compile(r"[^\s,()«»“”\"/]+")
_HYPHENS = re.compile(r"[-‐‑–]")
_SLASHED = re.compile(r"\b([AI])/([SB])\b")
_DIGIT = re.compile(r"\d")
_SITE = re.compile(r"(?<=\w)\.(?:com|it|de|fr|es|org|net|io|ai|eu)$", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"[a-zß-ÿ][A-Z]")


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart; every word is folded."""

    name: Name
    kind: str
    """The type, empty if unknown."""
    plain: str
    """The whole name in one piece, folded: blanks and signs do not matter."""
    words: tuple[str, ...]
    core: tuple[str, ...]
    """Words without legal forms, articles and particles."""
    bare: tuple[str, ...]
    """The core without words that a company has or leaves out."""
    legal: frozenset[str]
    digits: tuple[str, ...]
    joined: str
    """The core in one piece."""
    initials: frozenset[str]
    """What its acronym may be."""
    acronym: str
    """The name itself, if it may be an acronym; else empty."""
    torn: bool
    """It begins with a small letter that no particle accounts for."""
    person: Person | None
    """Its parts as a person's name, if it may be one."""
    meaning: int | None
    """The place or body that a table knows by this name."""
    concepts: tuple[str, ...]
    """Its words without language, sorted; empty if no table knows one of them."""


def taken_apart(name: Name) -> Form:
    """Take a name apart."""
    kind = name.type or ""
    text = _SITE.sub("", name.name.strip())
    folded = fold(_SLASHED.sub(r"\1\2", text))
    found = [
        umlauts(bare_word(part))
        for word in _WORDS.findall(folded)
        for part in _HYPHENS.split(word)
        if part
    ]
    found = [word for word in found if word.strip(".'") and word != "&"]
    firm = kind in ("ORG", "")
    core, legal = _core(found, firm)
    bare = core
    if firm:
        bare = tuple(word for word in core if word not in words.GENERIC) or core
    digits: tuple[str, ...] = ()
    if _DIGIT.search(folded):
        digits = tuple(sorted(word for word in found if _DIGIT.search(word)))
    whole = compact(name.name)
    return Form(
        name=name,
        kind=kind,
        words=tuple(found),
        core=core,
        bare=bare,
        legal=legal,
        digits=digits,
        joined="".join(core),
        initials=_initials(text, found, core) if kind != "LOC" else frozenset(),
        acronym=_acronym(name.name, found),
        torn=_torn(text, found),
        person=person(text) if kind in ("PER", "") else None,
        meaning=_meaning(name.name, whole, kind),
        plain=whole,
        concepts=_concepts(core) if kind in ("ORG", "EVENT", "") else (),
    )


def _core(found: list[str], firm: bool) -> tuple[tuple[str, ...], frozenset[str]]:
    """Words that distinguish, and a firm's legal form; legal forms stand last, clubs'
    too at the head."""
    if not firm:
        few = tuple(word for word in found if word not in words.PARTICLES)
        return few or tuple(found), frozenset()
    spelt = [words.LEGAL_SAME.get(word, word) for word in found]
    end = len(spelt)
    while end > 1 and (spelt[end - 1] in words.LEGAL or spelt[end - 1] in words.CLUB):
        end -= 1
    legal = frozenset(spelt[end:]) - words.CLUB - {"com"}
    kept = [
        word
        for at, word in enumerate(found[:end])
        if word not in words.PARTICLES and (at or end == 1 or word not in words.CLUB)
    ]
    return tuple(kept or found), legal


def _initials(text: str, found: list[str], core: tuple[str, ...]) -> frozenset[str]:
    """First letters: of the words that distinguish, of those written with a capital,
    of all; and without the last of five (``français`` in SNCF)."""
    if len(core) < 2:
        return frozenset()
    full = [word for word in found if word not in words.PARTICLES]
    capital = [word for word in text.split() if word[0].isupper()]
    ways = [core, full, found, [fold(word) for word in capital]]
    if len(full) > 4:
        ways.append(full[:-1])
    return frozenset("".join(word[0] for word in some) for some in ways if some)


def _acronym(surface: str, found: list[str]) -> str:
    """The name if it is one word of up to eight letters, most of them capitals, or
    two to five letters as some languages write them (``Bce``)."""
    word = "".join(found).replace("&", "")
    if len(found) != 1 or not 2 <= len(word) <= 8 or not word.isalpha():
        return ""
    capitals = sum(letter.isupper() for letter in surface)
    small = capitals == 1 and 3 <= len(word) <= 5
    return word if capitals * 2 > len(word) or small else ""


def _torn(text: str, found: list[str]) -> bool:
    if not text[:1].islower() or not found or found[0] in words.OF_PERSONS:
        return False
    return found[0] not in words.PARTICLES


def has_inner_capital(text: str) -> bool:
    """Tell whether a capital follows a small letter, as in ``deepMind``."""
    return _INNER_CAPITAL.search(text) is not None


def _meaning(surface: str, whole: str, kind: str) -> int | None:
    """Places count up from nought, bodies down from minus one."""
    if kind not in ("ORG", "LOC", ""):
        return None
    known = tables.place(whole) if kind != "ORG" else None
    if known is not None:
        return known
    known = tables.body(whole)
    if known is None:
        bare = bare_head(surface)
        known = None if bare == surface else tables.body(compact(bare))
    return None if known is None else -1 - known


def bare_head(surface: str) -> str:
    """A name without the article at its head: ``l'Unesco``, ``the UN``."""
    head, blank, rest = surface.strip().partition(" ")
    if blank and fold(head) in words.ARTICLES:
        return rest
    return bare_word(fold(surface)) if "'" in fold(surface)[:3] else surface


def _concepts(core: tuple[str, ...]) -> tuple[str, ...]:
    parts = [part for word in core for part in _compound(word)]
    if len(parts) > 2:
        parts = [word for word in parts if word not in words.AFFAIRS]
    heads = [tables.concept(word) for word in parts]
    if len(parts) < 2 or all(head is None for head in heads):
        return ()
    found = []
    for word, head in zip(parts, heads, strict=True):
        where = tables.place(compact(word)) if head is None else None
        found.append(
            f"={head}"
            if head is not None
            else f"@{where}"
            if where is not None
            else word
        )
    return tuple(sorted(found))


def _compound(word: str) -> tuple[str, ...]:
    """``verteidigungsministerium`` in its two words."""
    head = word.removesuffix("ministerium")
    if head in ("", word):
        return (word,)
    whole = tables.concept(head) is not None
    return "ministerium", head if whole else head.removesuffix("s")
