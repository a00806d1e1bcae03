"""Documents looked at one by one, where few may fit and nearly all have the words.

The index would walk along the lists of frequent words, each of them as long as the
library, to meet the few documents that a filter lets through. Where these are known
it is quicker to look whether the words stand in them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from math import prod

from store.search.expansion import Choice
from store.search.fold import WORD, fold
from store.search.within import Sieve, Within

_MOST = 1000
"""Of more documents the index soon meets enough."""

_MOST_LOOKED = 400
"""So many may have to be looked at until the page is full."""

_MOST_TITLES = 200
"""Of more, titles do not come first: as many rows again would have to be read."""

LOOK = 30
"""What looking at a text costs, in the units of ``matching``: one match that is
ranked."""

_BATCH = 16


def cost(
    within: Within, chosen: Sequence[Choice], documents: int, limit: int
) -> float | None:
    """What looking at the documents costs, of ``documents`` in the library, until
    ``limit`` are found; ``None`` where the index is asked with less.

    Only for words as typed: of these every mark is a word of its own, and one of
    them suffices.
    """
    ids = within.known.ids if within.known is not None else None
    asked = [choice for choice in chosen if choice.match]
    if ids is None or not 0 < len(ids) <= _MOST or not asked:
        return None
    if not all(choice.is_exact and choice.marks for choice in asked):
        return None
    share = prod(min(1.0, max(1, choice.count) / documents) for choice in asked)
    looked = min(len(ids), limit / share)
    if looked > _MOST_LOOKED:
        return None
    # The index's lists are walked to where the page is full, or to their ends.
    total = sum(choice.count for choice in asked)
    walked = total * min(1.0, limit / (len(ids) * share))
    return looked * LOOK if looked * LOOK < walked else None


def newest(
    connection: sqlite3.Connection,
    within: Within,
    chosen: Sequence[Choice],
    *,
    titles: bool,
) -> Iterator[int]:
    """Ids of the documents within that have all words, newest first; with ``titles``
    those of few that have the rarest one there before."""
    asked = [choice for choice in chosen if choice.match]
    words = [frozenset(choice.marks) for choice in asked]
    known = within.known
    ids = sorted((known and known.ids) or (), reverse=True)
    if titles and len(ids) <= _MOST_TITLES:
        rarest = words[asked.index(min(asked, key=lambda choice: choice.count))]
        rows = _rows(connection, ids, "title")
        first = [row for row, title in rows if not rarest.isdisjoint(_words(title))]
        ids = [*first, *sorted(set(ids) - set(first), reverse=True)]
    sieve = Sieve(connection, within)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        kept = sieve.kept(batch)
        chosen_ids = [row for row in batch if row in kept]
        for row, text in _rows(connection, chosen_ids, "title || char(10) || text"):
            found = _words(text)
            if not any(map(found.isdisjoint, words)):
                yield row


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(text)))


def _rows(
    connection: sqlite3.Connection, ids: Sequence[int], column: str
) -> list[tuple[int, str]]:
    """A column of some documents, in their order."""
    rows = connection.execute(
        f"SELECT d.id, {column} FROM json_each(?) j JOIN documents d ON d.id = j.value"
        " ORDER BY j.key",
        [json.dumps(list(ids))],
    )
    return rows.fetchall()
