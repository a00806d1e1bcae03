"""Attributes as rows and in words: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from store.attribute_rows import KIND_WORDS, Attribute, signed
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

COLUMNS = (
    Column("attribute", width=14, flex=2),
    Column("kind", width=14, drop_below=64),
    Column("values", width=16, flex=3),
    Column("documents", width=9, align="right"),
    Column("definition", width=16, flex=3, drop_below=90),
)


def attribute_row(one: Attribute) -> Row:
    """One line of the list."""
    values = ", ".join(one.values) if one.kind == "choice" else one.values_in_words()
    return Row(
        (
            Cell(one.name, "strong"),
            Cell(KIND_WORDS[one.kind], "muted"),
            values,
            f"{one.documents:,}" if one.documents else "",
            Cell(" ".join(one.definition.split()), "muted"),
        )
    )


def about(one: Attribute, counts: Mapping[str, int]) -> Content:
    """The definition, and how often each value was given."""
    parts: list[tuple[object, str]] = [(one.name, "bold")]
    parts.append((f"   {KIND_WORDS[one.kind]}", "$text-muted"))
    parts.append((f"\n{one.definition or 'No definition yet; e writes one.'}", ""))
    parts.append((f"\n{given(one, counts)}", "$text-muted"))
    return joined(*parts)


def given(one: Attribute, counts: Mapping[str, int]) -> str:
    """``report 12 · opinion 3``, in the order of the values."""
    if not counts:
        return "Nobody gave a value yet; = on Documents or in the reader does."
    if one.kind == "text":
        many = len(counts)
        return "1 text" if many == 1 else f"{many:,} different texts"
    return " · ".join(
        f"{signed(value, one)} {counts.get(value, 0):,}" for value in one.values
    )


def typed_values(one: Attribute) -> str:
    """The values as a person writes them in the dialog."""
    if one.kind == "scale":
        return f"{one.values[0]}, {one.values[-1]}"
    return ", ".join(one.values) if one.kind == "choice" else ""
