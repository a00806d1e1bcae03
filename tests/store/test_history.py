"""The history: pages of it, back to any point, one act alone, who stands in the way."""

from __future__ import annotations

import pytest
import shelf

from store.annotations import Passage
from store.errors import Conflict, NotFound, NothingToDo, UsageError
from store.library import Library

TEXT = "The harbour council met on Monday."


@pytest.fixture
def here(make_library: shelf.MakeLibrary) -> Library:
    """The first window, with five acts."""
    library = make_library()
    shelf.add_text(library, TEXT)
    for note in "abc":
        library.annotations.create(1, note=note)
    library.annotations.tag([1, 2, 3], ["t"])
    library.annotations.edit(1, note="A")
    return library


@pytest.fixture
def there(here: Library, make_library: shelf.MakeLibrary) -> Library:
    """A second window of the same coder."""
    return make_library()


@pytest.fixture
def other(here: Library, make_library: shelf.MakeLibrary) -> Library:
    """A window of another coder."""
    return make_library(coder="Zoe")


def notes(library: Library) -> str:
    return "".join(one.note for one in library.annotations.select())


def undone(library: Library) -> list[bool]:
    """Of each act whether it is undone, oldest first."""
    return [one.undone for one in reversed(library.history.entries())]


def test_pages_of_it(here: Library, there: Library, other: Library) -> None:
    other.annotations.create(1, note="d")
    there.annotations.create(1, note="e")
    newest = here.history.entries(2)
    assert [one.id for one in newest] == [7, 6]
    assert [(one.coder, one.here, one.undoable) for one in newest] == [
        ("tester", False, True),
        ("Zoe", False, False),
    ]
    older = here.history.entries(3, before=newest[-1].id)
    assert [(one.id, one.things) for one in older] == [(5, 1), (4, 3), (3, 1)]
    assert all(one.here for one in older)
    mine = here.history.entries(whose="mine")
    assert [one.id for one in mine] == [7, 5, 4, 3, 2, 1]
    window = here.history.entries(whose="window")
    assert [one.id for one in window] == [5, 4, 3, 2, 1]
    assert list(here.history.ids(words="ZOE document")) == [6]
    assert list(here.history.ids("mine", words="with T")) == [4]


def test_back_to_a_point_and_forward(here: Library) -> None:
    first = shelf.visible(here)
    way = here.history.way(2)
    assert (list(way.back), list(way.again)) == ([5, 4, 3], [])
    assert [one.id for one in here.history.jump(2)] == [5, 4, 3]
    assert notes(here) == "ab"
    assert undone(here) == [False, False, True, True, True]
    assert [one.redoable for one in here.history.entries()] == [True] * 3 + [False] * 2
    assert list(here.history.way(4).again) == [3, 4]
    here.history.jump(4)
    assert (notes(here), here.history.here()) == ("abc", 4)
    here.history.jump(0)
    assert (notes(here), here.history.here()) == ("", 0)
    here.history.redo_to(5)
    assert shelf.visible(here) == first
    assert shelf.index_problems(here) == []


def test_there_already_or_nowhere(here: Library, other: Library) -> None:
    with pytest.raises(NothingToDo, match="Nothing was done since"):
        here.history.jump(5)
    with pytest.raises(NothingToDo, match="nothing to undo on the way"):
        here.history.undo_to(5)
    with pytest.raises(NothingToDo, match="nothing to redo on the way"):
        here.history.redo_to(3)
    with pytest.raises(NotFound, match="no act 99"):
        here.history.jump(99)
    theirs = other.annotations.create(1, note="d")
    other.history.undo()
    with pytest.raises(UsageError, match="Only Zoe can"):
        here.history.jump(6)
    assert theirs.coder == "Zoe"


def test_several_steps(here: Library) -> None:
    assert [one.id for one in here.history.undo_steps(2)] == [5, 4]
    assert [one.id for one in here.history.redo_steps(1)] == [4]
    assert [one.id for one in here.history.redo_steps(9)] == [5]
    assert len(here.history.undo_steps(9)) == 5
    with pytest.raises(NothingToDo):
        here.history.undo_steps(1)


def test_a_way_that_is_barred_changes_nothing(here: Library, other: Library) -> None:
    other.annotations.edit(2, note="B")
    before = shelf.visible(here)
    with pytest.raises(Conflict) as refused:
        here.history.jump(0)
    assert str(refused.value) == (
        "Not taken back: annotated document 1. The annotation was changed since by"
        ' Zoe: edited annotation "".'
    )
    assert shelf.visible(here) == before
    assert not any(undone(here))
    here.history.jump(2)
    assert notes(here) == "aB"


def test_one_act_alone(here: Library) -> None:
    here.annotations.edit(2, note="B")
    assert here.history.undo_only(5).undone
    assert notes(here) == "aBc"
    with pytest.raises(NothingToDo, match="undone already"):
        here.history.undo_only(5)
    with pytest.raises(Conflict, match="in this window: tagged 3"):
        here.history.undo_only(3)
    assert not here.history.redo_only(5).undone
    assert notes(here) == "ABc"
    with pytest.raises(NothingToDo, match="was not undone"):
        here.history.redo_only(5)


def test_redo_takes_what_was_undone_last(here: Library) -> None:
    here.annotations.edit(2, note="B")
    here.history.undo_only(5)
    here.history.undo()
    assert notes(here) == "abc"
    assert [here.history.redo().id, here.history.redo().id] == [6, 5]


def test_what_was_ended_stays_in_the_history(here: Library) -> None:
    here.history.undo()
    here.annotations.create(1, note="d")
    with pytest.raises(UsageError, match="Something new was done since"):
        here.history.jump(5)
    ended = here.history.entries(2)[1]
    assert (ended.id, ended.undone, ended.redoable, ended.things) == (5, True, False, 1)


def test_undo_goes_past_what_is_refused(here: Library, other: Library) -> None:
    other.annotations.edit(1, note="hers")
    with pytest.raises(Conflict, match="Undo again goes past it"):
        here.history.undo()
    assert here.history.undo().id == 4
    other.history.undo()
    assert here.history.undo().id == 5, "what stood in the way is gone"


def test_past_everything_that_is_refused(here: Library, other: Library) -> None:
    here.history.jump(1)
    other.annotations.edit(1, note="hers")
    for _ in range(2):
        with pytest.raises(Conflict, match="by Zoe"):
            here.history.undo()
    here.annotations.create(1, note="new")
    assert here.history.undo().id == 7


def test_a_window_without_acts_points_to_the_history(there: Library) -> None:
    with pytest.raises(NothingToDo, match="the history has what was done before"):
        there.history.undo()


def test_independent_changes_of_one_thing(here: Library, there: Library) -> None:
    """One window tagged an annotation whose note the other changed."""
    there.annotations.tag([1], ["theirs"])
    modified = here.annotations.get(1).modified
    here.history.undo()
    now = here.annotations.get(1)
    assert (now.note, now.tags) == ("a", ("t", "theirs"))
    assert now.modified == modified, "it was changed later, elsewhere"


def test_a_draft_outlives_the_annotation_it_was_about(
    here: Library, there: Library
) -> None:
    there.drafts.keep(
        1, annotation=3, start=None, end=None, note="half a thought", tags=[]
    )
    here.history.jump(2)
    kept = here.core.reader.execute("SELECT annotation, note FROM drafts").fetchall()
    assert kept == [(None, "half a thought")]


def test_an_annotation_that_followed_its_text(here: Library) -> None:
    """It can be taken back, and comes back where it stood last."""
    same = shelf.incoming(TEXT, identity="same")
    shelf.add(here, same)
    made = here.annotations.create(2, Passage(4, 11))
    shelf.add(here, shelf.incoming(f"Today. {TEXT}", identity="same"))
    here.history.undo()
    here.history.redo()
    again = here.annotations.get(made.id)
    assert (again.start, again.quote) == (11, "harbour")
    here.history.undo()
    shelf.add(here, shelf.incoming(f"Late. {TEXT}", identity="same"))
    with pytest.raises(Conflict, match="The text of its document was changed since"):
        here.history.redo()


def test_blind_coders_do_not_read_each_others_acts(
    here: Library, other: Library
) -> None:
    other.annotations.create(1, Passage(4, 11), note="d")
    other.annotations.edit(1, note="hers")
    here.coders.set_blind(True)
    theirs = [one for one in here.history.entries() if one.coder == "Zoe"]
    assert {one.act for one in theirs} == {"(not shown while coding is blind)"}
    assert list(here.history.ids(words="harbour")) == []
    assert len(here.history.ids(words="zoe")) >= 2
    with pytest.raises(Conflict, match=r"by Zoe: \(not shown"):
        here.history.undo_only(5)


def test_two_changes_of_a_title_are_one_in_the_index(here: Library) -> None:
    here.documents.correct(1, {"title": "Second"})
    here.documents.correct(1, {"title": "Third"})
    here.history.jump(5)
    assert shelf.index_problems(here) == []
    here.history.jump(7)
    assert shelf.index_problems(here) == []
    assert here.documents.get(1).title == "Third"
