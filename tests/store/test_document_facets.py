"""What a list can be narrowed by; every count is what the narrowed list holds."""

from __future__ import annotations

import pytest
import shelf

from store.document_rows import DocumentFilter
from store.facets import Facet, facets
from store.library import Library


@pytest.fixture
def shelves(library: Library) -> Library:
    """Documents with sources, dates, languages, entities and tags."""
    for number in range(6):
        document = shelf.add_text(
            library,
            f"Acme {number} met Bolt.",
            source=("Post", "Herald", None)[number % 3],
            published=("2026-01-30", "2025", None)[number // 2],
            language=("en", "de")[number % 2],
        )
        shelf.name(library, document, "Acme", *(["Bolt"] if number % 2 else []))
    library.annotations.create(1, tags=["actors/firms"])
    library.annotations.create(2, tags=["actors"])
    library.annotations.create(2, tags=["actors/firms", "claims"])
    library.documents.mark_read([1, 2])
    library.documents.remove([6])
    library.collections.make("pilot", documents=[1, 3])
    library.collections.make("in English", DocumentFilter(language="en"), living=True)
    return library


def narrowed(kind: str, value: str) -> DocumentFilter:
    match kind:
        case "source":
            return DocumentFilter(source=value)
        case "date":
            return DocumentFilter(since=value, until=value)
        case "language":
            return DocumentFilter(language=value)
        case "entity":
            return DocumentFilter(entity=int(value))
        case "tag":
            return DocumentFilter(tag=int(value))
        case "collection":
            return DocumentFilter(collection=value)
        case _:
            return DocumentFilter(
                unread=value == "unread", annotated=value == "annotated"
            )


def test_counts_are_what_the_narrowed_list_holds(shelves: Library) -> None:
    shown = shelves.documents.facets()
    kinds = {"source", "date", "language", "entity", "tag", "collection", "state"}
    assert set(shown) == kinds
    for kind, values in shown.items():
        assert values, kind
        for facet in values:
            found = shelves.documents.select(narrowed(kind, facet.value))
            assert len(found) == facet.count, (kind, facet)


def test_facets_in_words(shelves: Library) -> None:
    shown = shelves.documents.facets()
    assert shown["source"] == [Facet("Herald", "Herald", 2), Facet("Post", "Post", 2)]
    assert [(one.shown, one.count) for one in shown["date"]] == [
        ("2026", 2),
        ("2025", 2),
    ]
    assert [(one.shown, one.count) for one in shown["entity"]] == [
        ("Acme", 5),
        ("Bolt", 2),
    ]
    assert [(one.shown, one.count) for one in shown["tag"]] == [
        ("actors", 2),
        ("actors/firms", 2),
        ("claims", 1),
    ]


def test_facets_of_a_narrowed_list(shelves: Library) -> None:
    shown = shelves.documents.facets(DocumentFilter(language="de"))
    assert [(one.shown, one.count) for one in shown["entity"]] == [
        ("Acme", 2),
        ("Bolt", 2),
    ]
    assert [(one.value, one.count) for one in shown["state"]] == [
        ("unread", 1),
        ("annotated", 1),
    ]


def test_who_is_named_in_most_unread_documents_after_merges(shelves: Library) -> None:
    """Most are unread: then it is reckoned by what is read."""
    unread = DocumentFilter(unread=True)

    def named() -> list[tuple[str, int]]:
        found = shelves.documents.facets(unread)["entity"]
        return [(one.shown, one.count) for one in found]

    assert named() == [("Acme", 3), ("Bolt", 1)]
    shelves.entities.merge("Bolt", ["Acme"])
    assert named() == [("Bolt", 3)]


@pytest.mark.parametrize(
    "filters",
    [
        DocumentFilter(entity=1),
        DocumentFilter(tag=1),
        DocumentFilter(collection="pilot"),
        DocumentFilter(collection="in English", annotated=True),
        DocumentFilter(annotated=True),
        DocumentFilter(title="acme 1"),
        DocumentFilter(unread=True, language="en"),
        DocumentFilter(starred=True),
    ],
    ids=str,
)
def test_counts_beside_any_list_are_what_it_holds(
    shelves: Library, filters: DocumentFilter
) -> None:
    shelves.entities.merge("Bolt", ["Acme"])
    listed = set(shelves.documents.ids(filters))
    for kind, values in shelves.documents.facets(filters).items():
        for facet in values:
            found = set(shelves.documents.ids(narrowed(kind, facet.value)))
            assert len(found & listed) == facet.count, (kind, facet)


def test_of_those_named_as_often_the_first_by_name_are_shown(library: Library) -> None:
    document = shelf.add_text(library, "Zeta, Acme, Mid", source="Post")
    shelf.add_text(library, "Herald", source="Herald")
    shelf.name(library, document, "Zeta", "Acme", "Mid")
    library.entities.reject(["Acme"])
    shown = library.documents.facets(DocumentFilter(source="Post"))["entity"]
    assert [one.shown for one in shown] == ["Mid", "Zeta"]
    few = facets(library.core.reader, DocumentFilter(source="Post"), 1)["entity"]
    assert [one.shown for one in few] == ["Mid"]


def test_counts_that_are_not_wanted_any_more_are_given_up(
    shelves: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.facets._OPERATIONS", 1)
    reader = shelves.core.reader
    unread = DocumentFilter(unread=True)
    assert facets(reader, unread, stop=lambda: True) == {}
    assert facets(reader, unread, stop=lambda: False) == facets(reader, unread)
