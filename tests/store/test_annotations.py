"""Annotations: exact places, notes, tags, and what two windows do to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import shelf
from hypothesis import given
from hypothesis import strategies as st

from store import annotations as module
from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.core import Core
from store.errors import Conflict, NotFound, UsageError
from store.library import Library
from store.model import Annotation

TEXT = "👩‍👩‍👧 said “yes” to 東京, e\u0301tude\tand\nall. Yes, she said yes."


@pytest.fixture
def noted(library: Library) -> Library:
    """A document with three annotations."""
    shelf.add_text(library, TEXT, "Talk", source="Post", published="2026-01-30")
    library.annotations.create(1, Passage(0, 5), note="family", tags=["who/groups"])
    library.annotations.create(1, Passage(11, 14), tags=["claims", "who"])
    library.annotations.create(1, note="all of it")
    return library


def ids(found: list[Annotation]) -> list[int]:
    return [one.id for one in found]


def test_an_annotation_says_everything(noted: Library) -> None:
    first = noted.annotations.get(1)
    assert first == Annotation(
        id=1,
        guid=first.guid,
        kind="span",
        document=1,
        title="Talk",
        source="Post",
        published="2026-01-30",
        start=0,
        end=5,
        quote="👩‍👩‍👧",
        before="",
        after=TEXT[5:37],
        tags=("who/groups",),
        note="family",
        coder="tester",
        created=first.created,
        modified=first.created,
        anchor_state="exact",
    )
    assert ids(noted.annotations.of_document(1)) == [3, 1, 2]
    assert noted.annotations.get(first.guid).id == 1


def test_quotes_are_found_by_their_places(noted: Library) -> None:
    assert noted.annotations.places(1, "yes") == [12, TEXT.rindex("yes")]
    with pytest.raises(NotFound, match="does not hold this quote"):
        noted.annotations.places(1, "no")


@pytest.mark.parametrize(
    "passage",
    [Passage(-1, 3), Passage(5, 5), Passage(9, 3), Passage(0, 9999), Passage(16, 17)],
)
def test_impossible_passages_are_refused(noted: Library, passage: Passage) -> None:
    with pytest.raises(UsageError):
        noted.annotations.create(1, passage)
    with pytest.raises(UsageError):
        noted.annotations.edit(1, passage=passage)
    assert len(noted.annotations.select()) == 3


@pytest.mark.parametrize(
    "tag", ["", "a//b", "7", "x\x1b", "y" * 81, "/".join("abcdefghijklm")]
)
def test_an_impossible_tag_leaves_no_annotation(noted: Library, tag: str) -> None:
    with pytest.raises(UsageError):
        noted.annotations.create(1, Passage(0, 5), tags=["fine", tag])
    assert len(noted.annotations.select()) == 3
    with pytest.raises(NotFound):
        noted.codebook.get("fine")


def test_editing_changes_what_is_given(noted: Library) -> None:
    old = noted.annotations.get(1)
    new = noted.annotations.edit(1, note="they")
    assert new == replace(old, note="they", modified=new.modified)
    assert new.modified > old.modified
    new = noted.annotations.edit(1, tags=["claims"], passage=Passage(12, 15))
    assert (new.tags, new.quote, new.note) == (("claims",), "yes", "they")
    before = len(noted.history.entries())
    assert noted.annotations.edit(1, note="they", tags=["claims"]) == new
    assert len(noted.history.entries()) == before, "nothing changed, nothing to undo"


def test_tagging_and_untagging_many(noted: Library) -> None:
    noted.annotations.tag([1, 2, 3], ["new/leaf", "claims"])
    assert [one.tags for one in noted.annotations.select()] == [
        ("claims", "new/leaf"),
        ("who/groups", "claims", "new/leaf"),
        ("who", "claims", "new/leaf"),
    ]
    noted.annotations.untag([1, 2, 3], ["claims", "who/groups"])
    assert [one.tags for one in noted.annotations.select()] == [
        ("new/leaf",),
        ("new/leaf",),
        ("who", "new/leaf"),
    ]
    with pytest.raises(NotFound):
        noted.annotations.untag([1], ["absent"])
    noted.history.undo()
    noted.history.undo()
    assert noted.annotations.get(2).tags == ("who", "claims")


def test_tagging_documents_uses_their_annotation(noted: Library) -> None:
    second = shelf.add_text(noted, "Another.")
    tagged = noted.annotations.tag_documents([1, second], ["sample"])
    assert [(one.document, one.kind, one.note) for one in tagged] == [
        (1, "document", "all of it"),
        (second, "document", ""),
    ]
    assert len(noted.history.entries()) == 4
    noted.history.undo()
    assert ids(noted.annotations.select()) == [3, 1, 2]


def test_deleting_is_soft_and_in_bulk(noted: Library) -> None:
    assert ids(noted.annotations.delete([1, 3])) == [3, 1]
    assert ids(noted.annotations.select()) == [2]
    assert noted.codebook.get("who/groups").annotations == 0
    with pytest.raises(NotFound):
        noted.annotations.get(1)
    noted.history.undo()
    assert ids(noted.annotations.select()) == [3, 1, 2]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (AnnotationFilter(tag="who"), [1, 2]),
        (AnnotationFilter(tag="groups"), [1]),
        (AnnotationFilter(tag="who and not claims"), [1]),
        (AnnotationFilter(untagged=True), [3]),
        (AnnotationFilter(coder="nobody"), []),
        (AnnotationFilter(orphans=True), []),
        (AnnotationFilter(ids=()), []),
        (AnnotationFilter(since="2026-01-31"), []),
        (AnnotationFilter(since="2026-01-29", until="2026-01-31"), [3, 1, 2]),
    ],
)
def test_filters(
    noted: Library, filters: AnnotationFilter, expected: list[int]
) -> None:
    assert ids(noted.annotations.select(filters)) == expected


def test_more_than_five_hundred_keep_their_tags(library: Library) -> None:
    document = shelf.add_text(library, "word " * 700)
    for number in range(3):
        library.annotations.create(document, Passage(number, number + 1), tags=["t"])

    def many(pen: Any) -> None:
        pen.connection.executemany(
            "INSERT INTO annotations(guid, kind, document, start, end, exact, revision,"
            " coder, created, modified)"
            " VALUES (?, 'span', ?, ?, ?, 'w', 1, 1, '', '')",
            [(f"g{n}", document, n * 5, n * 5 + 1) for n in range(600)],
        )

    library.core.writer.run(many)
    found = library.annotations.select()
    assert len(found) == 603
    assert sum(one.tags == ("t",) for one in found) == 3


def test_a_text_that_changed_meanwhile_is_not_annotated(
    make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between choosing the passage and saving it another window updates the text."""
    here, there = make_library(), make_library()
    shelf.add(here, shelf.incoming("Old text of it.", identity="x"))
    read = module._text

    def read_then_update(core: Core, document: int) -> tuple[str, int]:
        found = read(core, document)
        shelf.add(there, shelf.incoming("Another text of it.", identity="x"))
        return found

    monkeypatch.setattr(module, "_text", read_then_update)
    with pytest.raises(Conflict, match="changed meanwhile"):
        here.annotations.create(1, Passage(0, 3), note="old")
    assert here.annotations.select() == []


def test_a_document_that_was_purged_meanwhile_is_not_annotated(
    make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = make_library(), make_library()
    shelf.add_text(here, "Old text of it.")
    read = module._text

    def read_then_purge(core: Core, document: int) -> tuple[str, int]:
        found = read(core, document)
        there.documents.purge(document)
        return found

    monkeypatch.setattr(module, "_text", read_then_purge)
    with pytest.raises(NotFound, match="removed meanwhile"):
        here.annotations.create(1, Passage(0, 3), note="old")


@given(st.data())
def test_any_passage_is_kept_to_the_code_point(data: st.DataObject) -> None:
    sign = st.sampled_from("ab \t\n👩\u200d\u0301\u05d0東\u202e")
    text = data.draw(st.text(sign, min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        with pytest.raises(UsageError):
            module._values(text, Passage(start, end))
        return
    kept = module._values(text, Passage(start, end))
    assert text[kept["start"] : kept["end"]] == kept["exact"]
