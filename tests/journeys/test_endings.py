"""Every way a window can end: killed, hung up, told to end; and two at once."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.library import Library

from .terminal import Terminal, command

TEXT = (
    "The ferry was late again. Nobody at the pier could say why.\n\n"
    "The harbour master promised an answer by Friday. It did not come.\n"
)
ENDINGS = {"hung up": 129, "told to end": 143}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person with one document in the library ``x.db``."""
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    done = command(tmp_path, "-L", "x.db", "add", "ferry.txt")
    assert done.returncode == 0, done.stderr
    return tmp_path


def reading(home: Path, size: tuple[int, int] = (80, 24)) -> Terminal:
    """A window that shows the document."""
    window = Terminal(home, "-L", "x.db", size=size)
    window.wait_for(r"Documents · 1")
    window.press("enter")
    window.wait_for(r"\d words")
    return window


def stored(home: Path) -> list[dict[str, Any]]:
    """What another program finds in the library."""
    done = command(home, "-L", "x.db", "annotations", "-f", "json")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def write_note(window: Terminal, note: str) -> None:
    """Open the form on the sentence at the cursor and type a note."""
    window.press("a")
    window.wait_for("New annotation")
    window.press("tab")
    window.type(note)
    window.wait_for(note)


KILLS = int(os.environ.get("POSTILLA_KILLS", "4"))


def test_what_was_shown_as_saved_survives_every_kill(home: Path) -> None:
    for number in range(KILLS):
        with reading(home) as window:
            window.press("v", *["l"] * number)  # another passage each time
            write_note(window, f"note {number}")
            window.press("ctrl+s")
            window.wait_for("Annotation saved")
            window.kill()
    notes = {one["note"] for one in stored(home)}
    assert notes == {f"note {number}" for number in range(KILLS)}
    checked = command(home, "-L", "x.db", "check")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_being_written_is_offered_again(home: Path, ending: str) -> None:
    with reading(home) as window:
        window.press(")")
        write_note(window, "half a thought")
        status = window.close() if ending == "hung up" else window.terminate()
        assert status == ENDINGS[ending]
    with Terminal(home, "-L", "x.db", size=(80, 24)) as window:
        window.wait_for("An annotation was not saved")
        window.wait_for("half a thought")
        window.press("y")
        window.wait_for("not saved last time")
        window.wait_for("half a thought")
        window.press("ctrl+s")
        window.wait_for("Annotation saved")
        window.press("Q")
        assert window.wait_end() == 0
    (kept,) = stored(home)
    assert kept["note"] == "half a thought"
    assert kept["quote"] == "Nobody at the pier could say why."
    with Library(home / "x.db") as library:  # and is not offered a second time
        assert not library.drafts.left()


def drafts(home: Path) -> list[str]:
    """The notes being written, as another program finds them in the file."""
    with closing(sqlite3.connect(home / "x.db")) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM drafts")]


def test_what_was_typed_a_second_ago_survives_a_kill(home: Path) -> None:
    note = "a thought that nobody saved, typed to its end"
    with reading(home) as window:
        window.press(")")
        write_note(window, note)
        took = window.wait_until(lambda: drafts(home) == [note], "the draft")
        assert took < 2
        window.type(", or nearly so")
        whole = note + ", or nearly so"
        took = window.wait_until(lambda: drafts(home) == [whole], "the rest of it")
        assert took < 2
        window.kill()
    with Terminal(home, "-L", "x.db", size=(80, 24)) as window:
        window.wait_for("An annotation was not saved")
        window.press("y")
        window.wait_for("not saved last time")
        window.wait_for("or nearly so")
        window.press("ctrl+s")
        window.wait_for("Annotation saved")
        window.press("Q")
        assert window.wait_end() == 0
    (kept,) = stored(home)
    assert kept["note"] == whole
    assert kept["quote"] == "Nobody at the pier could say why."


def test_what_is_edited_in_the_list_survives_a_kill(home: Path) -> None:
    given = ("4:9", "--note", "before", "--tag", "ferries")
    done = command(home, "-L", "x.db", "annotate", "1", *given)
    assert done.returncode == 0, done.stderr
    with reading(home, (120, 30)) as window:
        window.press("4")
        window.wait_for(r"\[4 Annotations\]")
        window.wait_for("annotated by")
        window.press("e")
        window.wait_for("Edit annotation")
        window.press("tab")
        window.type(" and after")
        wanted = ["before and after"]
        took = window.wait_until(lambda: drafts(home) == wanted, "the draft")
        assert took < 2
        window.kill()
    with Terminal(home, "-L", "x.db", size=(120, 30)) as window:
        window.wait_for("An annotation was not saved")
        window.press("y")
        window.wait_for("not saved last time")
        window.press("ctrl+s")
        window.wait_for("Annotation saved")
        window.kill()
    (kept,) = stored(home)
    assert (kept["note"], kept["tags"]) == ("before and after", ["ferries"])


EDITOR = """
import sys
from pathlib import Path
file = Path(sys.argv[1])
print("THE EDITOR HAS", file.read_text(), flush=True)
input()
file.write_text(file.read_text() + " and more")
"""


def test_a_note_written_in_an_editor_outside(home: Path) -> None:
    (home / "editor.py").write_text(EDITOR, encoding="utf-8")
    variables = {"VISUAL": f"{sys.executable} {home / 'editor.py'}"}
    with Terminal(home, "-L", "x.db", size=(80, 24), variables=variables) as window:
        window.wait_for(r"Documents · 1")
        window.press("enter")
        window.wait_for(r"\d words")
        write_note(window, "thought")
        window.press("ctrl+e")
        window.wait_for("THE EDITOR HAS thought")
        window.wait_until(lambda: drafts(home) == ["thought"], "the draft")
        window.press("enter")
        window.wait_for("thought and more")
        window.wait_for("New annotation")
        window.press("!", "ctrl+s")
        window.wait_for("Annotation saved")
        window.press("Q")
        assert window.wait_end() == 0
    (kept,) = stored(home)
    assert kept["note"] == "thought and more!"


def test_a_window_that_is_told_to_end_leaves_the_terminal_clean(home: Path) -> None:
    with reading(home) as window:
        assert window.terminate() == 143
        assert b"\x1b[?1049l" in window.raw[-400:]
        assert b"Traceback" not in window.raw


def test_a_window_whose_terminal_is_gone_ends_untold(home: Path) -> None:
    with Terminal(home, "-L", "x.db", is_told=False) as window:
        window.wait_for("Documents · 1")
        assert window.close() == 129


def test_two_windows_and_the_command_line_share_a_library(home: Path) -> None:
    with reading(home, (120, 30)) as one, reading(home, (120, 30)) as two:
        write_note(one, "from the first window")
        one.press("ctrl+s")
        one.wait_for("Annotation saved")
        two.wait_for("from the first window")

        two.press(")")
        write_note(two, "from the second window")
        done = command(
            *(home, "-L", "x.db", "annotate", "1", "--note", "from the command line"),
        )
        assert done.returncode == 0, done.stderr
        one.wait_for("from the command line")
        two.press("ctrl+s")
        two.wait_for("Annotation saved")
        for window in (one, two):
            window.wait_for(r"in this document · 3")
            window.wait_for("from the second window")
            window.press("Q")
            assert window.wait_end() == 0
    assert {one["note"] for one in stored(home)} == {
        "from the first window",
        "from the second window",
        "from the command line",
    }
