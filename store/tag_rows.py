"""Reading the codebook: tags as values, how often they are used, what bears them.

Counting is done in a few quick scans and in sets, not by joining row after row:
100,000 annotations take a third of a second that way instead of one and a half, and
what a thread has counted it keeps until the library changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from store.model import Tag
from store.seen import BLIND
from store.tagpaths import TagPaths

_ROWS = "SELECT id, guid, colour, marker, definition, memo FROM tags"

_SHOWN = """
SELECT a.id, a.document FROM seen_annotations a
WHERE a.document IN (SELECT id FROM documents WHERE removed IS NULL)
"""

_TAGGINGS = "SELECT tag, annotation FROM annotation_tags ORDER BY tag, annotation"

# In the order in which annotations are listed everywhere: see annotation_rows.
_BEARING = """
SELECT a.id, a.document FROM seen_annotations a
JOIN documents d ON d.id = a.document
WHERE d.removed IS NULL AND {condition}
ORDER BY d.published IS NULL, d.published, a.document, a.start IS NOT NULL,
    a.start, a."end" DESC, a.id
"""

_UNTAGGED = "NOT EXISTS (SELECT 1 FROM annotation_tags t WHERE t.annotation = a.id)"

_SEVERAL = """
SELECT count(*), coalesce(sum(several), 0) FROM (
    SELECT count(DISTINCT t.tag) > 1 AS several
    FROM annotation_tags t
    JOIN seen_annotations a ON a.id = t.annotation
    JOIN documents d ON d.id = a.document AND d.removed IS NULL
    WHERE t.tag IN ({tags}) GROUP BY t.annotation
)
"""

_RECENT = "SELECT tag FROM annotation_tags ORDER BY id DESC LIMIT 200"

_ROUGHLY = "SELECT tag, count(*) FROM annotation_tags GROUP BY tag"

RECENT = 5
"""Tags that are offered first because they were used last."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a tag is used."""

    annotations: int = 0
    """That bear the tag itself."""
    documents: int = 0
    branch: int = 0
    """Annotations that bear the tag or one below it."""


@dataclass(frozen=True, slots=True)
class MergeCost:
    """What merging some tags would touch."""

    annotations: int
    """That bear any of them."""
    both: int
    """That bear more than one of them; each coder's keep one tagging."""


Uses = dict[int, Use]


def uses(connection: sqlite3.Connection, paths: TagPaths) -> Uses:
    """How often every tag is used, of what the coder may see."""
    shown = dict(connection.execute(_SHOWN))
    own: dict[int, set[int]] = {}
    for tag, annotation in connection.execute(_TAGGINGS):
        if annotation in shown:
            own.setdefault(tag, set()).add(annotation)
    branch = {tag: set(bearing) for tag, bearing in own.items()}
    for tag, _ in reversed(paths.in_order()):
        parent = paths.parents[tag]
        if parent is not None and tag in branch:
            branch.setdefault(parent, set()).update(branch[tag])
    return {
        tag: Use(
            annotations=len(own.get(tag, ())),
            documents=len({shown[one] for one in own.get(tag, ())}),
            branch=len(bearing),
        )
        for tag, bearing in branch.items()
    }


def use_of(connection: sqlite3.Connection, paths: TagPaths, tag: int) -> Use:
    """How often one tag is used."""
    bearing = _bearing(connection, f"t.tag = {int(tag)}")
    below = _bearing(connection, f"t.tag IN ({_listed(paths.subtree(tag))})")
    return Use(len(bearing), len({document for _, document in bearing}), len(below))


def tag(row: tuple[Any, ...], paths: TagPaths, use: Use | None = None) -> Tag:
    """One row of :data:`_ROWS` as a value."""
    id, guid, colour, marker, definition, memo = row
    used = use or Use()
    return Tag(
        id=id,
        guid=guid,
        name=paths.names[id],
        path=paths.path(id),
        parent=paths.parents[id],
        colour=colour,
        marker=marker,
        definition=definition,
        memo=memo,
        annotations=used.annotations,
        documents=used.documents,
        branch=used.branch,
    )


def every(connection: sqlite3.Connection, paths: TagPaths, counted: Uses) -> list[Tag]:
    """Every tag in the order of the tree."""
    rows = {row[0]: row for row in connection.execute(_ROWS)}
    order = [one for one, _ in paths.in_order() if one in rows]
    return [tag(rows[one], paths, counted.get(one)) for one in order]


def one(connection: sqlite3.Connection, wanted: int) -> Tag | None:
    """One tag with how often it is used; ``None`` if it is not there."""
    row = connection.execute(f"{_ROWS} WHERE id = ?", [wanted]).fetchone()
    if row is None:
        return None
    paths = TagPaths.read(connection)
    return tag(row, paths, use_of(connection, paths, wanted))


def bearing(
    connection: sqlite3.Connection, paths: TagPaths, wanted: Iterable[int] | None
) -> list[tuple[int, int]]:
    """Annotations that bear one of some tags or a tag below, with their documents.

    In reading order. ``None``: those without any tag.
    """
    if wanted is None:
        return connection.execute(_BEARING.format(condition=_UNTAGGED)).fetchall()
    below = {under for one in wanted for under in paths.subtree(one)}
    return _bearing(connection, f"t.tag IN ({_listed(below)})")


def _bearing(connection: sqlite3.Connection, which: str) -> list[tuple[int, int]]:
    condition = f"a.id IN (SELECT t.annotation FROM annotation_tags t WHERE {which})"
    return connection.execute(_BEARING.format(condition=condition)).fetchall()


def merge_cost(connection: sqlite3.Connection, tags: Sequence[int]) -> MergeCost:
    """What merging these tags would touch."""
    sql = _SEVERAL.format(tags=_listed(tags))
    annotations, both = connection.execute(sql).fetchone()
    return MergeCost(annotations, both)


def recent(connection: sqlite3.Connection) -> list[int]:
    """The tags that were put on something last, the last one first."""
    tags = (tag for (tag,) in connection.execute(_RECENT))
    return list(dict.fromkeys(tags))[:RECENT]


def roughly(connection: sqlite3.Connection) -> dict[int, int]:
    """How often each tag was put on something, deleted annotations included.

    Quick enough for between two keys, and good enough to order by.
    """
    return dict(connection.execute(_ROUGHLY))


def is_blind(connection: sqlite3.Connection) -> bool:
    """Whether others' work is hidden, so that counting it would tell something."""
    found = connection.execute(
        "SELECT 1 FROM meta WHERE key = ? AND value = '1'", [BLIND]
    ).fetchone()
    return found is not None


def _listed(tags: Iterable[int]) -> str:
    return ", ".join(str(int(tag)) for tag in tags)
