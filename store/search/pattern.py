"""Documents in which a regular expression matches, read one after the other.

No index helps here, so the texts are read in pages in the order of their ids, and
the search can be stopped between two of them. A pattern that would take forever on
one text is given up with a sentence that says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.search.within import EVERYWHERE, Within

if TYPE_CHECKING:
    from regex import Pattern

_PAGE = 64
_SECONDS = 2.0
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Match:
    """The first match in a document."""

    document: int
    start: int
    end: int
    """Code points of the text, end exclusive."""


def find(
    connection: sqlite3.Connection,
    pattern: str,
    *,
    within: Within = EVERYWHERE,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Match]:
    """Yield each document ``within`` with a match in its text, by id.

    Case counts only when the pattern has a capital letter. Raises ``UsageError`` for
    a pattern that is none, or that takes too long.
    """
    compiled = compiled_pattern(pattern)
    last = 0
    while not cancelled():
        rows = connection.execute(
            "SELECT d.id, d.text FROM documents d"
            f" WHERE d.id > ? AND {within.condition} ORDER BY d.id LIMIT ?",
            [last, *within.values, _PAGE],
        ).fetchall()
        if not rows:
            return
        for document, text in rows:
            if cancelled():
                return
            try:
                found = compiled.search(text, timeout=_SECONDS, concurrent=True)
            except TimeoutError:
                raise UsageError(
                    "This pattern takes too long on a text; make it simpler."
                ) from None
            if found is not None and found.end() > found.start():
                yield Match(document, found.start(), found.end())
        last = rows[-1][0]


def compiled_pattern(pattern: str) -> Pattern[str]:
    import regex

    if len(pattern) > _LONGEST:
        raise UsageError("This pattern is too long.")
    plain = regex.sub(r"\\[WSDB]", "", pattern)
    flags = 0 if any(sign.isupper() for sign in plain) else regex.IGNORECASE
    try:
        return regex.compile(pattern, flags | regex.MULTILINE)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise UsageError(f"This is not a regular expression: {error}.") from None
