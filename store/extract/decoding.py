"""The best labels of sentences and how sure each is, for all sentences at once.

Sentences are laid side by side in one array, longest first, so that every step
handles the same place of all sentences that are long enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

_LOWEST = -80.0


def laid(scores: Floats, lengths: Sequence[int]) -> tuple[Floats, list[int]]:
    """Return (place, sentence, label) scores, and the order of the sentences.

    ``scores`` has one row a token, sentences one after the other.
    """
    import numpy as np

    order = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    starts = np.cumsum([0, *lengths])
    table = np.zeros((lengths[order[0]], len(lengths), scores.shape[1]), np.float32)
    for column, at in enumerate(order):
        table[: lengths[at], column] = scores[starts[at] : starts[at + 1]]
    return table, order


def viterbi(table: Floats, lengths: Sequence[int], moves: Floats) -> list[list[int]]:
    """Return the best labels of each sentence; ``lengths`` fall."""
    import numpy as np

    places, sentences, count = table.shape
    alive = _alive(lengths, places)
    best = table[0].copy()
    back = np.zeros((places, sentences, count), dtype=np.int8)
    # a label that cannot follow is out of the question, whatever the weights say
    for at in range(1, places):
        n = alive[at]
        ways = best[:n, :, None] + moves
        back[at, :n] = ways.argmax(1)
        best[:n] = ways.max(1) + table[at, :n]
    last = best.argmax(1).tolist()
    paths = []
    for column, length in enumerate(lengths):
        label = last[column]
        path = [label]
        for at in range(length - 1, 0, -1):
            label = int(back[at, column, label])
            path.append(label)
        paths.append(path[::-1])
    return paths


def marginals(table: Floats, lengths: Sequence[int], moves: Floats) -> Floats:
    """Return how probable each label is at each place; ``lengths`` fall."""
    import numpy as np

    places, _, _ = table.shape
    alive = _alive(lengths, places)
    emitted = np.exp(table - table.max(2, keepdims=True)).astype(np.float64)
    step = np.exp(np.maximum(moves, _LOWEST)).astype(np.float64)
    forward = emitted.copy()
    forward[0] /= forward[0].sum(1, keepdims=True)
    for at in range(1, places):
        n = alive[at]
        now = (forward[at - 1, :n] @ step) * emitted[at, :n]
        forward[at, :n] = now / now.sum(1, keepdims=True)
    backward = np.ones_like(forward)
    for at in range(places - 2, -1, -1):
        n = alive[at + 1]
        later = (emitted[at + 1, :n] * backward[at + 1, :n]) @ step.T
        backward[at, :n] = later / later.sum(1, keepdims=True)
    both = forward * backward
    probable: Floats = (both / both.sum(2, keepdims=True)).astype(np.float32)
    return probable


def _alive(lengths: Sequence[int], places: int) -> list[int]:
    """Return how many sentences reach each place; ``lengths`` fall."""
    found = [0] * places
    place = places
    for count, length in enumerate([*lengths[1:], 0], 1):
        found[length:place] = [count] * (place - length)
        place = length
    return found
