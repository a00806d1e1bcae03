"""Saved queries: questions that are asked again, by name."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass

from store import codebook, refs, tagexpr
from store.acts import Act
from store.core import Core
from store.errors import NotFound, UsageError
from store.saved_searches import SavedSearch, read, written

LONGEST_NAME = 80
"""Signs of a name."""

KINDS = ("annotations", "documents", "search")

_ROWS = "SELECT id, guid, kind, name, expression, created FROM queries"


@dataclass(frozen=True, slots=True)
class Query:
    """A question that was given a name."""

    id: int
    guid: str
    kind: str
    """What it asks for: ``annotations`` (a tag expression), ``documents`` or
    ``search``."""
    name: str
    expression: str
    created: str


class Queries:
    """Saved queries of a library: read them, and change them undoably."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, kind: str = "annotations") -> list[Query]:
        """The queries of a kind, by name."""
        rows = self._core.reader.execute(
            f"{_ROWS} WHERE kind = ? ORDER BY folded(name), id", [kind]
        )
        return [Query(*row) for row in rows]

    def get(self, name: str, kind: str = "annotations") -> Query:
        """One by its name. Raises ``NotFound``, with the nearest."""
        return named(self._core.reader, name, kind)

    def save(self, name: str, expression: str, kind: str = "annotations") -> Query:
        """Keep a question under a name; one of that name is replaced.

        Raises ``UsageError`` for a name that cannot be, and for a tag expression
        that cannot be read now.
        """
        name = checked_name(name)
        if kind != "search":
            expression = " ".join(expression.split())
        if kind == "annotations":
            reader = self._core.reader
            tagexpr.parse(expression, lambda tag: codebook.find(reader, tag))
        _require_kind(kind)

        def work(act: Act) -> int:
            old = _find(act.connection, name, kind)
            if old is not None:
                values = {"name": name, "expression": expression}
                act.update("queries", old.id, values)
                return old.id
            return act.insert(
                "queries",
                {
                    "guid": str(uuid.uuid4()),
                    "kind": kind,
                    "name": name,
                    "expression": expression,
                    "created": act.now,
                },
            )

        self._core.act(f"saved the query {name}", work)
        return self.get(name, kind)

    def save_search(self, name: str, search: SavedSearch) -> Query:
        """Keep a search with all that was asked; see :meth:`save`.

        Raises ``UsageError`` for one that asks for nothing.
        """
        return self.save(name, written(self._core.reader, search), "search")

    def search(self, name: str) -> SavedSearch:
        """What a saved search asks. Raises ``NotFound``, also where a part of its
        filter is gone."""
        return read(self._core.reader, self.get(name, "search").expression)

    def rename(self, name: str, new: str, kind: str = "annotations") -> Query:
        """Call a query otherwise. Raises ``NotFound``, and ``UsageError`` for a name
        that cannot be or is that of another."""
        query, new = self.get(name, kind), checked_name(new)
        other = _find(self._core.reader, new, kind)
        if other is not None and other.id != query.id:
            raise UsageError(f"There is a query {other.name} already.")
        self._core.act(
            f"renamed the query {query.name} to {new}",
            lambda act: act.update("queries", query.id, {"name": new}),
        )
        return self.get(new, kind)

    def drop(self, name: str, kind: str = "annotations") -> Query:
        """Forget a query; undo brings it back. Raises ``NotFound``."""
        query = self.get(name, kind)
        self._core.act(
            f"dropped the query {query.name}",
            lambda act: act.delete("queries", query.id),
        )
        return query


def named(
    connection: sqlite3.Connection, name: str, kind: str = "annotations"
) -> Query:
    """See :meth:`Queries.get`."""
    found = _find(connection, name, kind)
    if found is None:
        rows = connection.execute("SELECT name FROM queries WHERE kind = ?", [kind])
        near = refs.nearest(name, [own for (own,) in rows])
        what = "search" if kind == "search" else "query"
        raise NotFound(f"There is no saved {what} {name}.{near}")
    return found


def checked_name(name: str) -> str:
    """The name as it is kept. Raises ``UsageError`` for one that cannot be."""
    kept = " ".join(name.split())
    if not kept:
        raise UsageError("A query needs a name.")
    if len(kept) > LONGEST_NAME:
        raise UsageError(f"A query's name has at most {LONGEST_NAME} signs.")
    if not kept.isprintable():
        raise UsageError("A query's name cannot hold control characters.")
    return kept


def _find(connection: sqlite3.Connection, name: str, kind: str) -> Query | None:
    """By its name, in any case where only one is called so."""
    rows = connection.execute(
        f"{_ROWS} WHERE kind = ? AND folded(name) = ?",
        [kind, " ".join(name.split()).casefold()],
    )
    found = [Query(*row) for row in rows]
    exact = [one for one in found if one.name == " ".join(name.split())]
    return next(iter(exact or found), None)


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UsageError(f"There are no saved queries for {kind}.")
