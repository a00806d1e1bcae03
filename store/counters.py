"""How many documents there are of each source, language and year.

A list of any length says by them at once what it can be narrowed by. Triggers (see
``schema_search``) keep them when documents change or go; who adds documents calls
:func:`count_new`. A missing value is counted as the empty string. Counts of entities
are kept with the entities, see :mod:`store.derived`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from store.document_filter import DocumentFilter

_YEAR = re.compile(r"[0-9]{4}").fullmatch

_COUNTED = """
SELECT coalesce(source, ''), coalesce(language, ''),
    coalesce(substr(published, 1, 4), ''),
    count(*), sum(read IS NULL), sum(starred)
FROM documents WHERE removed IS NULL {among} GROUP BY 1, 2, 3
"""

_ALL = _COUNTED.format(among="")

_MORE = f"""
INSERT INTO document_counts {_COUNTED.format(among="AND id BETWEEN ? AND ?")}
ON CONFLICT DO UPDATE SET documents = documents + excluded.documents,
    unread = unread + excluded.unread, starred = starred + excluded.starred
"""

_KEPT = "SELECT source, language, year, documents, unread, starred FROM document_counts"


def count_new(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Count the documents with these ids and all between, which were just added."""
    connection.execute(_MORE, [first, last])


def check(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the counters, as ends of sentences; empty if nothing is."""
    (wrong,) = connection.execute(
        f"SELECT (SELECT count(*) FROM ({_ALL} EXCEPT {_KEPT}))"
        f" + (SELECT count(*) FROM (SELECT source, language, year FROM document_counts"
        f" EXCEPT SELECT coalesce(source, ''), coalesce(language, ''),"
        f" coalesce(substr(published, 1, 4), '') FROM documents"
        f" WHERE removed IS NULL))"
    ).fetchone()
    if not wrong:
        return []
    return [f"wrong for the documents of {wrong} sources and years."]


def repair(connection: sqlite3.Connection) -> None:
    """Count anew, in the transaction of the caller."""
    connection.execute("DELETE FROM document_counts")
    connection.execute(f"INSERT INTO document_counts {_ALL}")


def narrowed(filters: DocumentFilter) -> tuple[str, str, list[str]] | None:
    """What a filter is over the counters: the column that counts, a condition, its
    values; None where they cannot tell."""
    others = replace(
        filters, source=None, language=None, since=None, until=None, unread=False,
        starred=False,
    )  # fmt: skip
    if others != DocumentFilter() or (filters.unread and filters.starred):
        return None
    where = "1"
    values: list[str] = []
    for column, value, sign in (
        ("source", filters.source, "="),
        ("language", filters.language, "="),
        ("year", filters.since, ">="),
        ("year", filters.until, "<="),
    ):
        if value is not None:
            if column == "year" and not _YEAR(value):
                return None
            where += f" AND c.{column} {sign} ?"
            values.append(value)
    if filters.since is not None or filters.until is not None:
        where += " AND c.year <> ''"
    column = "unread" if filters.unread else "starred" if filters.starred else ""
    return f"c.{column or 'documents'}", where, values


def count(connection: sqlite3.Connection, filters: DocumentFilter) -> int | None:
    """How many documents a filter lets through; None where the counters cannot
    tell."""
    asked = narrowed(filters)
    if asked is None:
        return None
    column, where, values = asked
    (found,) = connection.execute(
        f"SELECT coalesce(sum({column}), 0) FROM document_counts c WHERE {where}",
        values,
    ).fetchone()
    return int(found)


def values(
    connection: sqlite3.Connection,
    by: str,
    filters: DocumentFilter,
    *,
    is_down: bool,
    after: str | None = None,
) -> Iterator[str | None]:
    """Each source or language that documents within a filter have, in the order of a
    list, those ``after`` one. None stands for a missing one, which comes last.

    Sources that differ by case only are one. The filter must be of those that the
    counters know.
    """
    asked = narrowed(filters)
    if asked is None:
        raise ValueError("The counters do not know this filter.")
    column, where, given = asked
    name = "c.source COLLATE NOCASE" if by == "source" else "c.language"
    beyond = "" if after is None else f" AND {name} {'<' if is_down else '>'} ?"
    rows = connection.execute(
        f"SELECT {name} FROM document_counts c"
        f" WHERE {where}{beyond} GROUP BY 1 HAVING sum({column}) > 0"
        f" ORDER BY 1 {'DESC' if is_down else 'ASC'}",
        [*given, *([] if after is None else [after])],
    )
    has_missing = False
    for (value,) in rows:
        has_missing |= value == ""
        yield value
    if has_missing or after is not None:
        yield None


def total(connection: sqlite3.Connection) -> int:
    """How many documents there are, removed ones not counted."""
    (count,) = connection.execute(
        "SELECT coalesce(sum(documents), 0) FROM document_counts"
    ).fetchone()
    return int(count)
