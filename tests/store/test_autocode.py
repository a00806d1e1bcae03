"""Tagging every place at once: by what unit, once each, in one act."""

from __future__ import annotations

import pytest
import shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from store import autocode, places, safe
from store.annotations import Passage
from store.autocode import Coded, Place, Preview, Unit
from store.errors import Conflict, NotFound, NothingToDo, UsageError
from store.library import Library
from store.passages import passages

FERRY = (
    "The ferry left. The ferry, an old ferry, came back! Nobody saw it.\n"
    "A ferry again\n\n  Dr. Lund took the ferry to port. It rained.  "
)
TRAIN = "No ferry here. The train left."


@pytest.fixture
def news(library: Library) -> Library:
    """Two documents, five places of ``ferry`` in the first, one in the second."""
    shelf.add_text(library, FERRY, "Ferry", language="en", published="2026-02-02")
    shelf.add_text(library, TRAIN, "Train", language="en", published="2026-02-01")
    return library


def ferries(library: Library) -> list[Place]:
    found, _ = places.gather(places.find(library.core.reader, "ferry"))
    return list(found)


def code(
    library: Library, some: list[Place], *tags: str, unit: Unit = "sentence"
) -> Coded:
    *_, last = autocode.code(library.core, some, tags, unit, what='"ferry"')
    assert last.share == 1.0
    return last


def preview(
    library: Library, some: list[Place], *tags: str, unit: Unit = "sentence"
) -> Preview:
    *_, last = autocode.preview(library.core, some, tags, unit)
    assert last.is_complete
    return last


def quotes(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.quote, one.tags) for one in library.annotations.select()]


def numbers(coded: Coded) -> tuple[int, int, int, int, int]:
    return (
        *(coded.places, coded.documents, coded.annotations),
        *(coded.changed, coded.unchanged),
    )


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("match", ["ferry"] * 6),
        (
            "sentence",
            [
                "No ferry here.",
                "The ferry left.",
                "The ferry, an old ferry, came back!",
                "A ferry again",
                "Dr. Lund took the ferry to port.",
            ],
        ),
        (
            "paragraph",
            [
                TRAIN,
                FERRY.split("\n", maxsplit=1)[0],
                "A ferry again",
                "Dr. Lund took the ferry to port. It rained.",
            ],
        ),
    ],
)
def test_units(news: Library, unit: Unit, expected: list[str]) -> None:
    done = code(news, ferries(news), "boat", unit=unit)
    assert numbers(done) == (6, 2, len(expected), 0, 0)
    assert quotes(news) == [(quote, ("boat",)) for quote in expected]
    for one in news.annotations.select():
        assert news.documents.text(one.document)[one.start : one.end] == one.quote
        assert (one.coder, one.anchor_state, one.note) == ("tester", "exact", "")
    assert shelf.index_problems(news) == []


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(news: Library) -> None:
    before = shelf.visible(news)
    code(news, ferries(news), "boat", "things/old")
    after = shelf.visible(news)
    change = news.history.undo()
    assert change.act == 'coded "ferry" with boat, things/old'
    assert shelf.visible(news) == before
    news.history.redo()
    assert shelf.visible(news) == after
    news.history.undo()
    with pytest.raises(NothingToDo):
        news.history.undo()


def test_an_annotation_that_stands_there_gets_the_tag(news: Library) -> None:
    mine = news.annotations.create(1, Passage(0, 15), note="first", tags=["old"])
    assert mine.quote == "The ferry left."
    news.annotations.create(1, Passage(0, 14), tags=["old"])  # not exactly there
    assert numbers(code(news, ferries(news), "boat")) == (6, 2, 4, 1, 0)
    changed = news.annotations.get(mine.id)
    assert (changed.tags, changed.note) == (("old", "boat"), "first")
    assert changed.modified > mine.modified
    assert numbers(code(news, ferries(news), "boat")) == (6, 2, 0, 0, 5)
    assert len(news.annotations.select()) == 6


def test_nothing_new_is_no_act(news: Library) -> None:
    code(news, ferries(news), "boat")
    acts = len(news.history.entries())
    code(news, ferries(news), "boat")
    assert len(news.history.entries()) == acts


def test_one_of_two_tags_is_missing(news: Library) -> None:
    code(news, ferries(news), "boat")
    assert numbers(code(news, ferries(news), "boat", "old")) == (6, 2, 0, 5, 0)
    assert {tags for _, tags in quotes(news)} == {("boat", "old")}


def test_another_coder_makes_annotations_of_their_own(news: Library) -> None:
    code(news, ferries(news), "boat")
    with Library(news.path, coder="other") as other:
        assert numbers(code(other, ferries(other), "boat")) == (6, 2, 5, 0, 0)
    assert [one.coder for one in news.annotations.select()].count("other") == 5


def test_deleted_annotations_are_not_there(news: Library) -> None:
    code(news, ferries(news), "boat")
    news.annotations.delete([one.id for one in news.annotations.select()])
    assert numbers(code(news, ferries(news), "boat")) == (6, 2, 5, 0, 0)


@pytest.mark.parametrize("unit", autocode.UNITS)
def test_a_preview_tells_what_coding_does(news: Library, unit: Unit) -> None:
    news.annotations.create(1, Passage(0, 15), tags=["boat"])
    news.annotations.create(2, Passage(0, 14), tags=["old"])
    told = preview(news, ferries(news), "boat", unit=unit)
    done = code(news, ferries(news), "boat", unit=unit)
    assert numbers(done) == (
        *(told.places, told.documents, told.new, told.changed, told.unchanged),
    )
    assert told.passages[0][0] == 1
    assert len(told.passages) <= 5
    assert preview(news, ferries(news), "boat", unit=unit).unchanged == (
        done.annotations + done.changed + done.unchanged
    )


def test_a_preview_makes_no_tag(news: Library) -> None:
    preview(news, ferries(news), "not/there")
    assert news.codebook.tags() == []


def test_places_may_come_in_any_order_and_twice(news: Library) -> None:
    some = ferries(news)
    mixed = [some[4], some[0], some[5], *reversed(some)]
    assert numbers(code(news, mixed, "boat"))[2:] == (5, 0, 0)


def test_places_of_documents_that_are_gone_are_left_out(news: Library) -> None:
    some = ferries(news)
    news.documents.remove([2])
    assert code(news, some, "boat").annotations == 4


def test_a_text_that_changes_meanwhile_stops_it(news: Library) -> None:
    steps = autocode.code(news.core, ferries(news), ["boat"], "sentence")
    next(steps)
    news.core.writer.run(
        lambda pen: (
            pen.connection.execute("UPDATE documents SET revision = 2 WHERE id = 1")
            and None
        )
    )
    with pytest.raises(Conflict, match="document 1 was changed"):
        list(steps)
    assert quotes(news) == []
    assert news.codebook.tags() == []


def test_whoever_leaves_before_the_end_changes_nothing(news: Library) -> None:
    steps = autocode.code(news.core, ferries(news), ["boat"], "sentence")
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert quotes(news) == []


def test_what_cannot_be_coded_is_refused(news: Library) -> None:
    with pytest.raises(UsageError, match="which tag"):
        code(news, ferries(news))
    with pytest.raises(UsageError):
        code(news, ferries(news), "/")
    with pytest.raises(NotFound):
        code(news, [], "boat")


# Passages --------------------------------------------------------------------

TEXTS = st.lists(
    st.sampled_from(
        [
            *("a", "b", ". ", "! ", "\n", "\n\n", " ", "Dr. ", "A", "é", "e\u0301"),
            *("東。", "👩‍👩‍👧", "\u0301", "…”", "? "),
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150)
@given(TEXTS, st.data(), st.sampled_from(autocode.UNITS))
def test_passages_hold_their_places_and_whole_signs(
    text: str, data: st.DataObject, unit: Unit
) -> None:
    borders = sorted({0, len(text)} | {one.end for one in safe.clusters(text)})
    ends = st.lists(st.sampled_from(borders), min_size=2, max_size=2)
    some = [tuple(sorted(pair)) for pair in data.draw(st.lists(ends, max_size=6))]
    found = passages(text, [(start, end) for start, end in some], unit, "en")
    assert found == sorted(set(found))
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert {start, end} <= set(borders)
        assert text[start:end].strip()
    for start, end in some:
        part = text[start:end]
        if part.strip():
            first = start + len(part) - len(part.lstrip())
            last = start + len(part.rstrip())
            assert any(a <= first and last <= b for a, b in found)
