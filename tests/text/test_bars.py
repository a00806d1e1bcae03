"""Bars: as long as they should be, never longer than there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.bars import BLOCK, LITTLE, bar


def test_lengths() -> None:
    assert bar(0, 10, 8) == ""
    assert bar(10, 10, 8) == BLOCK * 8
    assert bar(5, 10, 8) == BLOCK * 4
    assert bar(1, 10_000, 8) == LITTLE
    assert bar(1, 10_000, 8, plain=True) == "#"
    assert bar(3, 0, 8) == bar(3, 10, 0) == ""


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 60))
def test_more_is_never_shorter(one: int, other: int, cells: int) -> None:
    most = max(one, other)
    small, large = sorted((one, other))
    assert len(bar(small, most, cells)) <= len(bar(large, most, cells)) <= cells
    plain = bar(small, most, cells, plain=True)
    assert len(plain) <= cells and plain.isascii()
