"""When two names of persons may be one person's.

A surname alone, a forename alone and initials are parts that several people may
share: such verdicts name the short one, and who asks for proposals looks whether it
fits more than one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store.aliases import words
from store.aliases.folding import bare_word, fold, personal
from store.aliases.model import Verdict

_SPLIT = re.compile(r"[\s\-‐‑–_()«»“”\"/]+")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in its parts, each word in one spelling."""

    tokens: tuple[str, ...]
    """Given and family names without particles, titles and generations."""
    given: tuple[str, ...]
    family: tuple[str, ...]
    particles: frozenset[str]
    generation: frozenset[str]
    spelt: str
    """The tokens as they are written, folded."""
    crowned: bool
    """A pope or king, whose one name is nobody's forename."""


def person(surface: str) -> Person | None:
    """Take a person's name apart; None if nothing of it is a name."""
    found, generation = _pieces(surface)
    crowned = False
    while len(found) > 1 and found[0] in words.TITLES:
        crowned = crowned or found[0] in words.CROWNS
        found = found[1:]
    if not found:
        return None
    first = next(
        (at for at, word in enumerate(found) if at and word in words.OF_PERSONS), None
    )
    if found[0] in words.OF_PERSONS and len(found) > 1:
        given, family = [], found
    elif first is not None and first < len(found) - 1:
        given, family = found[:first], found[first:]
    elif len(found) == 1:
        given, family = [], found
    else:
        given, family = found[:-1], found[-1:]
    family_names = [word for word in family if word not in words.OF_PERSONS] or family
    spelt = [word.rstrip(".") for word in (*given, *family_names)]
    tokens = tuple(map(personal, spelt))
    return Person(
        tokens=tokens,
        given=tokens[: len(given)],
        family=tokens[len(given) :],
        particles=frozenset(family) - frozenset(family_names),
        generation=generation,
        spelt=" ".join(spelt),
        crowned=crowned,
    )


def _pieces(surface: str) -> tuple[list[str], frozenset[str]]:
    """Folded words, an inverted name turned, and what tells generations apart."""
    head, comma, tail = surface.partition(",")
    behind = fold(tail).replace(".", "").strip()
    if comma and "," not in tail and behind not in words.GENERATIONS:
        surface = f"{tail} {head}"
    found: list[str] = []
    generation: set[str] = set()
    for word in _SPLIT.split(surface.replace(",", " ")):
        low = fold(word).replace(".", "")
        if not low.strip("'"):
            continue
        if found and (low in words.GENERATIONS or word in ("I", "V", "X")):
            generation.add(low)
        elif "." in word[:-1] and all(len(part) <= 1 for part in word.split(".")):
            found += list(low)
        else:
            bare = bare_word(fold(word))
            initial = len(bare) == 1 and (word.isupper() or word.endswith("."))
            found.append(f"{bare}." if initial else bare)  # E. is no Portuguese e
    return found, frozenset(generation)


def compare(
    one: Person, other: Person, ids: tuple[int, int], shown: tuple[str, str]
) -> Verdict | None:
    """Say whether two names may be one person's; None if not.

    ``ids`` and ``shown`` are the ids and surfaces of the two, for the verdict.
    """
    if one.generation != other.generation:
        return None
    if one.tokens == other.tokens:
        if not _particles_fit(one, other):
            return None
        if one.spelt == other.spelt:
            return Verdict(0.98, "The same but for accents, signs or particles.")
        return Verdict(0.93, "Two ways of writing the same name.")
    if "".join(one.tokens) == "".join(other.tokens) and _particles_fit(one, other):
        return Verdict(0.96, "The same but for blanks and hyphens.")
    if len(one.tokens) > 1 and sorted(one.tokens) == sorted(other.tokens):
        if _initial(one.tokens[0]) != _initial(other.tokens[0]):
            return None
        return Verdict(0.95, "The same words in another order.")
    if one.given and other.given and one.family == other.family:
        return _same_family(one, other, ids)
    flip = _weight(one) > _weight(other)
    short, long = (other, one) if flip else (one, other)
    at = 1 if flip else 0
    return _part(short, long, ids[at], shown[at])


def _weight(one: Person) -> tuple[int, int]:
    return len(one.tokens), len(one.particles)


def _particles_fit(one: Person, other: Person) -> bool:
    """``la Cruz`` is ``de la Cruz``, ``Rossi`` is not ``De Rossi``."""
    few, many = sorted((one.particles, other.particles), key=len)
    if few:
        return few <= many or (few | many) <= {"al", "el"}
    return many <= words.DROPPED


def _initial(word: str) -> bool:
    return len(word) == 1


def _meets(one: str, other: str) -> bool:
    if _initial(one) or _initial(other):
        return one[0] == other[0]
    return one == other


def _same_family(one: Person, other: Person, ids: tuple[int, int]) -> Verdict | None:
    """Two full names with one surname: initials and middle names."""
    if not _particles_fit(one, other):
        return None
    flip = _fullness(one) > _fullness(other)
    short, long = (other, one) if flip else (one, other)
    part = ids[1] if flip else ids[0]
    few, many = short.given, long.given
    if len(few) == len(many):
        if not all(map(_meets, few, many)):
            return None
        full = not _initial(few[0]) or _initial(many[0])
        return Verdict(
            0.93 if full else 0.88,
            "The initials fit, and the surname is the same.",
            part,
        )
    if few == many[-len(few) :] and not any(map(_initial, few)):
        if _initial(many[0]):
            return Verdict(0.88, "One leaves out the first initial.", part)
        if not is_forename(short.spelt.split(" ")[0]):
            return Verdict(0.9, "One leaves out the forename.", part)
    if few == many[: len(few)] and not _initial(few[0]):
        return Verdict(0.94, "One leaves out a middle name.", part)
    if len(few) > 1 or not _meets(few[0], many[0]):
        return None
    if not _initial(few[0]):
        part = ids[0] if flip else ids[1]
        return Verdict(0.83, "The initials fit, and the surname is the same.", part)
    score = 0.75 if _initial(many[0]) else 0.85
    return Verdict(score, "The initial fits, and the surname is the same.", part)


def _fullness(one: Person) -> tuple[int, int]:
    return len(one.given), sum(map(len, one.given))


def _part(short: Person, long: Person, part: int, shown: str) -> Verdict | None:
    """A surname, a forename or the first of two surnames alone."""
    few, many = short.tokens, long.tokens
    if len(few) >= len(many) or len(many) > 5 or any(map(_initial, few)):
        return None
    if not short.given and short.family == long.family and long.given:
        if not _particles_fit(short, long):
            return None
        return Verdict(0.95, f"“{shown}” is the surname.", part)
    if short.particles and not short.given:
        return None
    if len(few) == 1:
        return _one_word(short, long, part, shown)
    if few == many[: len(few)] and (short.particles or _second_surname(short, long)):
        return Verdict(0.85, "One leaves out the second surname.", part)
    return None


def _one_word(short: Person, long: Person, part: int, shown: str) -> Verdict | None:
    """A forename, a surname that stands first, or the name someone goes by."""
    word = short.tokens[0]
    if short.particles or short.crowned or len(word) < 2 or word not in long.given:
        return None
    if word == long.given[0]:
        if word in words.EASTERN:
            return Verdict(0.88, f"“{shown}” is the surname, which stands first.", part)
        score = 0.85 if len(word) > 3 else 0.75
        return Verdict(score, f"“{shown}” is the first word of the name.", part)
    if len(word) < 4 or is_forename(word):
        return None
    return Verdict(0.8, f"“{shown}” is one of the names.", part)


def _second_surname(short: Person, long: Person) -> bool:
    """The short one ends in a surname, and what the long one adds is one too."""
    last = short.spelt.split(" ")[-1]
    added = long.spelt.split(" ")[len(short.tokens) :]
    return (
        last in _surnames()
        and not is_forename(last)
        and not any(map(is_forename, added))
    )


def is_forename(spelt: str) -> bool:
    """Tell whether a folded word is a forename of many countries' lists."""
    return spelt in _forenames()


@lru_cache(maxsize=1)
def _forenames() -> frozenset[str]:
    from store.extract.gazetteers import gazetteers

    names = {fold(name) for name in gazetteers().forenames}
    return frozenset(names | {personal(name) for name in names})


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    from store.extract.gazetteers import gazetteers

    return frozenset(fold(name) for name in gazetteers().surnames)
