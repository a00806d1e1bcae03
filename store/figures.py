"""Figures: sums, shares, quantities and dates of the library, ordered by value.

A figure is a mention with a value that can be put in order. Beside it stand the
sentence it is in, who is named last before it there (context, nothing is asserted),
and who speaks where it is part of a quotation.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from store import sentences
from store.dates import published_before, published_from
from store.errors import UsageError

TYPES = ("MONEY", "PERCENT", "QUANTITY", "DATE")
"""Types of mentions that are figures, in the order in which they are listed."""

ORDERS = ("value", "date", "document")
"""``value``: type by type, largest or latest first; ``date``: published last first;
``document``: in the order of documents and text."""

_BY = {
    "value": "m.number DESC, m.id",
    "date": "d.published DESC, m.document DESC, m.start",
    "document": "m.document, m.start",
}

_AROUND = 1000
"""Code points on each side in which the sentence is looked for."""

_SELECT = """
SELECT m.id, m.document, d.title, d.published, d.language, m.start, m."end", m.surface,
    m.type, m.value, m.number, m.unit
FROM {source}
WHERE d.removed IS NULL AND m.number IS NOT NULL AND m.state <> 'rejected'
"""

_SOURCES = {
    "value": "mentions m INDEXED BY mentions_figures CROSS JOIN documents d"
    " ON d.id = m.document",
    "date": "documents d CROSS JOIN mentions m ON m.document = d.id",
    "document": "mentions m JOIN documents d ON d.id = m.document",
}
"""What is walked first, so that a few rows in this order cost no sorting."""

_TEXT = "SELECT substr(text, ?, ?) FROM documents WHERE id = ?"

_NEAR = """
SELECT r.id, r.name FROM mentions m JOIN entities e ON e.id = m.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ? AND m.start >= ? AND m.start < ? AND m.state <> 'rejected'
AND r.state <> 'rejected' ORDER BY m.start DESC LIMIT 1
"""

_SPEAKER = """
SELECT r.id, r.name FROM mentions m JOIN entities e ON e.id = m.speaker
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ? AND m.type = 'QUOTE' AND m.start <= ? AND m."end" >= ?
AND m.state <> 'rejected' AND r.state <> 'rejected' ORDER BY m.start DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum, share, quantity or date, where it stands and who is near."""

    id: int
    """Of the mention."""
    document: int
    title: str
    published: str | None
    start: int
    end: int
    surface: str
    type: str
    value: Any
    number: float
    """What it is ordered by; of a date ``20260130``, its first day."""
    unit: str | None
    """Currency (ISO 4217), ``%`` or the word that is counted, in lower case."""
    sentence: str
    """The sentence it stands in, as it is in the text."""
    near: int | None
    """The entity named last before it in its sentence."""
    near_name: str | None
    speaker: int | None
    """Who says it, where it is part of a quotation whose speaker is known."""
    speaker_name: str | None


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


def select(
    connection: sqlite3.Connection,
    filters: FigureFilter | None = None,
    order: str = "value",
    limit: int | None = None,
) -> list[Figure]:
    """The figures a filter lets through, in order. Raises ``UsageError``."""
    wanted = filters or FigureFilter()
    if order not in ORDERS:
        raise UsageError(
            f"Figures cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    found: list[Figure] = []
    for figure in _figures(connection, wanted, order, limit):
        entity = wanted.entity
        if entity is None or entity in (figure.near, figure.speaker):
            found.append(figure)
        if len(found) == limit:
            break
    return found


def _figures(
    connection: sqlite3.Connection, wanted: FigureFilter, order: str, limit: int | None
) -> Iterator[Figure]:
    """Sums and dates cannot be compared: by value one type comes after the other."""
    types = _types(wanted.type)
    # Who is near is only known once the sentence is read, so such a list has no
    # limit of its own and ends when enough were found.
    most = -1 if limit is None or wanted.entity is not None else limit
    for some in [(type,) for type in types] if order == "value" else [types]:
        sql, values = _query(wanted, some, order)
        for row in connection.execute(sql, [*values, most]):
            yield _figure(connection, row)


def _types(type: str | None) -> tuple[str, ...]:
    if type is None:
        return TYPES
    if type not in TYPES:
        raise UsageError(
            f"There are no figures of type {type}; the types are {', '.join(TYPES)}."
        )
    return (type,)


def _query(
    wanted: FigureFilter, types: tuple[str, ...], order: str
) -> tuple[str, list[Any]]:
    anywhere = wanted.document is None and wanted.entity is None
    walked = order if anywhere else "document"
    # The plus keeps SQLite from gathering a type first where another way is shorter.
    type = "m.type" if walked == "value" else "+m.type"
    where = [f"{type} IN ({', '.join('?' * len(types))})"]
    values: list[Any] = list(types)
    if wanted.unit is not None:
        where.append("m.unit IN (?, ?)")
        values += [wanted.unit.upper(), wanted.unit.casefold()]
    if wanted.document is not None:
        where.append("m.document = ?")
        values.append(wanted.document)
    if wanted.entity is not None:
        where.append(
            "m.document IN (SELECT document FROM mentions WHERE entity IN"
            " (SELECT id FROM entities WHERE id = ? OR merged_into = ?))"
        )
        values += [wanted.entity, wanted.entity]
    if wanted.since is not None:
        where.append("d.published >= ?")
        values.append(published_from(wanted.since))
    if wanted.until is not None:
        where.append("d.published < ?")
        values.append(published_before(wanted.until))
    sql = f"{_SELECT.format(source=_SOURCES[walked])} AND {' AND '.join(where)}"
    return f"{sql} ORDER BY {_BY[order]} LIMIT ?", values


def _figure(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Figure:
    (id, document, title, published, language, start, end) = row[:7]
    (surface, type, value, number, unit) = row[7:]
    begin, sentence = _sentence(connection, document, language, start, end)
    near = connection.execute(_NEAR, [document, begin, start]).fetchone()
    speaker = connection.execute(_SPEAKER, [document, start, end]).fetchone()
    return Figure(
        id=id,
        document=document,
        title=title,
        published=published,
        start=start,
        end=end,
        surface=surface,
        type=type,
        value=json.loads(value),
        number=number,
        unit=unit,
        sentence=sentence,
        near=near and near[0],
        near_name=near and near[1],
        speaker=speaker and speaker[0],
        speaker_name=speaker and speaker[1],
    )


def _sentence(
    connection: sqlite3.Connection,
    document: int,
    language: str | None,
    start: int,
    end: int,
) -> tuple[int, str]:
    """Where the sentence around a passage begins, and its words."""
    first = max(0, start - _AROUND)
    length = end + _AROUND - first
    (text,) = connection.execute(_TEXT, [first + 1, length, document]).fetchone()
    at, upto = start - first, end - first
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", upto)
    for low, high in sentences.spans(
        text, begin, len(text) if stop < 0 else stop, language
    ):
        if high > at:
            return first + low, text[low : max(high, upto)]
    return start, text[at:upto]
