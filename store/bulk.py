"""Many rows of one table inside an act, all of them in its undo entry.

``Act`` writes a row at a time, which is right for what a person decides one by one;
ten thousand documents that go into a collection together are written together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from store.acts import PLACES, Act, RowChange


def insert(
    act: Act, place: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Add rows; returns how many.

    ``place`` numbers its rows by AUTOINCREMENT, so the new ones are those above.
    """
    before = _last(act, place)
    marks = ", ".join("?" for _ in columns)
    act.connection.executemany(
        f"INSERT INTO {place}({', '.join(columns)}) VALUES ({marks})", rows
    )
    found = _read(act, place, "id > ?", [before])
    act.changes += [RowChange(place, row["id"], None, row) for row in found]
    return len(found)


def delete(act: Act, place: str, where: str, values: Sequence[Any]) -> int:
    """Take rows out; returns how many."""
    found = _read(act, place, where, values)
    act.connection.execute(f"DELETE FROM {place} WHERE {where}", values)
    act.changes += [RowChange(place, row["id"], row, None) for row in found]
    return len(found)


def _last(act: Act, place: str) -> int:
    (last,) = act.connection.execute(
        f"SELECT coalesce(max(id), 0) FROM {_checked(place)}"
    ).fetchone()
    return int(last)


def _read(
    act: Act, place: str, where: str, values: Sequence[Any]
) -> list[dict[str, Any]]:
    cursor = act.connection.execute(
        f"SELECT * FROM {_checked(place)} WHERE {where} ORDER BY id", values
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _checked(place: str) -> str:
    if place not in PLACES:
        raise ValueError(place)
    return place
