"""In which documents, as one row of a dialog: what is chosen, and a way to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from store import safe
from store.document_rows import DocumentFilter
from tui.screens.which_documents import ask_which_documents, in_words

if TYPE_CHECKING:
    from textual import events

    from tui.app import Postilla

_HINT = "space: others"
_LEAST = 12
"""Cells that the words have at least, before the hint is left out."""


class DocumentsChoice(Widget, can_focus=True):
    """The words of a filter; space or an arrow asks for another one."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,left,right", "others", show=False)
    ]
    DEFAULT_CSS = """
    DocumentsChoice {
        width: 1fr;
        height: 1;
        &:focus { background: $boost; }
    }
    """

    def __init__(self, filters: DocumentFilter, *, id: str | None = None) -> None:
        """Begin with these documents."""
        super().__init__(id=id)
        self.filters = filters

    def render(self) -> Content:
        """What is chosen stands out where keys would act, as in rows of options."""
        app: Postilla = self.app  # type: ignore[assignment]
        words = in_words(app.library, self.filters)
        room = self.size.width - len(_HINT) - 2
        style = "bold underline" if self.has_focus else "bold"
        if room < _LEAST:
            return Content.assemble((safe.line(words, max(1, self.size.width)), style))
        shown = safe.line(words, room)
        return Content.assemble((shown, style), f"  {_HINT}")

    def action_others(self) -> None:
        """Ask for others."""
        app: Postilla = self.app  # type: ignore[assignment]
        ask_which_documents(app, self.filters, self._take)

    def on_click(self, event: events.Click) -> None:
        """A click asks too."""
        event.stop()
        self.action_others()

    def _take(self, filters: DocumentFilter) -> None:
        self.filters = filters
        self.refresh()
