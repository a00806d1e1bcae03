"""Documents by tags as rows of narrow columns: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store import safe
from store.matrix import ATTRIBUTES, DOCUMENT_FIELDS, ENTITIES, TAGS, Cell, Line, Matrix
from store.matrix import Column as MatrixColumn
from tui.screens.counting_text import GUTTER
from tui.widgets.columns import Cell as ShownCell
from tui.widgets.columns import Column, Row
from tui.widgets.painting import gap

OF_WORDS = {TAGS: "tags", ENTITIES: "entities", ATTRIBUTES: "attributes"}

CELL_WORDS = {"present": "whether", "counts": "how often"}

BELOW_WORDS = {"yes": "what is below it too", "no": "only itself"}

ROW_WORDS = {"all": "all", "annotated": "only annotated ones"}

NOTHING = """There is nothing to lay out here.

  {narrow}  choose tags, entities or attributes,
     and in which documents"""

NO_COLUMNS = {
    TAGS: "The codebook is empty: annotate something with a tag first.",
    ENTITIES: "Nobody is named in these documents.",
    ATTRIBUTES: "No attribute is defined: g v defines one.",
}

_TITLE = 22
"""Cells that the title of a document has at least …"""

_TITLE_TINY = 12
"""… and where there is little room."""

_LEAST, _MOST = 4, 16
"""Cells of a column."""

_ABSENT = "·"
"""Shown for 0: an empty field could also be one that is missing."""


def short_name(column: MatrixColumn, of: str) -> str:
    """What stands above a column: the last name of a tag, the whole of others."""
    if of == TAGS:
        return column.name.rpartition("/")[2]
    return column.heading


def widths(matrix: Matrix) -> list[int]:
    """How wide each column is: as its name, within limits."""
    of = matrix.question.of
    least = 8 if of == ATTRIBUTES else _LEAST
    found = []
    for column in matrix.columns:
        cells = safe.width(safe.line(short_name(column, of)))
        found.append(max(least, min(_MOST, cells)))
    return found


def fitting(wide: Sequence[int], first: int, width: int) -> int:
    """How many columns from ``first`` on stand beside the titles; at least one."""
    left = width - GUTTER - (_TITLE if width >= 70 else _TITLE_TINY)
    count = 0
    for cells in wide[first:]:
        left -= cells + gap(width)
        if left < 0:
            break
        count += 1
    return max(1, count)


def columns(matrix: Matrix, first: int, count: int) -> tuple[Column, ...]:
    """The columns of the list: the title, then some of the matrix."""
    of = matrix.question.of
    wide = widths(matrix)
    shown = [Column("document", width=8, flex=1)]
    for place in range(first, min(first + count, len(matrix.columns))):
        name = short_name(matrix.columns[place], of)
        align = "left" if of == ATTRIBUTES else "right"
        shown.append(
            Column(
                safe.line(name, wide[place]),
                width=wide[place],
                align="left" if align == "left" else "right",
            )
        )
    return tuple(shown)


def line_row(line: Line, first: int, count: int) -> Row:
    """One document and the cells that are shown of it."""
    cells: list[ShownCell | str] = [line.title]
    cells += [_cell(value) for value in line.cells[first : first + count]]
    return Row(tuple(cells))


def _cell(value: Cell) -> ShownCell:
    if value is None or value == 0:
        return ShownCell(_ABSENT if value == 0 else "", "muted")
    if isinstance(value, int):
        return ShownCell(f"{value:,}", "strong")
    return ShownCell(value)


def title(matrix: Matrix | None, of: str) -> str:
    """What the table is, with how large."""
    words = OF_WORDS[of]
    if matrix is None:
        return f"Documents by {words}"
    rows, wide = len(matrix.documents), len(matrix.columns)
    return f"Documents by {words} · {rows:,} × {wide:,}"


def seen(matrix: Matrix, first: int, count: int) -> str:
    """Which columns are seen, where not all of them are."""
    total = len(matrix.columns)
    last = min(first + count, total)
    if first == 0 and last == total:
        return ""
    return f"columns {first + 1}–{last} of {total:,} · ← →"


def legend(matrix: Matrix, first: int, count: int) -> str:
    """The whole paths of the tags that are seen, where their names do not say them."""
    if matrix.question.of != TAGS:
        return ""
    shown = matrix.columns[first : first + count]
    return " · ".join(column.name for column in shown if "/" in column.name)


def header(matrix: Matrix) -> list[str]:
    """Columns of the table taken out."""
    return [*DOCUMENT_FIELDS, *(column.heading for column in matrix.columns)]


def out_row(line: Line) -> list[object]:
    """One row of the table taken out."""
    return [*(getattr(line, name) for name in DOCUMENT_FIELDS), *line.cells]


def left_out(answer: Mapping[str, str]) -> list[str]:
    """Rows of the dialog that make no sense with the others."""
    of = answer["of"]
    hidden = [] if of == TAGS else ["below"]
    if of != ENTITIES:
        hidden.append("type")
    return [*hidden, "cells"] if of == ATTRIBUTES else hidden
