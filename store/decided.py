"""What a person decided about names, as later extractions obey it.

A name is looked up among the aliases: whatever entity a person left an alias with is
meant, also where that entity is rejected. A place of a text about which a person
decided is not written again.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from store.model import Found

Key = tuple[int, int, str]
"""Start, end and type of a mention in its document."""

_BY_ALIAS = """
SELECT entity, name = ? FROM aliases
WHERE form = ? AND type = ? ORDER BY name = ? DESC, id LIMIT 1
"""

# What a person said of a name holds whatever the extractor takes it for now; who is
# somebody comes before who is nobody.
_DECIDED = """
SELECT a.entity, a.name = ? FROM aliases a
JOIN entities e ON e.id = a.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE a.form = ? AND r.state <> 'new'
ORDER BY r.state = 'rejected', a.id LIMIT 1
"""

_PLACES = """
SELECT start, "end", type, state FROM mentions
WHERE document = ? AND state <> 'new' ORDER BY start
"""

_UNDECIDED = """
SELECT start, "end", type, id FROM mentions WHERE document = ? AND state = 'new'
"""


def entity_of(
    connection: sqlite3.Connection, name: str, form: str, type: str
) -> tuple[int, bool] | None:
    """Which entity a found name means, and whether it is an alias letter by letter;
    ``None`` for one that nobody has seen. The entity may be merged or rejected."""
    row = connection.execute(_BY_ALIAS, [name, form, type, name]).fetchone()
    row = row or connection.execute(_DECIDED, [name, form]).fetchone()
    return None if row is None else (int(row[0]), bool(row[1]))


def fresh(
    connection: sqlite3.Connection, document: int, found: Sequence[Found]
) -> list[Found]:
    """What may be written of what was found in a document: nothing in a place about
    which a person decided, nor what overlaps a mention that a person made or kept.
    Quotations are told by their place alone, as names stand inside them."""
    decided = connection.execute(_PLACES, [document]).fetchall()
    if not decided:
        return list(found)
    taken = {(start, end) for start, end, *_ in decided}
    standing = [
        (start, end)
        for start, end, type, state in decided
        if state != "rejected" and type != "QUOTE"
    ]
    starts = [start for start, _ in standing]
    furthest = list(accumulate((end for _, end in standing), max))

    def is_free(one: Found) -> bool:
        if (one.start, one.end) in taken:
            return False
        before = bisect_left(starts, one.end)
        overlaps = before > 0 and furthest[before - 1] > one.start
        return one.type == "QUOTE" or not overlaps

    return [one for one in found if is_free(one)]


def known_ids(connection: sqlite3.Connection, document: int) -> dict[Key, int]:
    """Ids of the mentions about which nobody decided: what is found again in its
    place keeps its id, so that a person can go on naming it, and redo finds it."""
    rows = connection.execute(_UNDECIDED, [document])
    return {(start, end, type): id for start, end, type, id in rows}
