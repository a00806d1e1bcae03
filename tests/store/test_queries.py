"""Saved queries: kept by name, used by name, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from shelf import add_text

from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.errors import NotFound, UsageError
from store.library import Library


@pytest.fixture
def tagged(library: Library) -> Library:
    """One document; annotation 1 bears who, 2 bears what and who/groups."""
    document = add_text(library, "They said yes. Some left.")
    library.annotations.create(document, Passage(0, 4), tags=["who"])
    library.annotations.create(
        document, Passage(5, 13), tags=["what", "who/groups"], note="!"
    )
    return library


def found(library: Library, query: str, **more: Any) -> list[int]:
    return list(library.annotations.ids(AnnotationFilter(query=query, **more)))


def test_a_query_is_saved_and_asked_by_name(tagged: Library) -> None:
    kept = tagged.queries.save("  Who   not what ", " who  and not what ")
    assert (kept.name, kept.expression) == ("Who not what", "who and not what")
    assert tagged.queries.list() == [kept]
    assert found(tagged, "who NOT what") == [1]
    assert found(tagged, "Who not what", tag="groups") == []
    filters = AnnotationFilter(query="Who not what")
    assert [one.id for one in tagged.annotations.select(filters)] == [1]


def test_saving_again_replaces(tagged: Library) -> None:
    first = tagged.queries.save("mine", "who")
    second = tagged.queries.save("Mine", "what")
    assert (second.id, second.name, second.expression) == (first.id, "Mine", "what")
    assert found(tagged, "mine") == [2]
    tagged.history.undo()
    assert found(tagged, "mine") == [1, 2]


def test_dropping_can_be_undone(tagged: Library) -> None:
    kept = tagged.queries.save("mine", "who")
    assert tagged.queries.drop("MINE") == kept
    assert tagged.queries.list() == []
    with pytest.raises(NotFound, match="There is no saved query mine"):
        found(tagged, "mine")
    tagged.history.undo()
    assert tagged.queries.list() == [kept]


def test_an_unknown_name_is_refused_with_the_nearest(tagged: Library) -> None:
    tagged.queries.save("silences", "who")
    with pytest.raises(NotFound, match="Did you mean: silences"):
        tagged.queries.get("silence")


@pytest.mark.parametrize(
    ("name", "expression"),
    [("", "who"), ("x" * 81, "who"), ("a\x1bb", "who"), ("x", ""), ("x", "who and")],
)
def test_what_cannot_be_kept(tagged: Library, name: str, expression: str) -> None:
    with pytest.raises(UsageError):
        tagged.queries.save(name, expression)
    assert tagged.queries.list() == []


def test_only_known_kinds(tagged: Library) -> None:
    with pytest.raises(UsageError):
        tagged.queries.save("x", "y", kind="nothing")
    tagged.queries.save("mine", "any words", kind="search")
    assert tagged.queries.list() == []
    assert [one.name for one in tagged.queries.list("search")] == ["mine"]


def test_a_query_whose_tag_is_gone_says_which(tagged: Library) -> None:
    tagged.queries.save("mine", "what or who")
    tagged.codebook.delete("what")
    with pytest.raises(UsageError, match=r"The saved query mine: .* no tag what"):
        found(tagged, "mine")


def test_another_window_sees_it(
    tagged: Library, make_library: Callable[..., Library]
) -> None:
    other = make_library(coder="second")
    tagged.queries.save("mine", "what")
    assert found(other, "mine") == [2]


def test_a_query_goes_on_meaning_its_tags_when_they_are_renamed(
    tagged: Library,
) -> None:
    tagged.codebook.add("who/others")
    tagged.queries.save("mine", "groups and not who/others")
    assert found(tagged, "mine") == [2]
    tagged.codebook.rename("who/groups", "two words")
    assert tagged.queries.get("mine").expression == (
        '"who/two words" and not who/others'
    )
    assert found(tagged, "mine") == [2]
    tagged.codebook.rename("who", "actors")
    tagged.codebook.move("actors/two words", "what")
    assert tagged.queries.get("mine").expression == (
        '"what/two words" and not actors/others'
    )
    assert found(tagged, "mine") == [2]
    for _ in range(3):
        tagged.history.undo()
    assert tagged.queries.get("mine").expression == "groups and not who/others"
    assert found(tagged, "mine") == [2]
    tagged.history.redo()
    assert found(tagged, "mine") == [2]


def test_a_name_that_is_still_right_stays_as_it_was_typed(tagged: Library) -> None:
    tagged.queries.save("mine", "NOT groups")
    tagged.codebook.rename("who", "actors")
    assert tagged.queries.get("mine").expression == "NOT groups"
    tagged.codebook.rename("what", "groups")
    assert tagged.queries.get("mine").expression == "NOT actors/groups"


def test_a_query_follows_merged_tags_and_what_is_below_them(tagged: Library) -> None:
    tagged.codebook.add("what/groups")
    tagged.queries.save("mine", "who/groups near:5 who")
    tagged.codebook.merge("what", ["who"])
    assert tagged.queries.get("mine").expression == "what/groups near:5 what"
    tagged.history.undo()
    assert tagged.queries.get("mine").expression == "who/groups near:5 who"
    tagged.codebook.delete("who")
    assert tagged.queries.get("mine").expression == "who/groups near:5 who"
    with pytest.raises(UsageError, match="here is no tag"):
        found(tagged, "mine")
