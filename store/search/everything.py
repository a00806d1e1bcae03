"""Finding documents, entities, annotations and tags, although misspelt.

``search`` is the whole of it. It runs on a reading connection in a thread of its
own; the newest query wins: whoever has a newer one calls ``interrupt()`` on the
connection of the older, which then ends with ``Cancelled``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from store.document_filter import DocumentFilter
from store.model import Hit, Reason
from store.search import (
    glued,
    hits,
    names,
    narrowing,
    pattern,
    query,
    reasons,
    unspaced,
)
from store.search.found import Found
from store.search.narrowing import EVERYTHING
from store.search.vocabulary import Vocabulary
from store.search.within import Within

KINDS = ("document", "entity", "annotation", "tag")


class Cancelled(Exception):
    """The search was interrupted because nobody wants its answer any more."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How it is looked for."""

    kinds: Sequence[str]
    limit: int
    exact: bool
    bare: bool
    cancelled: Callable[[], bool]


def search(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    text: str,
    *,
    kinds: Sequence[str] = KINDS,
    limit: int = 50,
    exact: bool = False,
    regex: bool = False,
    within: DocumentFilter = EVERYTHING,
    bare: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Hit]:
    """What a person is looking for, all kinds mixed, best first.

    An empty text gives the documents that were opened or added last, filters alone
    the documents that fit, newest first. ``exact``: only what was typed, accents and
    case aside. ``regex``: the text is a regular expression, looked for in the texts
    of documents. ``within``: in these documents, and what belongs to them, only; the
    filters of the query narrow further, and one that means nothing finds nothing
    (``narrowing.unknown`` says why). ``bare``: documents without context, which
    ``hits.snippets`` adds. Without a vocabulary only exact words and beginnings of
    words are found.

    Raises ``Cancelled`` when interrupted or ``cancelled()``, ``UsageError`` for
    something that is not a regular expression, and ``NotFound`` where ``within``
    asks for something that is gone; any other text is a valid query.
    """
    asked = _Asked(kinds, limit, exact, bare, cancelled)
    try:
        if limit <= 0:
            found = []
        elif regex:
            found = _matching(connection, text, within, asked)
        else:
            found = _search(connection, vocabulary, text, within, asked)
    except sqlite3.OperationalError as error:
        # Its words differ: an index may fail to open because of it.
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled from error
        raise
    if cancelled():
        raise Cancelled
    return found


def _matching(
    connection: sqlite3.Connection, text: str, within: DocumentFilter, asked: _Asked
) -> list[Hit]:
    """Documents in which a regular expression matches."""
    if "document" not in asked.kinds or not text:
        return []
    where = narrowing.narrowed(connection, None, query.Query(), within).within
    matches = pattern.find(connection, text, within=where, cancelled=asked.cancelled)
    found = hits.of_matches(connection, list(islice(matches, asked.limit)))
    return [replace(hit, reasons=(Reason("pattern", text),)) for hit in found]


def _search(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    text: str,
    within: DocumentFilter,
    asked: _Asked,
) -> list[Hit]:
    wants_documents = "document" in asked.kinds
    if not text.strip() and within == EVERYTHING:
        recent = hits.of_recent(connection, asked.limit, bare=asked.bare)
        return recent if wants_documents else []
    wanted = query.parse(text)
    narrowed = narrowing.narrowed(connection, vocabulary, wanted, within)
    if narrowed.unknown:
        return []
    if wanted.is_empty and not unspaced.is_for(wanted):
        if not wants_documents:
            return []
        newest = narrowing.newest(connection, narrowed.within, asked.limit)
        rows = [Found(row, 0.0, ()) for row in newest]
        return hits.of_documents(connection, rows, bare=asked.bare)
    found = _named(connection, vocabulary, wanted, narrowed.within, asked)
    if asked.cancelled():
        raise Cancelled
    if wants_documents:
        rows = _documents(connection, vocabulary, wanted, narrowed.within, asked)
        plain = hits.of_documents(connection, rows, bare=asked.bare)
        found += _explained(wanted, plain)
    # Sorting keeps the order of what is equally good, so documents stay in theirs.
    found.sort(key=lambda hit: -hit.score)
    return found[: asked.limit]


def _named(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    wanted: query.Query,
    within: Within,
    asked: _Asked,
) -> list[Hit]:
    """Entities, tags and annotations."""
    named = names.find(
        connection,
        wanted,
        asked.kinds,
        vocabulary=vocabulary,
        limit=asked.limit,
        exact=asked.exact,
        within=within,
        cancelled=asked.cancelled,
    )
    if asked.cancelled():
        raise Cancelled
    why = {(one.kind, one.id): one.reasons for one in named}
    found = hits.of_names(connection, wanted, named)
    return [replace(hit, reasons=why[hit.kind, hit.id]) for hit in found]


def _documents(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    wanted: query.Query,
    within: Within,
    asked: _Asked,
) -> list[Found]:
    find = unspaced.find if unspaced.is_for(wanted) else glued.find
    return find(
        connection,
        vocabulary,
        wanted,
        limit=asked.limit,
        exact=asked.exact,
        within=within,
        cancelled=asked.cancelled,
    )


def _explained(wanted: query.Query, found: Iterable[Hit]) -> Iterator[Hit]:
    """Documents with what was matched as what."""
    return (replace(h, reasons=reasons.of_document(wanted, h)) for h in found)
