"""Files into documents: one generator that never stops for one bad file.

Nothing here knows the library; what is read goes to whoever stores it. Every
source ends in documents or in a sentence that says what is wrong with it and
what to do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from store.errors import UsageError
from store.ingest.clean import Unreadable, charset, foreign_kind
from store.ingest.job import Job, checked_fields
from store.ingest.sources import STDIN, Source, check_reader, opened, plan, said, whole
from store.model import Failure, Incoming

__all__ = ["Position", "Source", "plan", "read", "read_source"]

STEP = 200
"""Documents after which the position inside a long file is told."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far reading has come; bytes of standard input are not known before."""

    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    reader: str | None = None,
    fields: Mapping[str, str] | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Incoming | Failure | Position]:
    """Reads files, folders and standard input (``-``), one document at a time.

    ``reader`` (``txt``, ``markdown``, ``html``, ``jsonl``, ``json``, ``csv``,
    ``tsv``) is used instead of what the endings say; ``fields`` win over what the
    files say (``source``, ``language`` …, other names become attributes);
    ``encoding`` is how all files are decoded. A ``Position`` comes first, after
    each file, and every 200 documents of a long one.

    Raises ``UsageError`` at once for a reader, field or encoding that is none.
    """
    if encoding is not None and charset(encoding) is None:
        raise UsageError(f"no encoding “{encoding[:40]}” is known; try utf-8 or cp1252")
    chosen = check_reader(reader)
    checked = checked_fields(fields or {})
    return _read(plan(paths, chosen), checked, encoding, stdin)


def _read(
    found: list[Source | Failure],
    fields: Mapping[str, str],
    encoding: str | None,
    stdin: BinaryIO | None,
) -> Iterator[Incoming | Failure | Position]:
    sources = [item for item in found if isinstance(item, Source)]
    files, total = len(sources), sum(source.size for source in sources)
    done = size = 0
    yield Position(0, files, 0, total)
    for item in found:
        if isinstance(item, Failure):
            yield item
            continue
        job = Job(item, fields, encoding)
        for number, result in enumerate(read_source(job, stdin), start=1):
            yield result
            if number % STEP == 0:
                yield Position(done, files, size + min(job.done, item.size), total)
        done, size = done + 1, size + item.size
        yield Position(done, files, size, total)


def read_source(
    job: Job, stdin: BinaryIO | None = None
) -> Iterator[Incoming | Failure]:
    """Reads one file. Whatever goes wrong in it becomes a ``Failure``."""
    try:
        if job.source.path == STDIN:
            yield from _from_stdin(job, stdin)
        else:
            with opened(job.source) as file:
                yield from _with_reader(file, job)
    except Unreadable as error:
        yield Failure(job.source.name, str(error))
    except OSError as error:
        yield Failure(job.source.name, said(error))
    except Exception as error:  # the promise: one bad file never stops the rest
        yield Failure(job.source.name, _unexpected(error))


def _from_stdin(job: Job, stdin: BinaryIO | None) -> Iterator[Incoming | Failure]:
    from io import BytesIO

    if stdin is None:
        raise Unreadable("cannot be read: there is no standard input here")
    if job.source.reader == "jsonl":
        yield from _with_reader(stdin, job)
        return
    raw = whole(stdin)
    reader = job.source.reader or _reader_of(raw)
    job.source = Source(STDIN, reader, len(raw))
    yield from _with_reader(BytesIO(raw), job)


def _reader_of(raw: bytes) -> str:
    """What comes through a pipe without a name: records if it begins like one."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "jsonl" if start == b"{" else "txt"


def _with_reader(file: BinaryIO, job: Job) -> Iterator[Incoming | Failure]:
    if job.source.reader == "jsonl":
        from store.ingest.json_records import read_lines

        yield from read_lines(file, job)
        return
    raw = whole(file, job.source.size)
    if not raw:
        raise Unreadable("is empty: nothing to read")
    kind = foreign_kind(raw)
    if kind is not None:
        raise Unreadable(kind)
    yield from _reader(job.source.reader)(raw, job)
    job.done = len(raw)


def _reader(name: str) -> Callable[[bytes, Job], Iterator[Incoming | Failure]]:
    """The function that reads a kind of file, imported when it is first needed."""
    if name == "html":
        from store.ingest.html import read_page

        return read_page
    if name == "json":
        from store.ingest.json_records import read_json

        return read_json
    if name in ("csv", "tsv"):
        from store.ingest.tables import read_table

        return read_table
    from store.ingest.plain import read_markdown, read_text

    return read_markdown if name == "markdown" else read_text


def _unexpected(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "cannot be read: it is nested too deeply"
    if isinstance(error, MemoryError):
        return "cannot be read: it is too big for the memory; split it"
    if isinstance(error, ImportError):
        return "cannot be read: a part of postilla is missing; install it again"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    return f"cannot be read: it set off an unexpected {words} in its reader"
