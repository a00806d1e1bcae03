"""Quotations: who says what, as the extraction stored them.

As of figures there may be very many: a list gets their ids, the first of them at
once, and reads the rows that it shows.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from store.document_filter import DocumentFilter
from store.document_terms import tests
from store.entity_rows import merged
from store.errors import UsageError

ORDERS = ("document", "date", "speaker")
"""``document``: in the order of documents and text; ``date``: published last first;
``speaker``: by the name of who speaks, those that are not known last."""

_ROOTS = """
LEFT JOIN entities e ON e.id = m.speaker
LEFT JOIN entities r ON r.id = coalesce(e.merged_into, e.id) AND r.state <> 'rejected'
"""

_SELECT = f"""
SELECT m.id, m.document, d.title, d.published, m.start, m."end", m.surface, r.id, r.name
FROM mentions m JOIN documents d ON d.id = m.document
{_ROOTS}
WHERE m.id IN (SELECT value FROM json_each(?))
"""

_BY = {
    "document": ("m.document, m.start", "m.document DESC, m.start"),
    "date": (
        "d.published DESC, m.document DESC, m.start",
        "d.published, m.document, m.start",
    ),
    "speaker": (
        "r.id IS NULL, r.name COLLATE NOCASE, r.id, d.published DESC, m.document,"
        " m.start",
        "r.id IS NULL, r.name COLLATE NOCASE DESC, r.id, d.published DESC, m.document,"
        " m.start",
    ),
}

_SOURCE = "mentions m JOIN documents d ON d.id = m.document"

_BY_DATE = (
    "documents d CROSS JOIN mentions m INDEXED BY mentions_quotations"
    " ON m.document = d.id"
)
"""Dates are walked first, so that a few rows in their order cost no sorting."""

_SPEAKS = "m.speaker IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)"

_FIRST, _AT_ONCE = 200, 500


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody says, between quotation marks or behind a dash."""

    id: int
    """Of the mention."""
    document: int
    title: str
    published: str | None
    start: int
    end: int
    surface: str
    """The words as they stand in the text, with their marks."""
    speaker: int | None
    """The entity that speaks, after merges; ``None`` where it is not known."""
    name: str | None
    """That entity's canonical name."""


@dataclass(frozen=True, slots=True)
class QuotationFilter:
    """Which quotations; every part that is given must hold."""

    speaker: int | None = None
    document: int | None = None
    words: str | None = None
    """Words that what is said, or the name of who says it, must hold, in any case."""
    documents: DocumentFilter = field(default_factory=DocumentFilter)


def select(
    connection: sqlite3.Connection,
    *,
    speaker: int | None = None,
    document: int | None = None,
    words: str | None = None,
    order: str = "document",
    limit: int | None = None,
) -> list[Quotation]:
    """Quotations in order; all, or of one speaker, or of one document, or that hold
    some words. Raises ``UsageError``."""
    wanted = QuotationFilter(speaker=speaker, document=document, words=words)
    found: list[Quotation] = []
    for some in ids(connection, wanted, order, first=limit):
        left = some if limit is None else some[: limit - len(found)]
        found += rows(connection, left).values()
        if len(found) == limit:
            break
    return found


def rows(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Quotation]:
    """These quotations, by the id of the mention; what is gone is left out."""
    found: dict[int, Quotation] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = json.dumps(list(wanted[at : at + _AT_ONCE]))
        for row in connection.execute(_SELECT, [some]):
            found[row[0]] = Quotation(*row)
    return {id: found[id] for id in wanted if id in found}


def ids(
    connection: sqlite3.Connection,
    filters: QuotationFilter | None = None,
    order: str = "document",
    *,
    reverse: bool = False,
    first: int | None = _FIRST,
) -> Iterator[array[int]]:
    """The ids of the mentions, in order: the ``first`` of them as soon as they are
    known, then the rest. May be left after either.

    Raises ``UsageError`` and, where the filter asks for documents of something that is
    gone, ``NotFound``.
    """
    if order not in ORDERS:
        raise UsageError(
            f"Quotations cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    wanted = filters or QuotationFilter()
    if wanted.speaker is not None:
        wanted = replace(wanted, speaker=merged(connection, wanted.speaker))
    sql, values = _query(connection, wanted, order, reverse=reverse)
    found = _read(connection, sql, [*values, -1 if first is None else first, 0])
    yield found
    if len(found) == first:
        yield _read(connection, sql, [*values, -1, first])


def _read(connection: sqlite3.Connection, sql: str, values: list[Any]) -> array[int]:
    # The database puts them together itself, so that no other thread is kept waiting.
    (found,) = connection.execute(
        f"SELECT json_group_array(id) FROM ({sql})", values
    ).fetchone()
    return array("q", json.loads(found))


def _query(
    connection: sqlite3.Connection,
    wanted: QuotationFilter,
    order: str,
    *,
    reverse: bool,
) -> tuple[str, list[Any]]:
    among, allowed = tests(connection, wanted.documents)
    where = ["m.type = 'QUOTE' AND m.state <> 'rejected'", among]
    values: list[Any] = [*allowed]
    anywhere = wanted.speaker is None and wanted.document is None
    source = _BY_DATE if order == "date" and anywhere else _SOURCE
    if wanted.speaker is not None:
        where.append(_SPEAKS)
        values += [wanted.speaker, wanted.speaker]
    if wanted.document is not None:
        where.append("m.document = ?")
        values.append(wanted.document)
    for word in (wanted.words or "").casefold().split():
        where.append("instr(folded(m.surface || ' ' || coalesce(r.name, '')), ?)")
        values.append(word)
    joined = _ROOTS if wanted.words or order == "speaker" else ""
    by = _BY[order][1 if reverse else 0]
    return (
        f"SELECT m.id AS id FROM {source} {joined} WHERE {' AND '.join(where)}"
        f" ORDER BY {by} LIMIT ? OFFSET ?"
    ), values
