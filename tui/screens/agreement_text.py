"""Agreement as rows, titles and choices: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import safe
from store.agreement_places import Difference
from tui.widgets.columns import Cell, Column, Row

if TYPE_CHECKING:
    from store.agreement import Agreement
    from store.model import Document

HEADER = (
    *("what", "unit", "untagged", "coders", "documents", "units", "all_marked"),
    *("some_marked", "none_marked", "percent", "kappa", "alpha", "level"),
)
"""Columns of the table taken out: the fields of ``Agreement``."""

COLUMNS = (
    Column("what", width=14, flex=1),
    Column("units", width=9, align="right", drop_below=44),
    Column("all", width=6, align="right", drop_below=60),
    Column("some", width=6, align="right", drop_below=52),
    Column("none", width=9, align="right", drop_below=70),
    Column("agree", width=6, align="right", drop_below=36),
    Column("kappa", width=6, align="right"),
    Column("alpha", width=6, align="right", drop_below=28),
)

WORDS = {
    "character": "by character",
    "sentence": "by sentence",
    "paragraph": "by paragraph",
    "document": "by document",
}

NOTHING = """Nothing can be compared yet.

{reason}

Each coder gives a name in the configuration (coder = "…").
Say with {done} in the reader that your coding of a document is done.

  {narrow:<2} choose what is compared
  {blind:<2} hide coders from each other until both are done"""

_NAME = 24
"""Cells of a coder's name in a title …"""

_SHORT_NAME = 16
"""… and in a line of a list."""


def agreement_row(one: Agreement) -> Row:
    """One line of figures."""
    return Row(
        (
            one.what,
            f"{one.units:,}",
            f"{one.all_marked:,}",
            f"{one.some_marked:,}",
            f"{one.none_marked:,}",
            _share(one.percent),
            Cell(_figure(one.kappa), "strong"),
            Cell(_figure(one.alpha), "strong"),
        )
    )


def _figure(value: float | None) -> str:
    # A little below nothing is nothing: there is no -0.00.
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}%"


def out_row(one: Agreement) -> list[object]:
    """The values of a line as they are taken out."""
    values = [getattr(one, name) for name in HEADER]
    return ["; ".join(v) if isinstance(v, tuple) else v for v in values]


def basis(rows: Sequence[Agreement]) -> str:
    """What every figure rests on, in a line."""
    if not rows:
        return "nothing to compare"
    one = rows[0]
    parts = [
        ", ".join(safe.line(name, _NAME) for name in one.coders),
        WORDS[one.unit],
        f"{one.documents:,} document{'s' * (one.documents != 1)}",
        f"untagged text {one.untagged}" if one.untagged else "",
    ]
    return " · ".join(part for part in parts if part)


def explained(of: str, *, is_low: bool) -> str:
    """What the columns mean."""
    if is_low:
        return "kappa, alpha: corrected for chance, 1 is agreement"
    who = (
        "units marked by every coder, by some, by nobody"
        if of == "tags"
        else "documents with one value, with several, with none"
    )
    return (
        f"all, some, none: {who}\n"
        "agree: uncorrected · kappa, alpha: corrected for chance, – with one value only"
    )


def coding_state(*, blind: bool, done: int) -> str:
    """The state of blind coding, and of one's own."""
    some = "1 document" if done == 1 else f"{done:,} documents"
    return f"Blind coding is {'on' if blind else 'off'}; you are done with {some}."


def difference_line(one: Difference, of: str, document: Document, passage: str) -> str:
    """A unit in one line of a choice: who said what, and where."""
    where = " ".join(passage.split()) or document.title
    return f"{who_said(one, of)} · {where}"


def who_said(one: Difference, of: str) -> str:
    """``Ada, not Bo`` of a tag, ``Ada 1, Bo 2`` of an attribute."""
    said = [(safe.line(name, _SHORT_NAME), value) for name, value in one.said]
    if of == "attributes":
        return ", ".join(f"{name} {value or '–'}" for name, value in said)
    yes = [name for name, value in said if value is not None]
    no = [name for name, value in said if value is None]
    return f"{', '.join(yes)}, not {', '.join(no)}"
