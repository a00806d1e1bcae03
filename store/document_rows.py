"""The rows of the few documents that are shown.

A list holds the ids only, which :mod:`store.document_pages` puts in order; rows are
fetched for the visible page. No query here touches the text of a document, which
lies in the last column.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from store import attribute_rows, codebook
from store.document_filter import DocumentFilter
from store.document_pages import NEWEST_FIRST, ORDERS, PAGE, ids, page
from store.document_terms import collection_id, conditions, in_collection, members
from store.model import Document
from store.tagpaths import TagPaths

__all__ = [
    "NEWEST_FIRST",
    "ORDERS",
    "PAGE",
    "DocumentFilter",
    "collection_id",
    "conditions",
    "ids",
    "in_collection",
    "members",
    "page",
    "rows",
]

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
