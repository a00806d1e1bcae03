"""The editor outside: the text comes back as written, and never gets lost."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from tui.outside import EditorFailed, Run, command_of, edit

EDITOR = {"EDITOR": "ed -s"}


def writes(data: bytes, status: int = 0) -> Run:
    """An editor that leaves these bytes."""

    def run(command: Sequence[str]) -> int:
        Path(command[-1]).write_bytes(data)
        return status

    return run


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_the_file_is_private_and_gone_afterwards(temporary: Path) -> None:
    seen: list[object] = []

    def run(command: Sequence[str]) -> int:
        file = Path(command[-1])
        seen.append((command[:-1], file.name, file.read_text(encoding="utf-8")))
        seen.append(stat.S_IMODE(file.stat().st_mode))
        seen.append(stat.S_IMODE(file.parent.stat().st_mode))
        return 0

    assert edit("one\ntwo 漁", "note.md", EDITOR, run) == "one\ntwo 漁"
    assert seen == [(["ed", "-s"], "note.md", "one\ntwo 漁"), 0o600, 0o700]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    ("before", "written", "after"),
    [
        ("a", b"b\n", "b"),
        ("a\n", b"b\n", "b\n"),
        ("a", b"b\n\n", "b\n"),
        ("a", b"\xef\xbb\xbfb\r\nc\r\n", "b\nc"),
        ("a", "né\u0301 \U0001f600".encode(), "né\u0301 \U0001f600"),
        ("a", b"", ""),
    ],
)
def test_what_the_editor_wrote(before: str, written: bytes, after: str) -> None:
    assert edit(before, "note.md", EDITOR, writes(written)) == after


def test_what_cannot_be_taken_is_kept_in_its_file(temporary: Path) -> None:
    for data, status, reason in (
        (b"caf\xe9", 0, "did not write UTF-8"),
        (b"long thoughts", 1, "ended with an error (1)"),
    ):
        with pytest.raises(EditorFailed, match="what it wrote is in") as failure:
            edit("before", "note.md", EDITOR, writes(data, status))
        assert reason in str(failure.value)
        (folder,) = temporary.iterdir()
        assert str(folder / "note.md") in str(failure.value)
        assert (folder / "note.md").read_bytes() == data
        (folder / "note.md").unlink()
        folder.rmdir()


def missing(command: Sequence[str]) -> int:
    """An editor that is not there."""
    raise FileNotFoundError(2, "No such file or directory")


def removes(command: Sequence[str]) -> int:
    """An editor that takes the file away."""
    Path(command[-1]).unlink()
    return 0


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (missing, "ed could not be started (no such file or directory)"),
        (removes, "ed left no file."),
        (writes(b"before", 2), "ed ended with an error (2)."),
    ],
)
def test_one_sentence_says_what_failed(temporary: Path, run: Run, reason: str) -> None:
    with pytest.raises(EditorFailed) as failure:
        edit("before", "note.md", EDITOR, run)
    assert str(failure.value).startswith(reason)
    assert not list(temporary.iterdir())


def test_which_editor() -> None:
    assert command_of({"VISUAL": "code --wait", "EDITOR": "ed"}) == ["code", "--wait"]
    assert command_of({"VISUAL": " ", "EDITOR": "'my ed' -x"}) == ["my ed", "-x"]
    with pytest.raises(EditorFailed, match=r"\$EDITOR cannot be read"):
        command_of({"EDITOR": "'half"})
    with pytest.raises(EditorFailed, match="Set \\$VISUAL or \\$EDITOR"):
        command_of({"PATH": "/nowhere"})


def test_the_last_resort(tmp_path: Path) -> None:
    (tmp_path / "vi").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "vi").chmod(0o755)
    assert command_of({"PATH": str(tmp_path)}) == ["vi"]
