"""The codebook: a tree of tags that stays a tree."""

from __future__ import annotations

from typing import Any

import pytest
import shelf

from store.annotations import Passage
from store.errors import Conflict, NotFound, PostillaError, UsageError
from store.library import Library


def paths(library: Library) -> list[str]:
    return [tag.path for tag in library.codebook.tags()]


@pytest.fixture
def tagged(library: Library) -> Library:
    """A small tree, and annotations that bear it."""
    shelf.add_text(library, "The harbour council met on Monday.")
    for path in ("actors/firms", "actors/unions", "claims"):
        library.codebook.add(path)
    library.annotations.create(1, Passage(0, 3), tags=["actors/firms"])
    library.annotations.create(1, Passage(4, 11), tags=["actors/firms", "claims"])
    library.annotations.create(1, Passage(4, 11), tags=["actors/unions"])
    return library


def test_the_tree_in_order_with_counts(tagged: Library) -> None:
    assert [
        (tag.path, tag.annotations, tag.documents) for tag in tagged.codebook.tags()
    ] == [
        ("actors", 0, 0),
        ("actors/firms", 2, 1),
        ("actors/unions", 1, 1),
        ("claims", 1, 1),
    ]


def test_tags_are_found_by_what_people_write(tagged: Library) -> None:
    firms = tagged.codebook.get("actors/firms")
    for one in (
        firms.id,
        str(firms.id),
        firms.guid,
        "firms",
        "ACTORS/Firms",
        "/firms/",
    ):
        assert tagged.codebook.get(one) == firms


def test_adding_is_exact_and_keeps_what_is_there(tagged: Library) -> None:
    assert tagged.codebook.add("actors/Firms", "Who sells").definition == "Who sells"
    top = tagged.codebook.add("firms", colour=3, marker="f", memo="m")
    assert (top.path, top.colour, top.marker, top.memo) == ("firms", 3, "f", "m")
    assert paths(tagged) == [
        "actors",
        "actors/firms",
        "actors/unions",
        "claims",
        "firms",
    ]
    tagged.codebook.add("more/firms")
    with pytest.raises(NotFound, match="More than one tag is called FIRMS"):
        tagged.codebook.delete("firms")
        tagged.codebook.add("claims/firms")
        tagged.codebook.get("FIRMS")
    assert tagged.annotations.create(1, tags=["unions"]).tags == ("actors/unions",)


@pytest.mark.parametrize(
    "values",
    [{"colour": 8}, {"colour": "red"}, {"marker": "ab"}, {"marker": "1"}, {"size": 3}],
)
def test_impossible_values_are_refused(tagged: Library, values: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        tagged.codebook.define("claims", **values)
    with pytest.raises(UsageError):
        tagged.codebook.add("fresh", **values)
    with pytest.raises(NotFound):
        tagged.codebook.get("fresh")


def test_a_marker_belongs_to_one_tag(tagged: Library) -> None:
    tagged.codebook.define("claims", marker="c")
    with pytest.raises(UsageError, match="The marker c belongs to the tag claims"):
        tagged.codebook.define("firms", marker="c")
    tagged.codebook.define("claims", marker=None)
    assert tagged.codebook.define("firms", marker="c").marker == "c"


def test_renaming_changes_paths_below_and_what_is_found(tagged: Library) -> None:
    tagged.codebook.rename("actors", "  who   acts ")
    assert paths(tagged)[:2] == ["who acts", "who acts/firms"]
    assert tagged.annotations.get(1).tags == ("who acts/firms",)
    assert shelf.index_problems(tagged) == []
    with pytest.raises(UsageError, match="merge them instead"):
        tagged.codebook.rename("firms", "UNIONS")
    tagged.codebook.rename("firms", "Firms")
    assert tagged.codebook.get("firms").name == "Firms"


def test_moving_below_itself_or_onto_a_namesake_is_refused(tagged: Library) -> None:
    with pytest.raises(UsageError, match="cannot be moved below itself"):
        tagged.codebook.move("actors", "firms")
    with pytest.raises(UsageError, match="cannot be moved below itself"):
        tagged.codebook.move("actors", "actors")
    tagged.codebook.add("claims/firms")
    with pytest.raises(UsageError, match="merge them instead"):
        tagged.codebook.move("actors/firms", "claims")
    assert tagged.codebook.move("claims/firms", None).path == "firms"


def test_trees_deeper_than_twelve_are_refused(library: Library) -> None:
    library.codebook.add("a/b/c/d/e/f/g")
    library.codebook.add("1a/b/c/d/e/f")
    with pytest.raises(PostillaError, match="at most twelve"):
        library.codebook.move("1a", "a/b/c/d/e/f/g")
    assert library.codebook.move("1a", "a/b/c/d/e/f").path.count("/") == 6


def test_merging_moves_taggings_and_children(tagged: Library) -> None:
    tagged.codebook.add("claims/firms/small")
    tagged.codebook.merge("claims", ["actors"])
    assert paths(tagged) == [
        "claims",
        "claims/unions",
        "claims/firms",
        "claims/firms/small",
    ]
    assert [one.tags for one in tagged.annotations.select()] == [
        ("claims/firms",),
        ("claims", "claims/firms"),
        ("claims/unions",),
    ]
    assert shelf.index_problems(tagged) == []
    tagged.history.undo()
    assert tagged.codebook.get("actors/firms").annotations == 2
    assert shelf.index_problems(tagged) == []


def test_whoever_had_both_keeps_one(tagged: Library) -> None:
    tagged.codebook.merge("claims", ["firms", "unions"])
    assert paths(tagged) == ["actors", "claims"]
    assert [one.tags for one in tagged.annotations.select()] == [("claims",)] * 3


def test_a_child_with_the_name_of_the_one_that_goes(library: Library) -> None:
    shelf.add_text(library, "Text.")
    library.codebook.add("a/b/b/c")
    library.annotations.create(1, tags=["a/b"])
    library.annotations.create(1, tags=["a/b/b"])
    before = shelf.visible(library)
    library.codebook.merge("a", ["a/b"])
    assert paths(library) == ["a", "a/b", "a/b/c"]
    assert [one.tags for one in library.annotations.select()] == [("a",), ("a/b",)]
    library.history.undo()
    assert shelf.visible(library) == before
    library.history.redo()
    assert library.codebook.get("a/b").name == "b"


@pytest.mark.parametrize(("keep", "other"), [("firms", "actors"), ("claims", "claims")])
def test_impossible_merges_are_refused(tagged: Library, keep: str, other: str) -> None:
    with pytest.raises(UsageError, match="cannot be merged"):
        tagged.codebook.merge(keep, [other])


def test_deleting_takes_what_is_below_and_undo_brings_it_back(tagged: Library) -> None:
    before = shelf.visible(tagged)
    tagged.codebook.delete("actors")
    assert paths(tagged) == ["claims"]
    assert [one.tags for one in tagged.annotations.select()] == [(), ("claims",), ()]
    assert shelf.index_problems(tagged) == []
    tagged.history.undo()
    assert shelf.visible(tagged) == before


def test_two_windows_cannot_tie_the_tree_in_a_knot(
    make_library: shelf.MakeLibrary,
) -> None:
    here, there = make_library(), make_library()
    here.codebook.add("a/b")
    here.codebook.move("b", None)
    there.codebook.move("a", "b")
    with pytest.raises(Conflict, match="cannot hang below itself"):
        here.history.undo()
    assert paths(here) == ["b", "b/a"]
    assert paths(there) == ["b", "b/a"]


def test_a_parent_that_another_window_deleted(
    make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = make_library(), make_library()
    here.codebook.add("a")
    here.codebook.add("b")
    act = here.core.act

    def late(words: str, work: Any) -> object:
        there.codebook.delete("b")
        return act(words, work)

    monkeypatch.setattr(here.core, "act", late)
    with pytest.raises(NotFound):
        here.codebook.move("a", "b")
