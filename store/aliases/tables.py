"""The tables of names that mean the same, read at the first use.

A name that stands on two lines of one table is ambiguous: it is in neither.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from store.aliases.folding import compact, fold

_DATA = Path(__file__).parent / "data"


def place(whole: str) -> int | None:
    """The place meant by a compact name in any of the languages, if it is known."""
    return _places().get(whole)


def body(whole: str) -> int | None:
    """The international body meant by a compact name or acronym, if it is known."""
    return _bodies().get(whole)


def concept(word: str) -> int | None:
    """The idea behind a folded word such as ``ministero``, if it heads bodies."""
    return _concepts().get(word)


def romanised(word: str) -> str | None:
    """One spelling for a folded forename or surname that is written in several."""
    return _romanised().get(word)


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    found: dict[str, int] = {}
    twice: set[str] = set()
    lines = _lines("countries.txt")
    for number, names in enumerate(lines):
        _enter(found, twice, number, [compact(name) for name in names])
    for number, names in enumerate(_lines("places.txt"), len(lines)):
        keys = [compact(name) for name in names]
        # the first name of a country is CLDR's: the line adds to what CLDR says
        known = None if keys[0] in twice else found.get(keys[0])
        _enter(found, twice, number if known is None else known, keys)
    return {name: at for name, at in found.items() if name not in twice}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, int]:
    found: dict[str, int] = {}
    twice: set[str] = set()
    for number, names in enumerate(_lines("bodies.txt")):
        _enter(found, twice, number, [compact(name) for name in names])
    return {name: at for name, at in found.items() if name not in twice}


@lru_cache(maxsize=1)
def _concepts() -> dict[str, int]:
    lines = enumerate(_lines("concepts.txt"))
    return {fold(word): number for number, words in lines for word in words}


@lru_cache(maxsize=1)
def _romanised() -> dict[str, str]:
    return {
        fold(word): fold(words[0])
        for words in _lines("romanised.txt")
        for word in words
    }


def _enter(
    found: dict[str, int], twice: set[str], number: int, keys: list[str]
) -> None:
    for key in keys:
        if found.setdefault(key, number) != number:
            twice.add(key)


def _lines(name: str) -> list[list[str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [
        [part for part in line.split(";") if part]
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]
