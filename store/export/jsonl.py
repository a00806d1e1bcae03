"""Annotations as JSON Lines, complete: what is written here is read back the same.

One record a line, told apart by ``type``: the library first, then coders, tags,
documents with their texts, and annotations with every part of their anchors. Names
refer to each other by guid, so that the file means the same in any library.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from store import annotation_rows, safe
from store.annotation_rows import AnnotationFilter
from store.model import Annotation
from store.tagpaths import TagPaths

FORMAT = "postilla"
VERSION = 1

DOCUMENT_FIELDS = (
    "identity",
    "title",
    "source",
    "author",
    "published",
    "language",
    "url",
    "path",
    "words",
    "added",
    "attributes",
    "reader",
    "encoding",
    "encoding_guessed",
    "source_sha256",
    "text_sha256",
    "revision",
    "text",
)
"""What is said of a document besides its guid and what it duplicates."""

_DOCUMENT = f"""
SELECT d.guid, o.guid, {", ".join(f"d.{name}" for name in DOCUMENT_FIELDS)}
FROM documents d LEFT JOIN documents o ON o.id = d.duplicate_of WHERE d.id = ?
"""

_TAGS = """
SELECT id, guid, colour, marker, definition, memo, position, created FROM tags
"""

_TAGGINGS = """
SELECT t.guid, g.guid, g.id, c.guid, c.name, t.created
FROM annotation_tags t JOIN tags g ON g.id = t.tag JOIN coders c ON c.id = t.coder
WHERE t.annotation = ? ORDER BY t.id
"""

_ANCHOR = "SELECT a.revision, c.guid FROM annotations a JOIN coders c ON c.id = a.coder"


def render(connection: sqlite3.Connection, filters: AnnotationFilter) -> Iterator[str]:
    """The lines, each with its line end."""
    annotations = annotation_rows.select(connection, filters)
    documents = list(dict.fromkeys(one.document for one in annotations))
    yield _line(
        {
            "type": "library",
            "format": FORMAT,
            "version": VERSION,
            "documents": len(documents),
            "annotations": len(annotations),
        }
    )
    paths = TagPaths.read(connection)
    written = [_annotation(connection, one, paths) for one in annotations]
    yield from map(_line, _coders(connection, written))
    yield from map(_line, _tags(connection, paths))
    yield from map(_line, (_document(connection, one) for one in documents))
    yield from map(_line, written)


def _coders(
    connection: sqlite3.Connection, annotations: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Whoever made one of the annotations or put a tag on one."""
    named = {one["coder"]["guid"] for one in annotations}
    named |= {tag["coder"]["guid"] for one in annotations for tag in one["tags"]}
    rows = connection.execute("SELECT guid, name, created FROM coders ORDER BY id")
    for guid, name, created in rows.fetchall():
        if guid in named:
            yield {"type": "coder", "guid": guid, "name": name, "created": created}


def _tags(connection: sqlite3.Connection, paths: TagPaths) -> Iterator[dict[str, Any]]:
    """The whole codebook, what is above first."""
    rows = {row[0]: row for row in connection.execute(_TAGS)}
    for tag, _ in paths.in_order():
        _, guid, colour, marker, definition, memo, position, created = rows[tag]
        yield {
            "type": "tag",
            "guid": guid,
            "path": paths.path(tag),
            "definition": definition,
            "colour": colour,
            "marker": marker,
            "memo": memo,
            "position": position,
            "created": created,
        }


def _document(connection: sqlite3.Connection, document: int) -> dict[str, Any]:
    guid, original, *values = connection.execute(_DOCUMENT, [document]).fetchone()
    fields = dict(zip(DOCUMENT_FIELDS, values, strict=True))
    fields["attributes"] = json.loads(fields["attributes"])
    fields["encoding_guessed"] = bool(fields["encoding_guessed"])
    text = fields.pop("text")
    return {
        "type": "document",
        "guid": guid,
        **fields,
        "duplicate_of": original,
        "text": text,
    }


def _annotation(
    connection: sqlite3.Connection, annotation: Annotation, paths: TagPaths
) -> dict[str, Any]:
    revision, coder = connection.execute(
        f"{_ANCHOR} WHERE a.id = ?", [annotation.id]
    ).fetchone()
    (document,) = connection.execute(
        "SELECT guid FROM documents WHERE id = ?", [annotation.document]
    ).fetchone()
    return {
        "type": "annotation",
        "guid": annotation.guid,
        "kind": annotation.kind,
        "document": document,
        "start": annotation.start,
        "end": annotation.end,
        "quote": annotation.quote,
        "before": annotation.before,
        "after": annotation.after,
        "revision": revision,
        "anchor_state": annotation.anchor_state,
        "note": annotation.note,
        "coder": {"guid": coder, "name": annotation.coder},
        "created": annotation.created,
        "modified": annotation.modified,
        "tags": list(_taggings(connection, annotation.id, paths)),
    }


def _taggings(
    connection: sqlite3.Connection, annotation: int, paths: TagPaths
) -> Iterable[dict[str, Any]]:
    rows = connection.execute(_TAGGINGS, [annotation]).fetchall()
    for guid, tag, tag_id, coder, name, created in rows:
        yield {
            "guid": guid,
            "tag": tag,
            "path": paths.path(tag_id),
            "coder": {"guid": coder, "name": name},
            "created": created,
        }


def _line(record: dict[str, Any]) -> str:
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return safe.for_terminal_json(written) + "\n"
