"""The command palette: every deed of the present screen, found by name.

Made from the declaration of keys. Each row shows the key at its right, so that the
palette teaches the keys; what nobody on the screen can do now is not listed.
"""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from store import safe
from tui.keys import show_keys
from tui.keys_run import perform, runnable
from tui.keys_table import Action
from tui.widgets.plain import plain

TITLE_CELLS = 34
"""Cells of the column of titles: with the keys it fits in 60 columns."""


class Commands(Provider):
    """Textual's provider over the actions of the screen under the palette."""

    def _offered(self) -> list[Action]:
        """Actions that have a place in the palette, the screen's own first."""
        return [action for action in runnable(self.screen) if action.group]

    async def discover(self) -> Hits:
        """Everything, in the order of the declaration, before anything is typed."""
        for action in self._offered():
            title = plain(action.palette_title)
            yield DiscoveryHit(
                row(title, action),
                partial(perform, self.screen, action),
                text=action.palette_title,
            )

    async def search(self, query: str) -> Hits:
        """The actions whose title, or whose heading and title, match."""
        matcher = self.matcher(query)
        for action in self._offered():
            title = action.palette_title
            score = matcher.match(title)
            behind = 0.5 * matcher.match(f"{action.group} {title}")
            if score > 0 or behind > 0:
                shown = matcher.highlight(title) if score > 0 else plain(title)
                yield Hit(
                    max(score, behind),
                    row(shown, action),
                    partial(perform, self.screen, action),
                    text=title,
                )


def row(title: Content, action: Action) -> Content:
    """A title with the action's keys at its right."""
    blank = " " * max(1, TITLE_CELLS - safe.width(title.plain))
    return Content.assemble(title, blank, (show_keys(action), "dim"))
