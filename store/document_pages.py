"""Ids of a filtered list in an order: a page of them at once, or all."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from store import counters, document_orders
from store.document_filter import DocumentFilter
from store.document_orders import NEWEST_FIRST, ORDERS, Order, Piece
from store.document_plans import Plan, plan
from store.document_sets import Known, numbers
from store.document_terms import terms
from store.document_wholes import Wholes
from store.errors import UsageError

__all__ = ["NEWEST_FIRST", "ORDERS", "PAGE", "ids", "page"]

PAGE = 50
"""Documents of a page unless told."""

_MORE_THAN_LIKELY = 1.2
"""So many times the documents that are likely to be met are asked for at once."""


def ids(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    order: str = "published",
    *,
    reverse: bool = False,
    wholes: Wholes | None = None,
) -> array[int]:
    """Ids of the documents a filter lets through, in order. Raises ``UsageError``."""
    return page(connection, filters, order, reverse=reverse, limit=None, wholes=wholes)


def page(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    order: str = "published",
    *,
    reverse: bool = False,
    limit: int | None = PAGE,
    after: int | None = None,
    wholes: Wholes | None = None,
) -> array[int]:
    """The first ids of the list, or those that follow ``after``, a document.

    Documents of which it is not known what the list is ordered by come last either
    way. ``wholes``: whole lists that are held, and where this one is if it is whole.
    Raises ``UsageError``, and ``NotFound`` where ``after`` or what the filter asks for
    is gone.
    """
    if order not in document_orders.ALL:
        raise UsageError(
            f"Documents cannot be ordered by {order}; choose {', '.join(ORDERS)}."
        )
    chosen = document_orders.ALL[order]
    is_down = (order in NEWEST_FIRST) != reverse
    parts = terms(connection, filters)
    place: Sequence[Any] = ()
    if after is not None:
        place = document_orders.place(connection, chosen, after)
    if wholes is None:
        way = plan(connection, parts, chosen, limit)
        return _along(connection, chosen, way, place, limit, is_down=is_down)
    key, stamp = (order, is_down), wholes.stamp(connection)
    whole = wholes.find(key, stamp)
    way = plan(connection, parts, chosen, limit, has_whole=whole is not None)
    if whole is not None and way.is_picked and way.sifted is not None:
        picked = whole.picked(way.sifted, limit, after)
        if picked is not None:
            return picked
        way = plan(connection, parts, chosen, limit)
    found = _along(connection, chosen, way, place, limit, is_down=is_down)
    is_whole = not parts and limit is None and after is None
    if is_whole and stamp == wholes.stamp(connection):
        wholes.keep(key, stamp, found)
    return found


def _along(
    connection: sqlite3.Connection,
    order: Order,
    way: Plan,
    place: Sequence[Any],
    limit: int | None,
    *,
    is_down: bool,
) -> array[int]:
    """Ids after a place, the way that was planned."""
    if way.sifted is not None:
        return _sifted(connection, order, way, place, limit, is_down=is_down)
    if way.is_ordered:
        pieces = _pieces(connection, order, way, place, is_down=is_down)
        return _in_turn(connection, way, pieces, limit)
    beyond: Sequence[Piece] = ()
    if place:
        beyond = list(document_orders.following(order.levels, is_down, place))
    whole = document_orders.whole(order, is_down, beyond)
    return _ask(connection, way, whole, limit)


def _sifted(
    connection: sqlite3.Connection,
    order: Order,
    way: Plan,
    place: Sequence[Any],
    limit: int | None,
    *,
    is_down: bool,
) -> array[int]:
    """Ids along an order that are among those known, up to a limit."""
    known = way.sifted or Known(array("q"))
    found: array[int] = array("q")
    many = None if limit is None else int(way.rows * _MORE_THAN_LIKELY) + limit
    while len(found) < len(known):
        pieces = _pieces(connection, order, way, place, is_down=is_down)
        met = _in_turn(connection, way, pieces, many)
        found.extend(known.among(met))
        if many is None or limit is None or len(found) >= limit or len(met) < many:
            break
        place = document_orders.place(connection, order, met[-1])
        many *= 2
    return found[:limit]


def _pieces(
    connection: sqlite3.Connection,
    order: Order,
    way: Plan,
    place: Sequence[Any],
    *,
    is_down: bool,
) -> Iterable[Piece]:
    """The stretches of an order, one after the other, that come after a place."""
    if way.split is not None:
        # What has no source or language comes last: nothing else follows it.
        values: Iterable[str | None] = ()
        if not place or place[0] is not None:
            after = place[0] if place else None
            values = counters.values(
                connection, order.by, way.split, is_down=is_down, after=after
            )
        return document_orders.each(order, is_down, values, place)
    if not place:
        return document_orders.from_start(order.levels, is_down)
    return document_orders.following(order.levels, is_down, place)


def _in_turn(
    connection: sqlite3.Connection,
    way: Plan,
    pieces: Iterable[Piece],
    limit: int | None,
) -> array[int]:
    """Ids of pieces, one after the other, up to a limit."""
    found: array[int] = array("q")
    for piece in pieces:
        wanted = None if limit is None else limit - len(found)
        found.extend(_ask(connection, way, piece, wanted))
        if limit is not None and len(found) >= limit:
            break
    return found


def _ask(
    connection: sqlite3.Connection, way: Plan, piece: Piece, limit: int | None
) -> array[int]:
    """Ids of a piece, up to a limit, the way that was planned."""
    where = "d.removed IS NULL"
    values: list[Any] = []
    for part in way.parts:
        if part in way.leaders:
            where += f" AND {part.lead}"
            values += part.values
        else:
            where += f" AND {part.test}"
            values += part.test_values
    along = f"INDEXED BY {way.index}" if way.index else "NOT INDEXED"
    sql = f"SELECT d.id FROM documents d {along} WHERE {where}{piece.where}"
    if piece.order:
        sql += f" ORDER BY {piece.order}"
    return numbers(connection, sql, [*values, *piece.values], limit)
