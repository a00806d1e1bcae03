"""Annotations out of a library: Markdown, CSV and JSON Lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from store.annotation_rows import AnnotationFilter
from store.errors import UsageError
from store.export.files import file_slug
from store.export.files import write as _write_file

__all__ = ["FORMATS", "file_slug", "format_for", "render", "write"]

FORMATS = {"markdown": ".md", "csv": ".csv", "jsonl": ".jsonl"}
"""Names of the formats and the endings of their files."""

_ENDINGS = {
    **{ending: name for name, ending in FORMATS.items()},
    ".markdown": "markdown",
    ".ndjson": "jsonl",
    ".qdc": "qdc",
}


def format_for(path: Path) -> str:
    """The format that a file's ending means. Raises ``UsageError``."""
    name = _ENDINGS.get(path.suffix.lower())
    if name is None:
        endings = ", ".join((*FORMATS.values(), ".qdc"))
        raise UsageError(
            f"{path}: the ending does not say which format; use {endings} or --format."
        )
    return name


def render(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    format: str,
    *,
    group_by: str = "tag",
    context: bool = False,
) -> Generator[str]:
    """Parts of the export of the annotations that ``filters`` lets through.

    ``group_by`` (``tag``, ``document``, ``date``) orders Markdown; ``context`` adds
    the sentence around each quote to Markdown and CSV. All parts are of one moment
    of the library; who stops half way closes them. Raises ``UsageError`` for an
    unknown format, grouping or tag.
    """
    if format not in FORMATS:
        from store.export import codebook

        known = f"{', '.join(FORMATS)}, and of the codebook"
        known += f" {', '.join(codebook.FORMATS)}"
        raise UsageError(f"There is no format {format}; there are {known}.")
    return _at_one_moment(
        connection, lambda: _parts(connection, filters, format, group_by, context)
    )


def _at_one_moment(
    connection: sqlite3.Connection, parts: Callable[[], Iterator[str]]
) -> Generator[str]:
    """The parts, read inside one transaction, so that nothing changes in between."""
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        yield from parts()
    finally:
        if alone and connection.in_transaction:
            connection.execute("ROLLBACK")


def _parts(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    name: str,
    group_by: str,
    context: bool,
) -> Iterator[str]:
    if name == "csv":
        from store.export import tables

        return tables.render(connection, filters, context=context)
    if name == "jsonl":
        from store.export import jsonl

        return jsonl.render(connection, filters)
    from store.export import markdown

    return markdown.render(connection, filters, group_by=group_by, context=context)


def write(
    path: Path,
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    format: str | None = None,
    *,
    group_by: str = "tag",
    context: bool = False,
    force: bool = False,
) -> None:
    """Export to a file, whole or not at all; see :func:`render`.

    The format is that of the file's ending unless given. Raises ``UsageError`` also
    for an existing file unless ``force``.
    """
    name = format or format_for(path)
    parts = render(connection, filters, name, group_by=group_by, context=context)
    _write_file(path, parts, force=force)
