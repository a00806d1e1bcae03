"""Cells of a row: which sign stands under a cell, which cell a sign begins at.

Both halves of a wide sign are that sign. A tab reaches to the next stop of four
cells in its row. All functions take one row ``text[start:end]`` without its line
break; offsets are code points into the text, cells count from the row's left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from store import safe
from tui.text.wrap import tab_cells


class Glyph(NamedTuple):
    """One sign of a row as it is drawn: ``shown`` fills exactly ``cells``."""

    start: int
    end: int
    shown: str
    cell: int
    cells: int


def glyphs(text: str, start: int, end: int) -> Iterator[Glyph]:
    """The signs of a row from left to right; every ``shown`` is safe to draw."""
    cell = 0
    for cluster in safe.clusters(text, start, end):
        shown, cells = cluster.shown, cluster.cells
        if text[cluster.start] == "\t":
            cells = tab_cells(cell)
            shown = " " * cells
        yield Glyph(cluster.start, cluster.end, shown, cell, cells)
        cell += cells


def width(text: str, start: int, end: int) -> int:
    """How many cells the row takes."""
    if safe.is_ordinary(text, start, end):
        return end - start
    return sum(glyph.cells for glyph in glyphs(text, start, end))


def cell_of(text: str, start: int, end: int, offset: int) -> int:
    """The first cell of the sign that holds ``offset``; behind the row its width."""
    if safe.is_ordinary(text, start, end):
        return max(0, min(offset, end) - start)
    cell = 0
    for glyph in glyphs(text, start, end):
        if offset < glyph.end:
            return glyph.cell
        cell = glyph.cell + glyph.cells
    return cell


def offset_at(text: str, start: int, end: int, cell: int) -> int:
    """The start of the sign under ``cell``; beyond the row its start or its end."""
    if cell <= 0:
        return start
    if safe.is_ordinary(text, start, end):
        return min(start + cell, end)
    for glyph in glyphs(text, start, end):
        if cell < glyph.cell + glyph.cells:
            return glyph.start
    return end
