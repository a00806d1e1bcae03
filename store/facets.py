"""What a list of documents can be narrowed by, with counts."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from store import counters, document_pages, document_terms
from store.collection_rows import names
from store.document_filter import DocumentFilter, given
from store.document_sets import numbers
from store.document_terms import conditions, tests
from store.errors import PostillaError
from store.facet_counts import Among, Facts, most_named
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a list can be narrowed to."""

    value: str
    """What goes into the filter: a source, a year, an id …"""
    shown: str
    count: int
    kind: str = ""
    """The type of an entity where another has the same name."""


# Counters answer at once where they can tell, see ``store.counters``.
_COUNTED = """
SELECT {of}, sum({column}) AS n FROM document_counts c
WHERE {where} AND {of} <> '' GROUP BY 1 HAVING n > 0 ORDER BY {order} LIMIT {limit}
"""

# One name that stands for a person and for a place is told apart by its type.
_ALIKE = """
SELECT e.id, e.type FROM entities e
WHERE e.id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM entities o
    WHERE o.name = e.name AND o.type <> e.type AND o.merged_into IS NULL
    AND o.state <> 'rejected' AND o.documents > 0)
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
SELECT o.root, count(DISTINCT a.document) FROM above o
JOIN annotation_tags t ON t.tag = o.tag
JOIN seen_annotations a ON a.id = t.annotation
WHERE EXISTS (SELECT 1 FROM documents d WHERE d.id = a.document AND {where})
GROUP BY o.root
"""

_MEMBERS = """
SELECT c.id, count(*) FROM collection_documents m
JOIN collections c ON c.id = m.collection
WHERE c.kind <> 'query'
AND EXISTS (SELECT 1 FROM documents d WHERE d.id = m.document AND {where})
GROUP BY c.id
"""

# Few are removed, and most are in no collection.
_ALL_MEMBERS = """
SELECT c.id, count(*) FROM collection_documents m
JOIN collections c ON c.id = m.collection
WHERE c.kind <> 'query' AND m.document NOT IN (
    SELECT id FROM documents INDEXED BY documents_removed WHERE removed IS NOT NULL)
GROUP BY c.id
"""

# Those that are annotated are few, whatever else is asked.
_ANNOTATED = """
SELECT count(*), 0 FROM (SELECT DISTINCT document FROM seen_annotations) a
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
    known = counters.count(connection, filters)
    is_most = known is not None and known * 2 > counters.total(connection)
    if is_most or filters == DocumentFilter():
        return _of_most(connection, filters, limit)
    # Along the index of the one condition, or by ids: neither has to be sorted.
    is_along = given(filters).keys() in ({"source"}, {"language"}, {"since", "until"})
    order = "published" if is_along else "added"
    among = Among(connection, document_pages.ids(connection, filters, order))
    plain = _counted(connection, filters, limit) or _plain(among.facts(), limit)
    named = most_named(connection, among.entities(), limit)
    return {
        **{name: plain[name] for name in ("source", "date", "language")},
        "entity": _told_apart(connection, named),
        "tag": _tags(connection, among.tags(), limit),
        "collection": _collections(
            connection,
            among.collections(),
            lambda sql, values: among.shared(numbers(connection, sql, values)),
        )[:limit],
        "state": [*plain["state"], Facet("annotated", "annotated", among.annotated())],
    }


def _of_most(
    connection: sqlite3.Connection, filters: DocumentFilter, limit: int
) -> dict[str, list[Facet]]:
    """Of most documents of the library: by its counters, less what is outside."""
    where, values = conditions(connection, filters)
    test, test_values = tests(connection, filters)

    def ask(sql: str) -> list[tuple[int, int]]:
        asked = sql.format(where=test)
        return connection.execute(asked, test_values).fetchall()

    def count(sql: str, given: Sequence[Any]) -> int:
        (found,) = connection.execute(
            f"SELECT count(*) FROM documents d WHERE {where} AND d.id IN ({sql})",
            [*values, *given],
        ).fetchone()
        return int(found)

    plain = _counted(connection, filters, limit)
    less: Counter[int] = Counter()
    if filters != DocumentFilter():
        less = _outside(connection, where, values)
        members = dict(ask(_MEMBERS))
    else:
        members = dict(connection.execute(_ALL_MEMBERS).fetchall())
    return {
        **{name: plain[name] for name in ("source", "date", "language")},
        "entity": _most_by_counter(connection, less, limit),
        "tag": _tags(connection, dict(ask(_TAGS)), limit),
        "collection": _collections(connection, members, count)[:limit],
        "state": [
            *plain["state"],
            Facet("annotated", "annotated", ask(_ANNOTATED)[0][0]),
        ],
    }


def _outside(
    connection: sqlite3.Connection, where: str, values: Sequence[Any]
) -> Counter[int]:
    """In how many of the documents that are not meant each entity is named."""
    plain = where.removeprefix("d.removed IS NULL AND ")
    ids = numbers(
        connection,
        "SELECT d.id FROM documents d INDEXED BY documents_added"
        f" WHERE d.removed IS NULL AND ({plain}) IS NOT TRUE ORDER BY d.id",
        values,
    )
    counts = Among(connection, ids).entities()
    named = counts.nonzero()[0].tolist()
    return Counter({id: int(counts[id]) for id in named})


def _tags(
    connection: sqlite3.Connection, counts: Mapping[int, int], limit: int
) -> list[Facet]:
    """The tags that most of the documents bear."""
    most = sorted(counts, key=lambda tag: (-counts[tag], tag))[:limit]
    paths = TagPaths.read(connection)
    return [Facet(str(tag), paths.path(tag), counts[tag]) for tag in most]


def _plain(facts: Mapping[Facts, int], limit: int) -> dict[str, list[Facet]]:
    """Source, date, language and what is unread, counted document by document."""
    sources, languages, years = Counter[str](), Counter[str](), Counter[str]()
    unread = 0
    for (source, language, year, is_unread), documents in facts.items():
        for counts, value in ((sources, source), (languages, language), (years, year)):
            if value is not None:
                counts[str(value)] += documents
        unread += is_unread * documents

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
    return _told_apart(
        connection, [(id, name, -minus) for minus, name, id in best[:limit]]
    )


def _told_apart(
    connection: sqlite3.Connection, named: Sequence[tuple[int, str, int]]
) -> list[Facet]:
    """These entities, each with its type where another has the same name."""
    ids = json.dumps([id for id, *_ in named])
    alike = dict(connection.execute(_ALIKE, [ids]).fetchall())
    return [Facet(str(id), name, n, alike.get(id, "")) for id, name, n in named]


def _collections(
    connection: sqlite3.Connection,
    members: Mapping[int, int],
    count: Callable[[str, Sequence[Any]], int],
) -> list[Facet]:
    """The collections, those with most of these documents first; a query that can no
    longer be asked is left out. ``count``: of the ids that a query selects."""
    counts: dict[str, int] = {}
    ids = dict(connection.execute("SELECT name, id FROM collections").fetchall())
    for name, kind in names(connection):
        if kind == "query":
            with suppress(PostillaError):
                counts[name] = count(*document_terms.members(connection, name))
        elif ids.get(name) in members:
            counts[name] = members[ids[name]]
    most = sorted(counts, key=lambda name: (-counts[name], name.casefold()))
    return [Facet(name, name, counts[name]) for name in most]
