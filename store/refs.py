"""What a person means by DOC, ANNOTATION, TAG or ENTITY on the command line.

All digits is an id; else the start of a guid, at least four characters. What is
unknown or ambiguous is refused, with the nearest names where there are names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from store.errors import NotFound

_LIVE = {
    "documents": "removed IS NULL",
    "annotations": "deleted IS NULL",
    "tags": "1",
    "entities": "1",
    "mentions": "1",
}

SHORTEST_GUID = 4

_LONGEST_ID = 18
"""Longer numbers do not fit a row id."""

_GUID_SIGNS = frozenset("0123456789abcdef-")


def resolve(
    connection: sqlite3.Connection,
    table: str,
    word: str,
    value: int | str,
    *,
    names: Callable[[], Sequence[str]] | None = None,
    gone: bool = False,
) -> int:
    """The id that ``value`` means in ``table``. Raises ``NotFound``.

    ``names`` are asked for only where the nearest are to be named; ``gone``: what
    was removed or deleted may be meant too.
    """
    alive = "1" if gone else _LIVE[table]
    text = str(value).strip()
    if not text:
        raise NotFound(f"There is no {word} of an empty name.")
    if text.isdecimal():
        row = None
        if len(text) <= _LONGEST_ID:
            row = connection.execute(
                f"SELECT id FROM {table} WHERE id = ? AND {alive}", [int(text)]
            ).fetchone()
        if row:
            return int(row[0])
        raise NotFound(f"There is no {word} {text}.")
    start = text.lower()
    if len(text) >= SHORTEST_GUID and table != "mentions" and set(start) <= _GUID_SIGNS:
        rows = connection.execute(
            f"SELECT id, guid FROM {table} WHERE guid GLOB ? AND {alive} LIMIT 6",
            [start + "*"],
        ).fetchall()
        if len(rows) == 1:
            return int(rows[0][0])
        if rows:
            several = ", ".join(guid[:8] for _, guid in rows)
            raise NotFound(f"{text} begins more than one {word}: {several}.")
    raise NotFound(
        f"There is no {word} {text}.{nearest(text, names() if names else ())}"
    )


_LIKE = 65
"""At 60 stand names of which no more than a few letters are the same."""


def nearest(text: str, names: Sequence[str]) -> str:
    """The names most like ``text``, as a question to stand behind a refusal."""
    if not names:
        return ""
    from rapidfuzz import fuzz, process

    names = list(dict.fromkeys(names))
    found = process.extract(
        text, names, scorer=fuzz.WRatio, limit=3, score_cutoff=_LIKE
    )
    near = ", ".join(str(name) for name, _, _ in found)
    return f" Did you mean: {near}?" if near else ""
