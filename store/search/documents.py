"""Which documents a query means, although it may be misspelt.

Each typed word has several possible meanings with a cost (``expansion``). Their
combinations are asked of the full text index in the order of their costs, all
words of a combination in one document, until the page is full or what would come
next is much worse than what was found. What was typed comes before corrections,
matches in the title before those in the text, and no single correction fills the
page: after three rows the next one has its turn.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from store.search import few
from store.search.expansion import TRUSTED, Choice
from store.search.found import Found
from store.search.matching import RANKED, Ask, ask_for, can_rank, newest, ranked
from store.search.query import Query
from store.search.readings import Reading, Readings, combinations, typed
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Within

WINDOW = 1.1
"""How much dearer than the first hit a correction may be."""

_TRIES = 24
_SECONDS = 0.25
_IN_A_ROW = 3
_ENOUGH_CORRECTIONS = 8
_LATER = 6

_EFFORT = 4_000
_HOPE = 8_000
# What may be spent, in the units of ``matching``, on further corrections once
# something was found, and before: a measure of time that gives the same answer on
# every machine.

_RANKED_FIRST = RANKED // 3
_RANKED_LATER = RANKED // 10
_TITLES = RANKED / 4
# Corrections are ranked, and looked for in titles, only where that is cheaper still:
# one of them rarely is what was meant.


@dataclass(slots=True)
class _Group:
    """What one combination found."""

    cost: float
    is_exact: bool
    rows: list[Found] = field(default_factory=list)


def find(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    *,
    limit: int = 50,
    exact: bool = False,
    within: Within = EVERYWHERE,
    cancelled: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> list[Found]:
    """Documents for a query, best first, of those ``within``; hidden ones never.

    Without a vocabulary, or with ``exact``, only as typed. ``clock`` gives seconds:
    corrections are given up after a quarter of one.
    """
    if query.is_empty:
        return []
    until = clock() + _SECONDS
    search = _Search(connection, query, limit, within, cancelled, until)
    search.documents = vocabulary.documents if vocabulary is not None else 0
    if vocabulary is None or exact or not query.words:
        search.ask(typed(vocabulary, query, exact=exact), clock)
    else:
        readings = Readings(vocabulary, query, cancelled)
        search.ask(readings.trusting(), clock)
        if not search.groups:
            search.ask(readings.doubting(), clock)
    return list(_in_turn(search.groups))[:limit]


@dataclass(slots=True)
class _Search:
    """One query being asked, reading after reading."""

    connection: sqlite3.Connection
    query: Query
    limit: int
    within: Within
    cancelled: Callable[[], bool]
    until: float
    documents: int = 0
    """How many there are in the library; 0 where that is not known."""
    groups: list[_Group] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _spent: float = 0.0

    def ask(self, readings: Sequence[Reading], clock: Callable[[], float]) -> None:
        """Ask combination after combination, until it is enough."""
        tries = 0
        for cost, chosen, is_exact in combinations(readings):
            if tries >= _TRIES or self.cancelled() or self._is_enough(cost, is_exact):
                break
            asked = ask_for(self.query, chosen)
            if asked.match in self._asked:
                continue
            if tries and clock() > self.until:
                break
            tries += 1
            self._asked.add(asked.match)
            group = self._group(asked, cost, chosen, is_exact)
            if group.rows:
                self.groups.append(group)

    def _group(
        self, asked: Ask, cost: float, chosen: Sequence[Choice], is_exact: bool
    ) -> _Group:
        first = is_exact or all(other.is_exact for other in self.groups)
        ranks_most = RANKED if is_exact else _RANKED_FIRST if first else _RANKED_LATER
        rows: Iterator[int]
        if can_rank(self.connection, asked, ranks_most):
            self._spent += asked.ranking or ranks_most
            rows = ranked(self.connection, asked, self.within)
        elif looking := self._looking(chosen):
            self._spent += looking
            rows = few.newest(self.connection, self.within, chosen, titles=first)
        else:
            self._spent += asked.reading
            titles = first and asked.reading < _TITLES
            rows = newest(self.connection, asked, self.within, titles=titles)
        marks = tuple(choice.marks for choice in chosen)
        marks += tuple((phrase,) for phrase in self.query.phrases)
        group = _Group(cost, is_exact)
        most = self.limit if first else _LATER
        for document in rows:
            if document not in self._seen:
                self._seen.add(document)
                group.rows.append(Found(document, cost, marks))
            if len(group.rows) >= most or self.cancelled():
                break
        return group

    def _looking(self, chosen: Sequence[Choice]) -> float | None:
        """What it costs to look at the few documents there are, if that is less."""
        if not self.documents or self.query.phrases or self.query.without:
            return None
        return few.cost(self.within, chosen, self.documents, self.limit)

    def _is_enough(self, cost: float, is_exact: bool) -> bool:
        """Whether what would come next is not worth asking."""
        if not self.groups:
            return self._spent > _HOPE
        if self._spent > _EFFORT or cost > self.groups[0].cost + WINDOW:
            return True
        found = sum(len(group.rows) for group in self.groups if group.is_exact)
        if found >= self.limit or (found > TRUSTED and not is_exact):
            return True
        corrections = sum(not group.is_exact for group in self.groups)
        return corrections >= _ENOUGH_CORRECTIONS


def _in_turn(groups: list[_Group]) -> Iterator[Found]:
    """What was typed first and whole, then the corrections, a few rows at a time."""
    for group in groups:
        if group.is_exact:
            yield from group.rows
    waiting = [group.rows for group in groups if not group.is_exact]
    while waiting:
        for rows in waiting:
            yield from rows[:_IN_A_ROW]
        waiting = [rows[_IN_A_ROW:] for rows in waiting if len(rows) > _IN_A_ROW]
