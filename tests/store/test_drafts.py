"""Drafts: what was being written is there again, once, for whoever comes next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import shelf

from store.core import is_open, window_name
from store.library import Library

WRITES = """
import sys
from store.library import Library
library = Library(sys.argv[1], coder="writer")
library.drafts.keep(1, start=4, end=11, note="half a tho", tags=["a", "b/c"])
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def writing(library: Library) -> subprocess.Popen[str]:
    """Another process that is writing a note."""
    shelf.add_text(library, "The harbour council met.")
    child = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(library.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "kept\n"
    return child


def end(child: subprocess.Popen[str]) -> None:
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()


def test_a_draft_is_offered_when_its_window_died_and_not_before(
    library: Library, writing: subprocess.Popen[str]
) -> None:
    assert library.drafts.left() == []
    end(writing)
    (draft,) = library.drafts.left()
    assert (draft.document, draft.start, draft.end) == (1, 4, 11)
    assert (draft.note, draft.tags, draft.annotation) == (
        "half a tho",
        ("a", "b/c"),
        None,
    )
    library.drafts.take_over(draft.id)
    assert library.drafts.left() == []
    library.drafts.keep(1, start=4, end=11, note="half a thought", tags=[])
    library.drafts.clear()
    assert library.drafts.left() == []


def test_a_draft_can_be_discarded(
    library: Library, writing: subprocess.Popen[str]
) -> None:
    end(writing)
    (draft,) = library.drafts.left()
    library.drafts.discard(draft.id)
    assert library.drafts.left() == []


def test_a_window_keeps_one_draft_and_does_not_see_it_as_left(library: Library) -> None:
    shelf.add_text(library, "The harbour council met.")
    for note in ("a", "ab", "abc"):
        library.drafts.keep(1, start=None, end=None, note=note, tags=[])
    rows = library.core.reader.execute("SELECT note FROM drafts").fetchall()
    assert rows == [("abc",)]
    assert library.drafts.left() == []
    assert library.history.entries() == []


def test_taking_over_the_own_draft_loses_nothing(library: Library) -> None:
    shelf.add_text(library, "The harbour council met.")
    library.drafts.keep(1, start=None, end=None, note="mine", tags=[])
    library.drafts.take_over(1)
    rows = library.core.reader.execute("SELECT note FROM drafts").fetchall()
    assert rows == [("mine",)]


def test_drafts_of_removed_documents_are_not_offered(
    make_library: shelf.MakeLibrary, tmp_path: Path
) -> None:
    """A window of this process that was closed counts as ended."""
    gone, library = make_library(), make_library()
    shelf.add_text(library, "The harbour council met.")
    gone.drafts.keep(1, start=0, end=3, note="left", tags=[])
    gone.close()
    assert [one.note for one in library.drafts.left()] == ["left"]
    library.documents.remove([1])
    assert library.drafts.left() == []
    library.history.undo()
    assert [one.note for one in library.drafts.left()] == ["left"]


def test_whether_a_window_is_open() -> None:
    host = window_name().partition(":")[0]
    assert is_open(f"{host}:{os.getppid()}:x")
    assert not is_open(f"{host}:999999999:x")
    assert not is_open("elsewhere:1:x")
    assert not is_open("nonsense")


def test_two_forms_of_a_window_have_a_draft_each(
    make_library: shelf.MakeLibrary,
) -> None:
    gone, library = make_library(), make_library()
    shelf.add_text(library, "The harbour council met.")
    gone.drafts.keep(1, start=0, end=3, note="beside the text", tags=[])
    gone.drafts.keep(1, start=4, end=11, note="in the list", tags=[], form="list")
    assert gone.drafts.left() == []
    gone.drafts.clear("list")
    gone.drafts.keep(1, start=4, end=11, note="again", tags=[], form="list")
    gone.close()
    assert [one.note for one in library.drafts.left()] == ["again", "beside the text"]


def test_a_draft_outlives_the_annotation_it_was_about(
    make_library: shelf.MakeLibrary,
) -> None:
    gone, library = make_library(), make_library()
    shelf.add_text(library, "The harbour council met.")
    gone.drafts.keep(1, start=0, end=3, note="words", tags=[], annotation=77)
    gone.drafts.keep(99, start=0, end=3, note="of no document", tags=[], form="list")
    gone.close()
    (draft,) = library.drafts.left()
    assert (draft.note, draft.annotation) == ("words", None)
