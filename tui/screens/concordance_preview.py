"""The place under the cursor of a concordance, with more of the text around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.timer import Timer

from store import kwic
from tui.screens.concordance_acts import ConcordanceActs
from tui.screens.concordance_text import PREVIEW_SIGNS, preview
from tui.widgets.passage_pane import PassagePane

if TYPE_CHECKING:
    from store.library import Library

PREVIEW_SECONDS = 0.06
"""The cursor rests this long before a preview is fetched, so that it can run."""


class ConcordancePreview(ConcordanceActs):
    """The pane below the lines, hidden on a low screen until it is asked for."""

    _timer: Timer | None = None

    def preview_soon(self) -> None:
        """Show the place under the cursor once the cursor rests."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PREVIEW_SECONDS, self._show_preview)

    def _show_preview(self) -> None:
        place, pane = self.current, self.query_one(PassagePane)
        if place is None or not pane.display:
            return

        def read(library: Library) -> Content | None:
            found = kwic.lines(library.core.reader, [place], PREVIEW_SIGNS)
            return preview(found[0]) if found else None

        def show(text: Content | None) -> None:
            if text is not None and self.is_mounted and place == self.current:
                pane.show(text)

        self.hand.ask(read, show)

    def action_toggle_panel(self) -> None:
        """Show or hide the place with more around it."""
        self.toggle_class("-no-panel" if self.has_class("-tall") else "-panel")
        self.call_after_refresh(self._show_preview)
