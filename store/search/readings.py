"""The ways to read a whole query: its words as typed, and neighbours as one word.

For each word there are choices of what it may have been meant to be. At first a word
that stands in several documents is trusted; where nothing is found so, the query is
read again without trust, and only what was trusted is looked up anew.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from store.search.expansion import Choice, Meant, as_typed, joined, meanings
from store.search.query import Query, Word, quoted
from store.search.vocabulary import Vocabulary

_UNFINISHED = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to cut a query into words, and the choices for each word."""

    cost: float
    words: tuple[Sequence[Choice], ...]


def typed(vocabulary: Vocabulary | None, query: Query, *, exact: bool) -> list[Reading]:
    """Only what was typed; without a vocabulary also the beginning of a word."""
    rows = [[as_typed(vocabulary, word)] for word in query.words]
    if vocabulary is None and query.is_open and not exact:
        last = query.words[-1]
        match = quoted(last.raw) + "*"
        rows[-1].append(Choice(match, (last.key,), _UNFINISHED, 1 << 40, True))
    return [Reading(0.0, tuple(rows))]


class Readings:
    """What a query may mean, looked up once for each of its words."""

    def __init__(
        self, vocabulary: Vocabulary, query: Query, cancelled: Callable[[], bool]
    ) -> None:
        """Looks nothing up yet; with ``cancelled()`` what is not known stays out."""
        self._vocabulary = vocabulary
        self._query = query
        self._cancelled = cancelled
        self._known: dict[tuple[Word, bool, bool], Meant] = {}

    def trusting(self) -> list[Reading]:
        """With trust in what stands in several documents."""
        words = self._query.words
        readings = [self._reading(0.0, words)]
        for at in range(len(words) - 1):
            whole = joined(self._vocabulary, words[at], words[at + 1])
            if whole is not None:
                word, cost = whole
                others = (*words[:at], word, *words[at + 2 :])
                readings.append(self._reading(cost, others))
        return readings

    def doubting(self) -> list[Reading]:
        """Without it; none if there was nothing to trust in."""
        trusted = [known for known, meant in self._known.items() if meant.is_trusted]
        for known in trusted:
            self._look_up(known, wide=True)
        return self.trusting() if trusted else []

    def _reading(self, cost: float, words: Sequence[Word]) -> Reading:
        alone = len(words) == 1 and not self._query.phrases
        rows = []
        for number, word in enumerate(words):
            known = word, self._query.is_open and number == len(words) - 1, alone
            if known not in self._known:
                self._look_up(known, wide=False)
            rows.append(self._known[known].choices)
        return Reading(cost, tuple(rows))

    def _look_up(self, known: tuple[Word, bool, bool], *, wide: bool) -> None:
        word, is_open, alone = known
        if self._cancelled():
            self._known[known] = Meant([], is_trusted=False)
            return
        self._known[known] = meanings(
            self._vocabulary,
            word,
            is_open=is_open,
            wide=wide,
            alone=alone,
            cancelled=self._cancelled,
        )


def combinations(
    readings: Sequence[Reading],
) -> Iterator[tuple[float, tuple[Choice, ...], bool]]:
    """Combinations of choices in the order of their costs: cost, choices, and
    whether nothing in it is a correction."""
    heap: list[tuple[float, int, tuple[int, ...]]] = []
    for number, reading in enumerate(readings):
        if all(reading.words):
            total = reading.cost + sum(row[0].cost for row in reading.words)
            heap.append((total, number, (0,) * len(reading.words)))
    heapq.heapify(heap)
    seen = {(number, places) for _, number, places in heap}
    while heap:
        cost, number, places = heapq.heappop(heap)
        reading = readings[number]
        words = reading.words
        chosen = tuple(row[place] for row, place in zip(words, places, strict=True))
        is_exact = reading.cost == 0 and all(choice.is_exact for choice in chosen)
        yield cost, chosen, is_exact
        for at, row in enumerate(words):
            place = places[at] + 1
            following = (*places[:at], place, *places[at + 1 :])
            if place < len(row) and (number, following) not in seen:
                seen.add((number, following))
                step = row[place].cost - row[place - 1].cost
                heapq.heappush(heap, (cost + step, number, following))
