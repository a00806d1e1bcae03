"""Merging tags: nothing that was put on or written is lost, and undo is exact."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.codebook import MergeCost
from store.errors import UsageError
from store.library import Library

PATHS = (
    *("one", "one/a", "one/a/b", "one/a/a", "two", "two/a"),
    *("three", "three/b", "three/a/b"),
)

Row = tuple[Any, ...]


def rows(library: Library) -> tuple[list[Row], list[Row]]:
    """Every tag and every tagging, with every column."""
    reader = library.core.reader
    return (
        reader.execute("SELECT * FROM tags ORDER BY id").fetchall(),
        reader.execute("SELECT * FROM annotation_tags ORDER BY id").fetchall(),
    )


def taggings(library: Library, path: str) -> list[Row]:
    """Annotation, coder and time of whatever bears a tag itself."""
    return library.core.reader.execute(
        "SELECT t.annotation, c.name, t.created FROM annotation_tags t"
        " JOIN coders c ON c.id = t.coder WHERE t.tag = ? ORDER BY t.annotation, c.id",
        [library.codebook.find(path)],
    ).fetchall()


def test_the_earlier_tagging_stays_for_each_coder(
    make_library: shelf.MakeLibrary,
) -> None:
    anna, ben = make_library(coder="anna"), make_library(coder="ben")
    document = shelf.add_text(anna, "The harbour council met on Monday.")
    one = anna.annotations.create(document, tags=["old"]).id
    anna.annotations.tag([one], ["new"])
    two = anna.annotations.create(document, tags=["new"]).id
    anna.annotations.tag([two], ["old"])
    ben.annotations.create(document, tags=["old"])  # so that Ben is known
    with_old = anna.codebook.find("old")
    anna.core.writer.run(
        lambda pen: pen.connection.execute(
            "INSERT INTO annotation_tags(guid, annotation, tag, coder, created)"
            " SELECT 'g', ?, ?, id, '2027' FROM coders WHERE name = 'ben'",
            [two, with_old],
        )
    )
    (first, _, bens, alone) = taggings(anna, "old")
    (_, second) = taggings(anna, "new")
    before = rows(anna)
    ids = [anna.codebook.find(path) for path in ("new", "old")]
    assert anna.codebook.merge_cost(ids) == MergeCost(annotations=3, both=2)
    anna.codebook.merge("new", ["old"])
    assert taggings(anna, "new") == [first, second, bens, alone]
    anna.history.undo()
    assert rows(anna) == before


def test_what_was_written_goes_to_the_memo(library: Library) -> None:
    library.codebook.add("firms", "Who sells.", memo="Ask Eva.")
    library.codebook.add("actors/firms", "Who makes.", memo="Two views.", marker="f")
    library.codebook.add("actors/firms/small", "Up to ten people.")
    library.codebook.add("firms/small", "Up to fifty.", colour=3)
    library.codebook.add("same", "Who sells.", marker="s")
    kept = library.codebook.merge("firms", ["actors/firms", "same"])
    assert kept.definition == "Who sells."
    assert kept.memo == "Ask Eva.\n\nMerged from actors/firms:\nWho makes.\nTwo views."
    assert kept.marker == "f"
    below = library.codebook.get("firms/small")
    assert (below.definition, below.colour) == ("Up to fifty.", 3)
    assert below.memo == "Merged from actors/firms/small:\nUp to ten people."
    assert [tag.path for tag in library.codebook.tags()] == [
        *("firms", "firms/small", "actors")
    ]
    library.history.undo()
    assert library.codebook.get("actors/firms").marker == "f"
    assert library.codebook.get("firms").memo == "Ask Eva."


def test_a_letter_of_ones_own_is_kept(library: Library) -> None:
    library.codebook.add("a", marker="a")
    library.codebook.add("b", marker="b")
    assert library.codebook.merge("a", ["b"]).marker == "a"
    library.history.undo()
    assert library.codebook.get("b").marker == "b"


def test_a_tag_and_what_is_below_it_in_one_go(library: Library) -> None:
    """Each of them comes to the one that stays, not below it."""
    document = shelf.add_text(library, "Text.")
    library.annotations.create(document, tags=["a/b"])
    library.codebook.add("keep/b")
    library.codebook.merge("keep", ["a", "a/b"])
    assert [tag.path for tag in library.codebook.tags()] == ["keep", "keep/b"]
    assert [one.tags for one in library.annotations.select()] == [("keep",)]


@pytest.fixture(scope="module")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one document, to be copied."""
    path = tmp_path_factory.mktemp("merge") / "small.db"
    with Library(path, create=True, coder="anna") as library:
        shelf.add_text(library, "Acme met Bolt and Cy in the harbour.")
    return path


@given(
    tags=st.lists(st.sampled_from(PATHS), min_size=2, max_size=6, unique=True),
    bearing=st.lists(
        st.tuples(st.sampled_from(["anna", "ben"]), st.sets(st.sampled_from(PATHS))),
        max_size=4,
    ),
    draw=st.data(),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_merge_then_undo_gives_the_same_rows(
    small_library: Path,
    tmp_path: Path,
    tags: list[str],
    bearing: list[tuple[str, set[str]]],
    draw: st.DataObject,
) -> None:
    path = Path(shutil.copy(small_library, tmp_path / "copy.db"))
    try:
        for coder, borne in bearing:
            with Library(path, coder=coder) as library:
                library.annotations.create(1, tags=sorted(borne))
        with Library(path, coder="anna") as library:
            for number, tag in enumerate(tags):
                library.codebook.add(tag, f"Means {tag}", marker="uvwxyz"[number])
            every = [tag.id for tag in library.codebook.tags()]
            keep = draw.draw(st.sampled_from(every))
            others = draw.draw(
                st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True)
            )
            before, seen = rows(library), shelf.visible(library)
            try:
                library.codebook.merge(keep, others)
            except UsageError:
                assert rows(library) == before
                return
            after = rows(library)
            tagged = {one.id for one in seen["annotations"] if one.tags}
            still = {one.id for one in library.annotations.select() if one.tags}
            assert still == tagged
            assert shelf.index_problems(library) == []
            library.history.undo()
            assert rows(library) == before
            assert shelf.visible(library) == seen
            assert shelf.index_problems(library) == []
            library.history.redo()
            assert rows(library) == after
    finally:
        for file in tmp_path.glob("copy.db*"):
            if file.is_file():
                file.unlink()
