"""Finding words inside one text, for the reader: every place, accents aside."""

from __future__ import annotations

from store.search.fold import Folded, find_inside, fold

MOST = 10_000
"""Places beyond this many are not counted: nobody steps through them."""


def find_in(text: str, words: str) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``: as typed, else each word by itself.

    Case, accents and the kind of blank do not matter. Offsets are code points.
    """
    wanted = " ".join(fold(words).split())
    if not wanted:
        return []
    folded = Folded.of(text)
    whole = [(one.start, one.end) for one in find_inside(folded, wanted, MOST)]
    if whole or " " not in wanted:
        return whole
    parts = {
        (one.start, one.end)
        for word in set(wanted.split())
        for one in find_inside(folded, word, MOST)
    }
    return sorted(parts)[:MOST]
