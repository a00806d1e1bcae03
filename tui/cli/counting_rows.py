"""What the commands that count print: pairs, spans with bars, lines of a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import safe
from tui.cli import fields
from tui.cli.environment import Environment
from tui.text.bars import bar

if TYPE_CHECKING:
    from store.cooccurrence import Pairs
    from store.cooccurrence_rows import Pair
    from store.library import Library
    from store.matrix import Line, Matrix
    from store.timeline import Timeline

_PAGE = 500
"""Pairs whose names are read at a time."""

_UNDATED = "undated"
_BAR = 40
"""Cells of the longest bar, where the terminal has them."""


def named(library: Library, pairs: Pairs, numbers: Sequence[int]) -> Iterator[Pair]:
    """The pairs of these rows with their names, read a page at a time."""
    from store.cooccurrence_rows import rows as read

    for at in range(0, len(numbers), _PAGE):
        page = numbers[at : at + _PAGE]
        found = read(library.core.reader, pairs, page)
        yield from (found[number] for number in page if number in found)


def long(found: Timeline) -> Iterator[dict[str, Any]]:
    """A row for each span and series."""
    if not any(series.total for series in found.series):
        return
    for place, span in enumerate(found.spans):
        for series in found.series:
            yield {
                "period": span.label,
                "since": span.since,
                "until": span.until,
                "series": series.label,
                "count": series.counts[place],
            }
    for series in found.series:
        if apart := series.undated + series.coarse:
            yield {
                "period": _UNDATED,
                "since": None,
                "until": None,
                "series": series.label,
                "count": apart,
            }


def bars(env: Environment, found: Timeline) -> Iterator[dict[str, Any]]:
    """The same with bars; a period is named once."""
    most = max((max(one.counts, default=0) for one in found.series), default=0)
    widest = max((safe.width(safe.line(one.label)) for one in found.series), default=0)
    names = 0 if len(found.series) == 1 else min(widest, 30) + 2
    cells = max(8, min(_BAR, env.width - 22 - names))
    before = None
    for row in long(found):
        is_dated = row["period"] != _UNDATED
        length = bar(row["count"], most, cells, plain=not env.writes_unicode)
        yield {
            **row,
            "period": row["period"] if row["period"] != before else "",
            "bar": length if is_dated else "",
        }
        before = row["period"]


def headings(env: Environment, found: Matrix, form: str | None) -> list[str]:
    """Headings of the columns: exact in JSON, harmless in a spreadsheet."""
    names = [column.heading for column in found.columns]
    if form in ("json", "jsonl"):
        return names
    from store.export.tables import cell

    lines = [cell(" ".join(name.split())) for name in names]
    return [safe.line(line) for line in lines] if env.on_terminal else lines


def record(line: Line, names: Sequence[str]) -> Mapping[str, Any]:
    """A line of a matrix by the names of its columns."""
    values = {name: getattr(line, name) for name in fields.MATRIX}
    return {**values, **dict(zip(names, line.cells, strict=True))}
