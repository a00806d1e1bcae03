"""What undo costs: a bulk act on many annotations, and a way back over many acts.

The peer of the bulk act is the same rows written with bare SQLite, without a log:
what is above it is the price of being able to take the act back.
"""

from __future__ import annotations

import argparse
import sqlite3
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Stopwatch, Table, ratio, verdict

from store.annotations import Passage
from store.library import Library

TEXT = "The harbour council met on Monday. " * 40
JUMP_SECONDS = 1.0


def main() -> None:
    """Measure and report."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--rows", type=int, default=10_000, help="%(default)s")
    made.add_argument("--acts", type=int, default=2_000, help="%(default)s")
    options = made.parse_args()
    with TemporaryDirectory() as folder:
        _bulk(Path(folder), options.rows)
    with TemporaryDirectory() as folder:
        _long_way(Path(folder), options.acts)


def _library(folder: Path) -> Library:
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    library = Library(folder / "library.db", create=True)
    list(library.add([folder / "text.txt"]))
    return library


def _bulk(folder: Path, count: int) -> None:
    library = _library(folder)
    one = library.annotations.create(1, Passage(0, 11), note="a note")

    def many(act: object) -> None:
        act.connection.execute(  # type: ignore[attr-defined]
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            ' WHERE i < ?) INSERT INTO annotations(guid, kind, document, start, "end",'
            " exact, revision, note, coder, created, modified)"
            ' SELECT hex(randomblob(16)), kind, document, start, "end", exact,'
            " revision, note, coder, created, modified FROM annotations, n"
            " WHERE annotations.id = ?",
            [count - 1, one.id],
        )

    library.core.act("more", many)
    ids = [id for (id,) in library.core.reader.execute("SELECT id FROM annotations")]
    table = Table(["bulk act", "seconds", "of bare SQLite", "KB of log"])
    peer = _bare(folder / "bare.db", ids)
    table.add("bare SQLite", f"{peer:.2f}", "", "")
    before = _log(library)
    watch = Stopwatch()
    library.annotations.tag(ids, ["a/b"])
    seconds = watch.lap().wall
    size = f"{(_log(library) - before) / 1e3:,.0f}"
    table.add(f"tag {count:,}", f"{seconds:.2f}", ratio(seconds, peer), size)
    for name, step in (("undo", library.history.undo), ("redo", library.history.redo)):
        watch.lap()
        step()
        seconds = watch.lap().wall
        table.add(name, f"{seconds:.2f}", ratio(seconds, peer), "")
    table.show("A bulk act")
    library.close()


def _log(library: Library) -> int:
    """Bytes of the rows of the undo log."""
    row = library.core.reader.execute(
        "SELECT sum(length(place) + coalesce(length(before), 0)"
        " + coalesce(length(after), 0) + 24) FROM change_rows"
    ).fetchone()
    return int(row[0] or 0)


def _bare(path: Path, ids: list[int]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, guid TEXT UNIQUE, annotation, tag,"
        " coder, created, UNIQUE (annotation, tag, coder))"
    )
    watch = Stopwatch()
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO t(guid, annotation, tag, coder, created) VALUES (?, ?, 1, 1, '')",
        ((str(uuid.uuid4()), id) for id in ids),
    )
    connection.execute("COMMIT")
    seconds = watch.lap().wall
    connection.close()
    return seconds


def _long_way(folder: Path, count: int) -> None:
    library = _library(folder)
    for number in range(count):
        if number % 2:
            library.annotations.edit(number // 2 + 1, note=f"note {number}")
        else:
            library.annotations.create(1, Passage(0, 11), tags=[f"a/b{number % 50}"])
    watch = Stopwatch()
    library.history.jump(0)
    back = watch.lap().wall
    library.history.jump(count)
    again = watch.lap().wall
    table = Table(["", "seconds"])
    table.add(f"{count:,} acts back", f"{back:.2f}")
    table.add("and forward again", f"{again:.2f}")
    table.show("A long way")
    print(f"\nseconds back  {verdict(back, JUMP_SECONDS)}")
    library.close()


if __name__ == "__main__":
    main()
