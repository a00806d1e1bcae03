"""Ids of annotations: which a filter lets through, in order, and counts of them.

What can be said of one annotation by itself is asked of the tables; tag
expressions, words and orders are worked out over columns that are kept until the
library changes, so that a list of 100,000 can be narrowed while somebody types.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store import annotation_rows
from store.annotation_rows import ORDERS, AnnotationFilter
from store.errors import PostillaError, UsageError

if TYPE_CHECKING:
    from store.annotation_columns import Columns, Keeper, Numbers, Rows


_KNOWN_TO_COLUMNS: dict[str, Any] = {
    **dict.fromkeys(("tag", "coder", "words", "query", "order")),
    **dict.fromkeys(("untagged", "orphans", "reverse"), False),
}
"""Parts of a filter for which no table needs to be asked again."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a list shows, and what its columns depend on."""

    ids: array[int]
    total: int
    """How many there are without any filter."""
    coders: int
    unsure: int
    """How many of all have lost their passage or are not sure of it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list can be narrowed by, each with how many it would show."""

    tags: list[tuple[str, int]]
    """Paths in the order of the codebook; what is below a tag counts for it."""
    coders: list[tuple[str, int]]
    untagged: int
    unsure: int
    total: int


def ids(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    keeper: Keeper | None = None,
) -> array[int]:
    """Ids of the annotations that a filter lets through, in its order.

    With a ``keeper`` what was read stays for the next question. Raises
    ``UsageError`` and ``NotFound``.
    """
    return look(connection, filters, keeper).ids


def look(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    keeper: Keeper | None = None,
) -> Look:
    """The same, with what is to be known of all annotations."""
    from store.annotation_order import ordered

    if filters.order is not None and filters.order not in ORDERS:
        raise UsageError(
            f"Annotations cannot be ordered by {filters.order};"
            f" choose {', '.join(ORDERS)}."
        )
    with _columns(connection, keeper) as columns:
        rows = ordered(columns, filters.order, reverse=filters.reverse)
        fitting = _fitting(connection, columns, filters)
        return Look(
            ids=_array(columns.ids[rows[fitting[rows]]]),
            total=len(columns),
            coders=len(set(columns.coders.tolist())),
            unsure=int(columns.unsure.sum()),
        )


def counts(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    keeper: Keeper | None = None,
) -> Counts:
    """What the list could be narrowed by instead, with the rest as it is."""
    with _columns(connection, keeper) as columns:

        def without(**other: Any) -> Rows:
            return _fitting(connection, columns, replace(filters, **other))

        by_tag = without(tag=None, query=None, untagged=False)
        by_coder = columns.coders[without(coder=None)].tolist()
        names = columns.coder_names
        tags = [
            (columns.paths.path(tag), int((columns.under(tag) & by_tag).sum()))
            for tag, _ in columns.paths.in_order()
        ]
        return Counts(
            tags=[(path, count) for path, count in tags if count],
            coders=sorted((names[id], n) for id, n in Counter(by_coder).items()),
            untagged=int((by_tag & ~columns.tagged).sum()),
            unsure=int((without(orphans=False) & columns.unsure).sum()),
            total=len(columns),
        )


def documents_of(
    connection: sqlite3.Connection, wanted: Sequence[int], keeper: Keeper | None = None
) -> array[int]:
    """The documents of these annotations, each once, in the order they come."""
    import numpy as np

    with _columns(connection, keeper) as columns:
        given = np.asarray(wanted, dtype=np.int64)
        rows = np.searchsorted(columns.ids, given)
        here = rows < len(columns)
        here[here] = columns.ids[rows[here]] == given[here]
        documents = columns.document_ids[columns.documents[rows[here]]]
        first = np.unique(documents, return_index=True)[1]
        return _array(documents[np.sort(first)])


def get_ready(connection: sqlite3.Connection, keeper: Keeper) -> None:
    """Read what words are looked for in, before they are known."""
    with _columns(connection, keeper) as columns:
        columns.read_words()


@contextmanager
def _columns(
    connection: sqlite3.Connection, keeper: Keeper | None
) -> Iterator[Columns]:
    from store.annotation_columns import Keeper, one_moment

    with one_moment(connection):
        yield (keeper or Keeper()).columns(connection)


def _array(numbers: Numbers) -> array[int]:
    out = array("q")
    out.frombytes(numbers.tobytes())
    return out


def _fitting(
    connection: sqlite3.Connection, columns: Columns, filters: AnnotationFilter
) -> Rows:
    from store.retrieval import asked
    from store.search.fold import fold

    fitting = columns.everything()
    rest = replace(filters, **_KNOWN_TO_COLUMNS)
    if rest != AnnotationFilter():
        fitting &= columns.rows_of(annotation_rows.plain_ids(connection, rest))
    if filters.coder is not None:
        fitting &= columns.made_by(filters.coder)
    if filters.untagged:
        fitting &= ~columns.tagged
    if filters.orphans:
        fitting &= columns.unsure
    if filters.tag is not None:
        fitting &= asked(columns, filters.tag)
    if filters.query is not None:
        fitting &= _asked_by_name(connection, columns, filters.query)
    for word in fold(filters.words or "").split():
        fitting &= columns.holding(word)
    return fitting


def _asked_by_name(connection: sqlite3.Connection, columns: Columns, name: str) -> Rows:
    from store import queries
    from store.retrieval import asked

    query = queries.named(connection, name)
    try:
        return asked(columns, query.expression)
    except PostillaError as error:
        raise UsageError(f"The saved query {query.name}: {error}") from error
