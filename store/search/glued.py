"""Words of letters that stand glued to a script without blanks: 中国ByteDance公司.

The index of words takes such a run for one word. What is glued to its signs is held
beside their pairs (``grams``), so a word that was typed is looked for there, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import islice

from store.search import documents
from store.search.expansion import COMPLETION, as_typed
from store.search.found import Found
from store.search.grams import plain
from store.search.query import Query, quoted
from store.search.unspaced import HELD, INDEXED
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Sieve, Within

_BATCH = 64


def find(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    *,
    limit: int = 50,
    exact: bool = False,
    within: Within = EVERYWHERE,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Found]:
    """Documents for a query of words with blanks between them, best first: those in
    which they stand by themselves, those in which one is glued, then corrections."""
    found = documents.find(
        connection,
        vocabulary,
        query,
        limit=limit,
        exact=exact,
        within=within,
        cancelled=cancelled,
    )
    as_meant = [one for one in found if one.cost <= COMPLETION]
    if len(as_meant) >= limit or not query.words or not _has_any(connection):
        return found
    seen = {one.id for one in as_meant}
    glued = [
        one for one in _glued(connection, query, within, limit) if one.id not in seen
    ]
    seen |= {one.id for one in glued}
    corrected = (one for one in found if one.id not in seen)
    return [*as_meant, *glued, *corrected][:limit]


def _has_any(connection: sqlite3.Connection) -> bool:
    """Whether the library has text in such a script."""
    row = connection.execute("SELECT 1 FROM documents_grams_docsize LIMIT 1").fetchone()
    return row is not None


def _glued(
    connection: sqlite3.Connection, query: Query, within: Within, limit: int
) -> list[Found]:
    """Documents, newest first, that have all words as typed, one of them glued."""
    held = [quoted(plain(word.raw)) for word in query.words]
    if query.is_open and len(query.words[-1].key) > 1:
        held[-1] += " *"
    conditions, values = "", [" OR ".join(held)]
    if len(held) > 1:
        for word, glued in zip(query.words, held, strict=True):
            conditions += f" AND (+rowid IN {INDEXED} OR +rowid IN {HELD})"
            values += [as_typed(None, word).match, glued]
    for phrase in query.phrases:
        conditions += f" AND +rowid IN {INDEXED}"
        values.append(quoted(phrase))
    for part in query.without:
        conditions += f" AND +rowid NOT IN {INDEXED} AND +rowid NOT IN {HELD}"
        values += [quoted(part), quoted(plain(part))]
    rows = connection.execute(
        f"SELECT rowid FROM documents_grams WHERE documents_grams MATCH ?{conditions}"
        " ORDER BY rowid DESC",
        values,
    )
    sieve = Sieve(connection, within)
    marks = tuple((word.key,) for word in query.words)
    inside = tuple(word.raw for word in query.words)
    found: list[Found] = []
    while len(found) < limit and (batch := [row for (row,) in islice(rows, _BATCH)]):
        kept = sieve.kept(batch)
        found += [Found(row, 0.0, marks, inside) for row in batch if row in kept]
    return found[:limit]
