"""The parts of an entity's page but for its documents: when it is named, what it says,
figures, with whom it is seen, and how it is written.

Each part says what it reads, how a line of it looks, and where enter leads from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from store import entity_rows, figure_rows, figures, quotations, timeline
from store.document_rows import DocumentFilter
from store.figures import Figure, FigureFilter
from store.model import NAME_TYPES
from store.quotations import Quotation, QuotationFilter
from store.time_spans import MONTH, YEAR, Span
from tui.screens.figures_text import value, who_words
from tui.screens.timeline_text import bar_row
from tui.text.context import one_line
from tui.widgets.columns import Cell, Column, Row

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

MOST = 200
"""Rows of a part; the screens of figures and quotations have them all."""

_MOST_MONTHS = 36
"""Of more the years are shown."""

_PIECES = 5
"""Of the figures named in its documents so many pieces are read at most."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that is seen with this one."""

    id: int
    name: str
    type: str
    documents: int


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which an entity is written."""

    entity: int
    written: str
    times: int


@dataclass(frozen=True, slots=True)
class InSpan:
    """How many documents of a span of time name it."""

    entity: int
    span: Span
    documents: int
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page."""

    read: Callable[[Library, int], Sequence[Any]]
    row: Callable[[Any, int], Row]
    """One line, in so many cells as bars may have."""
    go: Callable[[Postilla, Any], object]
    columns: tuple[Column, ...]
    nothing: str
    is_double: bool = False
    """Whether its rows have two lines."""


# When ----------------------------------------------------------------------


def over_time(library: Library, entity: int) -> list[InSpan]:
    """How many documents name it, month by month, or year by year where there are
    many."""
    reader = library.core.reader
    *_, last = timeline.count(
        reader, [timeline.Subject()], DocumentFilter(entity=entity)
    )
    found = timeline.laid_out(last.tallies or (), MONTH)
    if len(found.spans) > _MOST_MONTHS or found.series[0].coarse:
        found = timeline.laid_out(last.tallies or (), YEAR)
    counts = found.series[0].counts
    most = max(counts, default=0)
    pairs = zip(found.spans, counts, strict=True)
    return [InSpan(entity, span, count, most) for span, count in pairs]


def _time_row(one: InSpan, cells: int) -> Row:
    return bar_row(one.span, one.documents, one.most, cells)


def _go_to_time(app: Postilla, one: InSpan) -> None:
    from tui.screens.timeline import show_in_documents

    if one.documents:
        since, until = one.span.since, one.span.until
        filters = DocumentFilter(entity=one.entity, since=since, until=until)
        show_in_documents(app, filters)


# What it says, and figures -------------------------------------------------


def _said(library: Library, entity: int) -> list[Quotation]:
    reader = library.core.reader
    wanted = QuotationFilter(speaker=entity)
    some = next(quotations.ids(reader, wanted, "date", first=MOST))
    return list(quotations.rows(reader, some).values())


def _said_row(one: Quotation, _: int) -> Row:
    date = Cell((one.published or "")[:10], "muted")
    return Row((date, one.title), second=one_line(one.surface))


def _its_figures(library: Library, entity: int) -> list[Figure]:
    reader = library.core.reader
    found: list[Figure] = []
    pieces = figures.ids(reader, FigureFilter(entity=entity))
    for some in islice(pieces, _PIECES * len(figures.TYPES)):
        found += figure_rows.rows(reader, some).values()
        if len(found) >= MOST:
            break
    return found[:MOST]


def _figure_row(one: Figure, _: int) -> Row:
    before, rest = one_line(one.sentence[: one.at]), one_line(one.sentence[one.at :])
    end = len(before) + len(one_line(one.surface))
    return Row(
        (
            Cell(one_line(one.surface), "strong"),
            Cell(value(one), "muted"),
            Cell(who_words(one), "muted"),
        ),
        second=before + rest,
        marks=((len(before), end),),
    )


def _go_to_place(app: Postilla, one: Quotation | Figure) -> None:
    app.open_document(one.document, one.start, one.end)


# Who and how ---------------------------------------------------------------


def _seen_with(library: Library, entity: int) -> list[Named]:
    neighbours = library.entities.neighbours(entity, MOST)
    known = library.entities.rows([id for id, _, _ in neighbours])
    return [
        Named(id, name, known[id].type, count)
        for id, name, count in neighbours
        if id in known and known[id].type in NAME_TYPES
    ]


def _with_row(one: Named, _: int) -> Row:
    return Row((one.name, Cell(one.type, "muted"), f"{one.documents:,}"))


def _go_to_entity(app: Postilla, one: Named) -> None:
    app.show_entity(one.id)


def _forms(library: Library, entity: int) -> list[Form]:
    found = entity_rows.forms(library.core.reader, entity)[:MOST]
    return [Form(entity, written, times) for written, times in found]


def _form_row(one: Form, _: int) -> Row:
    return Row((one.written, f"{one.times:,}"))


def _go_to_form(app: Postilla, one: Form) -> None:
    words = one.written.replace('"', " ")
    app.action_show_concordance(f'"{words}"')


PARTS: dict[str, Part] = {
    "when": Part(
        over_time,
        _time_row,
        _go_to_time,
        (
            Column("when", width=7),
            Column("docs", width=6, align="right"),
            Column(width=4, flex=1, drop_below=20),
        ),
        "No document that names it has a date.",
    ),
    "says": Part(
        _said,
        _said_row,
        _go_to_place,
        (Column("date", width=10, drop_below=30), Column("document", width=12, flex=1)),
        "No quotation is known to be its words.",
        is_double=True,
    ),
    "figures": Part(
        _its_figures,
        _figure_row,
        _go_to_place,
        (
            Column("figure", width=12, flex=1),
            Column("value", width=12, align="right", drop_below=34),
            Column("who", width=14, flex=1, drop_below=50),
        ),
        "No sum, share, quantity or date stands beside it.",
        is_double=True,
    ),
    "with": Part(
        _seen_with,
        _with_row,
        _go_to_entity,
        (
            Column("seen with", width=12, flex=1),
            Column("type", width=7, drop_below=30),
            Column("docs", width=5, align="right"),
        ),
        "Nobody else is named in its documents.",
    ),
    "names": Part(
        _forms,
        _form_row,
        _go_to_form,
        (
            Column("written", width=12, flex=1),
            Column("times", width=6, align="right"),
        ),
        "",
    ),
}
"""The parts by their names, in the order one goes through them."""
