"""Entities, tags and annotations found by their names and words.

First through their own small index, all words of the query, the last one open;
then, if that gives little, by comparing names in blocks, so that a search that is
no longer wanted ends between two blocks. What was merged away, rejected, deleted,
or stands in a hidden document is never shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log2

from store.search.fold import WORD, fold
from store.search.index import KINDS
from store.search.query import Query, quoted

EXACT = 100.0
"""Score of a name that is exactly what was typed."""

_BEGINNING = 95.0
_WORDS = 90.0
_FEW = 5
_BLOCK = 2000
_MOST_COMPARED = 20_000
_NEAR = 72.0


@dataclass(frozen=True, slots=True)
class Named:
    """An entity, tag or annotation that matches."""

    kind: str
    id: int
    score: float
    """0 to 100."""


def find(
    connection: sqlite3.Connection,
    query: Query,
    kinds: Sequence[str],
    *,
    limit: int = 50,
    exact: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Named]:
    """What is called, or says, what the query asks; best first."""
    wanted = [kind for kind in KINDS if kind in kinds]
    if query.is_empty or not wanted:
        return []
    found: dict[tuple[str, int], float] = {}
    for kind in wanted:
        if cancelled():
            break
        rows = list(_indexed(connection, query, kind, limit, exact=exact))
        found.update({(kind, row): _score(query, body, kind) for row, body in rows})
        if not exact and len(rows) < _FEW and len(query.folded) > 2:
            for row, score in _compared(connection, query, kind, cancelled):
                found.setdefault((kind, row), score)
    shown = [
        Named(kind, row, min(EXACT, found[kind, row] + bonus))
        for kind, row, bonus in _shown(connection, found)
    ]
    shown.sort(key=lambda named: (-named.score, -KINDS[named.kind], named.id))
    return shown[:limit]


def _indexed(
    connection: sqlite3.Connection,
    query: Query,
    kind: str,
    limit: int,
    *,
    exact: bool,
) -> Iterator[tuple[int, str]]:
    """Rows of one kind that have all words, and what they are found by."""
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
        [match, KINDS[kind], limit * 4],
    )
    for rowid, body in cursor:
        yield rowid >> 2, body


def _score(query: Query, body: str, kind: str) -> float:
    """How well a name that has all the words is what was typed."""
    wanted = query.folded
    if kind == "annotation":
        return _WORDS - 6.0
    names = _names(body, kind)
    if wanted in names:
        return EXACT
    if any(name.startswith(wanted) for name in names):
        return _BEGINNING
    return _WORDS


def _names(body: str, kind: str) -> list[str]:
    """The folded names in a body; of a tag its path and its own name."""
    lines = [_plain(line) for line in body.split("\n")]
    if kind == "tag":
        path = body.split("\n", 1)[0]
        return [_plain(path), _plain(path.rsplit("/", 1)[-1])]
    return lines


def _plain(name: str) -> str:
    """A name as ``Query.folded`` writes it: folded words with one blank between."""
    folded = fold(name)
    return " ".join(WORD.findall(folded)) or folded


def _compared(
    connection: sqlite3.Connection,
    query: Query,
    kind: str,
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, float]]:
    """Rows of one kind whose names are near what was typed."""
    from rapidfuzz import fuzz, process

    wanted = query.folded
    cursor = connection.execute(_BODIES[kind], [_MOST_COMPARED])
    while (rows := cursor.fetchmany(_BLOCK)) and not cancelled():
        owners: list[int] = []
        names: list[str] = []
        for row, body in rows:
            for name in _names(body, kind) if kind != "annotation" else [fold(body)]:
                owners.append(row)
                names.append(name)
        scorers = [(fuzz.partial_ratio, 84.0, 0.85)]
        if kind != "annotation":
            scorers.append((fuzz.token_sort_ratio, _NEAR, 0.95))
        for scorer, cutoff, weight in scorers:
            near = process.extract(
                wanted, names, scorer=scorer, score_cutoff=cutoff, limit=50
            )
            for name, score, at in near:
                # A short name inside a long query is no likeness.
                if len(name) > len(wanted) - 3:
                    yield owners[at], score * weight


_BODIES = {
    "entity": "SELECT f.rowid >> 2, f.body FROM entities e"
    " JOIN names_fts f ON f.rowid = e.id * 4 + 2"
    " WHERE e.merged_into IS NULL AND e.state <> 'rejected'"
    " ORDER BY e.documents DESC, e.id LIMIT ?",
    "tag": "SELECT rowid >> 2, body FROM names_fts WHERE rowid % 4 = 1 LIMIT ?",
    "annotation": "SELECT rowid >> 2, body FROM names_fts WHERE rowid % 4 = 0"
    " ORDER BY rowid DESC LIMIT ?",
}

_SHOWN = {
    "entity": "SELECT id, documents FROM entities WHERE merged_into IS NULL"
    " AND state <> 'rejected' AND id IN (SELECT value FROM json_each(?))",
    "tag": "SELECT id, 0 FROM tags WHERE id IN (SELECT value FROM json_each(?))",
    "annotation": "SELECT n.id, 0 FROM seen_annotations n JOIN documents d"
    " ON d.id = n.document WHERE d.removed IS NULL"
    " AND n.id IN (SELECT value FROM json_each(?))",
}


def _shown(
    connection: sqlite3.Connection, found: dict[tuple[str, int], float]
) -> Iterator[tuple[str, int, float]]:
    """Those of the rows that may be shown; an entity in many documents has a bonus
    of up to four points."""
    for kind, statement in _SHOWN.items():
        rows = [row for other, row in found if other == kind]
        if rows:
            for row, documents in connection.execute(statement, [json.dumps(rows)]):
                yield kind, row, min(4.0, log2(1 + max(0, documents)) / 3)
