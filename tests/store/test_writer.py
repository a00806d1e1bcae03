"""The writing door: what it acknowledges is on disk, and it outlives trouble."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
import shelf

from store import writer as writing
from store.errors import LibraryError
from store.library import Library
from store.writer import Pen

ANNOTATES = """
import sys
from store.library import Library
library = Library(sys.argv[1], coder="killed")
for number in range(1000):
    made = library.annotations.create(1, note=f"note {number}", tags=[f"t{number % 3}"])
    print(made.guid, flush=True)
"""


def test_whatever_was_acknowledged_survives_kill(
    tmp_path: Path, make_library: shelf.MakeLibrary
) -> None:
    library = make_library()
    shelf.add_text(library, "The harbour council met.")
    library.close()
    acknowledged: set[str] = set()
    for cycle in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", ANNOTATES, str(tmp_path / "library.db")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        for _ in range(1 + cycle % 4):
            acknowledged.add(child.stdout.readline().strip())
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    with Library(tmp_path / "library.db") as again:
        kept = again.annotations.select()
        assert acknowledged <= {one.guid for one in kept}
        assert all(len(one.tags) == 1 for one in kept)
        assert len(again.history.entries()) == len(kept)
        assert shelf.index_problems(again) == []


def test_a_change_that_fails_leaves_nothing(library: Library) -> None:
    def fails(pen: Pen) -> None:
        pen.connection.execute(
            "INSERT INTO coders(guid, name, created) VALUES ('g', 'n', '')"
        )
        raise RuntimeError("half done")

    with pytest.raises(RuntimeError, match="half done"):
        library.core.writer.run(fails)
    assert library.core.reader.execute("SELECT * FROM coders").fetchall() == []


def test_a_waiting_change_cannot_be_cancelled(library: Library) -> None:
    """A screen that goes away while its note is being saved does not stop it."""
    document = shelf.add_text(library, "The harbour council met.")
    started, go_on = threading.Event(), threading.Event()

    def slow(pen: Pen) -> None:
        started.set()
        go_on.wait(5)

    def note(pen: Pen) -> None:
        pen.connection.execute("UPDATE documents SET position = 5")

    async def ask() -> None:
        first: Future[None] = library.core.writer.submit(slow)
        started.wait(5)
        waiting = asyncio.ensure_future(
            asyncio.wrap_future(library.core.writer.submit(note))
        )
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        go_on.set()
        first.result(5)

    asyncio.run(ask())
    library.core.writer.run(lambda pen: None)
    assert library.documents.position(document) == 5


def test_the_log_is_cut_back_after_it_grew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_CHECKPOINT_BYTES", 300_000)
    log = library.path.with_name("library.db-wal")
    sizes = []
    for _ in range(40):
        shelf.add_text(library, "word " * 20_000)
        sizes.append(log.stat().st_size)
    assert max(sizes) < 6_000_000


def test_a_checkpoint_that_fails_does_not_undo_the_promise(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = shelf.add_text(library, "The harbour council met.")
    monkeypatch.setattr(writing, "_CHECKPOINT_BYTES", -1)

    def spoil(pen: Pen) -> None:
        pen.connection.execute("UPDATE documents SET position = 7")
        pen.connection.set_authorizer(
            lambda action, first, second, *rest: (
                sqlite3.SQLITE_DENY if first == "wal_checkpoint" else sqlite3.SQLITE_OK
            )
        )

    library.core.writer.run(spoil)
    assert library.documents.position(document) == 7


def test_a_full_disk_is_said_and_writing_goes_on_after(library: Library) -> None:
    document = shelf.add_text(library, "The harbour council met.")

    def limit(pen: Pen) -> None:
        (pages,) = pen.connection.execute("PRAGMA page_count").fetchone()
        pen.connection.execute(f"PRAGMA max_page_count = {pages}")

    library.core.writer.run(limit)
    with pytest.raises(LibraryError, match="disk is full"):
        library.annotations.create(document, note="x" * 500_000)
    assert library.annotations.select() == []
    library.core.writer.run(
        lambda pen: pen.connection.execute("PRAGMA max_page_count = 100000") and None
    )
    assert library.annotations.create(document, note="x").note == "x"


def test_changes_are_made_one_after_the_other(library: Library) -> None:
    def one_more(pen: Pen) -> None:
        (last,) = pen.connection.execute("SELECT count(*) FROM coders").fetchone()
        pen.connection.execute(
            "INSERT INTO coders(guid, name, created) VALUES (?, ?, '')",
            [f"g{last}", f"n{last}"],
        )

    def many() -> None:
        for _ in range(20):
            library.core.writer.run(one_more, durable=False)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (number,) = library.core.reader.execute("SELECT count(*) FROM coders").fetchone()
    assert number == 80


def test_two_processes_write_without_loss(
    tmp_path: Path, make_library: shelf.MakeLibrary
) -> None:
    library = make_library()
    shelf.add_text(library, "The harbour council met.")
    script = ANNOTATES.replace("range(1000)", "range(25)")
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "library.db")],
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for number in range(10):
        library.annotations.create(1, note=f"mine {number}")
    for child in children:
        child.communicate(timeout=60)
        assert child.returncode == 0
    assert len(library.annotations.select()) == 60
    assert shelf.index_problems(library) == []
