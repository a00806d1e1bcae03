"""Quotations as rows and in words: values in, what is shown out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from store.quotations import Quotation, QuotationFilter
from tui.text.context import one_line
from tui.widgets.columns import Cell, Column, Row

COLUMNS = (
    Column("who", width=12, flex=1),
    Column("date", width=10, drop_below=34),
    Column("document", width=16, flex=2, drop_below=50),
)

ORDER_WORDS = {
    "date": "newest first",
    "speaker": "by who speaks",
    "document": "as in the texts",
}

HEADER = (
    *("id", "document", "title", "published", "start", "end", "surface", "speaker"),
    "name",
)

NOTHING = """No quotations yet.

What people say, in quotation marks or behind a dash,
is found when documents are added."""

UNKNOWN = "somebody"
"""Who speaks where that is not known."""


def quotation_row(one: Quotation) -> Row:
    """Two lines: who speaks, and where; what is said."""
    known = Cell(one.name, "strong") if one.name else Cell(UNKNOWN, "muted")
    return Row(
        (known, Cell((one.published or "")[:10], "muted"), Cell(one.title, "muted")),
        second=one_line(one.surface),
    )


def said_at(said: Sequence[Quotation], offset: int) -> str:
    """That a place of a text is in a quotation, and who speaks; empty if it is in none.

    ``said``: the quotations of the text in its order; ``offset`` in code points.
    """
    number = bisect_right(said, offset, key=lambda one: one.start) - 1
    if number < 0 or said[number].end <= offset:
        return ""
    name = said[number].name
    return f"quotation · {name} says it" if name else "quotation · speaker not known"


def copied(one: Quotation) -> str:
    """A quotation as it is copied: with who says it, and where it is from."""
    parts = [one.name, one.title, (one.published or "")[:10]]
    return f"{one_line(one.surface)} ({', '.join(part for part in parts if part)})"


def out_row(one: Quotation) -> Sequence[object]:
    """A row of the table taken out."""
    values = (getattr(one, name) for name in HEADER)
    return ["" if value is None else value for value in values]


def narrowed_in_words(filters: QuotationFilter, name: str) -> list[str]:
    """What a filter lets through, but for documents; ``name`` is the speaker's."""
    parts = [
        f"said by {name}" if name else "",
        f'"{filters.words}"' if filters.words else "",
    ]
    return [part for part in parts if part]
