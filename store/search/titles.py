"""Documents that have some words in their titles: the filter ``title:``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from store.search import unspaced
from store.search.expansion import Choice, as_typed, choices
from store.search.fold import fold
from store.search.query import Filter, Query, Word, quoted, words_of
from store.search.vocabulary import Vocabulary

_MOST = 1_000_000
"""All of them."""

_ALLOWED = (0.0, 0.2, 1.1)
"""How much dearer than the best a correction may be: first there are none."""


def having(
    connection: sqlite3.Connection, vocabulary: Vocabulary | None, filter: Filter
) -> list[int]:
    """Ids of the documents, hidden ones among them, that have the value in the title.

    The words as one phrase; else all of them, each as typed or, the last one while
    it is being typed, as a beginning; else corrected.
    """
    value = filter.value
    asked = Query(inside=(value,))
    words = words_of(value)
    if unspaced.is_for(Query(words=words)):
        found = unspaced.find(connection, vocabulary, asked, limit=_MOST)
        return _with(connection, [one.id for one in found], value)
    is_open = filter.is_open and value[-1:].isalnum()
    if len(words) > 1 and (ids := _matching(connection, quoted(value))):
        return ids
    last = len(words) - 1
    readings = [
        _choices(vocabulary, word, is_open=is_open and at == last)
        for at, word in enumerate(words)
    ]
    for allowed in _ALLOWED:
        # A title with the words as typed comes before any that was corrected.
        parts = [_forms(row, allowed) for row in readings]
        if all(parts) and (ids := _matching(connection, _all_of(parts))):
            return ids
    return []


def _forms(row: Sequence[Choice], allowed: float) -> list[str]:
    """A word as typed, and the corrections that are hardly dearer than the best."""
    best = min((one.cost for one in row if not one.is_exact), default=0.0)
    return [one.match for one in row if one.is_exact or one.cost - best < allowed]


def _choices(
    vocabulary: Vocabulary | None, word: Word, *, is_open: bool
) -> Sequence[Choice]:
    if vocabulary is not None:
        return choices(vocabulary, word, is_open=is_open)
    typed = as_typed(vocabulary, word)
    if not is_open:
        return [typed]
    beginning = Choice(f"{typed.match}*", (word.key,), 0.0, typed.count, True)
    return [typed, beginning]


def _all_of(parts: Sequence[Sequence[str]]) -> str:
    return " AND ".join(f"({' OR '.join(forms)})" for forms in parts)


def _matching(connection: sqlite3.Connection, match: str) -> list[int]:
    rows = connection.execute(
        "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?",
        [f"title : ({match})"],
    )
    return [row for (row,) in rows]


def _with(
    connection: sqlite3.Connection, documents: Sequence[int], value: str
) -> list[int]:
    """Those of the documents whose titles hold a text."""
    rows = connection.execute(
        "SELECT id, title FROM documents WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(documents))],
    )
    return [document for document, title in rows if fold(value) in fold(title)]
