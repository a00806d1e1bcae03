"""Names and quotations go on behind a line that was wrapped."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from store.extract import extract
from store.extract.flowing import flowing

TEXT = (
    "The harbour authority said on Monday that it would pay for the repairs, and "
    "the minister agreed. “We never promised that the bridge would be open before "
    "the summer, and nobody asked us to,” said Marta Lindqvist, who leads the "
    "authority. Her deputy, Paolo Bernasconi, was in Rotterdam when the Global "
    "Harbour Forum opened, and he paid three million euros for the old cranes."
)


def surfaces(text: str, type: str) -> list[str]:
    return [" ".join(m.surface.split()) for m in extract(text, "en") if m.type == type]


def test_a_wrapped_text_says_what_the_whole_one_says() -> None:
    for width in range(44, 100):
        wrapped = textwrap.fill(TEXT, width)
        if wrapped.count("\n") < 3:
            continue
        for type in ("PER", "ORG", "LOC", "QUOTE", "MONEY"):
            assert surfaces(wrapped, type) == surfaces(TEXT, type), (width, type)


def test_surfaces_are_those_of_the_text() -> None:
    wrapped = textwrap.fill(TEXT, 60)
    found = extract(wrapped, "en")
    assert all(wrapped[m.start : m.end] == m.surface for m in found)
    assert any("\n" in m.surface for m in found)


def test_headlines_and_lists_stay_apart() -> None:
    for text in (
        "Harbour reopens\nBy Anna Rossi\nRotterdam",
        "HARBOUR REOPENS AFTER A LONG DISPUTE\n" + TEXT,
        "Members present:\nAnna Rossi, mayor of the town\nPaolo Bernasconi\nIda Weiss",
        TEXT + "\n" + TEXT,
    ):
        assert flowing(text) == text


@given(st.text(st.sampled_from("ab Ä.\n\r「x"), max_size=400))
def test_nothing_moves(text: str) -> None:
    flown = flowing(text)
    assert len(flown) == len(text)
    assert all(
        one == other or (one, other) == ("\n", " ")
        for one, other in zip(text, flown, strict=True)
    )
