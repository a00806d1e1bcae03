"""Documents for a query in a script whose words the full text index cannot tell apart.

What such a query asks for stands anywhere, also inside longer words. It is looked up
by pairs of signs (``grams``); more than one pair is looked for in the text of what
has them all. Documents with it in the title come first, then the newest. The other
words of the query are taken as typed, and only if nothing has them corrected.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from store.search import documents, pairs
from store.search.expansion import as_typed
from store.search.found import Found
from store.search.grams import Part, has_any, match_of, plain
from store.search.parts import Asked
from store.search.query import Query, quoted
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Sieve, Within

_BATCH = 64
_LOOK = 400
# Newest documents that are read for a single sign before the index is asked, which
# has a frequent sign in thousands of pairs.

_Has = Callable[[Part, str], bool]

INDEXED = "(SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?)"
HELD = "(SELECT rowid FROM documents_grams WHERE documents_grams MATCH ?)"
"""Documents that the index of words, or that of pairs, has for a query of its own."""


def is_for(query: Query) -> bool:
    """Whether a query needs what is done here."""
    return bool(query.inside) or any(
        map(has_any, (*(w.raw for w in query.words), *query.phrases, *query.without))
    )


def find(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    *,
    limit: int = 50,
    exact: bool = False,
    within: Within = EVERYWHERE,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Found]:
    """Documents for such a query, best first, of those ``within``; hidden ones
    never. Without a vocabulary, or with ``exact``, only as typed."""
    asked = Asked.of(query)
    how = _How(connection, vocabulary, limit, cancelled)
    if not match_of(asked.parts) or pairs.missing(connection):
        within = _but(connection, asked.without, within)
    else:
        within = _but(connection, asked.long_without, within)
    if not asked.parts:
        return how.corrected(asked.rest, within, exact=exact)
    typed = [as_typed(vocabulary, word) for word in asked.rest.words]
    marks = tuple(choice.marks for choice in typed)
    marks += tuple((phrase,) for phrase in asked.rest.phrases)
    inside = tuple(piece for part in asked.parts for piece in part.pieces)
    words = [choice.match for choice in typed]
    ids = islice(_matching(connection, asked, words, within, cancelled), limit)
    found = [Found(row, 0.0, marks, inside) for row in ids]
    if exact or len(found) >= limit:
        return found
    near: list[Found] = []
    if not query.inside:
        # The words of Korean and Indic scripts are in the vocabulary too.
        near = how.corrected(replace(query, without=asked.rest.without), within)
    elif asked.rest.words and not found:
        near = how.corrected(asked.rest, _having(connection, asked.parts, within))
        near = [replace(one, inside=inside) for one in near]
    seen = {one.id for one in found}
    return [*found, *(one for one in near if one.id not in seen)][:limit]


@dataclass(frozen=True, slots=True)
class _How:
    """How the full text index is asked for what it knows."""

    connection: sqlite3.Connection
    vocabulary: Vocabulary | None
    limit: int
    cancelled: Callable[[], bool]

    def corrected(
        self, query: Query, within: Within, *, exact: bool = False
    ) -> list[Found]:
        return documents.find(
            self.connection,
            self.vocabulary,
            query,
            limit=self.limit,
            exact=exact,
            within=within,
            cancelled=self.cancelled,
        )


def _matching(
    connection: sqlite3.Connection,
    asked: Asked,
    words: Sequence[str],
    within: Within,
    cancelled: Callable[[], bool],
) -> Iterator[int]:
    """Ids of the documents that have all parts, and the words as typed."""
    seen: set[int] = set()
    sieve = Sieve(connection, within)
    for ids, has in _sources(connection, asked, words):
        while not cancelled() and (batch := [*islice(ids, _BATCH)]):
            kept = sieve.kept([one for one in batch if one not in seen])
            if has is not None:
                kept = _having_all(connection, asked.parts, kept, has)
            seen |= kept
            yield from (one for one in batch if one in kept)
    yield from _read(connection, asked, words, within, seen)


def _sources(
    connection: sqlite3.Connection, asked: Asked, words: Sequence[str]
) -> Iterator[tuple[Iterator[int], _Has | None]]:
    """Ids of documents that may have the parts, best first, and how that is seen in
    their texts; ``None`` where it is known."""
    condition, values = _beside(asked, words)
    sql = f"WHERE documents_grams MATCH ? {condition} ORDER BY rowid DESC"
    in_title = match_of(asked.parts, in_title=True)
    if not in_title:
        return
    is_known = all(part.is_pair for part in asked.parts)
    has = None if is_known else Part.stands_in
    has_pairs = any(part.pairs for part in asked.parts)

    def ids(match: str) -> Iterator[int]:
        rows = connection.execute(
            f"SELECT rowid FROM documents_grams {sql}", [match, *values]
        )
        return (row for (row,) in rows)

    yield ids(in_title), has
    if not has_pairs and not condition:
        newest = connection.execute(
            "SELECT id FROM documents_grams_docsize ORDER BY id DESC LIMIT ?", [_LOOK]
        )
        yield (row for (row,) in newest.fetchall()), Part.is_plain_in
    yield ids(match_of(asked.parts)), has


def _beside(asked: Asked, words: Sequence[str]) -> tuple[str, list[object]]:
    """What the rest of the query asks of a row of ``documents_grams``. The sign
    keeps SQLite from asking the index for each row by itself."""
    conditions: list[str] = []
    values: list[object] = []
    for word, match in zip(asked.rest.words, words, strict=True):
        conditions.append(f"(+rowid IN {INDEXED} OR +rowid IN {HELD})")
        values += [match, quoted(plain(word.raw))]
    for phrase in asked.rest.phrases:
        conditions.append(f"+rowid IN {INDEXED}")
        values.append(quoted(phrase))
    for part in asked.rest.without:
        conditions.append(f"+rowid NOT IN {INDEXED}")
        values.append(quoted(part))
    for excluded in asked.pairs_without:
        conditions.append(f"+rowid NOT IN {HELD}")
        values.append(match_of([excluded]))
    return "".join(f" AND {one}" for one in conditions), values


def _having_all(
    connection: sqlite3.Connection, parts: Sequence[Part], ids: set[int], has: _Has
) -> set[int]:
    """Those of the documents whose titles and texts have the parts."""
    rows = connection.execute(
        "SELECT id, title, text FROM documents"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps([*ids])],
    )
    return {
        row
        for row, title, text in rows
        if all(has(part, title) or has(part, text) for part in parts)
    }


def _read(
    connection: sqlite3.Connection,
    asked: Asked,
    words: Sequence[str],
    within: Within,
    seen: set[int],
) -> Iterator[int]:
    """What no pair tells is looked for in the texts, newest first: signs that are in
    no index, and documents that are not held yet."""
    last = pairs.missing(connection)
    conditions, values = [within.condition], [*within.values]
    if match_of(asked.parts):
        if not last:
            return
        conditions.append("d.id <= ?")
        values.append(last)
    for part in asked.parts:
        condition, forms = _stands(part)
        conditions.append(condition)
        values += forms
    matches = [*words, *map(quoted, asked.rest.phrases)]
    conditions += [f"d.id IN {INDEXED}"] * len(matches)
    conditions += [f"d.id NOT IN {INDEXED}"] * len(asked.rest.without)
    values += [*matches, *map(quoted, asked.rest.without)]
    rows = connection.execute(
        f"SELECT d.id FROM documents d WHERE {' AND '.join(conditions)}"
        " ORDER BY d.id DESC",
        values,
    )
    yield from (row for (row,) in rows if row not in seen)


def _stands(part: Part) -> tuple[str, list[object]]:
    """The condition that a text or a title has a part."""
    forms = dict.fromkeys((part.raw, unicodedata.normalize("NFKC", part.raw)))
    one = "instr(d.text, ?) OR instr(d.title, ?)"
    values: list[object] = [*chain.from_iterable((form, form) for form in forms)]
    return f"({' OR '.join([one] * len(forms))})", values


def _but(
    connection: sqlite3.Connection, without: Sequence[Part], within: Within
) -> Within:
    """Narrowed to what has none of these parts."""
    are_held = not pairs.missing(connection)
    for part in without:
        condition, values = _stands(part)
        if part.is_pair and are_held:
            condition, values = f"d.id IN {HELD}", [match_of([part])]
        within = Within(
            f"{within.condition} AND NOT {condition}", (*within.values, *values)
        )
    return within


def _having(
    connection: sqlite3.Connection, parts: Sequence[Part], within: Within
) -> Within:
    """Narrowed to what has all these parts."""
    are_held = not pairs.missing(connection)
    match = match_of(parts) if are_held else ""
    if match:
        within = Within(
            f"{within.condition} AND d.id IN {HELD}", (*within.values, match)
        )
    for part in parts:
        if not (match and part.is_pair):
            condition, values = _stands(part)
            within = Within(
                f"{within.condition} AND {condition}", (*within.values, *values)
            )
    return within
