"""What follows from human acts: counts of entities and the index of names.

Called at the end of every act, undo and redo, inside their transaction, with the
rows that changed. It is the one place where these are kept right, and where an act
is refused that would leave the tree of tags or the merged entities in knots: what
two windows do one after the other may be sound each by itself and not together.
"""

from __future__ import annotations

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
    """Bring counts and indexes in line with the rows that changed.

    Raises ``Conflict`` where tags would hang below themselves or entities be merged
    into merged ones.
    """
    _keep_trees(connection, changes)
    for change in changes:
        if change.place == "documents" and "title" in change.image:
            _refresh_title(connection, change)
    tags = _ids(changes, "tags")
    annotations = _ids(changes, "annotations")
    annotations |= _pointed_at(connection, changes, "annotation_tags", "annotation")
    if tags:
        annotations |= _refresh_tags(connection, tags)
    if annotations:
        _refresh_annotations(connection, annotations)
    entities = _touched_entities(connection, changes)
    if entities:
        refresh_entities(connection, entities)


def _keep_trees(connection: sqlite3.Connection, changes: Sequence[RowChange]) -> None:
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


def _refresh_title(connection: sqlite3.Connection, change: RowChange) -> None:
    """The full-text index must be told the title that it holds to forget it."""
    title, text = connection.execute(
        "SELECT title, text FROM documents WHERE id = ?", [change.row]
    ).fetchone()
    known = {(image or {}).get("title") for image in (change.before, change.after)}
    for old in known - {title, None}:
        index.remove_document(connection, change.row, str(old), text)
        index.add_documents(connection, [(change.row, title, text)])


def _ids(changes: Iterable[RowChange], place: str) -> set[int]:
    return {c.row for c in changes if c.place == place}


def _pointed_at(
    connection: sqlite3.Connection,
    changes: Iterable[RowChange],
    place: str,
    column: str,
) -> set[int]:
    """What the changed rows of a place point at, before, after and now."""
    found: set[int | None] = set()
    for change in changes:
        if change.place == place:
            found |= {
                (image or {}).get(column) for image in (change.before, change.after)
            }
            now = connection.execute(
                f"SELECT {column} FROM {place} WHERE id = ?", [change.row]
            ).fetchone()
            found |= set(now or ())
    return {one for one in found if one is not None}


def _refresh_tags(connection: sqlite3.Connection, tags: set[int]) -> set[int]:
    """Re-index tags and what is below them; returns the annotations that bear one."""
    paths = TagPaths.read(connection)
    for tag in tags - paths.ids:
        index.drop_name(connection, "tag", tag)
    whole = {below for tag in tags for below in paths.subtree(tag)}
    bearing: set[int] = set()
    for tag in whole:
        definition = connection.execute(
            "SELECT definition FROM tags WHERE id = ?", [tag]
        ).fetchone()[0]
        index.set_name(connection, "tag", tag, f"{paths.path(tag)}\n{definition}")
        rows = connection.execute(
            "SELECT annotation FROM annotation_tags WHERE tag = ?", [tag]
        )
        bearing.update(annotation for (annotation,) in rows)
    return bearing


def _refresh_annotations(connection: sqlite3.Connection, ids: set[int]) -> None:
    paths = TagPaths.read(connection)
    for annotation in ids:
        row = connection.execute(
            "SELECT note, exact FROM annotations WHERE id = ? AND deleted IS NULL",
            [annotation],
        ).fetchone()
        if row is None:
            index.drop_name(connection, "annotation", annotation)
            continue
        tags = connection.execute(
            "SELECT tag FROM annotation_tags WHERE annotation = ?", [annotation]
        )
        names = " ".join(paths.path(tag) for (tag,) in tags)
        body = f"{row[0]}\n{row[1]}\n{names}"
        index.set_name(connection, "annotation", annotation, body)


def _touched_entities(
    connection: sqlite3.Connection, changes: Sequence[RowChange]
) -> set[int]:
    touched = _ids(changes, "entities")
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
        " WHERE e.id = ? OR e.merged_into = ?",
        [entity, entity],
    )
    body = "\n".join(dict.fromkeys([row[0], *(name for (name,) in names)]))
    index.set_name(connection, "entity", entity, body)
