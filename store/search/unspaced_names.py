"""Entities, tags and annotations for a query in a script without blanks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from store.search import pairs
from store.search.grams import Part, match_of
from store.search.index import KINDS, NAMES_MISSING
from store.search.parts import Asked
from store.search.query import Query, quoted
from store.search.unspaced import is_for

_MOST = 5000
"""Names that are looked at, the newest of them."""


def are_for(query: Query) -> bool:
    """Whether a query asks for something that only what is done here can find."""
    return is_for(query) and bool(match_of(Asked.of(query).parts))


def find(
    connection: sqlite3.Connection, query: Query, kind: str, limit: int
) -> Iterator[tuple[int, str]]:
    """Rows of one kind that have all the query asks for, and what they are found by;
    the shortest names and the newest annotations first."""
    asked = Asked.of(query)
    count = 0
    for row, body in _candidates(connection, asked, kind):
        if _has(body, asked.parts) and not any(
            one.stands_in(body) for one in asked.without
        ):
            yield row, body
            count += 1
            if count == limit:
                return


def _has(body: str, parts: Sequence[Part]) -> bool:
    return all(part.stands_in(body) for part in parts)


def _candidates(
    connection: sqlite3.Connection, asked: Asked, kind: str
) -> Iterator[tuple[int, str]]:
    beside, values = _beside(asked)
    order = "n.rowid DESC" if kind == "annotation" else "length(n.body), n.rowid"
    yield from connection.execute(
        "SELECT n.rowid >> 2, n.body FROM names_fts n WHERE n.rowid IN ("
        "SELECT rowid FROM names_grams WHERE names_grams MATCH ? AND rowid % 4 = ?"
        f" ORDER BY rowid DESC LIMIT {_MOST}){beside} ORDER BY {order}",
        [match_of(asked.parts), KINDS[kind], *values],
    )
    last = pairs.missing(connection, NAMES_MISSING)
    if last:
        yield from connection.execute(
            "SELECT n.rowid >> 2, n.body FROM names_fts n WHERE n.rowid >> 2 <= ?"
            f" AND n.rowid % 4 = ? AND instr(n.body, ?){beside}"
            " AND n.rowid NOT IN (SELECT rowid FROM names_grams)",
            [last, KINDS[kind], asked.parts[0].raw, *values],
        )


def _beside(asked: Asked) -> tuple[str, list[object]]:
    """What the rest of the query asks of a name."""
    wanted = [quoted(word.raw) for word in asked.rest.words]
    wanted += [quoted(phrase) for phrase in asked.rest.phrases]
    one = "n.rowid {} (SELECT rowid FROM names_fts WHERE names_fts MATCH ?)"
    conditions = [one.format("IN")] * len(wanted)
    conditions += [one.format("NOT IN")] * len(asked.rest.without)
    values: list[object] = [*wanted, *map(quoted, asked.rest.without)]
    return "".join(f" AND {condition}" for condition in conditions), values
