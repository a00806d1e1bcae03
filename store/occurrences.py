"""Where tags and entities occur, as numbers to count with.

Merged entities count as the one they were merged into, rejected ones and rejected
mentions not at all; a tag may stand for what is below it too. Annotations are read as
this coder may see them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy

from store.document_rows import DocumentFilter, conditions
from store.incidence import Incidence
from store.tagpaths import TagPaths

if TYPE_CHECKING:
    from store.incidence import Flags, Numbers

TAG, ENTITY = "tag", "entity"

FEW = 4_000
"""Documents whose entities are read from the documents; of more it is quicker to
read all entities."""


class Thing(NamedTuple):
    """A tag or an entity."""

    kind: str
    """``tag`` or ``entity``."""
    id: int


class Stands(NamedTuple):
    """One place of a text that is tagged, or names somebody; code points."""

    start: int
    end: int
    things: tuple[int, ...]
    """Numbers of the things, as the caller counts them."""


class Bearing(NamedTuple):
    """An annotation with a tag: one row for each of its tags."""

    annotation: int
    document: int
    start: int | None
    """``None`` for a whole document and where the passage is lost or unsure."""
    end: int | None
    tag: int


_LIVE = """
SELECT group_concat(id) FROM entities
WHERE merged_into IS NULL AND state <> 'rejected' {type}
"""

_MERGED = "SELECT id, merged_into FROM entities WHERE merged_into IS NOT NULL"

_ALL_DOCUMENTS = """
SELECT entity, group_concat(document) FROM (
    SELECT DISTINCT entity, document FROM mentions
    WHERE entity > 0 AND state <> 'rejected'
) GROUP BY entity
"""

_ITS_DOCUMENTS = """
SELECT group_concat(document) FROM (
    SELECT DISTINCT document FROM mentions WHERE entity = ? AND state <> 'rejected'
)
"""

_IN_DOCUMENTS = """
SELECT DISTINCT document, entity FROM mentions
WHERE document IN (SELECT value FROM json_each(?))
AND entity > 0 AND state <> 'rejected'
"""

_MOST_NAMED = """
SELECT id FROM entities WHERE merged_into IS NULL AND state <> 'rejected'
AND documents > 0 {type} ORDER BY documents DESC, id LIMIT ?
"""

_TEXT_PLACES = """
SELECT start, "end", entity FROM mentions
WHERE document = ? AND entity > 0 AND state <> 'rejected' ORDER BY start, "end"
"""

_BEARING = """
SELECT DISTINCT a.id, a.document,
    CASE WHEN a.anchor_state IN ('exact', 'moved') THEN a.start END,
    CASE WHEN a.anchor_state IN ('exact', 'moved') THEN a."end" END, t.tag
FROM seen_annotations a JOIN annotation_tags t ON t.annotation = a.id
ORDER BY a.document, a.start, a.id
"""


def documents_in(connection: sqlite3.Connection, filters: DocumentFilter) -> Numbers:
    """Ids of the documents a filter lets through, ascending."""
    where, values = conditions(connection, filters)
    (listed,) = connection.execute(
        f"SELECT group_concat(d.id) FROM documents d WHERE {where}", values
    ).fetchone()
    return numpy.sort(_numbers(listed))


def _numbers(listed: str | None) -> Numbers:
    """Numbers parted by commas: as one string they cost a third of as many rows."""
    return numpy.fromstring(listed or "", dtype=numpy.int64, sep=",")


@dataclass(frozen=True)
class Roots:
    """Which entity each row of the table counts for."""

    of: Numbers
    """By id: the entity it counts for, or 0 where it does not count."""

    @classmethod
    def read(cls, connection: sqlite3.Connection, type: str | None = None) -> Roots:
        """The entities of a type, or all."""
        of_type, values = ("AND type = ?", [type]) if type else ("", [])
        (listed,) = connection.execute(_LIVE.format(type=of_type), values).fetchone()
        live = _numbers(listed)
        merged = connection.execute(_MERGED).fetchall()
        top = max(int(live.max(initial=0)), max((id for id, _ in merged), default=0))
        found = numpy.zeros(top + 1, dtype=numpy.int64)
        found[live] = live
        for id, root in merged:
            found[id] = found[root] if root <= top else 0
        return cls(found)

    def members(self, wanted: Iterable[int]) -> list[int]:
        """Every row that counts for one of these."""
        return numpy.flatnonzero(numpy.isin(self.of, list(wanted))).tolist()

    def counting(self, entities: Numbers) -> Numbers:
        """What each of these rows counts for, 0 for nothing."""
        inside = entities < len(self.of)
        return numpy.where(inside, self.of[numpy.where(inside, entities, 0)], 0)


def entity_documents(
    connection: sqlite3.Connection, roots: Roots, wanted: Sequence[int] | None = None
) -> tuple[Numbers, Numbers]:
    """Documents and entities named in them, two columns; removed documents too.

    Of all entities, or of the ``wanted``. A row may stand there more than once where
    entities were merged.
    """
    documents: list[Numbers] = []
    entities: list[Numbers] = []

    def take(entity: int, listed: str | None) -> None:
        found = _numbers(listed)
        documents.append(found)
        entities.append(numpy.full(len(found), entity, dtype=numpy.int64))

    if wanted is None:
        for entity, listed in connection.execute(_ALL_DOCUMENTS):
            take(entity, listed)
    else:
        for member in roots.members(wanted):
            take(member, *connection.execute(_ITS_DOCUMENTS, [member]).fetchone())
    return _counting(roots, joined(documents), joined(entities))


def entities_of(
    connection: sqlite3.Connection, roots: Roots, documents: Numbers
) -> tuple[Numbers, Numbers]:
    """The same for all entities of a few documents."""
    import json

    rows = connection.execute(
        _IN_DOCUMENTS, [json.dumps(documents.tolist())]
    ).fetchall()
    table = numpy.array(rows, dtype=numpy.int64).reshape(-1, 2)
    return _counting(roots, table[:, 0], table[:, 1])


def entities_in(
    connection: sqlite3.Connection, roots: Roots, scope: Numbers
) -> tuple[Numbers, Numbers]:
    """The same for the documents of ``scope``, which is sorted, in the quicker way."""
    if len(scope) <= FEW:
        return entities_of(connection, roots, scope)
    documents, entities = entity_documents(connection, roots)
    kept = within(documents, scope)
    return documents[kept], entities[kept]


def most(documents: Numbers, things: Numbers, top: int) -> list[int]:
    """The things that stand in most documents, at most ``top``, most first."""
    size = int(things.max(initial=0)) + 1
    counts = Incidence.of(documents, things, size).per_thing(size)
    known = numpy.flatnonzero(counts)
    best: list[int] = known[numpy.lexsort((known, -counts[known]))][:top].tolist()
    return best


def most_named(
    connection: sqlite3.Connection, filters: DocumentFilter, type: str | None, top: int
) -> list[int]:
    """The entities named in most of the documents a filter lets through."""
    if filters == DocumentFilter():
        # Counters are kept with the entities, over all documents.
        of_type, values = ("AND type = ?", [type]) if type else ("", [])
        rows = connection.execute(
            _MOST_NAMED.format(type=of_type), [*values, top]
        ).fetchall()
        return [id for (id,) in rows]
    roots = Roots.read(connection, type)
    return most(*entities_in(connection, roots, documents_in(connection, filters)), top)


def _counting(
    roots: Roots, documents: Numbers, entities: Numbers
) -> tuple[Numbers, Numbers]:
    counted = roots.counting(entities)
    kept = counted > 0
    return documents[kept], counted[kept]


def joined(parts: Sequence[Numbers]) -> Numbers:
    """One array of several, also of none."""
    return numpy.concatenate(parts) if parts else numpy.empty(0, dtype=numpy.int64)


def within(values: Numbers, allowed: Numbers) -> Flags:
    """Which of the values are in ``allowed``, which is sorted: true or false."""
    if not len(allowed):
        return numpy.zeros(len(values), dtype=numpy.bool_)
    places = numpy.searchsorted(allowed, values)
    places[places == len(allowed)] = 0
    found: Flags = allowed[places] == values
    return found


def entity_places(
    connection: sqlite3.Connection, document: int, number_of: Sequence[int]
) -> list[Stands]:
    """Where a document names entities, by ``number_of`` (by row; -1: not wanted)."""
    return [
        Stands(start, end, (number_of[entity],))
        for start, end, entity in connection.execute(_TEXT_PLACES, [document])
        if entity < len(number_of) and number_of[entity] >= 0
    ]


class Tagged:
    """Every annotation with its tags, by document."""

    def __init__(self, connection: sqlite3.Connection, *, below: bool = True) -> None:
        """``below``: a tag stands for those below it too."""
        self.paths = TagPaths.read(connection)
        self.rows = [Bearing(*row) for row in connection.execute(_BEARING)]
        self._below = below

    @cached_property
    def means(self) -> dict[int, tuple[int, ...]]:
        """What each tag counts for: itself, and those above it where they stand for
        what is below them."""
        found: dict[int, tuple[int, ...]] = {}
        for tag in self.paths.ids:
            above = [tag]
            parent = self.paths.parents[tag]
            while self._below and parent is not None:
                above.append(parent)
                parent = self.paths.parents[parent]
            found[tag] = tuple(above)
        return found

    def documents(self) -> tuple[Numbers, Numbers]:
        """Documents and tags in them, two columns; a row may stand there twice."""
        rows = [
            (row.document, tag)
            for row in self.rows
            for tag in self.means.get(row.tag, ())
        ]
        table = numpy.array(rows, dtype=numpy.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def _by_document(self) -> dict[int, list[Bearing]]:
        found: dict[int, list[Bearing]] = {}
        for row in self.rows:
            found.setdefault(row.document, []).append(row)
        return found

    def places(self, document: int, number_of: dict[int, int]) -> Iterator[Stands]:
        """The tagged passages of a document, one for each annotation that bears a tag
        of ``number_of``, in the order of the text."""
        spans: dict[int, tuple[int, int]] = {}
        things: dict[int, dict[int, None]] = {}
        for row in self._by_document.get(document, ()):
            if row.start is None or row.end is None:
                continue
            spans[row.annotation] = row.start, row.end
            for tag in self.means.get(row.tag, ()):
                if tag in number_of:
                    things.setdefault(row.annotation, {})[number_of[tag]] = None
        for annotation, span in spans.items():
            if annotation in things:
                yield Stands(*span, tuple(things[annotation]))
