"""Damaged names: a token that is the tail of a name the document also gives whole.

Copying and converting lose the first letters of a word: ``xteSong`` where the
document speaks of ``ByxteSong``. The tail begins small and has a capital inside,
which ordinary words have not, so it is marked as a mention of the same type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.tokens import Token
from store.model import Found

_MOST_LOST = 3
_SHORTEST = 4


def find(text: str, toks: Sequence[Token], names: Sequence[Found]) -> Iterator[Found]:
    """Yield a mention for every damaged token; ``names`` are the whole ones."""
    tails: dict[str, str] = {}
    for name in names:
        for word in name.surface.split():
            for lost in range(1, _MOST_LOST + 1):
                if len(word) - lost >= _SHORTEST:
                    tails.setdefault(word[lost:], name.type)
    for token in toks:
        kind = tails.get(token.text) if _is_torn(token.text) else None
        if kind:
            yield Found(token.start, token.end, token.text, kind, None, 0.6)


def _is_torn(word: str) -> bool:
    return word[0].islower() and any(letter.isupper() for letter in word[1:])
