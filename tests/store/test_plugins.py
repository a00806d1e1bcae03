"""Other extractors: chosen by name, held to the promises, spaCy among them."""

from __future__ import annotations

import pytest

from store.errors import NotFound, UsageError
from store.extract import EXTRACTOR, plugins
from store.model import Found


def test_the_built_in_extractor_is_one_of_those_to_choose() -> None:
    assert plugins.available()[0] == plugins.BUILT_IN
    extractor = plugins.chosen()
    assert extractor.name == EXTRACTOR
    assert [one.surface for one in extractor("Nel 2020 a Bologna.", "it")]
    with pytest.raises(NotFound):
        plugins.chosen("no such extractor")


def test_a_plugged_in_extractor_is_held_to_the_promises() -> None:
    text = "Ada Lovelace wrote"
    found = [
        Found(4, 12, "Lovelace", "PER"),
        Found(0, 12, "Ada Lovelace", "PER"),
        Found(13, 99, "wrote", "ORG"),
        Found(13, 18, "wrong", "ORG"),
    ]
    assert plugins.checked(text, found) == [found[1]]


def test_spacy_is_asked_for_by_name_where_it_is_missing() -> None:
    from store.extract.spacy_adapter import SpacyExtractor

    try:
        import spacy  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
    except ImportError:
        with pytest.raises(UsageError, match="not installed"):
            SpacyExtractor()


def test_spacy_names_and_own_literals() -> None:
    spacy = pytest.importorskip("spacy")
    from store.extract.spacy_adapter import SpacyExtractor

    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns(
        [{"label": "GPE", "pattern": "Bologna"}, {"label": "NORP", "pattern": "Danes"}]
    )
    extractor = SpacyExtractor()
    extractor.use("en", pipeline)
    found = extractor("Danes came to Bologna in March 2020.", "en")
    assert [(one.surface, one.type) for one in found] == [
        ("Bologna", "LOC"),
        ("March 2020", "DATE"),
    ]
