"""Tagging, untagging and deleting many annotations inside one act."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence

from store import bulk, codebook
from store.acts import Act, RowChange
from store.errors import NotFound

_THESE = "IN (SELECT value FROM json_each(?))"


def known(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[int]:
    """The ids, each once, if all of them are there to be seen. Raises ``NotFound``."""
    unique = list(dict.fromkeys(int(one) for one in wanted))
    rows = connection.execute(
        f"SELECT id FROM seen_annotations WHERE id {_THESE}", [json.dumps(unique)]
    )
    there = {id for (id,) in rows}
    for one in unique:
        if one not in there:
            raise NotFound(f"There is no annotation {one}.")
    return unique


def tag(act: Act, ids: Sequence[int], paths: Sequence[str]) -> int:
    """Put tags on annotations, missing tags are made; returns how many changed."""
    wanted = list(dict.fromkeys(codebook.ensure(act, path) for path in paths))
    rows = act.connection.execute(
        f"SELECT annotation, tag FROM annotation_tags WHERE annotation {_THESE}",
        [json.dumps(list(ids))],
    )
    borne = set(rows.fetchall())
    new = [(one, tag) for one in ids for tag in wanted if (one, tag) not in borne]
    bulk.insert(
        act,
        "annotation_tags",
        ("guid", "annotation", "tag", "coder", "created"),
        ((str(uuid.uuid4()), one, tag, act.coder, act.now) for one, tag in new),
    )
    return _touch(act, list(dict.fromkeys(one for one, _ in new)))


def untag(act: Act, ids: Sequence[int], paths: Sequence[str]) -> int:
    """Take tags off annotations; returns how many changed. Raises ``NotFound``."""
    gone = [codebook.find(act.connection, path) for path in paths]
    before = len(act.changes)
    bulk.delete(
        act,
        "annotation_tags",
        f"annotation {_THESE} AND tag {_THESE}",
        [json.dumps(list(ids)), json.dumps(gone)],
    )
    bare = [(change.before or {})["annotation"] for change in act.changes[before:]]
    return _touch(act, list(dict.fromkeys(bare)))


def delete(act: Act, ids: Sequence[int]) -> int:
    """Delete annotations, softly; returns how many."""
    return _update(act, ids, {"deleted": act.now})


def proposed(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> list[tuple[int, int, int, int]]:
    """Those of the annotations whose place is only proposed: id, document, start,
    end; of one document after the other."""
    rows = connection.execute(
        'SELECT id, document, start, "end" FROM annotations'
        f" WHERE anchor_state = 'proposed' AND id {_THESE} ORDER BY document, id",
        [json.dumps(list(ids))],
    )
    return [(id, document, start, end) for id, document, start, end in rows]


def _touch(act: Act, ids: Sequence[int]) -> int:
    return _update(act, ids, {"modified": act.now})


def _update(act: Act, ids: Sequence[int], values: dict[str, str]) -> int:
    """The same values for many annotations; returns how many were changed."""
    names = list(values)
    rows = act.connection.execute(
        f"SELECT id, {', '.join(names)} FROM annotations WHERE id {_THESE}",
        [json.dumps(list(ids))],
    ).fetchall()
    if len(rows) < len(ids):
        raise NotFound("Some of the annotations were purged elsewhere.")
    setting = ", ".join(f"{name} = ?" for name in names)
    act.connection.executemany(
        f"UPDATE annotations SET {setting} WHERE id = ?",
        [(*values.values(), row[0]) for row in rows],
    )
    act.changes += [
        RowChange(
            "annotations", row[0], dict(zip(names, row[1:], strict=True)), dict(values)
        )
        for row in rows
    ]
    return len(rows)
