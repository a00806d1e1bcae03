"""Random samples that can be drawn again.

Each document is ranked by a hash of its guid, keyed with the seed; the first N are
the sample. So the same seed on the same documents gives the same sample, in whatever
order they were added, and a larger sample of the same seed holds the smaller one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple


class Candidate(NamedTuple):
    """A document that may be drawn."""

    id: int
    guid: str
    stratum: str
    """Its source, language or year; the same for all where nothing divides them."""


def draw(candidates: Iterable[Candidate], size: int, seed: int) -> list[int]:
    """Ids of ``size`` candidates (all, if there are fewer), in the order drawn.

    Each stratum gives as large a part of the sample as it is of the candidates.
    """
    pool = list(candidates)
    keyed = blake2b(key=str(seed).encode(), digest_size=8)
    ranks = [_rank(keyed, one.guid) for one in pool]
    left = shares(Counter(one.stratum for one in pool), size)
    drawn = []
    for place in sorted(range(len(pool)), key=ranks.__getitem__):
        one = pool[place]
        if left[one.stratum]:
            left[one.stratum] -= 1
            drawn.append(one.id)
    return drawn


def _rank(keyed: blake2b, guid: str) -> bytes:
    own = keyed.copy()
    own.update(guid.encode())
    return own.digest()


def shares(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many of ``size`` fall to each stratum, in proportion to ``sizes``.

    What is left over by rounding down goes to the largest remainders.
    """
    total = sum(sizes.values())
    size = min(size, total)
    parts = {name: divmod(count * size, total) for name, count in sizes.items()}
    given = {name: whole for name, (whole, _) in parts.items()}
    over = size - sum(given.values())
    by_remainder = sorted(parts, key=lambda name: (-parts[name][1], name))
    for name in by_remainder[:over]:
        given[name] += 1
    return given
