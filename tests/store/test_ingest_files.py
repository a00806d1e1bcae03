"""Paths become documents and sentences; one bad file never stops the rest."""

from __future__ import annotations

import os
import socket
from io import BytesIO
from pathlib import Path

import pytest

from store.errors import UsageError
from store.ingest import Position, Source, plan, read
from store.ingest import sources as source_module
from store.model import Failure, Incoming

NEWS = "Bridge opens\n\nThe new bridge was opened on Monday by the mayor.\n"


def documents(*paths: Path | str, **wishes: object) -> list[Incoming]:
    found = read(paths, **wishes)  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Incoming)]


def failures(*paths: Path | str, **wishes: object) -> list[Failure]:
    found = read(paths, **wishes)  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Failure)]


def test_a_text_file_is_a_document_with_its_text_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(NEWS, encoding="utf-8")
    (found,) = documents(path)
    assert found.text == NEWS
    assert found.title == "Bridge opens"
    assert found.identity == found.path == str(path)
    assert (found.encoding, found.encoding_guessed) == ("utf-8", False)
    assert found.reader == "txt"
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "no newline at the end",
        "emoji 👩‍👩‍👧 and marks e\u0301 à",
        "[bold]not markup[/bold] [@click=app.bell]x[/]",
        "\"quotes\" 'single' «these» NEAR(a b) * -x",
        "a bidi \u202e control and \u200b nothing",
        "tab\there\n\n\n\nlast",
    ],
)
def test_odd_text_is_stored_as_it_stands(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode())
    (found,) = documents(path)
    assert found.text == text


def test_escape_sequences_are_replaced_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfTitle\x1b[31m\r\n\r\nBody\x00\r\n")
    (found,) = documents(path)
    assert found.text == "Title\ufffd[31m\n\nBody\ufffd\n"
    assert found.title == "Title\ufffd[31m"
    assert found.warnings == ("2 control characters were replaced by “\ufffd”",)


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("La città è così.\nPerché no?\n".encode("cp1252"))
    (found,) = documents(path)
    assert found.text.startswith("La città è così.")
    assert (found.encoding, found.encoding_guessed) == ("cp1252", True)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty: nothing to read"),
        (b" \n\t\n", "is empty: nothing to read"),
        (bytes(range(256)) * 20, "is not text (binary data); save it as text"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF, not text; save it as text or HTML"),
        (b"PK\x03\x04abc", "is a zip archive, or a document of a word processor"),
        (b"SQLite format 3\0" + b"\0" * 84, "is a database; to open it as a library"),
    ],
)
def test_what_gives_no_document_gives_a_sentence(
    tmp_path: Path, raw: bytes, reason: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(raw)
    (failure,) = failures(path)
    assert failure.path == str(path)
    assert failure.reason.startswith(reason)


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(NEWS)
    (tmp_path / "2.txt").write_bytes(b"")
    (tmp_path / "3.jsonl").write_text("{broken\n")
    (tmp_path / "4.txt").write_text("Later\n\n" + NEWS)
    assert [found.title for found in documents(tmp_path)] == ["Bridge opens", "Later"]
    assert len(failures(tmp_path)) == 2


def test_folders_are_read_in_natural_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("item10.txt", "item2.txt", "b/x.txt", ".hidden.txt", ".git/y.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(NEWS)
    found = [Path(item.path or "").name for item in documents(tmp_path)]
    assert found == ["x.txt", "item2.txt", "item10.txt"]


def test_unknown_kinds_in_a_folder_are_listed_with_their_ending(tmp_path: Path) -> None:
    for name in ("a.db", "b.png", "README"):
        (tmp_path / name).write_bytes(b"\0\1")
    reasons = {Path(f.path).name: f.reason for f in failures(tmp_path)}
    assert reasons == {
        "a.db": "is not a kind postilla reads (.db)",
        "b.png": "is not a kind postilla reads (.png)",
        "README": "is not a kind postilla reads (no ending)",
    }


def test_a_file_named_directly_is_tried_as_text(tmp_path: Path) -> None:
    path = tmp_path / "README"
    path.write_text(NEWS)
    assert documents(path)[0].text == NEWS


def test_the_parts_of_a_saved_page_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>x")
    parts = tmp_path / "page_files"
    parts.mkdir()
    (parts / "frame.html").write_text("<p>x")
    (parts / "logo.png").write_bytes(b"\x89PNG")
    assert [Path(i.path).name for i in plan([tmp_path])] == ["page.html"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(NEWS)
    folder = tmp_path / "folder"
    folder.mkdir()
    link = folder / "link.txt"
    link.symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    assert plan([folder]) == []
    (failure,) = failures(link)
    assert failure.reason == (
        f"is a link, and links are not followed: name {outside} itself"
    )


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    plug = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(tmp_path)  # the address of a socket must be short
    try:
        plug.bind("plug.txt")
    finally:
        os.chdir(here)
    with plug:
        assert plan([tmp_path]) == []
        reasons = [f.reason for f in failures(pipe, tmp_path / "plug.txt")]
    assert reasons == [
        "is a pipe, not a file: nothing is read from it",
        "is a socket, not a file: nothing is read from it",
    ]


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    found = read([path])
    assert isinstance(next(found), Position)
    path.unlink()
    path.symlink_to("/etc/hostname")
    (failure,) = [item for item in found if isinstance(item, Failure)]
    assert failure.reason.startswith("cannot be read: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(NEWS)
    path.chmod(0)
    assert failures(path)[0].reason == "cannot be read: permission denied"


def test_a_refusal_of_the_system_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(NEWS)

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert failures(path)[0].reason == "cannot be read: permission denied"


def test_a_missing_path_says_so(tmp_path: Path) -> None:
    (failure,) = failures(tmp_path / "none.txt")
    assert failure.reason == "does not exist: check the name"
    (failure,) = failures("a\0b")
    assert failure.reason == "cannot be read: its name is not one a file can have"


def test_names_with_line_breaks_escapes_and_bad_bytes(tmp_path: Path) -> None:
    odd = tmp_path / "a\nb\x1b[31m.txt"
    odd.write_text(NEWS)
    bad = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(bad)).write_text(NEWS)
    paths = [found.path or "" for found in documents(tmp_path)]
    assert paths == [str(odd), str(tmp_path / "caf\\xe9.txt")]
    for path in paths:
        path.encode("utf-8")


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    assert len(documents(path, tmp_path, tmp_path / "x" / ".." / "a.txt")) == 1


def test_a_file_that_is_too_big_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "MAX_BYTES", 1000)
    path = tmp_path / "a.txt"
    path.write_text(NEWS * 100)
    assert "is bigger than" in failures(path)[0].reason


def test_folders_too_deep_are_named_and_not_entered(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(source_module.MAX_DEPTH + 2):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "a.txt").write_text(NEWS)
    (failure,) = plan([tmp_path])
    assert isinstance(failure, Failure)
    assert failure.reason == "lies more than 64 folders deep: not read"


def test_the_position_is_told_from_nothing_to_everything(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(NEWS)
    told = [item for item in read([tmp_path]) if isinstance(item, Position)]
    assert told[0] == Position(0, 3, 0, 3 * len(NEWS))
    assert told[-1] == Position(3, 3, 3 * len(NEWS), 3 * len(NEWS))
    assert [p.files_done for p in told] == [0, 1, 2, 3]


def test_reading_is_lazy(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(NEWS)
    found = read([tmp_path])
    assert isinstance(next(found), Position)
    assert isinstance(next(found), Incoming)
    (tmp_path / "2.txt").unlink()
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert reasons == ["does not exist: check the name"]


def test_standard_input_is_text_or_records() -> None:
    (found,) = documents("-", stdin=BytesIO(NEWS.encode()))
    assert (found.title, found.path, found.reader) == ("Bridge opens", None, "txt")
    assert found.identity.startswith("stdin:")
    (found,) = documents("-", stdin=BytesIO(b' {"title": "T", "text": "Body."}\n'))
    assert (found.title, found.reader) == ("T", "jsonl")
    (found,) = documents("-", stdin=BytesIO(b"title,text\nT,Body.\n"), reader="csv")
    assert found.text == "Body."
    assert failures("-")[0].reason.startswith("cannot be read")
    assert failures("-", stdin=BytesIO(b""))[0].reason == "is empty: nothing to read"


def test_fields_win_over_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Titolo\nLa Voce | 2026-02-11 | it | https://voce.example/1\n\nTesto."
    )
    wishes = {"source": "Other", "published": "30 gennaio 2026", "wave": "second"}
    (found,) = documents(path, fields=wishes)
    assert (found.source, found.published) == ("Other", "2026-01-30")
    assert found.attributes == {"wave": "second"}
    assert found.language == "it"
    assert found.identity == found.url == "https://voce.example/1"


@pytest.mark.parametrize(
    "wishes",
    [
        {"reader": "pdf"},
        {"encoding": "klingon"},
        {"encoding": "zip"},
        {"fields": {"published": "soon"}},
        {"fields": {"language": "Italian"}},
        {"fields": {"url": "nowhere"}},
        {"fields": {"text": "x"}},
    ],
)
def test_impossible_wishes_are_refused_before_anything_is_read(
    wishes: dict[str, object],
) -> None:
    with pytest.raises(UsageError):
        read([], **wishes)  # type: ignore[arg-type]


def test_dates_come_from_the_name_but_never_from_the_file_time(tmp_path: Path) -> None:
    named = tmp_path / "2026-01-30 bridge.txt"
    named.write_text(NEWS)
    timed = tmp_path / "bridge.txt"
    timed.write_text(NEWS)
    os.utime(timed, (0, 1769767200))
    first, second = documents(named, timed)
    assert (first.published, first.attributes["published_from"]) == (
        "2026-01-30",
        "file name",
    )
    assert second.published is None


def test_an_unexpected_error_in_a_reader_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OddError(Exception):
        pass

    def fail(*_: object, **__: object) -> None:
        raise OddError

    monkeypatch.setattr("store.ingest.plain.decode", fail)
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    assert failures(path)[0].reason == (
        "cannot be read: it set off an unexpected odd error in its reader"
    )


def test_a_source_can_be_read_in_another_process(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "a.txt").write_text(NEWS)
    (source,) = plan([tmp_path])
    assert isinstance(source, Source)
    assert pickle.loads(pickle.dumps(source)) == source
