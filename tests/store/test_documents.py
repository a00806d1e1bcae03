"""Documents: lists, corrections, removing for now and for good."""

from __future__ import annotations

import pytest
import shelf

from store.annotations import Passage
from store.document_rows import DocumentFilter
from store.errors import Conflict, NotFound, UsageError
from store.library import Library
from store.model import Document


def titles(rows: list[Document]) -> list[str]:
    return [row.title for row in rows]


@pytest.fixture
def three(library: Library) -> Library:
    """Three documents with dates, sources and languages."""
    shelf.add(
        library,
        shelf.incoming("one two three", "Birch", source="Post", published="2026-02-01"),
        shelf.incoming("one two", "ash", source="Herald", published="2026-01-01"),
        shelf.incoming("one", "Ärzte im Streik", language="de"),
    )
    return library


@pytest.mark.parametrize(
    ("order", "reverse", "expected"),
    [
        ("published", False, ["Birch", "ash", "Ärzte im Streik"]),
        ("published", True, ["ash", "Birch", "Ärzte im Streik"]),
        ("title", False, ["ash", "Birch", "Ärzte im Streik"]),
        ("source", False, ["ash", "Birch", "Ärzte im Streik"]),
        ("source", True, ["Birch", "ash", "Ärzte im Streik"]),
        ("added", False, ["Ärzte im Streik", "ash", "Birch"]),
        ("words", False, ["Birch", "ash", "Ärzte im Streik"]),
        ("words", True, ["Ärzte im Streik", "ash", "Birch"]),
    ],
)
def test_orders(three: Library, order: str, reverse: bool, expected: list[str]) -> None:
    rows = three.documents.rows(
        ids := three.documents.ids(order=order, reverse=reverse)
    )
    assert [rows[one].title for one in ids] == expected


def test_an_order_that_does_not_exist_is_refused(three: Library) -> None:
    with pytest.raises(UsageError, match="cannot be ordered by colour"):
        three.documents.ids(order="colour; DROP TABLE documents")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (DocumentFilter(source="Post"), ["Birch"]),
        (DocumentFilter(language="de"), ["Ärzte im Streik"]),
        (DocumentFilter(title="ÄRZTE streik"), ["Ärzte im Streik"]),
        (DocumentFilter(title="herald ASH"), ["ash"]),
        (DocumentFilter(title="%"), []),
        (DocumentFilter(source="'; DROP TABLE documents; --"), []),
        (DocumentFilter(unread=True), ["Birch", "ash"]),
        (DocumentFilter(annotated=True), ["ash"]),
        (DocumentFilter(starred=True), []),
    ],
)
def test_filters(three: Library, filters: DocumentFilter, expected: list[str]) -> None:
    three.documents.mark_read([3])
    three.annotations.create(2, note="seen")
    assert titles(three.documents.select(filters)) == expected


def test_a_row_says_what_the_list_shows(library: Library) -> None:
    document = shelf.add_text(
        library, "Acme hired Bolt.", "Deal", attributes={"section": "Business"}
    )
    shelf.name(library, document, "Acme", "Bolt")
    library.annotations.create(document, Passage(0, 4), tags=["b", "a/x"])
    library.annotations.create(document, tags=["b"])
    row = library.documents.get(document)
    assert (row.words, row.entities, row.annotations) == (3, 2, 2)
    assert row.tags == ("a/x", "b")
    assert row.attributes == {"section": "Business"}
    assert not row.read


def test_reading_leaves_marks_but_no_undo(three: Library) -> None:
    three.documents.mark_read([1, 2])
    three.documents.keep_position(1, 7)
    assert [three.documents.get(one).read for one in (1, 2, 3)] == [True, True, False]
    three.documents.mark_read([1], read=False)
    assert not three.documents.get(1).read
    assert three.documents.position(1) == 7
    assert three.history.entries() == []


def test_corrections(three: Library) -> None:
    row = three.documents.correct(1, {"title": "Beech", "source": "", "desk": "City"})
    assert (row.title, row.source, row.attributes) == ("Beech", None, {"desk": "City"})
    row = three.documents.correct(1, {"desk": "", "published": "2026"})
    assert (row.published, row.attributes) == ("2026", {})
    assert shelf.index_problems(three) == []
    three.history.undo()
    three.history.undo()
    row = three.documents.get(1)
    assert (row.title, row.source, row.published) == ("Birch", "Post", "2026-02-01")
    assert row.attributes == {}
    assert shelf.index_problems(three) == []


@pytest.mark.parametrize("values", [{"title": " "}, {"published": "last week"}])
def test_impossible_corrections_are_refused(
    three: Library, values: dict[str, str]
) -> None:
    with pytest.raises(UsageError):
        three.documents.correct(1, values)
    assert three.history.entries() == []


def test_two_windows_correct_different_attributes(
    make_library: shelf.MakeLibrary,
) -> None:
    here, there = make_library(), make_library()
    document = shelf.add_text(here, "One.")
    here.documents.correct(document, {"desk": "City"})
    there.documents.correct(document, {"page": "3"})
    assert here.documents.get(document).attributes == {"desk": "City", "page": "3"}
    with pytest.raises(Conflict, match="The document was changed since"):
        here.history.undo()


def test_removed_documents_are_hidden_with_all_they_hold(three: Library) -> None:
    shelf.name(three, 1, "one")
    note = three.annotations.create(1, note="gone with it", tags=["t"])
    three.documents.remove([1, 2])
    assert titles(three.documents.select()) == ["Ärzte im Streik"]
    assert three.documents.count() == 1
    assert three.annotations.select() == []
    assert three.codebook.get("t").annotations == 0
    assert three.entities.select() == []
    assert three.entities.mentions() == []
    for ask in (three.documents.get, three.documents.text):
        with pytest.raises(NotFound):
            ask(1)
    with pytest.raises(NotFound, match="was removed"):
        three.annotations.get(note.id)
    three.history.undo()
    assert three.documents.count() == 3
    assert three.annotations.select() == [note]
    assert [one.name for one in three.entities.select()] == ["one"]


def test_copies_know_each_other(library: Library) -> None:
    same = [shelf.add_text(library, "The same.", f"Copy {n}") for n in range(3)]
    other = shelf.add_text(library, "Another.")
    rows = library.documents.rows([*same, other])
    assert [rows[one].duplicate_of for one in same] == [None, same[0], same[0]]
    assert library.documents.copies(same[1]) == [same[0], same[2]]
    assert library.documents.copies(other) == []
    library.documents.remove([same[0]])
    assert library.documents.copies(same[1]) == [same[2]]


def test_collections_narrow_the_list(library: Library) -> None:
    shelf.add(library, shelf.incoming("One.", "In"), collection="pilot")
    shelf.add(library, shelf.incoming("Two.", "Out"))
    assert titles(library.documents.select(DocumentFilter(collection="pilot"))) == [
        "In"
    ]
    with pytest.raises(NotFound, match="no collection main"):
        library.documents.select(DocumentFilter(collection="main"))
