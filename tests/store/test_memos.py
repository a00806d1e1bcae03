"""The memo of the library."""

from __future__ import annotations

import pytest

from store import memos
from store.errors import Conflict
from store.library import Library


def test_it_is_written_replaced_taken_away_and_undone(library: Library) -> None:
    assert memos.read(library.core) == ""
    memos.write(library.core, "First thoughts.\n")
    memos.write(library.core, "Second.")
    memos.write(library.core, "")
    assert memos.read(library.core) == ""
    for text in ("Second.", "First thoughts.\n", ""):
        library.history.undo()
        assert memos.read(library.core) == text
    library.history.redo()
    assert memos.read(library.core) == "First thoughts.\n"


def test_what_another_window_wrote_is_not_replaced_unasked(library: Library) -> None:
    memos.write(library.core, "Theirs.")
    with pytest.raises(Conflict, match="changed in another window"):
        memos.write(library.core, "Mine.", before="")
    assert memos.read(library.core) == "Theirs."
    memos.write(library.core, "Both.", before="Theirs.")
    assert memos.read(library.core) == "Both."
