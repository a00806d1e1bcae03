"""Finding words inside one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.finding import find_in

TEXT = (
    "The café closed. Cafe owners in Zürich\nclosed theirs, too: 東京タワー"
    " 👩‍👩‍👧 naïve"
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", ["café", "Cafe"]),
        ("ZURICH closed", ["Zürich\nclosed"]),
        ("owners theirs", ["owners", "theirs"]),
        ("東京", ["東京"]),
        ("naive", ["naïve"]),
        ("absent", []),
        ("", []),
        ("  \n ", []),
    ],
)
def test_words_are_found_accents_case_and_blanks_aside(
    words: str, found: list[str]
) -> None:
    assert [TEXT[start:end] for start, end in find_in(TEXT, words)] == found


@given(st.text(max_size=60), st.text(max_size=4))
def test_places_are_inside_and_in_order(text: str, words: str) -> None:
    found = find_in(text, words)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert found == sorted(found)
