"""Saved queries go on meaning the same tags when tags are renamed, moved or merged.

A saved query is kept as it reads, with the names of its tags, so that anyone can read
it in the file. An act that changes what a tag is called therefore writes the queries
that name it anew, in the same act: undoing the one undoes the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from store import tagexpr
from store.acts import Act
from store.errors import NotFound
from store.tag_making import find
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class _Named:
    """A tag in an expression: where it stands, as what, and which it was."""

    start: int
    end: int
    name: str
    tag: int


@contextmanager
def kept_meaning(act: Act, merged: Mapping[int, int] | None = None) -> Iterator[None]:
    """Whatever is done to tags inside, saved queries ask for the same ones after it.

    ``merged``: tags that go, and the tag each of them becomes; what is below one that
    goes is looked for below the one that stays.
    """
    before = TagPaths.read(act.connection)
    saved = list(_saved(act.connection))
    yield
    if not saved:
        return
    after = TagPaths.read(act.connection)
    for query, saved_as, names in saved:
        expression = saved_as
        for one in reversed(names):
            tag = one.tag
            if tag not in after.ids:
                heir = _heir(act.connection, before, after, tag, merged or {})
                if heir is None:
                    continue
                tag = heir
            if _find(act.connection, one.name) != tag:
                path = tagexpr.quoted(after.path(tag))
                expression = expression[: one.start] + path + expression[one.end :]
        if len(expression) <= tagexpr.LONGEST:
            act.update("queries", query, {"expression": expression})


def _saved(connection: sqlite3.Connection) -> Iterator[tuple[int, str, list[_Named]]]:
    """Saved queries by tags, with the tags that they name now."""
    rows = connection.execute(
        "SELECT id, expression FROM queries WHERE kind = 'annotations'"
    )
    for query, expression in rows.fetchall():
        with suppress(tagexpr.ExpressionError):
            named = []
            for start, end, name in tagexpr.names(expression):
                tag = _find(connection, name)
                if tag is not None:
                    named.append(_Named(start, end, name, tag))
            yield query, expression, named


def _find(connection: sqlite3.Connection, name: str) -> int | None:
    with suppress(NotFound):
        return find(connection, name)
    return None


def _heir(
    connection: sqlite3.Connection,
    before: TagPaths,
    after: TagPaths,
    tag: int,
    merged: Mapping[int, int],
) -> int | None:
    """What a tag that went became; ``None`` if it was only deleted."""
    one: int | None = tag
    below: list[str] = []
    while one is not None and one not in merged:
        below.insert(0, before.names[one])
        one = before.parents[one]
    if one is None or merged[one] not in after.ids:
        return None
    return _find(connection, "/".join([after.path(merged[one]), *below]))
