"""Open decisions about names, as one queue: what may be one, what has two types, what
may be no name at all.

What was decided never comes again: the queue is asked from what a person left in the
library, and holds nothing itself. It is read once and worked through; whether a
question is still open is told when it is shown (``store.review_cards``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from store import suggesting
from store.core import Core
from store.suggesting import Pair

Kind = Literal["one", "types", "doubt"]
"""Two names that may be one; one name that stands with several types; a name that is
nowhere sure to be one."""

KINDS: tuple[Kind, ...] = ("one", "types", "doubt")

SURE = 0.8
"""A name that is at least so sure to be one in some place is not asked about."""

# What a person said of a single mention is sure. The first sure one ends the search.
_DOUBTS = """
SELECT e.id, (SELECT max(confidence) FROM mentions
    WHERE entity = e.id AND state <> 'rejected')
FROM entities e
WHERE e.merged_into IS NULL AND e.state = 'new' AND e.documents > 0
AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.entity = e.id
    AND (m.state IN ('accepted', 'retyped')
        OR (m.state = 'new' AND m.confidence >= ?)))
ORDER BY e.mentions DESC, e.id
"""

# Aliases of what was merged count for the entity it is now.
_SAME_FORM = """
SELECT DISTINCT a.form, r.mentions, r.id, r.type
FROM aliases a JOIN entities e ON e.id = a.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE a.form IN (SELECT form FROM aliases GROUP BY form HAVING count(*) > 1)
AND r.state <> 'rejected' AND r.documents > 0
ORDER BY a.form, r.mentions DESC, r.id
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One decision that a person may take."""

    kind: Kind
    entities: tuple[int, ...]
    """Who it is about; where they may be one, the first would give the name."""
    reason: str = ""
    """Why they may be one, as a sentence; empty for the other kinds."""
    sure: float = 1.0
    """0 to 1: how sure it is that they are one, or that it is a name."""


def open_questions(core: Core) -> list[Question]:
    """Every open decision in the order in which they are asked: names that may be one,
    surest first, then names of several types and doubtful names, most frequent first.
    """
    return [*merges(core), *quick_questions(core)]


def merges(core: Core) -> list[Question]:
    """Which names may be one, surest first; all are compared, which takes a second at
    ten thousand of them."""
    return [
        Question("one", (one.id, one.other), one.reason, one.score)
        for one in suggesting.suggest(core.reader, same_name=False)
    ]


def quick_questions(core: Core) -> list[Question]:
    """The open decisions for which names need not be compared with each other."""
    connection = core.reader
    return [*_types(connection), *_doubts(connection)]


def _doubts(connection: sqlite3.Connection) -> list[Question]:
    return [
        Question("doubt", (id,), sure=sure)
        for id, sure in connection.execute(_DOUBTS, [SURE])
    ]


def _types(connection: sqlite3.Connection) -> list[Question]:
    apart = suggesting.apart(connection)
    found: dict[tuple[int, ...], int] = {}
    rows = connection.execute(_SAME_FORM)
    for _, same in groupby(rows, lambda row: row[0]):
        bearers = [(id, type, mentions) for _, mentions, id, type in same]
        if len({type for _, type, _ in bearers}) > 1:
            types = {id: type for id, type, _ in bearers}
            group = undecided([id for id, *_ in bearers], types, apart)
            if group:
                found[group] = sum(n for id, _, n in bearers if id in group)
    ordered = sorted(found, key=lambda group: (-found[group], group))
    return [Question("types", group) for group in ordered]


def undecided(
    entities: Sequence[int], types: dict[int, str], apart: set[Pair]
) -> tuple[int, ...]:
    """Those among bearers of one name who may still be one, the most frequent first;
    empty where a person said of all that they are not."""
    for at, head in enumerate(entities):
        others = [
            one
            for one in entities[at + 1 :]
            if (head, one) not in apart and types[one] != types[head]
        ]
        if others:
            return (head, *others)
    return ()
