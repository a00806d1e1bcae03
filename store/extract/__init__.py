"""Entities out of text: one call, one answer, the same every time.

``extract`` is all that other modules need. Lists, weights and grammars are read at
the first call, not at import.
"""

from __future__ import annotations

from collections.abc import Callable

from store.model import Found

EXTRACTOR = "rules-2"
"""Name and version of the built-in extractor, stored with every mention."""

Extractor = Callable[..., list[Found]]


def extract(
    text: str, language: str | None = None, *, published: str | None = None
) -> list[Found]:
    """Return the mentions of ``text``, sorted by start.

    Names and literals do not overlap; quotations (QUOTE) are a layer of their own.

    Offsets are code points into ``text``, end exclusive, ``text[start:end]`` is the
    surface, and no mention begins or ends inside a word. ``language`` is ISO 639-1;
    ``published`` (ISO date) anchors relative dates. Same input, same output.
    """
    from store.extract import mentions

    return mentions.find(text, language, published)
