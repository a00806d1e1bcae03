"""What a key may ask of a list.

Lists bind no keys themselves: every key is declared in one place, by name, so that
it can be changed and looked up. These are the names.
"""

from __future__ import annotations

from abc import abstractmethod

from tui.widgets.painted_list import PaintedList


class ListActions(PaintedList, inherit_bindings=False):
    """Actions of a list, for bindings: ``cursor_down``, ``page_up``, ``first`` …"""

    @abstractmethod
    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on a row, or on the next in ``direction`` (1 or -1)."""

    def action_cursor_down(self) -> None:
        """One row down."""
        self.move_to(self.cursor_index + 1)

    def action_cursor_up(self) -> None:
        """One row up."""
        self.move_to(self.cursor_index - 1, -1)

    def action_page_down(self) -> None:
        """One page down."""
        self.move_to(self.cursor_index + self.page_rows)

    def action_page_up(self) -> None:
        """One page up."""
        self.move_to(self.cursor_index - self.page_rows, -1)

    def action_half_page_down(self) -> None:
        """Half a page down."""
        self.move_to(self.cursor_index + max(1, self.page_rows // 2))

    def action_half_page_up(self) -> None:
        """Half a page up."""
        self.move_to(self.cursor_index - max(1, self.page_rows // 2), -1)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.last_index, -1)
