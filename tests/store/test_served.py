"""What found the names of a document, in words that a reader understands."""

from __future__ import annotations

import pytest

from store import served
from store.extract import EXTRACTOR

EARLIER = f"{EXTRACTOR.rpartition('-')[0]}-0"


@pytest.mark.parametrize(
    ("extractor", "language", "words"),
    [
        (None, "it", served.NOT_YET),
        (EXTRACTOR, "it", "Italian model"),
        (EXTRACTOR, "en", served.BY_JOINT),
        (EXTRACTOR, "zh", served.BY_LISTS),
        (EARLIER, "it", "earlier Italian model"),
        (EARLIER, "en", "earlier joint model"),
        ("words-7", "en", "words-7"),
        ("words", None, "words"),
        (served.failed("words-7"), "en", "could not be read by words-7"),
    ],
)
def test_what_serves_is_said_in_words(
    extractor: str | None, language: str | None, words: str
) -> None:
    assert served.words(extractor, language) == words


def test_reasons_are_no_names_of_models() -> None:
    assert served.found_by("Italian model") == "by: Italian model"
    assert served.found_by(served.NOT_YET) == served.NOT_YET
    assert served.without("Italian model") == "none found by: Italian model"
    assert served.without(served.words(served.failed("w-1"), None)) == (
        "could not be read by w-1"
    )
