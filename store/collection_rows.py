"""Reading collections: what there is, what each asks for, and how much is in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from store.document_filter import kept, readable
from store.document_rows import members as members_sql
from store.errors import PostillaError

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

Kind = Literal["hand", "query", "sample"]

KIND_WORDS = {"hand": "by hand", "query": "living query", "sample": "random sample"}
"""What a person calls each kind."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of documents, with what is in it now."""

    id: int
    guid: str
    name: str
    kind: Kind
    """``hand``: documents put in; ``query``: whatever fits a filter when it is asked;
    ``sample``: drawn at random, once."""
    documents: int
    annotations: int
    """Of those that this coder may see."""
    unread: int
    done: int
    """Documents that this coder has marked as done."""
    query: dict[str, Any] = field(default_factory=dict)
    """What it asks for, or was drawn from, with names; see ``DocumentFilter``."""
    seed: int | None = None
    size: int | None = None
    by: str | None = None
    """What a sample was divided by: ``source``, ``language`` or ``year``."""
    created: str = ""
    problem: str = ""
    """In one sentence why it cannot be asked any more; empty when it can."""


_ROW = """
SELECT id, guid, name, kind, query, seed, size, created FROM collections WHERE id = ?
"""

_ROWS = """
SELECT id, guid, name, kind, query, seed, size, created FROM collections
ORDER BY folded(name), id
"""


def names(connection: sqlite3.Connection) -> list[tuple[str, Kind]]:
    """Every collection with its kind, by name."""
    rows = connection.execute(
        "SELECT name, kind FROM collections ORDER BY folded(name), id"
    )
    return [(name, kind) for name, kind in rows]


def collections(connection: sqlite3.Connection, coder: str) -> list[Collection]:
    """Every collection with its counts, by name."""
    rows = connection.execute(_ROWS).fetchall()
    if not rows:
        return []
    counts = _Counts(connection, coder)
    return [_collection(connection, row, counts.of) for row in rows]


def collection(connection: sqlite3.Connection, coder: str, id: int) -> Collection:
    """One collection with its counts."""
    row = connection.execute(_ROW, [id]).fetchone()

    def count(name: str) -> tuple[int, int, int, int]:
        sql, values = members_sql(connection, name)
        (some,) = connection.execute(
            f"SELECT count(*) FROM ({sql} LIMIT ?)", [*values, _FEW + 1]
        ).fetchone()
        if some > _FEW:
            return _Counts(connection, coder).of(name)
        return _count(connection, coder, name)

    return _collection(connection, row, count)


_FEW = 2_000
"""So many documents are looked up one by one; for more, all are looked at once."""


Count = Callable[[str], tuple[int, int, int, int]]
"""Documents, annotations, unread and done in a collection, by its name."""


def _collection(
    connection: sqlite3.Connection, row: Sequence[Any], count: Count
) -> Collection:
    (id, guid, name, kind, query, seed, size, created) = row
    parts = json.loads(query or "{}")
    by = parts.pop("by", None)
    asked: dict[str, Any] = {}
    problem = ""
    found = (0, 0, 0, 0)
    try:
        if kind != "hand":
            asked = readable(connection, kept(connection, json.dumps(parts)))
    except PostillaError as error:
        # A sample stays what it is although what it was drawn from is gone.
        problem = str(error)
    if not problem or kind != "query":
        try:
            found = count(name)
        except PostillaError as error:  # what it asks for asks for what is gone
            problem = str(error)
    return Collection(
        id, guid, name, kind, *found, asked, seed, size, by, created, problem
    )


_LIVE = "SELECT id FROM documents WHERE removed IS NULL"
_UNREAD = f"{_LIVE} AND read IS NULL"
_DONE = """
SELECT document FROM coding_done
WHERE coder = (SELECT id FROM coders WHERE name = ?)
"""
_ANNOTATED = "SELECT document, count(*) FROM seen_annotations GROUP BY document"


def _count(
    connection: sqlite3.Connection, coder: str, name: str
) -> tuple[int, int, int, int]:
    """The counts of one collection, without looking at every document."""
    sql, values = members_sql(connection, name)
    inside = f"IN ({_LIVE} AND id IN ({sql}))"
    questions = (
        f"SELECT count(*) FROM documents WHERE id {inside}",
        f"SELECT count(*) FROM seen_annotations WHERE document {inside}",
        f"SELECT count(*) FROM documents WHERE read IS NULL AND id {inside}",
        f"SELECT count(*) FROM ({_DONE}) WHERE document {inside}",
    )
    documents, annotations, unread, done = (
        connection.execute(
            question, [*([coder] if _DONE in question else []), *values]
        ).fetchone()[0]
        for question in questions
    )
    return documents, annotations, unread, done


class _Counts:
    """What is known of every document, so that each collection is one look-up."""

    def __init__(self, connection: sqlite3.Connection, coder: str) -> None:
        import numpy as np

        self._connection = connection
        (last,) = connection.execute(
            "SELECT coalesce(max(id), 0) FROM documents"
        ).fetchone()
        self._live = self._which(last, _LIVE)
        self._unread = self._which(last, _UNREAD)
        self._done = self._which(last, _DONE, coder)
        self._annotations: NDArray[int64] = np.zeros(last + 1, dtype=np.int64)
        for document, count in connection.execute(_ANNOTATED):
            self._annotations[document] = count

    def _ids(self, sql: str, *values: Any) -> NDArray[int64]:
        import numpy as np

        rows = self._connection.execute(sql, values)
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def _which(self, last: int, sql: str, *values: Any) -> NDArray[bool_]:
        import numpy as np

        out: NDArray[bool_] = np.zeros(last + 1, dtype=np.bool_)
        out[self._ids(sql, *values)] = True
        return out

    def of(self, name: str) -> tuple[int, int, int, int]:
        """Documents, annotations, unread and done in a collection."""
        sql, values = members_sql(self._connection, name)
        members = self._ids(sql, *values)
        members = members[self._live[members]]
        return (
            len(members),
            int(self._annotations[members].sum()),
            int(self._unread[members].sum()),
            int(self._done[members].sum()),
        )
