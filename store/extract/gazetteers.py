"""Lists of names and words, read from ``data`` at the first use.

All lists are general: every country, every listed company, common forenames. What
they say is evidence among other evidence, never a decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from store.extract.vocabulary import DATA
from store.extract.words import word_set

LEGAL = word_set(
    "inc inc. corp corp. corporation ltd ltd. limited plc llc llp lp co co. company ag "
    "gmbh kg kgaa ohg eg e.v. se sa s.a. sas sarl spa s.p.a. s.p.a srl s.r.l. s.r.l "
    "snc scarl bv b.v. nv n.v. ab oy oyj as asa a/s aps sl s.l. slu ltda cv s.a.b. kk "
    "pty pte bhd tbk pjsc ooo zao oao group holding holdings"
)
"""Legal forms of companies, lower case, with and without points."""


@dataclass(frozen=True)
class Gazetteers:
    """Every list, by what it is asked for."""

    places: frozenset[str]
    organisations: frozenset[str]
    companies: frozenset[str]
    products: frozenset[str]
    forenames: frozenset[str]
    """Lower case."""
    surnames: frozenset[str]
    """Lower case."""
    common: dict[str, frozenset[str]]
    """By language: words that are written small, or are plain nouns in German."""
    foreign: frozenset[str]
    """Places in scripts without capitals."""

    def classes(self, surface: str) -> str:
        """Return one letter for each kind of list that holds ``surface``."""
        return (
            ("L" if surface in self.places else "")
            + ("O" if surface in self.organisations else "")
            + ("C" if surface in self.companies else "")
            + ("P" if surface in self.products else "")
        )

    def is_common(self, low: str, language: str) -> bool:
        """Tell whether ``low`` is an ordinary word of the language."""
        if language in self.common:
            return low in self.common[language]
        return any(low in words for words in self.common.values())


@lru_cache(maxsize=1)
def gazetteers() -> Gazetteers:
    """Return the lists; the first call reads them (a few hundredths of a second)."""
    territories = frozenset(_lines("territories.txt"))
    common: dict[str, set[str]] = {}
    for line in _lines("common.txt"):
        common.setdefault(line[:2], set()).add(line[3:])
    return Gazetteers(
        places=territories | frozenset(_split("cities.txt")),
        organisations=frozenset(_split("organisations.txt")),
        companies=frozenset(_lines("companies.txt")),
        products=frozenset(_split("products.txt")),
        forenames=frozenset(
            [*_lines("forenames.txt"), *(one.lower() for one in _split("given.txt"))]
        ),
        surnames=frozenset(_lines("surnames.txt")),
        common={language: frozenset(words) for language, words in common.items()},
        foreign=frozenset(
            name
            for name in territories
            if len(name) > 1
            and name[0].upper() == name[0].lower()
            and name[0].isalpha()
        ),
    )


def _lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def _split(name: str) -> list[str]:
    """Read a list written by hand: names between semicolons, ``#`` for remarks."""
    return [
        part
        for line in _lines(name)
        if not line.startswith("#")
        for part in line.split(";")
        if part
    ]
