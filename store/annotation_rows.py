"""Reading annotations: one query, filtered, as values."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store import codebook, dates, tagexpr
from store.errors import NotFound
from store.model import Annotation
from store.tagpaths import TagPaths

_SELECT = """
SELECT a.id, a.guid, a.kind, a.document, d.title, d.source, d.published,
    a.start, a."end", a.exact, a.prefix, a.suffix, a.note, c.name,
    a.created, a.modified, a.anchor_state
FROM seen_annotations a
JOIN documents d ON d.id = a.document
JOIN coders c ON c.id = a.coder
WHERE d.removed IS NULL
"""

_ORDER = """
ORDER BY d.published IS NULL, d.published, a.document, a.start IS NOT NULL,
    a.start, a."end" DESC, a.id
"""

_TAGGINGS = "SELECT annotation, tag FROM annotation_tags"


@dataclass(frozen=True, slots=True)
class AnnotationFilter:
    """Which annotations; every part that is given must hold."""

    tag: str | None = None
    """A tag expression; a tag means itself and what is below it."""
    document: int | None = None
    collection: str | None = None
    coder: str | None = None
    since: str | None = None
    until: str | None = None
    """Local dates of creation, both inclusive."""
    untagged: bool = False
    orphans: bool = False
    ids: Sequence[int] | None = None


def select(
    connection: sqlite3.Connection, filters: AnnotationFilter
) -> list[Annotation]:
    """The annotations that a filter lets through, in reading order."""
    where, values = _conditions(connection, filters)
    rows = connection.execute(_SELECT + where + _ORDER, values).fetchall()
    tags = _tags_of(connection, [row[0] for row in rows])
    paths = TagPaths.read(connection)
    rank = {tag: place for place, (tag, _) in enumerate(paths.in_order())}
    keeps = None
    if filters.tag is not None:
        keeps = tagexpr.compile_expression(
            filters.tag,
            paths,
            lambda name: codebook.find(connection, name),
        )
    out = []
    for row in rows:
        own = tags.get(row[0], [])
        if filters.untagged and own:
            continue
        if keeps is not None and not keeps(frozenset(own)):
            continue
        named = tuple(paths.path(tag) for tag in sorted(set(own), key=rank.__getitem__))
        out.append(_annotation(row, named))
    return out


def _conditions(
    connection: sqlite3.Connection, filters: AnnotationFilter
) -> tuple[str, list[Any]]:
    where: list[str] = []
    values: list[Any] = []

    def need(condition: str, *given: Any) -> None:
        where.append(condition)
        values.extend(given)

    if filters.document is not None:
        need("a.document = ?", filters.document)
    if filters.collection is not None:
        found = connection.execute(
            "SELECT id FROM collections WHERE name = ?", [filters.collection]
        ).fetchone()
        if found is None:
            raise NotFound(f"There is no collection {filters.collection}.")
        need(
            "a.document IN (SELECT document FROM collection_documents"
            " WHERE collection = ?)",
            found[0],
        )
    if filters.coder is not None:
        need("c.name = ?", filters.coder)
    if filters.since is not None:
        need("a.created >= ?", dates.stamped_from(filters.since))
    if filters.until is not None:
        need("a.created < ?", dates.stamped_before(filters.until))
    if filters.orphans:
        need("a.anchor_state IN ('proposed', 'orphan')")
    if filters.ids is not None:
        marks = ", ".join(str(int(one)) for one in filters.ids)
        need(f"a.id IN ({marks})")
    return "".join(f" AND {condition}" for condition in where), values


def _tags_of(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, list[int]]:
    """Tag ids of each annotation; only the few asked for where they are few."""
    sql = _TAGGINGS
    if len(ids) <= 500:
        sql += f" WHERE annotation IN ({', '.join(map(str, ids))})"
    found: dict[int, list[int]] = {}
    for annotation, tag in connection.execute(sql):
        found.setdefault(annotation, []).append(tag)
    return found


def _annotation(row: tuple[Any, ...], tags: tuple[str, ...]) -> Annotation:
    (id, guid, kind, document, title, source, published, start, end, exact) = row[:10]
    (prefix, suffix, note, coder, created, modified, state) = row[10:]
    return Annotation(
        id=id,
        guid=guid,
        kind=kind,
        document=document,
        title=title,
        source=source,
        published=published,
        start=start,
        end=end,
        quote=exact,
        before=prefix,
        after=suffix,
        tags=tags,
        note=note,
        coder=coder,
        created=created,
        modified=modified,
        anchor_state=state,
    )
