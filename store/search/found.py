"""A document that a search found, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matches, and why."""

    id: int
    cost: float
    """0 for what was typed, higher for worse corrections."""
    marks: tuple[tuple[str, ...], ...]
    """For each word or phrase of the query the folded words that stand for it."""
    inside: tuple[str, ...] = ()
    """Text to be marked wherever it stands, also inside words."""
