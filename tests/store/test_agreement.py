"""Two coders: who sees what while coding is blind, and how far they agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shelf import MakeLibrary, add_text, index_problems

from store.agreement import Question, of_attributes, of_tags
from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.document_rows import DocumentFilter
from store.errors import NotFound, NothingToDo, UsageError
from store.library import Library

TEXT = "One fell. Two stood.\nThree ran. Four sat."
"""Four sentences in two paragraphs, 41 characters."""

Pair = Callable[[], tuple[Library, Library]]


@pytest.fixture
def pair(make_library: MakeLibrary) -> tuple[Library, Library]:
    """Ada and Bo over one library with two documents."""
    ada = make_library(coder="Ada")
    add_text(ada, TEXT, "First")
    add_text(ada, TEXT, "Second")
    return ada, make_library(coder="Bo")


def mark(library: Library, words: str, *tags: str, document: int = 1) -> int:
    """Annotate these words."""
    start = TEXT.index(words)
    passage = Passage(start, start + len(words))
    return library.annotations.create(document, passage, tags=tags).id


def seen(library: Library) -> list[str]:
    """What a coder sees: by list, by tags, by counts, by search."""
    quotes = [one.quote for one in library.annotations.select()]
    documents = library.documents.select(DocumentFilter(annotated=True))
    assert sum(one.annotations for one in documents) == len(quotes)
    used = sum(tag.annotations for tag in library.codebook.tags() if not tag.parent)
    assert used == len(quotes)
    return quotes


def test_blind_coders_see_their_own_until_both_are_done(
    pair: tuple[Library, Library],
) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "moves")
    mark(bo, "Two stood.", "moves")
    assert seen(ada) == seen(bo) == ["One fell.", "Two stood."]
    ada.coders.set_blind(True)
    assert bo.coders.blind
    assert seen(ada) == ["One fell."] and seen(bo) == ["Two stood."]
    ada.coders.mark_done([1])
    assert seen(ada) == ["One fell."] and seen(bo) == ["Two stood."]
    bo.coders.mark_done([1, 2])
    assert seen(ada) == seen(bo) == ["One fell.", "Two stood."]
    ada.coders.mark_done([1], done=False)
    assert seen(bo) == ["Two stood."]
    ada.history.undo()
    assert seen(bo) == ["One fell.", "Two stood."]


def test_what_is_hidden_cannot_be_found_or_changed(
    pair: tuple[Library, Library],
) -> None:
    ada, bo = pair
    hidden = mark(ada, "One fell.", "moves")
    ada.coders.set_blind(True)
    with pytest.raises(NotFound):
        bo.annotations.get(hidden)
    with pytest.raises(NotFound):
        bo.annotations.edit(hidden, note="mine now")
    assert bo.documents.facets()["tag"] == []
    assert bo.documents.select(DocumentFilter(tag=1)) == []
    assert bo.annotations.select(AnnotationFilter(tag="moves")) == []
    assert index_problems(ada) == []


def test_switching_and_being_done_are_acts(pair: tuple[Library, Library]) -> None:
    ada, _ = pair
    ada.coders.set_blind(True)
    ada.coders.set_blind(True)
    assert ada.coders.mark_done([1, 2]) == 2
    assert ada.coders.mark_done([1]) == 0
    assert ada.coders.done([1, 2, 3]) == {1, 2}
    with pytest.raises(NotFound):
        ada.coders.mark_done([99])
    for _step in range(2):
        ada.history.undo()
    assert not ada.coders.blind and ada.coders.done([1, 2]) == set()


def test_coders_are_listed_with_numbers_only(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "moves")
    mark(bo, "One fell.", "moves", document=2)
    ada.coders.mark_done([1])
    found = [(c.name, c.annotations, c.documents, c.done) for c in bo.coders.list()]
    assert found == [("Ada", 1, 1, 1), ("Bo", 1, 1, 0)]
    assert [c.you for c in bo.coders.list()] == [False, True]
    with pytest.raises(NotFound, match="Ada, Bo"):
        bo.coders.find("Cy")


def test_agreement_by_sentence_paragraph_document_and_character(
    pair: tuple[Library, Library],
) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "moves/down")
    mark(bo, "One fell. Two", "moves/down")
    rows = {
        unit: of_tags(ada.core, Question(tags=("down",), unit=unit))[0]
        for unit in ("sentence", "paragraph", "document", "character")
    }
    counts = {
        unit: (one.units, one.all_marked, one.some_marked, one.none_marked)
        for unit, one in rows.items()
    }
    assert counts == {
        "sentence": (4, 1, 1, 2),
        "paragraph": (2, 1, 0, 1),
        "document": (1, 1, 0, 0),
        "character": (41, 9, 4, 28),
    }
    sentence = rows["sentence"]
    assert sentence.percent == 0.75
    assert sentence.kappa == pytest.approx(0.5)
    assert (sentence.unit, sentence.untagged) == ("sentence", "counted")
    assert (sentence.coders, sentence.documents) == (("Ada", "Bo"), 1)
    assert rows["document"].kappa is None


def test_untagged_units_can_be_left_out(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "down")
    mark(bo, "One fell. Two", "down")
    mark(bo, "Three ran.", "fast")
    question = Question(untagged="left out")
    down, fast = of_tags(ada.core, question)
    assert (down.units, down.none_marked) == (3, 1)
    assert (fast.units, fast.none_marked) == (3, 2)
    assert down.untagged == "left out"


def test_a_tag_means_what_is_below_it_too(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "moves/down")
    mark(bo, "One fell.", "moves/fast")
    rows = {one.what: one for one in of_tags(ada.core, Question())}
    assert rows["moves"].all_marked == 1 and rows["moves"].some_marked == 0
    assert rows["moves/down"].all_marked == 0 and rows["moves/down"].some_marked == 1


def test_tags_of_the_document_count_for_the_document_only(
    pair: tuple[Library, Library],
) -> None:
    ada, bo = pair
    ada.annotations.create(1, tags=("tone",))
    mark(bo, "One fell.", "tone")
    (whole,) = of_tags(ada.core, Question(unit="document"))
    (parts,) = of_tags(ada.core, Question(unit="sentence"))
    assert whole.all_marked == 1
    assert (parts.all_marked, parts.some_marked) == (0, 1)


def test_only_documents_of_both_are_compared(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    mark(ada, "One fell.", "down")
    with pytest.raises(NothingToDo, match="only Ada has coded"):
        of_tags(ada.core, Question())
    with pytest.raises(UsageError, match="name one beside Ada"):
        of_tags(ada.core, Question(coders=("Ada",)))
    mark(bo, "One fell.", "down", document=2)
    with pytest.raises(NothingToDo, match="no document on which all"):
        of_tags(ada.core, Question())
    ada.coders.mark_done([1, 2])
    with pytest.raises(NothingToDo, match="marked as done by all"):
        of_tags(ada.core, Question())
    bo.coders.mark_done([1, 2])
    (row,) = of_tags(ada.core, Question())
    assert (row.documents, row.all_marked, row.some_marked) == (2, 0, 2)
    with pytest.raises(NothingToDo):
        of_tags(ada.core, Question(documents=DocumentFilter(title="absent")))


def test_attributes_are_compared_by_their_level(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    ada.attributes.define("tone", "scale", values=("-2", "2"))
    for library, tones in ((ada, (2, -1)), (bo, (1, -1))):
        for document, tone in enumerate(tones, 1):
            library.attributes.set([document], "tone", str(tone))
    (row,) = of_attributes(ada.core, Question())
    assert (row.what, row.unit, row.level) == ("tone", "document", "ordinal")
    assert (row.units, row.all_marked, row.some_marked) == (2, 1, 1)
    assert row.percent == 0.5
    assert row.alpha is not None and row.alpha > 0.5
