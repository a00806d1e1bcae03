"""The undo log as a person reads it: ids first, then the rows that are shown.

Reading connections only. While coding is blind, what another coder did is counted
but not told.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from store import redo
from store.model import Change
from store.refusing import HIDDEN, is_blind

Whose = Literal["window", "mine", "all"]
"""Acts of this window, of this coder in whichever window, or of everyone."""

_SCOPES = {
    "window": "c.window = :window AND o.name = :coder",
    "mine": "o.name = :coder",
    "all": "1",
}

_FROM = "FROM changes c JOIN coders o ON o.id = c.coder"

_WORDS = """
folded(CASE WHEN :blind AND o.name <> :coder THEN '' ELSE c.act END || ' ' || o.name)
"""

_ROWS = f"""
SELECT c.id, c.act, o.name, c.created, c.undone IS NOT NULL, c.window,
    EXISTS (SELECT 1 FROM change_rows r WHERE r.change = c.id)
{_FROM} WHERE c.id IN (SELECT value FROM json_each(?))
"""

_PLACES = """
SELECT change, place, count(*) FROM change_rows
WHERE change IN (SELECT value FROM json_each(?)) GROUP BY change, place
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, in which window."""

    connection: sqlite3.Connection
    coder: str
    window: str


def ids(
    reader: Reader,
    whose: Whose = "all",
    *,
    words: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> array[int]:
    """Acts, newest first; those below ``before``, whose words and coder hold every
    one of ``words``, without regard to case; ``limit`` at most."""
    wanted = words.casefold().split()
    conditions = [_SCOPES[whose]]
    conditions += [f"instr({_WORDS}, :word{n})" for n in range(len(wanted))]
    if before is not None:
        conditions.append("c.id < :before")
    values = {
        "window": reader.window,
        "coder": reader.coder,
        "blind": bool(wanted) and is_blind(reader.connection),
        "before": before,
        "limit": -1 if limit is None else limit,
        **{f"word{number}": word for number, word in enumerate(wanted)},
    }
    found = reader.connection.execute(
        f"SELECT c.id {_FROM} WHERE {' AND '.join(conditions)}"
        " ORDER BY c.id DESC LIMIT :limit",
        values,
    )
    return array("q", (id for (id,) in found))


def rows(
    reader: Reader, wanted: Sequence[int], things: dict[int, int]
) -> dict[int, Change]:
    """These acts, by id. ``things`` keeps how many things each one touched, which is
    slow to count for large acts and never changes."""
    _count(reader.connection, [id for id in wanted if id not in things], things)
    blind = is_blind(reader.connection)
    again = set(_again(reader))
    found = {}
    for id, act, coder, created, undone, window, whole in reader.connection.execute(
        _ROWS, [json.dumps(list(wanted))]
    ):
        mine = coder == reader.coder
        found[id] = Change(
            id=id,
            act=act if mine or not blind else HIDDEN,
            coder=coder,
            created=created,
            undone=bool(undone),
            things=things.get(id, 0),
            undoable=mine and not undone and bool(whole),
            redoable=id in again,
            here=mine and window == reader.window,
        )
    return found


def _again(reader: Reader) -> Sequence[int]:
    row = reader.connection.execute(
        "SELECT id FROM coders WHERE name = ?", [reader.coder]
    ).fetchone()
    return () if row is None else redo.stack(reader.connection, row[0], None)


def _count(
    connection: sqlite3.Connection, wanted: Sequence[int], things: dict[int, int]
) -> None:
    touched: dict[int, dict[str, int]] = {}
    for change, place, count in connection.execute(_PLACES, [json.dumps(wanted)]):
        touched.setdefault(change, {})[place] = count
    things.update((id, _things(places)) for id, places in touched.items())


def _things(places: dict[str, int]) -> int:
    """How many things a person would say an act touched: an annotation and its tags
    are one, an entity and its names are one."""
    parts = {redo.PLACE}
    parts |= {"annotation_tags", "tags"} if "annotations" in places else set()
    parts |= {"aliases"} if "entities" in places else set()
    return sum(count for place, count in places.items() if place not in parts)
