"""Documents are hostile: nothing in them reaches the terminal as anything but signs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from store.library import Library

from .terminal import Terminal, command

CLIPBOARD = "\x1b]52;c;aGk=\x07"
CLEAR = "\x1b[2Jgone"
MARKUP = "[@click=app.quit]x[/] [bold"
EVIL = f"{CLIPBOARD}{CLEAR} \x9b31mred \u202edesrever {MARKUP}"
TAG = f"\u202e{MARKUP}"


def assert_harmless(raw: bytes) -> None:
    """Nothing of what the documents hold was sent as it stands there."""
    assert b"\x1b]52;" not in raw
    assert b"aGk=\x07" not in raw
    assert b"\x1b[2Jgone" not in raw
    assert b"[31mred" not in raw
    assert "\u202e".encode() not in raw
    assert re.search(rb"\xc2[\x80-\x9f]", raw) is None
    assert b"Traceback" not in raw


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library with hostile documents, annotations and tags; more in ``new``."""
    record = {
        "id": EVIL,
        "title": f"Evil {EVIL}",
        "source": EVIL,
        "author": EVIL,
        "published": "2026-01-30",
        "text": f"The evil minister spoke. {EVIL}\n\nShe said so. {EVIL}",
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert command(tmp_path, "-L", "x.db", "add", "in.jsonl").returncode == 0
    for words in (["1"], ["1", "0:20"]):
        about = ("--note", EVIL, "--tag", TAG)
        done = command(tmp_path, "-L", "x.db", "annotate", *words, *about)
        assert done.returncode == 0, done.stderr
    new = tmp_path / "new"
    new.mkdir()
    (new / f"{CLIPBOARD}\u202e.txt").write_text(f"{EVIL} is the title.\n\nText.\n")
    (new / "\x1b[2Jgone.pdf").write_bytes(b"%PDF-1.7 \x00\x01")
    return tmp_path


def test_nothing_in_a_library_acts(home: Path) -> None:
    with Terminal(home, "-L", "x.db", "open", "new") as window:
        window.wait_for(r"1 document added, not taken: ␛\[2Jgone.pdf")
        window.wait_for(r"Evil �\]52;c;aGk=��\[2Jgone")
        window.press("escape", "/")
        window.wait_for("words of the title")
        window.type("evil")
        window.wait_for('only "evil"')
        window.press("enter", "enter")
        window.wait_for("The evil minister spoke")
        window.wait_for(re.escape(MARKUP))
        window.press("/")
        window.wait_for("words in this document")
        window.type("[bold")
        window.wait_for("1 of 2")
        window.press("escape", "e")
        window.wait_for("There is no annotation here|Edit annotation")
        window.press("escape", "t")
        window.wait_for("Tags")
        window.press("escape", "E")
        window.wait_for("Export annotations")
        window.press("escape", "s")
        window.wait_for("Opened or added last")
        window.type("evil minister")
        window.wait_for("DOC Evil")
        window.press("escape", "3")
        window.wait_for(r"\[3 Entities")
        window.press("4")
        window.wait_for(r"Annotations · 2")
        window.press("d")
        window.wait_for("deleted")
        window.press("u")
        window.wait_for("Undone")
        window.press("5")
        window.wait_for(r"⇄\[@click=app")
        window.press("g", "l")
        window.wait_for("Messages")
        window.press("q", "1", "e")
        window.wait_for("Title")
        window.press("escape", "Q")
        assert window.wait_end() == 0
    assert_harmless(bytes(window.raw))


TAKEN = {
    "plain.txt": (b"A line of text.\n", "A line of text."),
    "no-break.txt": (b"One line, and no break behind it", "no break behind it"),
    "latin.txt": ("Größe und Ärger, naïveté.\n".encode("latin-1"), "Größe und Ärger"),
    "wide.txt": ("Ein Übermut.\n".encode("utf-16"), "Ein Übermut."),
    "marked.txt": (b"\xef\xbb\xbfBehind a mark.\n", "Behind a mark."),
    "windows.txt": (b"One.\r\nTwo.\r\n\r\nThree.\r\n", "One.\nTwo.\n\nThree."),
    "signs.txt": (
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and e\u0301.\n".encode(),
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 and e\u0301.",
    ),
    "markup.txt": (b"Text with [bold] in it.\n", "Text with [bold] in it."),
    "red.txt": (b"Text with \x1b[31m in it.\n", "Text with \ufffd[31m in it."),
    "quotes.txt": (b'A \'quote" NEAR( AND "; DROP TABLE documents; --\n', "NEAR( AND"),
}
REFUSED = {"empty.txt": b"", "binary.txt": bytes(range(256)) * 16}


def test_odd_files_are_taken_as_they_are_meant(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name, (data, _) in TAKEN.items():
        (folder / name).write_bytes(data)
    done = command(tmp_path, "-L", "x.db", "add", "--no-entities", "odd")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    with Library(tmp_path / "x.db") as library:
        found = library.documents.rows(library.documents.ids())
        texts = {
            Path(one.path or "").name: library.documents.text(id)
            for id, one in found.items()
        }
    assert set(texts) == set(TAKEN)
    for name, (_, expected) in TAKEN.items():
        assert expected in texts[name]
        assert not set(texts[name]) & {"\r", "\x1b", "\ufeff", "\x00"}


def test_files_that_hold_no_text_are_refused_in_a_sentence(tmp_path: Path) -> None:
    for name, data in REFUSED.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_bytes(b"Good news.\n")
    done = command(tmp_path, "-L", "x.db", "add", *REFUSED, "good.txt")
    assert done.returncode == 4
    said = done.stderr.decode().splitlines()
    assert len(said) == len(REFUSED)
    for name, sentence in zip(REFUSED, said, strict=True):
        assert name in sentence
    assert "1 document" in done.stdout.decode()


@pytest.mark.parametrize("words", ["NEAR(", '" AND [bold', "\x1b[2Jgone*"])
def test_no_query_is_a_fault(tmp_path: Path, words: str) -> None:
    (tmp_path / "one.txt").write_bytes(b"Near the pier a ferry waited.\n")
    command(tmp_path, "-L", "x.db", "add", "--no-entities", "one.txt")
    done = command(tmp_path, "-L", "x.db", "search", "--", words)
    assert done.returncode in (0, 1, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
