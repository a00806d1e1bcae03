"""What can be done again: the acts that were undone, the last one on top.

Each has a row of the place ``undone`` in the undo log, with the window that undid it;
the ids of these rows tell the order in which it was done, with which clocks cannot be
trusted. When something new is done
the marks go, and with them what it would take to do those acts again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

PLACE = "undone"
"""Of the rows in the undo log that are no rows of a table; ``row`` is the coder."""

_MARK = """
INSERT INTO change_rows(change, place, row, after)
SELECT id, 'undone', coder, json_quote(:window) FROM changes WHERE id = :change
"""

_UNMARK = "DELETE FROM change_rows WHERE change = ? AND place = 'undone'"

_EMPTY = """
UPDATE change_rows SET before = NULL, after = CASE
    WHEN coalesce(after, before) ->> 'document' IS NOT NULL
    THEN json_object('document', coalesce(after, before) ->> 'document')
    WHEN coalesce(after, before) ->> 'annotation' IS NOT NULL
    THEN json_object('annotation', coalesce(after, before) ->> 'annotation') END
WHERE change = ?
"""

# By the index of places and rows; ids of one place and row come in order.
_STACK = """
SELECT change, after ->> '$' FROM change_rows
WHERE place = 'undone' AND row = :coder
AND (:window IS NULL OR after = json_quote(:window))
ORDER BY id DESC
"""


def mark(connection: sqlite3.Connection, change: int, window: str, now: str) -> None:
    """An act was undone in a window: put it on top of what can be done again."""
    connection.execute("UPDATE changes SET undone = ? WHERE id = ?", [now, change])
    connection.execute(_MARK, {"change": change, "window": window})


def unmark(connection: sqlite3.Connection, change: int) -> None:
    """An act was done again."""
    connection.execute("UPDATE changes SET undone = NULL WHERE id = ?", [change])
    connection.execute(_UNMARK, [change])


def stack(
    connection: sqlite3.Connection, coder: int, window: str | None
) -> Sequence[int]:
    """Acts that a coder can do again, the next one first; what one window undid,
    if given."""
    rows = connection.execute(_STACK, {"coder": coder, "window": window})
    return [change for change, _ in rows]


def end(
    connection: sqlite3.Connection, coder: int, is_meant: Callable[[str], bool]
) -> None:
    """Something new was done: what was undone before cannot be done again.

    It stays in the history, without what it takes to redo it: only which rows it
    touched, and of which document, so that purging that one finds it. ``is_meant``
    says of which windows this goes.
    """
    marked = connection.execute(_STACK, {"coder": coder, "window": None}).fetchall()
    ended = [(change,) for change, window in marked if is_meant(window)]
    connection.executemany(_UNMARK, ended)
    connection.executemany(_EMPTY, ended)
