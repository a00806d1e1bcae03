"""Among which documents is searched: those that are not hidden, and fit a filter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Within:
    """A condition over ``documents d``, and the values it takes."""

    condition: str = "d.removed IS NULL"
    values: tuple[object, ...] = ()


EVERYWHERE = Within()


def visible(
    connection: sqlite3.Connection, within: Within, match: str, order: str
) -> Iterator[int]:
    """Ids of the documents ``within`` that the index's query finds, in ``order``."""
    cursor = connection.execute(
        f"SELECT rowid FROM documents_fts WHERE documents_fts MATCH ? {order}", [match]
    )
    while batch := [row for (row,) in cursor.fetchmany(_BATCH)]:
        kept = {
            row
            for (row,) in connection.execute(
                f"SELECT d.id FROM documents d WHERE {within.condition}"
                " AND d.id IN (SELECT value FROM json_each(?))",
                [*within.values, json.dumps(batch)],
            )
        }
        yield from (row for row in batch if row in kept)
