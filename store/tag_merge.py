"""Making one tag of several, inside an act: nothing that was said or done is lost.

Whoever put both tags on an annotation keeps one tagging, the earlier, with its
date. What is below the tag that goes comes below the one that stays, and namesakes
there become one in the same way. What was written on the tag that goes is put into
the memo of the one that stays; its letter goes over if that one has none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from store import bulk
from store.acts import Act, RowChange
from store.tagpaths import TagPaths

_DOUBLE = """
SELECT o.id, k.id, o.created < k.created
FROM annotation_tags o
JOIN annotation_tags k
    ON k.annotation = o.annotation AND k.coder = o.coder AND k.tag = ?
WHERE o.tag = ?
"""

_SAID = "SELECT definition, memo, marker FROM tags WHERE id = ?"


def merge(act: Act, keep: int, others: Sequence[int]) -> None:
    """Put everything of ``others`` on ``keep``; they go.

    None of them is ``keep`` or above it.
    """
    paths = TagPaths.read(act.connection)
    # What is below another one goes first: else it would come along as its child.
    for other in sorted(set(others), key=lambda one: -paths.path(one).count("/")):
        _one(act, keep, other, paths)


def _one(act: Act, keep: int, other: int, paths: TagPaths) -> None:
    _move_taggings(act, keep, other)
    namesake = _move_children(act, keep, other, paths)
    _move_words(act, keep, other, paths.path(other))
    act.delete("tags", other)
    if namesake is not None:  # the place of the one that went is free now
        act.update("tags", namesake[0], {"folded": namesake[1]})


def _move_taggings(act: Act, keep: int, other: int) -> None:
    doubles = act.connection.execute(_DOUBLE, [keep, other]).fetchall()
    lost = [kept if is_earlier else own for own, kept, is_earlier in doubles]
    if lost:
        listed = json.dumps(lost)
        where = "id IN (SELECT value FROM json_each(?))"
        bulk.delete(act, "annotation_tags", where, [listed])
    rows = act.connection.execute(
        "SELECT id FROM annotation_tags WHERE tag = ? ORDER BY id", [other]
    ).fetchall()
    act.connection.execute(
        "UPDATE annotation_tags SET tag = ? WHERE tag = ?", [keep, other]
    )
    act.changes += [
        RowChange("annotation_tags", row, {"tag": other}, {"tag": keep})
        for (row,) in rows
    ]


def _move_children(
    act: Act, keep: int, other: int, paths: TagPaths
) -> tuple[int, str] | None:
    """Bring what is below over; returns a child that waits for the freed place."""
    children = act.connection.execute(
        "SELECT id, folded FROM tags WHERE parent = ? ORDER BY position, id", [other]
    ).fetchall()
    waiting = None
    for child, folded in children:
        twin = act.connection.execute(
            "SELECT id FROM tags WHERE parent = ? AND folded = ?", [keep, folded]
        ).fetchone()
        if twin and twin[0] == other:
            waiting = (child, folded)
            act.update("tags", child, {"parent": keep, "folded": f"{folded}\n"})
        elif twin:
            _one(act, twin[0], child, paths)
        else:
            act.update("tags", child, {"parent": keep})
    return waiting


def _move_words(act: Act, keep: int, other: int, path: str) -> None:
    definition, memo, marker = act.connection.execute(_SAID, [other]).fetchone()
    own, kept_memo, kept_marker = act.connection.execute(_SAID, [keep]).fetchone()
    said = [text.strip() for text in (definition, memo)]
    said = [text for text in said if text and text != own.strip()]
    if said:
        passage = "\n".join([f"Merged from {path}:", *said])
        before = [kept_memo.rstrip()] if kept_memo.strip() else []
        act.update("tags", keep, {"memo": "\n\n".join([*before, passage])})
    if marker is not None and kept_marker is None:
        act.update("tags", other, {"marker": None})  # a letter belongs to one tag
        act.update("tags", keep, {"marker": marker})
