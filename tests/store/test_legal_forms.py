"""Companies that are told apart by their legal forms."""

from __future__ import annotations

import pytest

from store.extract import extract


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("Acme Ltd met Birch Corp in Rome.", ["Acme Ltd", "Birch Corp"]),
        ("Acme Ltd and Birch Corp stayed.", ["Acme Ltd", "Birch Corp"]),
        (
            "Acme Ltd met Birch Corp. Acme Ltd left.",
            ["Acme Ltd", "Birch Corp", "Acme Ltd"],
        ),
        ("Cedar Inc came to Rome.", ["Cedar Inc"]),
        ("Neri S.p.A. e Bianchi & C. S.a.s.", ["Neri S.p.A.", "Bianchi & C. S.a.s."]),
        ("The form Ltd is known.", []),
    ],
)
def test_each_legal_form_ends_one_company(text: str, firms: list[str]) -> None:
    """Two are not one, and none is a form alone or goes on behind it."""
    found = [one.surface for one in extract(text, "en") if one.type == "ORG"]
    assert found == firms


def test_a_german_company_may_have_two() -> None:
    """The partner is part of the name."""
    text = "Die Brandt GmbH & Co. KG baut in Ulm."
    found = [one.surface for one in extract(text, "de") if one.type == "ORG"]
    assert found == ["Brandt GmbH & Co. KG"]
