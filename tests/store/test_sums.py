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


@pytest.mark.parametrize(
    ("text", "surface", "amount", "currency"),
    [
        ("A Sh4.1 billion loan was paid.", "Sh4.1 billion", 4.1e9, "KES"),
        ("It cost R230 million.", "R230 million", 230e6, "ZAR"),
        ("He paid R1,500 for it.", "R1,500", 1500, "ZAR"),
        ("A fine of Rs 500 crore.", "Rs 500 crore", 5e9, "INR"),
        ("Fees of KSh 300m rose.", "KSh 300m", 300e6, "KES"),
        ("RM12.5m was lost.", "RM12.5m", 12.5e6, "MYR"),
        ("The N$3.2m bridge.", "N$3.2m", 3.2e6, "NAD"),
        ("Rs.500 a day.", "Rs.500", 500, "INR"),
    ],
)
def test_a_currency_may_be_letters_on_the_number(
    text: str, surface: str, amount: float, currency: str
) -> None:
    found = [one for one in extract(text, "en") if one.type == "MONEY"]
    assert [(one.surface, one.value) for one in found] == [
        (surface, {"amount": amount, "currency": currency})
    ]


@pytest.mark.parametrize(
    "text", ["The R2 unit and R4 stood.", "Room K 5 is shut.", "See P 12 or N 3."]
)
def test_a_letter_and_a_number_are_no_sum(text: str) -> None:
    assert [one for one in extract(text, "en") if one.type == "MONEY"] == []


def test_a_chinese_sum_may_name_its_currency_first() -> None:
    found = [
        one for one in extract("投資新台幣210億元建廠。", "zh") if one.type == "MONEY"
    ]
    assert [(one.surface, one.value) for one in found] == [
        ("新台幣210億元", {"amount": 21000000000, "currency": "TWD"})
    ]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("From $17 to $41 a bushel.", "en", ["$17", "$41"]),
        ("Between $35m-$40m.", "en", ["$35m-$40m"]),
        ("Bis zu minus 9 Grad.", "de", ["minus 9 Grad"]),
        ("Il fait -7 degrés ici.", "fr", ["-7 degrés"]),
        ("Quatre fois plus, 5 millions de fois.", "fr", ["5 millions de fois"]),
        ("Jugó setenta y un minutos.", "es", ["setenta y un minutos"]),
        ("DEJA TRES MUERTOS Y UN MISTERIO", "es", ["TRES MUERTOS"]),
        ("In 2024, 50 NATO flags.", "en", ["2024"]),
        ("Dans la nuit de samedi à dimanche.", "fr", ["nuit de samedi à dimanche"]),
        ("Au mois de mars 2024.", "fr", ["mois de mars 2024"]),
    ],
)
def test_what_belongs_to_a_number_or_date(
    text: str, language: str, found: list[str]
) -> None:
    literals = ("MONEY", "QUANTITY", "PERCENT", "DATE")
    assert [m.surface for m in extract(text, language) if m.type in literals] == found
