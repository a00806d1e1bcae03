"""Co-occurrence inside texts: by paragraph and sentence, and by overlap.

One document after the other is read, so that memory stays small and the work can be
left at any moment.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy

from store import occurrences, units
from store.cooccurrence_ground import Ground
from store.incidence import Incidence
from store.occurrences import ENTITY, TAG, Stands

if TYPE_CHECKING:
    from store.incidence import Numbers

_A_STEP = 50
"""Documents between two reports of progress."""

_TEXT = "SELECT text, language FROM documents WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading is; the last one has the ground by paragraph or sentence."""

    done: int
    total: int
    found: Ground | None = None


class Places:
    """Where the things of a ground stand in a document."""

    def __init__(self, connection: sqlite3.Connection, ground: Ground) -> None:
        self._connection = connection
        self._tagged = ground.tagged
        self._number_of_tag = {
            one.id: n for n, one in enumerate(ground.things) if one.kind == TAG
        }
        self._number_of_entity: list[int] = []
        if ground.roots is not None:
            of = ground.roots.of
            by_root = numpy.full(len(of), -1, dtype=numpy.int64)
            for number, one in enumerate(ground.things):
                if one.kind == ENTITY and one.id < len(of):
                    by_root[one.id] = number
            by_root[0] = -1  # what counts for nothing
            self._number_of_entity = by_root[of].tolist()

    def in_document(self, document: int) -> list[Stands]:
        """Tagged passages and mentions, in the order of the text each."""
        found: list[Stands] = []
        if self._tagged is not None:
            found += self._tagged.places(document, self._number_of_tag)
        if self._number_of_entity:
            found += occurrences.entity_places(
                self._connection, document, self._number_of_entity
            )
        return found


def by_unit(
    connection: sqlite3.Connection,
    ground: Ground,
    unit: str,
) -> Iterator[Reading]:
    """The ground again, by ``paragraph`` or ``sentence``.

    Only documents with something to count are read; where neighbours are asked for,
    only those that hold the one whose they are.
    """
    documents = _documents(ground)
    places = Places(connection, ground)
    size = len(ground.things)
    rows: list[Numbers] = []
    held: list[tuple[int, int]] = []
    first = 0
    for done, document in enumerate(documents):
        if done % _A_STEP == 0:
            rows.append(_table(held))
            held = []
            yield Reading(done, len(documents))
        row = connection.execute(_TEXT, [document]).fetchone()
        if row is None:
            continue
        begins = units.starts(row[0], unit, row[1])
        if begins:
            for place in places.in_document(document):
                for number in units.touched(begins, place.start, place.end):
                    held += [(first + number, thing) for thing in place.things]
        first += len(begins)
    rows.append(_table(held))
    table = numpy.concatenate(rows)
    found = Incidence.of(table[:, 0], table[:, 1], size)
    answer = replace(ground, incidence=found, totals=found.per_thing(size), units=first)
    yield Reading(len(documents), len(documents), answer)


def _documents(ground: Ground) -> Sequence[int]:
    found = ground.incidence
    kept = found.units[found.things == 0] if ground.near else found.units
    documents: list[int] = numpy.unique(kept).tolist()
    return documents


def _table(rows: list[tuple[int, int]]) -> Numbers:
    return numpy.array(rows, dtype=numpy.int64).reshape(-1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Pairs of things whose passages share a sign, a row each."""

    ground: Ground
    """Its totals and units are passages."""
    first: Numbers
    second: Numbers
    times: Numbers
    """Pairs of passages; one that bears both things is a pair with itself."""
    taking_part: Numbers
    """Passages of either thing that are in such a pair."""
    on_one: Numbers
    """Passages that bear both things."""


@dataclass(frozen=True, slots=True)
class Overlapping:
    """How far the reading is; the last one has the answer."""

    done: int
    total: int
    found: Overlaps | None = None


class _Tally:
    """Counts of overlapping passages, by pair."""

    def __init__(self, ground: Ground) -> None:
        self._split = ground.split
        self._near = ground.near
        self.times: Counter[tuple[int, int]] = Counter()
        self.taking_part: Counter[tuple[int, int]] = Counter()
        self.on_one: Counter[tuple[int, int]] = Counter()
        self.totals: Counter[int] = Counter()
        self.passages = 0

    def add(self, found: Sequence[Stands]) -> None:
        """Count the passages of one document."""
        found = sorted(found)
        self.passages += len(found)
        part: dict[tuple[int, int], set[int]] = {}
        reaching: list[int] = []
        for place, one in enumerate(found):
            self.totals.update(one.things)
            reaching = [at for at in reaching if found[at].end > one.start]
            for pair in self._pairs(one.things, one.things):
                self.on_one[pair] += 1
            for at in (*reaching, place):
                for pair in self._pairs(found[at].things, one.things):
                    self.times[pair] += 1
                    part.setdefault(pair, set()).update((at, place))
            reaching.append(place)
        for pair, those in part.items():
            self.taking_part[pair] += len(those)

    def _pairs(
        self, some: Sequence[int], others: Sequence[int]
    ) -> set[tuple[int, int]]:
        """Pairs of things that two passages make, the smaller number first."""
        found = {(min(a, b), max(a, b)) for a in some for b in others if a != b}
        if self._near:
            return {pair for pair in found if pair[0] == 0}
        split = self._split
        if split is not None:
            return {(a, b) for a, b in found if a < split <= b}
        return found


def overlaps(connection: sqlite3.Connection, ground: Ground) -> Iterator[Overlapping]:
    """Count pairs of passages that share a sign."""
    documents = _documents(ground)
    places = Places(connection, ground)
    tally = _Tally(ground)
    for done, document in enumerate(documents):
        if done % _A_STEP == 0:
            yield Overlapping(done, len(documents))
        tally.add(places.in_document(document))
    pairs = sorted(tally.times)
    table = _table(pairs)
    totals = [tally.totals[number] for number in range(len(ground.things))]
    answer = Overlaps(
        replace(
            ground,
            totals=numpy.array(totals, dtype=numpy.int64),
            units=tally.passages,
        ),
        table[:, 0],
        table[:, 1],
        _column(tally.times, pairs),
        _column(tally.taking_part, pairs),
        _column(tally.on_one, pairs),
    )
    yield Overlapping(len(documents), len(documents), answer)


def _column(
    counts: Counter[tuple[int, int]], pairs: Sequence[tuple[int, int]]
) -> Numbers:
    return numpy.array([counts[pair] for pair in pairs], dtype=numpy.int64)
