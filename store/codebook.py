"""The codebook: a tree of tags with definitions, colours and markers."""

from __future__ import annotations

import sqlite3
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from store.acts import Act
from store.core import Core
from store.errors import NotFound, UsageError
from store.model import Tag
from store.refs import resolve
from store.tagpaths import DEEPEST, TagPaths

COLOURS = 8

_ROWS = """
SELECT id, guid, name, parent, colour, marker, definition, memo FROM tags
"""

_COUNTS = """
SELECT t.tag, count(DISTINCT t.annotation), count(DISTINCT a.document)
FROM annotation_tags t
JOIN seen_annotations a ON a.id = t.annotation
JOIN documents d ON d.id = a.document AND d.removed IS NULL
GROUP BY t.tag
"""

_EDITABLE = {"definition", "colour", "marker", "memo"}


class Codebook:
    """Tags of a library: read them, and change them undoably."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def tags(self) -> list[Tag]:
        """Every tag in the order of the tree, with how often it is used."""
        reader = self._core.reader
        paths = TagPaths.read(reader)
        rows = {row[0]: row for row in reader.execute(_ROWS)}
        counts = {tag: (n, d) for tag, n, d in reader.execute(_COUNTS)}
        return [_tag(rows[tag], paths, counts) for tag, _ in paths.in_order()]

    def get(self, tag: int | str) -> Tag:
        """One tag by id, start of guid, path, or a name that only one tag has."""
        wanted = self.find(tag)
        return next(one for one in self.tags() if one.id == wanted)

    def find(self, tag: int | str) -> int:
        """The id meant by an id, a guid's start, a path or a unique name."""
        return find(self._core.reader, tag)

    def add(self, path: str, definition: str = "", **values: object) -> Tag:
        """Make a tag and whatever is missing above it; an existing one is kept.

        A single name is a tag at the top, also where one below bears it. ``values``
        as in :meth:`define`.
        """
        parts = check_path(path)
        _check_known(values)

        def work(act: Act) -> int:
            tag = _ensure_exact(act, parts)
            extra = _checked(act, tag, {"definition": definition, **values})
            act.update("tags", tag, {k: v for k, v in extra.items() if v != ""})
            return tag

        return self.get(self._core.act(f"added tag {path}", work))

    def rename(self, tag: int | str, name: str) -> Tag:
        """Give a tag another name among its siblings."""
        name = check_name(name)
        found = self.get(tag)

        def work(act: Act) -> None:
            _free_place(act.connection, found.parent, name, found.id)
            act.update("tags", found.id, {"name": name, "folded": fold_name(name)})

        self._core.act(f"renamed tag {found.path} to {name}", work)
        return self.get(found.id)

    def move(self, tag: int | str, parent: int | str | None) -> Tag:
        """Put a tag below another, or at the top."""
        found = self.get(tag)
        above = None if parent in (None, "") else self.find(parent or "")
        paths = TagPaths.read(self._core.reader)
        if paths.below(found.id, above):
            raise UsageError(f"{found.path} cannot be moved below itself.")

        def work(act: Act) -> None:
            _require_tag(act.connection, above)
            _free_place(act.connection, above, found.name, found.id)
            act.update("tags", found.id, {"parent": above})

        place = "the top" if above is None else paths.path(above)
        self._core.act(f"moved tag {found.path} to {place}", work)
        return self.get(found.id)

    def define(self, tag: int | str, **values: object) -> Tag:
        """Set definition, colour (0 to 7), marker (one letter) or memo."""
        _check_known(values)
        found = self.get(tag)

        def work(act: Act) -> None:
            act.update("tags", found.id, _checked(act, found.id, values))

        self._core.act(f"defined tag {found.path}", work)
        return self.get(found.id)

    def merge(self, keep: int | str, others: Sequence[int | str]) -> Tag:
        """Put other tags' annotations and children under ``keep``; they go."""
        kept = self.get(keep)
        gone = [self.get(other) for other in others]
        paths = TagPaths.read(self._core.reader)
        for other in gone:
            if other.id == kept.id or paths.below(other.id, kept.id):
                raise UsageError(f"{other.path} cannot be merged into {kept.path}.")

        def work(act: Act) -> None:
            _require_tag(act.connection, kept.id)
            for other in gone:
                _merge_one(act, kept.id, other.id)

        names = ", ".join(other.path for other in gone)
        self._core.act(f"merged tag {names} into {kept.path}", work)
        return self.get(kept.id)

    def delete(self, tag: int | str) -> Tag:
        """Take a tag and those below it out of the codebook and off annotations."""
        found = self.get(tag)

        def work(act: Act) -> None:
            paths = TagPaths.read(act.connection)
            for one in reversed(paths.subtree(found.id)):
                for (tagging,) in act.connection.execute(
                    "SELECT id FROM annotation_tags WHERE tag = ?", [one]
                ).fetchall():
                    act.delete("annotation_tags", tagging)
                act.delete("tags", one)

        self._core.act(f"deleted tag {found.path}", work)
        return found


def find(connection: sqlite3.Connection, tag: int | str) -> int:
    """See :meth:`Codebook.find`. Raises ``NotFound`` with the nearest paths."""
    if isinstance(tag, int):
        return resolve(connection, "tags", "tag", tag)
    paths = TagPaths.read(connection)
    named = _by_name(paths, tag)
    if named is not None:
        return named
    return resolve(
        connection,
        "tags",
        "tag",
        tag,
        names=paths.all_paths,
    )


def _by_name(paths: TagPaths, name: str) -> int | None:
    """The tag of this path, or the only one with this name. Raises ``NotFound``."""
    wanted = fold_name(name.strip().strip("/"))
    for tag in paths.names:
        if fold_name(paths.path(tag)) == wanted:
            return tag
    leaves = [tag for tag, leaf in paths.names.items() if fold_name(leaf) == wanted]
    if len(leaves) > 1:
        several = ", ".join(sorted(paths.path(tag) for tag in leaves))
        raise NotFound(f"More than one tag is called {name}: {several}.")
    return leaves[0] if leaves else None


def ensure(act: Act, path: str) -> int:
    """The tag of this path, made inside the act with all that is missing above.

    A single name means the one tag that bears it anywhere, if only one does.
    """
    parts = check_path(path)
    known = _by_name(TagPaths.read(act.connection), "/".join(parts))
    return _ensure_exact(act, parts) if known is None else known


def _ensure_exact(act: Act, parts: Sequence[str]) -> int:
    """The tag of just this path, made with all that is missing above."""
    parent: int | None = None
    for name in parts:
        row = act.connection.execute(
            "SELECT id FROM tags WHERE coalesce(parent, 0) = ? AND folded = ?",
            [parent or 0, fold_name(name)],
        ).fetchone()
        parent = row[0] if row else _insert(act, parent, name)
    return parent or 0


def _insert(act: Act, parent: int | None, name: str) -> int:
    count, place = act.connection.execute(
        "SELECT count(*), coalesce(max(position), 0) FROM tags"
    ).fetchone()
    if parent is None:
        colour = count % COLOURS
    else:  # a branch of the tree shares its colour
        (colour,) = act.connection.execute(
            "SELECT colour FROM tags WHERE id = ?", [parent]
        ).fetchone()
    return act.insert(
        "tags",
        {
            "guid": str(uuid.uuid4()),
            "parent": parent,
            "name": name,
            "folded": fold_name(name),
            "colour": colour,
            "position": place + 1,
            "created": act.now,
        },
    )


def fold_name(name: str) -> str:
    """How names are compared: ``Actors`` and ``actors`` are one tag."""
    return unicodedata.normalize("NFC", name).casefold()


def check_name(name: str) -> str:
    """The name as it is kept. Raises ``UsageError`` for one that cannot be."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise UsageError("A tag needs a name.")
    if "/" in kept:
        raise UsageError(f"A tag's name cannot hold /: {kept}.")
    if len(kept) > 80:
        raise UsageError("A tag's name has at most 80 signs.")
    if kept.isdecimal():
        raise UsageError(f"A tag's name cannot be digits only: {kept}.")
    if any(unicodedata.category(sign) == "Cc" for sign in kept):
        raise UsageError("A tag's name cannot hold control characters.")
    return kept


def check_path(path: str) -> list[str]:
    """The names of a path, root first. Raises ``UsageError``."""
    parts = [check_name(part) for part in path.strip().strip("/").split("/")]
    if len(parts) > DEEPEST:
        raise UsageError("Tags nest at most twelve deep.")
    return parts


def problem_with_path(path: str) -> str | None:
    """Why a path cannot be a tag's, in one sentence; ``None`` if it can."""
    try:
        check_path(path)
    except UsageError as error:
        return str(error)
    return None


def _tag(
    row: tuple[Any, ...],
    paths: TagPaths,
    counts: dict[int, tuple[int, int]],
) -> Tag:
    id, guid, name, parent, colour, marker, definition, memo = row
    annotations, documents = counts.get(id, (0, 0))
    return Tag(
        id=id,
        guid=guid,
        name=name,
        path=paths.path(id),
        parent=parent,
        colour=colour,
        marker=marker,
        definition=definition,
        memo=memo,
        annotations=annotations,
        documents=documents,
    )


def _require_tag(connection: sqlite3.Connection, tag: int | None) -> None:
    """Refuse what another window deleted between the question and the act."""
    if tag is not None:
        resolve(connection, "tags", "tag", tag)


def _free_place(
    connection: sqlite3.Connection, parent: int | None, name: str, own: int
) -> None:
    taken = connection.execute(
        "SELECT 1 FROM tags WHERE coalesce(parent, 0) = ? AND folded = ? AND id <> ?",
        [parent or 0, fold_name(name), own],
    ).fetchone()
    if taken:
        raise UsageError(f"There is a tag {name} there already; merge them instead.")


def _check_known(values: Mapping[str, object]) -> None:
    unknown = set(values) - _EDITABLE
    if unknown:
        raise UsageError(f"A tag has no {', '.join(sorted(unknown))}.")


def _checked(act: Act, tag: int, values: dict[str, object]) -> dict[str, object]:
    """Values of a tag as they are kept, or ``UsageError``."""
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


def _merge_one(act: Act, keep: int, other: int) -> None:
    """Move taggings and children; whoever had both tags keeps one."""
    if keep == other:
        return
    rows = act.connection.execute(
        "SELECT id, annotation, coder FROM annotation_tags WHERE tag = ?", [other]
    ).fetchall()
    for tagging, annotation, coder in rows:
        both = act.connection.execute(
            "SELECT 1 FROM annotation_tags WHERE tag = ? AND annotation = ?"
            " AND coder = ?",
            [keep, annotation, coder],
        ).fetchone()
        if both:
            act.delete("annotation_tags", tagging)
        else:
            act.update("annotation_tags", tagging, {"tag": keep})
    children = act.connection.execute(
        "SELECT id, folded FROM tags WHERE parent = ? ORDER BY id", [other]
    ).fetchall()
    namesake = None
    for child, folded in children:
        twin = act.connection.execute(
            "SELECT id FROM tags WHERE parent = ? AND folded = ?", [keep, folded]
        ).fetchone()
        if twin and twin[0] == other:  # takes the place that is about to be free
            namesake = (child, folded)
            act.update("tags", child, {"parent": keep, "folded": f"{folded}\n"})
        elif twin:
            _merge_one(act, twin[0], child)
        else:
            act.update("tags", child, {"parent": keep})
    act.delete("tags", other)
    if namesake:
        act.update("tags", namesake[0], {"folded": namesake[1]})
