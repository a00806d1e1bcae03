"""Spans laid over a text, by kind: what touches a row, what comes next.

A layer is made once for a kind (entities, annotations, hits) and asked at every
painted row. A long document may have hundreds of thousands of spans, so a layer
holds arrays and makes a ``Span`` only of what is asked for. Finding what touches a
row must not depend on how many spans there are: starts are sorted, a running
maximum of the ends says when to stop looking left. A few very long spans would
spoil that maximum, so they are kept apart.

Offsets are code points into the text, ends exclusive.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

_LONG = 2000


class Span(NamedTuple):
    """A passage that is shown differently."""

    start: int
    end: int
    ref: int
    """What it belongs to, an id of the caller's."""
    style: str = ""
    """Which of the kind's styles it wears, such as an entity type."""
    number: int | None = None
    """What the gutter shows beside it."""
    lane: int = 0
    """Spans that overlap lie in different lanes; see ``lanes``."""


class Columns(NamedTuple):
    """Spans as arrays of one length, in any order."""

    starts: array[int]
    ends: array[int]
    refs: array[int]
    kinds: array[int]
    """Places in the table of styles."""
    numbers: array[int] | None = None
    """What the gutter shows; 0 for nothing."""


class Layer:
    """The spans of one kind, sorted by start and end; empty ones are left out."""

    def __init__(self, columns: Columns, styles: Sequence[str], length: int) -> None:
        """``length`` is the text's; spans are cut to it."""
        columns = _sorted(_cut(columns, length))
        self._starts, self._ends, self._refs, self._kinds, self._numbers = columns
        self._styles = tuple(styles)
        self._lanes: array[int] | None = None
        self._long: list[int] = []
        self._reach: array[int] = array("q")
        farthest = 0
        # Step by step, not in one call: other threads may want to go on meanwhile.
        for place, (start, end) in enumerate(
            zip(self._starts, self._ends, strict=True)
        ):
            if end - start > _LONG:
                self._long.append(place)
            elif end > farthest:
                farthest = end
            self._reach.append(farthest)

    @classmethod
    def of(cls, spans: Iterable[Span], length: int) -> Layer:
        """A layer of spans that there are as such."""
        kept = list(spans)
        styles = list(dict.fromkeys(span.style for span in kept))
        places = {style: place for place, style in enumerate(styles)}
        columns = Columns(
            array("q", [span.start for span in kept]),
            array("q", [span.end for span in kept]),
            array("q", [span.ref for span in kept]),
            array("q", [places[span.style] for span in kept]),
            array("q", [span.number or 0 for span in kept]),
        )
        return cls(columns, styles, length)

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def spans(self) -> Iterator[Span]:
        """All of them, in order."""
        return (self._span(place) for place in range(len(self)))

    def is_same(self, other: Layer | None) -> bool:
        """Whether nothing looks different with the other layer."""
        return (
            other is not None
            and self._styles == other._styles
            and self._starts == other._starts
            and self._ends == other._ends
            and self._refs == other._refs
            and self._kinds == other._kinds
            and self._numbers == other._numbers
        )

    def with_lanes(self) -> Layer:
        """The same layer, its spans parted into lanes."""
        if self._lanes is None:
            self._lanes = lanes(self._starts, self._ends)
        return self

    def touching(self, start: int, end: int) -> list[Span]:
        """The spans that share a sign with ``[start, end)``, by start."""
        found = [
            place
            for place in self._long
            if self._starts[place] < end and self._ends[place] > start
        ]
        place = bisect_left(self._starts, end) - 1
        while place >= 0 and self._reach[place] > start:
            if start < self._ends[place] <= self._starts[place] + _LONG:
                found.append(place)
            place -= 1
        found.sort()
        return [self._span(place) for place in found]

    def at(self, offset: int) -> list[Span]:
        """The spans that hold ``offset``, smallest first."""
        found = self.touching(offset, offset + 1)
        return sorted(found, key=lambda span: span.end - span.start)

    def following(self, offset: int) -> Span | None:
        """The first span that begins after ``offset``."""
        place = bisect_right(self._starts, offset)
        return self._span(place) if place < len(self) else None

    def preceding(self, offset: int) -> Span | None:
        """The last span that begins before ``offset``."""
        place = bisect_left(self._starts, offset) - 1
        return self._span(place) if place >= 0 else None

    def _span(self, place: int) -> Span:
        number = 0 if self._numbers is None else self._numbers[place]
        return Span(
            self._starts[place],
            self._ends[place],
            self._refs[place],
            self._styles[self._kinds[place]],
            number or None,
            0 if self._lanes is None else self._lanes[place],
        )


def lanes(starts: Sequence[int], ends: Sequence[int]) -> array[int]:
    """For spans by start: the lowest lane that is free where each begins.

    Two spans that overlap are never in one lane, and a span that overlaps nothing
    is in lane 0.
    """
    free: list[int] = []
    running: list[tuple[int, int]] = []
    found: array[int] = array("q")
    count = 0
    for start, end in zip(starts, ends, strict=True):
        while running and running[0][0] <= start:
            heappush(free, heappop(running)[1])
        if not free:
            heappush(free, count)
            count += 1
        lane = heappop(free)
        heappush(running, (end, lane))
        found.append(lane)
    return found


def _cut(columns: Columns, length: int) -> Columns:
    """Cut spans to the text, and leave out what is empty then."""
    starts, ends = columns.starts, columns.ends
    inside = min(starts, default=0) >= 0 and max(ends, default=0) <= length
    if inside and all(map(int.__lt__, starts, ends)):
        return columns
    cut = columns._replace(
        starts=array("q", [max(0, start) for start in starts]),
        ends=array("q", [min(length, end) for end in ends]),
    )
    kept = [n for n in range(len(starts)) if cut.starts[n] < cut.ends[n]]
    return _picked(cut, kept)


def _sorted(columns: Columns) -> Columns:
    keys = list(zip(columns.starts, columns.ends, strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return columns if order == list(range(len(keys))) else _picked(columns, order)


def _picked(columns: Columns, places: Sequence[int]) -> Columns:
    numbers = columns.numbers
    return Columns(
        array("q", [columns.starts[place] for place in places]),
        array("q", [columns.ends[place] for place in places]),
        array("q", [columns.refs[place] for place in places]),
        array("q", [columns.kinds[place] for place in places]),
        None if numbers is None else array("q", [numbers[place] for place in places]),
    )
