"""Asking the full text index, in the dearest way that is still quick.

Ranking reads all that matches before the first row is known; the newest rows are
there at once, however many match. So a query is ranked when little matches, and
otherwise gives the newest documents, those with its rarest word in the title first.
How much matches is known beforehand from the counts of the words, in units that are
the same on every machine: what one match of one word takes to be ranked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.search.expansion import Choice
from store.search.query import Query, quoted
from store.search.within import Within, visible

RANKED = 3000
"""More matches than this are not ranked: it costs too much and says too little."""

_RANK = "AND rank MATCH 'bm25(6.0, 1.0)' ORDER BY f.rank"
_NEWEST = "ORDER BY f.rowid DESC"


@dataclass(frozen=True, slots=True)
class Ask:
    """A query of the index, and what it will cost."""

    match: str
    in_title: str
    """The same with its rarest word in the title."""
    ranking: float | None
    """What it costs to rank all that matches; ``None`` where nobody counted."""
    reading: float
    """What it costs to find the newest that match."""


def ask_for(query: Query, chosen: Sequence[Choice]) -> Ask:
    """The index's query for a choice of meanings; every word in it is quoted."""
    asked = [choice for choice in chosen if choice.match]
    parts = [choice.match for choice in asked]
    parts += [quoted(phrase) for phrase in query.phrases]
    match = _but(query, " AND ".join(parts))
    if not asked:
        return Ask(match, _but(query, f"title : {parts[0]}"), None, 100.0)
    rarest = min(asked, key=lambda choice: choice.count)
    title = [f"title : {rarest.match}"]
    title += [part for part in parts if part is not rarest.match]
    forms = sum(choice.forms for choice in asked)
    total = sum(choice.count for choice in asked)
    # Each form is looked at in each match, and counted before that.
    ranking = rarest.count * (1 + forms / 16) + total / 8
    # Each form's list is begun; then it is leapt over from match to match.
    reading = 100.0
    if len(asked) > 1:
        reading += min(total / 100, forms * (60 + 2 * rarest.count), RANKED)
    return Ask(match, _but(query, " AND ".join(title)), ranking, reading)


def _but(query: Query, match: str) -> str:
    if not query.without:
        return match
    excluded = " OR ".join(quoted(part) for part in query.without)
    return f"({match}) NOT ({excluded})"


def can_rank(connection: sqlite3.Connection, ask: Ask, most: float) -> bool:
    """Whether all that matches can be ranked at no more cost than this.

    Of phrases nothing is known beforehand, so that many of their matches are read.
    """
    if ask.ranking is not None:
        return ask.ranking <= most
    rows = connection.execute(
        "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ? LIMIT 1 OFFSET ?",
        [ask.match, int(most)],
    )
    return rows.fetchone() is None


def ranked(connection: sqlite3.Connection, ask: Ask, within: Within) -> Iterator[int]:
    """Ids of the documents that match, best first."""
    return _rows(connection, ask.match, within, _RANK)


def newest(
    connection: sqlite3.Connection, ask: Ask, within: Within, *, titles: bool
) -> Iterator[int]:
    """Ids of the documents that match, newest first; with ``titles`` those that have
    the rarest word there before."""
    rows = _rows(connection, ask.match, within, _NEWEST)
    latest = next(rows, None) if titles else None
    if latest is None:
        yield from rows
        return
    seen = set()
    for row in _rows(connection, ask.in_title, within, _NEWEST):
        seen.add(row)
        yield row
    if latest not in seen:
        yield latest
    yield from (row for row in rows if row not in seen)


def _rows(
    connection: sqlite3.Connection, match: str, within: Within, order: str
) -> Iterator[int]:
    if within.known is not None:
        yield from visible(connection, within, match, order)
        return
    # Each document is looked up when its row is asked for, not before: mostly the
    # first few are enough.
    rows = connection.execute(
        "SELECT f.rowid FROM documents_fts f CROSS JOIN documents d ON d.id = f.rowid"
        f" WHERE f.documents_fts MATCH ? AND ({within.condition}) {order}",
        [match, *within.values],
    )
    for (row,) in rows:
        yield row
