"""The memo of the library: prose on the whole of it, kept among its facts."""

from __future__ import annotations

import sqlite3

from store.acts import Act
from store.core import Core
from store.errors import Conflict

MEMO = "memo"
"""Key in ``meta``."""


def read(core: Core) -> str:
    """The memo; empty where none was written."""
    row = _row(core.reader)
    return "" if row is None else row[1]


def write(core: Core, text: str, *, before: str | None = None) -> None:
    """Keep another memo, undoably; an empty text takes it away.

    ``before`` is what it was when the writing began. Raises ``Conflict`` if it is
    something else by now.
    """

    def work(act: Act) -> None:
        row = _row(act.connection)
        if before is not None and before != ("" if row is None else row[1]):
            raise changed()
        if row is None:
            if text:
                act.insert("meta", {"key": MEMO, "value": text})
        elif text:
            act.update("meta", row[0], {"value": text})
        else:
            act.delete("meta", row[0])

    core.act("wrote the memo of the library", work)


def changed() -> Conflict:
    """What is said where a memo was written elsewhere meanwhile."""
    return Conflict("The memo was changed in another window meanwhile.")


def _row(connection: sqlite3.Connection) -> tuple[int, str] | None:
    found: tuple[int, str] | None = connection.execute(
        "SELECT id, value FROM meta WHERE key = ?", [MEMO]
    ).fetchone()
    return found
