"""The screens that lie over the five: questions, sets, coders, history.

They are pushed on the screen they were asked from, so that going back leads there,
with everything as it was. Each is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from tui.screens.base import LibraryScreen

if TYPE_CHECKING:
    from tui.app import Postilla


class Overlays(App[None], inherit_bindings=False):
    """The actions that open them."""

    def lay_over(self, screen: LibraryScreen) -> None:
        """Show a screen over the present one; one of its kind on top is replaced.

        Nothing happens while a dialog waits for an answer.
        """
        top = self.screen
        if not isinstance(top, LibraryScreen):
            return
        if type(top) is type(screen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def come_down(self) -> None:
        """Take off whatever lies over the present one of the five screens."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, LibraryScreen):
            self.pop_screen()

    def words_at_hand(self) -> str:
        """What the present screen would ask about: selected words, an entity, a tag."""
        top = self.screen
        return top.words_at_hand() if isinstance(top, LibraryScreen) else ""

    def action_show_history(self) -> None:
        """What was done, and back to any point."""
        from tui.screens.history import HistoryScreen

        self.lay_over(HistoryScreen())

    def action_show_concordance(self, words: str = "") -> None:
        """Words in their context, one line a place."""
        from tui.screens.concordance import ConcordanceScreen

        self.lay_over(ConcordanceScreen(words or self.words_at_hand()))

    def action_show_cooccurrence(self) -> None:
        """Which tags or entities occur together."""
        from tui.screens.cooccurrence import CooccurrenceScreen

        self.lay_over(CooccurrenceScreen(self.words_at_hand()))

    def action_show_timeline(self) -> None:
        """Documents, mentions or annotations over time."""
        from tui.screens.timeline import TimelineScreen

        self.lay_over(TimelineScreen(self.words_at_hand()))

    def action_show_matrix(self) -> None:
        """Tags by document."""
        from tui.screens.matrix import MatrixScreen

        self.lay_over(MatrixScreen())

    def action_show_figures(self) -> None:
        """Sums, shares, quantities and dates, and who says them."""
        from tui.screens.figures import FiguresScreen

        self.lay_over(FiguresScreen(self.words_at_hand()))

    def action_show_quotations(self) -> None:
        """Who says what."""
        from tui.screens.quotations import QuotationsScreen

        self.lay_over(QuotationsScreen(self.words_at_hand()))

    def action_show_agreement(self) -> None:
        """How far coders agree."""
        from tui.screens.agreement import AgreementScreen

        self.lay_over(AgreementScreen())

    def action_show_collections(self) -> None:
        """Named sets of documents."""
        from tui.screens.collecting import CollectionsScreen

        self.lay_over(CollectionsScreen())

    def action_show_attributes(self) -> None:
        """The attributes that documents are coded by."""
        from tui.screens.attributes import AttributesScreen

        self.lay_over(AttributesScreen())

    def action_edit_memo(self) -> None:
        """Write the memo of the library."""
        from tui.screens.memo import edit_library_memo

        edit_library_memo(self._postilla)

    def action_code(self) -> None:
        """Tag every place that a search, an entity or an expression finds."""
        from tui.screens.coding import ask_what_to_code

        ask_what_to_code(self._postilla, self.words_at_hand())

    @property
    def _postilla(self) -> Postilla:
        app: Postilla = self  # type: ignore[assignment]
        return app
