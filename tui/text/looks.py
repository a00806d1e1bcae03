"""How layers cut a row of text into pieces of one look.

Annotations may overlap. A piece under one annotation tells in which lane that
annotation lies, a piece under several how many they are, so that where one ends and
another goes on can be seen even if both have the same colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.text.layers import Layer, Span

_DRAWN = ("annotation", "entity", "hit")


class Look(NamedTuple):
    """What lies over a piece of a row, and so how it is painted."""

    annotations: int = 0
    """How many annotations lie over one another."""
    entity: str | None = None
    """The style of the smallest entity; ``None`` outside entities."""
    hit: str | None = None
    """The style of the search hit; ``None`` outside hits."""
    selected: bool = False
    cursor: bool = False
    tag: str = ""
    """The style of the smallest annotation."""
    second: bool = False
    """Whether the only annotation here lies in a lane beside another's."""


class Run(NamedTuple):
    """A piece ``[start, end)`` of a row that is painted in one way."""

    start: int
    end: int
    look: Look


PLAIN = Look()


def runs(
    start: int,
    end: int,
    layers: Mapping[str, Layer],
    selected: tuple[int, int] | None = None,
    cursor: tuple[int, int] | None = None,
) -> list[Run]:
    """Cut ``[start, end)`` wherever its look changes; the pieces cover it.

    ``layers`` may hold ``annotation``, ``entity`` and ``hit``; other kinds change
    nothing. ``cursor`` is the sign under the cursor.
    """
    touching = {
        kind: layer.touching(start, end)
        for kind, layer in layers.items()
        if kind in _DRAWN
    }
    edges = {start, end}
    for spans in touching.values():
        for span in spans:
            edges.add(max(start, span.start))
            edges.add(min(end, span.end))
    for extra in (selected, cursor):
        if extra is not None:
            edges.update(min(max(edge, start), end) for edge in extra)
    if len(edges) == 2 and not (selected or cursor or any(touching.values())):
        return [Run(start, end, PLAIN)]
    cuts = sorted(edges)
    return [Run(a, b, _look(a, touching, selected, cursor)) for a, b in pairwise(cuts)]


def _look(
    place: int,
    touching: Mapping[str, list[Span]],
    selected: tuple[int, int] | None,
    cursor: tuple[int, int] | None,
) -> Look:
    entity = _smallest(_over(touching, "entity", place))
    hit = _smallest(_over(touching, "hit", place))
    annotations = _over(touching, "annotation", place)
    top = _smallest(annotations)
    return Look(
        len(annotations),
        None if entity is None else entity.style,
        None if hit is None else hit.style,
        selected is not None and selected[0] <= place < selected[1],
        cursor is not None and cursor[0] <= place < cursor[1],
        "" if top is None else top.style,
        len(annotations) == 1 and annotations[0].lane % 2 == 1,
    )


def _over(touching: Mapping[str, list[Span]], kind: str, place: int) -> list[Span]:
    return [s for s in touching.get(kind, ()) if s.start <= place < s.end]


def _smallest(spans: Sequence[Span]) -> Span | None:
    return min(spans, key=lambda span: span.end - span.start, default=None)
