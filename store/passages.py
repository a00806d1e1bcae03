"""From places to passages: the places themselves, their sentences or paragraphs.

A paragraph is a line that is not blank, as in the reader; sentences are those of
``store.sentences``. A place that reaches over several takes in all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

from store import sentences
from store.graphemes import snapped

Unit = Literal["match", "sentence", "paragraph"]
UNITS: tuple[Unit, ...] = ("match", "sentence", "paragraph")

Span = tuple[int, int]

_Sentences = tuple[Sequence[int], Sequence[int]]
"""Where they begin and where they end."""


def passages(
    text: str, places: Iterable[Span], unit: Unit, language: str | None = None
) -> list[Span]:
    """The passages that hold the places, each once, in the order of the text.

    Offsets in code points, end exclusive. Places outside the text, and of nothing but
    blanks, are left out.
    """
    known: dict[Span, _Sentences] = {}
    found: set[Span] = set()
    for start, end in places:
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            continue
        if unit == "match":
            found.add((start, end))
            continue
        line = _lines(text, start, end)
        if unit == "paragraph":
            found.add(_trimmed(text, *line))
            continue
        if line not in known:
            spans = list(sentences.spans(text, *line, language))
            known[line] = [a for a, _ in spans], [b for _, b in spans]
        found.add(snapped(text, *_covering(*known[line], start, end)))
    return sorted(found)


def _lines(text: str, start: int, end: int) -> Span:
    """The lines that hold a place."""
    last = text.find("\n", end - 1)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, start + len(part.rstrip())


def _covering(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> Span:
    """From the first sentence that holds part of the place to the last."""
    first = bisect_right(ends, start)
    last = bisect_left(starts, end) - 1
    if first > last:  # between two sentences, where only blanks are
        return start, end
    return min(start, starts[first]), max(end, ends[last])
