"""Ids of a filtered list in an order: a page of them at once, or all.

With a million documents SQLite, which knows neither how many documents a condition
lets through nor how many are wanted, chooses badly. There are three ways to a page:
walk along the index of the order and test each document; walk along an index that
has the filter in front and the order behind it; or gather what one condition leads
to and sort it. What each would cost is reckoned from how many rows the conditions
lead to, counted up to a limit, and the cheapest is taken.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from store.document_filter import DocumentFilter
from store.document_terms import Term, terms
from store.errors import NotFound, UsageError

PAGE = 50
"""Documents of a page unless told."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One of the things that a list is ordered by, the first counting most."""

    sql: str
    is_optional: bool = False
    is_counter: bool = False
    """It runs against the order: by source from A to Z, in each the newest first."""


@dataclass(frozen=True, slots=True)
class _Order:
    levels: tuple[_Level, ...]
    index: str | None
    """The index along which the order runs; None: along the table."""
    by: str
    """Conditions on this column may lead along an index in this order, too."""


_ID = _Level("d.id")
_PUBLISHED = _Level("d.published", is_optional=True)
_NEWEST = (
    _Level("d.published", is_optional=True, is_counter=True),
    _Level("d.id", is_counter=True),
)

_ORDERS = {
    "published": _Order((_PUBLISHED, _ID), "documents_published", "published"),
    "title": _Order(
        (_Level("d.title COLLATE NOCASE"), _ID), "documents_title", "title"
    ),
    "source": _Order(
        (_Level("d.source COLLATE NOCASE", is_optional=True), *_NEWEST),
        "documents_source",
        "source",
    ),
    "added": _Order((_ID,), None, "id"),
    "words": _Order((_Level("d.words"), _ID), "documents_words", "words"),
    "language": _Order(
        (_Level("d.language", is_optional=True), *_NEWEST),
        "documents_language",
        "language",
    ),
}

ORDERS = tuple(_ORDERS)
"""What a list can be ordered by."""

NEWEST_FIRST = {"published", "added", "words"}
"""Orders that begin at the large end unless reversed."""

_HELD = {
    "documents_published": {"published", "id"},
    "documents_source": {"source", "published", "id", "language"},
    "documents_language": {"language", "published", "id"},
    "documents_title": {"title", "id", "source", "language"},
    "documents_words": {"words", "id", "source", "language"},
    "documents_unread": {"read", "published", "id"},
    "documents_starred": {"starred", "id"},
}
"""Columns that an index answers for, without a look at the document."""

_IN_ORDER = {
    ("documents_source", "published"),
    ("documents_source", "source"),
    ("documents_language", "published"),
    ("documents_language", "language"),
    ("documents_unread", "published"),
    ("documents_published", "published"),
}
"""Indexes that, led by their condition, run in the order of this column."""

# What a row costs, in millionths of a second: of an index, of the table, to look for
# in another table, to search for words, to sort.
_INDEXED, _LOOKED_UP, _PROBED, _SCANNED, _SORTED = 0.15, 3.0, 1.0, 2.0, 0.2

_FEW, _MANY = 2_000, 100_000
"""Rows that a condition leads to are counted so far: alone, and with others."""

_MOST_OFTEN = 0.1
"""The share of all documents that a condition with more rows is taken to lead to."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to the documents of a list."""

    cost: float
    leader: Term | None
    index: str | None
    is_ordered: bool


def ids(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    order: str = "published",
    *,
    reverse: bool = False,
) -> array[int]:
    """Ids of the documents a filter lets through, in order. Raises ``UsageError``."""
    return page(connection, filters, order, reverse=reverse, limit=None)


def page(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    order: str = "published",
    *,
    reverse: bool = False,
    limit: int | None = PAGE,
    after: int | None = None,
) -> array[int]:
    """The first ids of the list, or those that follow ``after``, a document.

    Documents of which it is not known what the list is ordered by come last either
    way. Raises ``UsageError``, and ``NotFound`` where ``after`` or what the filter
    asks for is gone.
    """
    if order not in _ORDERS:
        raise UsageError(
            f"Documents cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    chosen = _ORDERS[order]
    is_down = (order in NEWEST_FIRST) != reverse
    parts = terms(connection, filters)
    pieces = list(
        _from_start(chosen.levels, is_down)
        if after is None
        else _following(chosen.levels, is_down, _place(connection, chosen, after))
    )
    plan = _plan(connection, parts, chosen, limit)
    found: array[int] = array("q")
    if plan.is_ordered:
        for piece in pieces:
            wanted = None if limit is None else limit - len(found)
            found.extend(_ask(connection, parts, plan, piece, wanted))
            if limit is not None and len(found) >= limit:
                break
        return found
    whole = _whole(chosen, is_down, () if after is None else pieces)
    return array("q", _ask(connection, parts, plan, whole, limit))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of an order: where it lies, and what is left to order it by."""

    where: str
    values: Sequence[Any]
    order: str


def _by(levels: Sequence[_Level], is_down: bool) -> str:
    """Levels as SQL orders by them."""
    ways = ("ASC", "DESC")
    return ", ".join(f"{one.sql} {ways[one.is_counter != is_down]}" for one in levels)


def _from_start(levels: Sequence[_Level], is_down: bool) -> Iterator[_Piece]:
    """The whole order; SQLite puts NULL in front going up, and here it comes last."""
    first = levels[0]
    if not first.is_optional or is_down:
        yield _Piece("", (), _by(levels, is_down))
        return
    yield _Piece(f" AND {first.sql} IS NOT NULL", (), _by(levels, is_down))
    yield _Piece(f" AND {first.sql} IS NULL", (), _by(levels[1:], is_down))


def _following(
    levels: Sequence[_Level], is_down: bool, place: Sequence[Any]
) -> Iterator[_Piece]:
    """What comes after a place: first what is equal to it but for the last level."""
    for at in range(len(levels) - 1, -1, -1):
        same = "".join(
            f" AND {one.sql} IS NULL" if value is None else f" AND {one.sql} = ?"
            for one, value in zip(levels[:at], place, strict=False)
        )
        given = [value for value in place[:at] if value is not None]
        for further, more, rest in _beyond(levels, at, is_down, place[at]):
            yield _Piece(f"{same} AND {further}", [*given, *more], rest)


def _beyond(
    levels: Sequence[_Level], at: int, is_down: bool, value: Any
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


def _place(
    connection: sqlite3.Connection, order: _Order, document: int
) -> Sequence[Any]:
    """Where a document stands in an order, removed or not. Raises ``NotFound``."""
    columns = ", ".join(level.sql for level in order.levels)
    row = connection.execute(
        f"SELECT {columns} FROM documents d WHERE d.id = ?", [document]
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document}.")
    return tuple(row)


def _whole(order: _Order, is_down: bool, pieces: Sequence[_Piece]) -> _Piece:
    """These pieces as one, for what is sorted anyway; everything if there is none."""
    first = order.levels[0]
    by = _by(order.levels, is_down)
    if first.is_optional:
        by = f"{first.sql} IS NULL, {by}"
    if not pieces:
        return _Piece("", (), by)
    either = " OR ".join(f"({piece.where.removeprefix(' AND ')})" for piece in pieces)
    values = list(chain.from_iterable(piece.values for piece in pieces))
    return _Piece(f" AND ({either})", values, by)


def _ask(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    plan: _Plan,
    piece: _Piece,
    limit: int | None,
) -> Iterator[int]:
    """Ids of a piece, up to a limit, the way that was planned."""
    where = "d.removed IS NULL"
    values: list[Any] = []
    for part in parts:
        leads = part is plan.leader
        where += f" AND {part.lead if leads else part.test}"
        values += part.values if leads else part.test_values
    way = f"INDEXED BY {plan.index}" if plan.index else "NOT INDEXED"
    sql = (
        f"SELECT d.id FROM documents d {way} WHERE {where}{piece.where}"
        + (f" ORDER BY {piece.order}" if piece.order else "")
        + (" LIMIT ?" if limit is not None else "")
    )
    given = [*values, *piece.values, *([] if limit is None else [limit])]
    return chain.from_iterable(connection.execute(sql, given))


def _plan(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    order: _Order,
    limit: int | None,
) -> _Plan:
    """The cheapest way to ``limit`` documents, or to all."""
    if len(parts) == 1 and (parts[0].index or "", order.by) in _IN_ORDER:
        return _Plan(0.0, parts[0], parts[0].index, is_ordered=True)
    if not parts and limit is not None:
        return _Plan(0.0, None, order.index, is_ordered=True)
    (last,) = connection.execute("SELECT max(id) FROM documents").fetchone()
    total = float(last or 0) + 1
    most = _FEW if len(parts) == 1 and limit is not None else _MANY
    led = [
        (part, _count(connection, part, most, total)) for part in parts if part.counted
    ]
    matching = total
    for _, count in led:
        matching *= min(1.0, count / total)
    wanted = matching if limit is None else min(float(limit), matching)

    def plan(
        leader: Term | None, base: float, index: str | None, *, is_ordered: bool
    ) -> _Plan:
        rows = base * max(wanted, 1) / max(matching, 1) if is_ordered else base
        tested = [part for part in parts if part is not leader]
        each = _each(index, tested, order, is_ordered=is_ordered)
        cost = min(rows, base) * each
        if not is_ordered:
            cost += matching * _SORTED
        return _Plan(cost, leader, index, is_ordered)

    ways = []
    # A source writes in one language: the walk would find all or nothing.
    if order.by != "language" or not any("source" in one.columns for one, _ in led):
        ways.append(plan(None, total, order.index, is_ordered=True))
    if limit is None:
        # The words of all documents: the smallest index there is.
        ways.append(plan(None, total, "documents_words", is_ordered=False))
    for part, count in led:
        is_ordered = (part.index or "", order.by) in _IN_ORDER
        ways.append(plan(part, count, part.index, is_ordered=is_ordered))
    return min(ways, key=lambda way: way.cost)


def _count(
    connection: sqlite3.Connection, part: Term, most: int, total: float
) -> float:
    """How many rows a condition leads to: up to ``most`` exactly, then a guess."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM ({part.counted} LIMIT ?)", [*part.values, most]
    ).fetchone()
    return float(count) if count < most else max(float(count), total * _MOST_OFTEN)


def _each(
    index: str | None, tested: Sequence[Term], order: _Order, *, is_ordered: bool
) -> float:
    """What a row of a way costs."""
    columns = frozenset[str]().union(*(part.columns for part in tested))
    needed = columns if is_ordered else columns | {order.by}
    cost = _INDEXED if index and needed <= _HELD[index] else _LOOKED_UP
    cost += _PROBED * sum(part.columns == {"id"} for part in tested)
    return cost + _SCANNED * sum("title" in part.columns for part in tested)
