"""Acts: what a person does, written together with what it takes to undo it.

An act changes rows only through :class:`Act`, which keeps the columns as they
were and as they became. The undo log is therefore complete by construction, is
committed in the same transaction, and a bulk act is one entry.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
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

    @property
    def turned(self) -> RowChange:
        """What takes this change back."""
        return RowChange(self.place, self.row, self.after, self.before)


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
        self._kept: dict[str, list[str]] = {}

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading inside the act."""
        return self.pen.connection

    def insert(self, place: str, values: Mapping[str, Any]) -> int:
        """Add a row; returns its id."""
        row = put(self.connection, place, values)
        self.changes.append(RowChange(place, row, None, self._whole(place, row)))
        return row

    def update(self, place: str, row: int, values: Mapping[str, Any]) -> None:
        """Change columns of a row; what is already so is left alone.

        Raises ``NotFound`` for a row that another window deleted meanwhile.
        """
        if not values:
            return
        old = read(self.connection, place, row, list(values))
        if old is None:
            raise NotFound(f"It is gone: {place} {row} was deleted elsewhere.")
        changed = {key: value for key, value in values.items() if old[key] != value}
        if not changed:
            return
        alter(self.connection, place, row, changed)
        before = {key: old[key] for key in changed}
        self._note(RowChange(place, row, before, changed))

    def delete(self, place: str, row: int) -> None:
        """Take a row out; undo brings it back with the same id."""
        old = self._whole(place, row)
        if old is not None:
            take_out(self.connection, place, row)
            self.changes.append(RowChange(place, row, old, None))

    def log(self, words: str) -> int:
        """Write the undo entry; the last thing an act does."""
        changes = self.pen.db.table("changes")
        changes.insert(
            {
                "guid": str(uuid.uuid4()),
                "act": self.words or words,
                "coder": self.coder,
                "window": self.window,
                "created": self.now,
            }
        )
        change = int(
            self.connection.execute("SELECT last_insert_rowid()").fetchone()[0]
        )
        # A bulk act has a hundred thousand of these; one statement for all.
        self.connection.executemany(
            "INSERT INTO change_rows(change, place, row, before, after)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                (change, one.place, one.row, pack(one.before), pack(one.after))
                for one in self.changes
            ),
        )
        return change

    def _note(self, change: RowChange) -> None:
        """Keep a change; two of the same row one after the other are one."""
        last = self.changes[-1] if self.changes else None
        if last is None or (last.place, last.row) != (change.place, change.row):
            self.changes.append(change)
            return
        if last.after is None:
            raise ValueError("A row that was taken out cannot be changed.")
        before = last.before and {**(change.before or {}), **last.before}
        after = {**last.after, **(change.after or {})}
        if before is not None:
            same = {key for key, value in before.items() if after[key] == value}
            before = {key: before[key] for key in before if key not in same}
            after = {key: after[key] for key in after if key not in same}
        self.changes.pop()
        if after:
            self.changes.append(RowChange(change.place, change.row, before, after))

    def _whole(self, place: str, row: int) -> Row | None:
        """All columns of a row that are kept in the log."""
        if place not in self._kept:
            self._kept[place] = kept_columns(self.connection, place)
        return read(self.connection, place, row, self._kept[place])


def kept_columns(connection: sqlite3.Connection, place: str) -> list[str]:
    """The columns of a place that its rows are logged with."""
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", [place])
    left_out = _NOT_KEPT.get(place, set())
    return [name for (name,) in rows if name not in left_out]


def read(
    connection: sqlite3.Connection, place: str, row: int, columns: Iterable[str]
) -> Row | None:
    """Columns of a row as they are now; ``None`` if there is no such row."""
    names = list(columns)
    listed = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(
        f"SELECT {listed} FROM {_known(place)} WHERE id = ?", [row]
    ).fetchone()
    return None if found is None else dict(zip(names, found, strict=True))


def put(connection: sqlite3.Connection, place: str, values: Mapping[str, Any]) -> int:
    """Insert a row, with its old id when it comes back by undo; returns the id."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO {_known(place)}({names}) VALUES ({marks})", list(values.values())
    )
    return int(cursor.lastrowid or 0)


def alter(
    connection: sqlite3.Connection, place: str, row: int, values: Mapping[str, Any]
) -> None:
    """Change columns of a row."""
    pairs = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(
        f"UPDATE {_known(place)} SET {pairs} WHERE id = ?", [*values.values(), row]
    )


def take_out(connection: sqlite3.Connection, place: str, row: int) -> None:
    """Delete a row."""
    connection.execute(f"DELETE FROM {_known(place)} WHERE id = ?", [row])


def _known(place: str) -> str:
    """The place, which goes into SQL as it is. Raises ``ValueError``."""
    if place not in PLACES:
        raise ValueError(place)
    return place


def unpack(place: str, row: int, before: str | None, after: str | None) -> RowChange:
    """A stored row of the undo log."""
    return RowChange(
        place,
        row,
        None if before is None else json.loads(before),
        None if after is None else json.loads(after),
    )


def pack(row: Row | None) -> str | None:
    """A row as the undo log keeps it."""
    return None if row is None else _json(row)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
