"""The library as a whole: opening, closing, backing up, updating its tables."""

from __future__ import annotations

import getpass
import sqlite3
import threading
from pathlib import Path

import pytest
import shelf

from store import connections, migrations
from store.annotations import Passage
from store.errors import LibraryError, LibraryReadOnly
from store.library import Library, login_name


@pytest.fixture
def noted(make_library: shelf.MakeLibrary) -> Library:
    library = make_library()
    shelf.add_text(library, "The harbour council met.")
    library.annotations.create(1, Passage(4, 11), note="where", tags=["places"])
    return library


def test_everything_is_there_after_reopening(
    noted: Library, make_library: shelf.MakeLibrary
) -> None:
    before = shelf.visible(noted)
    noted.close()
    again = make_library()
    assert shelf.visible(again) == before
    assert [one.act for one in again.history.entries()] == ['annotated "harbour"']


def test_closing_leaves_one_file_and_its_lock(noted: Library, tmp_path: Path) -> None:
    noted.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["library.db", "library.db.lock"]


def test_the_file_says_what_it_is(noted: Library, tmp_path: Path) -> None:
    noted.close()
    bare = sqlite3.connect(tmp_path / "library.db")
    assert bare.execute("PRAGMA application_id").fetchone() == (0x706F7374,)
    assert bare.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES),)
    assert migrations.applied(bare) == migrations.NAMES
    assert bare.execute("PRAGMA foreign_key_check").fetchall() == []
    plain = [
        name
        for (name, strict) in bare.execute(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%_fts%'"
            " AND name NOT LIKE '#_%' ESCAPE '#'"
        )
        if not strict
    ]
    assert plain == []
    bare.close()


def test_missing_steps_are_taken_after_a_backup(
    noted: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted.close()
    step = ("9999_test", lambda db: db.conn.execute("CREATE TABLE extra(id) "))
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    monkeypatch.setattr(migrations, "NAMES", (*migrations.NAMES, "9999_test"))
    with Library(tmp_path / "library.db") as updated:
        assert migrations.applied(updated.core.reader) == migrations.NAMES
        assert updated.annotations.get(1).note == "where"
        assert updated.core.reader.execute("SELECT * FROM extra").fetchall() == []
    (copy,) = (tmp_path / "library.db.backups").iterdir()
    assert "before-update" in copy.name
    bare = sqlite3.connect(copy)
    assert migrations.applied(bare) == migrations.NAMES[:-1]
    bare.close()


def test_a_step_that_fails_leaves_the_library_as_it_was(
    noted: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted.close()

    def fails(db: object) -> None:
        db.conn.execute("CREATE TABLE extra(id)")  # type: ignore[attr-defined]
        db.conn.execute("CREATE TABLE extra(id)")  # type: ignore[attr-defined]

    with monkeypatch.context() as patch:
        steps = (*migrations.STEPS, ("9999_test", fails))
        patch.setattr(migrations, "STEPS", steps)
        patch.setattr(migrations, "NAMES", (*migrations.NAMES, "9999_test"))
        with pytest.raises(LibraryError, match="the library answered"):
            Library(tmp_path / "library.db")
    with Library(tmp_path / "library.db") as same:
        assert same.annotations.get(1).note == "where"
        with pytest.raises(sqlite3.OperationalError):
            same.core.reader.execute("SELECT * FROM extra")


def test_an_old_library_that_cannot_be_written_says_so(
    noted: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted.close()
    monkeypatch.setattr(migrations, "NAMES", (*migrations.NAMES, "9999_test"))
    monkeypatch.setattr(connections, "can_write", lambda path: False)
    with pytest.raises(LibraryReadOnly, match="older postilla"):
        Library(tmp_path / "library.db")


def test_the_coder_is_the_login_name_unless_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    with Library(tmp_path / "library.db", create=True) as library:
        shelf.add_text(library, "Text.")
        assert library.annotations.create(1).coder == "ana"

    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == "coder"


def test_reading_threads_have_connections_of_their_own(noted: Library) -> None:
    seen: list[object] = []

    def work() -> None:
        seen.append(noted.core.reader)
        seen.append(noted.documents.count())
        noted.release()
        noted.release()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen[1] == 1
    assert seen[0] is not noted.core.reader
