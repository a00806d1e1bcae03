"""Finding documents, entities, annotations and tags, although misspelt.

``search`` is the whole of it. It runs on a reading connection in a thread of its
own; the newest query wins: whoever has a newer one calls ``interrupt()`` on the
connection of the older, which then ends with ``Cancelled``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import islice

from store.model import Hit
from store.search import documents, hits, names, pattern, query, unspaced
from store.search.vocabulary import Vocabulary

KINDS = ("document", "entity", "annotation", "tag")


class Cancelled(Exception):
    """The search was interrupted because nobody wants its answer any more."""


def search(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    text: str,
    *,
    kinds: Sequence[str] = KINDS,
    limit: int = 50,
    exact: bool = False,
    regex: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Hit]:
    """What a person is looking for, all kinds mixed, best first.

    An empty text gives the documents that were opened or added last. ``exact``: only
    what was typed, accents and case aside. ``regex``: the text is a regular
    expression, looked for in the texts of documents. Without a vocabulary only exact
    words and beginnings of words are found.

    Raises ``Cancelled`` when interrupted or ``cancelled()``, and ``UsageError`` for
    something that is not a regular expression; any other text is a valid query.
    """
    try:
        found = _search(
            connection, vocabulary, text, kinds, limit, exact, regex, cancelled
        )
    except sqlite3.OperationalError as error:
        # Its words differ: an index may fail to open because of it.
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled from error
        raise
    if cancelled():
        raise Cancelled
    return found


def _search(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    text: str,
    kinds: Sequence[str],
    limit: int,
    exact: bool,
    regex: bool,
    cancelled: Callable[[], bool],
) -> list[Hit]:
    if limit <= 0:
        return []
    if regex:
        if "document" not in kinds or not text:
            return []
        matches = pattern.find(connection, text, cancelled=cancelled)
        return hits.of_matches(connection, list(islice(matches, limit)))
    if not text.strip():
        return hits.of_recent(connection, limit) if "document" in kinds else []
    wanted = query.parse(text)
    named = names.find(
        connection, wanted, kinds, limit=limit, exact=exact, cancelled=cancelled
    )
    found = hits.of_names(connection, wanted, named)
    if "document" in kinds:
        if unspaced.is_for(wanted):
            rows = unspaced.find(connection, vocabulary, wanted, limit=limit)
        else:
            rows = documents.find(
                connection,
                vocabulary,
                wanted,
                limit=limit,
                exact=exact,
                cancelled=cancelled,
            )
        found += hits.of_documents(connection, rows)
    # Sorting keeps the order of what is equally good, so documents stay in theirs.
    found.sort(key=lambda hit: -hit.score)
    return found[:limit]
