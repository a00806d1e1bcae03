"""Spans of time as rows with bars, and in words: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from store import dates
from store.document_rows import DocumentFilter
from store.time_spans import Span
from store.timeline import (
    ANNOTATIONS,
    CREATED,
    DOCUMENTS,
    MENTIONS,
    PUBLISHED,
    WORDS,
    Series,
    Subject,
    Timeline,
)
from tui.screens.counting_text import GUTTER
from tui.text.bars import bar
from tui.widgets.columns import Cell, Column, Row, arrange
from tui.widgets.painting import gap

COLUMNS = (
    Column("when", width=10),
    Column("how many", width=8, align="right"),
    Column(width=4, flex=1, drop_below=26),
)

OF_WORDS = {
    DOCUMENTS: "documents",
    MENTIONS: "mentions",
    ANNOTATIONS: "annotations",
    WORDS: "words",
}

DATED_WORDS = {
    PUBLISHED: "the document's date",
    CREATED: "when they were made",
}

HEADER = ("period", "since", "until", "series", "count")
"""Columns of the table taken out."""

NOTHING = """There is nothing to count here.

  {narrow}  choose what is counted, and in which documents"""

ABOUT_HINTS = "of whom, which tags, or which words"


def bar_row(span: Span, count: int, most: int, cells: int) -> Row:
    """One line; its bar is ``cells`` long for ``most``."""
    return Row((span.label, f"{count:,}", Cell(bar(count, most, cells), "bar")))


def bar_cells(width: int, columns: Sequence[Column] = COLUMNS) -> int:
    """How long the longest bar is in a list of so many cells; bars stand third."""
    slots = arrange(columns, max(0, width - GUTTER), gap(width))
    return next((slot.cells for slot in slots if slot.column == 2), 0)


def title(subject: Subject, found: Timeline | None, step: str | None) -> str:
    """What is counted, by which spans."""
    what = OF_WORDS[subject.of]
    if subject.of == MENTIONS:
        what = f"mentions of {subject.about}"
    elif subject.of == WORDS:
        what = f"places of {subject.about}"
    elif subject.about:
        what = f"annotations with {subject.about}"
    if subject.dated == CREATED:
        what += ", by when they were made"
    by = found.step if found is not None else step
    total = "" if found is None else f" · {found.series[0].total:,}"
    what += (f", by {by}" if by else "") + total
    return what[0].upper() + what[1:]


def apart(series: Series, step: str) -> list[str]:
    """What is counted apart, in words."""
    found = []
    if series.undated:
        found.append(f"{series.undated:,} without a date")
    if series.coarse:
        found.append(f"{series.coarse:,} whose date names no {step}")
    return found


def out_rows(found: Timeline) -> list[list[object]]:
    """Every row of the table taken out; what has no date comes last."""
    rows: list[list[object]] = []
    for series in found.series:
        for span, count in zip(found.spans, series.counts, strict=True):
            rows.append([span.label, span.since, span.until, series.label, count])
        if left := series.undated + series.coarse:
            rows.append(["undated", "", "", series.label, left])
    return rows


def within(filters: DocumentFilter, span: Span) -> DocumentFilter:
    """The documents of a filter that are dated in a span."""
    since, until = span.since, span.until
    if filters.since is not None and _from(filters.since) > _from(since):
        since = filters.since
    if filters.until is not None and _before(filters.until) < _before(until):
        until = filters.until
    return replace(filters, since=since, until=until)


_from, _before = dates.published_from, dates.published_before


def left_out(answer: Mapping[str, str]) -> Sequence[str]:
    """Rows of the dialog that make no sense with the others."""
    hidden = []
    if answer["of"] == DOCUMENTS:
        hidden.append("about")
    if answer["of"] != ANNOTATIONS:
        hidden.append("dated")
    return hidden


def subject_of(answer: Mapping[str, str]) -> Subject:
    """What a dialog's answer asks to be counted."""
    of = answer["of"]
    return Subject(
        of,
        "" if of == DOCUMENTS else answer["about"],
        answer["dated"] if of == ANNOTATIONS else PUBLISHED,
    )
