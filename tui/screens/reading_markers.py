"""The tags that have a marker; pressing the letter chooses one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget

from store import safe
from tui.keys import bindings
from tui.screens.dialog_choose import PickList
from tui.screens.dialog_frame import Dialog, Wrong
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.virtual_list import VirtualList

_AROUND = 4
"""Lines of the screen that the list leaves to frame, footer and what is wrong."""

_COLUMNS = (Column(width=2), Column(width=8, flex=1))


class MarkerDialog(Dialog[str | None]):
    """Answered with the path of a tag."""

    PLACE = "picker"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("picker")]
    DEFAULT_CSS = """
    MarkerDialog {
        & > Box { width: 48; }
        & PickList { background: $surface; width: 100%; }
    }
    """

    def __init__(self, marked: Sequence[tuple[str, str]]) -> None:
        """Offer tags, each as (letter, path)."""
        super().__init__("Which letter?")
        self._marked = tuple(marked)

    def compose_box(self) -> Iterable[Widget]:
        """The letters with their tags, and what is wrong."""
        yield PickList(
            lambda ids: {n: self._row(n) for n in ids},
            _COLUMNS,
            markable=False,
        )
        yield Wrong()

    def _row(self, number: int) -> Row:
        letter, path = self._marked[number]
        return Row((Cell(letter, "strong"), path))

    @property
    def list(self) -> PickList:
        """The tags."""
        return self.query_one(PickList)

    def on_mount(self) -> None:
        """Show every tag."""
        self.list.set_ids(range(len(self._marked)), keep=False)

    def on_resize(self) -> None:
        """As many tags as the screen has lines for."""
        room = max(1, self.size.height - _AROUND)
        self.list.styles.height = min(len(self._marked), room)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses; another one is said not to be a marker."""
        if event.key == "enter":
            event.stop()
            self.list.action_open()
        elif event.is_printable and event.character:
            event.stop()
            self._choose(event.character)

    def _choose(self, letter: str) -> None:
        for marker, path in self._marked:
            if marker == letter:
                self.dismiss(path)
                return
        self.wrong(f"No tag has the marker {safe.line(letter)}.")

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.dismiss(self._marked[event.id][1])

    def action_take(self) -> None:
        """Answer with the tag the bar is on."""
        self.list.action_open()

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number, round the ends."""
        self.list.move_to((self.list.cursor_index + rows) % len(self._marked))

    def action_page_down(self) -> None:
        """Bar a page down."""
        self.list.action_page_down()

    def action_page_up(self) -> None:
        """Bar a page up."""
        self.list.action_page_up()
