"""Which tags and entities occur together, how often, and whether more than by chance.

Counted by document, paragraph or sentence: how many units hold both, how many hold
each. Or by overlap: how many pairs of passages (an annotation with another, with
itself where it bears both tags, or with a mention inside it) share a sign.

Inside texts only documents with something to count are read, and their paragraphs,
sentences and passages are the ground: of pairs, the documents with any of the things;
of the neighbours of one thing, the documents that hold it. Annotations of whole
documents and those whose passage is lost or unsure count by document only.

A pair of a tag with one above it is no finding where a tag stands for those below it;
such pairs are left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy

from store import association, cooccurrence_ground, cooccurrence_texts, incidence, units
from store.cooccurrence_ground import Ground
from store.document_rows import DocumentFilter
from store.entity_rows import check_type
from store.errors import UsageError
from store.occurrences import ENTITY, TAG, Thing

if TYPE_CHECKING:
    from store.association import Measures
    from store.incidence import Numbers

ENTITIES, TAGS, BOTH = "entities", "tags", "both"

KINDS = (ENTITIES, TAGS, BOTH)
"""What is paired: entities, tags, or tags with entities."""

MOST_FREQUENT = 200
"""So many of a kind are paired unless all are asked for."""

ORDERS = ("together", "jaccard", "g2")


@dataclass(frozen=True, slots=True)
class Question:
    """What occurs with what. Raises ``UsageError`` when asked what cannot be."""

    of: str = ENTITIES
    unit: str = units.DOCUMENT
    documents: DocumentFilter = field(default_factory=DocumentFilter)
    beside: Thing | None = None
    """Only the neighbours of this one."""
    type: str | None = None
    """Only entities of this type."""
    top: int | None = MOST_FREQUENT
    """The most frequent of each kind, or the nearest neighbours; ``None``: all."""
    below: bool = True
    """A tag stands for those below it too."""
    least: int = 1
    """Together at least so many times."""

    def check(self) -> None:
        """Raises ``UsageError`` for what cannot be counted."""
        if self.of not in KINDS:
            raise UsageError(
                f"There are no pairs of {self.of}; choose {', '.join(KINDS)}."
            )
        units.check(self.unit)
        check_type(self.type)
        kinds = {ENTITIES: {ENTITY}, TAGS: {TAG}, BOTH: {TAG, ENTITY}}[self.of]
        if self.beside is not None:
            kinds = kinds | {self.beside.kind}
        if self.unit == units.OVERLAP and TAG not in kinds:
            raise UsageError(
                "Only tagged passages overlap; count tags, tags with entities, or"
                " what stands beside a tag."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The answer: a row for each pair, in columns."""

    question: Question
    things: tuple[Thing, ...]
    first: Numbers
    """Places in ``things``: the tag of a tag with an entity, the one whose neighbours
    were asked for, else the more frequent one."""
    second: Numbers
    together: Numbers
    """Units with both; pairs of passages by overlap."""
    totals: Numbers
    """For each of ``things`` the units, or passages, that hold it."""
    units: int
    """All units, or passages."""
    jaccard: Measures
    g2: Measures
    """Not a number by overlap, which chance says nothing about."""

    def __len__(self) -> int:
        return len(self.together)

    def order(self, by: str = "together", *, reverse: bool = False) -> Numbers:
        """Numbers of the rows, largest first, or smallest with ``reverse``.

        Raises ``UsageError`` for an unknown order.
        """
        if by not in ORDERS:
            raise UsageError(f"Pairs cannot be ordered by {by}; choose {_ORDERS}.")
        columns = {"together": self.together, "jaccard": self.jaccard, "g2": self.g2}
        main = -numpy.nan_to_num(columns[by].astype(numpy.float64))
        found = numpy.lexsort((self.second, self.first, -self.together, main))
        return found[::-1] if reverse else found


@dataclass(frozen=True, slots=True)
class Step:
    """How far the counting is; the last one has the answer."""

    done: int
    total: int
    what: str = "documents"
    pairs: Pairs | None = None


def count(connection: sqlite3.Connection, question: Question) -> Iterator[Step]:
    """Count, a step at a time; the answer comes with the last one.

    May be left after any step. Raises ``UsageError`` and ``NotFound``.
    """
    question.check()
    ground = cooccurrence_ground.read(connection, question)
    if question.unit == units.OVERLAP:
        for step in cooccurrence_texts.overlaps(connection, ground):
            if step.found is None:
                yield Step(step.done, step.total)
            else:
                yield Step(step.done, step.total, pairs=_overlaps(question, step.found))
        return
    if question.unit != units.DOCUMENT:
        for reading in cooccurrence_texts.by_unit(connection, ground, question.unit):
            yield Step(reading.done, reading.total)
            if reading.found is not None:
                ground = reading.found
    yield from _counted(question, ground)


def _counted(question: Question, ground: Ground) -> Iterator[Step]:
    """The pairs of things that stand in the same units of a ground."""
    size = len(ground.things)
    if question.beside is not None:
        times = ground.incidence.beside(0, size)
        times[0] = 0
        second = numpy.flatnonzero(times)
        counted = incidence.Counted(numpy.zeros_like(second), second, times[second])
        yield Step(1, 1, "pairs", _pairs(question, ground, counted))
        return
    for share in incidence.pairs(ground.incidence, size, ground.split):
        found = share.counted
        answer = None if found is None else _pairs(question, ground, found)
        yield Step(share.done, share.total, "pairs", answer)


def _pairs(question: Question, ground: Ground, counted: incidence.Counted) -> Pairs:
    kept = ground.apart(counted.first, counted.second)
    kept &= counted.times >= question.least
    first, second, times = (
        counted.first[kept],
        counted.second[kept],
        counted.times[kept],
    )
    totals = ground.totals
    first, second = _frequent_first(ground, first, second)
    a, b = totals[first], totals[second]
    found = Pairs(
        question,
        ground.things,
        first,
        second,
        times,
        totals,
        ground.units,
        association.jaccard(times, a, b),
        association.g2(times, a, b, ground.units),
    )
    return _nearest(found)


def _frequent_first(
    ground: Ground, first: Numbers, second: Numbers
) -> tuple[Numbers, Numbers]:
    """The more frequent of two of a kind in front."""
    if ground.near or ground.split is not None:
        return first, second
    swap = ground.totals[second] > ground.totals[first]
    return numpy.where(swap, second, first), numpy.where(swap, first, second)


def _overlaps(question: Question, found: cooccurrence_texts.Overlaps) -> Pairs:
    ground = found.ground
    kept = ground.apart(found.first, found.second) & (found.times >= question.least)
    first, second = _frequent_first(ground, found.first[kept], found.second[kept])
    either = ground.totals[first] + ground.totals[second] - found.on_one[kept]
    answer = Pairs(
        question,
        ground.things,
        first,
        second,
        found.times[kept],
        ground.totals,
        ground.units,
        found.taking_part[kept] / numpy.maximum(either, 1),
        numpy.full(len(first), numpy.nan),
    )
    return _nearest(answer)


def _nearest(found: Pairs) -> Pairs:
    """Of neighbours only as many as were asked for."""
    top = found.question.top
    if found.question.beside is None or top is None or len(found) <= top:
        return found
    rows = numpy.sort(found.order()[:top])
    return Pairs(
        found.question,
        found.things,
        found.first[rows],
        found.second[rows],
        found.together[rows],
        found.totals,
        found.units,
        found.jaccard[rows],
        found.g2[rows],
    )


_ORDERS = ", ".join(ORDERS)
