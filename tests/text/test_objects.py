"""Words, sentences, paragraphs, and the motions between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import texts

from tui.text import graphemes, objects
from tui.text.objects import UNITS, Unit

NEWS = (
    "The harbour's long-awaited plan failed. Nobody knew why.\n"
    "\n"
    "  “We waited,” said Ms. Reis. She left.  \n"
    "Next line"
)


def taken(text: str, place: tuple[int, int] | None) -> str | None:
    return None if place is None else text[place[0] : place[1]]


@pytest.mark.parametrize(
    ("inside", "word"),
    [("harbour's", "harbour's"), ("awaited", "long-awaited"), ("Reis", "Reis")],
)
def test_a_word_keeps_its_apostrophes_and_hyphens(inside: str, word: str) -> None:
    for extra in range(len(inside)):
        found = objects.word_at(NEWS, NEWS.index(inside) + extra)
        assert taken(NEWS, found) == word


def test_between_words_there_is_none() -> None:
    assert objects.word_at(NEWS, NEWS.index(" plan")) is None
    assert objects.word_at("'quoted'", 0) is None
    assert objects.word_at("", 0) is None


def test_words_of_scripts_without_blanks() -> None:
    text = "東京のニュース"
    assert [taken(text, objects.word_at(text, at)) for at in (0, 2, 4)] == [
        "東京",
        "の",
        "ニュース",
    ]


def test_marks_belong_to_their_word() -> None:
    text = "un cafe\u0301 noir"
    for at in range(3, 8):
        assert taken(text, objects.word_at(text, at)) == "cafe\u0301"


def test_a_sentence_has_no_blanks_around_it() -> None:
    at = NEWS.index("Nobody")
    assert taken(NEWS, objects.sentence_at(NEWS, at, "en")) == "Nobody knew why."
    at = NEWS.index("She") - 1
    found = taken(NEWS, objects.sentence_at(NEWS, at, "en"))
    assert found == "“We waited,” said Ms. Reis."


def test_a_paragraph_is_a_line_that_is_not_blank() -> None:
    at = NEWS.index("waited,")
    found = taken(NEWS, objects.paragraph_at(NEWS, at))
    assert found == "“We waited,” said Ms. Reis. She left."
    assert objects.paragraph_at(NEWS, NEWS.index("\n") + 1) is None


def test_motions_lead_from_start_to_start() -> None:
    second = NEWS.index("“We")
    assert objects.next_paragraph(NEWS, 5) == second
    assert objects.previous_paragraph(NEWS, second) == 0
    assert objects.next_sentence(NEWS, 0, "en") == NEWS.index("Nobody")
    assert objects.next_sentence(NEWS, NEWS.index("why"), "en") == second
    assert objects.previous_sentence(NEWS, second, "en") == NEWS.index("Nobody")
    assert objects.next_word(NEWS, 0) == 4
    assert objects.previous_word(NEWS, 4) == 0
    assert objects.next_paragraph(NEWS, len(NEWS) - 2) == len(NEWS)


def test_one_endless_line_is_read_only_near_the_offset() -> None:
    text = "One sentence here. " * 100_000
    at = 1_000_000
    start, end = objects.unit_at(text, at, "sentence")
    assert text[start:end] == "One sentence here."
    assert start <= at <= end + 1


@given(texts, st.data())
@settings(max_examples=80, deadline=None)
def test_every_object_is_whole_signs_inside_the_text(
    text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    for unit in UNITS:
        start, end = objects.unit_at(text, offset, unit)
        assert 0 <= start <= end <= len(text)
        assert graphemes.floor(text, start) == start
        assert graphemes.floor(text, end) == end


@given(texts, st.sampled_from(UNITS[:-1]))
@settings(max_examples=60, deadline=None)
def test_motions_always_get_on_and_arrive(text: str, unit: Unit) -> None:
    place = 0
    while place < len(text):
        after = objects.step(text, place, unit, True)
        assert after > place
        assert graphemes.floor(text, after) == after
        place = after
    while place > 0:
        before = objects.step(text, place, unit, False)
        assert before < place
        assert graphemes.floor(text, before) == before
        place = before
