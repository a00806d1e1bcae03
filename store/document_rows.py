"""Reading documents: ids in an order, and the rows of the few that are shown.

A list holds the ids only; rows are fetched for the visible page. No query here
touches the text of a document, which lies in the last column.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any

from store import attribute_rows, codebook, dates, refs
from store.document_filter import DocumentFilter, kept
from store.errors import NotFound, UsageError
from store.model import Document
from store.tagpaths import TagPaths

__all__ = [
    "NEWEST_FIRST",
    "ORDERS",
    "DocumentFilter",
    "collection_id",
    "conditions",
    "ids",
    "in_collection",
    "members",
    "rows",
]

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


_WITH_ANNOTATIONS = "d.id IN (SELECT a.document FROM seen_annotations a)"

_NAMES_ENTITY = """
d.id IN (SELECT m.document FROM mentions m JOIN entities e ON e.id = m.entity
    WHERE (e.id = ? OR e.merged_into = ?) AND m.state <> 'rejected')
"""

_BEARS_TAG = """
d.id IN (SELECT a.document FROM seen_annotations a
    JOIN annotation_tags t ON t.annotation = a.id
    WHERE t.tag IN (SELECT value FROM json_each(?)))
"""


def conditions(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> tuple[str, list[Any]]:
    """The filter as SQL over ``documents d`` and its values.

    Raises ``NotFound`` and, where collections ask for each other in a circle,
    ``UsageError``.
    """
    return _conditions(connection, filters, ())


def _conditions(
    connection: sqlite3.Connection, filters: DocumentFilter, asking: tuple[int, ...]
) -> tuple[str, list[Any]]:
    """``asking``: the collections whose query is being answered."""
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
        sql, given = _within(connection, filters.collection, asking)
        need(sql, *given)
    for word in (filters.title or "").casefold().split():
        need("(instr(folded(d.title), ?) OR instr(folded(d.source), ?))", word, word)
    return " AND ".join(where), values


def in_collection(
    connection: sqlite3.Connection, name: str, column: str = "d.id"
) -> tuple[str, list[Any]]:
    """SQL that says whether ``column``, the id of a document, is in a collection.

    Raises as :func:`members` does.
    """
    sql, values = members(connection, name)
    return f"{column} IN ({sql})", values


def members(connection: sqlite3.Connection, name: str) -> tuple[str, list[Any]]:
    """SQL for the ids of the documents of a collection, removed ones among them.

    For any kind: a query is asked anew. Raises ``NotFound`` and ``UsageError``.
    """
    found, kind = _collection(connection, name)
    if kind != "query":
        return _MEMBERS, [found]
    where, values = _within(connection, name, ())
    return f"SELECT d.id FROM documents d WHERE {where}", values


_MEMBERS = "SELECT document FROM collection_documents WHERE collection = ?"

_FEW = 2_000
"""So many documents are looked up one by one; more are met in the order of a list."""


def _within(
    connection: sqlite3.Connection, name: str, asking: tuple[int, ...]
) -> tuple[str, list[Any]]:
    """A collection as a condition on ``d``; ``asking``: those that ask for it."""
    found, kind = _collection(connection, name)
    if found in asking:
        raise UsageError(f"The collection {name} asks for itself, in a circle.")
    if kind == "query":
        (query,) = connection.execute(
            "SELECT query FROM collections WHERE id = ?", [found]
        ).fetchone()
        filters = kept(connection, query)
        return _conditions(connection, filters, (*asking, found))
    (count,) = connection.execute(
        f"SELECT count(*) FROM ({_MEMBERS} LIMIT ?)", [found, _FEW + 1]
    ).fetchone()
    # The sign + keeps SQLite from going from document to document all over the file.
    return f"{'+' if count > _FEW else ''}d.id IN ({_MEMBERS})", [found]


def _collection(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    """Id and kind of a collection. Raises ``NotFound``."""
    found = collection_id(connection, name)
    (kind,) = connection.execute(
        "SELECT kind FROM collections WHERE id = ?", [found]
    ).fetchone()
    return found, str(kind)


def collection_id(connection: sqlite3.Connection, name: str) -> int:
    """The collection of this name; case matters only where two differ by it.

    Raises ``NotFound``, with the nearest names.
    """
    rows = connection.execute(
        "SELECT id, name FROM collections WHERE folded(name) = ?", [name.casefold()]
    ).fetchall()
    exact = [id for id, own in rows if own == name]
    if exact or len(rows) == 1:
        return int(exact[0] if exact else rows[0][0])
    names = connection.execute("SELECT name FROM collections ORDER BY name").fetchall()
    near = refs.nearest(name, [own for (own,) in names])
    raise NotFound(f"There is no collection {name}.{near}")


def rows(
    connection: sqlite3.Connection, wanted: Sequence[int], coder: str = ""
) -> dict[int, Document]:
    """Rows of these documents, removed ones too; unknown ids are left out.

    ``coder``: whose values of attributes come before those of others.
    """
    out: dict[int, Document] = {}
    for at in range(0, len(wanted), 500):
        out.update(_some(connection, wanted[at : at + 500], coder))
    return out


def _some(
    connection: sqlite3.Connection, wanted: Sequence[int], coder: str
) -> dict[int, Document]:
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
    filled = attribute_rows.shown(connection, wanted, coder)
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({marks})"
    )
    return {
        row[0]: _document(
            row,
            entities.get(row[0], 0),
            annotations.get(row[0], 0),
            tuple(sorted(tags.get(row[0], ()), key=codebook.fold_name)),
            filled.get(row[0], {}),
        )
        for row in found
    }


def _document(
    row: tuple[Any, ...],
    entities: int,
    annotations: int,
    tags: tuple[str, ...],
    filled: dict[str, Any],
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
        attributes={**json.loads(attributes), **filled},
        starred=bool(starred),
        added=added,
        encoding=encoding,
        encoding_guessed=bool(guessed),
    )
