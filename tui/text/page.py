"""A document as it stands on the page: head lines, a blank row, then the text.

This is the only place where a row of the page becomes an offset of the text and
back. The head (title, source, date) is wrapped like text but has no offsets: a
place in it counts as the beginning of the text.

Rows count from the top of the page, cells from the left of the text; offsets are
code points into the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from store import safe
from tui.text import cells
from tui.text.wrap import Row, Wrap, wrapped


class Page:
    """Head and text wrapped at one width; ``resize`` wraps anew."""

    def __init__(self, text: str, head: Sequence[str], width: int) -> None:
        self.text = text
        self._lines = [safe.line(line) for line in head]
        self._wrap = Wrap(text, width)
        self.head = self._wrapped_head()

    def resize(self, width: int) -> None:
        """Wrap for ``width`` cells."""
        self._wrap.resize(width)
        self.head = self._wrapped_head()

    @property
    def width(self) -> int:
        """The widest a row may be, in cells."""
        return self._wrap.width

    @property
    def rows(self) -> int:
        """Rows of the page, as far as one knows."""
        return len(self.head) + self._wrap.rows

    def row(self, y: int) -> Row | None:
        """The text row at page row ``y``; ``None`` in the head and below the end."""
        index = y - len(self.head)
        if index < 0:
            return None
        row = self._wrap.row(index)
        return row if index < self._wrap.rows else None

    def y_of(self, offset: int) -> int:
        """The page row that holds ``offset``."""
        return len(self.head) + self._wrap.row_of(offset)

    def nearest(self, y: int) -> Row:
        """The text row at ``y``, or the first or last one beyond the text."""
        return self._wrap.row(y - len(self.head))

    def offset_at(self, y: int, cell: int) -> int:
        """The sign at a row and cell; beyond the row its last sign or its end."""
        if y < len(self.head):
            return self.nearest(0).start
        row = self.nearest(y)
        found = cells.offset_at(self.text, row.start, row.end, cell)
        return found if row.hard or found < row.end else self.row_end(row)

    def row_end(self, row: Row) -> int:
        """Where the cursor stands at the end of ``row``.

        Behind the last sign where the line ends, else on the last sign: what comes
        behind it is the next row.
        """
        if row.hard or row.end == row.start:
            return row.end
        last = row.start
        for glyph in cells.glyphs(self.text, row.start, row.end):
            last = glyph.start
        return last

    def cell_of(self, offset: int) -> int:
        """The cell in its row at which the sign at ``offset`` begins."""
        row = self.nearest(self.y_of(offset))
        return cells.cell_of(self.text, row.start, row.end, offset)

    def settled(self, y: int, height: int) -> int:
        """Make the rows around ``y`` exact; where what stood at ``y`` now stands."""
        if y < len(self.head):
            self._wrap.measure_around(0, height)
            return y
        start = self.nearest(y).start
        self._wrap.measure_around(start, height)
        return self.y_of(start)

    def _wrapped_head(self) -> list[tuple[str, int]]:
        """Rows of the head as (safe text, number of the head line)."""
        rows = [
            (line[start:end], number)
            for number, line in enumerate(self._lines)
            for start, end in wrapped(line, self._wrap.width)
        ]
        return [*rows, ("", len(self._lines))] if rows else []
