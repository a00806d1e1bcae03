"""What stands beside a row: numbers where annotations begin, a line where they are."""

from __future__ import annotations

import pytest

from tui.text.layers import Layer, Span
from tui.text.margin import Margin, fitted, margin


def beside(start: int, end: int, *places: tuple[int, int]) -> Margin:
    """Beside the row ``[start, end)`` under annotations with these places."""
    notes = [Span(a, b, n, f"tag-{n}", n) for n, (a, b) in enumerate(places, start=1)]
    layer = Layer.of(notes, 1000).with_lanes()
    return margin(layer.touching(start, end), start, end)


def shown(start: int, end: int, *places: tuple[int, int]) -> str:
    return "".join(fitted(beside(start, end, *places), 5))


def test_a_number_where_it_begins_and_a_line_as_far_as_it_goes() -> None:
    place = (10, 130)
    assert shown(0, 50, place) == "  1│"
    assert shown(50, 100, place) == "   │"
    assert shown(100, 150, place) == "   │"
    assert beside(150, 200, place) == Margin()


def test_lines_tell_one_from_two_and_which_goes_on() -> None:
    crossing = ((10, 80), (60, 160))
    assert shown(0, 50, *crossing) == "  1│"
    assert shown(50, 100, *crossing) == "  2║"
    assert shown(100, 150, *crossing) == "   ╎"
    nested = ((10, 160), (60, 80))
    assert shown(50, 100, *nested) == "  2║"
    assert shown(100, 150, *nested) == "   │"
    assert shown(0, 50, (0, 9), (1, 8), (2, 7)) == "1-3┃"


def test_one_after_the_other_in_a_row_do_not_overlap() -> None:
    assert shown(0, 50, (0, 10), (20, 30)) == "1,2│"
    assert shown(0, 50, (0, 10), (10, 30), (40, 45)) == "1-3│"


def test_colours_are_those_of_the_first_and_of_the_smallest() -> None:
    found = beside(0, 50, (0, 30), (5, 10))
    assert (found.first, found.top) == ("tag-1", "tag-2")


@pytest.mark.parametrize(
    ("numbers", "cells", "expected"),
    [
        ("7", 5, "  7│"),
        ("123", 5, "123│"),
        ("1234", 5, "1234"),
        ("12345", 5, "  +│"),
        ("9,10", 5, " 9+│"),
        ("10-12", 5, "10+│"),
        ("100-102", 5, "100+"),
        ("1,2", 4, "1+│"),
        ("12", 4, "12│"),
        ("12", 2, "│"),
        ("1-9", 2, "│"),
        ("", 5, "   │"),
    ],
)
def test_numbers_are_shortened_to_what_fits(
    numbers: str, cells: int, expected: str
) -> None:
    assert "".join(fitted(Margin(numbers, "│"), cells)) == expected
