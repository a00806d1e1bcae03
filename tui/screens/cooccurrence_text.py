"""Pairs as rows and in words: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping

from store.cooccurrence import Pairs, Question
from store.cooccurrence_rows import Pair
from store.model import NAME_TYPES
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.columns import Cell, Column, Row

COLUMNS = (
    Column("A", width=11, flex=1),
    Column(width=4, drop_below=100),
    Column("B", width=11, flex=1),
    Column(width=4, drop_below=100),
    Column("together", width=8, align="right"),
    Column("A in all", width=8, align="right", drop_below=92),
    Column("B in all", width=8, align="right", drop_below=84),
    Column("Jaccard", width=7, align="right", drop_below=44),
    Column("G²", width=9, align="right", drop_below=54),
)

ORDER_WORDS = {
    "together": "most often together",
    "jaccard": "Jaccard",
    "g2": "G²: least by chance",
}

OF_WORDS = {
    "entities": "entities with entities",
    "tags": "tags with tags",
    "both": "tags with entities",
}

UNIT_WORDS = {
    "document": "document",
    "paragraph": "paragraph",
    "sentence": "sentence",
    "overlap": "overlap",
}

_COUNTED = {
    "document": "documents",
    "paragraph": "paragraphs",
    "sentence": "sentences",
    "overlap": "passages",
}

TYPES = [("", "all"), *((kind, TYPE_WORDS[kind]) for kind in NAME_TYPES)]

NOTHING = """Nothing occurs together here yet.

  {narrow}  choose what is paired, and in what

Entities are found when documents are added;
tags come with annotations."""

HEADER = (
    *("a_id", "a", "a_type", "b_id", "b", "b_type", "together", "a_total", "b_total"),
    *("units", "jaccard", "g2"),
)
"""Columns of the table taken out."""


def pair_row(pair: Pair) -> Row:
    """One line of the list."""
    return Row(
        (
            Cell(pair.a, _style(pair.a_type)),
            Cell(_short(pair.a_type), "muted"),
            Cell(pair.b, _style(pair.b_type)),
            Cell(_short(pair.b_type), "muted"),
            Cell(f"{pair.together:,}", "strong"),
            f"{pair.a_total:,}",
            f"{pair.b_total:,}",
            f"{pair.jaccard:.3f}",
            "–" if pair.g2 is None else f"{pair.g2:,.1f}",
        )
    )


def _short(type: str) -> str:
    """A type in four cells; tags need none beside their paths."""
    return {"tag": "", "PRODUCT": "PROD", "EVENT": "EVT"}.get(type, type)


def _style(type: str) -> str:
    return "" if type == "tag" else f"entity-{type.lower()}"


def title(question: Question, name: str, count: int | None) -> str:
    """What the list is; ``name`` is whose neighbours are asked for, if anyone's,
    ``count`` how many pairs there are, as far as that is known."""
    what = OF_WORDS[question.of]
    if name:
        kinds = {"entities": "entities", "tags": "tags", "both": "tags and entities"}
        what = f"{kinds[question.of]} with {name}"
    if question.type and question.of != "tags":
        what += f" ({question.type})"
    what = f"{what}, by {UNIT_WORDS[question.unit]}"
    if count is not None:
        what += f" · {count:,}"
    return what[0].upper() + what[1:]


def explained(question: Question, pairs: Pairs | None, *, narrow: bool) -> str:
    """What the columns mean, with how much was counted."""
    counted = _COUNTED[question.unit]
    of_all = "" if pairs is None else f" of {pairs.units:,}"
    if question.unit == "overlap":
        text = (
            "together: pairs of passages that overlap · Jaccard: share of the passages"
            " with A or B that do"
        )
    else:
        text = (
            f"together: {counted}{of_all} with both · Jaccard: share of those with"
            " either · G²: over 10.8 hardly chance, below 0 rarer than by chance"
        )
    if narrow:
        text = f"together: {counted}{of_all} · G² over 10.8: hardly chance"
    return text


def out_row(pair: Pair) -> list[object]:
    """One row of the table taken out."""
    return [getattr(pair, name) for name in HEADER]


def left_out(answer: Mapping[str, str]) -> list[str]:
    """Rows of the dialog that make no sense with the others."""
    return ["type"] if answer["of"] == "tags" else []
