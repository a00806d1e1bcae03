"""Collections as rows and in words: values in, what is shown out."""

from __future__ import annotations

from textual.content import Content

from store.collections import KIND_WORDS, Collection
from store.document_filter import in_words
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

COLUMNS = (
    Column("name", width=14, flex=1),
    Column("kind", width=13, drop_below=50),
    Column("documents", width=9, align="right"),
    Column("unread", width=8, align="right", drop_below=60),
    Column("done", width=8, align="right", drop_below=70),
    Column("annotations", width=11, align="right", drop_below=40),
)


def collection_row(one: Collection) -> Row:
    """One line of the list; one that cannot be asked says so instead of counting."""
    if one.problem and one.kind == "query":
        return Row((one.name, Cell("cannot be asked", "muted"), "–", "", "", ""))
    return Row(
        (
            Cell(one.name, "strong"),
            Cell(KIND_WORDS[one.kind], "muted"),
            f"{one.documents:,}",
            f"{one.unread:,}" if one.unread else "",
            f"{one.done:,}" if one.done else "",
            f"{one.annotations:,}" if one.annotations else "",
        )
    )


def about(one: Collection) -> Content:
    """What a collection is, in a few lines."""
    parts: list[tuple[object, str]] = [(one.name, "bold")]
    parts.append((f"\n{_what(one)}", ""))
    if one.problem:
        parts.append((f"\n{one.problem}", "bold"))
    parts.append((f"\nmade {one.created[:10]}", "$text-muted"))
    return joined(*parts)


def _what(one: Collection) -> str:
    if one.kind == "hand":
        return "What was put in by hand; c on Documents or in the reader puts in more."
    asked = in_words(one.query)
    if one.kind == "query":
        return f"Whatever fits, whenever it is asked: {asked}"
    by = f", each {one.by} its part" if one.by else ""
    of = "" if one.problem else f" from {asked}"
    return f"{one.size:,} drawn at random{of}{by}; seed {one.seed}"


def several(count: int) -> str:
    """``1 document``, ``1,200 documents``."""
    return "1 document" if count == 1 else f"{count:,} documents"
