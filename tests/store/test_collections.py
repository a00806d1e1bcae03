"""Collections: by hand, living, drawn; what they hold, and how they are asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import shelf
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import MakeLibrary

from store.adding import AddOptions
from store.annotation_rows import AnnotationFilter
from store.document_rows import DocumentFilter
from store.errors import NotFound, UsageError
from store.library import Library
from store.sampling import Candidate, draw, shares


@pytest.fixture
def shelves(library: Library) -> Library:
    """Twelve documents: three sources, two languages, three years."""
    shelf.add(
        library,
        *(
            shelf.incoming(
                f"Text {number}.",
                title=f"Title {number}",
                source=("Post", "Herald", "Mail")[number % 3],
                language=("en", "de")[number % 2],
                published=f"{2024 + number // 4}-05-01",
            )
            for number in range(12)
        ),
    )
    return library


def titles(library: Library, name: str) -> list[str]:
    rows = library.documents.select(DocumentFilter(collection=name), "added")
    return sorted(one.title for one in rows)


def state(library: Library) -> list[object]:
    """What a person sees of collections."""
    return [
        (one, sorted(library.collections.members(one.name)))
        for one in library.collections.list()
    ]


def test_by_hand_is_what_was_put_in(shelves: Library) -> None:
    made = shelves.collections.make("To  read ", documents=[1, 2])
    assert (made.name, made.kind, made.documents) == ("To read", "hand", 2)
    assert shelves.collections.add("To read", [2, 3, 3, 4]) == 2
    assert sorted(shelves.collections.members("to READ")) == [1, 2, 3, 4]
    assert shelves.collections.take_out("To read", [1, 9]) == 1
    assert sorted(shelves.collections.members("To read")) == [2, 3, 4]
    with pytest.raises(NotFound, match="gone"):
        shelves.collections.add("To read", [5, 999])
    assert sorted(shelves.collections.members("To read")) == [2, 3, 4]


def test_what_fits_now_can_be_put_in_at_once(shelves: Library) -> None:
    shelves.collections.make("Posts", DocumentFilter(source="Post"))
    assert len(titles(shelves, "Posts")) == 4
    shelf.add_text(shelves, "New.", source="Post")
    assert len(titles(shelves, "Posts")) == 4


def test_a_living_query_is_asked_whenever_it_is_used(shelves: Library) -> None:
    made = shelves.collections.make("Posts", DocumentFilter(source="Post"), living=True)
    assert (made.kind, made.documents, made.query) == ("query", 4, {"source": "Post"})
    new = shelf.add_text(shelves, "New.", source="Post")
    assert shelves.collections.get("Posts").documents == 5
    shelves.documents.remove([new])
    assert shelves.collections.get("Posts").documents == 4
    with pytest.raises(UsageError, match="living query"):
        shelves.collections.add("Posts", [2])


def test_living_queries_follow_what_they_name(shelves: Library) -> None:
    shelves.annotations.create(1, tags=["blame"])
    tag = shelves.codebook.find("blame")
    shelves.collections.make("blamed", DocumentFilter(tag=tag), living=True)
    inside = DocumentFilter(collection="blamed", source="Post")
    shelves.collections.make("of the Post", inside, living=True)
    shelves.codebook.rename("blame", "fault")
    shelves.collections.rename("blamed", "with blame")
    found = shelves.collections.get("of the Post")
    assert found.query == {"source": "Post", "collection": "with blame"}
    assert shelves.collections.get("with blame").query == {"tag": "fault"}
    assert list(shelves.collections.members("of the Post")) == [1]


def test_a_query_whose_tag_is_gone_says_so(shelves: Library) -> None:
    shelves.annotations.create(1, tags=["blame"])
    tag = shelves.codebook.find("blame")
    shelves.collections.make("blamed", DocumentFilter(tag=tag), living=True)
    inside = DocumentFilter(collection="blamed")
    shelves.collections.make("too", inside, living=True)
    shelves.codebook.delete("blame")
    listed = {one.name: one for one in shelves.collections.list()}
    assert listed["blamed"].problem == "It asks for a tag that is gone."
    assert listed["too"].problem == "It asks for a tag that is gone."
    with pytest.raises(NotFound, match="a tag that is gone"):
        shelves.documents.ids(DocumentFilter(collection="blamed"))
    assert "collection" in shelves.documents.facets()
    shelves.history.undo()
    assert shelves.collections.get("blamed").documents == 1


def test_what_others_ask_for_is_not_dropped(shelves: Library) -> None:
    shelves.collections.make("Posts", documents=[1, 4])
    inside = DocumentFilter(collection="Posts", language="de")
    shelves.collections.make("German", inside, living=True)
    with pytest.raises(UsageError, match="drop German first"):
        shelves.collections.drop("Posts")
    shelves.collections.drop("German")
    assert shelves.collections.drop("Posts").documents == 2
    assert shelves.collections.list() == []


def test_a_circle_is_refused(shelves: Library) -> None:
    """It cannot be made from here; a file changed by other programs may have one."""
    shelves.collections.make("A", documents=[1])
    shelves.collections.make("B", DocumentFilter(collection="A"), living=True)
    guid = shelves.collections.get("B").guid
    shelves.core.writer.run(
        lambda pen: (
            pen.connection.execute(
                "UPDATE collections SET kind = 'query', query = ? WHERE name = 'A'",
                [f'{{"collection": "{guid}"}}'],
            )
            and None
        )
    )
    with pytest.raises(UsageError, match="in a circle"):
        shelves.documents.ids(DocumentFilter(collection="A"))
    assert all("circle" in one.problem for one in shelves.collections.list())


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x1bb", "to READ"])
def test_names_that_cannot_be(shelves: Library, name: str) -> None:
    shelves.collections.make("To read")
    assert shelves.collections.problem_with_name(name)
    with pytest.raises(UsageError):
        shelves.collections.make(name)
    shelves.collections.make("Other")
    with pytest.raises(UsageError):
        shelves.collections.rename("Other", name)
    assert shelves.collections.rename("To read", "TO READ").name == "TO READ"


def test_an_unknown_name_is_refused_with_the_nearest(shelves: Library) -> None:
    shelves.collections.make("Pilot study")
    with pytest.raises(NotFound, match="Did you mean: Pilot study"):
        shelves.documents.ids(DocumentFilter(collection="pilot studies"))
    with pytest.raises(NotFound, match="Did you mean: Pilot study"):
        shelves.annotations.select(AnnotationFilter(collection="pilot studies"))


def test_annotations_are_asked_of_every_kind(shelves: Library) -> None:
    for document in (1, 2, 3, 4):
        shelves.annotations.create(document, note="n")
    shelves.collections.make("hand", documents=[1, 2])
    shelves.collections.make("query", DocumentFilter(source="Post"), living=True)
    shelves.collections.sample("sample", 12)
    found = {
        name: [
            one.document
            for one in shelves.annotations.select(AnnotationFilter(collection=name))
        ]
        for name in ("hand", "query", "sample")
    }
    assert {name: sorted(ids) for name, ids in found.items()} == {
        "hand": [1, 2],
        "query": [1, 4],
        "sample": [1, 2, 3, 4],
    }
    counted = {one.name: one.annotations for one in shelves.collections.list()}
    assert counted == {"hand": 2, "query": 2, "sample": 4}


def test_one_counts_as_the_list_does(shelves: Library) -> None:
    for document in (1, 1, 4, 7):
        shelves.annotations.create(document, note="n")
    shelves.core.act(
        "done",
        lambda act: act.insert(
            "coding_done", {"document": 4, "coder": act.coder, "created": act.now}
        ),
    )
    shelves.documents.mark_read([1, 2])
    shelves.documents.remove([7])
    shelves.collections.make("hand", documents=[1, 2, 3, 7])
    shelves.collections.make("query", DocumentFilter(source="Post"), living=True)
    shelves.collections.sample("sample", 5)
    for one in shelves.collections.list():
        assert shelves.collections.get(one.name) == one
    found = shelves.collections.get("query")
    assert (found.documents, found.annotations) == (3, 3)
    assert (found.unread, found.done) == (2, 1)


def test_counts_of_what_is_unread_and_removed(shelves: Library) -> None:
    shelves.collections.make("hand", documents=[1, 2, 3])
    shelves.documents.mark_read([1])
    shelves.documents.remove([3])
    found = shelves.collections.get("hand")
    assert (found.documents, found.unread, found.done) == (2, 1, 0)


# Samples -------------------------------------------------------------------


def test_the_same_seed_gives_the_same_sample(shelves: Library) -> None:
    first = shelves.collections.sample("first", 5, seed=7)
    shelves.collections.sample("again", 5, seed=7)
    shelves.collections.sample("other", 5, seed=8)
    assert (first.kind, first.seed, first.size, first.documents) == ("sample", 7, 5, 5)
    assert titles(shelves, "first") == titles(shelves, "again")
    assert titles(shelves, "first") != titles(shelves, "other")
    shelf.add_text(shelves, "Came later.")
    assert len(titles(shelves, "first")) == 5
    with pytest.raises(UsageError, match="stays as it is"):
        shelves.collections.add("first", [1])


def test_seeds_that_nobody_gave_are_new(shelves: Library) -> None:
    assert shelves.collections.sample("a", 2).seed == 1
    assert shelves.collections.sample("b", 2, seed=40).seed == 40
    assert shelves.collections.sample("c", 2).seed == 41


def test_a_sample_from_what_a_filter_lets_through(shelves: Library) -> None:
    inside = DocumentFilter(source="Post")
    found = shelves.collections.sample("Posts", 3, seed=1, filters=inside)
    assert found.query == {"source": "Post"}
    rows = shelves.documents.select(DocumentFilter(collection="Posts"))
    assert {one.source for one in rows} == {"Post"}
    with pytest.raises(UsageError, match="cannot be drawn from 4 documents"):
        shelves.collections.sample("more", 5, filters=inside)
    with pytest.raises(UsageError, match="cannot be drawn"):
        shelves.collections.sample("none", 0)


@pytest.mark.parametrize("by", ["source", "language", "year"])
def test_every_part_gives_its_share(shelves: Library, by: str) -> None:
    found = shelves.collections.sample("parts", 6, seed=3, by=by)
    assert (found.by, found.documents) == (by, 6)
    rows = shelves.documents.select(DocumentFilter(collection="parts"))
    parts = Counter(
        one.published[:4] if by == "year" and one.published else getattr(one, by, None)
        for one in rows
    )
    assert set(parts.values()) == {6 // len(parts)}
    with pytest.raises(UsageError, match="divided by author"):
        shelves.collections.sample("wrong", 6, by="author")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=60),
    st.integers(1, 80),
    st.integers(),
    st.randoms(use_true_random=False),
)
def test_draws_do_not_depend_on_the_order(
    strata: list[str], size: int, seed: int, shuffler: object
) -> None:
    candidates = [
        Candidate(number, f"guid-{number}", stratum)
        for number, stratum in enumerate(strata)
    ]
    drawn = draw(candidates, size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(strata))
    mixed = list(candidates)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert draw(mixed, size, seed) == drawn
    counts = Counter(strata)
    taken = Counter(strata[one] for one in drawn)
    for name, count in counts.items():
        exact = count * min(size, len(strata)) / len(strata)
        assert abs(taken[name] - exact) < 1
    assert shares(counts, size) == {name: taken[name] for name in counts}


# Undo ----------------------------------------------------------------------


def test_every_act_is_one_step_back(shelves: Library) -> None:
    acts = (
        lambda: shelves.collections.make("A", documents=[1, 2, 3]),
        lambda: shelves.collections.add("A", [4, 5]),
        lambda: shelves.collections.take_out("A", [1, 2]),
        lambda: shelves.collections.rename("A", "B"),
        lambda: shelves.collections.sample("S", 4, by="source"),
        lambda: shelves.collections.make("Q", DocumentFilter(unread=True), living=True),
        lambda: shelves.collections.drop("S"),
        lambda: shelves.collections.drop("B"),
    )
    seen = [state(shelves)]
    for act in acts:
        act()
        seen.append(state(shelves))
    for before in reversed(seen[:-1]):
        shelves.history.undo()
        assert state(shelves) == before
    for after in seen[1:]:
        shelves.history.redo()
        assert state(shelves) == after


def test_what_changes_nothing_is_no_act(shelves: Library) -> None:
    shelves.collections.make("A", documents=[1])
    assert shelves.collections.add("A", [1]) == 0
    assert shelves.collections.take_out("A", [2]) == 0
    assert [one.act for one in shelves.history.entries()] == [
        'made the collection "A" of 1 document'
    ]


def test_another_window_sees_it(shelves: Library, make_library: MakeLibrary) -> None:
    other = make_library(coder="other")
    shelves.collections.make("A", documents=[1])
    assert other.collections.names() == ["A"]
    assert other.collections.names("query") == []


def test_documents_are_not_added_to_a_sample_or_a_living_query(
    library: Library, tmp_path: Path
) -> None:
    """Neither may change behind one's back; a new name is made, an old one filled."""
    file = tmp_path / "a.txt"
    file.write_text("It rained.\n")
    library.collections.make("living", living=True)
    for name, reason in (("living", "living query"), (" ", "needs a name")):
        with pytest.raises(UsageError, match=reason):
            list(library.add([file], AddOptions(collection=name)))
    assert library.documents.count() == 0
    for name in ("Mine", "mine"):
        list(library.add([file], AddOptions(collection=name)))
    assert [one.name for one in library.collections.list()] == ["living", "Mine"]
