"""Names and sums in business news whose firms and products no list holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from marked_texts import Span, items, strict_f1

from store.extract import extract

ROOT = Path(__file__).resolve().parents[1]
LEAST = {"it": 83.0, "en": 86.0, "de": 83.0, "fr": 85.0, "es": 86.0}
"""Strict F1 over names and literals that must be kept, in percent."""


def found(text: str, language: str) -> Iterator[Span]:
    for one in extract(text, language):
        if one.type != "QUOTE":  # what is said is not marked here
            yield one.start, one.end, one.type


@pytest.mark.parametrize("language", sorted(LEAST))
def test_most_of_what_is_named_is_found(language: str) -> None:
    marked = items(ROOT / "data" / "business" / f"{language}.txt")
    assert len(marked) >= 20
    f1 = strict_f1(marked, lambda text: found(text, language))
    assert f1 >= LEAST[language], f"{language}: {f1:.1f}"


@pytest.mark.parametrize("language", sorted(LEAST))
def test_the_marks_are_clean(language: str) -> None:
    for text, spans in items(ROOT / "data" / "business" / f"{language}.txt"):
        assert not re.search(r"[\[\]]", text)
        last = 0
        for start, end, kind in sorted(spans):
            assert last <= start < end
            assert text[start:end] == text[start:end].strip()
            assert kind.isupper()
            last = end
