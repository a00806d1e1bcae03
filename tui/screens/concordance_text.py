"""Words in context as rows, titles and previews: values in, what is shown out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.context import one_line, tail
from tui.widgets.columns import Cell, Column, Row, arrange
from tui.widgets.painting import gap
from tui.widgets.plain import joined

if TYPE_CHECKING:
    from textual.content import Content

    from store.kwic import Line

COLUMNS = (
    Column("", width=8, flex=1, align="right"),
    Column("", width=8, flex=1),
    Column("", width=10, drop_below=100),
    Column("", width=20, drop_below=110),
)
"""Left context; the words with their right context; date; title."""

ORDER_WORDS = {
    "date": "date, newest first",
    "left": "the words to the left",
    "right": "the words to the right",
    "match": "the words found",
}

MATCH = "bold underline $match-foreground on $match-background"

PREVIEW_SIGNS = 300
"""Code points on each side of a place in its preview."""

_GUTTER = 2

HOW_TO_ASK = """Type what to see in its context, then enter.

  ferry            a word, in any case and with any accents
  port authority   words one after the other
  strik*           words that begin so
  entity:NAME      where somebody or something is named
  tag:PATH         passages that bear a tag
  /colou?r/        a regular expression"""


def left_cells(width: int) -> int:
    """Cells that the left context has in a list of this width."""
    slots = arrange(COLUMNS, width - _GUTTER, gap(width))
    return slots[0].cells if len(slots) > 1 and slots[0].column == 0 else 0


def line_row(line: Line, cells: int) -> Row:
    """One row, its words found beginning where those of the others do; ``cells`` is
    the room for the left context."""
    match = one_line(line.match)
    rest = one_line(line.right)
    return Row(
        (
            tail(one_line(line.left).rstrip(), cells),
            Cell(match + rest, marks=((0, len(match)),)),
            Cell((line.published or "")[:10], "muted"),
            Cell(line.title, "muted"),
        )
    )


def way(order: str, *, reverse: bool) -> str:
    """How the lines are ordered, as their title says it."""
    if order == "date":
        return "oldest first" if reverse else "newest first"
    return f"by {ORDER_WORDS[order]}" + (", reversed" if reverse else "")


def counted(places: int, documents: int) -> str:
    """``1,234 places in 420 documents``."""
    some = "1 place" if places == 1 else f"{places:,} places"
    return f"{some} in {'1 document' if documents == 1 else f'{documents:,} documents'}"


def preview(line: Line, signs: int = PREVIEW_SIGNS) -> Content:
    """A place with more around it, and the document it is from; ``signs`` is how many
    code points were read on each side."""
    about = " · ".join(
        part for part in (line.source, (line.published or "")[:10]) if part
    )
    head = [(line.title, "bold"), (f"  {about}\n" if about else "\n", "$text-muted")]
    before = ("…" if len(line.left) >= signs - 1 else "") + line.left
    after = line.right + ("…" if len(line.right) >= signs - 1 else "")
    before = before[_paragraph_start(before) :]
    return joined(*head, (before, ""), (line.match, MATCH), (after, ""))


def _paragraph_start(before: str) -> int:
    """Where the paragraph of the place begins, so that the place is in sight."""
    return before.rfind("\n") + 1


def copied(line: Line) -> str:
    """A place as it is copied: the words around it and where it is from."""
    words = one_line(f"{line.left}{line.match}{line.right}").strip()
    parts = [line.title, line.source, (line.published or "")[:10]]
    return f"…{words}… ({', '.join(part for part in parts if part)})"
