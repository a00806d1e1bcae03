"""Pairs as values with names, and where a pair stands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy

from store import codebook, cooccurrence_ground, entity_rows, places, units
from store.cooccurrence import Pairs, Question
from store.cooccurrence_texts import Places
from store.errors import NotFound
from store.occurrences import ENTITY, TAG, Stands, Thing
from store.tagpaths import TagPaths

MOST_PLACES = 1_000
"""Documents in which a pair is looked for; the newest ones."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that occur together."""

    a_id: int
    a: str
    """Name of the entity, path of the tag."""
    a_type: str
    """Type of the entity, or ``tag``."""
    b_id: int
    b: str
    b_type: str
    together: int
    """Units with both; pairs of passages by overlap."""
    a_total: int
    """Units, or passages, with the first."""
    b_total: int
    units: int
    """All units that were counted."""
    jaccard: float
    g2: float | None
    """``None`` by overlap."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its name and what it is."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A document that holds both, and where the first does beside the second."""

    document: int
    start: int | None
    """``None`` where the first is a tag of the whole document."""
    end: int | None


def named(
    connection: sqlite3.Connection, things: Iterable[Thing]
) -> dict[Thing, Named]:
    """Names of things; whatever was deleted meanwhile is not there."""
    wanted = set(things)
    found: dict[Thing, Named] = {}
    if any(one.kind == TAG for one in wanted):
        paths = TagPaths.read(connection)
        for one in wanted:
            if one.kind == TAG and one.id in paths.ids:
                found[one] = Named(paths.path(one.id), TAG)
    ids = [one.id for one in wanted if one.kind == ENTITY]
    rows = connection.execute(
        "SELECT id, name, type FROM entities"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    for id, name, type in rows:
        found[Thing(ENTITY, id)] = Named(name, type)
    return found


def rows(
    connection: sqlite3.Connection, pairs: Pairs, numbers: Sequence[int]
) -> dict[int, Pair]:
    """The pairs of these rows, by the row's number."""
    two = {
        number: (
            pairs.things[int(pairs.first[number])],
            pairs.things[int(pairs.second[number])],
        )
        for number in numbers
    }
    names = named(connection, (one for both in two.values() for one in both))
    return {
        number: _pair(pairs, number, a, b, names)
        for number, (a, b) in two.items()
        if a in names and b in names
    }


def _pair(
    pairs: Pairs, number: int, a: Thing, b: Thing, names: dict[Thing, Named]
) -> Pair:
    g2 = float(pairs.g2[number])
    return Pair(
        a_id=a.id,
        a=names[a].name,
        a_type=names[a].type,
        b_id=b.id,
        b=names[b].name,
        b_type=names[b].type,
        together=int(pairs.together[number]),
        a_total=int(pairs.totals[pairs.first[number]]),
        b_total=int(pairs.totals[pairs.second[number]]),
        units=pairs.units,
        jaccard=round(float(pairs.jaccard[number]), 4),
        g2=None if numpy.isnan(g2) else round(g2, 2),
    )


def find(connection: sqlite3.Connection, words: str) -> Thing:
    """The thing that is meant by ``entity:NAME``, ``tag:PATH``, or a name alone: of
    an entity, else of a tag. Raises ``NotFound`` and ``UsageError``."""
    kind, name = places.kind_of(words)
    if kind == TAG:
        return Thing(TAG, codebook.find(connection, name))
    if kind == ENTITY:
        return Thing(ENTITY, entity_rows.find(connection, name))
    try:
        return Thing(ENTITY, entity_rows.find(connection, words))
    except NotFound as error:
        if not str(error).startswith("There is no"):
            raise
        try:
            return Thing(TAG, codebook.find(connection, words))
        except NotFound:
            raise NotFound(
                str(error).replace("no entity", "no entity and no tag", 1)
            ) from None


def meetings(
    connection: sqlite3.Connection, question: Question, a: Thing, b: Thing
) -> list[Meeting]:
    """Documents that hold both in one unit, newest first, with the first such place.

    Looked for in the newest documents that hold both at all, ``MOST_PLACES`` of them.
    """
    ground = cooccurrence_ground.read(connection, _about(question, a, b))
    if b not in ground.things:
        return []
    second = ground.things.index(b)
    held = ground.incidence
    both = numpy.intersect1d(
        held.units[held.things == 0], held.units[held.things == second]
    )
    standing = Places(connection, ground)
    found = []
    for document, text, language in _texts(connection, both.tolist(), question.unit):
        stands = standing.in_document(document)
        ours = [one for one in stands if 0 in one.things]
        theirs = [one for one in stands if second in one.things]
        place = _meeting(ours, theirs, question.unit, text, language)
        if place is not None:
            found.append(Meeting(document, place.start, place.end))
        elif question.unit == units.DOCUMENT:
            found.append(Meeting(document, None, None))
    return found


def _about(question: Question, a: Thing, b: Thing) -> Question:
    """The same question about one thing beside another of its kind."""
    return Question(
        of="tags" if b.kind == TAG else "entities",
        unit=question.unit,
        documents=question.documents,
        beside=a,
        top=None,
        below=question.below,
    )


def _texts(
    connection: sqlite3.Connection, documents: Sequence[int], unit: str
) -> list[tuple[int, str, str | None]]:
    """These documents, newest first; with texts only where the unit needs them."""
    text = "''" if unit in (units.DOCUMENT, units.OVERLAP) else "text"
    rows = connection.execute(
        f"SELECT id, {text}, language FROM documents"
        " WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY published DESC, id DESC LIMIT ?",
        [json.dumps(documents), MOST_PLACES],
    )
    return rows.fetchall()


def _meeting(
    ours: Sequence[Stands],
    theirs: Sequence[Stands],
    unit: str,
    text: str,
    language: str | None,
) -> Stands | None:
    """The first of our places that shares its unit with one of theirs."""
    if unit == units.DOCUMENT:
        return min(ours, default=None)
    if unit == units.OVERLAP:
        for one in sorted(ours):
            if any(o.start < one.end and one.start < o.end for o in theirs):
                return one
        return None
    begins = units.starts(text, unit, language)
    held = {n for one in theirs for n in units.touched(begins, one.start, one.end)}
    for one in sorted(ours):
        if not held.isdisjoint(units.touched(begins, one.start, one.end)):
            return one
    return None
