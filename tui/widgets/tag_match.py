"""Which tags fit what was typed, best first. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

SHOWN = 50
"""Fitting tags in the list at most; more typing finds more."""

_CLOSE_ENOUGH = 70.0
"""Least rapidfuzz score, of 100, for a name that was mistyped."""

_FEW = 5
"""Slips are looked for only when fewer names fit as typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A tag that can be chosen."""

    path: str
    used: int = 0
    """How many annotations have it."""


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents, for comparing."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def rank(typed: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that fit what is typed, best first; all, most used first, for ``""``.

    Order: the whole name, its start, the start of a word in it, anywhere in the
    path, and then names that are nearly it; within each, the most used first.
    """
    wanted = fold(typed.strip())
    ordered = sorted(choices, key=lambda c: (-c.used, fold(c.path)))
    if not wanted:
        return ordered[:SHOWN]
    tiers = [(_tier(wanted, fold(choice.path)), choice) for choice in ordered]
    fitting = sorted((t for t in tiers if t[0] < 9), key=lambda t: t[0])
    found = [choice for _, choice in fitting]
    if len(found) < _FEW and len(wanted) > 2:
        found += _nearly(wanted, [choice for tier, choice in tiers if tier == 9])
    return found[:SHOWN]


def _tier(wanted: str, path: str) -> int:
    leaf = path.rsplit("/", 1)[-1]
    if wanted in (path, leaf):
        return 0
    if leaf.startswith(wanted):
        return 1
    if path.startswith(wanted):
        return 2
    place = path.find(wanted)
    if place < 0:
        return 9
    return 3 if not path[place - 1].isalnum() else 4


def _nearly(wanted: str, choices: Sequence[Choice]) -> list[Choice]:
    from rapidfuzz import fuzz, process

    names = [fold(choice.path.rsplit("/", 1)[-1]) for choice in choices]
    scorer = fuzz.WRatio if len(wanted) > 3 else fuzz.ratio
    hits = process.extract(
        wanted, names, scorer=scorer, score_cutoff=_CLOSE_ENOUGH, limit=SHOWN
    )
    return [choices[place] for _, _, place in hits]
