"""Which way leads to the documents of a list with the least work.

With a million documents SQLite, which knows neither how many documents a condition
lets through nor how many are wanted, chooses badly. There are four ways to a page:
walk along the index of the order and test each document; walk along an index that
has the filter in front and the order behind it; the same, for one source or language
of the order after the other; or gather what one condition leads to and sort it. What
each would cost is reckoned from how many rows the conditions lead to, and the
cheapest is taken.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from store import counters
from store.document_filter import DocumentFilter
from store.document_orders import Order
from store.document_sets import Brought, Known, bring
from store.document_terms import Term

_HELD = {
    "documents_published": {"published", "id"},
    "documents_source": {"source", "published", "id", "language"},
    "documents_language": {"language", "published", "id"},
    "documents_title": {"title", "id", "source", "language"},
    "documents_words": {"words", "id", "source", "language"},
    "documents_unread": {"read", "published", "id"},
    "documents_starred": {
        *("starred", "published", "id", "source", "language", "words", "title"),
    },
    "documents_added": {
        *("id", "published", "source", "language", "words", "starred", "read"),
    },
}
"""Columns that an index answers for, without a look at the document."""

_BY_ID = "documents_added"
"""The index in which documents are looked up by their ids."""

_IN_ORDER = {
    ("documents_source", "published"),
    ("documents_source", "source"),
    ("documents_language", "published"),
    ("documents_language", "language"),
    ("documents_unread", "published"),
    ("documents_published", "published"),
    ("documents_starred", "published"),
}
"""Indexes that, led by their condition, run in the order of this column."""

# What a row costs, in millionths of a second: of an index, of the table, by its id in
# an index, to look for in another table, to bring from there, to look for among those,
# to compare with those that are known, to search for words, to sort.
_INDEXED, _LOOKED_UP, _SOUGHT, _PROBED, _BROUGHT = 0.07, 1.6, 1.0, 0.4, 0.4
_AMONG, _SIFTED, _SCANNED, _SORTED = 0.2, 0.1, 2.0, 0.2

_FEW, _MANY = 2_000, 100_000
"""Rows that a condition leads to are counted so far: alone, and with others."""

_MOST_OFTEN = 0.1
"""The share of all documents that a condition with more rows is taken to lead to."""

_SPLIT = frozenset(("source", "language"))
"""Orders that can be cut by what they go by first."""

_HARDLY_ANY = 200
"""So few documents are sooner sorted than sought for source by source."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to the documents of a list."""

    cost: float
    parts: tuple[Term, ...]
    """The conditions that are asked of each document."""
    leaders: tuple[Term, ...]
    """Those of them that lead; the others test."""
    index: str | None
    is_ordered: bool
    split: DocumentFilter | None = None
    """What the counters are asked for the values by which the order is cut."""
    sifted: Known | None = None
    """Which documents there are at all, where those along the way are compared with
    them; None: all."""
    is_picked: bool = False
    """They are picked from the whole list."""
    rows: float = 0.0
    """How many documents are likely to be met until there are enough."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What is wanted, and how many rows each condition leads to."""

    parts: tuple[Term, ...]
    led: dict[Term, float]
    brought: Brought
    order: Order
    total: float
    matching: float
    wanted: float

    def along(self, leader: Term | None, index: str) -> Plan:
        """Along an index, led by the condition that it has in front, if any."""
        is_ordered = index == self.order.index
        if leader is not None:
            is_ordered = (index, self.order.by) in _IN_ORDER
        base = self.total if leader is None else self.led[leader]
        rows = self._rows(base) if is_ordered else base
        sifted = self.brought.term if is_ordered else None
        is_held = self._needed(leader, is_ordered=is_ordered) <= _HELD[index]
        cost = self._tests(leader, rows, sifted)
        cost += rows * (_INDEXED if is_held else _LOOKED_UP)
        cost += 0 if is_ordered else self.matching * _SORTED
        return Plan(
            cost,
            tuple(part for part in self.parts if part is not sifted),
            () if leader is None else (leader,),
            index,
            is_ordered,
            sifted=self.brought.known if sifted else None,
            rows=rows,
        )

    def gathered(self, leader: Term) -> Plan:
        """From the ids that a condition brings, which come in the order of ids."""
        base = self.led[leader]
        is_ordered = self.order.by == "id"
        rows = self._rows(base) if is_ordered else base
        is_held = self._needed(leader, is_ordered=is_ordered) <= _HELD[_BY_ID]
        cost = self._tests(leader, rows)
        cost += base * _BROUGHT + rows * (_SOUGHT if is_held else _LOOKED_UP)
        cost += 0 if is_ordered else self.matching * _SORTED
        index = _BY_ID if is_held else None
        return Plan(cost, self.parts, (leader,), index, is_ordered)

    def _rows(self, base: float) -> float:
        """Rows met in the order wanted until there are enough."""
        return min(base, base * max(self.wanted, 1) / max(self.matching, 1))

    def _needed(self, leader: Term | None, *, is_ordered: bool) -> frozenset[str]:
        """Columns that are looked at."""
        tested = (part.columns for part in self.parts if part is not leader)
        needed = frozenset[str]().union(*tested)
        return needed if is_ordered else needed | {self.order.by}

    def _tests(
        self, leader: Term | None, rows: float, sifted: Term | None = None
    ) -> float:
        """What all tests cost beside looking at the row."""
        cost = rows * _SIFTED if sifted else 0.0
        for part in self.parts:
            if part is leader or part is sifted:
                continue
            if part is self.brought.term:
                cost += self.led[part] * _BROUGHT + rows * _AMONG
            elif part.columns == {"id"}:
                cost += rows * _PROBED
            elif "title" in part.columns:
                cost += rows * _SCANNED
        return cost


def plan(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    order: Order,
    limit: int | None,
    *,
    has_whole: bool = False,
) -> Plan:
    """The cheapest way to ``limit`` documents, or to all; ``has_whole``: the list of
    all documents in this order is at hand."""
    if len(parts) == 1 and (parts[0].index or "", order.by) in _IN_ORDER:
        alone = (parts[0],)
        return Plan(0.0, alone, alone, parts[0].index, is_ordered=True)
    if not parts and limit is not None:
        return Plan(0.0, (), (), order.index, is_ordered=True)
    asked = _question(connection, parts, order, limit)
    if has_whole and asked.brought.is_all:
        known = asked.brought.known
        return Plan(0.0, (), (), None, is_ordered=True, sifted=known, is_picked=True)
    split = _split(asked) if limit is not None else None
    if split is not None:
        return split
    ways = [
        asked.along(part, part.index) if part.index else asked.gathered(part)
        for part in asked.led
    ]
    # A source writes in one language: the walk would find all or nothing.
    if order.by != "language" or not any("source" in one.columns for one in asked.led):
        ways.append(asked.along(None, order.index))
    if limit is None:
        # The words of all documents: the smallest index there is.
        ways.append(asked.along(None, "documents_words"))
    return min(ways, key=lambda way: way.cost)


def _question(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    order: Order,
    limit: int | None,
) -> _Question:
    (last,) = connection.execute("SELECT max(id) FROM documents").fetchone()
    total = float(last or 0) + 1
    is_alone = len(parts) == 1 and limit is not None
    led = {
        part: _count(connection, part, total, is_alone=is_alone)
        for part in parts
        if part.index
    }
    share = min(led.values(), default=total) / total
    brought = bring(
        connection, parts, led, _worth_bringing(total * share, total, limit)
    )
    for part in brought.parts:
        if part is brought.term:
            led[part] = float(part.known)
        elif part.members and part not in led:
            led[part] = float(part.known or total * _MOST_OFTEN)
    together = _together(brought.parts)
    matching = total
    if together is not None:
        matching = min(total, counters.count(connection, together) or 0)
    left = {part: count for part, count in led.items() if part in brought.parts}
    for part, count in left.items():
        if together is None or part.alone is None:
            matching *= min(1.0, count / total)
    wanted = matching if limit is None else min(float(limit), matching)
    return _Question(brought.parts, left, brought, order, total, matching, wanted)


def _worth_bringing(least: float, total: float, limit: int | None) -> float:
    """So many ids cost as much as it costs to meet a page of them along an order,
    where the others lead to ``least``."""
    if limit is None:
        return float("inf")
    return total * sqrt(6 * (limit + 1) / max(1.0, least))


def _count(
    connection: sqlite3.Connection, part: Term, total: float, *, is_alone: bool
) -> float:
    """How many rows a condition leads to: as counters know it or, up to a limit,
    counted, then a guess."""
    if part.alone is not None and (not is_alone or "source" in part.columns):
        kept = counters.count(connection, part.alone)
        if kept is not None:
            return float(kept)
    most = _FEW if is_alone else _MANY
    (count,) = connection.execute(
        f"SELECT count(*) FROM ({part.counted} LIMIT ?)", [*part.counted_values, most]
    ).fetchone()
    return float(count) if count < most else max(float(count), total * _MOST_OFTEN)


def _together(parts: Sequence[Term]) -> DocumentFilter | None:
    """The conditions that counters know, as one filter; None if there is one at most,
    or two that exclude each other, as those of collections may."""
    found: dict[str, object] = {}
    many = [part.alone for part in parts if part.alone is not None]
    for alone in many:
        given = {
            name: getattr(alone, name)
            for name in DocumentFilter.__slots__
            if getattr(alone, name)
        }
        if found.keys() & given.keys():
            return None
        found |= given
    together = replace(DocumentFilter(), **found)  # type: ignore[arg-type]
    is_known = len(many) > 1 and counters.narrowed(together) is not None
    return together if is_known else None


def _split(asked: _Question) -> Plan | None:
    """The order cut by source or language, where the filter lies in the same index:
    then no document is met in vain, however the filter and the order hang together."""
    by = {column: part for part in asked.parts for column in part.columns}
    if (
        asked.order.by not in _SPLIT
        or asked.order.by in by
        or not _SPLIT & by.keys() | {"published"} & by.keys()
        or not by.keys() <= _SPLIT | {"published", "read"}
        or len(by) < len(asked.parts)
        or asked.matching <= _HARDLY_ANY
    ):
        return None
    index = "documents_source" if "source" in by else asked.order.index
    leading = ("source", "published")
    leaders = tuple(by[column] for column in leading if column in by)
    within = DocumentFilter()
    for part in asked.parts:
        if part.alone is not None:
            within = _widened(within, part.alone)
    return Plan(0.0, tuple(asked.parts), leaders, index, is_ordered=True, split=within)


def _widened(within: DocumentFilter, part: DocumentFilter) -> DocumentFilter:
    """Both at once, dates by whole years: that is what the counters know. Where it
    is midnight here, they may be in another year."""
    return replace(
        within,
        source=part.source or within.source,
        language=part.language or within.language,
        since=_year(part.since, -1) or within.since,
        until=_year(part.until, 1) or within.until,
    )


def _year(date: str | None, more: int) -> str | None:
    return None if date is None else f"{int(date[:4]) + more:04}"
