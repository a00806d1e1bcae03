"""What a list of documents can be narrowed by, with counts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store import counters
from store.collection_rows import names
from store.document_filter import DocumentFilter
from store.document_terms import conditions, in_collection, tests
from store.errors import PostillaError
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a list can be narrowed to."""

    value: str
    """What goes into the filter: a source, a year, an id …"""
    shown: str
    count: int


_KINDS = """
SELECT d.source, d.language, substr(d.published, 1, 4), count(*), sum(d.read IS NULL)
FROM documents d WHERE {where} GROUP BY 1, 2, 3
"""

# Counters answer at once where they can tell, see ``store.counters``.
_COUNTED = """
SELECT {of}, sum({column}) AS n FROM document_counts c
WHERE {where} AND {of} <> '' GROUP BY 1 HAVING n > 0 ORDER BY {order} LIMIT {limit}
"""

# Documents lead: an index has all that is asked of their mentions.
_NAMED = """
SELECT root, count(*) AS n FROM (
    SELECT DISTINCT m.document, {root} AS root
    FROM documents d {along} CROSS JOIN mentions m INDEXED BY mentions_document
    WHERE {where} AND m.document = d.id AND m.state <> 'rejected'
        AND m.entity IS NOT NULL
) GROUP BY root
"""

_ROOT = "coalesce((SELECT merged_into FROM entities WHERE id = m.entity), m.entity)"

_ENTITIES = f"""
SELECT r.id, r.name, g.n FROM ({_NAMED}) g JOIN entities r ON r.id = g.root
WHERE r.state <> 'rejected' ORDER BY g.n DESC, r.name LIMIT {{limit}}
"""

_BY_COUNTER = """
SELECT id, name, documents FROM entities
WHERE merged_into IS NULL AND state <> 'rejected' AND documents > 0
ORDER BY documents DESC, mentions DESC, id
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
WHERE c.kind <> 'query'
AND EXISTS (SELECT 1 FROM documents d WHERE d.id = m.document AND {where})
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

# Those that are annotated are few, whatever else is asked.
_ANNOTATED = """
SELECT count(*) FROM (SELECT DISTINCT document FROM seen_annotations) a
CROSS JOIN documents d WHERE d.id = a.document AND {where}
"""

_OPERATIONS = 20_000
"""SQLite's steps between two looks whether the counts are still wanted: some
thousandths of a second."""


def facets(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    limit: int = 8,
    stop: Callable[[], bool] | None = None,
) -> dict[str, list[Facet]]:
    """Values with counts for source, date, language, entity, tag, collection, state.

    ``stop`` is asked now and then whether they are not wanted any more; then there are
    none. With many documents a count may take its time.
    """
    if stop is None:
        return _facets(connection, filters, limit)
    connection.set_progress_handler(stop, _OPERATIONS)
    try:
        return _facets(connection, filters, limit)
    except sqlite3.OperationalError:
        if stop():
            return {}
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _facets(
    connection: sqlite3.Connection, filters: DocumentFilter, limit: int
) -> dict[str, list[Facet]]:
    where, values = conditions(connection, filters)
    test, test_values = tests(connection, filters)

    def ask(sql: str) -> list[tuple[object, ...]]:
        return connection.execute(
            sql.format(where=test, limit=limit), test_values if "{where}" in sql else []
        ).fetchall()

    everything = filters == DocumentFilter()
    paths = TagPaths.read(connection)
    plain = _counted(connection, filters, limit) or _plain(
        connection, where, values, limit
    )
    return {
        **{name: plain[name] for name in ("source", "date", "language")},
        "entity": _entities(connection, filters, where, values, limit),
        "tag": [
            Facet(str(tag), paths.path(int(str(tag))), int(str(n)))
            for tag, n in ask(_TAGS)
        ],
        "collection": _collections(
            connection, ask(_ALL_MEMBERS if everything else _MEMBERS), where, values
        )[:limit],
        "state": [
            *plain["state"],
            Facet("annotated", "annotated", int(str(ask(_ANNOTATED)[0][0]))),
        ],
    }


def _plain(
    connection: sqlite3.Connection, where: str, values: list[Any], limit: int
) -> dict[str, list[Facet]]:
    """Source, date, language and what is unread, counted document by document."""
    sources, languages, years = Counter[str](), Counter[str](), Counter[str]()
    unread = 0
    rows = connection.execute(_KINDS.format(where=where), values)
    for source, language, year, documents, new in rows:
        for counts, value in ((sources, source), (languages, language), (years, year)):
            if value is not None:
                counts[str(value)] += documents
        unread += new

    def most(counts: Counter[str]) -> list[Facet]:
        found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Facet(value, value, count) for value, count in found[:limit]]

    return {
        "source": most(sources),
        "date": [
            Facet(year, year, years[year])
            for year in sorted(years, reverse=True)[:limit]
        ],
        "language": most(languages),
        "state": [Facet("unread", "unread", unread)],
    }


def _counted(
    connection: sqlite3.Connection, filters: DocumentFilter, limit: int
) -> dict[str, list[Facet]]:
    """The same by the counters; nothing where they cannot tell."""
    narrowed = counters.narrowed(filters)
    unread = counters.count(connection, replace(filters, unread=True))
    if narrowed is None or unread is None:
        return {}
    column, where, values = narrowed

    def count(of: str, order: str) -> list[Facet]:
        sql = _COUNTED.format(
            of=of, column=column, where=where, order=order, limit=limit
        )
        rows = connection.execute(sql, values)
        return [Facet(str(value), str(value), int(n)) for value, n in rows]

    return {
        "source": count("c.source", "n DESC, 1"),
        "date": count("c.year", "1 DESC"),
        "language": count("c.language", "n DESC, 1"),
        "state": [Facet("unread", "unread", unread)],
    }


def _entities(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    where: str,
    values: list[Any],
    limit: int,
) -> list[Facet]:
    """Who is named in most of the documents.

    Of most of the library it is what the counters of the entities say less what is
    outside of the filter, which is less to count.
    """
    known = counters.count(connection, filters)
    if known is not None and known * 2 > counters.total(connection):
        less: Counter[int] = Counter()
        if filters != DocumentFilter():
            plain = where.removeprefix("d.removed IS NULL AND ")
            outside = f"d.removed IS NULL AND ({plain}) IS NOT TRUE"
            sql = _named(connection, _NAMED, outside, "INDEXED BY documents_added")
            less.update(dict(connection.execute(sql, values)))
        return _most_by_counter(connection, less, limit)
    sql = _named(connection, _ENTITIES, where, "", limit)
    return [
        Facet(str(id), str(name), int(n))
        for id, name, n in connection.execute(sql, values)
    ]


def _named(
    connection: sqlite3.Connection, sql: str, where: str, along: str, limit: int = 0
) -> str:
    """The question with its conditions; merged entities are followed if there are
    any."""
    merged = connection.execute(
        "SELECT 1 FROM entities WHERE merged_into IS NOT NULL LIMIT 1"
    ).fetchone()
    root = _ROOT if merged else "m.entity"
    return sql.format(root=root, where=where, along=along, limit=limit)


def _most_by_counter(
    connection: sqlite3.Connection, less: Counter[int], limit: int
) -> list[Facet]:
    """The entities in most documents when some are not counted."""
    best: list[tuple[int, str, int]] = []
    for id, name, documents in connection.execute(_BY_COUNTER):
        if len(best) >= limit and (not less or documents < -best[limit - 1][0]):
            break
        if documents > less[id]:
            best.append((less[id] - documents, name, id))
            if less:
                best.sort()
    return [Facet(str(id), name, -minus) for minus, name, id in best[:limit]]


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
