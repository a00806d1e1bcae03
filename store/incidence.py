"""Which things stand in which units, and which stand there together: plain numbers.

Two columns of numbers, sorted by unit, are enough to count every pair, whether a unit
is a document, a paragraph or a sentence. Nothing here knows what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
    Flags = NDArray[numpy.bool_]

_AT_ONCE = 250_000
"""Rows whose pairs are made at once: a tenth of a second."""

_TABLE = 4_000_000
"""Pairs of things that are counted in a table of their own; more are sorted."""

_WAITING = 1_000_000
"""Pairs that wait to be counted in one go."""

_HELD = 8_000_000
"""Counted pairs that are held before equal ones are joined."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which thing stands in which unit; no row twice, sorted by unit, then thing."""

    units: Numbers
    things: Numbers

    @classmethod
    def of(cls, units: Numbers, things: Numbers, size: int) -> Incidence:
        """Sort and drop what stands twice; ``things`` are numbers below ``size``."""
        keys = numpy.sort(units * size + things)
        # Faster than ``unique``, which makes a table of what it has seen.
        keys = keys[numpy.diff(keys, prepend=-1) != 0]
        units, things = numpy.divmod(keys, max(1, size))
        return cls(units, things)

    def per_thing(self, size: int) -> Numbers:
        """In how many units each thing stands."""
        return numpy.bincount(self.things, minlength=size).astype(numpy.int64)

    def beside(self, thing: int, size: int) -> Numbers:
        """In how many units each thing stands together with ``thing``."""
        with_it = self.units[self.things == thing]
        rows = numpy.isin(self.units, with_it, assume_unique=False)
        return numpy.bincount(self.things[rows], minlength=size).astype(numpy.int64)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each pair stands together; the first thing is the smaller number."""

    first: Numbers
    second: Numbers
    times: Numbers


@dataclass(frozen=True, slots=True)
class Share:
    """How far the counting of pairs is."""

    done: int
    total: int
    counted: Counted | None = None
    """The pairs, with the last step only."""


def pairs(found: Incidence, size: int, split: int | None = None) -> Iterator[Share]:
    """Count every pair of things; ``size`` is one more than the largest number.

    With ``split`` only pairs of a thing below it with one that is not.
    """
    total = len(found.units)
    tally = _Tally(size)
    at = 0
    while at < total:
        end = _unit_end(found.units, min(at + _AT_ONCE, total))
        for first, second in _between(found.units[at:end], found.things[at:end], split):
            tally.add(first, second)
        at = end
        yield Share(at, total)
    yield Share(total, total, tally.counted())


def _unit_end(units: Numbers, end: int) -> int:
    """The end of the unit that the row before ``end`` belongs to."""
    return int(numpy.searchsorted(units, units[end - 1], side="right"))


def _between(
    units: Numbers, things: Numbers, split: int | None
) -> Iterator[tuple[Numbers, Numbers]]:
    """Every pair of rows of one unit: each row with the next, the one after, …"""
    rows = numpy.arange(len(units), dtype=numpy.int64)
    if split is not None:
        rows = rows[things < split]
    step = 1
    while len(rows):
        rows = rows[rows + step < len(units)]
        rows = rows[units[rows] == units[rows + step]]
        other = things[rows + step]
        kept = other >= (split or 0)
        yield things[rows][kept], other[kept]
        step += 1


class _Tally:
    """Counts of pairs: a table where things are few, else sorted keys."""

    def __init__(self, size: int) -> None:
        self._size = max(1, size)
        cells = self._size * self._size
        self._table = numpy.zeros(cells, dtype=numpy.int64) if cells <= _TABLE else None
        self._waiting: list[Numbers] = []
        self._keys: list[Numbers] = []
        self._times: list[Numbers] = []
        self._limit = _HELD

    def add(self, first: Numbers, second: Numbers) -> None:
        """Count one more of each pair."""
        self._waiting.append(first * self._size + second)
        if sum(map(len, self._waiting)) >= _WAITING:
            self._take()

    def _take(self) -> None:
        """Count what waits."""
        if not self._waiting:
            return
        keys = numpy.concatenate(self._waiting)
        self._waiting = []
        if self._table is not None:
            self._table += numpy.bincount(keys, minlength=len(self._table))
            return
        known, times = numpy.unique(keys, return_counts=True)
        self._keys.append(known)
        self._times.append(times.astype(numpy.int64))
        if sum(map(len, self._keys)) > self._limit:
            self._join()
            self._limit = max(_HELD, 2 * len(self._keys[0]))

    def _join(self) -> None:
        """Make one row of every pair."""
        if len(self._keys) < 2:
            return
        keys, times = numpy.concatenate(self._keys), numpy.concatenate(self._times)
        order = numpy.argsort(keys, kind="stable")
        keys, times = keys[order], times[order]
        heads = numpy.flatnonzero(numpy.diff(keys, prepend=keys[0] - 1))
        self._keys = [keys[heads]]
        self._times = [numpy.add.reduceat(times, heads)]

    def counted(self) -> Counted:
        """The pairs that stand together at all, by their numbers."""
        self._take()
        if self._table is not None:
            keys = numpy.flatnonzero(self._table).astype(numpy.int64)
            times = self._table[keys]
        else:
            self._join()
            nothing = numpy.empty(0, dtype=numpy.int64)
            keys = self._keys[0] if self._keys else nothing
            times = self._times[0] if self._times else nothing
        return Counted(keys // self._size, keys % self._size, times)
