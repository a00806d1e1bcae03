"""Place names in scripts without capitals, by list alone.

Chinese and Japanese run words together, so names are sought inside runs; Arabic,
Hebrew, Hindi and the like are compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.extract.gazetteers import gazetteers
from store.extract.tokens import Token
from store.model import Found

_CAPITALLESS = re.compile("[\u0590-\u08ff\u0900-\u0e7f\u3040-\u30ff\u3400-\ud7af]")
_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_CONFIDENCE = 0.8


def find(text: str, toks: Sequence[Token]) -> Iterator[Found]:
    """Yield the listed places that are named in a script without capitals."""
    if not _CAPITALLESS.search(text):
        return
    listed = gazetteers().foreign
    for token in toks:
        if token.text in listed and not _RUN.search(token.text):
            yield _place(token.text, token.start)
    eastern, longest = _eastern()
    for run in _RUN.finditer(text):
        yield from _within(run.group(), run.start(), eastern, longest)


def _within(
    run: str, offset: int, listed: frozenset[str], longest: int
) -> Iterator[Found]:
    at = 0
    while at < len(run):
        for length in range(min(longest, len(run) - at), 1, -1):
            if run[at : at + length] in listed:
                yield _place(run[at : at + length], offset + at)
                at += length - 1
                break
        at += 1


def _place(surface: str, start: int) -> Found:
    return Found(start, start + len(surface), surface, "LOC", None, _CONFIDENCE)


@lru_cache(maxsize=1)
def _eastern() -> tuple[frozenset[str], int]:
    listed = frozenset(
        name for name in gazetteers().foreign if _RUN.fullmatch(name) and len(name) > 1
    )
    return listed, max(map(len, listed), default=0)
