"""Which documents a query means, although it may be misspelt.

Each typed word has several possible meanings with a cost (``expansion``). Their
combinations are asked of the full text index in the order of their costs, all
words of a combination in one document, until the page is full or what would come
next is much worse than what was found. What was typed comes before corrections,
matches in the title before those in the text, and no single correction fills the
page: after three rows the next one has its turn.
"""

from __future__ import annotations

import heapq
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from store.search.expansion import TRUSTED, Choice, as_typed, choices, joined
from store.search.found import Found
from store.search.query import Query, Word, quoted
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Within, visible

RANKED = 4000
"""With more hits than this, counted for every word by itself as the ranking must,
ranking costs too much and says too little: title first, then the newest."""

WINDOW = 1.1
"""How much dearer than the first hit a correction may be."""

_TRIES = 24
_SECONDS = 0.25
_IN_A_ROW = 3
_ENOUGH_CORRECTIONS = 8
_LATER = 6
_EFFORT = 12_000
# Entries of the index that are read for further corrections once something was
# found: a measure of time that gives the same answer on every machine.
_JOINED = 0.4


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
    groups: list[_Group] = []
    for wide in (False, True):
        readings = _readings(vocabulary, query, exact=exact, wide=wide)
        groups = _ask(connection, query, readings, limit, within, cancelled, clock)
        if groups or exact or vocabulary is None or not query.words:
            break
    return list(_in_turn(groups))[:limit]


def _readings(
    vocabulary: Vocabulary | None, query: Query, *, exact: bool, wide: bool
) -> list[tuple[float, list[list[Choice]]]]:
    """The query as typed, and with two neighbouring words as one; for each word its
    choices, and what the reading costs."""
    if vocabulary is None or exact:
        typed = [[as_typed(vocabulary, word)] for word in query.words]
        if vocabulary is None and query.is_open and not exact:
            last = query.words[-1]
            beginning = Choice(quoted(last.raw) + "*", (last.key,), 0.3, 1 << 40, True)
            typed[-1].append(beginning)
        return [(0.0, typed)]
    words = query.words
    known: dict[tuple[Word, bool], list[Choice]] = {}

    def expand(sequence: Sequence[Word]) -> list[list[Choice]]:
        row = []
        for number, word in enumerate(sequence):
            is_open = query.is_open and number == len(sequence) - 1
            if (word, is_open) not in known:
                known[word, is_open] = choices(
                    vocabulary, word, is_open=is_open, wide=wide
                )
            row.append(known[word, is_open])
        return row

    readings = [(0.0, expand(words))]
    for at in range(len(words) - 1):
        whole = joined(vocabulary, words[at], words[at + 1])
        if whole is not None:
            other = expand((*words[:at], whole, *words[at + 2 :]))
            readings.append((_JOINED, other))
    return readings


def _combinations(
    readings: list[tuple[float, list[list[Choice]]]],
) -> Iterator[tuple[float, tuple[Choice, ...], bool]]:
    """Combinations of choices in the order of their costs: cost, choices, and
    whether nothing in it is a correction."""
    heap: list[tuple[float, int, tuple[int, ...]]] = []
    for number, (cost, words) in enumerate(readings):
        if all(words):
            total = cost + sum(row[0].cost for row in words)
            heap.append((total, number, (0,) * len(words)))
    heapq.heapify(heap)
    seen = {(number, places) for _, number, places in heap}
    while heap:
        cost, number, places = heapq.heappop(heap)
        base, words = readings[number]
        chosen = tuple(row[place] for row, place in zip(words, places, strict=True))
        yield cost, chosen, base == 0 and all(choice.is_exact for choice in chosen)
        for at, row in enumerate(words):
            place = places[at] + 1
            following = (*places[:at], place, *places[at + 1 :])
            if place < len(row) and (number, following) not in seen:
                seen.add((number, following))
                step = row[place].cost - row[place - 1].cost
                heapq.heappush(heap, (cost + step, number, following))


def _ask(
    connection: sqlite3.Connection,
    query: Query,
    readings: list[tuple[float, list[list[Choice]]]],
    limit: int,
    within: Within,
    cancelled: Callable[[], bool],
    clock: Callable[[], float],
) -> list[_Group]:
    groups: list[_Group] = []
    seen: set[int] = set()
    spent, until = 0, clock() + _SECONDS
    fixed = tuple((phrase,) for phrase in query.phrases)
    for tries, (cost, chosen, is_exact) in enumerate(_combinations(readings)):
        if tries >= _TRIES or cancelled() or (tries and clock() > until):
            break
        if groups and (
            cost > groups[0].cost + WINDOW
            or spent > _EFFORT
            or _is_enough(groups, limit, is_exact)
        ):
            break
        marks = tuple(choice.marks for choice in chosen) + fixed
        effort = sum(choice.count for choice in chosen)
        first = is_exact or all(other.is_exact for other in groups)
        most, ranked = (limit, RANKED) if first else (_LATER, RANKED // 4)
        is_ranked = effort <= ranked
        spent += effort if is_ranked else effort // 8
        group = _Group(cost, is_exact)
        for document in _matching(
            connection, match_of(query, chosen), is_ranked, within
        ):
            if document not in seen:
                seen.add(document)
                group.rows.append(Found(document, cost, marks))
            if len(group.rows) >= most:
                break
        if group.rows:
            groups.append(group)
    return groups


def _is_enough(groups: list[_Group], limit: int, next_is_exact: bool) -> bool:
    typed = sum(len(group.rows) for group in groups if group.is_exact)
    if typed >= limit or (typed > TRUSTED and not next_is_exact):
        return True
    return sum(1 for group in groups if not group.is_exact) >= _ENOUGH_CORRECTIONS


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


def match_of(query: Query, chosen: Sequence[Choice]) -> str:
    """The index's query; every word in it is quoted."""
    parts = [choice.match for choice in chosen]
    parts += [quoted(phrase) for phrase in query.phrases]
    match = " AND ".join(parts)
    if query.without:
        excluded = " OR ".join(quoted(part) for part in query.without)
        match = f"({match}) NOT ({excluded})"
    return match


def _matching(
    connection: sqlite3.Connection, match: str, is_ranked: bool, within: Within
) -> Iterator[int]:
    """Ids of the documents that match and are not hidden, best first."""
    if is_ranked:
        order = "AND rank MATCH 'bm25(6.0, 1.0)' ORDER BY rank"
        yield from visible(connection, within, match, order)
        return
    newest = visible(connection, within, match, "ORDER BY rowid DESC")
    latest = next(newest, None)
    if latest is None:
        return
    seen = set()
    titles = visible(connection, within, f"title : ({match})", "ORDER BY rowid DESC")
    for document in chain(titles, (latest,), newest):
        if document not in seen:
            seen.add(document)
            yield document
