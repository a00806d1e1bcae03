"""The list of every screen: any number of rows, of which only the shown ones exist.

It holds the ids in their order and asks for rows a page at a time, so a library
of 100,000 documents opens as fast as one of ten, and a key redraws two rows. It
knows neither the library nor any key: keys are bound elsewhere to its actions.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.widgets.columns import Cell, Column, Row, Run
from tui.widgets.list_actions import ListActions
from tui.widgets.paging import Fetch

if TYPE_CHECKING:
    from textual import events

__all__ = ["Cell", "Column", "Fetch", "Row", "Run", "VirtualList"]


@dataclass
class ListMessage(Message):
    """Something happened in a list."""

    source: VirtualList

    @property
    def control(self) -> VirtualList:
        """The list, so that handlers can select by it."""
        return self.source


class VirtualList(ListActions, inherit_bindings=False):
    """A list over ids with columns, cursor, marks and one or two lines a row."""

    @dataclass
    class Highlighted(ListMessage):
        """The cursor stands on another row."""

        id: int
        index: int

    @dataclass
    class Opened(ListMessage):
        """A row was asked for: by key or double click."""

        id: int

    @dataclass
    class MarksChanged(ListMessage):
        """Other rows are marked than before."""

        ids: frozenset[int]

    # What is in it ---------------------------------------------------------

    @property
    def ids(self) -> Sequence[int]:
        """The ids in the order shown."""
        return self._ids

    @property
    def cursor_id(self) -> int | None:
        """The id the cursor stands on."""
        return self._ids[self._cursor] if 0 <= self._cursor < len(self._ids) else None

    @property
    def marked(self) -> frozenset[int]:
        """The ids of the marked rows."""
        return frozenset(self._marks)

    @property
    def targets(self) -> tuple[int, ...]:
        """What an action is about: the marked rows in order, else the cursor's."""
        if self._marks:
            return tuple(i for i in self._ids if i in self._marks)
        return () if self.cursor_id is None else (self.cursor_id,)

    def set_ids(self, ids: Iterable[int], *, keep: bool = True) -> None:
        """Show other rows. With ``keep`` the cursor stays on its id, at its height.

        If that id is gone, the cursor stays at its place. Marks of rows that are
        no longer shown are dropped, so that no act falls on what is not seen.
        """
        before, line = self.cursor_id, self._cursor * self._row_height
        offset = line - self.scroll_offset.y
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._forget()
        self._cursor = self._landing(self._place_of(before) if keep else 0, 1)
        self._update_extent()
        top = self._cursor * self._row_height - offset if keep else 0
        self.scroll_to(y=max(0, top), animate=False)
        self._show_cursor()
        self.refresh()
        shown = self._marks.intersection(self._ids) if self._marks else self._marks
        if len(shown) != len(self._marks):
            self._mark(shown)
        after = self.cursor_id
        if after is not None and after != before:
            self.post_message(self.Highlighted(self, after, self._cursor))

    def _place_of(self, wanted: int | None) -> int:
        """Where an id stands now; the cursor's old place if it is gone."""
        if wanted is not None:
            try:
                return self._ids.index(wanted)
            except ValueError:
                pass
        return max(0, min(self._cursor, self.last_index))

    # Moving ----------------------------------------------------------------

    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on a row, or on the next in ``direction`` (1 or -1)."""
        index = self._landing(max(0, min(index, self.last_index)), direction)
        if index == self._cursor:
            self._show_cursor()
            return
        self._refresh_row(self._cursor)
        self._cursor = index
        self._refresh_row(index)
        self._show_cursor()
        if self.cursor_id is not None:
            self.post_message(self.Highlighted(self, self.cursor_id, index))

    def move_to_id(self, wanted: int) -> bool:
        """Put the cursor on an id; False if it is not in the list."""
        if wanted not in self._ids:
            return False
        self.move_to(self._ids.index(wanted))
        return True

    def _landing(self, index: int, direction: int) -> int:
        """The nearest place the cursor may stand on; -1 if there is none."""
        for step in (direction, -direction):
            place = index
            while 0 <= place <= self.last_index:
                if self.can_land(place):
                    return place
                place += step
        return -1

    def action_open(self) -> None:
        """Ask for the row under the cursor."""
        if self.cursor_id is not None:
            self.post_message(self.Opened(self, self.cursor_id))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor there, a double click opens."""
        place = event.get_content_offset(self)
        index = -1 if place is None else self.index_at(place.y)
        if index < 0 or not self.can_land(index):
            return
        event.stop()
        self.move_to(index)
        if event.chain == 2:
            self.action_open()

    # Marks -----------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor and move down."""
        if self.cursor_id is not None and self._markable:
            self._mark(self._marks ^ {self.cursor_id})
            self._refresh_row(self._cursor)
            self.action_cursor_down()

    def action_mark_all(self) -> None:
        """Mark every row; where some are marked, invert."""
        if self._markable:
            self._mark(set(self._ids) - self._marks)
            self.refresh()

    def clear_marks(self) -> None:
        """Unmark every row."""
        if self._marks:
            self._mark(set())
            self.refresh()

    def _mark(self, ids: set[int]) -> None:
        self._marks = ids
        self.post_message(self.MarksChanged(self, frozenset(ids)))
