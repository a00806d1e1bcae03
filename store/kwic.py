"""Words in context: every place of a question as one line, in an order of choice.

Places are found by ``store.places``; here they get the words around them, and an
order that puts like beside like: by what stands left of them, right of them, by how
they are written, or by date.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from store.graphemes import inside
from store.places import Place, texts
from store.search.fold import WORD, fold, is_unspaced

ORDERS = ("date", "left", "right", "match")
"""What the lines can be ordered by; ``date`` is how they are found, newest first."""

FIELDS = (
    *("document", "title", "published", "start", "end", "left", "match", "right"),
    "source",
)
"""What a table of lines has, in this order."""

CONTEXT = 60
"""Code points on each side, unless others are asked for."""

_KEY_WORDS = 3
_KEY_SIGNS = 60
"""Words left or right that an order looks at, and the signs they are sought in."""

_RUN = 4000
"""Places sorted in one go: a long sort would keep the other threads waiting."""

_SOME = 2000

_ROWS = """
SELECT id, title, source, published, text FROM documents
WHERE id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One place with the words around it, exactly as they stand in the text."""

    document: int
    title: str
    source: str | None
    published: str | None
    start: int
    end: int
    left: str
    match: str
    right: str


def lines(
    connection: sqlite3.Connection, places: Sequence[Place], context: int = CONTEXT
) -> list[Line]:
    """The lines of some places, in their order; ``context`` in code points a side.

    Contexts never begin or end inside a sign. Places of documents that were deleted
    for good are left out.
    """
    wanted = json.dumps(sorted({place.document for place in places}))
    found = {row[0]: row for row in connection.execute(_ROWS, [wanted])}
    made = []
    for place in places:
        if place.document not in found:
            continue
        document, title, source, published, text = found[place.document]
        start, end = place.start, place.end
        first = max(0, start - context)
        last = min(len(text), end + context)
        first, last = inside(text, first, last)
        left, right = text[first:start], text[end:last]
        made.append(
            Line(
                document=document,
                title=title,
                source=source,
                published=published,
                start=start,
                end=end,
                left=left,
                match=text[start:end],
                right=right,
            )
        )
    return made


def arranged(
    connection: sqlite3.Connection,
    places: Sequence[Place],
    order: str,
    *,
    reverse: bool = False,
) -> Iterator[array[int] | None]:
    """In which order to show places: numbers into ``places``.

    Yields ``None`` as long as it is being worked out, so that it can be stopped, and
    then the numbers.
    """
    if order == "date":
        yield _by_date(places, reverse=reverse)
        return
    keys: list[str] = []
    for _, group in groupby(enumerate(places), lambda pair: pair[0] // _SOME):
        yield None
        keys += _keys(connection, [place for _, place in group], order)
    yield None
    runs = [
        sorted(
            range(at, min(at + _RUN, len(keys))), key=keys.__getitem__, reverse=reverse
        )
        for at in range(0, len(keys), _RUN)
    ]
    yield array("q", merge(*runs, key=keys.__getitem__, reverse=reverse))


def _by_date(places: Sequence[Place], *, reverse: bool) -> array[int]:
    """As found, or the oldest document first; inside one always from the start."""
    if not reverse:
        return array("q", range(len(places)))
    groups = [
        [number for number, _ in group]
        for _, group in groupby(enumerate(places), lambda pair: pair[1].document)
    ]
    return array("q", (number for group in reversed(groups) for number in group))


def _keys(
    connection: sqlite3.Connection, places: Sequence[Place], order: str
) -> list[str]:
    """What each place is ordered by: folded words, the nearest first."""
    keys = []
    documents = list(dict.fromkeys(place.document for place in places))
    held = dict(texts(connection, documents))
    for place in places:
        text = held[place.document]
        if order == "left":
            before = text[max(0, place.start - _KEY_SIGNS) : place.start]
            words = _cut(before)[: -_KEY_WORDS - 1 : -1]
        else:
            after = text[place.end : place.end + _KEY_SIGNS]
            words = _cut(after)[:_KEY_WORDS]
            if order == "match":
                words.insert(0, " ".join(_cut(text[place.start : place.end])))
        keys.append("\t".join(words))
    return keys


def _cut(text: str) -> list[str]:
    """Folded words; single signs where a script puts no blanks between words."""
    folded = fold(text)
    if not is_unspaced(folded):
        return WORD.findall(folded)
    return [
        part
        for word in WORD.findall(folded)
        for part in (word if is_unspaced(word) else (word,))
    ]


def pages(
    connection: sqlite3.Connection,
    places: Sequence[Place],
    numbers: Sequence[int],
    context: int = CONTEXT,
) -> Iterator[Line]:
    """The lines of places in an order, read a page at a time."""
    for at in range(0, len(numbers), _SOME):
        some = [places[number] for number in numbers[at : at + _SOME]]
        yield from lines(connection, some, context)
