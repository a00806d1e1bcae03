"""The widgets of the reader with the keys of their places: the text, a panel's list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.keys import bindings
from tui.screens import reading_text
from tui.screens.base import LibraryScreen
from tui.widgets.reader import Reader
from tui.widgets.virtual_list import VirtualList


class TextReader(Reader, inherit_bindings=False):
    """The text with the keys of text, and its annotations and entities as objects."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("text")]

    def action_next_annotation(self) -> None:
        """To the next annotation."""
        self._step_to("annotation")

    def action_previous_annotation(self) -> None:
        """To the annotation before."""
        self._step_to("annotation", False)

    def action_next_entity(self) -> None:
        """To the next entity."""
        self._step_to("entity")

    def action_previous_entity(self) -> None:
        """To the entity before."""
        self._step_to("entity", False)

    def _step_to(self, kind: str, forward: bool = True) -> None:
        screen = self.screen
        if self.next_span(kind, forward) is None and isinstance(screen, LibraryScreen):
            screen.say(f"No {kind} further {'on' if forward else 'back'}.")

    def action_select_entity(self) -> None:
        """Select the entity at the cursor."""
        self.select_object("entity")

    def action_select_annotation(self) -> None:
        """Select the passage of the annotation at the cursor; again: a larger one."""
        self.select_object("annotation")

    def action_to_paragraph(self, number: int) -> None:
        """To the paragraph of that number, counted from 1."""
        page = getattr(self.screen, "page", None)
        if page is not None:
            self.goto(reading_text.paragraph_start(page.text, number))


class PanelList(VirtualList, inherit_bindings=False):
    """A list of the side panel."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def action_leave(self) -> None:
        """Back to the text."""
        self.screen.query_one(TextReader).focus()
