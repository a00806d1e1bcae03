"""Figures as rows and in words: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Sequence

from store.figures import Figure, FigureFilter
from tui.text.context import one_line
from tui.widgets.columns import Cell, Column, Row

COLUMNS = (
    Column("figure", width=14, flex=2),
    Column("value", width=12, align="right", drop_below=50),
    Column("who", width=20, flex=2, drop_below=46),
    Column("date", width=10, drop_below=60),
    Column("document", width=14, flex=3, drop_below=70),
)

ORDER_WORDS = {
    "value": "largest first",
    "unit": "by currency or unit, largest first",
    "date": "newest documents first",
    "document": "as in the texts",
}

TYPE_WORDS = (
    ("", "all"),
    ("MONEY", "money"),
    ("PERCENT", "percent"),
    ("QUANTITY", "quantities"),
    ("DATE", "dates"),
)

SAID_WORDS = (
    ("", "says it, or is named beside it"),
    ("said", "says it, in a quotation"),
)

HEADER = (
    *("id", "document", "title", "published", "start", "end", "surface", "type"),
    *("number", "unit", "sentence", "near_name", "speaker_name"),
)

NOTHING = """No figures yet.

Sums, shares, quantities and dates are found
when documents are added."""

_STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"))
"""From which number on it is told in which thousands."""


def figure_row(one: Figure) -> Row:
    """Two lines: the figure, who is near, where from; the sentence it stands in."""
    sentence, at = _shortened(one)
    return Row(
        (
            Cell(one_line(one.surface), "strong"),
            Cell(value(one), "muted"),
            who_words(one),
            Cell((one.published or "")[:10], "muted"),
            Cell(one.title, "muted"),
        ),
        second=sentence,
        marks=((at, at + len(one_line(one.surface))),),
    )


def _shortened(one: Figure) -> tuple[str, int]:
    """The sentence as one line, and where in it the figure stands."""
    before = one_line(one.sentence[: one.at])
    rest = one_line(one.sentence[one.at :])
    return before + rest, len(before)


def who_words(one: Figure) -> str:
    """Who says it; else who is named beside it."""
    if one.speaker_name:
        return f"{one.speaker_name} says"
    return f"beside {one.near_name}" if one.near_name else ""


def value(one: Figure) -> str:
    """The value in short: ``12 mn EUR``, ``4.5 %``, ``300,000``, ``2026-01-30``."""
    if one.type == "DATE":
        return _day(one.value)
    unit = "" if one.type == "QUANTITY" else one.unit or ""
    return f"{_short(one.number)} {unit}".rstrip()


def _short(number: float) -> str:
    """A number with at most two decimals; of a million on in millions and so on."""
    size = next((step for step in _STEPS if abs(number) >= step[0]), (1, ""))
    shown = f"{number / size[0]:,.2f}".rstrip("0").rstrip(".")
    return f"{shown} {size[1]}".rstrip()


def _day(value: object) -> str:
    written = value.get("date") if isinstance(value, dict) else value
    return written if isinstance(written, str) else ""


def copied(one: Figure) -> str:
    """A figure as it is copied: its sentence, who says it, and where it is from."""
    parts = [who_words(one), one.title, (one.published or "")[:10]]
    sentence = one_line(one.sentence).strip()
    return f"{sentence} ({', '.join(part for part in parts if part)})"


def out_row(one: Figure) -> Sequence[object]:
    """A row of the table taken out."""
    values = (getattr(one, name) for name in HEADER)
    return ["" if value is None else value for value in values]


def narrowed_in_words(filters: FigureFilter, name: str) -> list[str]:
    """What a filter lets through, but for documents; ``name`` is the entity's."""
    words = dict(TYPE_WORDS)
    who = f"said by {name}" if filters.said else f"said by or beside {name}"
    parts = [
        words[filters.type] if filters.type else "",
        filters.unit or "",
        who if name else "said by somebody" if filters.said else "",
        f'"{filters.words}"' if filters.words else "",
    ]
    return [part for part in parts if part]
