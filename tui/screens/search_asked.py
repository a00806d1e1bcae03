"""What the search screen asks, what it gets, and where one left it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.document_filter import DocumentFilter
from store.model import Hit
from store.saved_searches import KINDS, Mode, SavedSearch
from store.searched import tidied

__all__ = ["EVERYWHERE", "FIRST", "KINDS", "Answer", "Asked", "Left", "Mode"]

FIRST = 50
"""Hits that are looked for at first; more when the last of them is reached."""

EVERYWHERE = DocumentFilter()
"""The filter that lets every document through."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query."""

    text: str
    kinds: tuple[str, ...] = KINDS
    mode: Mode = "fuzzy"
    limit: int = FIRST
    within: DocumentFilter = EVERYWHERE
    """Only in these documents, and what belongs to them."""

    @property
    def to_save(self) -> SavedSearch:
        """What is saved of it: all but how many hits were looked for."""
        text = self.text if self.mode == "regex" else tidied(self.text)
        return SavedSearch(text, self.kinds, self.mode, self.within)


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
