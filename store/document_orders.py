"""What a list of documents can be ordered by, and any stretch of an order as SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from store.errors import NotFound


@dataclass(frozen=True, slots=True)
class Level:
    """One of the things that a list is ordered by, the first counting most."""

    sql: str
    is_optional: bool = False
    is_counter: bool = False
    """It runs against the order: by source from A to Z, in each the newest first."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered."""

    levels: tuple[Level, ...]
    index: str
    """The index along which the order runs."""
    by: str
    """Conditions on this column may lead along an index in this order, too."""


_ID = Level("d.id")
_PUBLISHED = Level("d.published", is_optional=True)
_NEWEST = (
    Level("d.published", is_optional=True, is_counter=True),
    Level("d.id", is_counter=True),
)

ALL: dict[str, Order] = {
    "published": Order((_PUBLISHED, _ID), "documents_published", "published"),
    "title": Order((Level("d.title COLLATE NOCASE"), _ID), "documents_title", "title"),
    "source": Order(
        (Level("d.source COLLATE NOCASE", is_optional=True), *_NEWEST),
        "documents_source",
        "source",
    ),
    "added": Order((_ID,), "documents_added", "id"),
    "words": Order((Level("d.words"), _ID), "documents_words", "words"),
    "language": Order(
        (Level("d.language", is_optional=True), *_NEWEST),
        "documents_language",
        "language",
    ),
}

ORDERS = tuple(ALL)
"""What a list can be ordered by."""

NEWEST_FIRST = {"published", "added", "words"}
"""Orders that begin at the large end unless reversed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an order: where it lies, and what is left to order it by."""

    where: str
    values: Sequence[Any]
    order: str


def _by(levels: Sequence[Level], is_down: bool) -> str:
    """Levels as SQL orders by them."""
    ways = ("ASC", "DESC")
    return ", ".join(f"{one.sql} {ways[one.is_counter != is_down]}" for one in levels)


def from_start(levels: Sequence[Level], is_down: bool) -> Iterator[Piece]:
    """The whole order; SQLite puts NULL in front going up, and here it comes last."""
    first = levels[0]
    if not first.is_optional or is_down:
        yield Piece("", (), _by(levels, is_down))
        return
    yield Piece(f" AND {first.sql} IS NOT NULL", (), _by(levels, is_down))
    yield Piece(f" AND {first.sql} IS NULL", (), _by(levels[1:], is_down))


def following(
    levels: Sequence[Level], is_down: bool, place: Sequence[Any], first: int = 0
) -> Iterator[Piece]:
    """What comes after a place: first what is equal to it but for the last level.

    ``first``: levels before this one stay as they are at the place.
    """
    for at in range(len(levels) - 1, first - 1, -1):
        same = "".join(
            f" AND {one.sql} IS NULL" if value is None else f" AND {one.sql} = ?"
            for one, value in zip(levels[:at], place, strict=False)
        )
        given = [value for value in place[:at] if value is not None]
        for further, more, rest in _beyond(levels, at, is_down, place[at]):
            yield Piece(f"{same} AND {further}", [*given, *more], rest)


def each(
    order: Order, is_down: bool, values: Iterable[str | None], place: Sequence[Any] = ()
) -> Iterator[Piece]:
    """The order cut by what it goes by first, of which these are all values, in order;
    with a ``place`` what comes after that, and the values from there on."""
    first, *others = order.levels
    if place:
        yield from following(order.levels, is_down, place, 1)
    for value in values:
        if value is None:
            yield Piece(f" AND {first.sql} IS NULL", (), _by(others, is_down))
        else:
            yield Piece(f" AND {first.sql} = ?", (value,), _by(others, is_down))


def _beyond(
    levels: Sequence[Level], at: int, is_down: bool, value: Any
) -> Iterator[tuple[str, list[Any], str]]:
    """Conditions under which a level comes after a value, what they take, and what
    is left to order by."""
    level = levels[at]
    falls = level.is_counter != is_down
    here, below = _by(levels[at:], is_down), _by(levels[at + 1 :], is_down)
    is_null_last = falls or at == 0
    if value is None:
        if not is_null_last:
            yield f"{level.sql} IS NOT NULL", [], here
        return
    yield f"{level.sql} {'<' if falls else '>'} ?", [value], here
    if level.is_optional and is_null_last:
        yield f"{level.sql} IS NULL", [], below


def place(connection: sqlite3.Connection, order: Order, document: int) -> Sequence[Any]:
    """Where a document stands in an order, removed or not. Raises ``NotFound``."""
    columns = ", ".join(level.sql for level in order.levels)
    row = connection.execute(
        f"SELECT {columns} FROM documents d WHERE d.id = ?", [document]
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document}.")
    return tuple(row)


def whole(order: Order, is_down: bool, pieces: Sequence[Piece]) -> Piece:
    """These pieces as one, for what is sorted anyway; everything if there is none."""
    first = order.levels[0]
    by = _by(order.levels, is_down)
    if first.is_optional:
        by = f"{first.sql} IS NULL, {by}"
    if not pieces:
        return Piece("", (), by)
    either = " OR ".join(f"({piece.where.removeprefix(' AND ')})" for piece in pieces)
    values = list(chain.from_iterable(piece.values for piece in pieces))
    return Piece(f" AND ({either})", values, by)
