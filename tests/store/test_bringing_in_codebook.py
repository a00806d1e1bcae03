"""Codebooks from tables, and telling what a file is before taking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store import connections, export
from store.annotation_rows import AnnotationFilter
from store.bringing_in import bring_in, kind_of, read_codebook
from store.codebook import Codebook
from store.core import Core
from store.errors import UsageError
from store.undo import History


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    path = tmp_path / "library.db"
    connections.prepare(path, create=True)
    opened = Core(path, coder="anna")
    yield opened
    opened.close()


def codebook_file(folder: Path, content: str) -> Path:
    path = folder / "codebook.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_codebook_is_taken_and_undone_at_once(core: Core, tmp_path: Path) -> None:
    Codebook(core).add("actors", "who acts")
    table = codebook_file(
        tmp_path,
        "path,definition,marker,colour\n"
        "actors,,a,3\n"
        'actors/companies,"firms,\nlisted or not",a,\n'
        "money,'=sums,m,12\n"
        "1984,,,\n"
        ",nothing,,\n",
    )
    report = read_codebook(core, table)
    assert (report.tags_added, report.tags_changed) == (2, 1)
    assert [line[:7] for line in report.dropped] == ["line 6:", "line 7:"]
    assert any("marker a belongs to actors" in line for line in report.remarks)
    assert any("colour is a number" in line for line in report.remarks)
    book = {one.path: one for one in Codebook(core).tags()}
    assert book["actors"].definition == "who acts"
    assert (book["actors"].marker, book["actors"].colour) == ("a", 3)
    assert book["actors/companies"].definition == "firms,\nlisted or not"
    assert book["money"].definition == "=sums"
    assert read_codebook(core, table).tags_changed == 0
    History(core).undo()
    assert [one.path for one in Codebook(core).tags()] == ["actors"]


@pytest.mark.parametrize("naming", ["tag", "name", "path"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_taguette_codebooks_are_read(
    core: Core, tmp_path: Path, naming: str, separator: str
) -> None:
    content = f"\ufeff{naming}{separator}description\r\nprices.up{separator}higher\r\n"
    report = bring_in(core, codebook_file(tmp_path, content))
    assert report.tags_added == 1
    assert Codebook(core).get("prices.up").definition == "higher"


def write_library(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(100))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "cannot be read"),
        (lambda path: path.mkdir(), "folder"),
        (lambda path: path.write_bytes(b""), "empty"),
        (write_library, "postilla merge"),
        (lambda path: path.write_text('{"id": 1}\n'), "postilla add"),
        (lambda path: path.write_text("id,guid,quote\n"), "table of annotations"),
        (lambda path: path.write_text("Dear all,\n"), "neither"),
        (lambda path: path.write_bytes(bytes(range(256))), "neither"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    tmp_path: Path, make: Callable[[Path], Any], said: str
) -> None:
    path = tmp_path / "file"
    make(path)
    with pytest.raises(UsageError, match=said) as caught:
        kind_of(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_kinds_are_told_by_what_is_in_them(core: Core, tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_text("".join(export.render(core.reader, AnnotationFilter(), "jsonl")))
    assert kind_of(path) == "jsonl"
    assert kind_of(codebook_file(tmp_path, "Name\nmoney\n")) == "codebook"
