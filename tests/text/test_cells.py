"""Cells and offsets: there and back again for every sign."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from texts import texts

from store import safe
from tui.text import cells
from tui.text.wrap import Wrap


@given(texts, st.integers(min_value=4, max_value=60))
@settings(max_examples=60, deadline=None)
def test_every_cell_of_a_sign_is_that_sign(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    for index in range(wrap.rows):
        row = wrap.row(index)
        total = 0
        for glyph in cells.glyphs(text, row.start, row.end):
            assert safe.width(glyph.shown) == glyph.cells
            assert cells.cell_of(text, row.start, row.end, glyph.start) == total
            for cell in range(total, total + glyph.cells):
                assert cells.offset_at(text, row.start, row.end, cell) == glyph.start
            total += glyph.cells
        assert cells.width(text, row.start, row.end) == total
        assert cells.offset_at(text, row.start, row.end, total) == row.end


def test_both_halves_of_a_wide_sign() -> None:
    assert [cells.offset_at("日本", 0, 2, cell) for cell in range(5)] == [0, 0, 1, 1, 2]


def test_a_tab_reaches_to_the_next_stop_of_four() -> None:
    text = "ab\tc\t"
    assert [(g.cell, g.cells) for g in cells.glyphs(text, 0, len(text))] == [
        (0, 1),
        (1, 1),
        (2, 2),
        (4, 1),
        (5, 3),
    ]
    assert cells.offset_at(text, 0, 5, 3) == 2


def test_an_offset_inside_a_sign_is_where_the_sign_begins() -> None:
    text = "x👩\u200d👩\u200d👧y"
    assert cells.cell_of(text, 0, len(text), 3) == 1
    assert cells.cell_of(text, 0, len(text), 6) == 3


def test_nothing_that_acts_is_ever_drawn() -> None:
    text = "a\x1b[31m\u202eb\x9bc\u2066"
    shown = "".join(glyph.shown for glyph in cells.glyphs(text, 0, len(text)))
    assert shown == "a␛[31m⇄b\ufffdc⇄"
