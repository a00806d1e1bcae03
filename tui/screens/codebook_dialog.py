"""Defining a tag: what it means, its letter, its colour, a memo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from store.model import Tag
from store.tag_colours import NAMES
from tui.keys import bindings
from tui.screens.dialog_frame import Dialog, Wrong
from tui.widgets.plain import Plain, SafeInput, SafeTextArea
from tui.widgets.tag_tree import COLOURS, SWATCH


@dataclass(frozen=True, slots=True)
class Definition:
    """What stands in the dialog."""

    definition: str
    memo: str
    marker: str | None
    colour: int
    """0 to 7."""


class Swatches(Widget, can_focus=True):
    """The eight colours in a row; arrows, a digit or a click choose one."""

    DEFAULT_CSS = """
    Swatches {
        height: 1;
        width: 1fr;
        &:focus { background: $boost; text-style: bold; }
    }
    """

    def __init__(self, colour: int) -> None:
        """``colour`` is chosen, 0 to 7."""
        super().__init__()
        self.colour = colour % COLOURS

    def render(self) -> Content:
        """Each with its number; the chosen one in brackets."""
        parts: list[tuple[str, str]] = []
        for number in range(COLOURS):
            left, right = "[]" if number == self.colour else "  "
            shown = f"{left}{number + 1}{SWATCH}{right}"
            parts.append((shown, f"$tag-{number}"))
        parts.append((f" {NAMES[self.colour]}", "$text-muted"))
        return Content.assemble(*parts)

    def choose(self, colour: int) -> None:
        """Choose another colour."""
        self.colour = colour % COLOURS
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Arrows and digits choose."""
        if event.key in ("left", "right"):
            event.stop()
            self.choose(self.colour + (1 if event.key == "right" else -1))
        elif event.character and event.character in "12345678":
            event.stop()
            self.choose(int(event.character) - 1)

    def on_click(self, event: events.Click) -> None:
        """The one under the pointer."""
        number = event.x // 4
        if 0 <= number < COLOURS:
            self.choose(number)


class DefineDialog(Dialog[Definition | None]):
    """Answers with what was changed to, or ``None`` if nothing was."""

    PLACE = "form"
    FOOTER = "form-definition"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]
    DEFAULT_CSS = """
    DefineDialog {
        & .define--label { height: 1; color: $text-muted; text-style: bold; }
        & .define--row { height: 1; width: 100%; }
        & .define--row .define--label { width: 9; }
        & .define--row Input { width: 3; }
        & .define--hint { color: $text-muted; width: 1fr; height: 1; padding: 0 1; }
        & SafeTextArea { height: 6; background: $boost; }
        & #memo { height: 3; }
        &.-short SafeTextArea { height: 4; }
        &.-short #memo { height: 2; }
    }
    """

    def __init__(self, tag: Tag) -> None:
        """Define ``tag``."""
        super().__init__(f"Define {tag.path}")
        self._before = Definition(tag.definition, tag.memo, tag.marker, tag.colour)
        self._definition = SafeTextArea(tag.definition, compact=True, id="definition")
        self._memo = SafeTextArea(tag.memo, compact=True, id="memo")
        self._marker = SafeInput(tag.marker or "", max_length=1, compact=True)
        self._swatches = Swatches(tag.colour)
        # A field may change line ends when it takes a text; that is no change.
        self._loaded = (self._definition.text, self._memo.text)
        self._is_warned = False

    def compose_box(self) -> Iterable[Widget]:
        """Definition, marker, colour, memo."""
        yield Plain("Definition: when to use it, when not", classes="define--label")
        yield self._definition
        yield Horizontal(
            Plain("Marker", classes="define--label"),
            self._marker,
            Plain("one letter; ' and the letter tags", classes="define--hint"),
            classes="define--row",
        )
        yield Horizontal(
            Plain("Colour", classes="define--label"),
            self._swatches,
            classes="define--row",
        )
        yield Plain("Memo: thoughts on the tag", classes="define--label")
        yield self._memo
        yield Wrong()

    @property
    def values(self) -> Definition:
        """What stands there now. A text nobody touched is given back as it was."""
        meaning, memo = self._definition.text, self._memo.text
        return Definition(
            self._before.definition if meaning == self._loaded[0] else meaning,
            self._before.memo if memo == self._loaded[1] else memo,
            self._marker.value.strip() or None,
            self._swatches.colour,
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_next_field(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_save(self) -> None:
        """Answer with what stands there."""
        values = self.values
        if values.marker is not None and not values.marker.isalpha():
            self.wrong("A marker is one letter.")
            self._marker.focus()
            return
        self.dismiss(values if values != self._before else None)

    def action_close(self) -> None:
        """Leave; what was changed only after it was said that it is not saved."""
        if self.values == self._before or self._is_warned:
            self.dismiss(None)
            return
        self._is_warned = True
        self.wrong("Not saved: ctrl+s saves, esc again leaves without saving.")
