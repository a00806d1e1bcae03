"""Entities, tags and annotations whose names are only near what was typed.

The words that a typed word may have been meant to be are known from the texts, and
whoever is named in them is named with these words: so they are asked of the small
index first. What else is near is found by comparing the names of those that matter
most, in blocks, so that a search that is no longer wanted ends between two blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from store.model import Reason
from store.search import reasons
from store.search.expansion import TRUSTED, choices
from store.search.fold import fold
from store.search.index import KINDS
from store.search.query import Query, plain, quoted
from store.search.vocabulary import Vocabulary

_BLOCK = 250
_MOST_COMPARED = 2500
_MOST_MEANT = 400
_BEST = 50
_NEAR = 72.0
_PART = 84.0

Row = tuple[int, str]
"""What is near, and what it is found by."""

Near = tuple[int, float, tuple[Reason, ...]]
"""What is near, how much, and how."""


def near(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    kind: str,
    cancelled: Callable[[], bool],
) -> Iterator[Near]:
    """Rows of one kind whose names are near what was typed. Nothing where each word
    stands in enough documents to be no slip."""
    if vocabulary is not None and query.words:
        if all(vocabulary.count(word.key) > TRUSTED for word in query.words):
            return
        meant = _meant(connection, vocabulary, query, kind, cancelled)
        yield from _compared(query, kind, meant)
    cursor = connection.execute(_BODIES[kind], [_MOST_COMPARED])
    while (rows := cursor.fetchmany(_BLOCK)) and not cancelled():
        yield from _compared(query, kind, rows)


def names_in(body: str, kind: str) -> list[str]:
    """The names in what something is found by; of a tag its own name and its path,
    of an annotation all its words."""
    if kind == "annotation":
        return [body]
    if kind == "tag":
        path = body.split("\n", 1)[0]
        return [path.rsplit("/", 1)[-1], path]
    return body.split("\n")


def _meant(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary,
    query: Query,
    kind: str,
    cancelled: Callable[[], bool],
) -> list[Row]:
    """Rows that have for each typed word one that may have been meant."""
    parts: list[str] = [quoted(phrase) for phrase in query.phrases]
    last = len(query.words) - 1
    for at, word in enumerate(query.words):
        is_open = query.is_open and at == last
        row = choices(vocabulary, word, is_open=is_open, cancelled=cancelled)
        forms = [choice.match for choice in row if choice.match]
        if not forms:
            return []
        parts.append(f"({' OR '.join(forms)})")
    rows = connection.execute(
        "SELECT rowid >> 2, body FROM names_fts WHERE names_fts MATCH ?"
        " AND rowid % 4 = ? LIMIT ?",
        [" AND ".join(parts), KINDS[kind], _MOST_MEANT],
    )
    return rows.fetchall()


def _compared(query: Query, kind: str, rows: list[Row]) -> Iterator[Near]:
    from rapidfuzz import fuzz, process

    wanted = query.folded
    is_long = kind == "annotation"
    raw = [(row, name) for row, body in rows for name in names_in(body, kind)]
    names = [fold(name) if is_long else _plain(name) for _, name in raw]
    near: list[tuple[str, float, int]] = process.extract(
        wanted, names, scorer=fuzz.partial_ratio, score_cutoff=_PART, limit=_BEST
    )
    found = [(name, score * 0.85, at) for name, score, at in near]
    if not is_long:
        near = process.extract(
            wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=_BEST
        )
        found += [(name, score * 0.95, at) for name, score, at in near]
    for name, score, at in sorted(found, key=lambda one: -one[1]):
        # A short name inside a long query is no likeness.
        if len(name) > len(wanted) - 3:
            row, own = raw[at]
            yield row, score, reasons.near(query, "" if is_long else own)


def _plain(name: str) -> str:
    """As ``plain``, which most names need not be looked at so closely for."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())
    return plain(name)


_BODIES = {
    # Crosswise, or SQLite may read all names for each entity; in the order of an
    # index, or it reads the names of all before it sorts them.
    "entity": "SELECT f.rowid >> 2, f.body FROM entities e"
    " CROSS JOIN names_fts f ON f.rowid = e.id * 4 + 2"
    " WHERE e.merged_into IS NULL AND e.state <> 'rejected'"
    " ORDER BY e.documents DESC, e.mentions DESC, e.id LIMIT ?",
    "tag": "SELECT rowid >> 2, body FROM names_fts WHERE rowid % 4 = 1 LIMIT ?",
    "annotation": "SELECT rowid >> 2, body FROM names_fts WHERE rowid % 4 = 0"
    " ORDER BY rowid DESC LIMIT ?",
}
