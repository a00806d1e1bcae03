"""Opening what is, is not, or is no longer a library; the lock and the reader."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
import shelf

from store import connections, migrations
from store.errors import LibraryBusy, LibraryError, LibraryReadOnly
from store.library import Library
from store.schema import APPLICATION_ID


def hold(path: Path) -> int:
    """Hold the lock as another program would; closing the handle lets go."""
    handle = os.open(connections.lock_path(path), os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def test_a_missing_library_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "news.db"
    with pytest.raises(LibraryError, match="there is no library there"):
        Library(path)
    assert not path.parent.exists()
    Library(path, create=True).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    Library(path).close()


def test_an_empty_file_becomes_a_library_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    with pytest.raises(LibraryError, match="there is no library there"):
        Library(path)
    assert path.stat().st_size == 0
    with Library(path, create=True) as library:
        assert library.documents.count() == 0


def test_a_library_that_is_just_being_made_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA journal_mode = WAL")  # the file has a page, but no tables yet
    bare.close()
    assert path.stat().st_size > 0
    with pytest.raises(LibraryError, match="there is no library there"):
        Library(path)
    with Library(path, create=True) as library:
        assert library.documents.count() == 0


def test_a_library_whose_making_was_killed_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    half = sqlite3.connect(path)
    half.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    half.close()
    with Library(path, create=True) as library:
        assert library.documents.count() == 0


def test_many_windows_may_make_one_library_at_once(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    errors: list[BaseException] = []
    ready = threading.Barrier(4)

    def work() -> None:
        ready.wait()
        try:
            Library(path, create=True).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Library(path) as library:
        (tables,) = library.core.reader.execute(
            "SELECT count(*) FROM meta WHERE key = 'guid'"
        ).fetchone()
        assert tables == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><body>Not found</body></html>" * 40, "not a postilla library"),
        (b"\x00" * 4096, "not a postilla library|there is no library"),
        (bytes(range(7, 256)) * 64, "not a postilla library"),
        (b"SQLite format 3\x00" + b"\xff" * 2000, "postilla library|damaged"),
    ],
    ids=["a web page", "zeros", "noise", "a broken head"],
)
def test_what_is_no_library_is_said_and_left_alone(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(LibraryError, match=sentence):
            Library(path, create=create)
    assert path.read_bytes() == content


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE documents(id INTEGER PRIMARY KEY, text TEXT)")
    other.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(LibraryError, match="not a postilla library"):
            Library(path, create=create)
    assert path.read_bytes() == before


def test_a_newer_library_asks_for_a_newer_program(
    tmp_path: Path, make_library: shelf.MakeLibrary
) -> None:
    make_library().close()
    path = tmp_path / "library.db"
    newer = sqlite3.connect(path)
    newer.execute(
        f"INSERT INTO {migrations.TABLE}(migration_set, name, applied_at)"
        " VALUES (?, '0099_from_the_future', '')",
        [migrations.SET],
    )
    newer.commit()
    newer.close()
    with pytest.raises(LibraryError, match="newer postilla") as refused:
        Library(path)
    assert refused.value.status == 3


def test_a_folder_a_pipe_and_a_device_are_no_libraries(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(LibraryError, match=r"folder|no file"):
            Library(path, create=True)


def test_a_damaged_library_says_so_and_names_its_backups(
    tmp_path: Path, make_library: shelf.MakeLibrary
) -> None:
    library = make_library()
    for number in range(40):
        shelf.add_text(library, f"Paragraph {number}. " * 200)
    library.close()
    path = tmp_path / "library.db"
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xee" * 64
    path.write_bytes(data)
    with pytest.raises(LibraryError, match=r"damaged.*library.db.backups"):
        Library(path)


def test_a_lock_held_elsewhere_is_waited_for_and_then_said(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = shelf.add_text(library, "The harbour council met.")
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.03)
    handle = hold(library.path)
    with pytest.raises(LibraryBusy, match="another program is writing") as busy:
        library.annotations.create(document, note="a")
    assert busy.value.status == 5
    os.close(handle)
    library.annotations.create(document, note="b")
    assert [one.note for one in library.annotations.select()] == ["b"]


def test_a_database_locked_by_another_tool_is_said(
    tmp_path: Path, make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.03)
    library = make_library()
    document = shelf.add_text(library, "The harbour council met.")
    other = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusy):
        library.annotations.create(document, note="a")
    other.execute("ROLLBACK")
    other.close()
    assert library.annotations.create(document, note="a").note == "a"


def test_readers_cannot_write(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError, match=r"readonly|read-only|attempt"):
        library.core.reader.execute("DELETE FROM documents")


def test_a_folder_that_cannot_be_written_is_read_only(
    tmp_path: Path, make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library()
    document = shelf.add_text(library, "The harbour council met.")
    library.annotations.create(document, note="kept")
    library.close()
    (tmp_path / "library.db.lock").unlink()
    monkeypatch.setattr(connections, "can_write", lambda path: False)
    before = (tmp_path / "library.db").read_bytes()
    with Library(tmp_path / "library.db") as reading:
        assert reading.read_only
        assert [one.note for one in reading.annotations.select()] == ["kept"]
        with pytest.raises(LibraryReadOnly, match="reading only"):
            reading.annotations.create(document, note="lost")
        with pytest.raises(LibraryReadOnly):
            reading.history.undo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library.db"]
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_closed_library_says_so(library: Library) -> None:
    document = shelf.add_text(library, "The harbour council met.")
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.annotations.create(document, note="late")
    with pytest.raises(LibraryError, match="closed"):
        library.documents.count()


def test_another_window_sees_changes_and_the_version_tells(
    make_library: shelf.MakeLibrary,
) -> None:
    here, there = make_library(), make_library()
    document = shelf.add_text(here, "The harbour council met.")
    before = there.version()
    here.annotations.create(document, note="seen")
    assert there.version() != before
    assert [one.note for one in there.annotations.select()] == ["seen"]
    there.annotations.edit(1, note="answered")
    assert here.annotations.get(1).note == "answered"
