"""Checks that tell the truth, repairs that repair, copies that are whole."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
import shelf

from store import care, connections
from store.annotations import Passage
from store.errors import LibraryError, UsageError
from store.library import Library


@pytest.fixture
def full(library: Library) -> Library:
    """Documents, names and annotations."""
    for number in range(3):
        document = shelf.add_text(library, f"Acme {number} met Bolt in Berlin.")
        shelf.name(library, document, "Acme", "Bolt")
        library.annotations.create(document, Passage(0, 4), note="n", tags=["t"])
    return library


def spoil(library: Library, sql: str) -> None:
    def change(pen: Any) -> None:
        pen.connection.execute(sql)

    library.core.writer.run(change)


def problems(findings: list[care.Finding]) -> list[str]:
    return [one.what for one in findings if one.level == "problem"]


def test_a_sound_library(full: Library) -> None:
    findings = care.check(full.core)
    assert problems(findings) == []
    assert [one.what.split(":")[0] for one in findings[:4]] == [
        "File",
        "Offsets",
        "Counts",
        "Search index",
    ]
    assert findings[-1].what.startswith(f"SQLite {sqlite3.sqlite_version}")


@pytest.mark.parametrize(
    ("sql", "what", "mends"),
    [
        ("DELETE FROM names_fts WHERE rowid = 4", "Search index", True),
        ("UPDATE documents SET title = 'Other' WHERE id = 1", "Search index", True),
        ("UPDATE entities SET mentions = 99 WHERE id = 1", "Counts", True),
        ("UPDATE mentions SET start = start + 1 WHERE id = 1", "Offsets", False),
        ("UPDATE annotations SET exact = 'Bolt' WHERE id = 1", "Offsets", False),
    ],
)
def test_what_is_wrong_is_found_and_what_can_be_is_mended(
    full: Library, sql: str, what: str, mends: bool
) -> None:
    spoil(full, sql)
    (found,) = problems(care.check(full.core))
    assert found.startswith(what)
    assert problems(care.check(full.core)) == [found], "a check changes nothing"
    mended = [one for one in care.check(full.core, repair=True) if one.mended]
    assert [one.what for one in mended] == ([found] if mends else [])
    assert problems(care.check(full.core)) == ([] if mends else [found])


def test_a_damaged_file_is_a_finding_and_no_crash(
    full: Library, make_library: shelf.MakeLibrary, tmp_path: Path
) -> None:
    for _ in range(30):
        shelf.add_text(full, "word " * 4_000)
    full.close()
    path = tmp_path / "library.db"
    bare = sqlite3.connect(path)
    pages = [
        page
        for (page,) in bare.execute(
            "SELECT rootpage FROM sqlite_master WHERE name IN"
            " ('annotations', 'mentions', 'documents')"
        )
    ]
    bare.close()
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * 4096 : (page - 1) * 4096 + 32] = b"\xee" * 32
    path.write_bytes(data)
    library = make_library()
    for repair in (False, True):
        findings = care.check(library.core, repair=repair)
        assert any(what.startswith("File: ") for what in problems(findings))


def test_a_copy_of_an_open_library_is_whole(full: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert full.backup(target) == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    full.annotations.create(1, note="after the copy")
    with Library(target) as copy:
        assert len(copy.annotations.select()) == 3
        copy.annotations.create(1, note="in the copy")
        assert shelf.index_problems(copy) == []
        assert len(copy.history.entries()) == 4
    assert len(full.annotations.select()) == 4


def test_a_copy_never_overwrites_unless_told(full: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(UsageError, match="exists; choose another name or use --force"):
        full.backup(target)
    assert target.read_text() == "precious"
    full.backup(target, force=True)
    Library(target).close()


def test_a_library_is_never_replaced_by_its_copy(full: Library, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(full.path)
    for target in (full.path, link):
        with pytest.raises(UsageError, match="is the library itself"):
            full.backup(target, force=True)
    full.annotations.create(1, note="still written to the same file")


def test_a_copy_that_fails_leaves_nothing(
    full: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match="cannot be written"):
        full.backup(tmp_path / "no" / "such" / "copy.db")

    class Full(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            if sql.startswith("VACUUM"):
                super().execute(sql, *rest)
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *rest)

    broken = sqlite3.connect(full.path, factory=Full)
    monkeypatch.setattr(connections, "open_for_copy", lambda path: broken)
    with pytest.raises(LibraryError, match="disk is full"):
        full.backup(tmp_path / "copy.db")
    assert sorted(tmp_path.iterdir()) == before


def test_only_the_newest_copies_are_kept(full: Library, tmp_path: Path) -> None:
    folder = tmp_path / "library.db.backups"
    folder.mkdir()
    for number in range(12):
        (folder / f"library-20200101T0000{number:02}-before-update.db").touch()
    connection = full.core.connect()
    connection.execute("PRAGMA query_only = OFF")
    new = care.back_up_beside(full.path, connection, "before-update")
    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == care.KEPT_BACKUPS
    assert kept[-1] == new.name
    assert kept[0] == "library-20200101T000003-before-update.db"
