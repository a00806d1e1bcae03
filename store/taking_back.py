"""One act taken back, or done again: its rows put as they were, or refused.

Every row must still be as the act left it, and nothing that came since may hang on
a row that would go; else the act is refused with what was changed and by whom. The
caller holds the transaction, so a refusal changes nothing at all.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store import derived, redo, refusing
from store.acts import Row, RowChange, alter, kept_columns, pack, put, read, take_out
from store.acts import unpack as unpacked
from store.errors import Conflict
from store.refusing import Asked

_ROWS = """
SELECT id, place, row, before, after FROM change_rows
WHERE change = ? AND place <> 'undone' ORDER BY id
"""

# Rows that would go with a row that is taken back, or hold on to it: if others put
# some there since, taking it back would take their work along.
_HANGING_ON = {
    "annotations": (("annotation_tags", "annotation"),),
    "attributes": (("attribute_values", "attribute"),),
    "collections": (("collection_documents", "collection"),),
    "entities": (
        ("mentions", "entity"),
        ("mentions", "speaker"),
        ("aliases", "entity"),
        ("entities", "merged_into"),
        ("distinct_entities", "entity"),
        ("distinct_entities", "other"),
    ),
    "tags": (("annotation_tags", "tag"), ("tags", "parent")),
}

_ANCHOR = frozenset(
    ("start", "end", "exact", "prefix", "suffix", "revision", "anchor_state")
)
"""Columns of an annotation that follow the text when its document comes back changed:
no person's work is lost when such an annotation is taken back."""


_MODIFIED = "modified"
"""Says only when a row was changed last, so that it stands in nobody's way."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One row of the undo log."""

    id: int
    change: RowChange


class Turning:
    """Takes acts back or does them again, inside one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, asked: Asked, *, back: bool
    ) -> None:
        self._connection = connection
        self._asked = asked
        self._back = back
        self._turned: list[RowChange] = []
        self._columns: dict[str, list[str]] = {}

    def turn(self, change: int, now: str) -> None:
        """Take one act back, or do it again. Raises ``Conflict``."""
        kept = [
            _Kept(id, unpacked(*row))
            for id, *row in self._connection.execute(_ROWS, [change])
        ]
        turned = []
        for one in reversed(kept) if self._back else kept:
            step = one.change.turned if self._back else one.change
            try:
                self._step(one, step)
            except (Conflict, sqlite3.IntegrityError) as error:
                row = (step.place, step.row)
                raise self._refusal(change, row, error) from error
            turned.append(step)
        try:
            derived.keep_trees(self._connection, turned)
        except Conflict as error:
            raise self._refusal(change, None, error) from error
        self._turned += turned
        if self._back:
            redo.mark(self._connection, change, self._asked.window, now)
        else:
            redo.unmark(self._connection, change)

    def finish(self) -> None:
        """Bring counts and indexes in line, once for all acts."""
        derived.refresh(self._connection, self._turned)

    def _step(self, kept: _Kept, step: RowChange) -> None:
        """Put one row from ``before`` to ``after`` of the step."""
        place, row = step.place, step.row
        if step.after is None:
            self._require_as_left(kept, step)
            self._require_nothing_hanging_on(place, row)
            if place == "annotations":
                self._keep_drafts(row)
            take_out(self._connection, place, row)
            return
        now = self._require(place, row, step.before)
        if step.before is None:
            if place == "annotations":
                self._require_text(step.after)
            put(self._connection, place, {**step.after, "id": row})
            return
        values = dict(step.after)
        if now.get(_MODIFIED) != step.before.get(_MODIFIED):
            values.pop(_MODIFIED)  # somebody else changed it later still
        if values:
            alter(self._connection, place, row, values)

    def _require(self, place: str, row: int, expected: Row | None) -> Row:
        """The columns as they are, which is as they were left."""
        columns = ["id"] if expected is None else expected
        now = read(self._connection, place, row, columns)
        if (now is None) != (expected is None) or _differing(now, expected):
            raise _Changed(place, row)
        return now or {}

    def _require_as_left(self, kept: _Kept, step: RowChange) -> None:
        """The row that goes is as the act left it, or has only followed its text;
        then the log remembers it as it is, so that it can come back so."""
        place, row = step.place, step.row
        if place not in self._columns:
            self._columns[place] = kept_columns(self._connection, place)
        now = read(self._connection, place, row, self._columns[place])
        if now == step.before:
            return
        loose = _ANCHOR if place == "annotations" else frozenset()
        if now is None or not _differing(now, step.before) <= loose:
            raise _Changed(place, row)
        column = "after" if self._back else "before"
        self._connection.execute(
            f"UPDATE change_rows SET {column} = ? WHERE id = ?", [pack(now), kept.id]
        )

    def _require_nothing_hanging_on(self, place: str, row: int) -> None:
        for table, column in _HANGING_ON.get(place, ()):
            found = self._connection.execute(
                f"SELECT id FROM {table} WHERE {column} = ? LIMIT 1", [row]
            ).fetchone()
            if found:
                raise _Changed(table, found[0], in_use=True)

    def _require_text(self, annotation: Row) -> None:
        """The offsets of an annotation that comes back are of today's text."""
        found = self._connection.execute(
            "SELECT revision FROM documents WHERE id = ?", [annotation["document"]]
        ).fetchone()
        if found is None or found[0] != annotation["revision"]:
            raise Conflict("The text of its document was changed since.")

    def _keep_drafts(self, annotation: int) -> None:
        """What somebody is writing about an annotation that goes stays a draft."""
        self._connection.execute(
            "UPDATE drafts SET annotation = NULL WHERE annotation = ?", [annotation]
        )

    def _refusal(
        self, change: int, row: tuple[str, int] | None, error: Exception
    ) -> Conflict:
        reason = None
        in_use = False
        if isinstance(error, _Changed):
            row, in_use = (error.place, error.row), error.in_use
        elif isinstance(error, Conflict):
            reason = str(error)
        elif row is not None:
            reason = refusing.no_room(row[0], error)
        why = refusing.Why(row, reason, in_use=in_use)
        return Conflict(
            refusing.sentence(
                self._connection, self._asked, change, why, back=self._back
            )
        )


def _differing(now: Row | None, expected: Row | None) -> set[str]:
    """The columns that are not as they were left."""
    kept = now or {}
    wanted = expected or {}
    return {key for key in wanted if key != _MODIFIED and kept.get(key) != wanted[key]}


class _Changed(Conflict):
    """A row is not as an act left it, or would be missed by another."""

    def __init__(self, place: str, row: int, *, in_use: bool = False) -> None:
        super().__init__(place, row)
        self.place = place
        self.row = row
        self.in_use = in_use
