"""What a list of documents can be narrowed by, with counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store import counters
from store.collection_rows import names
from store.document_rows import DocumentFilter, conditions, in_collection
from store.errors import PostillaError
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a list can be narrowed to."""

    value: str
    """What goes into the filter: a source, a year, an id …"""
    shown: str
    count: int


_SOURCES = """
SELECT d.source, count(*) FROM documents d
WHERE {where} AND d.source IS NOT NULL GROUP BY d.source
ORDER BY 2 DESC, 1 LIMIT {limit}
"""

_YEARS = """
SELECT substr(d.published, 1, 4), count(*) FROM documents d
WHERE {where} AND d.published IS NOT NULL GROUP BY 1 ORDER BY 1 DESC LIMIT {limit}
"""

_LANGUAGES = """
SELECT d.language, count(*) FROM documents d
WHERE {where} AND d.language IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {limit}
"""

# Counters answer at once where they can tell, see ``store.counters``.
_COUNTED = """
SELECT {of}, sum({column}) AS n FROM document_counts c
WHERE {where} AND {of} <> '' GROUP BY 1 HAVING n > 0 ORDER BY {order} LIMIT {limit}
"""

_COUNTED_UNREAD = (
    "SELECT coalesce(sum({column}), 0) FROM document_counts c WHERE {where}"
)

_TOP_ENTITIES = """
SELECT id, name, documents FROM entities
WHERE merged_into IS NULL AND state <> 'rejected' AND documents > 0
ORDER BY documents DESC, mentions DESC, id LIMIT {limit}
"""

_ENTITIES = """
SELECT r.id, r.name, count(DISTINCT m.document) AS n FROM mentions m
JOIN entities e ON e.id = m.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.state <> 'rejected' AND r.state <> 'rejected'
AND m.document IN (SELECT d.id FROM documents d WHERE {where})
GROUP BY r.id ORDER BY n DESC, r.name LIMIT {limit}
"""

# A tag stands for what is below it too, as it does in the filter.
_TAGS = """
WITH RECURSIVE above(tag, root) AS (
    SELECT id, id FROM tags
    UNION ALL
    SELECT a.tag, t.parent FROM above a JOIN tags t ON t.id = a.root
    WHERE t.parent IS NOT NULL
)
SELECT o.root, count(DISTINCT a.document) AS n FROM above o
JOIN annotation_tags t ON t.tag = o.tag
JOIN seen_annotations a ON a.id = t.annotation
WHERE EXISTS (SELECT 1 FROM documents d WHERE d.id = a.document AND {where})
GROUP BY o.root ORDER BY n DESC, o.root LIMIT {limit}
"""

_MEMBERS = """
SELECT c.name, count(*) AS n FROM collection_documents m
JOIN collections c ON c.id = m.collection
WHERE c.kind <> 'query' AND m.document IN (SELECT d.id FROM documents d WHERE {where})
GROUP BY c.id
"""

# Few are removed, and most are in no collection.
_ALL_MEMBERS = """
SELECT c.name, count(*) AS n FROM collection_documents m
JOIN collections c ON c.id = m.collection
WHERE c.kind <> 'query' AND m.document NOT IN (
    SELECT id FROM documents INDEXED BY documents_removed WHERE removed IS NOT NULL)
GROUP BY c.id
"""

# Two questions, each of which has an index of its own.
_UNREAD = "SELECT count(*) FROM documents d WHERE {where} AND d.read IS NULL"
_ANNOTATED = """
SELECT count(*) FROM documents d
WHERE {where} AND d.id IN (SELECT a.document FROM seen_annotations a)
"""


def facets(
    connection: sqlite3.Connection, filters: DocumentFilter, limit: int = 8
) -> dict[str, list[Facet]]:
    """Values with counts for source, date, language, entity, tag, collection, state."""
    where, values = conditions(connection, filters)

    def ask(sql: str) -> list[tuple[object, ...]]:
        return connection.execute(
            sql.format(where=where, limit=limit), values if "{where}" in sql else []
        ).fetchall()

    everything = filters == DocumentFilter()
    entities = ask(_TOP_ENTITIES if everything else _ENTITIES)
    paths = TagPaths.read(connection)
    unread = _counted_unread(connection, filters)
    if unread is None:
        unread = int(str(ask(_UNREAD)[0][0]))
    return {
        **(_counted(connection, filters, limit) or _plain(ask)),
        "entity": [Facet(str(id), str(name), int(str(n))) for id, name, n in entities],
        "tag": [
            Facet(str(tag), paths.path(int(str(tag))), int(str(n)))
            for tag, n in ask(_TAGS)
        ],
        "collection": _collections(
            connection, ask(_ALL_MEMBERS if everything else _MEMBERS), where, values
        )[:limit],
        "state": [
            Facet("unread", "unread", unread),
            Facet("annotated", "annotated", int(str(ask(_ANNOTATED)[0][0]))),
        ],
    }


def _plain(ask: Callable[[str], list[tuple[object, ...]]]) -> dict[str, list[Facet]]:
    """Source, date and language, counted document by document."""
    asked = {"source": _SOURCES, "date": _YEARS, "language": _LANGUAGES}
    return {name: _listed(ask(sql)) for name, sql in asked.items()}


def _listed(rows: Sequence[tuple[object, ...]]) -> list[Facet]:
    return [Facet(str(value), str(value), int(str(n))) for value, n in rows]


def _counted(
    connection: sqlite3.Connection, filters: DocumentFilter, limit: int
) -> dict[str, list[Facet]]:
    """Source, date and language by the counters; nothing where they cannot tell."""
    narrowed = counters.narrowed(filters)
    if narrowed is None:
        return {}
    column, where, values = narrowed

    def count(of: str, order: str) -> list[Facet]:
        sql = _COUNTED.format(
            of=of, column=column, where=where, order=order, limit=limit
        )
        return _listed(connection.execute(sql, values).fetchall())

    return {
        "source": count("c.source", "n DESC, 1"),
        "date": count("c.year", "1 DESC"),
        "language": count("c.language", "n DESC, 1"),
    }


def _counted_unread(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> int | None:
    """How many of the list are unread, by the counters; None if they cannot tell."""
    narrowed = counters.narrowed(replace(filters, unread=True))
    if narrowed is None:
        return None
    column, where, values = narrowed
    sql = _COUNTED_UNREAD.format(column=column, where=where)
    return int(connection.execute(sql, values).fetchone()[0])


def _collections(
    connection: sqlite3.Connection,
    members: Sequence[tuple[object, ...]],
    where: str,
    values: list[Any],
) -> list[Facet]:
    """The collections, those with most of these documents first; a query that can no
    longer be asked is left out."""
    counts = {str(name): int(str(n)) for name, n in members}
    for name, kind in names(connection):
        if kind == "query":
            try:
                inside, given = in_collection(connection, name)
            except PostillaError:
                continue
            (counts[name],) = connection.execute(
                f"SELECT count(*) FROM documents d WHERE {where} AND {inside}",
                [*values, *given],
            ).fetchone()
    most = sorted(counts, key=lambda name: (-counts[name], name.casefold()))
    return [Facet(name, name, counts[name]) for name in most]
