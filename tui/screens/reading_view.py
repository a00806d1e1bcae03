"""How the reader shows things, and going from one document to the next."""

from __future__ import annotations

from tui.screens.base import LibraryScreen
from tui.screens.reading_parts import TextReader
from tui.screens.reading_text import Page

WIDTHS = (60, 72, 84, None)
"""Text widths one steps through; ``None`` is the whole pane."""


class ReadingView(LibraryScreen):
    """The actions that change nothing in the library."""

    page: Page | None

    def __init__(self) -> None:
        super().__init__()
        self.shows_entities = True
        self.shows_annotations = True

    @property
    def reader(self) -> TextReader:
        """The text."""
        raise NotImplementedError

    def show_layers(self) -> None:
        """Lay entities and annotations over the text, or take them off."""
        raise NotImplementedError

    @property
    def shown_document(self) -> int | None:
        """The document that is shown."""
        return None if self.page is None else self.page.document.id

    def action_next_document(self) -> None:
        """The next document of the list from which this one was opened."""
        self._go(1)

    def action_previous_document(self) -> None:
        """The document before in that list."""
        self._go(-1)

    def _go(self, step: int) -> None:
        ids = list(self.postilla.reading_list or self.library.documents.ids())
        place = (
            ids.index(self.shown_document) + step if self.shown_document in ids else 0
        )
        if 0 <= place < len(ids):
            self.postilla.open_document(ids[place])
        else:
            self.say("This is the last document." if step > 0 else "This is the first.")

    def action_toggle_panel(self) -> None:
        """Show or hide the annotations and entities beside the text."""
        self.toggle_class("-no-panel" if self.has_class("-wide") else "-panel")
        if not self.query_one("#side").display:
            self.reader.focus()
        elif not self.has_class("-wide"):
            self.query_one("#marked").focus()

    def action_text_width(self) -> None:
        """The next of the text widths."""
        now = self.reader.text_width
        place = WIDTHS.index(now) + 1 if now in WIDTHS else 0
        width = self.reader.text_width = WIDTHS[place % len(WIDTHS)]
        self.say(f"Text width: {width or 'the whole pane'}")

    def action_toggle_entities(self) -> None:
        """Underline entities, or not."""
        self.shows_entities = not self.shows_entities
        self.show_layers()

    def action_toggle_annotations(self) -> None:
        """Show annotations in the text, or not."""
        self.shows_annotations = not self.shows_annotations
        self.show_layers()
