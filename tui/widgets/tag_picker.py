"""Choosing tags by typing: chosen ones as chips, fitting ones in a list below.

What is typed is looked for at the start of a name, then inside it, by the first
letters of its words, then in spite of slips. The last row makes a new tag, so that a
codebook can grow while coding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from store import safe
from tui.widgets.chips import Chips
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.tag_match import Choice, Offers
from tui.widgets.virtual_list import VirtualList

Choices = Iterable[tuple[str, int] | tuple[str, int, int]]
"""Tags there are: path, how often used, and if known how recently (0: not lately)."""

Validate = Callable[[str], str | None]
"""Says in one sentence why a path cannot be a tag, or ``None`` if it can."""


ROOM_TO_TYPE = 12
"""Cells the field keeps beside the chips; with fewer it goes below them."""


class _TagInput(SafeInput):
    """The field; backspace in it when it is empty is the picker's."""

    @dataclass
    class Emptied(Message):
        """Backspace was pressed and nothing was left to delete."""

    def action_delete_left(self) -> None:
        """Delete a sign, or ask for the last chip to go."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Emptied())


class _Fitting(VirtualList, can_focus=False, inherit_bindings=False):
    """The list of fitting tags; keys reach it by the picker, never by focus."""

    is_pointing = False

    @property
    def cursor_style(self) -> str:
        """A cursor only where enter would take the row."""
        return "cursor" if self.is_pointing else ""

    def on_click(self, event: events.Click) -> None:
        """One click takes the tag."""
        place = event.get_content_offset(self)
        index = -1 if place is None else self.index_at(place.y)
        event.stop()
        event.prevent_default()
        if index >= 0:
            self.move_to(index)
            self.action_open()


class TagPicker(Widget, can_focus=False):
    """A field with chips and a list; knows tags as paths only."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", "Next tag", show=False, id="picker.next"),
        Binding("up,ctrl+p", "move(-1)", "Previous tag", show=False, id="picker.back"),
    ]

    DEFAULT_CSS = """
    TagPicker {
        height: auto;
        width: 1fr;
        & > .picker--field { height: auto; layout: horizontal; }
        &.-stacked > .picker--field { layout: vertical; }
        & Chips { width: auto; }
        & _TagInput { width: 1fr; min-width: 1; background: $boost; }
        & VirtualList { height: 4; min-height: 1; }
        & .picker--error { color: $text-error; text-style: bold; height: auto; }
    }
    """

    @dataclass
    class Changed(Message):
        """Other tags are chosen."""

        picker: TagPicker
        tags: tuple[str, ...]

        @property
        def control(self) -> TagPicker:
            """The picker, so that handlers can select by it."""
            return self.picker

    @dataclass
    class Typed(Message):
        """Something was typed that is no tag yet."""

        picker: TagPicker
        text: str

    @dataclass
    class Done(Message):
        """Enter was pressed with tags chosen and nothing typed."""

        picker: TagPicker
        tags: tuple[str, ...]

    def __init__(
        self,
        choices: Choices = (),
        *,
        tags: Iterable[str] = (),
        validate: Validate | None = None,
        placeholder: str = "type a tag",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Offer ``choices``; ``tags`` are chosen already.

        ``validate`` is asked before a new tag is made; the answer is shown.
        """
        super().__init__(id=id, classes=classes)
        self._known = Offers(Choice(*choice) for choice in choices)
        self._tags = list(dict.fromkeys(tags))
        self._check = validate
        self._placeholder = placeholder
        self._offers: list[str] = []
        self._new: str | None = None

    def compose(self) -> ComposeResult:
        """The field with its chips, the list, a line for what is wrong."""
        with Container(classes="picker--field"):
            yield Chips()
            yield _TagInput(placeholder=self._placeholder, compact=True)
        columns = (Column(width=4, flex=1), Column(width=9, drop_below=30))
        yield _Fitting(self._offer_rows, columns, markable=False)
        yield Plain(classes="picker--error")

    def on_mount(self) -> None:
        """Show what there is."""
        self._fail("")
        self._relist()

    # What is chosen --------------------------------------------------------

    @property
    def tags(self) -> tuple[str, ...]:
        """The chosen paths in the order they were chosen."""
        return tuple(self._tags)

    @property
    def typed(self) -> str:
        """What stands in the field and is no tag yet."""
        field = self.query(_TagInput)  # gone while the picker is being taken down
        return field.first().value.strip() if field else ""

    def set_tags(self, tags: Iterable[str]) -> None:
        """Choose other tags, without a message."""
        self._tags = list(dict.fromkeys(tags))
        self._relist()

    def focus_input(self) -> None:
        """Let the next key be typed here."""
        self.query_one(_TagInput).focus()

    def take_typed(self) -> bool:
        """Take what is typed if it is a known tag; True if nothing is left."""
        known = self._known.known(self.typed)
        if known is not None:
            self._take(known)
        return not self.typed

    def _take(self, path: str) -> None:
        if path not in self._tags:
            self._tags.append(path)
        self.query_one(_TagInput).value = ""
        self._tell()

    def _drop(self, path: str) -> None:
        self._tags.remove(path)
        self._tell()

    def _tell(self) -> None:
        self._relist()
        self.post_message(self.Changed(self, self.tags))

    # The list --------------------------------------------------------------

    @property
    def _list(self) -> _Fitting:
        return self.query_one(_Fitting)

    def _relist(self) -> None:
        """Offer what fits what is typed, and a new tag if there is none like it."""
        typed = self.typed
        found = self._known.fitting(typed, frozenset(self._tags))
        self._offers = [choice.path for choice in found]
        is_known = self._known.known(typed) is not None or typed in self._tags
        self._new = typed if typed and not is_known else None
        count = len(self._offers) + (self._new is not None)
        self._list.is_pointing = bool(typed)
        self._list.set_ids(range(count), keep=False)
        self._list.refresh_rows()
        self._lay_chips()

    def _offer_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        used = self._known.used
        rows: dict[int, Row] = {}
        for i in ids:
            if i < len(self._offers):
                path = self._offers[i]
                rows[i] = Row((path, Cell(f"used {used[path]:,}", "muted")))
            else:
                rows[i] = Row((f'+ create tag "{self._new}"',))
        return rows

    def _lay_chips(self) -> None:
        """Chips in front of the field while that leaves room to type, else above."""
        width = self.size.width
        if width <= 0:
            return
        chips = self.query_one(Chips)
        one_line = sum(safe.width(safe.line(tag)) + 4 for tag in self._tags)
        is_stacked = one_line + ROOM_TO_TYPE > width
        self.set_class(is_stacked, "-stacked")
        chips.styles.width = chips.lay(self._tags, width if is_stacked else one_line)

    def on_resize(self) -> None:
        """Lay the chips for the new width."""
        self._lay_chips()

    def action_move(self, step: int) -> None:
        """Point at the next (1) or previous (-1) tag of the list, round its ends."""
        fitting, count = self._list, len(self._list.ids)
        if not count:
            return
        if fitting.is_pointing:
            fitting.move_to((fitting.cursor_index + step) % count)
        else:
            fitting.is_pointing = True
            fitting.move_to(0 if step > 0 else count - 1)
            fitting.refresh()

    # What happens ----------------------------------------------------------

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        event.stop()
        self._fail("")
        self._relist()
        self.post_message(self.Typed(self, event.value))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if self._list.is_pointing and self._list.ids:
            self._take_row(self._list.cursor_index)
        elif self.typed:
            self._fail(f'"{self.typed}" is chosen already.')
        elif self._tags:
            self.post_message(self.Done(self, self.tags))

    def _take_row(self, index: int) -> None:
        if index < len(self._offers):
            self._take(self._offers[index])
            return
        new = self._new or ""
        problem = self._check(new) if self._check else None
        if problem is None:
            self._take(new)
        else:
            self._fail(problem)

    @on(_TagInput.Emptied)
    def _last_chip(self, event: _TagInput.Emptied) -> None:
        event.stop()
        if self._tags:
            self._drop(self._tags[-1])

    @on(Chips.Removed)
    def _chip(self, event: Chips.Removed) -> None:
        event.stop()
        self._drop(event.tag)

    @on(VirtualList.Opened)
    def _row(self, event: VirtualList.Opened) -> None:
        event.stop()
        self._take_row(self._list.cursor_index)

    @on(VirtualList.Highlighted)
    def _pointed(self, event: VirtualList.Highlighted) -> None:
        event.stop()

    def _fail(self, sentence: str) -> None:
        line = self.query_one(".picker--error", Plain)
        line.show(sentence)
        line.display = bool(sentence)
