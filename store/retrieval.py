"""What a tag expression finds: its tree, worked out over columns of annotations.

Partners for the questions about two are looked for among all annotations that may
be seen, whatever else a list is narrowed by. An annotation is not its own partner
for ``in-document``. For ``near`` and ``overlaps`` a passage that bears both tags
counts, for it is tagged with both; but where both sides are the same expression
(``A near:50 A``) another passage is needed. Annotations of whole documents and
orphans stand nowhere: nothing is near them and nothing overlaps them.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from store.annotation_columns import Columns, Numbers, Rows
from store.tagexpr import FARTHEST, Bears, Every, Not, Pair, Some, Tree, parse


def asked(columns: Columns, expression: str) -> Rows:
    """What an expression finds. Raises ``ExpressionError``."""
    return found(columns, parse(expression, columns.find))


def found(columns: Columns, tree: Tree) -> Rows:
    """The annotations that a tree finds."""
    match tree:
        case Bears(tag):
            return columns.under(tag)
        case Not(inner):
            return ~found(columns, inner)
        case Every(parts):
            return reduce(np.logical_and, (found(columns, part) for part in parts))
        case Some(parts):
            return reduce(np.logical_or, (found(columns, part) for part in parts))
        case Pair("in-document", left, right):
            return _beside(columns, found(columns, left), found(columns, right))
        case Pair(kind, left, right, reach):
            # Touching is near:0; what overlaps shares a character at least.
            gap = reach if kind == "near" else -1
            first, second = found(columns, left), found(columns, right)
            return _close(columns, first, second, gap, alone=left == right)


def _beside(columns: Columns, left: Rows, right: Rows) -> Rows:
    """Those of the left in whose document another one of the right is."""
    documents = columns.documents
    counts = np.bincount(documents[right], minlength=len(columns.document_ids))
    rows: Rows = left & (counts[documents] - right > 0)
    return rows


def _close(columns: Columns, left: Rows, right: Rows, gap: int, *, alone: bool) -> Rows:
    """Those of the left with one of the right at most ``gap`` characters away.

    All documents are laid on one line, farther apart than anything may reach. Of
    the passages that begin early enough, those that end too early are taken off;
    what is left are the partners. ``alone``: itself is none of them.
    """
    starts, ends = _on_one_line(columns)
    left, right = left & columns.has_place, right & columns.has_place
    begun = np.searchsorted(np.sort(starts[right]), ends[left] + gap, side="right")
    over = np.searchsorted(np.sort(ends[right]), starts[left] - gap, side="left")
    partners = begun - over
    if alone:
        partners = partners - right[left]
    rows = left.copy()
    rows[left] = partners > 0
    return rows


def _on_one_line(columns: Columns) -> tuple[Numbers, Numbers]:
    kept = columns.kept
    if "line starts" not in kept:
        apart = int(columns.ends.max(initial=0)) + FARTHEST + 2
        shift = columns.documents * apart
        kept["line starts"] = columns.starts + shift
        kept["line ends"] = columns.ends + shift
    return kept["line starts"], kept["line ends"]
