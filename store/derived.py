"""What follows from human acts: counts of entities and the index of names.

Called at the end of every act, undo and redo, inside their transaction, with the
rows that changed. It is the one place where these are kept right, and where an act
is refused that would leave the tree of tags or the merged entities in knots: what
two windows do one after the other may be sound each by itself and not together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from store.acts import RowChange
from store.errors import Conflict
from store.search import index
from store.tagpaths import DEEPEST, TagPaths

_ENTITY_COUNTS = """
UPDATE entities SET (mentions, documents) = (
    SELECT count(*), count(DISTINCT m.document)
    FROM mentions m JOIN documents d ON d.id = m.document
    WHERE m.state <> 'rejected' AND d.removed IS NULL
    AND m.entity IN (
        SELECT id FROM entities o WHERE o.id = entities.id
        OR o.merged_into = entities.id
    )
) WHERE id = ?
"""


def refresh(connection: sqlite3.Connection, changes: Sequence[RowChange]) -> None:
    """Bring counts and indexes in line with the rows that changed, in the order in
    which they did; a row may be among them several times.

    Raises ``Conflict`` as :func:`keep_trees`.
    """
    keep_trees(connection, changes)
    _refresh_titles(connection, changes)
    annotations = _ids(c for c in changes if c.place == "annotations")
    annotations |= _pointed_at(connection, changes, "annotation_tags", "annotation")
    annotations |= _refresh_tags(connection, changes)
    if annotations:
        index.refresh_names(connection, "annotation", annotations)
    entities = _touched_entities(connection, changes)
    if entities:
        refresh_entities(connection, entities)


def keep_trees(connection: sqlite3.Connection, changes: Sequence[RowChange]) -> None:
    """Raises ``Conflict`` where tags would hang below themselves or entities be
    merged into merged ones."""
    if any(c.place == "tags" and "parent" in c.image for c in changes):
        paths = TagPaths.read(connection)
        depths = dict(paths.in_order())
        if len(depths) < len(paths.ids):
            raise Conflict("A tag cannot hang below itself.")
        if max(depths.values(), default=0) >= DEEPEST:
            raise Conflict("Tags nest at most twelve deep.")
    if any(c.place == "entities" and "merged_into" in c.image for c in changes):
        knot = connection.execute(
            "SELECT r.name FROM entities e JOIN entities r ON r.id = e.merged_into"
            " WHERE e.merged_into IS NOT NULL AND r.merged_into IS NOT NULL LIMIT 1"
        ).fetchone()
        if knot:
            raise Conflict(f"{knot[0]} was merged into another entity meanwhile.")


def _refresh_titles(
    connection: sqlite3.Connection, changes: Sequence[RowChange]
) -> None:
    """The full-text index must be told the title that it holds to forget it."""
    held: dict[int, str] = {}
    for change in changes:
        if change.place == "documents" and "title" in (change.before or {}):
            held.setdefault(change.row, (change.before or {})["title"])
    for document, old in held.items():
        title, text = connection.execute(
            "SELECT title, text FROM documents WHERE id = ?", [document]
        ).fetchone()
        if title != old:
            index.remove_document(connection, document, old, text)
            index.add_documents(connection, [(document, title, text)])


def _ids(changes: Iterable[RowChange]) -> set[int]:
    return {c.row for c in changes}


def _pointed_at(
    connection: sqlite3.Connection,
    changes: Iterable[RowChange],
    place: str,
    column: str,
) -> set[int]:
    """What the changed rows of a place point at, before, after and now."""
    found: set[int | None] = set()
    rows: set[int] = set()
    for change in changes:
        if change.place == place:
            rows.add(change.row)
            found |= {
                (image or {}).get(column) for image in (change.before, change.after)
            }
    if rows:
        now = connection.execute(
            f"SELECT {column} FROM {place}"
            " WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(rows))],
        )
        found.update(one for (one,) in now)
    return {one for one in found if one is not None}


# What a tag, and whatever bears it, is found by; a colour is not searched.
_PATH = frozenset(("name", "parent"))


def _refresh_tags(
    connection: sqlite3.Connection, changes: Sequence[RowChange]
) -> set[int]:
    """Re-index tags and what is below them; returns the annotations that bear one
    whose path is another now."""
    tags = [c for c in changes if c.place == "tags"]
    moved = _ids(c for c in tags if None in (c.before, c.after) or _PATH & {*c.image})
    defined = _ids(c for c in tags if "definition" in c.image)
    if not moved and not defined:
        return set()
    paths = TagPaths.read(connection)
    for tag in moved - paths.ids:
        index.drop_name(connection, "tag", tag)
    whole = {below for tag in moved for below in paths.subtree(tag)}
    for tag in whole | (defined & paths.ids):
        definition = connection.execute(
            "SELECT definition FROM tags WHERE id = ?", [tag]
        ).fetchone()[0]
        index.set_name(connection, "tag", tag, f"{paths.path(tag)}\n{definition}")
    bearing: set[int] = set()
    for tag in whole:
        rows = connection.execute(
            "SELECT annotation FROM annotation_tags WHERE tag = ?", [tag]
        )
        bearing.update(annotation for (annotation,) in rows)
    return bearing


def _touched_entities(
    connection: sqlite3.Connection, changes: Sequence[RowChange]
) -> set[int]:
    touched = _ids(c for c in changes if c.place == "entities")
    touched |= _pointed_at(connection, changes, "entities", "merged_into")
    touched |= _pointed_at(connection, changes, "aliases", "entity")
    touched |= _pointed_at(connection, changes, "mentions", "entity")
    for change in changes:
        if change.place == "documents" and "removed" in change.image:
            rows = connection.execute(
                "SELECT DISTINCT entity FROM mentions"
                " WHERE document = ? AND entity IS NOT NULL",
                [change.row],
            )
            touched.update(entity for (entity,) in rows)
    return touched


def refresh_entities(connection: sqlite3.Connection, ids: set[int]) -> None:
    """Recount entities, those they are merged into, and re-index their names."""
    roots = set(ids)
    for entity in ids:
        row = connection.execute(
            "SELECT merged_into FROM entities WHERE id = ?", [entity]
        ).fetchone()
        if row and row[0]:
            roots.add(row[0])
    for entity in roots:
        connection.execute(_ENTITY_COUNTS, [entity])
        index_entity(connection, entity)


def index_entity(connection: sqlite3.Connection, entity: int) -> None:
    """Make an entity findable by name and aliases; a merged or rejected one not."""
    row = connection.execute(
        "SELECT name FROM entities WHERE id = ? AND merged_into IS NULL"
        " AND state <> 'rejected'",
        [entity],
    ).fetchone()
    if row is None:
        index.drop_name(connection, "entity", entity)
        return
    names = connection.execute(
        "SELECT a.name FROM aliases a JOIN entities e ON e.id = a.entity"
        " WHERE e.id = ? OR e.merged_into = ? ORDER BY a.id",
        [entity, entity],
    )
    body = "\n".join(dict.fromkeys([row[0], *(name for (name,) in names)]))
    index.set_name(connection, "entity", entity, body)
