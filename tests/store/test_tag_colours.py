"""Colours of other programs as one of the eight."""

from __future__ import annotations

import pytest

from store.tag_colours import NAMES, RGB, nearest


def test_the_eight_come_back_as_themselves() -> None:
    assert [nearest(colour) for colour in RGB] == list(range(8))
    assert [nearest(colour.upper()) for colour in RGB] == list(range(8))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(("#00008b", "blue"), ("#add8e6", "cyan"), ("#800000", "red")),
        *(("#0F0", "green"), ("#663399", "violet"), ("#ffc0cb", "pink")),
        *(("#ffff00", "yellow"), ("#ffa500", "orange"), ("966450", "orange")),
    ],
)
def test_a_colour_goes_to_its_hue(written: str, name: str) -> None:
    number = nearest(written)
    assert number is not None and NAMES[number] == name


@pytest.mark.parametrize("written", ["", "red", "#12", "#000", "#808080", "#ffffff"])
def test_greys_and_what_is_no_colour_have_none(written: str) -> None:
    assert nearest(written) is None
