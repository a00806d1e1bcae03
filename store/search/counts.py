"""What is among the results of a search: counts that stand beside it.

Every value comes with the filter that would narrow to it, as it is typed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store import entity_rows
from store import facets as of_list
from store.document_filter import DocumentFilter
from store.model import Hit
from store.search.narrowing import EVERYTHING, narrowed
from store.search.query import Query, filter_text
from store.tagpaths import TagPaths

MOST = 10
"""Values of each kind, the most frequent."""

_MOST_DOCUMENTS = 2000
"""More documents than this are counted as a list of them is."""

KINDS = {
    "document": "documents",
    "entity": "entities",
    "annotation": "annotations",
    "tag": "tags",
}
"""Types of hits, and how they are shown."""

Value = tuple[str, str, int]
"""The filter as it is typed (of a type the kind of hit), what is shown, how many."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by type, source, language, year, entity and tag, most frequent first;
    the years from the last on."""

    types: tuple[Value, ...] = ()
    sources: tuple[Value, ...] = ()
    languages: tuple[Value, ...] = ()
    years: tuple[Value, ...] = ()
    entities: tuple[Value, ...] = ()
    tags: tuple[Value, ...] = ()


_FACTS = """
SELECT source, language, substr(published, 1, 4) FROM documents
WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?))
"""

_NAMED = """
SELECT DISTINCT document, entity FROM mentions
WHERE document IN (SELECT value FROM json_each(?))
AND state <> 'rejected' AND entity IS NOT NULL
"""

_USED = """
SELECT DISTINCT a.document, t.tag FROM seen_annotations a
JOIN annotation_tags t ON t.annotation = a.id
WHERE a.document IN (SELECT value FROM json_each(?))
"""

_NOTED = """
SELECT count(*) FROM seen_annotations
WHERE document IN (SELECT value FROM json_each(?))
"""


def facets(
    connection: sqlite3.Connection,
    documents: Sequence[int] | None,
    within: DocumentFilter = EVERYTHING,
) -> Facets:
    """What is in some documents, or with ``None`` in all that fit a filter.

    Types count the documents, and the entities, annotations and tags in them. Raises
    as ``document_rows.conditions`` does.
    """
    if documents is None:
        known = narrowed(connection, None, Query(), within).within.known
        if known is None or known.ids is None or known.check:
            return _of_list(connection, within)
        documents = sorted(known.ids - known.without)
        if len(documents) > _MOST_DOCUMENTS:
            return _of_list(connection, within)
    return _of_documents(connection, documents)


def of_hits(connection: sqlite3.Connection, hits: Iterable[Hit]) -> Facets:
    """What is among hits: their types, and what is in their documents."""
    hits = list(hits)
    types = Counter[str](hit.kind for hit in hits)
    documents = dict.fromkeys(hit.document for hit in hits if hit.document is not None)
    return replace(_of_documents(connection, list(documents)), types=_types(types))


def _of_documents(connection: sqlite3.Connection, documents: Sequence[int]) -> Facets:
    ids = json.dumps(list(documents))
    facts = connection.execute(_FACTS, [ids]).fetchall()
    entities = _entities(connection, ids)
    tags = _tags(connection, ids)
    (annotations,) = connection.execute(_NOTED, [ids]).fetchone()
    types = Counter[str](
        document=len(facts),
        entity=len(entities),
        annotation=annotations,
        tag=len(tags),
    )
    return Facets(
        _types(types),
        _plain("source", (source for source, _, _ in facts)),
        _plain("language", (language for _, language, _ in facts)),
        _years(Counter[str](year for _, _, year in facts if year)),
        tuple(_entity(connection, one, n) for one, n in _most(entities)),
        _paths(connection, tags),
    )


def _types(counts: Counter[str]) -> tuple[Value, ...]:
    return tuple(
        (kind, shown, counts[kind]) for kind, shown in KINDS.items() if counts[kind]
    )


def _most(counts: Counter[int]) -> list[tuple[int, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]


def _plain(name: str, values: Iterable[str | None]) -> tuple[Value, ...]:
    counts = Counter(value for value in values if value)
    some = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return tuple((filter_text(name, value), value, count) for value, count in some)


def _years(counts: Counter[str]) -> tuple[Value, ...]:
    return tuple(
        (f"since:{year} until:{year}", year, counts[year])
        for year in sorted(counts, reverse=True)[:MOST]
    )


def _entities(connection: sqlite3.Connection, ids: str) -> Counter[int]:
    """In how many of the documents each entity is named, after merges."""
    rows = connection.execute(_NAMED, [ids]).fetchall()
    merged = dict(
        connection.execute(
            "SELECT id, merged_into FROM entities WHERE merged_into IS NOT NULL"
        )
    )
    if merged:
        rows = list({(document, merged.get(one, one)) for document, one in rows})
    counts = Counter[int](one for _, one in rows)
    rejected = connection.execute("SELECT id FROM entities WHERE state = 'rejected'")
    for (one,) in rejected:
        counts.pop(one, None)
    return counts


def _entity(connection: sqlite3.Connection, entity: int, count: int) -> Value:
    found = entity_rows.rows(connection, [entity])[entity]
    words = entity_rows.called(connection, found)
    return filter_text("entity", words), found.name, count


def _tags(connection: sqlite3.Connection, ids: str) -> Counter[int]:
    """On how many of the documents each tag is, counted for those above it too."""
    paths = TagPaths.read(connection)
    bearing: set[tuple[int, int]] = set()
    for document, tag in connection.execute(_USED, [ids]):
        above: int | None = tag
        while above is not None:
            bearing.add((document, above))
            above = paths.parents[above]
    return Counter[int](tag for _, tag in bearing)


def _paths(connection: sqlite3.Connection, counts: Counter[int]) -> tuple[Value, ...]:
    paths = TagPaths.read(connection)
    return tuple(
        (filter_text("tag", paths.path(tag)), paths.path(tag), count)
        for tag, count in _most(counts)
    )


def _of_list(connection: sqlite3.Connection, within: DocumentFilter) -> Facets:
    """The counts that a list of documents has beside it."""
    found = of_list.facets(connection, within, MOST)

    def plain(name: str) -> tuple[Value, ...]:
        return tuple(
            (filter_text(name, one.value), one.shown, one.count)
            for one in found.get(name, ())
        )

    return Facets(
        (),
        plain("source"),
        plain("language"),
        _years(Counter({one.value: one.count for one in found.get("date", ())})),
        tuple(
            _entity(connection, int(one.value), one.count)
            for one in found.get("entity", ())
        ),
        tuple(
            (filter_text("tag", one.shown), one.shown, one.count)
            for one in found.get("tag", ())
        ),
    )
