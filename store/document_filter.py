"""Which documents: the filter as a value, and as it is kept in a library.

Kept, a filter names tags, entities and collections by their guids, so that it means
the same after a rename and in another library. Entities are followed through merges.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from store.errors import NotFound, UsageError
from store.tagpaths import TagPaths


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


_KINDS = {"entity": "entities", "tag": "tags", "collection": "collections"}
"""Parts of a filter that are rows of a table."""


def given(filters: DocumentFilter) -> dict[str, Any]:
    """The parts that are given, by name."""
    found = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return {name: value for name, value in found.items() if value not in (None, False)}


def keep(connection: sqlite3.Connection, filters: DocumentFilter) -> str:
    """The filter as JSON, for the library. Raises ``NotFound``."""
    parts = given(filters)
    for name, table in _KINDS.items():
        if name in parts:
            column = "name" if name == "collection" else "id"
            row = connection.execute(
                f"SELECT guid FROM {table} WHERE {column} = ?", [parts[name]]
            ).fetchone()
            if row is None:
                raise NotFound(f"There is no {name} {parts[name]}.")
            parts[name] = row[0]
    return json.dumps(parts, ensure_ascii=False)


def kept(connection: sqlite3.Connection, text: str) -> DocumentFilter:
    """The filter that was kept as JSON.

    Raises ``NotFound`` where a tag, entity or collection of it is gone, and
    ``UsageError`` where it is not of this version.
    """
    parts = _parts(text)
    for name, table in _KINDS.items():
        if name in parts:
            parts[name] = _meant(connection, name, table, str(parts[name]))
    return DocumentFilter(**parts)


def _parts(text: str) -> dict[str, Any]:
    known = {field.name for field in fields(DocumentFilter)}
    parts = json.loads(text or "{}")
    unknown = sorted(set(parts) - known)
    if unknown:
        raise UsageError(
            f"This was kept by another version of postilla: {', '.join(unknown)}"
            " cannot be asked for here."
        )
    return dict(parts)


def _meant(
    connection: sqlite3.Connection, name: str, table: str, guid: str
) -> int | str:
    sql = {
        "entity": "SELECT coalesce(merged_into, id)",
        "collection": "SELECT name",
    }.get(name, "SELECT id")
    row = connection.execute(f"{sql} FROM {table} WHERE guid = ?", [guid]).fetchone()
    if row is None:
        article = "an" if name == "entity" else "a"
        raise NotFound(f"It asks for {article} {name} that is gone.")
    meant: int | str = row[0]
    return meant


def readable(connection: sqlite3.Connection, filters: DocumentFilter) -> dict[str, Any]:
    """The parts that are given, with names of entities and paths of tags."""
    parts = given(filters)
    if "entity" in parts:
        row = connection.execute(
            "SELECT name FROM entities WHERE id = ?", [parts["entity"]]
        ).fetchone()
        parts["entity"] = row[0] if row else str(parts["entity"])
    if "tag" in parts:
        parts["tag"] = TagPaths.read(connection).path(parts["tag"])
    return parts


def in_words(parts: Mapping[str, Any]) -> str:
    """What :func:`readable` gives as one line; ``all documents`` for no part."""
    since, until = parts.get("since"), parts.get("until")
    if since and until:
        when = since if since == until else f"{since} to {until}"
    else:
        when = f"since {since}" if since else f"until {until}" if until else None
    shown = [
        parts.get("source"),
        when,
        f"language {parts['language']}" if "language" in parts else None,
        parts.get("entity"),
        f"#{parts['tag']}" if "tag" in parts else None,
        f"in {parts['collection']}" if "collection" in parts else None,
        *(word for word in ("unread", "annotated", "starred") if parts.get(word)),
        f'"{parts["title"]}"' if "title" in parts else None,
    ]
    return " · ".join(str(part) for part in shown if part) or "all documents"
