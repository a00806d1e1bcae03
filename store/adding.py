"""Documents in: what readers give becomes rows, batch by batch.

A source known by its identity with the same text changes nothing; with another
text it is updated, the old text kept as a revision and every annotation anchored
anew. Another source with the same text is stored and points at the first. Each
batch is one transaction, indexes included, so what was reported as in is in.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from store import batches
from store.collections import Collections
from store.core import Core
from store.ingest import Position, read
from store.model import Failure, Incoming
from store.writer import Pen

FIRST_BATCH = 50
"""The first documents are readable at once; later batches are larger."""

BATCH_DOCUMENTS = 6000
BATCH_SIGNS = 18_000_000
FEWEST_SIGNS, MOST_SIGNS = 4_000_000, 30_000_000
BATCH_SECONDS = 2.0
"""How long a batch may take to write, which is how long another window may have to
wait. Within that batches are as large as they can be: each is one more part of the
index, and parts have to be merged."""


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How documents are added."""

    reader: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Metadata that wins over what a file says."""
    encoding: str | None = None
    collection: str | None = None
    dry_run: bool = False


@dataclass(slots=True)
class AddReport:
    """How far adding has come; the last one is the summary."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    """Of the added, those with the text of another document."""
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    share: float = 0.0
    """0 to 1: how much of the sources has been read."""
    files: int = 0
    files_total: int = 0
    seconds: float = 0.0
    finished: bool = False

    def count(self, more: batches.Counted) -> None:
        """Add what came of a batch."""
        self.added += more.added
        self.updated += more.updated
        self.unchanged += more.unchanged
        self.duplicates += more.duplicates

    @property
    def documents(self) -> int:
        """Documents seen so far."""
        return self.added + self.updated + self.unchanged


@dataclass(slots=True)
class _Pace:
    """How large batches may be, by how long the last one took to write."""

    signs: int = BATCH_SIGNS

    def write(
        self, pen: Pen, store: Callable[[Pen], batches.Counted], signs: int
    ) -> batches.Counted:
        """Write a batch of so many signs, and learn from it."""
        began = time.monotonic()
        counted = store(pen)
        seconds = time.monotonic() - began
        if signs >= FEWEST_SIGNS:
            possible = int(signs * BATCH_SECONDS / max(seconds, 0.001))
            self.signs = max(FEWEST_SIGNS, min(MOST_SIGNS, possible))
        return counted


def add(
    core: Core,
    paths: Sequence[str | Path],
    options: AddOptions | None = None,
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[AddReport]:
    """Add documents; yields after each batch and may be stopped between them."""
    chosen = options or AddOptions()
    if chosen.collection is not None:
        name = Collections(core).to_fill(chosen.collection)
        chosen = replace(chosen, collection=name)
    began = time.monotonic()
    report = AddReport()
    record = None if chosen.dry_run else _begin(core, [str(path) for path in paths])
    sources = read(
        paths,
        reader=chosen.reader,
        fields=dict(chosen.fields),
        encoding=chosen.encoding,
        stdin=stdin,
    )
    pace = _Pace()
    incoming = _batches(sources, report, pace)
    if record is None:
        done = _classified(core, incoming, report)
    else:
        done = _stored(core, incoming, report, pace, record, chosen.collection)
    for _ in done:
        report.seconds = time.monotonic() - began
        yield report
    if record is not None:
        number = record
        core.writer.run(lambda pen: _end(pen, number, core.now(), report))
    report.seconds = time.monotonic() - began
    report.share, report.finished = 1.0, True
    yield report


def _classified(
    core: Core, incoming: Iterator[list[Incoming]], report: AddReport
) -> Iterator[None]:
    """Count what would be done, without writing."""
    seen: dict[str, str] = {}
    for batch in incoming:
        prepared = [_prepare(one) for one in batch]
        batches.classify(core.reader, prepared, seen, report)
        yield


def _stored(
    core: Core,
    incoming: Iterator[list[Incoming]],
    report: AddReport,
    pace: _Pace,
    record: int,
    collection: str | None,
) -> Iterator[None]:
    """Write batch after batch, reading the next one while the writer is at work.

    Steps on when a batch is committed; its counts go into the report only then.
    """
    writing: Future[batches.Counted] | None = None
    try:
        for batch in incoming:
            prepared = [_prepare(one) for one in batch]
            if writing is not None:
                committed, writing = writing, None
                report.count(committed.result())
                yield
            store = partial(
                batches.store,
                batch=prepared,
                record=record,
                collection=collection,
                now=core.now(),
            )
            signs = sum(len(one.incoming.text) for one in prepared)
            writing = core.writer.submit(
                partial(pace.write, store=store, signs=signs), durable=False
            )
    finally:
        if writing is not None:
            report.count(writing.result())
    yield


def _batches(
    sources: Iterable[Incoming | Failure | Position], report: AddReport, pace: _Pace
) -> Iterator[list[Incoming]]:
    """Incoming documents in batches; failures and progress go into the report."""
    batch: list[Incoming] = []
    signs, most = 0, FIRST_BATCH
    for item in sources:
        if isinstance(item, Position):
            report.share = _share(item)
            report.files, report.files_total = item.files_done, item.files_total
        elif isinstance(item, Failure):
            report.failed.append(item)
        else:
            batch.append(item)
            report.warnings.extend(item.warnings)
            signs += len(item.text)
            if len(batch) >= most or signs >= pace.signs:
                yield batch
                batch, signs, most = [], 0, BATCH_DOCUMENTS
    yield batch


def _share(at: Position) -> float:
    """How much has been read: by bytes, or by files where sizes say nothing."""
    if at.bytes_total > 0:
        return min(1.0, at.bytes_done / at.bytes_total)
    return at.files_done / at.files_total if at.files_total else 0.0


def _prepare(incoming: Incoming) -> batches.Prepared:
    raw = incoming.text.encode("utf-8")
    return batches.Prepared(
        incoming=incoming,
        guid=str(uuid.uuid4()),
        words=count_words(incoming.text, raw),
        text_sha256=hashlib.sha256(raw).hexdigest(),
    )


_BLANKS = bytes(32 if chr(one).isspace() else 120 for one in range(128)) + b"x" * 128

_WIDE_BLANKS = tuple(chr(one) for one in range(128, 0x3001) if chr(one).isspace())


def count_words(text: str, raw: bytes) -> int:
    """``len(text.split())`` in a third of the time; ``raw`` is the text in UTF-8."""
    if not text.isascii() and any(blank in text for blank in _WIDE_BLANKS):
        return len(text.split())
    marked = raw.translate(_BLANKS)
    return marked.count(b" x") + marked.startswith(b"x")


def _begin(core: Core, sources: list[str]) -> int:
    def change(pen: Pen) -> int:
        cursor = pen.connection.execute(
            "INSERT INTO imports(started, sources) VALUES (?, ?)",
            [core.now(), json.dumps(sources)],
        )
        return int(cursor.lastrowid or 0)

    return core.writer.run(change, durable=False)


def _end(pen: Pen, record: int, now: str, report: AddReport) -> None:
    failed = [{"path": one.path, "reason": one.reason} for one in report.failed]
    pen.connection.execute(
        "UPDATE imports SET finished = ?, failed = ? WHERE id = ?",
        [now, json.dumps(failed, ensure_ascii=False), record],
    )
