"""Sums in a row, and measures made of two."""

from __future__ import annotations

import pytest

from store.extract import extract


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("They paid £3.4bn, $12m and €5,000.", ["£3.4bn", "$12m", "€5,000"]),
        ("It cost 40 million, €3 more.", ["40 million", "€3"]),
        ("It fell to 12 $ and 30 €.", ["12 $", "30 €"]),
    ],
)
def test_a_sign_belongs_to_the_number_it_touches(text: str, sums: list[str]) -> None:
    """Not to the one before, whose own sign stands in front of it."""
    found = [one.surface for one in extract(text, "en") if one.type == "MONEY"]
    assert found == sums


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        (
            "Foi condenado a doze anos e seis meses.",
            "pt",
            "doze anos e seis meses",
            {"amount": 12, "unit": "anos", "and": {"amount": 6, "unit": "meses"}},
        ),
        (
            "The tunnel took two years and three months.",
            "en",
            "two years and three months",
            {"amount": 2, "unit": "years", "and": {"amount": 3, "unit": "months"}},
        ),
    ],
)
def test_two_measures_are_one_quantity_in_the_unit_of_the_first(
    text: str, language: str, surface: str, value: dict[str, object]
) -> None:
    """So that it stands among others of this unit in an order by value."""
    found = [one for one in extract(text, language) if one.type == "QUANTITY"]
    assert [(one.surface, one.value) for one in found] == [(surface, value)]
