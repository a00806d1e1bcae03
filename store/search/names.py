"""Entities, tags and annotations found by their names and words.

First through their own small index, all words of the query, the last one open;
then, if that gives little, what is near (``near_names``). What was merged away,
rejected, deleted, or stands in a hidden document is never shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from typing import TypeVar

from store.model import Reason
from store.search import near_names, reasons, unspaced_names
from store.search.belonging import belonging
from store.search.index import KINDS
from store.search.near_names import names_in
from store.search.query import Query, plain, quoted
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Sieve, Within

EXACT = 100.0
"""Score of a name that is exactly what was typed."""

_BEGINNING = 95.0
_WORDS = 90.0
_FEW = 5
_PAGE = 32
_MOST_LOOKED_AT = 2000
# So many names that have the words are looked at for one in the right documents.


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity, tag or annotation that matches."""

    kind: str
    id: int
    score: float
    """0 to 100."""
    reasons: tuple[Reason, ...] = ()
    """How it matched."""


def find(
    connection: sqlite3.Connection,
    query: Query,
    kinds: Sequence[str],
    *,
    vocabulary: Vocabulary | None = None,
    limit: int = 50,
    exact: bool = False,
    within: Within = EVERYWHERE,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Named]:
    """What is called, or says, what the query asks; best first.

    ``within``: of what belongs to these documents. ``vocabulary``: the words of the
    library, so that a name is found quickly in spite of a slip.
    """
    wanted = [kind for kind in KINDS if kind in kinds]
    if query.is_empty or not wanted:
        return []
    sieve = None if within == EVERYWHERE else Sieve(connection, within)
    most = limit * 4 if sieve is None else _MOST_LOOKED_AT
    found: dict[tuple[str, int], Named] = {}
    for kind in wanted:
        if cancelled():
            break
        rows = _indexed(connection, query, kind, most, exact=exact)
        rows = _inside(connection, sieve, kind, rows)
        before = len(found)
        for row, body in islice(rows, limit * 4):
            found[kind, row] = Named(kind, row, *_judged(query, body, kind))
        is_little = len(found) - before < _FEW
        if is_little and not exact and len(query.folded) > 2:
            near = near_names.near(connection, vocabulary, query, kind, cancelled)
            named = ((row, Named(kind, row, score, why)) for row, score, why in near)
            for row, one in _inside(connection, sieve, kind, named):
                found.setdefault((kind, row), one)
    shown = [
        replace(named, score=min(EXACT, named.score + bonus))
        for named, bonus in _shown(connection, found)
    ]
    shown.sort(key=lambda named: (-named.score, -KINDS[named.kind], named.id))
    return shown[:limit]


def _inside(
    connection: sqlite3.Connection,
    sieve: Sieve | None,
    kind: str,
    rows: Iterable[tuple[int, _T]],
) -> Iterator[tuple[int, _T]]:
    """Those of the rows that belong to the documents one looks in."""
    if sieve is None:
        yield from rows
        return
    left = iter(rows)
    while page := list(islice(left, _PAGE)):
        kept = belonging(connection, sieve, kind, [row for row, _ in page])
        yield from (pair for pair in page if pair[0] in kept)


def _indexed(
    connection: sqlite3.Connection,
    query: Query,
    kind: str,
    most: int,
    *,
    exact: bool,
) -> Iterator[tuple[int, str]]:
    """Rows of one kind that have all words, and what they are found by."""
    if unspaced_names.are_for(query):
        yield from unspaced_names.find(connection, query, kind, most)
        return
    parts = [quoted(word.raw) for word in query.words]
    if parts and query.is_open and not exact:
        parts[-1] += "*"
    parts += [quoted(phrase) for phrase in query.phrases]
    parts += [quoted(part) for part in query.inside]
    match = " AND ".join(parts)
    if query.without:
        match = f"({match}) NOT ({' OR '.join(quoted(p) for p in query.without)})"
    # Ranking puts the shortest names first, so the exact one is among them; where a
    # letter or two match half of all names it would cost more than it says.
    long = all(len(word.key) > 2 for word in query.words)
    cursor = connection.execute(
        "SELECT rowid, body FROM names_fts WHERE names_fts MATCH ?"
        f" AND rowid % 4 = ? ORDER BY {'rank' if long else 'rowid DESC'} LIMIT ?",
        [match, KINDS[kind], most],
    )
    for rowid, body in cursor:
        yield rowid >> 2, body


def _judged(query: Query, body: str, kind: str) -> tuple[float, tuple[Reason, ...]]:
    """How well, and how, something that has all the words is what was typed."""
    wanted = query.folded
    if kind == "annotation":
        return _WORDS - 6.0, reasons.of_name(query, [])
    raw = names_in(body, kind)
    names = [plain(name) for name in raw]
    why = reasons.of_name(query, raw)
    if wanted in names:
        return EXACT, why
    if any(name.startswith(wanted) for name in names):
        return _BEGINNING, why
    return _WORDS, why


_SHOWN = {
    "entity": "SELECT id, documents FROM entities WHERE merged_into IS NULL"
    " AND state <> 'rejected' AND id IN (SELECT value FROM json_each(?))",
    "tag": "SELECT id, 0 FROM tags WHERE id IN (SELECT value FROM json_each(?))",
    "annotation": "SELECT n.id, 0 FROM seen_annotations n JOIN documents d"
    " ON d.id = n.document WHERE d.removed IS NULL"
    " AND n.id IN (SELECT value FROM json_each(?))",
}


def _shown(
    connection: sqlite3.Connection, found: dict[tuple[str, int], Named]
) -> Iterator[tuple[Named, float]]:
    """Those of the rows that may be shown; an entity in many documents has a bonus
    of up to four points."""
    for kind, statement in _SHOWN.items():
        rows = [row for other, row in found if other == kind]
        if rows:
            for row, documents in connection.execute(statement, [json.dumps(rows)]):
                yield found[kind, row], min(4.0, log2(1 + max(0, documents)) / 3)
