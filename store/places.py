"""Every place that a question finds, page by page, newest documents first.

A question is words (found as a phrase), ``"a phrase"``, ``entity:NAME``,
``tag:PATH`` or ``/regular expression/``. First it is asked in which documents to
look, which takes milliseconds; then these are read one page after the other, so
that the first places are there at once and whoever has seen enough stops asking.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from store import codebook, entity_rows
from store.document_rows import DocumentFilter, conditions
from store.errors import UsageError
from store.graphemes import snapped
from store.phrases import Phrase
from store.tagpaths import TagPaths

MOST_READ = 100_000
"""Documents that are read where no index helps, the newest of them."""

MOST = 200_000
"""Places that are taken unless more are asked for."""

MOST_IN_ONE = 10_000
"""Matches of a regular expression in one document that are taken."""

_FIRST, _LATER = 8, 256
"""Documents of the first page, and of those that follow after it has grown."""

_SIGNS = 400_000
"""Code points after which a page ends, however few documents that are."""

_SECONDS = 2.0
_PATTERN = re.compile(r"/(.+)/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a document; offsets in code points, end exclusive."""

    document: int
    start: int
    end: int


class Places(Sequence[Place]):
    """Very many places, in a hundredth of the room."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._numbers = array("q")
        self.extend(places)

    def extend(self, places: Iterable[Place]) -> None:
        """Add places at the end."""
        for one in places:
            self._numbers.extend((one.document, one.start, one.end))

    @property
    def documents(self) -> Sequence[int]:
        """The document of each place."""
        return self._numbers[::3]

    def __len__(self) -> int:
        return len(self._numbers) // 3

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> Places: ...
    def __getitem__(self, index: int | slice) -> Place | Places:
        if isinstance(index, slice):
            return Places(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index] * 3
        return Place(*self._numbers[at : at + 3])


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in some more documents."""

    places: Sequence[Place]
    looked: int
    """Documents looked into so far …"""
    of: int
    """… of so many."""
    note: str = ""
    """One sentence where not everything could be looked at."""


@dataclass(frozen=True, slots=True)
class _Search:
    """In which documents to look, and how."""

    condition: str
    """SQL over ``documents d`` that holds for them."""
    values: Sequence[Any]
    look: Callable[[Sequence[int]], Iterator[list[Place]]]
    """The places in some documents, a list for each document that was read."""
    is_scan: bool = False


def find(
    connection: sqlite3.Connection, words: str, filters: DocumentFilter | None = None
) -> Iterator[Page]:
    """The places of a question in the documents a filter lets through.

    There is always at least one page. Between two pages nothing is held open. Raises
    ``UsageError`` for a question that is none, and ``NotFound``, before the first
    page; a pattern that takes too long raises ``UsageError`` later.
    """
    search = _understood(connection, words)
    where, values = conditions(connection, filters or DocumentFilter())
    sql = (
        f"SELECT d.id FROM documents d WHERE {where} AND {search.condition}"
        " ORDER BY d.published DESC, d.id DESC"
    )
    return _pages(connection, search, sql, [*values, *search.values])


def gather(pages: Iterable[Page], most: int | None = MOST) -> tuple[Places, str]:
    """All places of a search, and one sentence where these are not all there are."""
    found, note = Places(), ""
    for page in pages:
        left = None if most is None else most - len(found)
        found.extend(page.places[:left])
        note = page.note
        if left is not None and len(page.places) >= left:
            if page.looked < page.of or len(page.places) > left:
                note = too_many(len(found), page)
            break
    return found, note


def too_many(count: int, page: Page) -> str:
    """Says that only the first places were taken."""
    return (
        f"Only the first {count:,} places are taken, in {page.looked:,} of"
        f" {page.of:,} documents."
    )


def problem_with(words: str) -> str | None:
    """Why nothing can be looked for, in one sentence, as far as the words tell."""
    try:
        kind, rest = kind_of(words)
        if kind == "pattern":
            _compiled(rest)
        elif kind == "words":
            Phrase.of(rest)
    except UsageError as error:
        return str(error)
    return None


def kind_of(words: str) -> tuple[str, str]:
    """What is asked for (``words``, ``entity``, ``tag``, ``pattern``), and its name."""
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


def named(words: str) -> str:
    """A question as a sentence calls it: words in quotation marks."""
    asked = " ".join(words.split())
    asked = f"{asked[:60]}…" if len(asked) > 61 else asked
    plain = kind_of(words)[0] == "words" and '"' not in asked
    return f'"{asked}"' if plain else asked


def _understood(connection: sqlite3.Connection, words: str) -> _Search:
    kind, rest = kind_of(words)
    if kind == "entity":
        return _entity(connection, entity_rows.find(connection, rest))
    if kind == "tag":
        return _tag(connection, codebook.find(connection, rest))
    if kind == "pattern":
        pattern = _compiled(rest)
        return _in_texts(connection, lambda text: _matches(pattern, text))
    return _phrase(connection, Phrase.of(rest))


# Reading page by page --------------------------------------------------------


def _pages(
    connection: sqlite3.Connection, search: _Search, sql: str, values: Sequence[Any]
) -> Iterator[Page]:
    ids = array("q", (row[0] for row in connection.execute(sql, values)))
    note = ""
    if search.is_scan and len(ids) > MOST_READ:
        note = (
            f"Only the newest {MOST_READ:,} of {len(ids):,} documents were read: no"
            " index helps with this."
        )
        ids = ids[:MOST_READ]
    at, size = 0, _FIRST
    while True:
        found: list[Place] = []
        looked = at
        for places in search.look(ids[at : at + size]):
            looked += 1
            found += places
        yield Page(found, looked, len(ids), note)
        at, size = looked, min(size * 2, _LATER)
        if at >= len(ids):
            return


def _in_texts(
    connection: sqlite3.Connection,
    places_in: Callable[[str], Iterable[tuple[int, int]]],
    condition: str = "1",
    values: Sequence[Any] = (),
    *,
    is_scan: bool = True,
) -> _Search:
    def look(ids: Sequence[int]) -> Iterator[list[Place]]:
        signs = 0
        for one, text in texts(connection, ids):
            yield [Place(one, start, end) for start, end in places_in(text)]
            signs += len(text)
            if signs > _SIGNS:
                return

    return _Search(condition, values, look, is_scan)


def texts(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The texts of documents in the order of the ids; empty for one that is gone."""
    for one in ids:
        row = connection.execute(
            "SELECT text FROM documents WHERE id = ? AND removed IS NULL", [one]
        ).fetchone()
        yield one, "" if row is None else row[0]


# Words -----------------------------------------------------------------------

# Letters and digits beside these scripts are one word with them for the index.
_WITHOUT_BLANKS = "('ja', 'zh', 'yue', 'th', 'lo', 'km', 'my')"

# The plus keeps SQLite from looking the documents up one by one and sorting them: it
# walks the index over their dates instead.
_INDEXED = f"""
+d.id IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?
    UNION ALL
    SELECT id FROM documents WHERE removed IS NULL AND language IN {_WITHOUT_BLANKS})
"""


def _phrase(connection: sqlite3.Connection, phrase: Phrase) -> _Search:
    if not phrase.is_indexed:
        return _in_texts(connection, phrase.places_in)
    match = phrase.match(connection)
    return _in_texts(connection, phrase.places_in, _INDEXED, [match], is_scan=False)


def _compiled(pattern: str) -> Any:
    from store.search.pattern import _compile

    return _compile(pattern)


def _matches(pattern: Any, text: str) -> Iterator[tuple[int, int]]:
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


# Entities and tags -----------------------------------------------------------

_ITS_MENTIONS = """
FROM mentions WHERE state <> 'rejected'
AND entity IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)
"""

_ITS_PASSAGES = """
FROM seen_annotations WHERE kind = 'span' AND anchor_state <> 'orphan'
AND id IN (SELECT annotation FROM annotation_tags
    WHERE tag IN (SELECT value FROM json_each(?)))
"""


def _entity(connection: sqlite3.Connection, entity: int) -> _Search:
    return _stored(connection, _ITS_MENTIONS, [entity, entity])


def _tag(connection: sqlite3.Connection, tag: int) -> _Search:
    below = TagPaths.read(connection).subtree(tag)
    return _stored(connection, _ITS_PASSAGES, [json.dumps(below)])


def _stored(
    connection: sqlite3.Connection, source: str, values: Sequence[Any]
) -> _Search:
    """Places that the library holds: ``source`` is SQL from FROM on."""
    sql = (
        f'SELECT DISTINCT document, start, "end" {source}'
        " AND document IN (SELECT value FROM json_each(?)) ORDER BY start"
    )

    def look(ids: Sequence[int]) -> Iterator[list[Place]]:
        of: dict[int, list[Place]] = {one: [] for one in ids}
        for row in connection.execute(sql, [*values, json.dumps(list(ids))]):
            of[row[0]].append(Place(*row))
        yield from of.values()

    return _Search(f"+d.id IN (SELECT document {source})", values, look)
