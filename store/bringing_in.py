"""Annotations and codebooks into a library: one file, one act, one report.

What :mod:`store.export` writes as JSON Lines comes back exactly; a table of tags or
the codebook of another program becomes part of the codebook. Everything is in or
nothing is, and undo takes the annotations and tags back; documents that came along
stay, as when they are added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

from store import bringing_in_codebook, bringing_in_qdc, bringing_in_tree
from store.acts import Act
from store.bringing_in_annotations import AnnotationTaker
from store.bringing_in_records import Bundle, not_ours, read
from store.bringing_in_report import Report
from store.core import Core
from store.errors import UsageError
from store.ingest import clean

__all__ = ["Report", "bring_in", "kind_of", "read_codebook", "read_jsonl", "read_qdc"]

_SAMPLE = 65_536


def bring_in(core: Core, path: Path, *, dry_run: bool = False) -> Report:
    """Take whatever kind of file it is; see :func:`kind_of`. Raises ``UsageError``."""
    match kind_of(path):
        case "jsonl":
            return read_jsonl(core, path, dry_run=dry_run)
        case "qdc":
            return read_qdc(core, path, dry_run=dry_run)
        case "codebook":
            return read_codebook(core, path, dry_run=dry_run)


def read_jsonl(core: Core, source: Path | BinaryIO, *, dry_run: bool = False) -> Report:
    """Take annotations, with their tags, coders and documents, from JSON Lines.

    ``source`` is a file or a stream of bytes. A line that cannot be taken is named in
    the report. Nothing is written when ``dry_run``. Raises ``UsageError`` for a file
    that is not a postilla export.
    """
    if isinstance(source, Path):
        name = str(source)
        try:
            with source.open("rb") as stream:
                bundle = read(stream, name)
        except OSError as error:
            raise UsageError(
                f"{source}: this cannot be read ({error.strerror})."
            ) from error
    else:
        name = "standard input"
        bundle = read(source, name)

    def work(act: Act) -> Report:
        report = AnnotationTaker(act, bundle).take()
        act.words = f"brought in {_counted(bundle)} from {Path(name).name}"
        return report

    return _done(core, name, work, dry_run=dry_run)


def read_codebook(core: Core, path: Path, *, dry_run: bool = False) -> Report:
    """Take tags and their definitions from a table; see :func:`read_jsonl`."""
    rows = bringing_in_codebook.read(path)

    def work(act: Act) -> Report:
        return bringing_in_codebook.take(act, rows)

    return _done(core, str(path), work, dry_run=dry_run)


def read_qdc(core: Core, path: Path, *, dry_run: bool = False) -> Report:
    """Take the codebook of another program (REFI-QDA); see :func:`read_jsonl`."""
    found = bringing_in_qdc.read(path)

    def work(act: Act) -> Report:
        return bringing_in_tree.take(act, found)

    return _done(core, str(path), work, dry_run=dry_run)


def kind_of(path: Path) -> Literal["jsonl", "codebook", "qdc"]:
    """What a file holds, by how it begins. Raises ``UsageError`` with what to do."""
    if path.is_dir():
        raise UsageError(f"{path}: this is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: this is not an ordinary file; name another.")
    try:
        with path.open("rb") as stream:
            head = stream.read(_SAMPLE)
    except OSError as error:
        raise UsageError(f"{path}: this cannot be read ({error.strerror}).") from error
    if head.startswith(b"SQLite format 3\x00"):
        raise UsageError(
            f"{path}: this is a database; bring a library in with `postilla merge`."
        )
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UsageError(f"{path}: this file is empty; name another.")
    text = _begun(head).lstrip()
    first = text.split("\n", 1)[0].rstrip("\r")
    if text.startswith(("{", "[")):
        if _is_ours(first):
            return "jsonl"
        raise not_ours(str(path))
    if bringing_in_qdc.begins_like_one(text):
        return "qdc"
    if bringing_in_codebook.columns(first) is not None:
        return "codebook"
    if "quote" in first.lower() and "guid" in first.lower():
        raise UsageError(
            f"{path}: this is a table of annotations, which cannot be brought back;"
            " export them as .jsonl instead."
        )
    raise UsageError(
        f"{path}: this is neither a postilla export (.jsonl) nor a codebook, which is"
        " a .qdc file, or a CSV file whose first line has a column path, tag or name."
    )


def _begun(head: bytes) -> str:
    """How a file begins; spreadsheets and other programs also write UTF-16."""
    if b"\0" in head:
        with suppress(clean.Unreadable):
            return clean.decode(head).text
    return head.decode("utf-8-sig", "replace")


def _is_ours(line: str) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("type") == "library"


class _Rehearsed(Exception):
    """Ends a trial run: everything was done, and nothing of it stays."""

    def __init__(self, report: Report) -> None:
        self.report = report


def _done(
    core: Core, name: str, work: Callable[[Act], Report], *, dry_run: bool
) -> Report:
    def rehearse(act: Act) -> Report:
        raise _Rehearsed(work(act))

    try:
        return core.act(f"brought in {Path(name).name}", rehearse if dry_run else work)
    except _Rehearsed as rehearsed:
        return rehearsed.report
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
        raise UsageError(
            f"{name}: the file contradicts itself, so nothing was brought in."
        ) from error


def _counted(bundle: Bundle) -> str:
    count = len(bundle.annotations)
    return "1 annotation" if count == 1 else f"{count:,} annotations"
