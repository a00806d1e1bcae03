"""Adding documents against raw SQLite.

The peer does by hand what adding does at the least: it reads the same lines, works
out the same columns, inserts them into the same tables in one transaction and
rebuilds the full text index. Both take turns in one process; compare ratios. What the
library takes up is compared with its texts.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import sqlite3
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from figures import Spent, Stopwatch, Table, verdict

from store import migrations
from store.library import Library

TARGET, SIZE_TARGET = 0.9, 1.85
_INSERT = """
INSERT INTO documents(guid, identity, title, source, published, language, url, path,
    words, added, reader, encoding, source_sha256, text_sha256, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def by_postilla(lines: Path, target: Path) -> tuple[int, Spent, float]:
    """Add without entities, until the library is closed; and how many times the size
    of its texts it has."""
    library = Library(target, create=True)
    watch = Stopwatch()
    added = 0
    for report in library.add([lines]):
        added = report.added
    library.close()
    spent = watch.lap()
    return added, spent, target.stat().st_size / _text_bytes(target)


def _text_bytes(path: Path) -> int:
    connection = sqlite3.connect(path)
    (size,) = connection.execute(
        "SELECT sum(length(CAST(text AS BLOB))) FROM documents"
    ).fetchone()
    connection.close()
    return int(size)


def by_hand(lines: Path, target: Path) -> tuple[int, dict[str, Spent]]:
    """The same rows by ``executemany``, then ``rebuild``; by step."""
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    migrations.apply(connection)
    spent: dict[str, Spent] = {}
    watch = Stopwatch()
    with lines.open("rb") as file:
        raw = list(file)
    spent["read lines"] = watch.lap()
    records = [json.loads(line) for line in raw]
    spent["parse JSON"] = watch.lap()
    rows = [_row(*pair, lines) for pair in zip(records, raw, strict=True)]
    spent["guid, words, digests"] = watch.lap()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_INSERT, rows)
    spent["insert rows"] = watch.lap()
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
    connection.execute("COMMIT")
    spent["index"] = watch.lap()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    spent["checkpoint, close"] = watch.lap()
    return len(rows), spent


def _row(record: dict[str, Any], raw: bytes, lines: Path) -> tuple[object, ...]:
    text = record["text"]
    return (
        str(uuid.uuid4()),
        record["url"],
        record["title"],
        record["source"],
        record["published"],
        record["language"],
        record["url"],
        str(lines),
        len(text.split()),
        "2026-01-01T00:00:00Z",
        "jsonl",
        "utf-8",
        hashlib.sha256(raw).hexdigest(),
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
        text,
    )


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--rounds", type=int, default=2, help="each (%(default)s)")
    options = made.parse_args()
    lines = corpus.corpus_file(options)
    print(f"{lines.stat().st_size / 1e6:.0f} MB of JSON Lines, {options.rounds} rounds")
    ours, theirs = _rounds(options, lines)
    _report(ours, theirs)


Round = tuple[int, Spent, float]
Steps = tuple[int, dict[str, Spent]]


def _rounds(
    options: argparse.Namespace, lines: Path
) -> tuple[list[Round], list[Steps]]:
    ours: list[Round] = []
    theirs: list[Steps] = []
    options.work.mkdir(parents=True, exist_ok=True)
    for _ in range(options.rounds):
        with TemporaryDirectory(dir=options.work) as folder:
            ours.append(by_postilla(lines, Path(folder) / "ours.db"))
            gc.collect()
            theirs.append(by_hand(lines, Path(folder) / "theirs.db"))
            gc.collect()
    return ours, theirs


def _report(ours: list[Round], theirs: list[Steps]) -> None:
    mine = min((spent for _, spent, _ in ours), key=lambda spent: spent.cpu)
    steps = min(
        (steps for _, steps in theirs), key=lambda all: sum(s.cpu for s in all.values())
    )
    total = sum(steps.values(), Spent())
    bare = total.cpu - steps["guid, words, digests"].cpu
    table = Table(["best round", "documents/CPU s", "documents/s", "CPU s", "wall s"])
    for name, count, spent in (
        ("postilla add, no entities", ours[0][0], mine),
        ("raw sqlite3", theirs[0][0], total),
    ):
        table.add(
            name,
            f"{count / spent.cpu:,.0f}",
            f"{count / spent.wall:,.0f}",
            f"{spent.cpu:.2f}",
            f"{spent.wall:.2f}",
        )
    table.show("Adding")
    parts = Table(["raw sqlite3, step", "CPU s", "share"])
    for name, spent in steps.items():
        parts.add(name, f"{spent.cpu:.2f}", f"{spent.cpu / total.cpu:.0%}")
    parts.show("Where the peer's time goes")
    speed = verdict(total.cpu / mine.cpu, TARGET, at_least=True)
    print(f"\nspeed / peer's, CPU   {speed}")
    print(f"speed / peer's, wall  {total.wall / mine.wall:.2f}")
    print(f"speed / a peer that works out no columns, CPU  {bare / mine.cpu:.2f}")
    print(f"library / its texts, bytes  {verdict(ours[0][2], SIZE_TARGET)}")


if __name__ == "__main__":
    main()
