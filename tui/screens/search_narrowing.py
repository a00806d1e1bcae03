"""Narrowing a search: by counts beside the rows, by what is typed, by the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from store import safe
from store.document_filter import DocumentFilter, in_words, readable
from tui.keys import bindings, by_id, show_keys
from tui.keys_run import actions_of
from tui.screens import search_filters
from tui.screens.search_asked import EVERYWHERE, KINDS, Asked
from tui.screens.search_base import SearchBase, Unmoving
from tui.screens.search_text import facet_groups
from tui.widgets.completions import Completions, Offer
from tui.widgets.facets import Facets
from tui.widgets.plain import set_title

if TYPE_CHECKING:
    from store.library import Library
    from store.search.completion import Completion
    from store.search.counts import Facets as Counts

COUNT_SECONDS = 0.25
"""Typing rests this long before it is counted what was found."""

COUNTED = 1000
"""Documents that are counted at most, the best ones."""

_BEFORE_FIELD = 4
"""Cells of frame, blank and sign in front of what is typed."""


class SearchFacets(Facets, Unmoving, inherit_bindings=False):
    """Counts of what was found, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]


class SearchNarrowing(SearchBase):
    """The actions of the search that make it look at less."""

    def __init__(self) -> None:
        super().__init__()
        self._within_words = ""
        self._scope = ("", "")
        self._counting: Timer | None = None
        self._completing = 0

    @property
    def facets(self) -> SearchFacets:
        """The counts."""
        return self.query_one(SearchFacets)

    @property
    def completions(self) -> Completions:
        """What the filter being typed may become."""
        return self.query_one(Completions)

    # What the list below is narrowed to ------------------------------------

    def take_over(self) -> None:
        """Search inside what Documents is narrowed to, if the search lies over it,
        unless it is known already where to search."""
        if self._is_within:
            return
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        filters = getattr(below, "filters", None)
        if isinstance(filters, DocumentFilter) and filters != EVERYWHERE:
            self.search_within(filters)

    def search_within(self, filters: DocumentFilter) -> None:
        """Search inside these documents; everywhere where they are all."""
        self._is_within = filters != EVERYWHERE
        if self._is_within:
            reader = self.postilla.library.core.reader
            self._within = filters
            self._within_words = in_words(readable(reader, filters))

    def action_widen(self) -> None:
        """Everywhere, or again only in what Documents shows."""
        if self._within == EVERYWHERE:
            self.say("Documents shows everything; so does the search.")
            return
        self._is_within = not self._is_within
        self.again()

    def show_scope(self, title: str) -> None:
        """Say what is listed, inside of what, and which key changes that."""
        below = ""
        if self._within != EVERYWHERE:
            key = show_keys(by_id("search.widen", actions_of(self.app)))
            here = self._is_within
            title = f"{title} · only in {self._within_words}" if here else title
            below = "search everywhere" if here else "only what Documents shows"
            below = f"{key} {below}".strip()
        room = max(1, self.list.size.width - 4)
        shown = safe.line(title, room), below
        if shown != self._scope:
            self._scope = shown
            set_title(self.list, shown[0], subtitle=below)

    # Counts ----------------------------------------------------------------

    def count_soon(self) -> None:
        """Count what was found, once typing rests and if it is looked at."""
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(COUNT_SECONDS, self._count)

    def _count(self) -> None:
        answer = self._answer
        if answer is None or not self.facets.display or not self._is_seen():
            return
        searcher, app, asked = self.searcher, self.postilla, self.asked

        def work(connection: sqlite3.Connection, stop: Callable[[], bool]) -> Counts:
            return _counts(connection, asked, searcher.documents, stop)

        searcher.also(
            "counts", work, lambda counts: app.call_soon(self._show_counts, counts)
        )

    def _is_seen(self) -> bool:
        return self.facets.size.width > 0

    def _show_counts(self, counts: Counts) -> None:
        if not self.is_open:
            return
        hits = self._hits
        found = {kind: sum(hit.kind == kind for hit in hits) for kind in KINDS}
        groups = facet_groups(counts, found)
        text = self.field.value
        chosen: dict[str, str] = {}
        if len(self._kinds) == 1:
            chosen["kind"] = self._kinds[0]
        for group in groups[1:]:
            values = (entry.value for entry in group.entries)
            own = (value for value in values if search_filters.holds(text, value))
            one = next(own, search_filters.typed(text, group.key))
            if one:
                chosen[group.key] = one
        self.facets.set_groups(groups, chosen)

    @on(Facets.Chosen)
    def _facet_chosen(self, event: Facets.Chosen) -> None:
        event.stop()
        if event.group == "kind":
            self._kinds = KINDS if event.value is None else (event.value,)
            self.again()
            return
        text = search_filters.with_value(self.field.value, event.group, event.value)
        self.field.value = f"{text} " if text else ""
        self.field.cursor_position = len(self.field.value)

    def action_narrow(self) -> None:
        """To the counts, shown if they are hidden; and back to the field."""
        if self.facets.has_focus:
            self.leave_counts()
            return
        self.add_class("-facets")
        self.facets.focus()
        self.call_after_refresh(self._count)

    def leave_counts(self) -> None:
        """Back to the field; where there is little room the counts go."""
        self.remove_class("-facets")
        self.field.focus()

    # Completing ------------------------------------------------------------

    def complete(self) -> None:
        """Offer what the filter that is being typed may become."""
        self._completing += 1
        number, text = self._completing, self.field.value
        cursor = self.field.cursor_position
        if not search_filters.may_become(text, cursor):
            self.completions.close()
            return

        def read(library: Library) -> Completion | None:
            from store.search.completion import complete

            if number != self._completing:
                return None
            return complete(library.core.reader, text, cursor)

        def show(found: Completion | None) -> None:
            if self.is_open and number == self._completing:
                self._offer(found)

        self.postilla.hand.ask(read, show)

    def _offer(self, found: Completion | None) -> None:
        self._found = found
        if found is None:
            self.completions.close()
            return
        offers = [Offer(*option) for option in found.options]
        column = _BEFORE_FIELD + safe.width(self.field.value[: found.start])
        self.completions.open(offers, column)

    _found: Completion | None = None

    def take_offer(self) -> bool:
        """Put the offer under its bar into the query; False if there is none."""
        found, offer = self._found, self.completions.offer
        if found is None or offer is None:
            return False
        text = self.field.value
        value = offer.value if offer.value.endswith(":") else f"{offer.value} "
        self.completions.close()
        self.field.value = text[: found.start] + value + text[found.end :].lstrip()
        self.field.cursor_position = found.start + len(value)
        return True

    @property
    def offers_values(self) -> bool:
        """Whether values are offered, among which the bar moves, not names."""
        offer = self.completions.offer
        return offer is not None and not offer.value.endswith(":")


def _counts(
    connection: sqlite3.Connection,
    asked: Asked,
    documents: Callable[[sqlite3.Connection, Asked, Callable[[], bool]], Sequence[int]],
    stop: Callable[[], bool],
) -> Counts:
    """What a query finds, counted; without a query, of all documents."""
    from store.search.counts import facets

    found = None
    if asked.text.strip():
        only = replace(asked, kinds=("document",), limit=COUNTED)
        found = documents(connection, only, stop)
    return facets(connection, found, asked.within)
