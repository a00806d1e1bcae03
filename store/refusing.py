"""Why an act cannot be taken back or done again: what changed, by whom, what to do."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store.seen import BLIND

HIDDEN = "(not shown while coding is blind)"
"""Instead of what another coder did while coding is blind."""

_THINGS = {
    "aliases": "a name of the entity",
    "annotation_tags": "a tag of the annotation",
    "annotations": "the annotation",
    "attribute_values": "a value of the document",
    "attributes": "the attribute",
    "coding_done": "whether the document is done",
    "collection_documents": "what is in the collection",
    "collections": "the collection",
    "distinct_entities": "what was kept apart",
    "documents": "the document",
    "entities": "the entity",
    "mentions": "a mention",
    "meta": "the memo or a setting of the library",
    "queries": "the saved query",
    "tags": "the tag",
}

# The newest act that left its trace on a row and still holds.
_SINCE = """
SELECT c.act, o.name, c.window FROM change_rows r
JOIN changes c ON c.id = r.change JOIN coders o ON o.id = c.coder
WHERE r.place = ? AND r.row = ? AND c.id <> ? AND c.undone IS NULL
ORDER BY c.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants it, in which window."""

    coder: str
    window: str


def is_blind(connection: sqlite3.Connection) -> bool:
    """Whether coders must not see each other's work."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", [BLIND]).fetchone()
    return row is not None and row[0] == "1"


@dataclass(frozen=True, slots=True)
class Why:
    """What stands in the way of an act."""

    row: tuple[str, int] | None = None
    """Place and row, if known."""
    reason: str | None = None
    """A sentence that says it all."""
    in_use: bool = False
    """The row came since and needs what would go; else it is one that was changed."""


def sentence(
    connection: sqlite3.Connection, asked: Asked, change: int, why: Why, *, back: bool
) -> str:
    """Why an act is refused, and what to do about it."""
    (act,) = connection.execute(
        "SELECT act FROM changes WHERE id = ?", [change]
    ).fetchone()
    head = f"Not {'taken back' if back else 'done again'}: {act}."
    if why.reason is not None or why.row is None:
        return f"{head} {why.reason or 'Something it touched was changed since.'}"
    what = (
        "It has been used since"
        if why.in_use
        else f"{_thing(why.row[0])} was changed since"
    )
    found = connection.execute(_SINCE, [*why.row, change]).fetchone()
    if found is None:
        return f"{head} {what}."
    words, coder, window = found
    if coder != asked.coder:
        words = HIDDEN if is_blind(connection) else words
        return f"{head} {what} by {coder}: {words}."
    where = "in this window" if window == asked.window else "in another window"
    return f"{head} {what} by you {where}: {words}. Take that back first."


def no_room(place: str, error: Exception) -> str:
    """Why a row cannot come back or go, where the tables themselves forbid it."""
    if "UNIQUE" in str(error):
        return f"{_thing(place)} would take a name or place that another has by now."
    return f"{_thing(place)} belongs to something that is gone, or is needed by now."


def _thing(place: str) -> str:
    thing = _THINGS.get(place, "something")
    return thing[0].upper() + thing[1:]
