"""What a question means: in which documents to look, and how to look into them.

A question is words (found as a phrase), ``"a phrase"``, ``entity:NAME``,
``tag:PATH`` or ``/regular expression/``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import codebook, entity_rows
from store.errors import UsageError
from store.graphemes import snapped
from store.phrases import Phrase
from store.tagpaths import TagPaths

if TYPE_CHECKING:
    from regex import Pattern

MOST_IN_ONE = 10_000
"""Matches of a regular expression in one document that are taken."""

_SIGNS = 400_000
"""Code points that are read in one go, however few documents that are."""

_SECONDS = 2.0
_PATTERN = re.compile(r"/(.+)/", re.DOTALL)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where places come from."""

    look: Callable[[Sequence[int]], Iterator[Sequence[Span]]]
    """The places in each of some documents, in order; it may end before the last of
    them, when that is enough for one go, but not before the first."""
    candidates: str = ""
    """SQL for the ids of the documents that may have a place; empty for all."""
    values: Sequence[Any] = ()

    @property
    def is_scan(self) -> bool:
        """Whether every document has to be read."""
        return not self.candidates


def kind_of(words: str) -> tuple[str, str]:
    """What is asked for (``words``, ``entity``, ``tag``, ``pattern``), and its name.

    Raises ``UsageError`` where a name is missing.
    """
    asked = words.strip()
    if match := _PATTERN.fullmatch(asked):
        return "pattern", match[1]
    kind, sign, name = asked.partition(":")
    kind, name = kind.strip().casefold(), name.strip()
    if sign and kind in ("entity", "tag"):
        if len(name) > 2 and name[0] == name[-1] == '"':
            name = name[1:-1].strip()
        if not name:
            raise UsageError(f"Say which {kind}: {kind}:NAME.")
        return kind, name
    return "words", asked


def understood(connection: sqlite3.Connection, words: str) -> Source:
    """Where the places of a question come from.

    Raises ``UsageError`` for a question that is none, and ``NotFound``.
    """
    kind, rest = kind_of(words)
    if kind == "entity":
        return _entity(connection, entity_rows.find(connection, rest))
    if kind == "tag":
        return _tag(connection, codebook.find(connection, rest))
    if kind == "pattern":
        pattern = compiled(rest)
        return Source(_in_texts(connection, lambda text: _matches(pattern, text)))
    return _phrase(connection, Phrase.of(rest))


# Texts -----------------------------------------------------------------------


def texts(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The texts of documents in the order of the ids; empty for one that is gone."""
    for one in ids:
        row = connection.execute(
            "SELECT text FROM documents WHERE id = ? AND removed IS NULL", [one]
        ).fetchone()
        yield one, "" if row is None else row[0]


def _in_texts(
    connection: sqlite3.Connection, places_in: Callable[[str], Iterable[Span]]
) -> Callable[[Sequence[int]], Iterator[Sequence[Span]]]:
    def look(ids: Sequence[int]) -> Iterator[Sequence[Span]]:
        signs = 0
        for _, text in texts(connection, ids):
            yield list(places_in(text))
            signs += len(text)
            if signs > _SIGNS:
                return

    return look


# Letters and digits beside these scripts are one word with them for the index.
_INDEXED = """
SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?
UNION ALL
SELECT id FROM documents WHERE removed IS NULL
    AND language IN ('ja', 'zh', 'yue', 'th', 'lo', 'km', 'my')
"""


def _phrase(connection: sqlite3.Connection, phrase: Phrase) -> Source:
    look = _in_texts(connection, phrase.places_in)
    if not phrase.is_indexed:
        return Source(look)
    return Source(look, _INDEXED, [phrase.match(connection)])


def compiled(pattern: str) -> Pattern[str]:
    """A regular expression by the rules of the search. Raises ``UsageError``."""
    from store.search.pattern import compiled_pattern

    return compiled_pattern(pattern)


def _matches(pattern: Pattern[str], text: str) -> Iterator[Span]:
    try:
        found = 0
        for match in pattern.finditer(text, timeout=_SECONDS, concurrent=True):
            start, end = match.span()
            if start < end:
                yield snapped(text, start, end)
                found += 1
            if found == MOST_IN_ONE:
                return
    except TimeoutError:
        raise UsageError(
            "This pattern takes too long on a text; make it simpler."
        ) from None


# What the library holds ------------------------------------------------------

_ITS_MENTIONS = """
FROM mentions WHERE state <> 'rejected'
AND entity IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)
"""

_ITS_PASSAGES = """
FROM seen_annotations WHERE kind = 'span' AND anchor_state <> 'orphan'
AND id IN (SELECT annotation FROM annotation_tags
    WHERE tag IN (SELECT value FROM json_each(?)))
"""


def _entity(connection: sqlite3.Connection, entity: int) -> Source:
    return _stored(connection, _ITS_MENTIONS, [entity, entity])


def _tag(connection: sqlite3.Connection, tag: int) -> Source:
    below = TagPaths.read(connection).subtree(tag)
    return _stored(connection, _ITS_PASSAGES, [json.dumps(below)])


def _stored(connection: sqlite3.Connection, rows: str, values: Sequence[Any]) -> Source:
    """Places that the library holds: ``rows`` is SQL from FROM on."""
    sql = (
        f'SELECT DISTINCT document, start, "end" {rows}'
        " AND document IN (SELECT value FROM json_each(?)) ORDER BY start"
    )

    def look(ids: Sequence[int]) -> Iterator[Sequence[Span]]:
        of: dict[int, list[Span]] = {one: [] for one in ids}
        for document, start, end in connection.execute(
            sql, [*values, json.dumps(list(ids))]
        ):
            of[document].append((start, end))
        yield from of.values()

    return Source(look, f"SELECT document {rows}", values)
