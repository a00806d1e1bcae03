"""A tree of tags of another program, put into the codebook inside one act.

A tag that is known by its guid is the same tag, wherever it stands here. Else the
place decides, as with every codebook that is brought in; what the file says of a tag
that exists is set, what it leaves empty stays. Names that cannot be one here are
changed, not lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from store import tag_making
from store.acts import Act
from store.bringing_in_qdc import Code, CodeTree
from store.bringing_in_report import Report
from store.errors import UsageError
from store.tag_names import LONGEST_NAME, check_name, fold_name
from store.tagpaths import DEEPEST, TagPaths


def take(act: Act, found: CodeTree) -> Report:
    """Make and define the tags of a tree."""
    taker = _Taker(act)
    taker.take(None, found.codes, 0)
    return Report(
        tags_added=taker.added,
        tags_changed=len(taker.changed),
        dropped=tuple(taker.dropped),
        remarks=(*found.remarks, *taker.remarks),
    )


class _Taker:
    """Walks the tree; parents come before what is below them."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._taken: set[int] = set()
        self.added = 0
        self.changed: set[int] = set()
        self.dropped: list[str] = []
        self.remarks: list[str] = []

    def take(self, parent: int | None, codes: Sequence[Code], depth: int) -> None:
        """Put codes below a tag, or at the top."""
        for code in codes:
            name = _name(code.name)
            if depth >= DEEPEST:
                self.dropped.append(f"{name}: tags nest at most twelve deep")
                continue
            tag = self._tag(parent, name, code)
            self._taken.add(tag)
            self.take(tag, code.children, depth + 1)

    def _tag(self, parent: int | None, name: str, code: Code) -> int:
        known = self._known(code.guid)
        if known is not None:
            self._remark_place(known, parent, name)
        else:
            known = tag_making.child(self._act.connection, parent, name)
        if known in self._taken:  # a second code of that name, and not the same
            name, known = self._free(parent, name), None
        if name != code.name:
            self.remarks.append(f"{code.name or 'a code without name'} is {name} here")
        if known is None:
            self.added += 1
            return tag_making.insert(self._act, parent, name, self._values(code))
        written = {"definition": code.definition or None, "colour": code.colour}
        self._set(known, {key: one for key, one in written.items() if one is not None})
        return known

    def _values(self, code: Code) -> dict[str, object]:
        guid = code.guid if self._known(code.guid, anyone=True) is None else None
        return {"guid": guid, "definition": code.definition, "colour": code.colour}

    def _known(self, guid: str | None, *, anyone: bool = False) -> int | None:
        """The tag with a guid; unless ``anyone``, one not met in this file yet."""
        row = self._act.connection.execute(
            "SELECT id FROM tags WHERE guid = ?", [guid]
        ).fetchone()
        if row is None or (row[0] in self._taken and not anyone):
            return None
        return int(row[0])

    def _set(self, tag: int, values: dict[str, object]) -> None:
        if not values:
            return
        listed = ", ".join(values)
        row = self._act.connection.execute(
            f"SELECT {listed} FROM tags WHERE id = ?", [tag]
        ).fetchone()
        if row != tuple(values.values()):
            self._act.update("tags", tag, values)
            self.changed.add(tag)

    def _remark_place(self, tag: int, parent: int | None, name: str) -> None:
        row = self._act.connection.execute(
            "SELECT parent, folded FROM tags WHERE id = ?", [tag]
        ).fetchone()
        if row != (parent, fold_name(name)):
            path = TagPaths.read(self._act.connection).path(tag)
            self.remarks.append(f"{name} is {path} here and stays there")

    def _free(self, parent: int | None, name: str) -> str:
        """The name with the first number that makes it one of its own."""
        number = 2
        while True:
            tail = f" ({number})"
            numbered = name[: LONGEST_NAME - len(tail)].rstrip() + tail
            if tag_making.child(self._act.connection, parent, numbered) is None:
                return numbered
            number += 1


def _name(name: str) -> str:
    """A name as it can be one here."""
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs") else sign
        for sign in name.replace("/", "-")
    )
    kept = " ".join(unicodedata.normalize("NFC", kept).split())[:LONGEST_NAME].rstrip()
    try:
        return check_name(kept)
    except UsageError:
        return f"tag {kept}".strip() if kept else "unnamed"
