"""Other extractors: chosen by name, held to the promises, spaCy among them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import shelf
from installed import install

from store import extracting, naming, served
from store.errors import NotFound, UsageError
from store.extract import EXTRACTOR, plugins
from store.library import Library
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


@pytest.fixture
def plugged(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Library:
    """Three documents, of which the second makes the installed extractor fail."""
    install(tmp_path / "site", monkeypatch)
    for text in ("Zumble met Maria Rossi.", "Zumble will explode.", "No Zumble here."):
        shelf.add_text(library, text)
    return library


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_installed_extractor_serves_and_may_fail_on_one(
    plugged: Library, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "_CHUNK_DOCUMENTS", 1)
    *_, last = plugged.extract_pending(jobs=jobs, extractor="words")
    assert (last.done, last.mentions, last.failed) == (3, 2, 1)
    assert last.extractor == "words-7"
    ((document, reason),) = last.failures
    assert (document, reason) == (2, "words-7 failed: ValueError: too \x1b[31mhot")
    mentions = plugged.entities.mentions()
    assert [(one.document, one.surface) for one in mentions] == [
        (1, "Zumble"),
        (3, "Zumble"),
    ]
    assert {one.extractor for one in mentions} == {"words-7"}
    assert naming.pending(plugged.core) == [2]
    assert served.of_document(plugged.core.reader, 1) == ("words-7", "words-7")
    assert served.of_document(plugged.core.reader, 2) == (
        None,
        "could not be read by words-7",
    )
    assert list(plugged.extract_pending(extractor="words")) == []  # not for nothing
    plugged.core.writer.run(
        lambda pen: pen.connection.execute(
            "UPDATE documents SET extractor = 'failed words-6' WHERE id = 2"
        )
    )
    assert naming.untried(plugged.core, "words") == [2]  # by an older version
    list(plugged.extract_pending())
    assert served.of_document(plugged.core.reader, 2)[1] == served.BY_JOINT


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("nobody", NotFound, "There is no extractor nobody. There are: built-in, "),
        ("broken", UsageError, "broken cannot be loaded (OSError: no model file)."),
        ("missing", UsageError, "missing cannot be loaded (ModuleNotFoundError"),
        ("nameless", UsageError, "nameless is made wrongly"),
    ],
)
def test_an_extractor_that_cannot_be_had_is_refused_before_anything_is_read(
    plugged: Library, name: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        list(plugged.extract_pending(extractor=name))
    assert naming.pending(plugged.core) == [1, 2, 3]


def test_what_it_gives_cannot_spoil_the_library() -> None:
    """Wrong types and values do not stop a document; quotations may hold names."""
    text = "“Ada wrote it in 1843,” he said."
    found = [
        Found(0, 23, text[0:23], "QUOTE"),
        Found(1, 4, "Ada", "PER", confidence=1),
        Found(5, 10, "wrote", "VERB"),
        Found(17, 21, "1843", "DATE", "in the morning"),
        Found(27, 31, "said", "MONEY", {"amount": object()}),
    ]
    kept = plugins.checked(text, found)
    assert [(one.surface, one.type, one.value) for one in kept] == [
        (text[0:23], "QUOTE", None),
        ("Ada", "PER", None),
        ("1843", "DATE", None),
        ("said", "MONEY", None),
    ]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("it", "Italian model"),
        ("it-CH", "Italian model"),
        ("de", "joint model of several languages"),
        (None, "joint model of several languages"),
        ("ja", "script without capitals: dates, sums and listed names only"),
    ],
)
def test_what_serves_a_language_is_said_in_words(
    language: str | None, says: str
) -> None:
    assert served.words(EXTRACTOR, language) == says
    assert served.words("wordy-7", language) == "wordy-7"


def spacy_is_there() -> bool:
    return importlib.util.find_spec("spacy") is not None


@pytest.mark.skipif(
    not spacy_is_there(), reason="spaCy is not installed: pip install 'postilla[spacy]'"
)
def test_spacy_takes_the_smallest_installed_pipeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipeline that is installed as those of spaCy are, and loaded as they are."""
    import spacy

    from store.extract.spacy_adapter import SpacyExtractor

    site = tmp_path / "site"
    for size, place in (("sm", "Bologna"), ("md", "Modena")):
        name = f"en_core_web_{size}"
        pipeline = spacy.blank("en")
        ruler = pipeline.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "GPE", "pattern": place}])
        (site / name).mkdir(parents=True)
        pipeline.to_disk(site / name / "data")
        (site / name / "__init__.py").write_text(
            "from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
            "def load(**given):\n"
            "    return load_model_from_path(Path(__file__).parent / 'data', **given)\n"
        )
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
    monkeypatch.syspath_prepend(str(site))
    extractor = SpacyExtractor()
    found = extractor("From Modena to Bologna in March 2020.", "en")
    assert [(one.surface, one.type) for one in found] == [
        ("Bologna", "LOC"),
        ("March 2020", "DATE"),
    ]
    assert extractor.name == f"spacy-{spacy.__version__}"
    with pytest.raises(UsageError, match="no pipeline for this language"):
        extractor("Salve.", "it")
