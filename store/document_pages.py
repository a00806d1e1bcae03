"""Ids of a filtered list in an order: a page of them at once, or all."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from store import counters, document_orders
from store.document_filter import DocumentFilter
from store.document_orders import NEWEST_FIRST, ORDERS, Order, Piece
from store.document_plans import Plan, plan
from store.document_terms import Term, terms
from store.errors import UsageError

__all__ = ["NEWEST_FIRST", "ORDERS", "PAGE", "ids", "page"]

PAGE = 50
"""Documents of a page unless told."""


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
    way = plan(connection, parts, chosen, limit)
    if way.is_ordered:
        pieces = _pieces(connection, chosen, way, place, is_down=is_down)
        return _in_turn(connection, parts, way, pieces, limit)
    beyond: Sequence[Piece] = ()
    if place:
        beyond = list(document_orders.following(chosen.levels, is_down, place))
    whole = document_orders.whole(chosen, is_down, beyond)
    return array("q", _ask(connection, parts, way, whole, limit))


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
    parts: Sequence[Term],
    way: Plan,
    pieces: Iterable[Piece],
    limit: int | None,
) -> array[int]:
    """Ids of pieces, one after the other, up to a limit."""
    found: array[int] = array("q")
    for piece in pieces:
        wanted = None if limit is None else limit - len(found)
        found.extend(_ask(connection, parts, way, piece, wanted))
        if limit is not None and len(found) >= limit:
            break
    return found


def _ask(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    way: Plan,
    piece: Piece,
    limit: int | None,
) -> Iterator[int]:
    """Ids of a piece, up to a limit, the way that was planned."""
    where = "d.removed IS NULL"
    values: list[Any] = []
    for part in parts:
        if part in way.leaders:
            where += f" AND {part.lead}"
            values += part.values
        elif part in way.among:
            where += f" AND {part.among}"
            values += part.values
        else:
            where += f" AND {part.test}"
            values += part.test_values
    along = f"INDEXED BY {way.index}" if way.index else "NOT INDEXED"
    sql = (
        f"SELECT d.id FROM documents d {along} WHERE {where}{piece.where}"
        + (f" ORDER BY {piece.order}" if piece.order else "")
        + (" LIMIT ?" if limit is not None else "")
    )
    given = [*values, *piece.values, *([] if limit is None else [limit])]
    return chain.from_iterable(connection.execute(sql, given))
