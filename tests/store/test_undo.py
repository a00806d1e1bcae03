"""Undo and redo: several steps, in bulk, after a restart, beside another window."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import shelf

from store.annotations import Passage
from store.errors import Conflict, NothingToDo
from store.library import Library

TEXT = "The harbour council met on Monday."


@pytest.fixture
def here(make_library: shelf.MakeLibrary) -> Library:
    """The first window."""
    library = make_library()
    shelf.add_text(library, TEXT)
    return library


@pytest.fixture
def there(here: Library, make_library: shelf.MakeLibrary) -> Library:
    """A second window of the same coder."""
    return make_library()


def notes(library: Library) -> list[str]:
    return [one.note for one in library.annotations.select()]


def test_nothing_to_undo_or_redo(here: Library) -> None:
    with pytest.raises(NothingToDo, match="nothing to undo") as undo:
        here.history.undo()
    assert undo.value.status == 1
    with pytest.raises(NothingToDo, match="nothing to redo"):
        here.history.redo()


def test_steps_back_and_forth_keep_ids_and_guids(here: Library) -> None:
    first = here.annotations.create(1, Passage(0, 3), note="a", tags=["x/y"])
    edited = here.annotations.edit(1, note="b", tags=["z"])
    change = here.history.undo()
    assert (change.act, change.undone) == ('edited annotation "The"', True)
    assert here.annotations.get(1) == first
    assert [tag.path for tag in here.codebook.tags()] == ["x", "x/y"]
    here.history.undo()
    assert notes(here) == []
    assert here.codebook.tags() == []
    here.history.redo()
    assert here.annotations.get(1) == first
    here.history.redo()
    assert here.annotations.get(1) == edited
    with pytest.raises(NothingToDo):
        here.history.redo()
    assert shelf.index_problems(here) == []


def test_something_new_ends_what_could_be_redone(here: Library) -> None:
    here.annotations.create(1, note="a")
    here.history.undo()
    here.annotations.create(1, note="b")
    with pytest.raises(NothingToDo):
        here.history.redo()
    here.history.undo()
    assert [one.undone for one in here.history.entries()] == [True, True]
    here.history.redo()
    assert notes(here) == ["b"]


def test_commands_one_after_the_other(
    here: Library, make_library: shelf.MakeLibrary
) -> None:
    """Each command is a window of its own, and those before it are closed."""

    def closed(library: Library) -> None:
        def change(pen: Any) -> None:
            pen.connection.execute(
                "UPDATE changes SET window = ?", [f"{socket.gethostname()}:999999999:x"]
            )

        library.core.writer.run(change)

    here.annotations.create(1, note="a")
    closed(here)
    make_library().history.undo(everywhere=True)
    make_library().annotations.create(1, note="b")
    closed(here)
    make_library().history.undo(everywhere=True)
    make_library().history.redo(everywhere=True)
    assert notes(here) == ["b"]


def test_a_restart_forgets_nothing(
    here: Library, make_library: shelf.MakeLibrary
) -> None:
    here.annotations.create(1, note="a")
    here.annotations.create(1, note="b")
    here.close()
    again = make_library()
    with pytest.raises(NothingToDo):
        again.history.undo()
    assert again.history.undo(everywhere=True).act == "annotated document 1"
    assert notes(again) == ["a"]
    again.history.redo(everywhere=True)
    assert notes(again) == ["a", "b"]


def test_a_window_takes_back_only_its_own(here: Library, there: Library) -> None:
    here.annotations.create(1, note="here")
    there.annotations.create(1, note="there")
    here.history.undo()
    assert notes(there) == ["there"]
    there.history.undo(everywhere=True)
    assert notes(here) == []


def test_another_coder_is_left_alone(
    here: Library, make_library: shelf.MakeLibrary
) -> None:
    other = make_library(coder="second")
    other.annotations.create(1, note="second's")
    with pytest.raises(NothingToDo):
        here.history.undo(everywhere=True)
    assert [one.coder for one in here.history.entries()] == ["second"]


def test_what_another_window_changed_is_not_taken_back(
    here: Library, there: Library
) -> None:
    here.annotations.create(1, Passage(0, 3), note="a")
    there.annotations.edit(1, note="b")
    with pytest.raises(
        Conflict, match="The annotation was changed since by you in another window: ed"
    ):
        here.history.undo()
    assert notes(here) == ["b"]
    there.history.undo()
    here.history.undo()
    assert notes(here) == []


def test_a_refused_undo_changes_nothing_at_all(here: Library, there: Library) -> None:
    for note in ("a", "b", "c"):
        here.annotations.create(1, note=note)
    here.annotations.tag([1, 2, 3], ["t"])
    there.annotations.untag([1], ["t"])
    before = shelf.visible(here)
    with pytest.raises(Conflict):
        here.history.undo()
    assert shelf.visible(here) == before
    assert shelf.index_problems(here) == []


def test_tags_that_others_use_meanwhile_stay(here: Library, there: Library) -> None:
    here.codebook.add("fresh")
    there.annotations.create(1, note="there", tags=["fresh"])
    with pytest.raises(Conflict, match="It has been used since by you in another"):
        here.history.undo()
    there.codebook.add("fresh/below")
    there.history.undo()
    there.history.undo()
    here.history.undo()
    assert here.codebook.tags() == []


def test_an_annotation_that_others_tagged_stays(here: Library, there: Library) -> None:
    """Taking the annotation back would take the other coder's tag along."""
    here.annotations.create(1, note="whole")
    there.annotations.tag_documents([1], ["theirs"])
    with pytest.raises(Conflict):
        here.history.undo()
    assert here.annotations.get(1).tags == ("theirs",)


def test_a_bulk_act_is_one_step(here: Library) -> None:
    more = [shelf.add_text(here, f"Text {number}.") for number in range(20)]
    here.annotations.tag_documents(more, ["bulk"])
    assert len(here.history.entries()) == 1
    here.history.undo()
    assert here.annotations.select() == []


def test_a_name_that_was_taken_meanwhile_refuses_the_undo(
    here: Library, there: Library
) -> None:
    here.codebook.add("old")
    here.codebook.rename("old", "new")
    there.codebook.add("old")
    with pytest.raises(Conflict):
        here.history.undo()
    assert [tag.path for tag in here.codebook.tags()] == ["new", "old"]


def test_the_history_in_words(here: Library) -> None:
    here.annotations.create(1, Passage(4, 34), note="a", tags=["t"])
    here.annotations.edit(1, passage=Passage(0, 34))
    here.annotations.delete([1])
    here.codebook.rename("t", "u")
    assert [one.act for one in here.history.entries(limit=3)] == [
        "renamed tag t to u",
        'deleted annotation "The harbour council met on Monday."',
        'edited annotation "harbour council met on Monday."',
    ]
