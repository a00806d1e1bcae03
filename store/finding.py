"""Finding words inside one text, for the reader: every place, accents aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from store.search.fold import Folded, fold

MOST = 10_000
"""Places beyond this many are not counted: nobody steps through them."""


def find_in(text: str, words: str) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``: as typed, else each word by itself.

    Case, accents and the kind and number of blanks do not matter, so that a phrase
    is found over the end of a line. Offsets are code points.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    folded = Folded.of(text)
    whole = list(islice(_places(folded, wanted), MOST))
    if whole or len(wanted) == 1:
        return whole
    parts = {
        place for word in set(wanted) for place in islice(_places(folded, [word]), MOST)
    }
    return sorted(parts)[:MOST]


def _places(folded: Folded, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for match in pattern.finditer(folded.text):
        place = folded.span(match.start(), match.end())
        if place is not None:
            yield place
