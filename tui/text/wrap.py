"""Rows of a text at a width, found where one looks and guessed elsewhere.

A text is cut into blocks of some two thousand code points, at line breaks where
there are any. A block is wrapped on the first visit; until then its rows are
counted by an estimate, so that ten million code points open at once. Small texts
are wrapped whole. Wrapping a block can change how many rows stand before later
blocks, never the rows themselves: a caller that keeps an offset keeps its place.

Offsets are code points into the text. Widths are terminal cells.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from store import safe
from tui.text import graphemes

EAGER = 30_000
"""Texts up to this many code points are wrapped whole, so all counts are exact."""

TAB = 4

_BLOCK = 2048
_LONGEST_BLOCK = 4096
_SEARCH_BLANK = 512
_HANGING = "\n \t\u3000"
_NEVER_FIRST = frozenset(
    "、。，．：；！？」』）】》〉〕］｝〟’”%％・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("「『（【《〈〔［｛〝‘“")


class Row(NamedTuple):
    """One row: its signs are ``[start, end)``, its offsets ``[start, next)``.

    What lies between ``end`` and ``next`` is the line break or the blank at which
    the row was broken; it hangs behind the last sign and takes no cell.
    """

    start: int
    end: int
    next: int
    hard: bool
    """Whether the row ends its line, not only the width."""


class Wrap:
    """The rows of one text at one width."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self._starts = _blocks(text)
        self.resize(width)

    def resize(self, width: int) -> None:
        """Wrap anew for ``width`` cells (at least one)."""
        self.width = max(1, width)
        count = len(self._starts)
        self._wrapped: list[list[int] | None] = [None] * count
        self._counts = [self._estimate(block) for block in range(count)]
        self._sum()
        if len(self.text) <= EAGER:
            self.measure(0, len(self.text))

    @property
    def rows(self) -> int:
        """How many rows there are, as far as one knows; at least one."""
        return self._first[-1]

    def row(self, index: int) -> Row:
        """Row ``index``, clamped; a block seen for the first time is wrapped."""
        index = max(0, index)
        while True:
            index = min(index, self._first[-1] - 1)
            block = bisect_right(self._first, index) - 1
            starts = self._wrapped[block]
            if starts is not None:
                return self._row(block, starts, index - self._first[block])
            self._measure(block)

    def row_of(self, offset: int) -> int:
        """The index of the row that holds ``offset`` (clamped into the text)."""
        block = self._block_of(offset)
        starts = self._wrapped[block] or self._measure(block)
        local = max(0, bisect_right(starts, offset) - 1)
        return self._first[block] + local

    def measure(self, start: int, end: int) -> None:
        """Make the rows of ``text[start:end]`` exact."""
        changed = False
        for block in range(self._block_of(start), self._block_of(end) + 1):
            if self._wrapped[block] is None:
                before = self._counts[block]
                self._wrap(block)
                changed = changed or self._counts[block] != before
        if changed:
            self._sum()

    def measure_around(self, offset: int, rows: int) -> None:
        """Make at least ``rows`` rows before and twice as many after exact."""
        here = self._block_of(offset)
        self.measure(offset, offset)
        for step, wanted in ((-1, rows), (1, 2 * rows)):
            block, found = here + step, 0
            while found < wanted and 0 <= block < len(self._starts):
                place = self._starts[block]
                self.measure(place, place)
                found += self._counts[block]
                block += step

    def _block_of(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _block_end(self, block: int) -> int:
        following = block + 1
        ends = self._starts
        return ends[following] if following < len(ends) else len(self.text)

    def _estimate(self, block: int) -> int:
        start, end = self._starts[block], self._block_end(block)
        breaks = self.text.count("\n", start, end)
        return max(1, breaks + (end - start) // max(1, self.width - 3))

    def _sum(self) -> None:
        self._first = list(accumulate(self._counts, initial=0))

    def _measure(self, block: int) -> list[int]:
        before = self._counts[block]
        starts = self._wrap(block)
        if self._counts[block] != before:
            self._sum()
        return starts

    def _wrap(self, block: int) -> list[int]:
        """Wrap one block; the caller sums up when the count has changed."""
        text, width = self.text, self.width
        position, stop = self._starts[block], self._block_end(block)
        starts: list[int] = []
        is_last = block + 1 == len(self._starts)
        while True:
            found = text.find("\n", position, stop)
            starts += line_rows(text, position, stop if found < 0 else found, width)
            if found < 0:
                break
            position = found + 1
            if position == stop and not is_last:
                break
        self._wrapped[block] = starts
        self._counts[block] = len(starts)
        return starts

    def _row(self, block: int, starts: list[int], local: int) -> Row:
        start = starts[local]
        after = local + 1
        following = starts[after] if after < len(starts) else self._block_end(block)
        return _closed(self.text, start, following)


def line_rows(text: str, start: int, end: int, width: int) -> list[int]:
    """Where the rows of one line ``text[start:end]`` begin; never empty."""
    if end - start <= 1:
        return [start]
    if safe.is_ordinary(text, start, end):
        return _ordinary_rows(text, start, end, width)
    return _odd_rows(text, start, end, width)


def wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """The rows of a short text without line breaks, as (start, end)."""
    starts = line_rows(text, 0, len(text), max(1, width))
    ends = [*starts[1:], len(text)]
    return [_closed(text, a, b)[:2] for a, b in zip(starts, ends, strict=True)]


def tab_cells(cell: int) -> int:
    """How many cells a tab takes that begins at ``cell`` of its row."""
    return TAB - cell % TAB


def _closed(text: str, start: int, following: int) -> Row:
    last = following - 1
    hangs = last >= start and text[last] in _HANGING
    at_end = following == len(text)
    if hangs and at_end and text[last] != "\n":
        hangs = False  # the text itself ends in a blank: that is a sign to stand on
    hard = at_end or (last >= start and text[last] == "\n")
    return Row(start, last if hangs else following, following, hard)


def _blocks(text: str) -> array[int]:
    starts = array("q", [0])
    start, length = 0, len(text)
    while length - start > _LONGEST_BLOCK or (
        length - start > _BLOCK and text.find("\n", start + _BLOCK) >= 0
    ):
        found = text.find("\n", start + _BLOCK, start + _LONGEST_BLOCK)
        start = found + 1 if found >= 0 else _inner_cut(text, start)
        starts.append(start)
    return starts


def _inner_cut(text: str, start: int) -> int:
    """Where to cut a line that is longer than a block may be."""
    limit = start + _LONGEST_BLOCK
    blank = text.rfind(" ", limit - _SEARCH_BLANK, limit)
    cut = graphemes.floor(text, blank + 1 if blank >= 0 else limit)
    return cut if cut > start else limit


def _ordinary_rows(text: str, start: int, end: int, width: int) -> list[int]:
    """Greedy breaks of signs that are one cell each, without looking at each."""
    starts = [start]
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        start = cut + 1 if cut >= 0 else start + width
        if start >= end:
            break
        starts.append(start)
    return starts


def _odd_rows(text: str, start: int, end: int, width: int) -> list[int]:
    """Greedy breaks by cluster: behind blanks and around wide signs."""
    starts = [start]
    cell = cut = cut_cell = 0
    cut = start
    before, before_wide, before_blank = "", False, False
    for cluster in safe.clusters(text, start, end):
        char = text[cluster.start]
        # A blank that carries a mark is a sign to be seen.
        blank = char in _HANGING and cluster.end == cluster.start + 1
        wide = cluster.cells > 1
        if before_blank or (
            (wide or before_wide)
            and char not in _NEVER_FIRST
            and before not in _NEVER_LAST
        ):
            cut, cut_cell = cluster.start, cell
        cells = tab_cells(cell) if char == "\t" else cluster.cells
        while not blank and cell + cells > width and cluster.start > starts[-1]:
            if cut <= starts[-1]:
                cut, cut_cell = cluster.start, cell
            starts.append(cut)
            cell -= cut_cell
            cut_cell = 0
        cell += cells
        if blank and cell > width and cluster.end < end:
            starts.append(cluster.end)
            cell = cut_cell = 0
            cut = cluster.end
        before, before_wide, before_blank = char, wide, blank
    return starts
