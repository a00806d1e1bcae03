"""Painted rows of the reader, kept until something about them changes.

A row is known by its offsets, the cursor in it and the part of it that is selected,
so moving the cursor or adding rows above leaves every other strip good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.segment import Segment
from textual.cache import LRUCache
from textual.strip import Strip

from tui.text.layers import Layer
from tui.text.looks import Look, runs
from tui.text.margin import margin
from tui.text.objects import Range, char_at
from tui.text.wrap import Row
from tui.widgets.reader_paint import Palette, gutter_segments, row_segments

_KEPT = 400


class Frame(NamedTuple):
    """Where on a line things stand, in cells."""

    left: int
    """Where text begins."""
    gutter: int
    """Cells of the gutter, just in front of the text."""
    width: int
    """The whole line."""


class Strips:
    """Rows of one text under one set of layers, painted on demand."""

    def __init__(self, text: str, layers: Mapping[str, Layer]) -> None:
        self._text = text
        self._layers = layers
        self._kept: LRUCache[tuple[Row, Frame, int, Range | None], Strip]
        self._kept = LRUCache(_KEPT)

    def clear(self) -> None:
        """Forget what was painted: layers or styles are others now."""
        self._kept.clear()

    def head(self, shown: str, number: int, frame: Frame, palette: Palette) -> Strip:
        """A row of the head: ``shown`` is safe, line 0 is the title."""
        segments = [
            Segment(" " * frame.left, palette.base),
            Segment(shown, palette.part("title" if number == 0 else "head")),
        ]
        return Strip(segments).adjust_cell_length(frame.width, palette.base)

    def row(
        self,
        row: Row,
        cursor: int,
        selected: Range | None,
        frame: Frame,
        palette: Palette,
    ) -> Strip:
        """A row of text, with cursor and selection where they touch it."""
        if not row.start <= cursor <= row.next:
            cursor = -1
        if selected is not None:
            low, high = max(row.start, selected[0]), min(row.next, selected[1])
            selected = (low, high) if low < high else None
        key = (row, frame, cursor, selected)
        strip = self._kept.get(key)
        if strip is None:
            segments = self._segments(row, cursor, selected, frame, palette)
            strip = Strip(segments).adjust_cell_length(frame.width, palette.base)
            self._kept[key] = strip
        return strip

    def _segments(
        self,
        row: Row,
        cursor: int,
        selected: Range | None,
        frame: Frame,
        palette: Palette,
    ) -> list[Segment]:
        under = None if cursor < 0 else char_at(self._text, cursor)
        pieces = runs(row.start, row.end, self._layers, selected, under)
        # Behind the last sign there is a cell only where no row goes on at once.
        behind = row.end < row.next or row.next == len(self._text)
        tail = Look(
            selected=selected is not None and selected[1] > row.end,
            cursor=behind and cursor == row.end,
        )
        notes = self._layers.get("annotation")
        last = max(row.end, row.start + 1)
        beside = notes.touching(row.start, last) if notes else []
        return [
            Segment(" " * (frame.left - frame.gutter), palette.base),
            *gutter_segments(margin(beside, row.start, last), frame.gutter, palette),
            *row_segments(self._text, row, pieces, tail, palette),
        ]
