"""What stands in a list's row and how wide each part of it is.

Pure: no widget, no screen. A list says which columns it has; a pane says how wide
it is; the result is which columns are shown and with how many cells. Columns are
left out whole, never cut to a stump, in the order their makers gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from store import safe

MATCH = "match"
"""The style of a part that a search found."""

ELLIPSIS = "…"

_LONGEST = 2000
"""Code points of a cell that are looked at; no pane is wider. A title of a
megabyte must not make every repaint slow."""


class Run(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: str = ""
    """``""`` for the row's own style, else a name: ``muted``, ``strong``, ``match``,
    or whatever the list's style sheet has as ``list--NAME``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's part of a row. The text is of any origin; it is shown safely."""

    text: str
    style: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Found parts, in code points of ``text``, end exclusive."""
    lead: tuple[Run, ...] = ()
    """Drawn in front of the text: indentation, a swatch, a letter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list."""

    cells: tuple[Cell | str, ...]
    second: str = ""
    """What stands in the second line, where rows have two: source, date, snippet."""
    marks: tuple[tuple[int, int], ...] = ()
    """Found parts of ``second``, in its code points, end exclusive."""
    style: str = ""
    """The style of every cell that has none of its own: ``strong`` for unread."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    title: str = ""
    width: int = 1
    """Cells; with ``flex`` the least number of cells."""
    flex: int = 0
    """Share of the cells that are left over; 0 keeps the width."""
    align: Literal["left", "right"] = "left"
    drop_below: int = 0
    """Left out when the pane has fewer cells than this."""


class Slot(NamedTuple):
    """A column as it is shown: which one, and with how many cells."""

    column: int
    cells: int


def arrange(columns: Sequence[Column], width: int, gap: int = 1) -> tuple[Slot, ...]:
    """Which columns fit into ``width`` cells, ``gap`` blanks apart, and how wide.

    Columns go by their ``drop_below``; if the rest is still too wide, the one with
    the greatest ``drop_below`` goes first, then the rightmost without ``flex``. The
    last column stays and takes what there is.
    """
    kept = [i for i, column in enumerate(columns) if width >= column.drop_below]
    if not kept and columns:
        kept = [min(range(len(columns)), key=lambda i: (columns[i].drop_below, i))]
    while len(kept) > 1 and _needed(columns, kept, gap) > width:
        kept.remove(max(kept, key=lambda i: _expendable(columns[i], i)))
    if not kept or width <= 0:
        return ()
    cells = {i: min(columns[i].width, width) for i in kept}
    shares = sum(columns[i].flex for i in kept)
    left = max(0, width - sum(cells.values()) - gap * (len(kept) - 1))
    for i in kept:
        if columns[i].flex:
            part = left * columns[i].flex // shares
            cells[i] += part
            left -= part
            shares -= columns[i].flex
    return tuple(Slot(i, cells[i]) for i in kept)


def _needed(columns: Sequence[Column], kept: Sequence[int], gap: int) -> int:
    return sum(columns[i].width for i in kept) + gap * (len(kept) - 1)


def _expendable(column: Column, index: int) -> tuple[int, bool, int]:
    return column.drop_below, not column.flex, index


def fitted(cell: Cell | str, cells: int, *, right: bool = False) -> Iterator[Run]:
    """The runs of a cell, together exactly ``cells`` cells wide."""
    if isinstance(cell, str):
        yield Run(safe.fit(cell[:_LONGEST], cells, right=right))
        return
    left = cells
    for run in cell.lead:
        text = safe.line(run.text, left)
        left -= safe.width(text)
        yield Run(text, run.style)
    if not cell.marks:
        yield Run(safe.fit(cell.text[:_LONGEST], left, right=right), cell.style)
        return
    runs = marked(cell.text, cell.marks, left, cell.style)
    pad = Run(" " * max(0, left - sum(safe.width(run.text) for run in runs)))
    yield from (pad, *runs) if right else (*runs, pad)


def marked(
    text: str, marks: Sequence[tuple[int, int]], limit: int, style: str = ""
) -> list[Run]:
    """One safe line of at most ``limit`` cells with the found parts as own runs.

    ``marks`` are code points of ``text`` as it is stored, before anything is made
    safe. A line whose first found part would be cut off starts later, with ``…``.
    """
    runs: list[Run] = []
    used, cut = 0, False
    text = text[:_LONGEST]
    start = _window(text, marks, limit)
    if start:
        runs.append(Run(ELLIPSIS, style))
        used = 1
    if limit > 2 and safe.is_ordinary(text, start, start + limit):
        return runs + _ordinary(text, start, marks, limit - used, style)
    for cluster in safe.clusters(text, start):
        if used + cluster.cells > limit:
            cut = True
            break
        found = any(a < cluster.end and cluster.start < b for a, b in marks)
        name = MATCH if found else style
        if runs and runs[-1].style == name:
            runs[-1] = Run(runs[-1].text + cluster.shown, name)
        else:
            runs.append(Run(cluster.shown, name))
        used += cluster.cells
    if cut:
        _end_with_ellipsis(runs)
    return runs


def _ordinary(
    text: str, start: int, marks: Sequence[tuple[int, int]], limit: int, style: str
) -> list[Run]:
    """As :func:`marked`, of signs that are all drawn as they are, a cell each."""
    end = min(len(text), start + limit)
    cut = end < len(text)
    text = text[:end].replace("\u00a0", " ")
    text = text[:-1] + ELLIPSIS if cut else text
    runs: list[Run] = []
    at = start
    for first, last in sorted(marks):
        a, b = max(first, at), min(last, end)
        if a < b:
            runs += [Run(text[at:a], style), Run(text[a:b], MATCH)]
            at = b
    runs.append(Run(text[at:end], style))
    return [run for run in runs if run.text]


def _window(text: str, marks: Sequence[tuple[int, int]], limit: int) -> int:
    """Where the shown part starts, in code points, so that the first mark is in it."""
    if not marks:
        return 0
    start, end = min(marks)
    if not 0 <= start < len(text) or safe.width(safe.line(text[:end])) < limit:
        return 0
    # A third of the line stands in front of the mark; between clusters, so that
    # a combining sign is not parted from its letter.
    wanted = max(0, start - limit // 3)
    return next((c.start for c in safe.clusters(text) if c.start >= wanted), 0)


def _end_with_ellipsis(runs: list[Run]) -> None:
    """Replace the last cluster of the runs by ``…``, padded to the same width."""
    if not runs:
        return
    text, style = runs[-1]
    last = list(safe.clusters(text))[-1]
    runs[-1] = Run(text[: last.start] + ELLIPSIS, style)
