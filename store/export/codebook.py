"""The codebook as a file: for other programs, for a spreadsheet, for a paper."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from store import tag_rows
from store.errors import UsageError
from store.export import files
from store.model import Tag
from store.tagpaths import TagPaths

FORMATS = {"qdc": ".qdc", "tags": ".csv", "codebook": ".md"}
"""Names of the formats and the endings of their files."""

FIELDS = (
    *("path", "definition", "marker", "colour", "memo"),
    *("annotations", "documents", "branch", "guid"),
)
"""The columns of ``tags``. Reading one back leaves the counts alone."""


def render(connection: sqlite3.Connection, format: str) -> Iterator[str]:
    """Parts of the whole codebook in one of :data:`FORMATS`.

    Raises ``UsageError`` for another format, and where there is no tag: what other
    programs read holds at least one.
    """
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(f"There is no format {format}; there are {known}.")
    paths = TagPaths.read(connection)
    tags = tag_rows.every(connection, paths, tag_rows.uses(connection, paths))
    if not tags:
        raise UsageError("The codebook is empty; there is nothing to export.")
    if format == "qdc":
        from store.export import codebook_qdc

        return iter([codebook_qdc.document(tags)])
    if format == "codebook":
        from store.export import codebook_markdown

        return codebook_markdown.lines(tags)
    return _table(tags)


def write(
    path: Path, connection: sqlite3.Connection, format: str, *, force: bool = False
) -> None:
    """Export to a file, whole or not at all; see :func:`render`.

    Raises ``UsageError`` also for an existing file unless ``force``.
    """
    files.write(path, render(connection, format), force=force)


def left_out(connection: sqlite3.Connection, format: str) -> str:
    """One sentence on what the format cannot hold; empty if it holds everything."""
    if format != "qdc":
        return ""
    memos, markers = connection.execute(
        "SELECT coalesce(sum(memo <> ''), 0), count(marker) FROM tags"
    ).fetchone()
    parts = []
    if memos:
        parts.append("1 memo" if memos == 1 else f"{memos:,} memos")
    if markers:
        parts.append("1 marker" if markers == 1 else f"{markers:,} markers")
    if not parts:
        return ""
    stay = "stays" if memos + markers == 1 else "stay"
    return f"A .qdc file cannot hold {' and '.join(parts)}, which {stay} behind."


def _table(tags: Sequence[Tag]) -> Iterator[str]:
    from store.export import csv_rows

    return csv_rows.lines(
        FIELDS, ([getattr(tag, field) for field in FIELDS] for tag in tags)
    )
