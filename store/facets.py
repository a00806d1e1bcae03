"""What a list of documents can be narrowed by, with counts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

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

# Counters kept with the entities answer at once where nothing narrows the list.
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
WHERE a.document IN (SELECT d.id FROM documents d WHERE {where})
GROUP BY o.root ORDER BY n DESC, o.root LIMIT {limit}
"""

_MEMBERS = """
SELECT c.name, count(*) AS n FROM collection_documents m
JOIN collections c ON c.id = m.collection
WHERE c.kind <> 'query' AND m.document IN (SELECT d.id FROM documents d WHERE {where})
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

    def plain(sql: str) -> list[Facet]:
        return [Facet(str(v), str(v), int(str(n))) for v, n in ask(sql)]

    def count(sql: str) -> int:
        return int(str(ask(sql)[0][0]))

    everything = filters == DocumentFilter()
    entities = ask(_TOP_ENTITIES if everything else _ENTITIES)
    paths = TagPaths.read(connection)
    return {
        "source": plain(_SOURCES),
        "date": plain(_YEARS),
        "language": plain(_LANGUAGES),
        "entity": [Facet(str(id), str(name), int(str(n))) for id, name, n in entities],
        "tag": [
            Facet(str(tag), paths.path(int(str(tag))), int(str(n)))
            for tag, n in ask(_TAGS)
        ],
        "collection": _collections(connection, where, values, limit),
        "state": [
            Facet("unread", "unread", count(_UNREAD)),
            Facet("annotated", "annotated", count(_ANNOTATED)),
        ],
    }


def _collections(
    connection: sqlite3.Connection, where: str, values: list[Any], limit: int
) -> list[Facet]:
    """The collections with most of these documents; a query that can no longer be
    asked is left out."""
    counts = dict(connection.execute(_MEMBERS.format(where=where), values).fetchall())
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
    return [Facet(name, name, counts[name]) for name in most[:limit]]
