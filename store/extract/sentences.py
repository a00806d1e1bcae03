"""The sentences of a text by their tokens, none longer than a tagger takes well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store import sentences
from store.extract.tokens import Token

MOST_TOKENS = 200


def sentences_of(
    text: str, toks: Sequence[Token], language: str
) -> Iterator[tuple[int, int]]:
    """Yield (first token, token after) of every sentence; long ones are cut."""
    at = 0
    for _, end in sentences.spans(text, language=language or None):
        first = at
        while at < len(toks) and toks[at].start < end:
            at += 1
        for cut in range(first, at, MOST_TOKENS):
            yield cut, min(cut + MOST_TOKENS, at)
