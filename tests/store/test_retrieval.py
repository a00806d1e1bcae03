"""What tag expressions, words and orders find, beside one who looks at each."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import add_text

from store.annotation_rows import ORDERS, AnnotationFilter
from store.annotations import Passage
from store.errors import NotFound, UsageError
from store.library import Library

TEXT = "a" * 400


@dataclass(frozen=True)
class One:
    """An annotation as the test knows it."""

    document: int
    place: tuple[int, int] | None
    state: str
    tags: frozenset[str]


CHILDREN = {"a": {"a", "a/b", "a/b/c"}, "a/b": {"a/b", "a/b/c"}, "a/b/c": {"a/b/c"}}
TAGS = ("a", "a/b", "a/b/c", "d", "e")

PLACES = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 60), st.integers(1, 25)).map(
        lambda place: (place[0], place[0] + place[1])
    ),
)
STATES = st.sampled_from(["exact", "exact", "moved", "proposed", "orphan"])
ONES = st.builds(
    lambda document, place, state, tags: One(
        document, place, state if place else "exact", tags
    ),
    st.integers(1, 3),
    PLACES,
    STATES,
    st.frozensets(st.sampled_from(TAGS), max_size=3),
)
TREES = st.recursive(
    st.sampled_from(TAGS),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(
            st.sampled_from(
                ["and", "or", "near:0", "near:7", "overlaps", "in-document"]
            ),
            inner,
            inner,
        ),
    ),
    max_leaves=5,
)


def written(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    if tree[0] == "not":
        return f"not ({written(tree[1])})"
    return f"({written(tree[1])}) {tree[0]} ({written(tree[2])})"


def fits(tree: Any, one: One, every: list[One]) -> bool:
    """By looking at each, and at each other one."""
    if isinstance(tree, str):
        return bool(one.tags & CHILDREN.get(tree, {tree}))
    if tree[0] == "not":
        return not fits(tree[1], one, every)
    if tree[0] in ("and", "or"):
        sides = [fits(side, one, every) for side in tree[1:]]
        return all(sides) if tree[0] == "and" else any(sides)
    kind, left, right = tree
    return fits(left, one, every) and any(
        partners(kind, one, other, same_side=left == right)
        and fits(right, other, every)
        for other in every
    )


def partners(kind: str, one: One, other: One, *, same_side: bool) -> bool:
    if one.document != other.document:
        return False
    if kind == "in-document":
        return one is not other
    if one is other and same_side:
        return False
    if "orphan" in (one.state, other.state) or not one.place or not other.place:
        return False
    first, second = sorted((one.place, other.place))
    between = second[0] - first[1]
    if kind == "overlaps":
        return between < 0
    return between <= int(kind.partition(":")[2])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three documents and the tags, without annotations."""
    path: Path = tmp_path_factory.mktemp("retrieval") / "library.db"
    with Library(path, create=True, coder="tester") as library:
        for title in ("First", "Second", "Third"):
            add_text(library, TEXT, title)
        for tag in TAGS:
            library.codebook.add(tag)
        library.annotations.create(1)  # the coder has a row now
        yield library


def fill(library: Library, ones: list[One]) -> None:
    """Let the library hold just these annotations, numbered from 1."""
    tags = {tag.path: tag.id for tag in library.codebook.tags()}

    def change(pen: Any) -> None:
        pen.connection.execute("DELETE FROM annotations")
        for number, one in enumerate(ones, start=1):
            start, end = one.place or (None, None)
            pen.connection.execute(
                'INSERT INTO annotations(id, guid, kind, document, start, "end",'
                " revision, anchor_state, coder, created, modified)"
                " VALUES (?, ?, ?, ?, ?, ?, 1, ?, 1, '', '')",
                [
                    *(number, str(uuid.uuid4()), "span" if one.place else "document"),
                    *(one.document, start, end, one.state),
                ],
            )
            pen.connection.executemany(
                "INSERT INTO annotation_tags(guid, annotation, tag, coder, created)"
                " VALUES (?, ?, ?, 1, '')",
                [(str(uuid.uuid4()), number, tags[tag]) for tag in one.tags],
            )

    library.core.writer.run(change)


@settings(max_examples=60, deadline=None)
@given(ones=st.lists(ONES, max_size=9), trees=st.lists(TREES, min_size=1, max_size=5))
def test_any_expression_finds_what_looking_at_each_finds(
    shared: Library, ones: list[One], trees: list[Any]
) -> None:
    fill(shared, ones)
    for tree in trees:
        found = shared.annotations.ids(AnnotationFilter(tag=written(tree)))
        expected = {n for n, one in enumerate(ones, 1) if fits(tree, one, ones)}
        assert set(found) == expected, written(tree)


@pytest.fixture
def noted(make_library: Callable[..., Library]) -> Library:
    """Two dated documents and one without a date; six annotations of two coders."""
    library = make_library()
    text = "The ferry stayed in port. The Café was full. The operator denied it."
    old = add_text(library, text, "Zebra", published="2020-01-01", source="The Pier")
    new = add_text(library, text, "apple", published="2021-01-01")
    bare = add_text(library, text, "Mango")
    make = library.annotations.create
    make(old, Passage(26, 44), note="full of people", tags=["place"])  # 1
    make(old, Passage(0, 25), tags=["boats/ferry", "claims"])  # 2
    make(new, Passage(45, 54), note="Who says?", tags=["claims"])  # 3
    make(new, None, note="whole")  # 4
    other = make_library(coder="anna")
    other.annotations.create(bare, Passage(4, 9), note="again", tags=["boats"])  # 5
    other.annotations.create(old, Passage(20, 24), tags=["boats"])  # 6
    return library


def ids(library: Library, **given: Any) -> list[int]:
    return list(library.annotations.ids(AnnotationFilter(**given)))


def test_examples_a_researcher_would_ask(noted: Library) -> None:
    assert ids(noted, tag="boats") == [2, 6, 5]
    assert ids(noted, tag="boats overlaps claims") == [2, 6]
    assert ids(noted, tag="claims overlaps boats/ferry") == [2]
    assert ids(noted, tag="place near:1 claims") == [1]
    assert ids(noted, tag="place near:0 claims") == []
    assert ids(noted, tag="place near:2 (boats and not claims)") == [1]
    assert ids(noted, tag="place near:1 (boats and not claims)") == []
    assert ids(noted, tag="boats in-document place") == [2, 6]
    assert ids(noted, tag="(boats in-document place) and claims") == [2]
    assert ids(noted, tag="boats near:50 boats") == [2, 6]
    assert ids(noted, tag="not (boats or claims or place)") == [4]


def test_what_else_a_list_is_narrowed_by_does_not_hide_partners(
    noted: Library,
) -> None:
    assert ids(noted, tag="boats overlaps claims", coder="anna") == [6]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"words": "cafe"}, [1]),
        ({"words": "CLAIMS"}, [2, 3]),
        ({"words": "erry"}, [2, 5]),
        ({"words": "pier full"}, [1]),
        ({"words": "APPLE says"}, [3]),
        ({"words": "nowhere"}, []),
        ({"words": "  "}, [2, 6, 1, 4, 3, 5]),
        ({"words": "boats", "coder": "anna"}, [6, 5]),
        ({"untagged": True}, [4]),
        ({"coder": "anna"}, [6, 5]),
        ({"coder": "nobody"}, []),
        ({"document": 2, "tag": "claims"}, [3]),
        ({"ids": (3, 1, 99), "order": "place"}, [1, 3]),
        ({"orphans": True}, []),
        ({"until": "2001", "order": "date"}, []),
    ],
)
def test_narrowing(noted: Library, given: dict[str, Any], expected: list[int]) -> None:
    assert ids(noted, **given) == expected
    filters = AnnotationFilter(**given)
    assert [one.id for one in noted.annotations.select(filters)] == expected
    assert [one.id for one in noted.annotations.each(filters)] == expected


@pytest.mark.parametrize(
    ("order", "expected", "turned"),
    [
        ("date", [4, 3, 2, 6, 1, 5], [2, 6, 1, 4, 3, 5]),
        ("place", [2, 6, 1, 4, 3, 5], [5, 4, 3, 2, 6, 1]),
        ("tag", [6, 5, 2, 3, 1, 4], [1, 3, 2, 6, 5, 4]),
        ("note", [5, 1, 3, 4, 2, 6], [4, 3, 1, 5, 2, 6]),
        ("coder", [6, 5, 2, 1, 4, 3], [2, 1, 4, 3, 6, 5]),
        ("created", [6, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6]),
        ("document", [4, 3, 5, 2, 6, 1], [2, 6, 1, 5, 4, 3]),
    ],
)
def test_orders(
    noted: Library, order: str, expected: list[int], turned: list[int]
) -> None:
    assert list(noted.annotations.ids(order=order)) == expected
    assert list(noted.annotations.ids(order=order, reverse=True)) == turned
    assert ids(noted, order=order, reverse=True) == turned


def test_the_last_changed_comes_first(noted: Library) -> None:
    noted.annotations.edit(2, note="seen again")
    assert noted.annotations.ids(order="modified")[0] == 2


def test_an_unknown_order_is_refused_with_the_known(noted: Library) -> None:
    with pytest.raises(UsageError, match="choose date, place, tag"):
        noted.annotations.ids(order="colour")
    with pytest.raises(NotFound):
        ids(noted, collection="none")


def test_rows_of_a_page(noted: Library) -> None:
    found = noted.annotations.rows([2, 99, 5])
    assert sorted(found) == [2, 5]
    assert found[2] == noted.annotations.get(2)
    assert found[2].tags == ("boats/ferry", "claims")
    assert noted.annotations.rows([]) == {}


def test_every_change_is_seen_at_once(
    noted: Library, make_library: Callable[..., Library]
) -> None:
    """Its own and another window's, although what was read is kept."""
    assert ids(noted, tag="claims") == [2, 3]
    noted.annotations.tag([4], ["claims"])
    assert ids(noted, tag="claims") == [2, 4, 3]
    noted.annotations.delete([2])
    assert ids(noted, tag="claims") == [4, 3]
    noted.history.undo()
    assert ids(noted, tag="claims") == [2, 4, 3]
    noted.codebook.move("place", "claims")
    assert ids(noted, tag="claims") == [2, 1, 4, 3]
    other = make_library(coder="anna")
    other.annotations.untag([3], ["claims"])
    assert ids(noted, tag="claims") == [2, 1, 4]
    noted.documents.remove([1])
    assert ids(noted, tag="claims") == [4]
    assert ids(noted, words="ferry") == [5]


def test_what_it_can_be_narrowed_by_is_counted(noted: Library) -> None:
    counts = noted.annotations.counts(AnnotationFilter())
    assert counts.tags == [
        ("place", 1),
        ("boats", 3),
        ("boats/ferry", 1),
        ("claims", 2),
    ]
    assert counts.coders == [("anna", 2), ("tester", 4)]
    assert (counts.untagged, counts.unsure, counts.total) == (1, 0, 6)
    of_anna = noted.annotations.counts(AnnotationFilter(coder="anna", tag="claims"))
    assert of_anna.tags == [("boats", 2)]
    assert of_anna.coders == [("tester", 2)]


def test_documents_and_tags_of_annotations(noted: Library) -> None:
    assert list(noted.annotations.documents_of([5, 1, 3, 2, 77])) == [3, 1, 2]
    assert noted.annotations.tags_of([1, 2, 3]) == [
        ("place", 1),
        ("boats/ferry", 1),
        ("claims", 2),
    ]


def test_an_empty_library(library: Library) -> None:
    look = library.annotations.look(AnnotationFilter(words="x", order="tag"))
    assert (list(look.ids), look.total, look.coders, look.unsure) == ([], 0, 0, 0)
    for order in ORDERS:
        assert not library.annotations.ids(order=order)
    assert library.annotations.counts(AnnotationFilter()).tags == []
    assert not library.annotations.documents_of([1])
    with pytest.raises(UsageError, match="no tag x"):
        library.annotations.ids(AnnotationFilter(tag="x near:5 y"))


def test_blind_coding_hides_the_others_from_every_question(
    noted: Library, make_library: Callable[..., Library]
) -> None:
    anna = make_library(coder="anna")
    assert ids(anna, tag="boats overlaps claims") == [2, 6]
    noted.core.writer.run(
        lambda pen: pen.connection.execute(
            "INSERT INTO meta(key, value) VALUES ('blind', '1')"
        )
    )
    assert ids(anna, tag="boats overlaps claims") == []
    assert ids(anna, tag="not claims") == [6, 5]
    assert ids(anna) == [6, 5]
    assert anna.annotations.rows([1, 5]).keys() == {5}
    assert anna.annotations.counts(AnnotationFilter()).coders == [("anna", 2)]
    with pytest.raises(NotFound, match="There is no annotation 1"):
        anna.annotations.tag([5, 1], ["boats"])


def test_many_at_once_are_one_act(noted: Library) -> None:
    before = len(noted.history.entries())
    noted.annotations.tag([1, 2, 3, 4, 4], ["claims", "claims", "new/one"])
    assert ids(noted, tag="claims and new/one") == [2, 1, 4, 3]
    noted.annotations.untag([1, 2], ["claims", "one"])
    assert ids(noted, tag="claims and one") == [4, 3]
    noted.annotations.delete([1, 2, 3, 4])
    assert ids(noted) == [6, 5]
    assert len(noted.history.entries()) == before + 3
    for _ in range(3):
        noted.history.undo()
    assert ids(noted, tag="claims") == [2, 3]
    assert ids(noted, tag="place") == [1]


def test_a_proposed_place_is_confirmed(noted: Library) -> None:
    noted.core.writer.run(
        lambda pen: pen.connection.execute(
            "UPDATE annotations SET anchor_state = 'proposed', exact = 'A ferry'"
            " WHERE id IN (2, 3)"
        )
    )
    assert ids(noted, orphans=True) == [2, 3]
    assert noted.annotations.confirm([1, 2]) == 1
    assert noted.annotations.confirm([1, 2]) == 0
    (one,) = noted.annotations.rows([2]).values()
    assert (one.anchor_state, one.quote) == ("exact", "The ferry stayed in port.")
    assert ids(noted, orphans=True) == [3]
    noted.history.undo()
    assert replace(one, anchor_state="proposed").id in ids(noted, orphans=True)
