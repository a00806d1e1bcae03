"""What the search screen asks, what it gets, and where one left it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.document_filter import DocumentFilter
from store.model import Hit

KINDS = ("document", "entity", "annotation", "tag")

FIRST = 50
"""Hits that are looked for at first; more when the last of them is reached."""

EVERYWHERE = DocumentFilter()
"""The filter that lets every document through."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query."""

    text: str
    kinds: tuple[str, ...] = KINDS
    exact: bool = False
    limit: int = FIRST
    within: DocumentFilter = EVERYWHERE
    """Only in these documents, and what belongs to them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a query, best first; documents without their context."""

    asked: Asked
    hits: Sequence[Hit]
    seconds: float
    learnt: bool
    """Whether slips in spelling could be allowed for."""
    failure: Exception | None = None
    unknown: tuple[str, ...] = ()
    """Where nothing was found: a sentence for each filter that means nothing."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where a search was left by opening a hit, to come back to it."""

    asked: Asked
    hit: tuple[str, int]
    """Kind and id of the row the bar was on."""
