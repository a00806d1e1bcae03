"""Entities out of text: one call, one answer, the same every time.

``extract`` is all that other modules need; ``about`` tells how good an answer to
expect for a language. Models, lists and grammars are read at the first call, not at
import. Another extractor can be plugged in: see ``store.extract.plugins``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.extract.words import word_set
from store.model import Found

EXTRACTOR = "postilla-crf-2"
"""Name and version of the built-in extractor, stored with every mention."""

Extractor = Callable[..., list[Found]]

_LISTS_ONLY = word_set(
    "am ar bn dv fa gu he hi iw ja ka km kn ko ku lo ml mr my ne or pa ps sa sd si ta "
    "te th ug ur yi yue zh"
)


@dataclass(frozen=True, slots=True)
class About:
    """What serves a language."""

    kind: str
    """``own`` (a model of that language), ``joint`` (one that several languages
    share), or ``lists`` (a script without capitals: listed places and literals)."""
    model: str
    """Name of the model; empty for ``lists``."""


def extract(
    text: str, language: str | None = None, *, published: str | None = None
) -> list[Found]:
    """Return the mentions of ``text``, sorted by start.

    Names and literals do not overlap; quotations are a layer of their own over them.

    Offsets are code points into ``text``, end exclusive, ``text[start:end]`` is the
    surface, and no mention begins or ends inside a word. ``language`` is ISO 639-1;
    ``published`` (ISO date) anchors relative dates. Same input, same output.
    """
    from store.extract import mentions

    return mentions.find(text, language, published)


def about(language: str | None) -> About:
    """Tell what serves a language (ISO 639-1, longer tags are cut; None: unknown)."""
    from store.extract import model

    lang = (language or "").lower().replace("_", "-").partition("-")[0]
    if lang in _LISTS_ONLY:
        return About("lists", "")
    return About("own" if lang in model.OWN else "joint", model.serving(lang))
