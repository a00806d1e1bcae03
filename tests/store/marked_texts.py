"""Reads texts whose mentions are marked in place: ``[PER:Jane Doe] left [LOC:Rome]``.

Items are parted by empty lines. Offsets are those of the text without the marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

Span = tuple[int, int, str]
"""Start and end in code points, end exclusive, and the type."""

Marked = tuple[str, frozenset[Span]]
"""A text and what is marked in it."""

_MARK = re.compile(r"\[([A-Z]+):([^\[\]]+)\]")


def unmarked(item: str) -> Marked:
    """The text of one item without its marks, and what they marked."""
    text, spans, at = "", set(), 0
    for mark in _MARK.finditer(item):
        text += item[at : mark.start()]
        spans.add((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + item[at:], frozenset(spans)


def items(path: Path) -> list[Marked]:
    """The items of a file in their order."""
    whole = path.read_text(encoding="utf-8").strip()
    return [unmarked(item) for item in whole.split("\n\n")]


def strict_f1(
    marked: Iterable[Marked],
    find: Callable[[str], Iterable[Span]],
    types: Iterable[str] | None = None,
) -> float:
    """Strict micro F1 in percent: start, end and type must all be right."""
    wanted = None if types is None else set(types)

    def of_interest(spans: Iterable[Span]) -> set[Span]:
        return {one for one in spans if wanted is None or one[2] in wanted}

    right = reported = gold = 0
    for text, spans in marked:
        known, found = of_interest(spans), of_interest(find(text))
        right += len(known & found)
        reported += len(found)
        gold += len(known)
    return 200 * right / (reported + gold) if reported + gold else 100.0
