"""What co-occurrence is counted on: the things, the documents, who stands where.

The ways in which a large library is asked differ in cost by a hundred, so the reading
is chosen here: the documents of a few entities, the entities of a few documents, or
everything.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from store import occurrences
from store.document_rows import DocumentFilter
from store.incidence import Incidence
from store.occurrences import ENTITY, FEW, TAG, Roots, Tagged, Thing, joined, within

if TYPE_CHECKING:
    from store.cooccurrence import Question
    from store.incidence import Flags, Numbers

_COUNTERS = """
SELECT id, documents FROM entities WHERE id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Things by number, and in which units they stand."""

    things: tuple[Thing, ...]
    """Tags before entities; whose neighbours are asked for before all."""
    incidence: Incidence
    totals: Numbers
    """In how many units each thing stands."""
    units: int
    split: int | None
    """Only pairs of a thing in front of this number with one behind; ``None``: any."""
    near: bool
    """Whether only the neighbours of the first thing are asked for."""
    scope: Numbers
    """The documents that were asked about, ascending."""
    roots: Roots | None
    tagged: Tagged | None

    def apart(self, first: Numbers, second: Numbers) -> Flags:
        """Which pairs are no tag with one above or below it: true or false."""
        tagged = self.tagged
        kept = numpy.ones(len(first), dtype=numpy.bool_)
        if tagged is None:
            return kept
        tags = {n: one.id for n, one in enumerate(self.things) if one.kind == TAG}
        rows = numpy.flatnonzero(
            numpy.isin(first, list(tags)) & numpy.isin(second, list(tags))
        )
        for row in rows.tolist():
            a, b = tags[int(first[row])], tags[int(second[row])]
            kept[row] = a not in tagged.means[b] and b not in tagged.means[a]
        return kept


@dataclass(frozen=True, slots=True)
class _Columns:
    """Things of one kind: who stands in which document."""

    kind: str
    documents: Numbers
    ids: Numbers
    totals: dict[int, int] | None = None
    """In how many documents of the scope each stands; ``None``: count them here."""


def read(connection: sqlite3.Connection, question: Question) -> Ground:
    """The ground of a question, by document. Raises ``NotFound``."""
    scope = occurrences.documents_in(connection, question.documents)
    beside = question.beside
    wants_tags = question.of != "entities" or (beside and beside.kind == TAG)
    wants_entities = question.of != "tags" or (beside and beside.kind == ENTITY)
    tagged = Tagged(connection, below=question.below) if wants_tags else None
    roots = Roots.read(connection) if wants_entities else None
    columns: list[_Columns] = []
    if beside is not None:
        columns.append(_one(connection, beside, scope, roots, tagged))
    if tagged is not None and question.of != "entities":
        columns.append(_tags(question, tagged, scope))
    if question.of != "tags":
        near = columns[0].documents if beside is not None else None
        columns.append(_entities(connection, question, scope, near))
    return _numbered(question, columns, scope, roots, tagged)


def _one(
    connection: sqlite3.Connection,
    beside: Thing,
    scope: Numbers,
    roots: Roots | None,
    tagged: Tagged | None,
) -> _Columns:
    """The documents of the one whose neighbours are asked for."""
    if beside.kind == ENTITY and roots is not None:
        documents, ids = occurrences.entity_documents(connection, roots, [beside.id])
    else:
        assert tagged is not None
        documents, ids = tagged.documents()
    kept = (ids == beside.id) & within(documents, scope)
    documents = numpy.unique(documents[kept])
    return _Columns(beside.kind, documents, numpy.full_like(documents, beside.id))


def _tags(question: Question, tagged: Tagged, scope: Numbers) -> _Columns:
    documents, ids = tagged.documents()
    kept = within(documents, scope)
    found = _Columns(TAG, documents[kept], ids[kept])
    return found if question.beside else _most(found, question.top)


def _entities(
    connection: sqlite3.Connection,
    question: Question,
    scope: Numbers,
    near: Numbers | None,
) -> _Columns:
    """Entities of the type that is asked for; ``near``: only who is named in these
    documents is of interest."""
    roots = Roots.read(connection, question.type)
    is_all = question.documents == DocumentFilter()
    totals = None
    if near is not None and is_all and len(near) <= FEW < len(scope):
        found = occurrences.entities_of(connection, roots, near)
        listed = json.dumps(numpy.unique(found[1]).tolist())
        totals = dict(connection.execute(_COUNTERS, [listed]).fetchall())
    elif near is None and is_all and question.top is not None:
        wanted = occurrences.most_named(
            connection, question.documents, question.type, question.top
        )
        documents, entities = occurrences.entity_documents(connection, roots, wanted)
        kept = within(documents, scope)
        found = documents[kept], entities[kept]
    else:
        found = occurrences.entities_in(connection, roots, scope)
    columns = _Columns(ENTITY, *found, totals)
    return columns if near is not None else _most(columns, question.top)


def _most(columns: _Columns, top: int | None) -> _Columns:
    """The things that stand in most documents."""
    if top is None:
        return columns
    best = occurrences.most(columns.documents, columns.ids, top)
    kept = numpy.isin(columns.ids, best)
    return _Columns(columns.kind, columns.documents[kept], columns.ids[kept])


def _numbered(
    question: Question,
    columns: Sequence[_Columns],
    scope: Numbers,
    roots: Roots | None,
    tagged: Tagged | None,
) -> Ground:
    """Give every thing a number, and put the columns together."""
    things = [] if question.beside is None else [question.beside]
    numbers: list[Numbers] = []
    counted: dict[int, int] = {}
    split = None
    for column in columns:
        # By table, since sorting millions of ids takes longer than counting them.
        number_of = numpy.zeros(int(column.ids.max(initial=0)) + 1, dtype=numpy.int64)
        for id in numpy.flatnonzero(numpy.bincount(column.ids)).tolist():
            thing = Thing(column.kind, id)
            if thing == question.beside:
                continue  # it is the first of all
            number_of[id] = len(things)
            if column.totals is not None:
                counted[len(things)] = column.totals.get(id, 0)
            things.append(thing)
        numbers.append(number_of[column.ids])
        if column.kind == TAG and question.of == "both" and question.beside is None:
            split = len(things)
    size = len(things)
    documents = joined([column.documents for column in columns])
    found = Incidence.of(documents, joined(numbers), size)
    totals = found.per_thing(size)
    for number, total in counted.items():
        totals[number] = total
    return Ground(
        tuple(things),
        found,
        totals,
        len(scope),
        split,
        question.beside is not None,
        scope,
        roots,
        tagged,
    )
