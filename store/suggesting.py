"""Which names a person is asked about as one: what the rules on names propose, less
what was decided already.

Names in one document help each other, so every name is given with its documents.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from store.model import AliasProposal

if TYPE_CHECKING:
    from store.aliases import Name

_SAME_NAME_SCORE = 0.8

_NAMES = """
SELECT id, name, type, mentions FROM entities WHERE merged_into IS NULL
AND state <> 'rejected' AND documents > 0 ORDER BY id
"""

# Where each name stands, also by what was merged into it; the index holds it all.
_WHERE = """
SELECT DISTINCT entity, document FROM mentions INDEXED BY mentions_entity
WHERE entity IS NOT NULL AND state <> 'rejected'
AND document IN (SELECT id FROM documents WHERE removed IS NULL)
ORDER BY entity, document
"""

_MERGED = "SELECT id, merged_into FROM entities WHERE merged_into IS NOT NULL"

# One name that was taken for two types; who is named more often comes first.
_SAME_NAME = """
SELECT DISTINCT e.id, o.id, e.type, o.type
FROM aliases a JOIN entities e ON e.id = a.entity
JOIN aliases b ON b.form = a.form AND b.entity <> a.entity
JOIN entities o ON o.id = b.entity
WHERE e.type <> o.type AND e.documents > 0 AND o.documents > 0
AND e.merged_into IS NULL AND o.merged_into IS NULL
AND e.state <> 'rejected' AND o.state <> 'rejected'
AND (e.mentions > o.mentions OR (e.mentions = o.mentions AND e.id < o.id))
"""

# What was said of an entity that was merged since goes for the one it is now.
_APART = """
SELECT coalesce(e.merged_into, e.id), coalesce(o.merged_into, o.id)
FROM distinct_entities d
JOIN entities e ON e.id = d.entity JOIN entities o ON o.id = d.other
"""

Pair = tuple[int, int]


def suggest(
    connection: sqlite3.Connection, *, doubtful: bool = False, same_name: bool = True
) -> list[AliasProposal]:
    """Pairs of names that may be one entity, surest first; ``doubtful``: also those
    for which little speaks, ``same_name``: also one name that has two types."""
    from store.aliases import THRESHOLD, Name, propose

    documents = _documents(connection)
    nowhere: frozenset[int] = frozenset()
    names = {
        id: Name(id, name, type, count, documents.get(id, nowhere))
        for id, name, type, count in connection.execute(_NAMES)
    }
    least = 0.0 if doubtful else THRESHOLD
    found = [
        (*_fuller_first(names[one.id], names[one.other]), one.score, one.reason)
        for one in propose(list(names.values()), least=least)
    ]
    if same_name:
        found += [
            (
                id,
                other,
                _SAME_NAME_SCORE,
                f"the same name, once {kind}, once {other_kind}",
            )
            for id, other, kind, other_kind in connection.execute(_SAME_NAME)
        ]
    kept_apart = apart(connection)
    proposals = [
        AliasProposal(id, names[id].name, other, names[other].name, score, reason)
        for id, other, score, reason in found
        if (id, other) not in kept_apart
    ]
    return sorted(proposals, key=lambda one: -one.score)


def _fuller_first(keep: Name, other: Name) -> Pair:
    """A person's whole name would give the name, also where texts use the surname
    more often, as news do."""
    from store.aliases.people import person

    if keep.type == other.type == "PER":
        one, whole = person(keep.name), person(other.name)
        is_part = one and whole and set(one.tokens) < set(whole.tokens)
        if is_part and one and len(one.tokens) == 1 and not one.crowned:
            return other.id, keep.id
    return keep.id, other.id


def apart(connection: sqlite3.Connection) -> set[Pair]:
    """Pairs of entities that a person said are two, in both orders."""
    pairs = connection.execute(_APART).fetchall()
    return {*pairs, *((other, one) for one, other in pairs)}


def _documents(connection: sqlite3.Connection) -> dict[int, frozenset[int]]:
    """The documents that name each entity."""
    found = {
        entity: frozenset(document for _, document in rows)
        for entity, rows in groupby(connection.execute(_WHERE), lambda row: row[0])
    }
    members: defaultdict[int, list[int]] = defaultdict(list)
    for member, root in connection.execute(_MERGED):
        members[root].append(member)
    nowhere: frozenset[int] = frozenset()
    for root, several in members.items():
        found[root] = found.get(root, nowhere).union(
            *(found.get(member, nowhere) for member in several)
        )
    return found
