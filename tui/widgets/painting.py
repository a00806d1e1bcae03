"""The lines of a list as strips: titles, rows, what stands in an empty one.

Every piece carries a whole style, blanks too: a widget that paints its own lines
is not filled with its background by Textual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store import safe
from tui.widgets.columns import (
    MATCH,
    Column,
    Row,
    Run,
    Slot,
    arrange,
    fitted,
    marked,
)

BAR = "▌"
"""Stands in front of the row under the cursor."""

TICK = "✓"
"""Stands in front of a marked row."""

GONE = "(no longer here)"
"""Shown for a row that was removed since the list was made."""

_INDENT = 4
"""Blanks in front of the second line of a row."""

_WIDE = 90
"""Cells from which columns stand two blanks apart."""

_FOUND = Style(bold=True, underline=True)
_STRONG = Style(bold=True)


@dataclass(frozen=True, slots=True)
class Brush:
    """What a list paints with: its base style and the styles by name."""

    base: Style
    named: Callable[[str], Style]
    """A whole style (with background) for a name of ``columns.Run.style``."""


def gap(width: int) -> int:
    """Blanks between the columns of a list of so many cells."""
    return 2 if width >= _WIDE else 1


def header(columns: Sequence[Column], gutter: int, width: int, brush: Brush) -> Strip:
    """The line of column titles."""
    style = brush.named("header")
    runs = [Run(" " * gutter, "header")]
    for slot, blank in _slots(columns, gutter, width):
        column = columns[slot.column]
        title = safe.fit(column.title, slot.cells, right=column.align == "right")
        runs.append(Run(blank + title, "header"))
    return _strip(((run.text, style) for run in runs), width, style)


def row_line(
    row: Row | None,
    part: int,
    *,
    columns: Sequence[Column],
    sign: str,
    width: int,
    brush: Brush,
    cursor: Style | None,
) -> Strip:
    """Line ``part`` (0 or 1) of a row; ``sign`` is what stands in front of it.

    With ``cursor`` the whole row is in that one style: several colours in reverse
    video cannot be read.
    """
    if row is None:
        runs = [Run(GONE, "muted")] if part == 0 else []
    elif part:
        indent = " " * max(0, _INDENT - len(sign))
        limit = max(0, width - len(sign) - len(indent))
        runs = [Run(indent), *marked(row.second, row.marks, limit, "second")]
    else:
        runs = _cells(row, columns, len(sign), width)
    base = brush.base if cursor is None else cursor
    own = row.style if row and not part else ""
    pieces = [(sign, base)]
    pieces += [(r.text, _style(r.style or own, brush, cursor)) for r in runs]
    return _strip(pieces, width, base)


def _cells(row: Row, columns: Sequence[Column], gutter: int, width: int) -> list[Run]:
    runs: list[Run] = []
    for slot, blank in _slots(columns, gutter, width):
        if slot.column < len(row.cells):
            right = columns[slot.column].align == "right"
            runs.append(Run(blank))
            runs += fitted(row.cells[slot.column], slot.cells, right=right)
    return runs


def _slots(
    columns: Sequence[Column], gutter: int, width: int
) -> Iterable[tuple[Slot, str]]:
    """The shown columns, each with the blanks in front of it."""
    blanks = gap(width)
    for place, slot in enumerate(arrange(columns, width - gutter, blanks)):
        yield slot, " " * blanks if place else ""


def _style(name: str, brush: Brush, cursor: Style | None) -> Style:
    if cursor is None:
        return brush.named(name) if name else brush.base
    if name == MATCH:
        return cursor + _FOUND
    return cursor + _STRONG if name == "strong" else cursor


def text_line(text: str, width: int, style: Style) -> Strip:
    """One already safe line in one style."""
    return _strip([(text, style)], width, style)


def _strip(pieces: Iterable[tuple[str, Style]], width: int, pad: Style) -> Strip:
    """The pieces as one line; neighbours in the same style become one segment."""
    segments: list[Segment] = []
    texts: list[str] = []
    style = pad
    for text, own in pieces:
        if own is not style and texts:
            segments.append(Segment("".join(texts), style))
            texts = []
        style = own
        texts.append(text)
    segments.append(Segment("".join(texts), style))
    return Strip(segments).adjust_cell_length(width, pad)
