"""An annotation that was being written when the program ended: go on with it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from store.errors import NotFound
from store.model import Draft
from tui.keys import bindings
from tui.screens.dialog_frame import Dialog
from tui.widgets.plain import Plain, joined

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

_MOST = 240
"""Code points of quote and note that are shown."""


class DraftOffer(Dialog[str]):
    """Answered with ``go on``, ``discard`` or ``later``."""

    FOOTER = "dialog-draft"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("y", "take", show=False),
        Binding("n", "discard", show=False),
        Binding("left,right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    DraftOffer {
        & Plain { height: auto; width: 100%; margin-bottom: 1; }
        & Horizontal { height: 1; width: 100%; }
        & Button { margin-right: 2; min-width: 6; width: auto; }
        &.-tiny .draft--later { display: none; }
    }
    """

    def __init__(self, draft: Draft, title: str, quote: str) -> None:
        """Offer ``draft`` on ``quote`` (``""``: on the whole document ``title``)."""
        super().__init__("An annotation was not saved")
        self._draft, self._title, self._quote = draft, title, quote

    def compose_box(self) -> Iterable[Widget]:
        """What was being written, and the three answers."""
        parts: list[tuple[object, str]] = [(_short(self._title), "bold")]
        if self._quote:
            parts.append((f"\n“{_short(self._quote)}”", ""))
        if self._draft.note:
            parts.append((f"\n{_short(self._draft.note)}", "italic"))
        if self._draft.tags:
            parts += [("\nTags  ", "bold"), (" · ".join(self._draft.tags), "")]
        yield Plain(joined(*parts))
        yield Horizontal(
            Button(Content("y Go on"), id="go-on", compact=True),
            Button(Content("n Discard"), id="discard", compact=True),
            Button(Content("esc Later"), id="later", compact=True),
        )

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss((event.button.id or "later").replace("-", " "))

    def action_take(self) -> None:
        """Go on writing."""
        self.dismiss("go on")

    def action_discard(self) -> None:
        """It is not wanted."""
        self.dismiss("discard")

    def refuse(self) -> str:
        """Closing it keeps it for later."""
        return "later"


def offer(app: Postilla, draft: Draft) -> None:
    """Ask what to do with a draft that a window left behind, and do it."""

    def discarded() -> None:
        app.tell("Draft discarded.")
        others = app.library.drafts.left()
        if others:
            offer(app, others[0])

    def answered(answer: str | None) -> None:
        if answer == "go on":
            app.resume_draft(draft)
        elif answer == "discard":
            app.hand.write(
                lambda library: library.drafts.discard(draft.id),
                lambda _: discarded(),
            )

    def ask(found: tuple[str, str] | None) -> None:
        if found is not None:
            app.push_screen(DraftOffer(draft, *found), answered)

    app.hand.ask(lambda library: _passage(library, draft), ask)


def _passage(library: Library, draft: Draft) -> tuple[str, str] | None:
    """Title of the document and the quote; ``None`` if the document is gone."""
    try:
        title = library.documents.get(draft.document).title
        if draft.start is None or draft.end is None:
            return title, ""
        return title, library.documents.text(draft.document)[draft.start : draft.end]
    except NotFound:
        return None


def _short(text: str) -> str:
    line = " ".join(text[: _MOST * 2].split())
    return line if len(line) <= _MOST else line[:_MOST].rstrip() + "…"
