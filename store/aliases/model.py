"""What goes into the search for names that are one, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

THRESHOLD = 0.8
"""From this score on a proposal is well founded; below it, it is only a question."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the library knows it; ``count`` is how often it is mentioned."""

    id: int
    name: str
    type: str | None
    count: int = 1
    documents: frozenset[int] = frozenset()
    """Ids of documents that bear it, where known: a surname beside the full name
    is surer than one in other documents."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``other`` may be another form of ``id``, the one to keep."""

    id: int
    other: int
    score: float
    """0 to 1, higher is surer; from ``THRESHOLD`` on it is well founded."""
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of two names."""

    score: float
    reason: str
    short: int | None = None
    """Id of the name that is only a part of the other, which it may share with
    another bearer."""
