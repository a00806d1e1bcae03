"""Figures: sums, shares, quantities and dates of the library, ordered by value.

A figure is a mention with a value that can be put in order. There may be hundreds of
thousands, so a list gets their ids, the first of them at once, and reads the rows of
those it shows from ``store.figure_rows``.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from store import figure_rows
from store.dates import published_before, published_from
from store.document_filter import DocumentFilter
from store.document_terms import tests
from store.entity_rows import merged
from store.errors import UsageError
from store.figure_rows import Figure

__all__ = ["ORDERS", "TYPES", "Figure", "FigureFilter", "ids", "select"]

TYPES = ("MONEY", "PERCENT", "QUANTITY", "DATE")
"""Types of mentions that are figures, in the order in which they are listed."""

ORDERS = ("value", "unit", "date", "document")
"""``value``: type by type, largest or latest first; ``unit``: the same for each
currency or unit; ``date``: published last first; ``document``: in the order of
documents and text."""

_BY = {
    "value": ("m.number DESC, m.id", "m.number, m.id"),
    "unit": (
        "m.unit IS NULL, m.unit, m.number DESC, m.id",
        "m.unit IS NULL, m.unit, m.number, m.id",
    ),
    "date": (
        "d.published DESC, m.document DESC, m.start",
        "d.published, m.document, m.start",
    ),
    "document": ("m.document, m.start", "m.document DESC, m.start"),
}

_TYPE_BY_TYPE = ("value", "unit")

_FIRST, _SOME = 200, 200
"""Ids that come at once, and figures that are read to see who is near them."""

_SOURCES = {
    "value": "mentions m INDEXED BY mentions_figures CROSS JOIN documents d"
    " ON d.id = m.document",
    "date": "documents d CROSS JOIN mentions m ON m.document = d.id",
    "document": "mentions m JOIN documents d ON d.id = m.document",
}
"""What is walked first, so that a few rows in this order cost no sorting."""

_SAME = "(SELECT id FROM entities WHERE id = ? OR merged_into = ?)"

_SAID = """
EXISTS (SELECT 1 FROM mentions q JOIN entities e ON e.id = q.speaker
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE q.document = m.document AND q.type = 'QUOTE' AND q.start <= m.start
AND q."end" >= m."end" AND q.state <> 'rejected' AND r.state <> 'rejected')
"""

_SPOKEN_BY = f"""
EXISTS (SELECT 1 FROM mentions q WHERE q.document = m.document AND q.type = 'QUOTE'
AND q.start <= m.start AND q."end" >= m."end" AND q.state <> 'rejected'
AND q.speaker IN {_SAME})
"""

_BEHIND = """
? = (SELECT r.id FROM mentions p JOIN entities e ON e.id = p.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE p.document = m.document AND p.start < m.start AND p.state <> 'rejected'
AND r.state <> 'rejected' ORDER BY p.start DESC LIMIT 1)
"""
"""Nobody else is named between the entity and the figure; whether both are in one
sentence only the text tells."""


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures; every part that is given must hold."""

    type: str | None = None
    unit: str | None = None
    """``EUR``, ``%``, ``tonnes``; in any case."""
    entity: int | None = None
    """Near which, or said by whom."""
    document: int | None = None
    since: str | None = None
    until: str | None = None
    """Dates of publication, both inclusive."""
    said: bool = False
    """Only what somebody says; with ``entity``, what that one says."""
    words: str | None = None
    """Words that the figure, as it is written, must hold, in any case."""
    documents: DocumentFilter = field(default_factory=DocumentFilter)


def select(
    connection: sqlite3.Connection,
    filters: FigureFilter | None = None,
    order: str = "value",
    limit: int | None = None,
) -> list[Figure]:
    """The figures a filter lets through, in order. Raises ``UsageError``."""
    found: list[Figure] = []
    for some in ids(connection, filters, order, first=limit):
        left = some if limit is None else some[: limit - len(found)]
        found += figure_rows.rows(connection, left).values()
        if len(found) == limit:
            break
    return found


def ids(
    connection: sqlite3.Connection,
    filters: FigureFilter | None = None,
    order: str = "value",
    *,
    reverse: bool = False,
    first: int | None = _FIRST,
) -> Iterator[array[int]]:
    """The ids of the mentions, in order: the ``first`` of them as soon as they are
    known, then the rest, in pieces that may be empty.

    May be left after any piece. Raises ``UsageError`` and, where the filter asks for
    documents of something that is gone, ``NotFound``.
    """
    wanted = filters or FigureFilter()
    if wanted.entity is not None:
        wanted = replace(wanted, entity=merged(connection, wanted.entity))
    if order not in ORDERS:
        raise UsageError(
            f"Figures cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    types = _types(wanted.type)
    # Sums and dates cannot be compared: one type comes after the other.
    for some in [(type,) for type in types] if order in _TYPE_BY_TYPE else [types]:
        sql, values = _query(connection, wanted, some, order, reverse=reverse)
        if wanted.entity is None:
            yield from _pieces(connection, sql, values, first)
        else:
            all_ids = _read(connection, sql, [*values, -1, 0])
            yield from _near(connection, wanted, wanted.entity, all_ids)


def _pieces(
    connection: sqlite3.Connection, sql: str, values: list[Any], first: int | None
) -> Iterator[array[int]]:
    """The first ids, then all others."""
    at_once = -1 if first is None else first
    found = _read(connection, sql, [*values, at_once, 0])
    yield found
    if len(found) == first:
        yield _read(connection, sql, [*values, -1, first])


def _near(
    connection: sqlite3.Connection,
    wanted: FigureFilter,
    entity: int,
    all_ids: array[int],
) -> Iterator[array[int]]:
    """Those that the entity says or is named beside: only the sentence tells."""
    for at in range(0, len(all_ids), _SOME):
        some = figure_rows.rows(connection, all_ids[at : at + _SOME])
        yield array(
            "q",
            (
                one.id
                for one in some.values()
                if one.speaker == entity or (one.near == entity and not wanted.said)
            ),
        )


def _read(connection: sqlite3.Connection, sql: str, values: list[Any]) -> array[int]:
    # The database puts them together itself, so that no other thread is kept waiting.
    (found,) = connection.execute(
        f"SELECT json_group_array(id) FROM ({sql})", values
    ).fetchone()
    return array("q", json.loads(found))


def _types(type: str | None) -> tuple[str, ...]:
    if type is None:
        return TYPES
    if type not in TYPES:
        raise UsageError(
            f"There are no figures of type {type}; the types are {', '.join(TYPES)}."
        )
    return (type,)


def _query(
    connection: sqlite3.Connection,
    wanted: FigureFilter,
    types: tuple[str, ...],
    order: str,
    *,
    reverse: bool,
) -> tuple[str, list[Any]]:
    anywhere = wanted.document is None and wanted.entity is None
    walked = order if anywhere and order in _SOURCES else "document"
    among, allowed = tests(connection, wanted.documents)
    # The plus keeps SQLite from gathering a type first where another way is shorter.
    type = "m.type" if walked == "value" else "+m.type"
    where = [
        "m.number IS NOT NULL AND m.state <> 'rejected'",
        among,
        f"{type} IN ({', '.join('?' * len(types))})",
    ]
    values: list[Any] = [*allowed, *types]
    for sql, given in _conditions(wanted):
        where.append(sql)
        values += given
    by = _BY[order][1 if reverse else 0]
    return (
        f"SELECT m.id AS id FROM {_SOURCES[walked]} WHERE {' AND '.join(where)}"
        f" ORDER BY {by} LIMIT ? OFFSET ?"
    ), values


def _conditions(wanted: FigureFilter) -> Iterator[tuple[str, list[Any]]]:
    """The parts that are given, but for type and documents, as SQL with values."""
    if wanted.unit is not None:
        yield "m.unit IN (?, ?)", [wanted.unit.upper(), wanted.unit.casefold()]
    if wanted.document is not None:
        yield "m.document = ?", [wanted.document]
    if wanted.entity is not None:
        who = "m.document IN (SELECT document FROM mentions WHERE {by} IN " + _SAME
        speaks, is_named = who.format(by="speaker"), who.format(by="entity")
        same = [wanted.entity, wanted.entity]
        if wanted.said:
            yield f"{speaks})", same
            yield _SPOKEN_BY, same
        else:
            yield f"({speaks}) OR {is_named}))", [*same, *same]
            yield f"({_BEHIND} OR {_SPOKEN_BY})", [wanted.entity, *same]
    if wanted.said:
        yield _SAID, []
    if wanted.since is not None:
        yield "d.published >= ?", [published_from(wanted.since)]
    if wanted.until is not None:
        yield "d.published < ?", [published_before(wanted.until)]
    for word in (wanted.words or "").casefold().split():
        yield "instr(folded(m.surface), ?)", [word]
