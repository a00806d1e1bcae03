"""The widgets of the reader with the keys of their places: the text, a panel's list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.keys import bindings
from tui.screens import reading_text
from tui.screens.base import LibraryScreen
from tui.text import objects
from tui.text.objects import Unit
from tui.widgets.reader import Reader
from tui.widgets.reader_paint import TAG_STYLES
from tui.widgets.virtual_list import VirtualList


class TextReader(Reader, inherit_bindings=False):
    """The text with the keys of text, and its annotations and entities as objects."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("text")]

    def describe(self) -> tuple[str, str] | None:
        """Where the text is from; how far one is in it, or what is selected."""
        page = getattr(self.screen, "page", None)
        if page is None:
            return "Reader", ""
        size = self.selected[1] - self.selected[0] if self.selected else 0
        return reading_text.titles(page, self.percent, self.unit, size)

    def retitle(self) -> None:
        """Border and footer change with the text, not a moment later."""
        super().retitle()
        show = getattr(self.screen, "show_selecting", None)
        if show is not None:
            show()

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

    def action_word_next(self) -> None:
        """To the next word; an end being moved goes to the end of a word."""
        if not self._move_end("word"):
            super().action_word_next()

    def action_sentence_next(self) -> None:
        """To the next sentence; an end being moved goes to the end of one."""
        if not self._move_end("sentence"):
            super().action_sentence_next()

    def action_paragraph_next(self) -> None:
        """To the next paragraph; an end being moved goes to the end of one."""
        if not self._move_end("paragraph"):
            super().action_paragraph_next()

    def _move_end(self, unit: Unit) -> bool:
        """While the ends of an annotation are moved: the last one, to a unit's end."""
        chosen, end = self.selected, self.cursor_offset
        adjusting = getattr(self.screen, "is_adjusting", False)
        if not adjusting or chosen is None or end < chosen[1]:
            return False
        text, language = self._text, self._language
        found = objects.unit_at(text, end, unit, language)
        if found[1] <= end or not text[end : found[1]].strip():
            start = objects.step(text, end, unit, True, language)
            found = objects.unit_at(text, start, unit, language)
        self.goto(found[1], select=(chosen[0], found[1]))
        return True

    def action_document_start(self) -> None:
        """To the beginning of the text; one can come back."""
        self._leave_place()
        super().action_document_start()

    def action_document_end(self) -> None:
        """To the end of the text; one can come back."""
        self._leave_place()
        super().action_document_end()

    def _leave_place(self) -> None:
        leave = getattr(self.screen, "leave_place", None)
        if leave is not None:
            leave()

    def action_to_paragraph(self, number: int) -> None:
        """To the paragraph of that number, counted from 1."""
        page = getattr(self.screen, "page", None)
        if page is not None:
            self._leave_place()
            self.goto(reading_text.paragraph_start(page.text, number))


class PanelList(VirtualList, inherit_bindings=False):
    """A list of the side panel."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{name}" for name in TAG_STYLES}
    DEFAULT_CSS = "\n".join(
        f"PanelList > .list--{name} {{ color: ${name}; text-style: bold; }}"
        for name in TAG_STYLES
    )

    def action_leave(self) -> None:
        """Back to the text."""
        self.screen.query_one(TextReader).focus()
