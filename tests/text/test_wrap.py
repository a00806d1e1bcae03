"""Rows: they cover the text, fit the width and never cut a sign."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from texts import texts

from tui.text import cells, graphemes
from tui.text.wrap import TAB, Row, Wrap, wrapped

widths = st.integers(min_value=2, max_value=40)


def all_rows(wrap: Wrap) -> list[Row]:
    wrap.measure(0, len(wrap.text))
    return [wrap.row(index) for index in range(wrap.rows)]


@given(texts, widths)
@settings(max_examples=80, deadline=None)
@example("abcde ", 5)
@example("", 2)
@example("a\n", 4)
def test_rows_cover_the_text_without_gaps(text: str, width: int) -> None:
    rows = all_rows(Wrap(text, width))
    assert rows[0].start == 0
    assert rows[-1].next == len(text)
    for row, after in itertools.pairwise(rows):
        assert row.next == after.start
    for row in rows:
        assert row.start <= row.end <= row.next
        assert graphemes.floor(text, row.start) == row.start
        assert text[row.end : row.next] in ("", "\n", " ", "\t", "\u3000")
    assert sum(row.hard for row in rows) == text.count("\n") + 1


@given(texts, widths)
@settings(max_examples=80, deadline=None)
@example("The harbour  \u0301", 2)
def test_rows_fit_the_width_apart_from_a_last_blank(text: str, width: int) -> None:
    for row in all_rows(Wrap(text, width)):
        taken = cells.width(text, row.start, row.end)
        blank = row.end > row.start and text[row.end - 1] in " \t\u3000"
        assert taken <= width + (TAB if blank else 0)


@given(texts, widths)
@settings(max_examples=40, deadline=None)
def test_every_offset_lies_in_the_row_it_is_said_to(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    for offset in range(len(text) + 1):
        row = wrap.row(wrap.row_of(offset))
        assert row.start <= offset < row.next or offset == len(text) == row.next


@given(texts, widths, widths)
@settings(max_examples=40, deadline=None)
def test_resizing_gives_what_a_fresh_wrap_gives(text: str, old: int, new: int) -> None:
    wrap = Wrap(text, old)
    wrap.resize(new)
    assert all_rows(wrap) == all_rows(Wrap(text, new))


def test_words_stay_whole_and_the_blank_hangs() -> None:
    wrap = Wrap("the quick brown fox", 9)
    assert [wrap.text[r.start : r.end] for r in all_rows(wrap)] == [
        "the quick",
        "brown fox",
    ]


def test_closing_signs_never_begin_a_row() -> None:
    wrap = Wrap("東京の駅。次", 8)
    assert [wrap.text[r.start : r.end] for r in all_rows(wrap)] == ["東京の", "駅。次"]


def test_rows_of_a_short_line() -> None:
    assert wrapped("a title in short", 7) == [(0, 7), (8, 10), (11, 16)]
    assert wrapped("unbreakable", 4) == [(0, 4), (4, 8), (8, 11)]
    assert wrapped("", 4) == [(0, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "word and another one. " * 15_000,
        "行" * 150_000,
        "short\n" * 60_000,
        "漢字とかな。\n" * 30_000,
    ],
    ids=["one line", "one wide line", "short lines", "wide lines"],
)
def test_large_texts_are_found_in_pieces(text: str) -> None:
    lazy = Wrap(text, 60)
    place = len(text) // 2 + 7
    index = lazy.row_of(place)
    row = lazy.row(index)
    assert row.start <= place < row.next
    lazy.measure_around(place, 40)
    around = lazy.row_of(place)
    nearby = [lazy.row(i) for i in range(around - 40, around + 80)]
    total = lazy.rows
    for before, after in itertools.pairwise(nearby):
        assert before.next == after.start
    assert lazy.rows == total, "looking at the neighbourhood changes nothing more"
    assert lazy.row(lazy.row_of(len(text))).next == len(text)


def test_what_was_seen_does_not_move_when_more_is_seen() -> None:
    text = "漢字とかな。" * 40_000
    wrap = Wrap(text, 50)
    seen = wrap.row(wrap.row_of(100_000))
    wrap.measure(0, len(text))
    assert wrap.row(wrap.row_of(100_000)) == seen


def test_a_text_that_ends_at_the_border_of_a_piece() -> None:
    text = ("x" * 4095 + "\n") * 40
    rows = all_rows(Wrap(text, 4096))
    assert len(rows) == 41
    assert rows[-1] == Row(len(text), len(text), len(text), True)
