"""spaCy as an extractor: its names, with the dates and sums of our own grammar.

An optional way in (the extra ``spacy``). The user installs spaCy and its pipelines;
for each language the smallest installed pipeline is taken. Nothing is downloaded.
"""

from __future__ import annotations

import importlib
from typing import Any

from store.errors import UsageError
from store.extract import literals
from store.extract.plugins import checked
from store.extract.tokens import tokens
from store.model import Found

KINDS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC",
    "FAC": "LOC", "PRODUCT": "PRODUCT", "EVENT": "EVENT", "WORK_OF_ART": "WORK",
    "LAW": "WORK",
}  # fmt: skip
"""What spaCy calls them, and what postilla does; other labels are left out."""

_SIZES = ("sm", "md", "lg")
_ANY = "xx_ent_wiki_sm"


class SpacyExtractor:
    """Called as ``store.extract.extract`` is."""

    def __init__(self) -> None:
        try:
            self._spacy: Any = importlib.import_module("spacy")
        except ImportError as error:
            raise UsageError(
                "spaCy is not installed: pip install 'postilla[spacy]'."
            ) from error
        self.name = f"spacy-{self._spacy.__version__}"
        self._pipelines: dict[str, Any] = {}

    def __call__(
        self, text: str, language: str | None = None, *, published: str | None = None
    ) -> list[Found]:
        """Return the mentions of ``text``; a name that meets a literal gives way."""
        lang = (language or "")[:2].lower()
        values = literals.find(text, tokens(text, lang), lang or None, published)
        taken = [(one.start, one.end) for one in values]
        named = [
            Found(one.start_char, one.end_char, one.text, KINDS[one.label_])
            for one in self._pipeline(lang)(text).ents
            if one.label_ in KINDS
            and all(one.end_char <= a or one.start_char >= b for a, b in taken)
        ]
        return checked(text, [*named, *values])

    def use(self, lang: str, pipeline: Any) -> None:
        """Take a pipeline for a language instead of an installed one."""
        self._pipelines[lang] = pipeline

    def _pipeline(self, lang: str) -> Any:
        if lang not in self._pipelines:
            self._pipelines[lang] = self._spacy.load(self._installed(lang))
        return self._pipelines[lang]

    def _installed(self, lang: str) -> str:
        kinds = ("core_web", "core_news")
        names = [f"{lang}_{kind}_{size}" for size in _SIZES for kind in kinds]
        for name in (*names, _ANY):
            if self._spacy.util.is_package(name):
                return name
        raise UsageError(
            f"spaCy has no pipeline for this language: python -m spacy download {_ANY}"
        )
