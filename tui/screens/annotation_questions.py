"""What the table of annotations shows: its order, what narrows it, saved queries."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from store import tagexpr
from store.annotation_rows import ORDERS, AnnotationFilter
from store.errors import PostillaError
from tui.screens import annotation_narrow
from tui.screens.annotation_asking import ask
from tui.screens.base import LibraryScreen
from tui.widgets.virtual_list import VirtualList

REMEMBERED = 20
"""Questions that are offered again."""


class AnnotationQuestions(LibraryScreen):
    """The actions of the Annotations screen on what it shows."""

    filters: AnnotationFilter

    def __init__(self) -> None:
        super().__init__()
        self._earlier: list[str] = []

    @property
    @abstractmethod
    def list(self) -> VirtualList:
        """The table."""

    @abstractmethod
    def show_filters(self, filters: AnnotationFilter) -> None:
        """Show what fits these filters, in their order."""

    def words_at_hand(self) -> str:
        """The tag that the table is narrowed to, if it is one tag."""
        tag = tagexpr.single(self.filters.tag or "")
        return "" if tag is None else f"tag:{tag}"

    # The order -------------------------------------------------------------

    def action_order(self) -> None:
        """Choose what the table is ordered by."""
        from tui.screens.dialogs import Choose

        def chosen(order: str | None) -> None:
            if order is not None:
                self.show_filters(replace(self.filters, order=order, reverse=False))

        self.app.push_screen(Choose("Order by", tuple(ORDERS.items())), chosen)

    def action_reverse(self) -> None:
        """The other way round."""
        self.show_filters(replace(self.filters, reverse=not self.filters.reverse))

    # Narrowing -------------------------------------------------------------

    def action_narrow(self) -> None:
        """Choose a tag, coder, collection, state or saved query to narrow by."""
        filters = self.filters

        def show(options: Sequence[tuple[str, str]]) -> None:
            from tui.screens.dialogs import Choose

            if self.is_current:
                self.app.push_screen(Choose("Narrow by", options), chosen)

        def chosen(value: str | None) -> None:
            if value == annotation_narrow.DROP:
                self._ask_what_to_drop()
            elif value is not None:
                self.show_filters(annotation_narrow.narrowed(self.filters, value))

        self.hand.ask(lambda library: annotation_narrow.options(library, filters), show)

    def _ask_what_to_drop(self) -> None:
        from tui.screens.dialogs import Choose

        def chosen(name: str | None) -> None:
            if name is None:
                return
            if self.filters.query == name:
                self.show_filters(replace(self.filters, query=None))
            self.hand.write(
                lambda library: library.queries.drop(name),
                lambda gone: self.say(f'Query "{gone.name}" dropped · u undo'),
            )

        options = annotation_narrow.droppable(self.library)
        self.app.push_screen(Choose("Drop a saved query", options), chosen)

    # Asking by tags --------------------------------------------------------

    def action_ask(self) -> None:
        """Ask by tags: A and not B, A near:50 B."""

        def asked(expression: str) -> None:
            self._remember(expression)
            self.show_filters(
                replace(self.filters, tag=expression, query=None, untagged=False)
            )

        ask(self.postilla, self._question(), self._earlier, asked)

    def _question(self) -> str:
        saved = [(one.name, one.expression) for one in self.library.queries.list()]
        return annotation_narrow.question(self.filters, saved)

    def _remember(self, expression: str) -> None:
        before = [one for one in self._earlier if one != expression]
        self._earlier = [expression, *before][:REMEMBERED]

    def action_save_query(self) -> None:
        """Save the question by which the table is narrowed, under a name."""
        from store.queries import checked_name
        from tui.screens.dialogs import Prompt

        expression = self._question()
        if not expression:
            self.say("Nothing to save yet: b asks by tags, f narrows to one.")
            return

        def problem(name: str) -> str | None:
            try:
                checked_name(name)
            except PostillaError as error:
                return str(error)
            return None

        def named(name: str | None) -> None:
            if name is not None:
                self.hand.write(
                    lambda library: library.queries.save(name, expression),
                    lambda kept: self.say(f'Saved as "{kept.name}" · f asks it again'),
                )

        question = f"Save {expression} as"
        start = self.filters.query or ""
        self.app.push_screen(Prompt(question, start, check=problem), named)
