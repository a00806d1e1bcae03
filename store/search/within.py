"""Among which documents is searched: those that are not hidden, and fit a filter.

Looking a document up to see whether it fits costs ten times as much as reading its
id in an index. So what a filter lets through is known as sets of ids where that is
worth it, and only the rest is looked up, for the few documents of a page; when it
turns out that many have to be, their ids are listed after all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_BATCH = 64
_LARGEST_BATCH = 4096

_MOST_READ = 4000
"""When the index is seen to find more than this, it is asked for each document that
may fit by itself, …"""

_FEW = 500
"""… if these are few: so many places in the lists of words."""

_MOST_LOOKED_UP = 1024
"""After so many documents it is cheaper to list all that fit."""

Listing = tuple[str, tuple[object, ...]]
"""SQL for ids of documents, and its values."""


@dataclass(slots=True)
class _Memory:
    """What was learnt on the way, for the next question of the same search."""

    looked_up: int = 0
    listed: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the documents that fit, without looking them up."""

    ids: frozenset[int] | None = None
    """What fits is among these; ``None`` where that is not known."""
    without: frozenset[int] = frozenset()
    """None of these fits."""
    check: str = ""
    """What is still to be seen of a document that is in one and not in the other …"""
    values: tuple[object, ...] = ()
    listings: tuple[Listing, ...] = ()
    """… and SQL for the documents of which that is true: those that all list."""
    memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Within:
    """A condition over ``documents d``, and the values it takes."""

    condition: str = "d.removed IS NULL"
    values: tuple[object, ...] = ()
    known: Known | None = None
    """The same by sets of ids."""


EVERYWHERE = Within()


class Sieve:
    """Keeps of many documents those that lie within, and learns while it does."""

    def __init__(self, connection: sqlite3.Connection, within: Within) -> None:
        self._connection = connection
        self._known = within.known or Known(
            check=within.condition, values=within.values
        )

    def kept(self, documents: Sequence[int]) -> set[int]:
        """Which of some documents lie within."""
        ids, without = self._known.ids, self._known.without
        some = {
            document
            for document in documents
            if (ids is None or document in ids) and document not in without
        }
        if not some or not self._known.check:
            return some
        memory = self._known.memory
        memory.looked_up += len(some)
        if memory.listed is None and memory.looked_up > _MOST_LOOKED_UP:
            memory.listed = listed(self._connection, self._known.listings)
        if memory.listed is not None:
            return some & memory.listed
        rows = self._connection.execute(
            f"SELECT d.id FROM documents d WHERE {self._known.check}"
            " AND d.id IN (SELECT value FROM json_each(?))",
            [*self._known.values, json.dumps(list(some))],
        )
        return {row for (row,) in rows}


def listed(
    connection: sqlite3.Connection, listings: Sequence[Listing]
) -> frozenset[int] | None:
    """The documents that all of these list; ``None`` where nothing lists any."""
    found: frozenset[int] | None = None
    for sql, values in listings:
        some = frozenset(row for (row,) in connection.execute(sql, values))
        found = some if found is None else found & some
    return found


def visible(
    connection: sqlite3.Connection, within: Within, match: str, order: str
) -> Iterator[int]:
    """Ids of the documents ``within`` that the index's query finds, in ``order``,
    which is SQL over ``documents_fts f``: by ``rank``, or the newest first."""
    sieve = Sieve(connection, within)
    left = None if within.known is None or "rank" in order else within.known.ids
    rows = _asked(connection, match, order, None)
    size, read = _BATCH, 0
    while batch := [row for (row,) in rows.fetchmany(size)]:
        inside = sieve.kept(batch)
        yield from (row for row in batch if row in inside)
        read += len(batch)
        size = min(size * 2, _LARGEST_BATCH)
        if left is not None and read > _MOST_READ:
            left = frozenset(row for row in left if row < batch[-1])
            if len(left) * match.count('"') // 2 <= _FEW:
                rows, left = _asked(connection, match, order, left), None


def _asked(
    connection: sqlite3.Connection,
    match: str,
    order: str,
    some: frozenset[int] | None,
) -> sqlite3.Cursor:
    """What the index's query finds, among some documents: then, however frequent the
    words are, only these places in their lists are read."""
    sql = "SELECT f.rowid FROM documents_fts f WHERE f.documents_fts MATCH ?"
    if some is None:
        return connection.execute(f"{sql} {order}", [match])
    return connection.execute(
        f"{sql} AND f.rowid IN (SELECT value FROM json_each(?)) {order}",
        [match, json.dumps(list(some))],
    )
