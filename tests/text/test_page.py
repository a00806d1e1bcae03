"""The page: head above text, and rows that stay where they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from texts import texts

from tui.text import graphemes
from tui.text.page import Page


def test_the_head_stands_above_the_text_with_a_blank_row() -> None:
    page = Page("Text here.", ["A long title that wraps", "Source · 2026"], 12)
    assert [line for line, _ in page.head] == [
        "A long title",
        "that wraps",
        "Source ·",
        "2026",
        "",
    ]
    assert page.y_of(0) == 5
    assert page.row(4) is None
    assert page.row(6) is None
    assert page.offset_at(0, 7) == 0


def test_without_a_head_the_text_begins_at_the_top() -> None:
    assert Page("Text", [], 10).y_of(0) == 0


def test_beyond_a_broken_row_stands_its_last_sign() -> None:
    page = Page("the quick brown fox", [], 9)
    assert page.offset_at(0, 40) == 8
    assert page.offset_at(1, 40) == 19
    assert page.offset_at(50, 2) == 12


@given(texts, st.integers(2, 40), st.integers(-2, 60), st.integers(-2, 60))
@settings(max_examples=80, deadline=None)
def test_any_place_of_the_page_is_a_sign(text: str, width: int, y: int, x: int) -> None:
    page = Page(text, ["Title"], width)
    offset = page.offset_at(y, x)
    assert 0 <= offset <= len(text)
    assert graphemes.floor(text, offset) == offset


@given(texts, st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_row_and_cell_lead_back_to_the_offset(text: str, width: int) -> None:
    page = Page(text, [], width)
    for offset in range(len(text) + 1):
        row = page.nearest(page.y_of(offset))
        if offset == graphemes.floor(text, offset) and offset < row.end:
            assert page.offset_at(page.y_of(offset), page.cell_of(offset)) == offset


@given(texts, st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_every_cell_of_the_page_is_a_sign_that_stands_there(
    text: str, width: int
) -> None:
    page = Page(text, [], width)
    for y in range(page.rows):
        row = page.nearest(y)
        for cell in range(width):
            offset = page.offset_at(y, cell)
            assert graphemes.floor(text, offset) == offset
            assert row.start <= offset <= row.end
            if offset < row.end:
                assert page.y_of(offset) == y
                assert page.cell_of(offset) <= cell
                after = graphemes.following(text, offset)
                ends = after >= row.end
                assert ends or page.cell_of(after) > cell


def test_settling_keeps_what_stood_at_the_top() -> None:
    text = "漢字とかな。" * 40_000
    page = Page(text, ["Title"], 50)
    y = page.y_of(120_000) - 3
    top = page.nearest(y).start
    settled = page.settled(y, 40)
    assert page.nearest(settled).start == top
    assert page.settled(settled - 40, 40) == settled - 40
