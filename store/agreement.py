"""How far coders agree: on tags, unit by unit, and on attributes of documents.

Each tag is a question by itself: did the coder put it, or one below it, on this
unit or not? Most of a text bears no tag, so that what counts as a unit and whether
untagged units count decide the figure; both stand in every row.

Only documents that every chosen coder has worked on are compared: those that all
said to be done with or, where nobody said so, those in which each has an
annotation. This reads behind the blinds of ``store.seen``; while coding is blind it
is confined to documents that all are done with.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from store import agreement_units, codebook
from store.coders import Coders
from store.coefficients import Level, Patterns, alpha, kappa, percent
from store.core import Core
from store.document_rows import DocumentFilter, conditions
from store.errors import NothingToDo, UsageError
from store.tagpaths import TagPaths

Unit = Literal["character", "sentence", "paragraph", "document"]
UNITS: tuple[Unit, ...] = ("character", "sentence", "paragraph", "document")

Untagged = Literal["counted", "left out"]
"""``counted``: units that nobody tagged are agreed upon; ``left out``: a unit counts
only if some coder put any of the compared tags on it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One line of the answer: how coders agree on one tag or attribute."""

    what: str
    """Path of the tag, or name of the attribute."""
    unit: str
    untagged: str
    """What was done with units that nobody tagged; empty for attributes."""
    coders: tuple[str, ...]
    documents: int
    units: int
    all_marked: int
    """Units that every coder gave the tag, or the same value."""
    some_marked: int
    none_marked: int
    percent: float | None
    kappa: float | None
    """``None`` where only one value was used: then there is nothing to correct."""
    alpha: float | None
    level: Level = "nominal"
    """Level of measurement that alpha was computed for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared."""

    coders: tuple[str, ...] = ()
    """Two or more; empty: everyone with annotations."""
    tags: tuple[str, ...] = ()
    """Empty: every tag that one of them used, and those above it."""
    unit: Unit = "sentence"
    untagged: Untagged = "counted"
    documents: DocumentFilter = field(default_factory=DocumentFilter)


def of_tags(core: Core, question: Question) -> list[Agreement]:
    """Agreement on each tag, in the order of the codebook.

    Raises ``UsageError`` and ``NothingToDo`` where there is nothing to compare.
    """
    connection = core.reader
    coders = chosen_coders(core, question.coders)
    documents = comparable(core, coders, question.documents)
    paths = TagPaths.read(connection)
    wanted = [codebook.find(connection, tag) for tag in question.tags]
    taggings = agreement_units.taggings(connection, coders, documents)
    used = {one.tag for one in taggings}
    meant = _asked(paths, used, wanted)
    if not meant:
        raise NothingToDo("None of these coders has used a tag there.")
    found: dict[int, Counter[int]] = {tag: Counter() for tag in meant}
    above = {tag: [one for one in meant if paths.below(one, tag)] for tag in used}
    for marks in agreement_units.marked(
        connection, documents, taggings, above, question.unit
    ):
        if question.untagged == "left out" and not any(marks.by_tag.values()):
            continue
        for tag in meant:
            found[tag][marks.by_tag.get(tag, 0)] += marks.size
    return [
        _row(paths.path(tag), question, coders, len(documents), found[tag])
        for tag in meant
    ]


def _asked(paths: TagPaths, used: set[int], wanted: Sequence[int]) -> list[int]:
    """The tags to compare, in the order of the codebook."""
    if wanted:
        return [tag for tag, _ in paths.in_order() if tag in wanted]
    return [
        tag for tag, _ in paths.in_order() if not used.isdisjoint(paths.subtree(tag))
    ]


def _row(
    what: str,
    question: Question,
    coders: Sequence[str],
    documents: int,
    masks: Counter[int],
) -> Agreement:
    """``masks``: how many units were tagged by which coders, one bit a coder."""
    every = (1 << len(coders)) - 1
    patterns: Patterns = {
        tuple(mask >> at & 1 for at in range(len(coders))): units
        for mask, units in masks.items()
    }
    units = sum(masks.values())
    return Agreement(
        what=what,
        unit=question.unit,
        untagged=question.untagged,
        coders=tuple(coders),
        documents=documents,
        units=units,
        all_marked=masks[every],
        some_marked=units - masks[every] - masks[0],
        none_marked=masks[0],
        percent=percent(patterns),
        kappa=kappa(patterns),
        alpha=alpha(patterns),
    )


VALUES = """
SELECT v.document, c.name, v.value FROM attribute_values v
JOIN coders c ON c.id = v.coder
WHERE v.attribute = ?
"""

_LEVELS: dict[str, Level] = {"scale": "ordinal"}


def of_attributes(core: Core, question: Question) -> list[Agreement]:
    """Agreement on each attribute with closed values, document by document.

    Alpha of a scale is ordinal, of others nominal. Raises ``UsageError`` and
    ``NothingToDo``.
    """
    coders = chosen_coders(core, question.coders, VALUES_BY)
    documents = comparable(core, coders, question.documents, VALUES_BY)
    rows = core.reader.execute(
        "SELECT id, name, kind FROM attributes WHERE kind <> 'text' ORDER BY position"
    ).fetchall()
    if not rows:
        raise NothingToDo("No attribute with closed values is defined.")
    return [
        _attribute_row(core.reader, row, coders, set(documents), question)
        for row in rows
    ]


def _attribute_row(
    connection: sqlite3.Connection,
    attribute: tuple[int, str, str],
    coders: Sequence[str],
    documents: set[int],
    question: Question,
) -> Agreement:
    id, name, kind = attribute
    given: dict[int, dict[str, str | float]] = {}
    for document, coder, value in connection.execute(VALUES, [id]):
        if document in documents and coder in coders:
            kept = float(value) if kind == "scale" else value
            given.setdefault(document, {})[coder] = kept
    patterns = Counter(
        tuple(values.get(coder) for coder in coders) for values in given.values()
    )
    level = _LEVELS.get(kind, "nominal")
    same = sum(units for p, units in patterns.items() if len(set(p)) == 1)
    return Agreement(
        what=name,
        unit="document",
        untagged="",
        coders=tuple(coders),
        documents=len(documents),
        units=len(given),
        all_marked=same,
        some_marked=len(given) - same,
        none_marked=len(documents) - len(given),
        percent=percent(patterns),
        kappa=kappa(patterns),
        alpha=alpha(patterns, level),
        level=level,
    )


_TAGGED_BY = """
SELECT DISTINCT a.document AS document, t.coder AS coder FROM annotation_tags t
JOIN annotations a ON a.id = t.annotation AND a.deleted IS NULL
"""

VALUES_BY = "SELECT DISTINCT document, coder FROM attribute_values"


def chosen_coders(
    core: Core, names: Sequence[str], worked: str = _TAGGED_BY
) -> tuple[str, ...]:
    """The coders to compare.

    Raises ``UsageError`` where fewer than two were named, ``NothingToDo`` where
    fewer than two have done anything that could be compared.
    """
    if names:
        coders = Coders(core)
        chosen = tuple(coders.find(name).name for name in dict.fromkeys(names))
    else:
        rows = core.reader.execute(
            f"SELECT DISTINCT c.name FROM ({worked}) w JOIN coders c ON c.id = w.coder"
            " ORDER BY c.name"
        )
        chosen = tuple(name for (name,) in rows)
    if len(chosen) < 2:
        did = "given a value" if worked == VALUES_BY else "coded"
        one = f"only {chosen[0]} has {did}" if chosen else f"nobody has {did} yet"
        if names:
            raise UsageError(f"Agreement needs two coders; name one beside {names[0]}.")
        raise NothingToDo(f"Agreement needs two coders; {one}.")
    return chosen


def comparable(
    core: Core,
    coders: Sequence[str],
    filters: DocumentFilter,
    worked: str = _TAGGED_BY,
) -> list[int]:
    """Documents on which all these coders have worked. Raises ``NothingToDo``."""
    connection = core.reader
    where, values = conditions(connection, filters)
    scope = {
        document
        for (document,) in connection.execute(
            f"SELECT d.id FROM documents d WHERE {where}", values
        )
    }
    done = _by_coder(connection, "SELECT document, coder FROM coding_done")
    if Coders(core).blind or any(done.get(name) for name in coders):
        by, why = done, "No document is marked as done by all of them."
    else:
        by = _by_coder(connection, worked)
        why = "There is no document on which all of them have worked."
    shared = scope.intersection(*(by.get(name, set()) for name in coders))
    if not shared:
        raise NothingToDo(why)
    return sorted(shared)


def _by_coder(connection: sqlite3.Connection, sql: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    rows: Iterator[tuple[int, str]] = connection.execute(
        f"SELECT w.document, c.name FROM ({sql}) w JOIN coders c ON c.id = w.coder"
    )
    for document, name in rows:
        found.setdefault(name, set()).add(document)
    return found
