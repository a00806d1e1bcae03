"""Any table as CSV: RFC 4180, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from store.export import files
from store.export.tables import cell


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The header, then the rows, each with its line end. Numbers stay numbers."""
    yield _line(header)
    for row in rows:
        yield _line(row)


def write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    force: bool = False,
) -> None:
    """Write a table to a file, whole or not at all.

    Raises ``UsageError`` for an existing file unless ``force``, and for a place that
    cannot be written.
    """
    files.write(path, lines(header, rows), force=force)


def _line(row: Sequence[object]) -> str:
    out = io.StringIO()
    kept = [one if isinstance(one, int | float) else cell(one) for one in row]
    csv.writer(out, lineterminator="\r\n").writerow(kept)
    return out.getvalue()
