"""Where a document's mentions and annotations stand, as arrays of numbers.

A long document holds hundreds of thousands of mentions; what is laid over its text
needs of each of them where it is, its type and its id. So they come as arrays,
without an object for each. The database puts them together itself, a stretch of the
text at a time, so that other threads are not kept waiting.

Offsets are code points into the document's text, ends exclusive.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import dataclass

from store import entity_rows
from store.core import Core
from store.model import ENTITY_TYPES, Mention
from store.tagpaths import TagPaths

_STRETCH = 500_000
"""Code points of text whose mentions are read at once."""

_TYPES = " ".join(f"WHEN '{type}' THEN {at}" for at, type in enumerate(ENTITY_TYPES))

_NAMING = """
FROM mentions m
LEFT JOIN entities e ON e.id = m.entity
LEFT JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = :document AND m.state <> 'rejected'
AND coalesce(r.state, '') <> 'rejected'
"""

_MENTIONS = f"""
SELECT json_group_array(id), json_group_array(start), json_group_array(stop),
    json_group_array(kind)
FROM (
    SELECT m.id AS id, m.start AS start, m."end" AS stop,
        CASE coalesce(r.type, m.type) {_TYPES} ELSE {len(ENTITY_TYPES)} END AS kind
    {_NAMING} AND m.type <> 'QUOTE' AND m.start >= :low AND m.start < :high
    ORDER BY m.start, m."end"
)
"""

_NAMED = f"""
SELECT coalesce(r.type, m.type), coalesce(r.name, substr(m.surface, 1, 200)), count(*),
    min(m.start)
{_NAMING} GROUP BY 1, 2
"""

_ANNOTATIONS = """
SELECT a.id, a.start, a."end", a.anchor_state = 'orphan' FROM seen_annotations a
WHERE a.document = ?
ORDER BY a.start IS NOT NULL, a.start, a."end" DESC, a.id
"""

_TAGGINGS = """
SELECT t.annotation, t.tag FROM annotation_tags t
JOIN seen_annotations a ON a.id = t.annotation
WHERE a.document = ?
"""

_LITERAL = frozenset({"DATE", "MONEY", "PERCENT", "QUANTITY", "QUOTE"})


@dataclass(frozen=True, slots=True)
class Spans:
    """Passages of one document, as arrays of one length."""

    starts: array[int]
    ends: array[int]
    ids: array[int]
    kinds: array[int]
    """Places in ``names``."""
    names: tuple[str, ...]
    numbers: array[int] | None = None
    """Of annotations: their numbers in the document, from 1."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who or what is named in a document: an entity, or a literal by its words."""

    type: str
    name: str
    count: int
    first: int
    """Offset of the first mention."""


def of_mentions(core: Core, document: int) -> Spans:
    """The mentions of a document that nobody rejected, by start and end.

    Quotations are not among them: they hold names, and the spans of a layer that is
    walked from mention to mention must not overlap.
    ``names`` are the types of entities and, last, an empty one.
    """
    reader = core.reader
    (last,) = reader.execute(
        "SELECT max(start) FROM mentions WHERE document = ?", [document]
    ).fetchone()
    columns = tuple(array("q") for _ in range(4))
    for low in range(0, (-1 if last is None else last) + 1, _STRETCH):
        wanted = {"document": document, "low": low, "high": low + _STRETCH}
        row = reader.execute(_MENTIONS, wanted).fetchone()
        for column, found in zip(columns, row, strict=True):
            column.fromlist(json.loads(found))
    ids, starts, ends, kinds = columns
    return Spans(starts, ends, ids, kinds, (*ENTITY_TYPES, ""))


def of_annotations(core: Core, document: int) -> Spans:
    """The annotations of a document that have a place in it, by start.

    ``names`` are the colours of tags, ``tag-0`` to ``tag-7``, and last an empty one;
    an annotation has the colour of its first tag in the order of the codebook.
    Numbers count all annotations of the document, those without a place too.
    """
    reader = core.reader
    colours = _colours(reader, document)
    names = (*(f"tag-{colour}" for colour in range(8)), "")
    columns = tuple(array("q") for _ in range(5))
    rows = reader.execute(_ANNOTATIONS, [document])
    for number, (id, start, end, is_lost) in enumerate(rows, start=1):
        if start is None or is_lost:
            continue
        values = (start, end, id, colours.get(id, 8), number)
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    starts, ends, ids, kinds, numbers = columns
    return Spans(starts, ends, ids, kinds, names, numbers)


def _colours(reader: sqlite3.Connection, document: int) -> dict[int, int]:
    """The colour of the first tag of each annotation that has tags."""
    tagged = reader.execute(_TAGGINGS, [document]).fetchall()
    if not tagged:
        return {}
    ranks = {
        tag: rank for rank, (tag, _) in enumerate(TagPaths.read(reader).in_order())
    }
    first: dict[int, int] = {}
    for annotation, tag in tagged:
        before = first.get(annotation)
        if before is None or ranks[tag] < ranks[before]:
            first[annotation] = tag
    of_tags = dict(reader.execute("SELECT id, colour FROM tags").fetchall())
    return {annotation: of_tags[tag] % 8 for annotation, tag in first.items()}


def named(core: Core, document: int) -> list[Named]:
    """Who and what is named in a document, names first, most often first."""
    found: dict[tuple[str, str], Named] = {}
    for type, name, count, first in core.reader.execute(_NAMED, {"document": document}):
        words = " ".join(name.split())
        # Literals that differ only in their blanks are one.
        before = found.get((type, words), Named(type, words, 0, first))
        found[type, words] = Named(
            type, words, count + before.count, min(first, before.first)
        )
    return sorted(
        found.values(), key=lambda one: (one.type in _LITERAL, -one.count, one.first)
    )


def mention(core: Core, id: int) -> Mention | None:
    """One mention, if it is still there."""
    found = entity_rows.mentions(core.reader, ids=[id])
    return found[0] if found else None
