"""The codebook: a tree of tags with definitions, colours, markers and memos."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

from store import bulk, tag_merge, tag_rows
from store.acts import Act
from store.core import Core
from store.errors import Conflict, NotFound, UsageError
from store.model import Tag
from store.saved_tags import kept_meaning
from store.tag_making import (
    COLOURS,
    check_known,
    checked,
    ensure,
    ensure_exact,
    find,
    require,
    require_free,
)
from store.tag_names import check_name, check_path, fold_name, problem_with_path
from store.tag_rows import MergeCost, Uses
from store.tagpaths import TagPaths

__all__ = [
    "COLOURS",
    "Codebook",
    "MergeCost",
    "check_name",
    "check_path",
    "ensure",
    "find",
    "fold_name",
    "problem_with_path",
]


class Codebook:
    """Tags of a library: read them, and change them undoably."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._counted = threading.local()
        self._last: Uses | None = None

    # Reading ---------------------------------------------------------------

    def tags(self, *, counted: bool = True) -> list[Tag]:
        """Every tag in the order of the tree, with how often it is used.

        Without ``counted`` all counts are 0, which is quick in any library.
        """
        paths = TagPaths.read(self._core.reader)
        uses = self._uses(paths) if counted else {}
        return tag_rows.every(self._core.reader, paths, uses)

    def _uses(self, paths: TagPaths) -> Uses:
        """Counted once a thread as long as the library stays as it is."""
        version = self._core.version()
        kept = getattr(self._counted, "kept", None)
        if kept is None or kept[0] != version:
            kept = (version, tag_rows.uses(self._core.reader, paths))
            self._counted.kept = kept
        self._last = kept[1]
        return kept[1]

    def choices(self) -> list[tuple[str, int, int]]:
        """Tags to choose from: path, how often used, and how recently.

        The tag used last has the highest third number, those that were not used
        lately 0. Quick enough for between two keys, so the counts may be some acts
        old.
        """
        reader = self._core.reader
        paths = TagPaths.read(reader)
        if tag_rows.is_blind(reader):
            counts = {tag: use.annotations for tag, use in self._uses(paths).items()}
            recent: list[int] = []
        else:
            known = self._last
            counts = (
                tag_rows.roughly(reader)
                if known is None
                else {tag: use.annotations for tag, use in known.items()}
            )
            recent = tag_rows.recent(reader)
        lately = {tag: len(recent) - place for place, tag in enumerate(recent)}
        return [
            (paths.path(tag), counts.get(tag, 0), lately.get(tag, 0))
            for tag, _ in paths.in_order()
        ]

    def get(self, tag: int | str) -> Tag:
        """One tag by id, start of guid, path, or a name that only one tag has."""
        wanted = self.find(tag)
        found = tag_rows.one(self._core.reader, wanted)
        if found is None:
            raise NotFound(f"There is no tag {tag}.")
        return found

    def find(self, tag: int | str) -> int:
        """The id meant by an id, a guid's start, a path or a unique name."""
        return find(self._core.reader, tag)

    def bearing(self, tags: Iterable[int] | None) -> list[tuple[int, int]]:
        """Annotations that bear one of these tags or a tag below, with documents.

        Pairs of ids in reading order; ``None``: annotations without any tag.
        """
        reader = self._core.reader
        return tag_rows.bearing(reader, TagPaths.read(reader), tags)

    def merge_cost(self, tags: Sequence[int]) -> MergeCost:
        """How many annotations bear these tags, and how many more than one."""
        return tag_rows.merge_cost(self._core.reader, tags)

    # One tag ---------------------------------------------------------------

    def add(self, path: str, definition: str = "", **values: object) -> Tag:
        """Make a tag and whatever is missing above it; an existing one is kept.

        A single name is a tag at the top, also where one below bears it. ``values``
        as in :meth:`define`.
        """
        parts = check_path(path)
        check_known(values)

        def work(act: Act) -> int:
            tag = ensure_exact(act, parts)
            extra = checked(act, tag, {"definition": definition, **values})
            act.update("tags", tag, {k: v for k, v in extra.items() if v != ""})
            return tag

        return self.get(self._core.act(f"added tag {path}", work))

    def rename(self, tag: int | str, name: str) -> Tag:
        """Give a tag another name among its siblings."""
        name = check_name(name)
        found = self.get(tag)

        def work(act: Act) -> None:
            require_free(act.connection, found.parent, name, found.id)
            with kept_meaning(act):
                act.update("tags", found.id, {"name": name, "folded": fold_name(name)})

        self._core.act(f"renamed tag {found.path} to {name}", work)
        return self.get(found.id)

    def define(
        self, tag: int | str, *, before: str | None = None, **values: object
    ) -> Tag:
        """Set definition, colour (0 to 7), marker (one letter) or memo.

        ``before`` is the memo as it was when its writing began; raises ``Conflict``
        if it is another by now.
        """
        check_known(values)
        found = self.get(tag)

        def work(act: Act) -> None:
            (memo,) = act.connection.execute(
                "SELECT memo FROM tags WHERE id = ?", [found.id]
            ).fetchone() or (None,)
            if before is not None and memo not in (None, before):
                raise Conflict("The memo was changed in another window meanwhile.")
            act.update("tags", found.id, checked(act, found.id, values))

        wrote = set(values) == {"memo"}
        words = f"wrote the memo of {found.path}" if wrote else f"defined {found.path}"
        self._core.act(words, work)
        return self.get(found.id)

    # The tree --------------------------------------------------------------

    def move(self, tag: int | str, parent: int | str | None) -> Tag:
        """Put a tag below another, or at the top."""
        return self.place([(tag, parent)])[0]

    def place(self, moves: Sequence[tuple[int | str, int | str | None]]) -> list[Tag]:
        """Put tags below others, or (``None``) at the top, all in one act."""
        paths = TagPaths.read(self._core.reader)
        found: list[tuple[int, int | None]] = []
        for tag, parent in moves:
            moved = self.find(tag)
            above = None if parent in (None, "") else self.find(parent or "")
            if paths.below(moved, above):
                raise UsageError(f"{paths.path(moved)} cannot be moved below itself.")
            found.append((moved, above))

        def work(act: Act) -> None:
            with kept_meaning(act):
                for moved, above in found:
                    require(act.connection, above)
                    require_free(act.connection, above, paths.names[moved], moved)
                    act.update("tags", moved, {"parent": above})

        self._core.act(_moved(paths, found), work)
        return [self.get(moved) for moved, _ in found]

    def shift(self, tag: int | str, steps: int) -> Tag:
        """Put a tag further down (or, below 0, up) among its siblings."""
        moved = self.find(tag)
        paths = TagPaths.read(self._core.reader)

        def work(act: Act) -> None:
            here = TagPaths.read(act.connection)
            require(act.connection, moved)
            level = here.children[here.parents[moved]]
            order = [one for one in level if one != moved]
            order.insert(max(0, level.index(moved) + steps), moved)
            if order == level:
                return
            rows = act.connection.execute("SELECT id, position FROM tags")
            own = set(level)
            held = sorted(position for one, position in rows if one in own)
            last = -1
            for one, position in zip(order, held, strict=True):
                last = max(position, last + 1)
                act.update("tags", one, {"position": last})

        self._core.act(f"moved tag {paths.path(moved)} among its siblings", work)
        return self.get(moved)

    def merge(self, keep: int | str, others: Sequence[int | str]) -> Tag:
        """Put other tags' annotations and children under ``keep``; they go."""
        kept = self.find(keep)
        gone = list(dict.fromkeys(self.find(other) for other in others))
        paths = TagPaths.read(self._core.reader)
        for other in gone:
            if other == kept or paths.below(other, kept):
                raise UsageError(
                    f"{paths.path(other)} cannot be merged into {paths.path(kept)}."
                )

        def work(act: Act) -> None:
            for one in (kept, *gone):
                require(act.connection, one)
            with kept_meaning(act, dict.fromkeys(gone, kept)):
                tag_merge.merge(act, kept, gone)

        names = ", ".join(paths.path(other) for other in gone)
        self._core.act(f"merged tag {names} into {paths.path(kept)}", work)
        return self.get(kept)

    def delete(self, tag: int | str) -> Tag:
        """Take a tag and those below it out of the codebook and off annotations."""
        return self.delete_all([tag])[0]

    def delete_all(self, tags: Sequence[int | str]) -> list[Tag]:
        """The same with several tags, in one act; returns them as they were."""
        found = [self.get(tag) for tag in tags]

        def work(act: Act) -> None:
            paths = TagPaths.read(act.connection)
            gone = {below for one in found for below in paths.subtree(one.id)}
            for one, _ in reversed(paths.in_order()):
                if one in gone:
                    bulk.delete(act, "annotation_tags", "tag = ?", [one])
                    act.delete("tags", one)

        one = len(found) == 1
        self._core.act(
            f"deleted tag {found[0].path}" if one else f"deleted {len(found)} tags",
            work,
        )
        return found


def _moved(paths: TagPaths, moves: Sequence[tuple[int, int | None]]) -> str:
    """What was done, in words."""
    places = {above for _, above in moves}
    above = next(iter(places), None)
    place = "the top" if above is None else paths.path(above)
    if len(moves) == 1:
        return f"moved tag {paths.path(moves[0][0])} to {place}"
    where = f" to {place}" if len(places) == 1 else ""
    return f"moved {len(moves)} tags{where}"
