"""What was searched for lately, to be asked again.

Only what a person typed is kept, by who typed it, newest first. It is no act: it
cannot be undone, and of many only the newest stay. Purging documents leaves it as it
is, since it holds no word of a document that nobody typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from store.core import Core
from store.writer import Pen

MOST = 200
"""Searches that are kept, of all coders together."""

LONGEST = 500
"""Code points of a query that is kept; a pasted page is not asked again."""

# The ids tell the order: clocks go backwards, ids do not.
_ROWS = """
SELECT query, asked FROM searched WHERE coder = ? ORDER BY id DESC LIMIT ?
"""

_TOO_MANY = """
DELETE FROM searched WHERE id NOT IN (
    SELECT id FROM searched ORDER BY id DESC LIMIT ?)
"""


@dataclass(frozen=True, slots=True)
class Search:
    """A query that was asked."""

    query: str
    asked: str
    """When it was asked last, UTC."""


class Searched:
    """The searches of the coder who opened the library."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, most: int = MOST) -> list[Search]:
        """The last searches, newest first, each once."""
        rows = self._core.reader.execute(_ROWS, [self._core.coder, most])
        return [Search(query, asked) for query, asked in rows]

    def keep(self, query: str) -> None:
        """Put a query on top; nothing where it is empty, or much too long.

        Raises ``LibraryReadOnly`` where nothing can be written.
        """
        query = tidied(query)
        if not query or len(query) > LONGEST:
            return
        coder, now = self._core.coder, self._core.now()

        def change(pen: Pen) -> None:
            _drop(pen, coder, query)
            pen.connection.execute(
                "INSERT INTO searched(coder, query, asked) VALUES (?, ?, ?)",
                [coder, query, now],
            )
            pen.connection.execute(_TOO_MANY, [MOST])

        self._core.writer.run(change, durable=False)

    def forget(self, query: str) -> None:
        """Take a query out; nothing where it is not there."""
        coder, query = self._core.coder, tidied(query)
        self._core.writer.run(lambda pen: _drop(pen, coder, query), durable=False)


def tidied(query: str) -> str:
    """A query as it is kept: one line of whole signs, without outer blanks."""
    whole = query.encode("utf-8", "ignore").decode("utf-8")  # no half signs
    return " ".join(whole.replace("\0", " ").split())


def _drop(pen: Pen, coder: str, query: str) -> None:
    pen.connection.execute(
        "DELETE FROM searched WHERE coder = ? AND query = ?", [coder, query]
    )
