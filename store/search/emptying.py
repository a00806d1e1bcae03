"""Emptying the documents' index while others work.

Deleting an index of a large library takes seconds, in which nobody could write. So
it is put aside under another name, an empty one is made in its place, which takes no
time, and what was put aside is deleted in pieces.
"""

from __future__ import annotations

import sqlite3

_ASIDE = "documents_fts_aside"
_ROWS = 4000
"""Rows of the index, of some four thousand bytes each, that are deleted at once."""

_KEPT = 10
"""Up to this are the rows in which an index keeps what it consists of."""


def put_aside(connection: sqlite3.Connection) -> None:
    """Put an empty index in the place of the documents' one, with its settings."""
    if _is_aside(connection):
        # What was begun before and not ended: what it left is small, or was damaged.
        connection.execute(f"DROP TABLE {_ASIDE}")
    (made,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'documents_fts'"
    ).fetchone()
    settings = connection.execute(
        "SELECT k, v FROM documents_fts_config WHERE k <> 'version'"
    ).fetchall()
    connection.execute(f"ALTER TABLE documents_fts RENAME TO {_ASIDE}")
    connection.execute(made)
    connection.executemany(
        "INSERT INTO documents_fts(documents_fts, rank) VALUES (?, ?)", settings
    )


def empty(connection: sqlite3.Connection) -> bool:
    """Delete a piece of what was put aside; returns whether there was any."""
    if not _is_aside(connection):
        return False
    # Without the first rows of its data it could not even be dropped.
    for table, first in ((f"{_ASIDE}_data", _KEPT), (f"{_ASIDE}_docsize", 0)):
        gone = connection.execute(
            f"DELETE FROM {table} WHERE id IN"
            f" (SELECT id FROM {table} WHERE id > {first} LIMIT ?)",
            [_ROWS],
        )
        if gone.rowcount == _ROWS:
            return True
    connection.execute(f"DROP TABLE {_ASIDE}")
    return True


def _is_aside(connection: sqlite3.Connection) -> bool:
    return (
        connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = ?", [_ASIDE]
        ).fetchone()
        is not None
    )
