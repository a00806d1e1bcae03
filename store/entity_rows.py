"""Reading entities and mentions as values. Merged entities count as one."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.errors import NotFound, UsageError
from store.model import ENTITY_TYPES, Entity, Mention
from store.refs import resolve

ORDERS = {
    "documents": "e.documents DESC, e.mentions DESC, e.name COLLATE NOCASE, e.id",
    "name": "e.name COLLATE NOCASE, e.id",
    "mentions": "e.mentions DESC, e.name COLLATE NOCASE, e.id",
}

_LISTED = "e.merged_into IS NULL AND e.state <> 'rejected'"

STATES = {
    "open": "e.merged_into IS NULL AND e.state = 'new'",
    "decided": "e.merged_into IS NULL AND e.state IN ('accepted', 'retyped')",
    "rejected": "e.merged_into IS NULL AND e.state = 'rejected'",
}
"""What a list can be narrowed to by what a person said: nothing yet, that it is a
name, that it is none."""

_CALLED = f"SELECT e.id FROM entities e WHERE e.name = :name AND {_LISTED}"

_KNOWN_AS = """
SELECT r.id FROM entities e JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE e.name = :name AND r.state <> 'rejected'
UNION
SELECT r.id FROM aliases a JOIN entities e ON e.id = a.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE a.name = :name AND r.state <> 'rejected'
"""

# A rejected one, so that it can be accepted after all.
_REJECTED = """
SELECT coalesce(e.merged_into, e.id) FROM aliases a
JOIN entities e ON e.id = a.entity WHERE a.name = :name
UNION
SELECT coalesce(e.merged_into, e.id) FROM entities e WHERE e.name = :name
AND EXISTS (SELECT 1 FROM aliases WHERE entity = e.id)
"""

_NAMES = f"""
SELECT e.name FROM entities e WHERE {_LISTED} ORDER BY e.documents DESC LIMIT 20000
"""

_IN_DOCUMENT = """
SELECT r.id FROM mentions m JOIN entities e ON e.id = m.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ? AND m.state <> 'rejected'
GROUP BY r.id ORDER BY count(*) DESC, min(m.start)
"""

_ALIASES = """
SELECT coalesce(e.merged_into, e.id), a.name FROM aliases a
JOIN entities e ON e.id = a.entity
WHERE e.id IN ({ids}) OR e.merged_into IN ({ids})
ORDER BY a.id
"""

_MENTIONS = """
SELECT m.id, m.document, m.start, m."end", m.surface, m.type, r.id, r.name, m.value,
    CASE WHEN r.state = 'rejected' THEN 'rejected' ELSE m.state END, m.extractor,
    coalesce(s.merged_into, s.id), m.confidence, r.type
FROM mentions m
JOIN documents d ON d.id = m.document AND d.removed IS NULL
LEFT JOIN entities e ON e.id = m.entity
LEFT JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
LEFT JOIN entities s ON s.id = m.speaker
"""


_FORMS = """
SELECT m.surface, count(*) FROM mentions m
JOIN documents d ON d.id = m.document AND d.removed IS NULL
WHERE m.entity IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)
AND m.state <> 'rejected' GROUP BY m.surface
"""


_MENTION_ORDERS = {
    "document": "m.document, m.start",
    # Sums and dates cannot be compared.
    "value": "m.number IS NULL, m.type, m.number DESC, m.document, m.start",
}


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """Which entities; every part that is given must hold."""

    type: str | None = None
    least: int = 1
    """Named in at least so many documents."""
    document: int | None = None
    name: str | None = None
    """Words that the name or an alias must hold, in any case."""
    state: str | None = None
    """One of ``STATES``; ``None`` for all that were not rejected."""


def ids(
    connection: sqlite3.Connection, filters: EntityFilter, order: str = "documents"
) -> array[int]:
    """Ids of the entities a filter lets through, in order. Raises ``UsageError``."""
    check_type(filters.type)
    if order not in ORDERS:
        raise UsageError(
            f"Entities cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    if filters.state is not None and filters.state not in STATES:
        raise UsageError(f"Names are not {filters.state}; choose {', '.join(STATES)}.")
    where = [_LISTED if filters.state is None else STATES[filters.state]]
    values: list[Any] = []
    if filters.type is not None:
        where.append("e.type = ?")
        values.append(filters.type)
    if filters.document is None:
        where.append(f"e.documents >= {int(filters.least)}")
    for word in (filters.name or "").split():
        where.append(
            "EXISTS (SELECT 1 FROM aliases a JOIN entities o ON o.id = a.entity"
            " WHERE (o.id = e.id OR o.merged_into = e.id)"
            " AND instr(folded(a.name), ?))"
        )
        values.append(word.casefold())
    sql = f"SELECT e.id FROM entities e WHERE {' AND '.join(where)}"
    if filters.document is None:
        found = connection.execute(f"{sql} ORDER BY {ORDERS[order]}", values)
        return array("q", (row[0] for row in found))
    allowed = {row[0] for row in connection.execute(sql, values)}
    named = connection.execute(_IN_DOCUMENT, [filters.document])
    return array("q", (row[0] for row in named if row[0] in allowed))


def rows(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Entity]:
    """These entities with their aliases; merged ones are not found."""
    out: dict[int, Entity] = {}
    for at in range(0, len(wanted), 500):
        marks = ", ".join(str(int(one)) for one in wanted[at : at + 500])
        aliases: dict[int, list[str]] = {}
        for entity, name in connection.execute(_ALIASES.format(ids=marks)):
            aliases.setdefault(entity, []).append(name)
        found = connection.execute(
            "SELECT id, guid, name, type, mentions, documents, state FROM entities"
            f" WHERE id IN ({marks}) AND merged_into IS NULL"
        )
        for id, guid, name, type, mentions, documents, state in found:
            other = dict.fromkeys(n for n in aliases.get(id, ()) if n != name)
            out[id] = Entity(
                id, guid, name, type, mentions, documents, tuple(other), state
            )
    return out


def find(connection: sqlite3.Connection, entity: int | str) -> int:
    """The entity meant by an id, a guid's start or an exact name, after merges. A
    name that several bear is told apart by its type: ``Kent (PER)``."""
    text = str(entity).strip()
    if not text.isdecimal():
        for sql in (_CALLED, _KNOWN_AS, _REJECTED):
            found = connection.execute(sql, {"name": text}).fetchall()
            if not found and text.endswith(")"):
                found = _of_type(connection, sql, text)
            if len(found) == 1:
                return int(found[0][0])
            if found:
                several = " or ".join(_told_apart(connection, text, found))
                raise NotFound(
                    f"More than one entity is called {text}; write {several}."
                )

    def names() -> list[str]:
        return [name for (name,) in connection.execute(_NAMES)]

    found_id = resolve(connection, "entities", "entity", text, names=names)
    row = connection.execute(
        "SELECT coalesce(merged_into, id) FROM entities WHERE id = ?", [found_id]
    ).fetchone()
    return int(row[0])


def _of_type(connection: sqlite3.Connection, sql: str, text: str) -> list[tuple[int]]:
    """What ``sql`` finds for ``NAME (TYPE)``."""
    name, _, type = text[:-1].rpartition(" (")
    found = connection.execute(sql, {"name": name}).fetchall()
    types = _types(connection, found)
    return [(id,) for (id,) in found if types.get(id) == type.upper()]


def _types(
    connection: sqlite3.Connection, found: Sequence[tuple[int]]
) -> dict[int, str]:
    marks = ", ".join(str(int(id)) for (id,) in found)
    rows = connection.execute(f"SELECT id, type FROM entities WHERE id IN ({marks})")
    return dict(rows.fetchall())


def _told_apart(
    connection: sqlite3.Connection, name: str, found: Sequence[tuple[int]]
) -> list[str]:
    """What can be written to mean each: with its type, or its id where that is no
    help."""
    types = _types(connection, found)
    given = list(types.values())
    return [
        f"{name} ({type})" if given.count(type) == 1 else str(id)
        for id, type in sorted(types.items())
    ]


def called(connection: sqlite3.Connection, entity: Entity) -> str:
    """What ``find`` finds this entity by: its name, with its type or else its id where
    others are called so."""
    for words in (entity.name, f"{entity.name} ({entity.type})"):
        try:
            if find(connection, words) == entity.id:
                return words
        except NotFound:
            continue
    return str(entity.id)


def mentions(
    connection: sqlite3.Connection,
    *,
    document: int | None = None,
    entity: int | None = None,
    type: str | None = None,
    ids: Sequence[int] | None = None,
    order: str = "document",
    limit: int | None = None,
) -> list[Mention]:
    """Mentions in the order of documents and text, or ``value``: dates and figures
    first, type by type, the largest or latest first. Raises ``UsageError``."""
    check_type(type)
    if order not in _MENTION_ORDERS:
        raise UsageError(
            f"Mentions cannot be ordered by {order};"
            f" choose {', '.join(_MENTION_ORDERS)}."
        )
    where: list[str] = ["1"]
    values: list[Any] = []
    if document is not None:
        where.append("m.document = ?")
        values.append(document)
    if entity is not None:
        where.append(
            "m.entity IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)"
        )
        values += [entity, entity]
    if type is not None:
        where.append("coalesce(r.type, m.type) = ?")
        values.append(type)
    if ids is not None:
        where.append(f"m.id IN ({', '.join(str(int(one)) for one in ids)})")
    sql = (
        f"{_MENTIONS} WHERE {' AND '.join(where)} ORDER BY {_MENTION_ORDERS[order]}"
        f" LIMIT {-1 if limit is None else int(limit)}"
    )
    return [_mention(row) for row in connection.execute(sql, values)]


def merged(connection: sqlite3.Connection, entity: int) -> int:
    """The entity that this one is now, after merges."""
    row = connection.execute(
        "SELECT coalesce(merged_into, id) FROM entities WHERE id = ?", [entity]
    ).fetchone()
    return int(row[0]) if row else entity


def forms(connection: sqlite3.Connection, entity: int) -> list[tuple[str, int]]:
    """How an entity is written in the texts, most often first, and how often; its other
    names come last."""
    times: Counter[str] = Counter()
    for surface, count in connection.execute(_FORMS, [entity, entity]):
        times[" ".join(surface.split())] += count
    found = rows(connection, [entity]).get(entity)
    for name in (found.name, *found.aliases) if found else ():
        times[name] += 0
    return times.most_common()


def places_of(
    connection: sqlite3.Connection, wanted: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Document, start and end of these mentions, in their order; what is gone is left
    out."""
    places: dict[int, tuple[int, int, int]] = {}
    for at in range(0, len(wanted), 5000):
        some = json.dumps(list(wanted[at : at + 5000]))
        for id, *place in connection.execute(
            'SELECT id, document, start, "end" FROM mentions'
            " WHERE id IN (SELECT value FROM json_each(?))",
            [some],
        ):
            places[id] = (place[0], place[1], place[2])
    return [places[id] for id in wanted if id in places]


def check_type(type: str | None) -> None:
    """Raises ``UsageError`` for a type that does not exist."""
    if type is not None and type not in ENTITY_TYPES:
        raise UsageError(
            f"There is no type {type}; the types are {', '.join(ENTITY_TYPES)}."
        )


def _mention(row: tuple[Any, ...]) -> Mention:
    (id, document, start, end, surface, type, entity, name, value, state) = row[:10]
    (extractor, speaker, confidence, entity_type) = row[10:]
    return Mention(
        id=id,
        document=document,
        start=start,
        end=end,
        surface=surface,
        type=entity_type or type,
        entity=entity,
        name=name,
        value=None if value is None else json.loads(value),
        state=state,
        extractor=extractor,
        speaker=speaker,
        confidence=confidence,
    )
