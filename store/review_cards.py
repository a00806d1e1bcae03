"""What a person sees of one open decision: the names and passages that bear them.

Only the surroundings of a passage leave the library, never a whole text.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from store import entity_rows, suggesting
from store.core import Core
from store.model import Entity
from store.review import Question, undecided

CONTEXT = 200
"""Code points around a passage."""

MOST_MEMBERS = 8
"""Merged spellings in whose mentions passages are looked for."""

LOOKED_AT = 12
"""Mentions of a spelling among which passages are chosen."""

_ROOT = """
SELECT r.id, r.state, r.documents, r.type FROM entities e
JOIN entities r ON r.id = coalesce(e.merged_into, e.id) WHERE e.id = ?
"""

_MEMBERS = """
SELECT id FROM entities WHERE id = :root
UNION ALL SELECT id FROM entities WHERE merged_into = :root LIMIT :limit
"""

# The first place of each document, by the index that holds all of it but the place.
_PLACES = """
SELECT min(m.id), m.document, m.surface FROM mentions m
JOIN documents d ON d.id = m.document AND d.removed IS NULL
WHERE m.entity = ? AND m.state <> 'rejected' GROUP BY m.document LIMIT ?
"""

_MORE_PLACES = """
SELECT m.id, m.document, m.surface FROM mentions m
JOIN documents d ON d.id = m.document AND d.removed IS NULL
WHERE m.entity = ? AND m.state <> 'rejected' LIMIT ?
"""

_PASSAGE = """
SELECT m.id, m.document, m.start, m."end", m.surface, d.title, d.published,
    substr(d.text, max(0, m.start - :room) + 1, m.start - max(0, m.start - :room)),
    substr(d.text, m."end" + 1, :room)
FROM mentions m JOIN documents d ON d.id = m.document WHERE m.id = :mention
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where a name stands, with what is around it."""

    mention: int
    document: int
    start: int
    """In code points of the document's text, as ``end``, which is exclusive."""
    end: int
    surface: str
    title: str
    published: str | None
    before: str
    """At most ``CONTEXT`` code points in front, as they are."""
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the names that a decision is about."""

    entity: Entity
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A decision with what it takes to decide."""

    question: Question
    """As it is now: entities that were merged since are those they are now."""
    sides: tuple[Side, ...]


def card(core: Core, question: Question, passages: int = 3) -> Card | None:
    """What is to be shown of a question, ``passages`` a name at most; ``None`` if it
    is decided meanwhile."""
    connection = core.reader
    now = _as_it_is(connection, question)
    if now is None:
        return None
    rows = entity_rows.rows(connection, now.entities)
    if any(entity not in rows for entity in now.entities):
        return None
    return Card(
        now,
        tuple(
            Side(rows[entity], _passages(connection, entity, passages))
            for entity in now.entities
        ),
    )


def _as_it_is(connection: sqlite3.Connection, question: Question) -> Question | None:
    """The question about whoever the entities are now; ``None`` if it is closed."""
    states: dict[int, str] = {}
    types: dict[int, str] = {}
    for entity in question.entities:
        row = connection.execute(_ROOT, [entity]).fetchone()
        if row is not None and row[1] != "rejected" and row[2]:
            states[row[0]], types[row[0]] = row[1], row[3]
    if question.kind == "doubt":
        is_open = list(states.items()) == [(question.entities[0], "new")]
        return question if is_open else None
    entities = tuple(states)
    apart = suggesting.apart(connection)
    if question.kind == "types":
        entities = undecided(entities, types, apart)
    elif len(entities) < len(question.entities) or entities[:2] in apart:
        return None
    return replace(question, entities=entities) if len(entities) > 1 else None


def _passages(
    connection: sqlite3.Connection, entity: int, most: int
) -> tuple[Passage, ...]:
    """Where it stands: every way of writing it first, then other documents."""
    values = {"root": entity, "limit": MOST_MEMBERS}
    places: dict[int, tuple[int, str]] = {}
    for (member,) in connection.execute(_MEMBERS, values).fetchall():
        for sql in (_PLACES, _MORE_PLACES):
            for id, document, surface in connection.execute(sql, [member, LOOKED_AT]):
                places.setdefault(id, (document, surface))
    documents: set[int] = set()
    surfaces: set[str] = set()
    ranks: dict[int, int] = {}
    for id, (document, surface) in places.items():
        is_new = (surface not in surfaces, document not in documents)
        ranks[id] = 0 if is_new[0] else 1 if is_new[1] else 2
        surfaces.add(surface)
        documents.add(document)
    wanted = sorted(sorted(places, key=lambda id: ranks[id])[:most])
    return tuple(_passage(connection, mention) for mention in wanted)


def _passage(connection: sqlite3.Connection, mention: int) -> Passage:
    values = {"mention": mention, "room": CONTEXT}
    return Passage(*connection.execute(_PASSAGE, values).fetchone())
