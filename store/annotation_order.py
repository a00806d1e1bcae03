"""In which order annotations are listed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from store.annotation_columns import Columns, Numbers, folded, ranks
from store.annotation_rows import NEWEST_FIRST
from store.search.fold import fold


def ordered(columns: Columns, order: str | None, *, reverse: bool = False) -> Numbers:
    """The rows in an order of ``ORDERS``; ``None`` is reading order.

    What has no date, tag or note comes last either way, and those that are equal
    stay in reading order.
    """
    if order is None:
        rows = np.argsort(columns.reading)
        return rows[::-1] if reverse else rows
    if order not in columns.kept:
        columns.kept[order] = _KEYS[order](columns)
    keys = columns.kept[order]
    down = (order in NEWEST_FIRST) != reverse
    return np.lexsort((columns.reading, -keys if down else keys, keys < 0))


def _by_text(column: str) -> Callable[[Columns], Numbers]:
    def keys(columns: Columns) -> Numbers:
        values = [folded(" ".join(text.split())) for text in columns.values(column)]
        rank = ranks(values)
        rank[np.array([not value for value in values], dtype=np.bool_)] = -1
        return rank

    return keys


def _by_tag(columns: Columns) -> Numbers:
    """By the first of its tags in the order of the codebook, as it is shown."""
    paths = columns.paths
    listed = [tag for tag, _ in paths.in_order()]
    alphabet = ranks([fold(paths.path(tag)) for tag in listed])
    first = np.full(len(columns), len(listed), dtype=np.int64)
    for place in range(len(listed) - 1, -1, -1):
        first[columns.bearing([listed[place]])] = place
    return np.append(alphabet, -1)[first]


def _by_coder(columns: Columns) -> Numbers:
    names = columns.coder_names
    known, rows = np.unique(columns.coders, return_inverse=True)
    return ranks([fold(names[coder]) for coder in known.tolist()])[rows]


def _by_title(columns: Columns) -> Numbers:
    return ranks([title for title, _ in columns.titles])[columns.documents]


_KEYS: dict[str, Callable[[Columns], Numbers]] = {
    "date": lambda columns: columns.dates[columns.documents],
    "place": lambda columns: columns.documents,
    "tag": _by_tag,
    "note": _by_text("note"),
    "coder": _by_coder,
    "created": _by_text("created"),
    "modified": _by_text("modified"),
    "document": _by_title,
}
