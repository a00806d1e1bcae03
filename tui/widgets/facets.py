"""What a list can be narrowed by: groups of values with how often each occurs.

One value of a group can be chosen. The chosen one has ``▸`` and is bold; the line
``all`` of its group takes the choice back.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from tui.widgets.columns import Cell, Column, Row, Run
from tui.widgets.virtual_list import VirtualList

CHOSEN = "▸"
"""Stands in front of the chosen value of a group."""

_COLUMNS = (
    Column(width=1),
    Column(width=4, flex=1),
    Column(width=6, align="right", drop_below=14),
)


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One value a list can be narrowed by."""

    value: str
    """What the query needs: a source, a year, an id as text."""
    name: str
    """What is shown, of any origin."""
    count: int | None
    """``None`` where it is not known: shown as a blank."""
    kind: str = ""
    """Stands in front of a name that several bear, to tell them apart."""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Values of one kind: Source, Date, Language, Entity, Tag, State."""

    key: str
    title: str
    entries: tuple[FacetEntry, ...]
    total: int | None = None
    """Count beside ``all``; ``None`` leaves that line out until a value is chosen."""


@dataclass(frozen=True, slots=True)
class _Line:
    group: FacetGroup
    entry: FacetEntry | None = None
    is_heading: bool = False


class Facets(VirtualList, inherit_bindings=False):
    """The groups below each other in one list; headings are stepped over."""

    @dataclass
    class Chosen(Message):
        """A value was chosen, or with ``None`` the choice was taken back."""

        source: Facets
        group: str
        value: str | None

        @property
        def control(self) -> Facets:
            """The list, so that handlers can select by it."""
            return self.source

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """An empty list of facets; ``set_groups`` fills it."""
        super().__init__(
            self._line_rows,
            _COLUMNS,
            markable=False,
            empty="Nothing to narrow by yet.",
            id=id,
            classes=classes,
        )
        self._groups: tuple[FacetGroup, ...] = ()
        self._chosen: dict[str, str] = {}
        self._lines: list[_Line | None] = []

    @property
    def chosen(self) -> Mapping[str, str]:
        """The chosen value of each group that has one."""
        return dict(self._chosen)

    def set_groups(
        self,
        groups: Sequence[FacetGroup],
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        """Show other groups; ``chosen`` replaces the choice, by group key.

        The cursor stays on the same value. A chosen value that is not among the
        entries is shown all the same, so that it can be taken back.
        """
        before = self._under_cursor()
        self._groups = tuple(groups)
        if chosen is not None:
            self._chosen = dict(chosen)
        self._lines = self._laid_lines()
        self.set_ids(array("q", range(len(self._lines))))
        for place, line in enumerate(self._lines):
            if line and _same(line, before):
                self.move_to(place)
                return

    def can_land(self, index: int) -> bool:
        """Not on headings and blank lines."""
        line = self._lines[index] if index < len(self._lines) else None
        return line is not None and not line.is_heading

    def action_open(self) -> None:
        """Choose the value under the cursor, or take the choice back."""
        line = self._under_cursor()
        if line is None:
            return
        key = line.group.key
        value = line.entry.value if line.entry else None
        if value is None or self._chosen.get(key) == value:
            if self._chosen.pop(key, None) is None:
                return
            value = None
        else:
            self._chosen[key] = value
        self.set_groups(self._groups)
        self.post_message(self.Chosen(self, key, value))

    def action_mark(self) -> None:
        """The same as enter: a value is chosen or not."""
        self.action_open()

    def _under_cursor(self) -> _Line | None:
        place = self.cursor_index
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def _laid_lines(self) -> list[_Line | None]:
        lines: list[_Line | None] = []
        for group in self._groups:
            value = self._chosen.get(group.key)
            entries = group.entries
            if value is not None and all(entry.value != value for entry in entries):
                entries = (FacetEntry(value, value, None), *entries)
            if not entries:
                continue
            lines += [None] if lines else []
            lines.append(_Line(group, is_heading=True))
            if group.total is not None or value is not None:
                lines.append(_Line(group))
            lines += [_Line(group, entry) for entry in entries]
        return lines

    def _line_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {i: self._row(self._lines[i]) for i in ids}

    def _row(self, line: _Line | None) -> Row:
        if line is None:
            return Row(())
        if line.is_heading:
            return Row(("", Cell(line.group.title, "muted")))
        value = self._chosen.get(line.group.key)
        own = line.entry.value if line.entry else None
        is_chosen = value == own
        style = "strong" if is_chosen else ""
        name, count, kind = "all", line.group.total, ""
        if line.entry:
            name, count, kind = line.entry.name, line.entry.count, line.entry.kind
        lead = (Run(f"{kind} ", "muted"),) if kind else ()
        return Row(
            (
                CHOSEN if is_chosen else "",
                Cell(name, style, lead=lead),
                "" if count is None else short(count),
            )
        )


def _same(line: _Line, other: _Line | None) -> bool:
    """Whether both lines stand for the same value of the same group."""
    if other is None or line.is_heading or line.group.key != other.group.key:
        return False
    return (line.entry and line.entry.value) == (other.entry and other.entry.value)


def short(count: int) -> str:
    """A count in at most seven signs: ``1,902``, ``1,234k``."""
    return f"{count:,}" if count < 1_000_000 else f"{count // 1000:,}k"
