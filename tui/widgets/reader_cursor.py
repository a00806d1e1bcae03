"""The reader's cursor and selection: taking over a new state, going to places.

What changes is repainted row by row; nothing else of the page is touched.
"""

from __future__ import annotations

from tui.text import graphemes, selection
from tui.text.layers import Span
from tui.text.objects import UNITS, Range
from tui.text.selection import Selection
from tui.widgets.reader_view import ReaderView


class ReaderCursor(ReaderView, can_focus=True, inherit_bindings=False):
    """A page whose cursor and selection can be moved."""

    # Going to places -------------------------------------------------------

    def goto(self, offset: int, *, select: tuple[int, int] | None = None) -> None:
        """Put the cursor on ``offset`` and show it; ``select`` becomes selected.

        With ``select`` the cursor stands at its end, or at its start when
        ``offset`` is there.
        """
        if select is None:
            state = selection.Selection(graphemes.floor(self._text, offset))
        else:
            state = selection.of_range(self._text, *select, cursor=offset)
        self._apply(state)

    def next_span(self, kind: str, forward: bool = True) -> Span | None:
        """Move to the next or previous span of ``kind``, if there is one."""
        layer = self._spans.get(kind)
        if layer is None:
            return None
        find = layer.following if forward else layer.preceding
        span = find(self._state.cursor)
        if span is not None:
            self._apply(selection.move(self._state, self._text, span.start))
        return span

    def select_object(self, name: str) -> bool:
        """Select what stands at the cursor: a unit, or a span of the layer ``name``.

        Of several spans the smallest is taken; asked again, the next larger one.
        Tells whether there was something to select.
        """
        for unit in UNITS:
            if unit == name:
                state = selection.of_unit(self._state, unit)
                found = selection.span(state, self._text, self._language) is not None
                if found:
                    self._apply(state)
                return found
        place = self._range[0] if self._range else self._state.cursor
        size = 0 if self._range is None else self._range[1] - self._range[0]
        around = self.spans_at(self._state.cursor, name) or self.spans_at(place, name)
        if not around:
            return False
        chosen = [(span.start, span.end) for span in around]
        larger = [place for place in chosen if place[1] - place[0] > size]
        known = self._range in chosen
        start, end = larger[0] if known and larger else chosen[0]
        self._apply(selection.of_range(self._text, start, end, cursor=start))
        return True

    # Changing the selection ------------------------------------------------

    def _apply(self, state: Selection, *, reveal: bool = True) -> None:
        """Take over another state and repaint the rows that differ."""
        old_state, old_range = self._state, self._range
        self._state = state
        self._range = selection.span(state, self._text, self._language)
        self._goal = None
        if reveal:
            self._reveal(state.cursor)
        if old_state.cursor != state.cursor:
            self._refresh_between(old_state.cursor, old_state.cursor)
            self._refresh_between(state.cursor, state.cursor)
        for start, end in _changed(old_range, self._range):
            self._refresh_between(start, end)
        self._tell_later()

    def _refresh_between(self, start: int, end: int) -> None:
        """Repaint the rows shown that hold an offset of ``[start, end]``."""
        low, high = self._shown()
        start, end = max(start, low), min(end, high)
        if start <= end:
            first, last = self._page.y_of(start), self._page.y_of(end)
            self.refresh_lines(first, last - first + 1)


def _changed(old: Range | None, new: Range | None) -> list[Range]:
    """Where two selections differ."""
    if old == new:
        return []
    if old is None or new is None:
        return [old or new or (0, 0)]
    edges = [sorted((a, b)) for a, b in zip(old, new, strict=True) if a != b]
    return [(low, high) for low, high in edges]
