"""Places of mentions and annotations as arrays: the same as one by one."""

from __future__ import annotations

import pytest
import shelf

from store import spans
from store.annotations import Passage
from store.library import Library

TEXT = (
    "Ada met Nordhavn Lines. Nordhavn Lines paid Ada. Ada left Tromsby in\tMay, in May."
)


@pytest.fixture
def named(library: Library) -> Library:
    """A document in which four are named, one of them by mistake."""
    document = shelf.add_text(library, TEXT)
    shelf.name(library, document, "Nordhavn Lines", "Tromsby")
    return library


def test_mentions_are_those_that_nobody_rejected(named: Library) -> None:
    found = spans.of_mentions(named.core, 1)
    one_by_one = named.entities.mentions(document=1)
    assert list(found.starts) == [one.start for one in one_by_one]
    assert list(found.ends) == [one.end for one in one_by_one]
    assert list(found.ids) == [one.id for one in one_by_one]
    assert [found.names[kind] for kind in found.kinds] == ["ORG", "ORG"]
    named.entities.reject(["Tromsby"])
    named.entities.retype("Nordhavn Lines", "PER")
    found = spans.of_mentions(named.core, 1)
    assert [TEXT[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [
        "Nordhavn Lines"
    ]
    assert [found.names[kind] for kind in found.kinds] == ["PER"]
    assert [(one.name, one.count) for one in spans.named(named.core, 1)] == [
        ("Nordhavn Lines", 1)
    ]


def test_a_long_text_is_read_in_stretches_without_loss(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = spans.of_mentions(named.core, 1)
    monkeypatch.setattr(spans, "_STRETCH", 7)
    assert spans.of_mentions(named.core, 1) == whole


def test_no_mention_no_annotation(library: Library) -> None:
    shelf.add_text(library, TEXT)
    assert len(spans.of_mentions(library.core, 1).starts) == 0
    assert len(spans.of_annotations(library.core, 1).starts) == 0
    assert spans.named(library.core, 1) == []
    assert spans.mention(library.core, 99) is None


def test_who_is_named_is_counted_merged_and_in_order(library: Library) -> None:
    document = shelf.add_text(library, TEXT)
    shelf.name(library, document, "Ada", "Nordhavn Lines", "Tromsby", type="ORG")
    library.entities.merge("Nordhavn Lines", ["Tromsby"])
    assert [
        (one.type, one.name, one.count, one.first)
        for one in spans.named(library.core, document)
    ] == [("ORG", "Nordhavn Lines", 2, 8), ("ORG", "Ada", 1, 0)]


def test_one_mention_by_its_id(named: Library) -> None:
    for one in named.entities.mentions(document=1):
        assert spans.mention(named.core, one.id) == one


def test_annotations_have_the_colour_of_their_first_tag(library: Library) -> None:
    shelf.add_text(library, TEXT)
    library.codebook.add("beta")
    library.codebook.add("alpha")
    library.codebook.define("beta", colour=3)
    library.codebook.define("alpha", colour=5)
    create = library.annotations.create
    create(1, Passage(8, 22), tags=["alpha", "beta"])
    create(1, Passage(0, 3), tags=["alpha"])
    create(1, Passage(0, 23))
    create(1, tags=["beta"])
    found = spans.of_annotations(library.core, 1)
    listed = library.annotations.of_document(1)
    numbers = {one.id: number for number, one in enumerate(listed, start=1)}
    first = {one.id: one.tags[:1] for one in listed}
    colours = {(): "", ("beta",): "tag-3", ("alpha",): "tag-5"}
    assert found.numbers is not None
    for start, end, id, kind, number in zip(
        found.starts, found.ends, found.ids, found.kinds, found.numbers, strict=True
    ):
        one = library.annotations.get(id)
        assert (one.start, one.end, numbers[id]) == (start, end, number)
        assert found.names[kind] == colours[first[id]]
    assert list(found.starts) == [0, 0, 8]


def test_a_deleted_annotation_has_no_place(library: Library) -> None:
    shelf.add_text(library, TEXT)
    made = library.annotations.create(1, Passage(0, 3))
    library.annotations.delete([made.id])
    assert len(spans.of_annotations(library.core, 1).starts) == 0
