"""The names a model sees: per sentence the best labels, with how sure each type is.

What a model says of a sentence is not the last word: ``names`` weighs it over the
document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from store.extract import model
from store.extract.features import Observer
from store.extract.labels import LABELS, TYPES
from store.extract.lexicon import shipped
from store.extract.tokens import Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

AT_ONCE = 4000
"""Tokens that are worked on together; more would only take memory."""


class Seen(NamedTuple):
    """Tokens ``first`` to before ``after`` of the text; one probability a type."""

    first: int
    after: int
    probable: tuple[float, ...]


class Reading(NamedTuple):
    """What a model makes of a text."""

    names: list[Seen]
    kinds: Floats
    """One row a token, one column a type: how probable it is inside such a name."""


@lru_cache(maxsize=4)
def observer(name: str) -> tuple[model.Model, Observer[int]]:
    """Return a shipped model and what makes observations for it."""
    loaded = model.load(name)
    return loaded, Observer(shipped(), loaded.number)


def read(
    toks: Sequence[Token], sentences: Sequence[tuple[int, int]], lang: str
) -> Reading:
    """Return what the model that serves ``lang`` sees in the sentences of a text."""
    import numpy as np

    loaded, observing = observer(model.serving(lang))
    rows = observing.document(toks, sentences, lang)
    kinds = np.zeros((len(toks), len(TYPES)), dtype=np.float32)
    names: list[Seen] = []
    for some in _batches(sentences):
        names += _read(
            loaded, [sentences[at] for at in some], [rows[at] for at in some], kinds
        )
    return Reading(names, kinds)


def _batches(sentences: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences that are worked on together."""
    some: list[int] = []
    size = 0
    for at, (first, after) in enumerate(sentences):
        if size + after - first > AT_ONCE and some:
            yield some
            some, size = [], 0
        some.append(at)
        size += after - first
    if some:
        yield some


def _read(
    loaded: model.Model,
    spans: Sequence[tuple[int, int]],
    rows: Sequence[list[list[int]]],
    kinds: Floats,
) -> Iterator[Seen]:
    from store.extract import decoding

    lengths = [after - first for first, after in spans]
    table, order = decoding.laid(_scores(loaded, rows), lengths)
    falling = [lengths[at] for at in order]
    paths = decoding.viterbi(table, falling, loaded.moves)
    sure = decoding.marginals(table, falling, loaded.moves)
    found: list[list[Seen]] = [[] for _ in spans]
    for column, at in enumerate(order):
        first, length = spans[at][0], lengths[at]
        of = sure[:length, column]
        kinds[first : first + length] = of[:, 1::2] + of[:, 2::2]
        for begin, after in _spans(paths[column]):
            mean = kinds[first + begin : first + after].mean(0)
            found[at].append(Seen(first + begin, first + after, tuple(mean.tolist())))
    yield from chain.from_iterable(found)


def _scores(loaded: model.Model, rows: Sequence[list[list[int]]]) -> Floats:
    """Return the summed weights of the observations, one row a token."""
    import numpy as np

    flat: list[int] = []
    starts: list[int] = []
    for token in chain.from_iterable(rows):
        starts.append(len(flat))
        flat.append(0)
        flat += token
    return np.add.reduceat(loaded.weights[flat], starts, axis=0)


def _spans(path: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, after) of the names in a row of labels."""
    begin, kind = -1, ""
    for at, label in enumerate([*path, 0]):
        name = LABELS[label]
        if begin >= 0 and name != f"I-{kind}":
            yield begin, at
            begin = -1
        if begin < 0 and name != "O":
            begin, kind = at, name[2:]
