"""The pane below a list of places or passages, with more around the one chosen.

On a low screen it is hidden until it is asked for (``-panel``); on a tall one it
stands until it is sent away (``-no-panel``); an empty list has none.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tui.widgets.plain import Plain


class PassagePane(VerticalScroll, can_focus=False):
    """Holds one text; where it is hidden depends on the classes of its screen."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    PassagePane {
        height: 9;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        border: solid $border-blurred;
        border-title-color: $text-muted;
        & Plain { height: auto; width: 100%; }
    }
    .-short PassagePane { display: none; height: 7; }
    .-short.-panel PassagePane { display: block; }
    .-tall.-no-panel PassagePane { display: none; }
    .-empty PassagePane, .-empty.-short.-panel PassagePane { display: none; }
    """

    def compose(self) -> ComposeResult:
        """The text."""
        yield Plain()

    def show(self, text: Content) -> None:
        """Show a text from its beginning."""
        self.query_one(Plain).show(text)
        self.scroll_home(animate=False)
