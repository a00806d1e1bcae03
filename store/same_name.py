"""Where else the same one is named: in a document, and which documents name it too.

The same one is an entity with whatever was merged into it; of a date, a sum or
another literal it is the same value, however it is written.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence

from store.measures import measure
from store.model import Mention

_NAMED = """
m.entity IN (SELECT id FROM entities WHERE id = :entity OR merged_into = :entity)
"""

_MEANT = """
m.type = :type AND m.number = :number AND m.unit IS :unit
AND m.value = (SELECT value FROM mentions WHERE id = :id)
"""

_WRITTEN = "m.type = :type AND m.surface = :surface"

_HERE = """
SELECT m.start, m."end" FROM mentions m WHERE m.document = :document
AND {same} AND m.state <> 'rejected' AND m.type <> 'QUOTE' ORDER BY m.start
"""

_FIRST = """
SELECT m.document, min(m.start) FROM mentions m
JOIN documents d ON d.id = m.document AND d.removed IS NULL
WHERE {same} AND m.state <> 'rejected' AND m.type <> 'QUOTE' GROUP BY m.document
"""


def in_document(
    connection: sqlite3.Connection, document: int, one: Mention
) -> list[tuple[int, int]]:
    """Start and end, in code points, of every mention of the same one in a document."""
    asked = _asked(one) | {"document": document}
    return connection.execute(_HERE.format(same=_same(one)), asked).fetchall()


def first_in_each(connection: sqlite3.Connection, one: Mention) -> dict[int, int]:
    """The documents that name the same one, each with where it does so first."""
    return dict(connection.execute(_FIRST.format(same=_same(one)), _asked(one)))


def next_of(
    among: Sequence[int] | array[int],
    here: int,
    wanted: Mapping[int, int],
    *,
    forward: bool,
) -> int | None:
    """The document after ``here``, or before it, that is one of ``wanted``, in the
    order of ``among``; from outside of it, the first or the last."""
    order = among if forward else among[::-1]
    at = next((place for place, id in enumerate(order) if id == here), -1)
    return next((id for id in order[at + 1 :] if id in wanted and id != here), None)


def _same(one: Mention) -> str:
    if one.entity is not None:
        return _NAMED
    return _WRITTEN if measure(one.type, one.value)[0] is None else _MEANT


def _asked(one: Mention) -> dict[str, object]:
    number, unit = measure(one.type, one.value)
    return {
        **{"entity": one.entity, "type": one.type, "surface": one.surface},
        **{"id": one.id, "number": number, "unit": unit},
    }
