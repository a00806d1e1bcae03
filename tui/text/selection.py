"""The selection of the reader, as a value: cursor, anchor, unit, and what moves them.

Nothing here draws or waits; each function takes a ``Selection`` and gives the next.
The cursor stands on a sign. While selecting, the range goes from the unit under the
anchor to the unit under the cursor, both included, so that what the cursor stands
on is selected, as in vim and as under a dragged mouse. With ``caret`` the cursor
counts as a bar between two signs, as shift and the arrows work on every desktop.

Offsets are code points into the text, ends exclusive. Whatever is asked, cursor and
range stay inside the text and on grapheme borders.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.text import graphemes, objects
from tui.text.objects import UNITS, Range, Unit


@dataclass(frozen=True, slots=True)
class Selection:
    """Where the reader stands, and since where and by what it selects."""

    cursor: int = 0
    anchor: int | None = None
    """The other end; ``None`` when nothing is being selected."""
    unit: Unit = "char"
    caret: bool = False
    """Whether the cursor is a bar before its sign instead of the sign itself."""


def span(state: Selection, text: str, language: str | None = None) -> Range | None:
    """What is selected, as (start, end); ``None`` when that is nothing."""
    if state.anchor is None:
        return None
    if state.unit == "all":
        return (0, len(text)) if text else None
    low, high = sorted((state.anchor, state.cursor))
    low, high = graphemes.floor(text, low), graphemes.floor(text, high)
    if state.caret and state.unit == "char":
        return (low, high) if low < high else None
    if state.caret and low < high:
        high = graphemes.preceding(text, high)
    first = objects.unit_at(text, low, state.unit, language)
    last = first if low == high else objects.unit_at(text, high, state.unit, language)
    start, end = min(first[0], last[0]), max(first[1], last[1])
    if state.unit != "char":
        start, end = _trimmed(text, start, end)
    return (start, end) if start < end else None


def _trimmed(text: str, start: int, end: int) -> Range:
    """Without the blanks that an end on a blank line brings in, if any is left."""
    low, high = start, end
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low == high:
        return start, end
    return graphemes.floor(text, low), graphemes.ceil(text, high)


def move(state: Selection, text: str, cursor: int) -> Selection:
    """The cursor goes to ``cursor``; with an anchor the selection follows."""
    return replace(state, cursor=graphemes.floor(text, cursor))


def step(
    state: Selection,
    text: str,
    unit: Unit,
    forward: bool,
    language: str | None = None,
) -> Selection:
    """A motion by ``unit``, or by the unit being selected when that is larger."""
    if state.anchor is not None:
        unit = max(unit, state.unit, key=UNITS.index)
    place = objects.step(text, state.cursor, unit, forward, language)
    if state.anchor is not None and state.unit != "char" and place >= len(text):
        return state  # there is no further unit, and the last one is selected
    return move(state, text, place)


def extend(state: Selection, text: str, cursor: int) -> Selection:
    """The cursor goes to ``cursor`` and what lies between becomes selected."""
    if state.anchor is None:
        state = replace(state, anchor=state.cursor, unit="char", caret=True)
    state = move(state, text, cursor)
    if state.caret and state.unit == "char" and state.anchor == state.cursor:
        return drop(state)
    return state


def raised(state: Selection) -> Selection:
    """Start selecting, or select by the next larger unit."""
    if state.anchor is None:
        return Selection(state.cursor, state.cursor)
    larger = min(UNITS.index(state.unit) + 1, len(UNITS) - 1)
    return replace(state, unit=UNITS[larger])


def lowered(state: Selection) -> Selection:
    """Back to the next smaller unit, from single signs back to nothing."""
    if state.anchor is None or state.unit == "char":
        return drop(state)
    return replace(state, unit=UNITS[UNITS.index(state.unit) - 1])


def swapped(state: Selection) -> Selection:
    """The cursor goes to the other end; the range stays."""
    if state.anchor is None:
        return state
    return replace(state, cursor=state.anchor, anchor=state.cursor)


def drop(state: Selection) -> Selection:
    """Nothing is selected any more; the cursor stays."""
    return Selection(state.cursor)


def of_unit(state: Selection, unit: Unit) -> Selection:
    """The ``unit`` at the cursor becomes the selection."""
    return Selection(state.cursor, state.cursor, unit)


def of_range(text: str, start: int, end: int, cursor: int | None = None) -> Selection:
    """``[start, end)`` becomes the selection, widened to whole signs.

    The cursor goes to its end, or to its start when ``cursor`` is that.
    """
    low = graphemes.floor(text, min(start, end))
    high = graphemes.ceil(text, max(start, end))
    if low == high:
        return Selection(low)
    if cursor is not None and cursor <= low:
        return Selection(low, high, caret=True)
    return Selection(high, low, caret=True)
