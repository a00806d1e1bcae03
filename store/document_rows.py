"""Reading documents: ids in an order, and the rows of the few that are shown.

A list holds the ids only; rows are fetched for the visible page. No query here
touches the text of a document, which lies in the last column.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store import codebook, dates
from store.errors import NotFound, UsageError
from store.model import Document
from store.tagpaths import TagPaths

ORDERS = {
    "published": "d.published",
    "title": "d.title COLLATE NOCASE",
    "source": "d.source COLLATE NOCASE",
    "added": "d.id",
    "words": "d.words",
    "language": "d.language",
}
"""What a list can be ordered by."""

_OPTIONAL = {"published", "source", "language"}

NEWEST_FIRST = {"published", "added", "words"}
"""Orders that begin at the large end unless reversed."""

_COLUMNS = """
d.id, d.guid, d.title, d.source, d.author, d.published, d.language, d.url, d.path,
d.words, d.read IS NOT NULL, d.duplicate_of, d.attributes, d.starred, d.added,
d.encoding, d.encoding_guessed
"""

_ENTITY_COUNTS = """
SELECT m.document, count(DISTINCT r.id)
FROM mentions m JOIN entities e ON e.id = m.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document IN ({ids}) AND m.state <> 'rejected' AND r.state <> 'rejected'
GROUP BY m.document
"""

_ANNOTATION_COUNTS = """
SELECT document, count(*) FROM seen_annotations
WHERE document IN ({ids}) GROUP BY document
"""

_TAGS = """
SELECT DISTINCT a.document, t.tag FROM seen_annotations a
JOIN annotation_tags t ON t.annotation = a.id
WHERE a.document IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents; every part that is given must hold."""

    source: str | None = None
    since: str | None = None
    until: str | None = None
    """Dates of publication, both inclusive: ``2026``, ``2026-01``, …"""
    language: str | None = None
    entity: int | None = None
    tag: int | None = None
    """Documents with an annotation that bears this tag or one below it."""
    collection: str | None = None
    unread: bool = False
    annotated: bool = False
    starred: bool = False
    title: str | None = None
    """Words that the title or the source must hold, in any case."""


def ids(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    order: str = "published",
    *,
    reverse: bool = False,
) -> array[int]:
    """Ids of the documents a filter lets through, in order. Raises ``UsageError``."""
    if order not in ORDERS:
        raise UsageError(
            f"Documents cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    where, values = conditions(connection, filters)
    way = "DESC" if (order in NEWEST_FIRST) != reverse else "ASC"
    # Documents of which it is not known come last either way; going down SQLite
    # puts them there by itself.
    last = f"{ORDERS[order]} IS NULL, " if order in _OPTIONAL and way == "ASC" else ""
    sql = (
        f"SELECT d.id FROM documents d WHERE {where}"
        f" ORDER BY {last}{ORDERS[order]} {way}, d.id {way}"
    )
    return array("q", (row[0] for row in connection.execute(sql, values)))


_WITH_ANNOTATIONS = """
EXISTS (SELECT 1 FROM seen_annotations a WHERE a.document = d.id)
"""

_NAMES_ENTITY = """
d.id IN (SELECT m.document FROM mentions m JOIN entities e ON e.id = m.entity
    WHERE (e.id = ? OR e.merged_into = ?) AND m.state <> 'rejected')
"""

_BEARS_TAG = """
d.id IN (SELECT a.document FROM seen_annotations a
    JOIN annotation_tags t ON t.annotation = a.id
    WHERE t.tag IN (SELECT value FROM json_each(?)))
"""

_IN_COLLECTION = """
d.id IN (SELECT document FROM collection_documents WHERE collection = ?)
"""


def conditions(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> tuple[str, list[Any]]:
    """The filter as SQL over ``documents d`` and its values."""
    where = ["d.removed IS NULL"]
    values: list[Any] = []

    def need(condition: str, *given: Any) -> None:
        where.append(condition.strip())
        values.extend(given)

    if filters.source is not None:
        need("d.source = ?", filters.source)
    if filters.language is not None:
        need("d.language = ?", filters.language)
    if filters.since is not None:
        need("d.published >= ?", dates.published_from(filters.since))
    if filters.until is not None:
        need("d.published < ?", dates.published_before(filters.until))
    if filters.unread:
        need("d.read IS NULL")
    if filters.starred:
        need("d.starred = 1")
    if filters.annotated:
        need(_WITH_ANNOTATIONS)
    if filters.entity is not None:
        need(_NAMES_ENTITY, filters.entity, filters.entity)
    if filters.tag is not None:
        below = TagPaths.read(connection).subtree(filters.tag)
        need(_BEARS_TAG, json.dumps(below))
    if filters.collection is not None:
        need(_IN_COLLECTION, collection_id(connection, filters.collection))
    for word in (filters.title or "").casefold().split():
        need("(instr(folded(d.title), ?) OR instr(folded(d.source), ?))", word, word)
    return " AND ".join(where), values


def collection_id(connection: sqlite3.Connection, name: str) -> int:
    """The collection of this name. Raises ``NotFound``."""
    row = connection.execute(
        "SELECT id FROM collections WHERE name = ?", [name]
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no collection {name}.")
    return int(row[0])


def rows(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Document]:
    """Rows of these documents, removed ones too; unknown ids are left out."""
    out: dict[int, Document] = {}
    for at in range(0, len(wanted), 500):
        out.update(_some(connection, wanted[at : at + 500]))
    return out


def _some(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Document]:
    marks = ", ".join(str(int(one)) for one in wanted)
    entities = dict(connection.execute(_ENTITY_COUNTS.format(ids=marks)).fetchall())
    annotations = dict(
        connection.execute(_ANNOTATION_COUNTS.format(ids=marks)).fetchall()
    )
    tags: dict[int, list[str]] = {}
    tagged = connection.execute(_TAGS.format(ids=marks)).fetchall()
    if tagged:
        paths = TagPaths.read(connection)
        for document, tag in tagged:
            tags.setdefault(document, []).append(paths.path(tag))
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({marks})"
    )
    return {
        row[0]: _document(
            row,
            entities.get(row[0], 0),
            annotations.get(row[0], 0),
            tuple(sorted(tags.get(row[0], ()), key=codebook.fold_name)),
        )
        for row in found
    }


def _document(
    row: tuple[Any, ...], entities: int, annotations: int, tags: tuple[str, ...]
) -> Document:
    (id, guid, title, source, author, published, language, url, path, words) = row[:10]
    (read, duplicate_of, attributes, starred, added, encoding, guessed) = row[10:]
    return Document(
        id=id,
        guid=guid,
        title=title,
        source=source,
        author=author,
        published=published,
        language=language,
        url=url,
        path=path,
        words=words,
        entities=entities,
        annotations=annotations,
        tags=tags,
        read=bool(read),
        duplicate_of=duplicate_of,
        attributes=json.loads(attributes),
        starred=bool(starred),
        added=added,
        encoding=encoding,
        encoding_guessed=bool(guessed),
    )
