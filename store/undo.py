"""Undo and redo over the stored log: several steps, in bulk, after a restart.

``u`` in a window takes back what that window did last; the command line what
the same coder did last in the library. A row that was changed since by someone
else is not touched: the act is refused with the reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from store import derived
from store.acts import RowChange, put, read, unpack
from store.core import Core
from store.errors import Conflict, NothingToDo
from store.model import Change
from store.writer import Pen

_LIST = """
SELECT c.id, c.act, o.name, c.created, c.undone IS NOT NULL
FROM changes c JOIN coders o ON o.id = c.coder
ORDER BY c.id DESC LIMIT ?
"""

_ROWS = """
SELECT place, row, before, after FROM change_rows WHERE change = ? ORDER BY id
"""

# Whose acts are meant: this window's, or the coder's wherever they were made.
_WHOSE = "(c.window = :window OR (:window IS NULL AND o.name = :coder))"

_LAST_DONE = f"""
SELECT c.id, c.act FROM changes c JOIN coders o ON o.id = c.coder
WHERE {_WHOSE} AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1
"""

# What was undone can be redone until something new is done: then its rows go.
_NEXT_UNDONE = f"""
SELECT c.id, c.act FROM changes c JOIN coders o ON o.id = c.coder
WHERE {_WHOSE} AND c.undone IS NOT NULL AND c.id > coalesce((
    SELECT max(c.id) FROM changes c JOIN coders o ON o.id = c.coder
    WHERE {_WHOSE} AND c.undone IS NULL), 0)
AND EXISTS (SELECT 1 FROM change_rows r WHERE r.change = c.id)
ORDER BY c.id LIMIT 1
"""

# Rows that would go with a row that is taken back, or hold on to it: if others put
# some there since, taking it back would take their work along.
_HANGING_ON = {
    "annotations": (("annotation_tags", "annotation"),),
    "attributes": (("attribute_values", "attribute"),),
    "collections": (("collection_documents", "collection"),),
    "entities": (("mentions", "entity"), ("aliases", "entity")),
    "tags": (("annotation_tags", "tag"), ("tags", "parent")),
}

_THINGS = {
    "annotations": "the annotation",
    "annotation_tags": "the tags of an annotation",
    "attribute_values": "a value of a document",
    "attributes": "the attribute",
    "coding_done": "whether a document is done",
    "meta": "the memo",
    "queries": "the saved query",
    "tags": "the tag",
    "entities": "the entity",
    "mentions": "a mention",
    "aliases": "an alias",
    "documents": "the document",
    "collections": "the collection",
    "collection_documents": "the collection",
}


class History:
    """The undo log of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def entries(self, limit: int | None = None) -> list[Change]:
        """What was done, newest first."""
        rows = self._core.reader.execute(_LIST, [-1 if limit is None else limit])
        return [
            Change(id, act, coder, created, bool(undone))
            for id, act, coder, created, undone in rows
        ]

    def undo(self, *, everywhere: bool = False) -> Change:
        """Take back the last act of this window, or (everywhere) of this coder.

        Raises ``NothingToDo`` and ``Conflict``.
        """
        return self._core.writer.run(lambda pen: self._step(pen, everywhere, back=True))

    def redo(self, *, everywhere: bool = False) -> Change:
        """Do again what was undone last. Raises ``NothingToDo`` and ``Conflict``."""
        return self._core.writer.run(
            lambda pen: self._step(pen, everywhere, back=False)
        )

    def _step(self, pen: Pen, everywhere: bool, *, back: bool) -> Change:
        whose = {
            "window": None if everywhere else self._core.window,
            "coder": self._core.coder,
        }
        sql = _LAST_DONE if back else _NEXT_UNDONE
        found = pen.connection.execute(sql, whose).fetchone()
        if found is None:
            raise NothingToDo(f"There is nothing to {'undo' if back else 'redo'}.")
        change, act = found
        changes = [unpack(row) for row in pen.connection.execute(_ROWS, [change])]
        _apply(pen, changes, back=back, act=act)
        now = self._core.now()
        pen.connection.execute(
            "UPDATE changes SET undone = ? WHERE id = ?",
            [now if back else None, change],
        )
        return Change(change, act, self._core.coder, now, back)


def _apply(pen: Pen, changes: Sequence[RowChange], *, back: bool, act: str) -> None:
    """Put every row as it was before (``back``) or after the act."""
    for change in reversed(changes) if back else changes:
        old, new = (
            (change.after, change.before) if back else (change.before, change.after)
        )
        _check(pen, change, old, act)
        try:
            if new is None:
                _check_nothing_hangs_on(pen, change, act)
                pen.db.table(change.place).delete(change.row)
            elif old is None:
                put(pen, change.place, change.row, new)
            else:
                pen.db.table(change.place).update(change.row, new)
        except sqlite3.IntegrityError as error:
            raise Conflict(_refusal(change, act)) from error
    derived.refresh(pen.connection, changes)


def _check(
    pen: Pen, change: RowChange, expected: dict[str, object] | None, act: str
) -> None:
    columns = None if expected is None else list(expected)
    now = read(pen, change.place, change.row, columns)
    if now != expected:
        raise Conflict(_refusal(change, act))


def _check_nothing_hangs_on(pen: Pen, change: RowChange, act: str) -> None:
    for table, column in _HANGING_ON.get(change.place, ()):
        found = pen.connection.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", [change.row]
        ).fetchone()
        if found:
            raise Conflict(_refusal(change, act))


def _refusal(change: RowChange, act: str) -> str:
    thing = _THINGS.get(change.place, "something")
    return f"Not possible: {thing} was changed since, elsewhere ({act})."
