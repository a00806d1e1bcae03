"""Acts: what a person does, written together with what it takes to undo it.

An act changes rows only through :class:`Act`, which keeps the columns as they
were and as they became. The undo log is therefore complete by construction, is
committed in the same transaction, and a bulk act is one entry.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.errors import NotFound
from store.writer import Pen

PLACES = frozenset(
    {
        "aliases",
        "annotation_tags",
        "annotations",
        "attribute_values",
        "attributes",
        "coding_done",
        "collection_documents",
        "collections",
        "distinct_entities",
        "documents",
        "entities",
        "mentions",
        "meta",
        "queries",
        "tags",
    }
)
"""Tables whose rows a person decides about."""

_NOT_KEPT = {"documents": {"text"}, "entities": {"mentions", "documents"}}
"""Columns left out of the log: a long text that no act changes, and counters."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table: the columns that changed, before and after.

    ``before`` is ``None`` for a new row, ``after`` for a row that is gone.
    """

    place: str
    row: int
    before: Row | None
    after: Row | None

    @property
    def image(self) -> Row:
        """Whatever is known of the row, newest last."""
        return {**(self.before or {}), **(self.after or {})}


class Act:
    """Writes the rows of one act and remembers what they were."""

    def __init__(self, pen: Pen, *, coder: int, window: str, now: str) -> None:
        self.pen = pen
        self.coder = coder
        self.window = window
        self.now = now
        self.changes: list[RowChange] = []
        self.words: str | None = None
        """Replaces the words given at the start, where only the work knows them."""

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading inside the act."""
        return self.pen.connection

    def insert(self, place: str, values: Mapping[str, Any]) -> int:
        """Add a row; returns its id."""
        put(self.pen, place, None, dict(values))
        row = int(self.connection.execute("SELECT last_insert_rowid()").fetchone()[0])
        self.changes.append(RowChange(place, row, None, read(self.pen, place, row)))
        return row

    def update(self, place: str, row: int, values: Mapping[str, Any]) -> None:
        """Change columns of a row; what is already so is left alone.

        Raises ``NotFound`` for a row that another window deleted meanwhile.
        """
        old = read(self.pen, place, row, list(values))
        if old is None:
            raise NotFound(f"It is gone: {place} {row} was deleted elsewhere.")
        changed = {key: value for key, value in values.items() if old[key] != value}
        if not changed:
            return
        self.pen.db.table(place).update(row, changed)
        before = {key: old[key] for key in changed}
        self.changes.append(RowChange(place, row, before, changed))

    def delete(self, place: str, row: int) -> None:
        """Take a row out; undo brings it back with the same id."""
        old = read(self.pen, place, row)
        if old is not None:
            self.pen.db.table(place).delete(row)
            self.changes.append(RowChange(place, row, old, None))

    def log(self, words: str) -> int:
        """Write the undo entry; the last thing an act does."""
        cursor = self.connection.execute(
            "INSERT INTO changes(guid, act, coder, window, created)"
            " VALUES (?, ?, ?, ?, ?)",
            [str(uuid.uuid4()), self.words or words, self.coder, self.window, self.now],
        )
        change = int(cursor.lastrowid or 0)
        self.connection.executemany(
            "INSERT INTO change_rows(change, place, row, before, after)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (change, c.place, c.row, _pack(c.before), _pack(c.after))
                for c in self.changes
            ],
        )
        return change


def read(
    pen: Pen, place: str, row: int, columns: list[str] | None = None
) -> Row | None:
    """Columns of a row as they are now; by default all that are kept in the log."""
    if place not in PLACES:
        raise ValueError(place)
    left_out = _NOT_KEPT.get(place, set())
    names = columns or [
        name for name in _columns(pen.connection, place) if name not in left_out
    ]
    listed = ", ".join(f'"{name}"' for name in names)
    found = pen.connection.execute(
        f"SELECT {listed} FROM {place} WHERE id = ?", [row]
    ).fetchone()
    return None if found is None else dict(zip(names, found, strict=True))


def put(pen: Pen, place: str, row: int | None, values: Row) -> None:
    """Insert a row, with its old id when it comes back by undo."""
    if place not in PLACES:
        raise ValueError(place)
    record = values if row is None else {**values, "id": row}
    pen.db.table(place).insert(record)


def unpack(change: tuple[str, int, str | None, str | None]) -> RowChange:
    """A stored row of the undo log."""
    place, row, before, after = change
    return RowChange(
        place,
        row,
        None if before is None else json.loads(before),
        None if after is None else json.loads(after),
    )


def _pack(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _columns(connection: sqlite3.Connection, place: str) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", [place])
    return [name for (name,) in rows]
