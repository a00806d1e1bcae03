"""Sentences and paragraphs as the ground on which things are counted.

A paragraph is a line that is not blank, as in the reader; sentences are those of
``store.sentences``, which end with the line at the latest. Whatever lies between
two units belongs to the one before, so that every place of a text is in a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from store import sentences
from store.errors import UsageError

DOCUMENT, PARAGRAPH, SENTENCE, OVERLAP = "document", "paragraph", "sentence", "overlap"

UNITS = (DOCUMENT, PARAGRAPH, SENTENCE, OVERLAP)
"""What things may occur in together. ``overlap``: in passages that share a sign."""

_SEEN_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)


def check(unit: str) -> str:
    """The unit itself. Raises ``UsageError`` for a word that is none."""
    if unit not in UNITS:
        raise UsageError(f"There is no unit {unit}; the units are {', '.join(UNITS)}.")
    return unit


def starts(text: str, unit: str, language: str | None = None) -> list[int]:
    """Where the units of a text begin, in code points; empty for a blank text."""
    if unit == PARAGRAPH:
        return [found.start() for found in _SEEN_LINE.finditer(text)]
    return [start for start, _ in sentences.spans(text, language=language)]


def touched(begins: Sequence[int], start: int, end: int) -> range:
    """Which units ``text[start:end]`` has a part in, as places in ``begins``.

    A place in front of the first unit counts for the first one.
    """
    first = max(0, bisect_right(begins, start) - 1)
    last = max(first, bisect_left(begins, end) - 1)
    return range(first, min(last, len(begins) - 1) + 1)
