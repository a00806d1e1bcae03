"""Reading annotations: which a filter means, and the rows of those that are shown.

A list holds ids only (``store.annotation_ids``) and asks here for the rows of its
visible page. Everything is read through what the coder may see.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from store import dates, document_rows
from store.model import Annotation
from store.tagpaths import TagPaths

ORDERS = {
    "date": "date of the document",
    "place": "document and place",
    "tag": "tag",
    "note": "note",
    "coder": "coder",
    "created": "when it was made",
    "modified": "when it was changed",
    "document": "title of the document",
}
"""What a list can be ordered by, and what that is called."""

NEWEST_FIRST = frozenset({"date", "created", "modified"})
"""Orders that begin with the latest unless they are turned round."""

_SEEN = """
FROM seen_annotations a
JOIN documents d ON d.id = a.document
JOIN coders c ON c.id = a.coder
WHERE d.removed IS NULL
"""

_SELECT = f"""
SELECT a.id, a.guid, a.kind, a.document, d.title, d.source, d.published,
    a.start, a."end", a.exact, a.prefix, a.suffix, a.note, c.name,
    a.created, a.modified, a.anchor_state
{_SEEN}
"""

_ORDER = """
ORDER BY d.published IS NULL, d.published, a.document, a.start IS NOT NULL,
    a.start, a."end" DESC, a.id
"""

_AMONG = " AND a.id IN (SELECT value FROM json_each(?))"

_TAGGINGS = """
SELECT annotation, tag FROM annotation_tags
WHERE annotation IN (SELECT value FROM json_each(?))
"""

_UNTAGGED = "NOT EXISTS (SELECT 1 FROM annotation_tags t WHERE t.annotation = a.id)"

_PAGE = 1_000
"""Rows read at once where all of many are wanted."""


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
    """Those whose passage is lost or not sure."""
    ids: Sequence[int] | None = None
    words: str | None = None
    """Each must stand in passage, note, tags, or title or source of the document."""
    query: str | None = None
    """The name of a saved query; it must hold beside ``tag``."""
    order: str | None = None
    """One of ``ORDERS``; by itself in reading order."""
    reverse: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether each annotation can be judged by itself, in reading order."""
        asks = self.tag is not None or self.query is not None or bool(self.words)
        return not (asks or self.order is not None or self.reverse)


def select(
    connection: sqlite3.Connection, filters: AnnotationFilter
) -> list[Annotation]:
    """The annotations that a filter lets through, in its order.

    Raises ``NotFound`` and ``UsageError``. For a screen that shows some of many,
    ``annotation_ids.ids`` and ``rows`` are quicker.
    """
    if filters.is_plain:
        where, values = conditions(connection, filters)
        found = connection.execute(_SELECT + where + _ORDER, values).fetchall()
        return _annotations(connection, found)
    return list(each(connection, filters))


def each(
    connection: sqlite3.Connection, filters: AnnotationFilter
) -> Iterator[Annotation]:
    """The same one after the other, read as they are asked for."""
    from store import annotation_ids

    wanted = annotation_ids.ids(connection, filters)
    for at in range(0, len(wanted), _PAGE):
        page = wanted[at : at + _PAGE]
        found = rows(connection, page)
        yield from (found[one] for one in page if one in found)


def rows(
    connection: sqlite3.Connection, wanted: Sequence[int]
) -> dict[int, Annotation]:
    """These annotations by id; those that are gone or not to be seen are left out."""
    found = connection.execute(_SELECT + _AMONG, [_listed(wanted)]).fetchall()
    return {one.id: one for one in _annotations(connection, found)}


def tags_of(
    connection: sqlite3.Connection, wanted: Sequence[int]
) -> list[tuple[str, int]]:
    """Paths that these annotations bear, in the order of the codebook, with how
    many of them do."""
    found = connection.execute(
        "SELECT tag, count(DISTINCT annotation) FROM annotation_tags"
        " WHERE annotation IN (SELECT value FROM json_each(?)) GROUP BY tag",
        [_listed(wanted)],
    )
    borne = dict(found.fetchall())
    paths = TagPaths.read(connection)
    return [
        (paths.path(tag), borne[tag]) for tag, _ in paths.in_order() if tag in borne
    ]


def plain_ids(connection: sqlite3.Connection, filters: AnnotationFilter) -> list[int]:
    """Ids that fit what of a filter is no question, in no order."""
    where, values = conditions(connection, filters)
    found = connection.execute(f"SELECT a.id {_SEEN}{where}", values)
    return [id for (id,) in found]


def conditions(
    connection: sqlite3.Connection, filters: AnnotationFilter
) -> tuple[str, list[Any]]:
    """What of a filter is no question, as SQL over ``a``, ``d`` and ``c``."""
    where: list[str] = []
    values: list[Any] = []

    def need(condition: str, *given: Any) -> None:
        where.append(condition)
        values.extend(given)

    if filters.document is not None:
        need("a.document = ?", filters.document)
    if filters.collection is not None:
        inside, given = document_rows.in_collection(
            connection, filters.collection, "a.document"
        )
        need(inside, *given)
    if filters.coder is not None:
        need("c.name = ?", filters.coder)
    if filters.since is not None:
        need("a.created >= ?", dates.stamped_from(filters.since))
    if filters.until is not None:
        need("a.created < ?", dates.stamped_before(filters.until))
    if filters.untagged:
        need(_UNTAGGED)
    if filters.orphans:
        need("a.anchor_state IN ('proposed', 'orphan')")
    if filters.ids is not None:
        need("a.id IN (SELECT value FROM json_each(?))", _listed(filters.ids))
    return "".join(f" AND {condition}" for condition in where), values


def _listed(ids: Sequence[int]) -> str:
    return json.dumps([int(one) for one in ids])


def _annotations(
    connection: sqlite3.Connection, found: Sequence[tuple[Any, ...]]
) -> list[Annotation]:
    """Rows of ``_SELECT`` with their tags, in the order of the codebook."""
    bare = [row[0] for row in found]
    tags: dict[int, set[int]] = {}
    for annotation, tag in connection.execute(_TAGGINGS, [_listed(bare)]):
        tags.setdefault(annotation, set()).add(tag)
    paths = TagPaths.read(connection)
    rank = {tag: place for place, (tag, _) in enumerate(paths.in_order())}
    named = {tag: paths.path(tag) for own in tags.values() for tag in own}
    out = []
    for row in found:
        own = sorted(tags.get(row[0], ()), key=rank.__getitem__)
        out.append(_annotation(row, tuple(named[tag] for tag in own)))
    return out


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
