"""Choosing one of several by typing: a field, and a list of what fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui.keys import bindings
from tui.screens.dialog_frame import Dialog
from tui.widgets.columns import Column, Row
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.tag_match import fold
from tui.widgets.virtual_list import VirtualList

_CLOSE_ENOUGH = 70.0
"""Least score, of 100, of an option that was mistyped."""

_AROUND = 7
"""Lines of the screen that the list leaves to frame, field, hint and footer."""


def fitting(typed: str, labels: Sequence[str]) -> list[int]:
    """Places of the labels that fit what is typed, best first; all for ``""``.

    Every word must occur, those that begin with the typed words first; if none has
    them all, the labels that are nearly it.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return list(range(len(labels)))
    folded = [fold(label) for label in labels]
    words = wanted.split()
    found = [n for n, label in enumerate(folded) if all(w in label for w in words)]
    if found or len(wanted) < 3:
        return sorted(found, key=lambda n: not folded[n].startswith(wanted))
    from rapidfuzz import fuzz, process

    near = process.extract(
        wanted, folded, scorer=fuzz.WRatio, score_cutoff=_CLOSE_ENOUGH, limit=50
    )
    return [place for _, _, place in near]


class PickList(VirtualList, can_focus=False, inherit_bindings=False):
    """A list whose keys come by the field; one click takes a row."""

    @property
    def cursor_style(self) -> str:
        """Enter always takes the row, wherever one types."""
        return "cursor"

    def on_click(self, event: events.Click) -> None:
        """One click takes the row."""
        place = event.get_content_offset(self)
        index = -1 if place is None else self.index_at(place.y)
        event.stop()
        event.prevent_default()
        if index >= 0:
            self.move_to(index)
            self.action_open()


class Choose(Dialog[str | None]):
    """One of several options; the answer is the option's value."""

    PLACE = "picker"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("picker")]
    ROW_LINES: ClassVar[int] = 1
    """Lines of an option."""
    DEFAULT_CSS = """
    Choose {
        & > Box { width: 64; }
        & PickList { background: $surface; width: 100%; }
        & .choose--hint { color: $text-muted; height: auto; width: 100%; }
    }
    """

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        *,
        hint: str = "",
        at: str = "",
    ) -> None:
        """Offer ``options`` as (value, what is shown); ``hint`` is a line below, ``at``
        the value that the bar begins on, if it is one."""
        super().__init__(title)
        self._at = at
        self._options = tuple(options)
        self._hint = hint

    def compose_box(self) -> Iterable[Widget]:
        """The field, the list, the hint."""
        yield SafeInput(placeholder="type to narrow", compact=True)
        options = PickList(
            lambda ids: {n: Row((self._options[n][1],)) for n in ids},
            (Column(width=8, flex=1),),
            markable=False,
            empty="Nothing like that.",
        )
        self._fit(options)  # before it is first painted, or the box would shrink
        yield options
        if self._hint:
            yield Plain(self._hint, classes="choose--hint")

    @property
    def list(self) -> PickList:
        """The options that fit."""
        return self.query_one(PickList)

    def on_mount(self) -> None:
        """Show every option."""
        self._narrow("")
        values = [value for value, _ in self._options]
        if self._at in values:
            self.list.move_to(values.index(self._at))

    def on_resize(self) -> None:
        """As many options as the screen has lines for."""
        self._fit(self.list)

    def _fit(self, options: PickList) -> None:
        room = (self.app.size.height - _AROUND) // self.ROW_LINES
        shown = max(1, min(len(self._options), room))
        options.styles.height = self.ROW_LINES * shown

    def _narrow(self, typed: str) -> None:
        labels = [label for _, label in self._options]
        self.list.set_ids(fitting(typed, labels), keep=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.dismiss(self._options[event.id][0])

    def action_take(self) -> None:
        """Answer with the option the bar is on."""
        self.list.action_open()

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number, round the ends."""
        count = len(self.list.ids)
        if count:
            self.list.move_to((self.list.cursor_index + rows) % count)

    def action_page_down(self) -> None:
        """Bar a page down."""
        self.list.action_page_down()

    def action_page_up(self) -> None:
        """Bar a page up."""
        self.list.action_page_up()
