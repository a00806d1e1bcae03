"""Tags of another codebook, put where their paths say.

A path here is always the whole path: unlike what a person types, a single name
never means a tag of that name somewhere below.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from store import codebook, tag_making
from store.acts import Act
from store.bringing_in_records import TagRecord
from store.errors import UsageError


class TagTaker:
    """Finds or makes the tags of a file in this library."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._by_guid: dict[str, int] = {}
        self._by_path: dict[str, int] = {}
        self.added = 0
        self.remarks: list[str] = []
        self.problems: list[tuple[int, str]] = []
        """Lines that were not taken, and why."""

    def take(self, records: list[TagRecord]) -> None:
        """Take the codebook of a file, what is above before what is below."""
        for record in sorted(records, key=lambda one: one.path.count("/")):
            try:
                self._take(record)
            except UsageError as error:
                self.problems.append((record.line, clause(error)))

    def tag(self, guid: str, path: str) -> int:
        """The tag that an annotation of the file bears; made if it is missing.

        Raises ``UsageError`` for a path that cannot be one.
        """
        found = self._by_guid.get(guid) or tag_with_guid(self._act.connection, guid)
        if found is None:
            found = self.place(codebook.check_path(path), guid=guid)
        self._by_guid[guid] = found
        return found

    def at(self, parts: list[str]) -> int | None:
        """The tag of a whole path, if there is one."""
        known = self._by_path.get(_folded(parts))
        if known is not None or not parts:
            return known
        parent = self.at(parts[:-1]) if len(parts) > 1 else 0
        if parent is None:
            return None
        return tag_making.child(self._act.connection, parent or None, parts[-1])

    def place(self, parts: list[str], **values: Any) -> int:
        """The tag of a whole path, made with ``values`` if it is missing."""
        found = self.at(parts)
        if found is not None:
            return found
        parent = self.place(parts[:-1]) if len(parts) > 1 else None
        return self._make(parent, parts[-1], values)

    def _take(self, record: TagRecord) -> None:
        parts = codebook.check_path(record.path)
        found = tag_with_guid(self._act.connection, record.guid) or self.at(parts)
        if found is not None:
            self._compare(record, found)
        else:
            found = self.place(
                parts,
                guid=record.guid,
                definition=record.definition,
                memo=record.memo,
                colour=record.colour,
                marker=self._free_marker(record),
                position=record.position,
                created=record.created,
            )
        self._by_guid[record.guid] = found
        self._by_path[_folded(parts)] = found

    def _compare(self, record: TagRecord, found: int) -> None:
        row = self._act.connection.execute(
            "SELECT definition, memo FROM tags WHERE id = ?", [found]
        ).fetchone()
        if row != (record.definition, record.memo):
            self.remarks.append(
                f"the tag {record.path} is defined otherwise here, which is kept"
            )

    def _free_marker(self, record: TagRecord) -> str | None:
        """The marker asked for, unless another tag has it."""
        marker = record.marker
        if marker is None or not marker.isalpha():
            return None
        holder = self._act.connection.execute(
            "SELECT name FROM tags WHERE marker = ?", [marker]
        ).fetchone()
        if holder is None:
            return marker
        self.remarks.append(
            f"the marker {marker} of {record.path} belongs to {holder[0]} here,"
            " which keeps it"
        )
        return None

    def _make(self, parent: int | None, name: str, values: dict[str, Any]) -> int:
        self.added += 1
        return tag_making.insert(self._act, parent, name, values)


def clause(error: Exception) -> str:
    """An error's sentence as the end of another."""
    said = str(error).rstrip(".")
    return said[:1].lower() + said[1:]


def tag_with_guid(connection: sqlite3.Connection, guid: str) -> int | None:
    """The tag that has this guid."""
    row = connection.execute("SELECT id FROM tags WHERE guid = ?", [guid]).fetchone()
    return None if row is None else int(row[0])


def _folded(parts: list[str]) -> str:
    return "/".join(map(codebook.fold_name, parts))
