"""One line to narrow a list by words, live while they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from tui.widgets.plain import Plain, SafeInput

if TYPE_CHECKING:
    from textual.app import ComposeResult


class NarrowBar(Horizontal):
    """Hidden until it is opened; enter keeps the words, esc drops them."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    NarrowBar {
        display: none;
        height: 1;
        width: 100%;
        background: $panel;
        & Plain { width: auto; padding: 0 1; color: $primary; text-style: bold; }
        & Input { border: none; height: 1; padding: 0; width: 1fr; background: $panel; }
    }
    """

    @dataclass
    class Changed(Message):
        """Other words than before."""

        words: str

    @dataclass
    class Left(Message):
        """Typing has ended; the words stay as they were last told."""

    def __init__(
        self,
        label: str = "/",
        *,
        placeholder: str = "words of the title or source",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """A label and a field."""
        yield Plain(self._label)
        yield SafeInput(placeholder=self._placeholder, compact=True)

    @property
    def field(self) -> Input:
        """Where one types."""
        return self.query_one(Input)

    def open(self, words: str) -> None:
        """Show the line with these words and type on."""
        self.display = True
        with self.prevent(Input.Changed):
            self.field.value = words
        self.field.cursor_position = len(words)
        self.field.focus()

    def close(self) -> None:
        """Hide the line without a message."""
        self.display = False
        with self.prevent(Input.Changed):
            self.field.value = ""

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value.strip()))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.display = False
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        """Esc drops the words; down goes to the list with them."""
        if event.key == "escape":
            event.stop()
            self.close()
            self.post_message(self.Changed(""))
            self.post_message(self.Left())
        elif event.key == "down":
            event.stop()
            self.post_message(self.Left())
