"""Matrices: known answers, headings that differ, and as when counted one by one."""

from __future__ import annotations

import pytest
from counting_library import Shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from store import matrix
from store.document_rows import DocumentFilter
from store.errors import UsageError
from store.matrix import Question


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def table(shelf: Shelf, question: Question) -> dict[str, dict[str, matrix.Cell]]:
    """Title, then heading, then cell."""
    found = matrix.read(shelf.connection, question)
    headings = [column.heading for column in found.columns]
    return {
        line.title: dict(zip(headings, line.cells, strict=True))
        for line in matrix.lines(shelf.connection, found)
    }


def annotated(shelf: Shelf) -> None:
    actors = shelf.tag("actors")
    firms = shelf.tag("firms", actors)
    shelf.tag("unused")
    one = shelf.document("x" * 20, title="One", published="2026-01-02")
    two = shelf.document("x" * 20, title="Two", published="2026-01-01", source=None)
    shelf.document("x", title="Gone", removed=True)
    shelf.annotate(one, [firms], 0, 3)
    shelf.annotate(one, [firms, actors], 4, 6)
    shelf.annotate(one, [firms], deleted=True)
    shelf.annotate(two)


def test_tags_present_or_how_often(shelf: Shelf) -> None:
    annotated(shelf)
    assert table(shelf, Question()) == {
        "One": {"actors": 1, "actors/firms": 1, "unused": 0},
        "Two": {"actors": 0, "actors/firms": 0, "unused": 0},
    }
    assert table(shelf, Question(counts=True))["One"] == {
        "actors": 2,
        "actors/firms": 2,
        "unused": 0,
    }
    itself = Question(counts=True, below=False)
    assert table(shelf, itself)["One"] == {
        "actors": 1,
        "actors/firms": 2,
        "unused": 0,
    }
    assert list(table(shelf, Question(top=1))["One"]) == ["actors"]


def test_which_documents(shelf: Shelf) -> None:
    annotated(shelf)
    shelf.document("x", title="Three", published=None, source="Elsewhere")
    assert list(table(shelf, Question())) == ["One", "Two", "Three"]
    assert list(table(shelf, Question(only_annotated=True))) == ["One", "Two"]
    only = Question(documents=DocumentFilter(source="Elsewhere"))
    assert list(table(shelf, only)) == ["Three"]
    found = matrix.read(shelf.connection, Question())
    (line,) = matrix.lines(shelf.connection, found, limit=1)
    assert (line.title, line.source, line.published) == ("One", "Tidings", "2026-01-02")


def test_entities_by_how_many_documents_name_them(shelf: Shelf) -> None:
    ada, bo = shelf.entity("Ada"), shelf.entity("Bo", "ORG")
    merged = shelf.entity("A. Byron", merged_into=ada)
    one, two = shelf.document("x", title="One"), shelf.document("x", title="Two")
    for document, entity in ((one, ada), (one, merged), (two, ada), (two, bo)):
        shelf.mention(document, entity, 0, 1)
    shelf.mention(one, bo, 0, 1, state="rejected")
    shelf.recount()
    found = table(shelf, Question(of="entities", counts=True))
    assert found == {"Two": {"Ada": 1, "Bo": 1}, "One": {"Ada": 2, "Bo": 0}}
    assert table(shelf, Question(of="entities", top=1))["One"] == {"Ada": 1}
    assert table(shelf, Question(of="entities", type="ORG"))["Two"] == {"Bo": 1}
    narrowed = Question(of="entities", documents=DocumentFilter(source="Tidings"))
    assert list(table(shelf, narrowed)["One"]) == ["Ada", "Bo"]


def attribute(shelf: Shelf, name: str, kind: str, position: int) -> int:
    choices = '["1", "2", "3"]' if kind == "scale" else "[]"
    return shelf.insert(
        "attributes",
        name=name,
        kind=kind,
        choices=choices,
        position=position,
        created="",
    )


def value(shelf: Shelf, document: int, attribute: int, coder: int, words: str) -> None:
    shelf.insert(
        "attribute_values",
        document=document,
        attribute=attribute,
        coder=coder,
        value=words,
        created="",
        modified="",
    )


def test_attributes_and_a_column_for_each_coder(shelf: Shelf) -> None:
    tone, place = (
        attribute(shelf, "tone", "scale", 1),
        attribute(shelf, "at", "text", 2),
    )
    other = shelf.insert("coders", name="zoe", created="")
    one, two = shelf.document("x", title="One"), shelf.document("x", title="Two")
    value(shelf, one, tone, shelf.coder, "2")
    value(shelf, one, place, shelf.coder, "Tromsby")
    assert table(shelf, Question(of="attributes")) == {
        "Two": {"tone": None, "at": None},
        "One": {"tone": 2, "at": "Tromsby"},
    }
    value(shelf, two, tone, other, "3")
    assert table(shelf, Question(of="attributes")) == {
        "Two": {"tone (tester)": None, "tone (zoe)": 3, "at": None},
        "One": {"tone (tester)": 2, "tone (zoe)": None, "at": "Tromsby"},
    }


def test_headings_never_meet(shelf: Shelf) -> None:
    shelf.tag("title")
    shelf.document("x")
    assert list(table(shelf, Question())["A title"]) == ["tag:title"]
    for name, type in (("Paris", "LOC"), ("Paris", "PER"), ("id", "ORG")):
        entity = shelf.entity(name, type)
        shelf.mention(1, entity, 0, 1)
    shelf.recount()
    headings = list(table(shelf, Question(of="entities"))["A title"])
    assert headings == ["Paris #1", "Paris #2", "entity:id"]


def test_nothing_and_nonsense(shelf: Shelf) -> None:
    assert table(shelf, Question()) == {}
    with pytest.raises(UsageError):
        table(shelf, Question(of="verbs"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sets(st.integers(0, 4)), max_size=4), min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_as_when_counted_one_by_one(
    documents: list[list[set[int]]], counts: bool, below: bool
) -> None:
    shelf = Shelf()
    # 0 is above 1 and 2, 2 above 3; 4 stands alone.
    parents = {1: 0, 2: 0, 3: 2}
    tags: list[int] = []
    for number in range(5):
        above = tags[parents[number]] if number in parents else None
        tags.append(shelf.tag(str(number), above))
    paths = ["0", "0/1", "0/2", "0/2/3", "4"]
    expected = {}
    for place, bearing in enumerate(documents):
        document = shelf.document("x" * 20, title=str(place))
        for those in bearing:
            shelf.annotate(document, [tags[n] for n in sorted(those)], 0, 3)
        row: dict[str, matrix.Cell] = {}
        for path in paths:
            start = f"{path}/"
            times = sum(
                any(
                    paths[n] == path or (below and paths[n].startswith(start))
                    for n in those
                )
                for those in bearing
            )
            row[path] = times if counts else min(1, times)
        expected[str(place)] = row
    assert table(shelf, Question(counts=counts, below=below)) == expected
