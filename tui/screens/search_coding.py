"""Tagging every place of a search, in the documents it looks in and in no other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from store import places
from store.document_filter import DocumentFilter
from store.errors import UsageError
from store.places import Page
from store.search.query import Query, parse
from tui.screens import search_filters
from tui.screens.place_hunt import Hunt
from tui.screens.search_asked import Asked

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.searching import SearchScreen

_STAND = ("entity", "tag")
"""Filters that say themselves which places are meant, where no word does."""


class NarrowedHunt(Hunt):
    """A hunt for the words of a query in the documents that its filters let through."""

    def __init__(self, words: str, query: Query, filters: DocumentFilter) -> None:
        super().__init__(words, filters)
        self._query = query

    def _step(self, library: Library) -> None:
        if self._pages is None:
            reader = library.core.reader
            self._pages = _pages(reader, self.words, self._query, self.filters)
        super()._step(library)


def hunt(asked: Asked) -> NarrowedHunt:
    """What looks for every place of a query.

    Raises ``UsageError`` where the query says no words whose places could be meant.
    """
    if asked.mode == "regex":
        words, query = f"/{asked.text}/", Query()
    else:
        query = Query(filters=parse(asked.text).filters)
        words = search_filters.words_only(asked.text)
    if not words:
        own = [one for one in query.filters if one.name in _STAND and not one.is_not]
        if not own:
            raise UsageError("Type the words whose places are to be tagged.")
        words = f"{own[0].name}:{own[0].value}"
    problem = places.problem_with(words)
    if problem is not None:
        raise UsageError(problem)
    return NarrowedHunt(words, query, asked.within)


def _pages(
    connection: sqlite3.Connection, words: str, query: Query, filters: DocumentFilter
) -> Iterator[Page]:
    """The places page by page. Raises ``UsageError`` for an unknown filter."""
    from store.search.narrowing import narrowed
    from store.search.within import Sieve

    where = narrowed(connection, None, query, filters)
    if where.unknown:
        raise UsageError(" ".join(where.unknown))
    sieve = Sieve(connection, where.within)
    for page in places.find(connection, words, filters):
        kept = sieve.kept(list({one.document for one in page.places}))
        inside = [one for one in page.places if one.document in kept]
        yield replace(page, places=inside)


def code_every_place(screen: SearchScreen) -> None:
    """Leave the search and ask which tags every place of it is to bear."""
    from tui.screens.coding import CodingDialog

    app, asked = screen.postilla, screen.asked
    if not asked.text.strip():
        return
    try:
        found = hunt(asked)
    except UsageError as error:
        screen.say(str(error))
        return
    what = f"/{asked.text}/" if asked.mode == "regex" else asked.text.strip()
    screen.remember()
    screen.dismiss(None)
    app.call_later(app.push_screen, CodingDialog(app, what, hunt=found))
