"""Every place that a question finds, page by page, newest documents first.

First it is asked in which documents to look, which takes milliseconds; then these
are read one page after the other, so that the first places are there at once and
whoever has seen enough stops asking.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from store.document_rows import DocumentFilter, conditions
from store.errors import UsageError
from store.phrases import Phrase
from store.place_sources import Source, compiled, kind_of, texts, understood

__all__ = [
    "MOST",
    "Page",
    "Place",
    "Places",
    "find",
    "gather",
    "kind_of",
    "named",
    "problem_with",
    "texts",
    "too_many",
]

MOST = 200_000
"""Places that are taken unless more are asked for."""

MOST_READ = 100_000
"""Documents that are read where no index helps, the newest of them."""

_FIRST, _LATER = 8, 256
"""Documents of the first page, and of those that follow after it has grown."""

_NEWEST = 64
"""Documents of the first pages where there are very many: a screenful and more."""

_FEW = 2000
"""So few documents are looked up one by one and sorted; of more the newest are taken
from the index over their dates, which need not be read to its end for them."""


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
    of: int | None
    """… of so many; ``None`` while only the newest are known."""
    note: str = ""
    """One sentence where not everything could be looked at."""

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after it."""
        return self.looked == self.of


def find(
    connection: sqlite3.Connection, words: str, filters: DocumentFilter | None = None
) -> Iterator[Page]:
    """The places of a question in the documents a filter lets through.

    There is always at least one page. Between two pages nothing is held open. Raises
    ``UsageError`` for a question that is none, and ``NotFound``, before the first
    page; a pattern that takes too long raises ``UsageError`` later.
    """
    source = understood(connection, words)
    where, values = conditions(connection, filters or DocumentFilter())
    return _pages(connection, source, where, [*values, *source.values])


def _pages(
    connection: sqlite3.Connection, source: Source, where: str, values: Sequence[Any]
) -> Iterator[Page]:
    few = _are_few(connection, source)
    if not source.is_scan:
        # The plus keeps SQLite from looking the documents up one by one.
        where = f"{where} AND {'' if few else '+'}d.id IN ({source.candidates})"
    sql = (
        f"SELECT d.id FROM documents d WHERE {where}"
        " ORDER BY d.published DESC, d.id DESC LIMIT ?"
    )
    ids = _ids(connection, sql, [*values, -1 if few else _NEWEST])
    is_all = few or len(ids) < _NEWEST
    looked, size, note = 0, _FIRST, ""
    while True:
        found, more = _looked(source, ids[looked : looked + size])
        looked, size = looked + more, min(size * 2, _LATER)
        yield Page(found, looked, len(ids) if is_all else None, note)
        if looked == len(ids):
            if is_all:
                return
            known = frozenset(ids)
            every = _ids(connection, sql, [*values, -1])
            ids += array("q", (one for one in every if one not in known))
            ids, note = _at_most(ids) if source.is_scan else (ids, "")
            is_all = True


def _at_most(ids: array[int]) -> tuple[array[int], str]:
    """As many documents as are read without an index, and what to say of it."""
    if len(ids) <= MOST_READ:
        return ids, ""
    note = (
        f"Only the newest {MOST_READ:,} of {len(ids):,} documents were read: no index"
        " helps with this."
    )
    return ids[:MOST_READ], note


def _are_few(connection: sqlite3.Connection, source: Source) -> bool:
    if source.is_scan:
        return False
    rows = connection.execute(f"{source.candidates} LIMIT {_FEW + 1}", source.values)
    return len(rows.fetchall()) <= _FEW


def _ids(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> array[int]:
    return array("q", (row[0] for row in connection.execute(sql, values)))


def _looked(source: Source, ids: Sequence[int]) -> tuple[list[Place], int]:
    """The places in the first of some documents, and in how many was looked."""
    found: list[Place] = []
    count = 0
    for count, spans in enumerate(source.look(ids), start=1):
        document = ids[count - 1]
        found += [Place(document, start, end) for start, end in spans]
    return found, count


# All of it -------------------------------------------------------------------


def gather(pages: Iterable[Page], most: int | None = MOST) -> tuple[Places, str]:
    """All places of a search, and one sentence where these are not all there are."""
    found, note = Places(), ""
    for page in pages:
        left = None if most is None else most - len(found)
        found.extend(page.places[:left])
        note = page.note
        if left is not None and len(page.places) >= left:
            if not page.is_last or len(page.places) > left:
                note = too_many(len(found), page)
            break
    return found, note


def too_many(count: int, page: Page) -> str:
    """Says that only the first places were taken."""
    among = f"{page.looked:,} documents"
    if page.of is not None:
        among = f"{page.looked:,} of {page.of:,} documents"
    return f"Only the first {count:,} places are taken, in {among}."


# Questions in words ----------------------------------------------------------


def problem_with(words: str) -> str | None:
    """Why nothing can be looked for, in one sentence, as far as the words tell."""
    try:
        kind, rest = kind_of(words)
        if kind == "pattern":
            compiled(rest)
        elif kind == "words":
            Phrase.of(rest)
    except UsageError as error:
        return str(error)
    return None


def named(words: str) -> str:
    """A question as a sentence calls it: words in quotation marks."""
    asked = " ".join(words.split())
    asked = f"{asked[:60]}…" if len(asked) > 61 else asked
    plain = kind_of(words)[0] == "words" and '"' not in asked
    return f'"{asked}"' if plain else asked
