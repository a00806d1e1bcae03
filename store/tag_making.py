"""Finding tags by what people write, and making them inside an act."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from store.acts import Act
from store.errors import NotFound, UsageError
from store.refs import resolve
from store.tag_names import check_path, fold_name
from store.tagpaths import TagPaths

COLOURS = 8
"""How many colours there are; a tag's is a number below this."""

_EDITABLE = {"definition", "colour", "marker", "memo"}

_CHILD = "SELECT id FROM tags WHERE coalesce(parent, 0) = ? AND folded = ?"


def find(connection: sqlite3.Connection, tag: int | str) -> int:
    """The id meant by an id, a guid's start, a path or a unique name.

    Raises ``NotFound`` with the nearest paths.
    """
    if isinstance(tag, int):
        return resolve(connection, "tags", "tag", tag)
    named = _by_name(connection, tag)
    if named is not None:
        return named
    return resolve(
        connection,
        "tags",
        "tag",
        tag,
        names=lambda: TagPaths.read(connection).all_paths(),
    )


def child(connection: sqlite3.Connection, parent: int | None, name: str) -> int | None:
    """The tag of a name right below another, or at the top."""
    row = connection.execute(_CHILD, [parent or 0, fold_name(name)]).fetchone()
    return None if row is None else int(row[0])


def _by_name(connection: sqlite3.Connection, name: str) -> int | None:
    """The tag of this path, or the only one with this name. Raises ``NotFound``."""
    parts = [" ".join(part.split()) for part in name.strip().strip("/").split("/")]
    at: int | None = None
    for part in parts:
        at = child(connection, at, part)
        if at is None:
            break
    if at is not None or len(parts) > 1:
        return at
    rows = connection.execute(
        "SELECT id FROM tags WHERE folded = ?", [fold_name(parts[0])]
    ).fetchall()
    if len(rows) > 1:
        paths = TagPaths.read(connection)
        several = ", ".join(sorted(paths.path(tag) for (tag,) in rows))
        raise NotFound(f"More than one tag is called {name}: {several}.")
    return int(rows[0][0]) if rows else None


def ensure(act: Act, path: str) -> int:
    """The tag of this path, made inside the act with all that is missing above.

    A single name means the one tag that bears it anywhere, if only one does.
    """
    parts = check_path(path)
    known = _by_name(act.connection, "/".join(parts))
    return ensure_exact(act, parts) if known is None else known


def ensure_exact(act: Act, parts: Sequence[str]) -> int:
    """The tag of just this path, made with all that is missing above."""
    parent: int | None = None
    for name in parts:
        known = child(act.connection, parent, name)
        parent = insert(act, parent, name) if known is None else known
    return parent or 0


def insert(
    act: Act, parent: int | None, name: str, values: Mapping[str, Any] | None = None
) -> int:
    """Make a tag at the end of the codebook; what ``values`` leaves out is chosen."""
    (last,) = act.connection.execute(
        "SELECT coalesce(max(position), 0) FROM tags"
    ).fetchone()
    given = {key: value for key, value in (values or {}).items() if value is not None}
    if "colour" not in given:
        given["colour"] = _colour(act.connection, parent)
    return act.insert(
        "tags",
        {
            "guid": str(uuid.uuid4()),
            "position": last + 1,
            "created": act.now,
            **given,
            "parent": parent,
            "name": name,
            "folded": fold_name(name),
        },
    )


def _colour(connection: sqlite3.Connection, parent: int | None) -> int:
    """A branch shares its colour; at the top comes the next that is used least.

    Numbers that follow each other are far apart to the eye, so the next one is
    counted from the tag that stands last.
    """
    if parent is not None:
        sql = "SELECT colour FROM tags WHERE id = ?"
        return int(connection.execute(sql, [parent]).fetchone()[0])
    rows = connection.execute(
        "SELECT colour FROM tags WHERE parent IS NULL ORDER BY position, folded, id"
    ).fetchall()
    if not rows:
        return 0
    used = [colour for (colour,) in rows]
    coming: list[int] = [(used[-1] + step) % COLOURS for step in range(1, COLOURS + 1)]
    return min(coming, key=used.count)


def check_known(values: Mapping[str, object]) -> None:
    """Raises ``UsageError`` for something that a tag does not have."""
    unknown = set(values) - _EDITABLE
    if unknown:
        raise UsageError(f"A tag has no {', '.join(sorted(unknown))}.")


def checked(act: Act, tag: int, values: Mapping[str, object]) -> dict[str, object]:
    """Values of a tag as they are kept. Raises ``UsageError``."""
    out = dict(values)
    if "colour" in out and out["colour"] not in range(COLOURS):
        raise UsageError(f"A colour is a number from 0 to {COLOURS - 1}.")
    marker = out.get("marker")
    if marker is not None:
        if not (isinstance(marker, str) and len(marker) == 1 and marker.isalpha()):
            raise UsageError("A marker is one letter.")
        taken = act.connection.execute(
            "SELECT name FROM tags WHERE marker = ? AND id <> ?", [marker, tag]
        ).fetchone()
        if taken:
            raise UsageError(f"The marker {marker} belongs to the tag {taken[0]}.")
    return out


def require(connection: sqlite3.Connection, tag: int | None) -> None:
    """Refuse what another window deleted between the question and the act."""
    if tag is not None:
        resolve(connection, "tags", "tag", tag)


def require_free(
    connection: sqlite3.Connection, parent: int | None, name: str, own: int
) -> None:
    """Refuse a place where a namesake of the tag ``own`` stands already."""
    holder = child(connection, parent, name)
    if holder is not None and holder != own:
        raise UsageError(f"There is a tag {name} there already; merge them instead.")
