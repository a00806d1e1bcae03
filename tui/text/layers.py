"""Spans laid over a text, by kind, and how they cut a row into pieces of one look.

A layer is made once for a kind (entities, annotations, hits) and asked at every
painted row, so finding what touches a row must not depend on how many spans there
are: starts are sorted, a running maximum of the ends says when to stop looking
left. A few very long spans would spoil that maximum, so they are kept apart.

Offsets are code points into the text, ends exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

_LONG = 2000
_BY_PLACE = itemgetter(0, 1)


class Span(NamedTuple):
    """A passage that is shown differently."""

    start: int
    end: int
    ref: int
    """What it belongs to, an id of the caller's."""
    style: str = ""
    """Which of the kind's styles it wears, such as an entity type."""
    number: int | None = None
    """What the gutter shows beside it."""


class Layer:
    """The spans of one kind, sorted; empty ones are left out."""

    def __init__(self, spans: Iterable[Span], length: int) -> None:
        """``length`` is the text's; spans are cut to it."""
        kept = sorted(spans, key=_BY_PLACE)
        ends = [span[1] for span in kept]
        if kept and (kept[0].start < 0 or max(ends) > length):
            kept = sorted((_clipped(span, length) for span in kept), key=_BY_PLACE)
        if any(span[0] >= span[1] for span in kept):
            kept = [span for span in kept if span.start < span.end]
        self.spans = kept
        self._starts = [span[0] for span in kept]
        self._long = [span for span in kept if span[1] - span[0] > _LONG]
        self._short = kept
        if self._long:
            self._short = [span for span in kept if span[1] - span[0] <= _LONG]
        self._short_starts = [span[0] for span in self._short]
        self._reach = list(accumulate([span[1] for span in self._short], max))

    def touching(self, start: int, end: int) -> list[Span]:
        """The spans that share a sign with ``[start, end)``, by start."""
        found = [s for s in self._long if s.start < end and s.end > start]
        index = bisect_left(self._short_starts, end) - 1
        while index >= 0 and self._reach[index] > start:
            if self._short[index].end > start:
                found.append(self._short[index])
            index -= 1
        found.sort(key=_BY_PLACE)
        return found

    def at(self, offset: int) -> list[Span]:
        """The spans that hold ``offset``, smallest first."""
        found = self.touching(offset, offset + 1)
        return sorted(found, key=lambda span: span.end - span.start)

    def following(self, offset: int) -> Span | None:
        """The first span that begins after ``offset``."""
        index = bisect_right(self._starts, offset)
        return self.spans[index] if index < len(self.spans) else None

    def preceding(self, offset: int) -> Span | None:
        """The last span that begins before ``offset``."""
        index = bisect_left(self._starts, offset) - 1
        return self.spans[index] if index >= 0 else None


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
        if kind in ("annotation", "entity", "hit")
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
    entity, hit = (
        _smallest(touching, "entity", place),
        _smallest(touching, "hit", place),
    )
    return Look(
        sum(s.start <= place < s.end for s in touching.get("annotation", ())),
        None if entity is None else entity.style,
        None if hit is None else hit.style,
        selected is not None and selected[0] <= place < selected[1],
        cursor is not None and cursor[0] <= place < cursor[1],
    )


def _smallest(touching: Mapping[str, list[Span]], kind: str, place: int) -> Span | None:
    over = [s for s in touching.get(kind, ()) if s.start <= place < s.end]
    return min(over, key=lambda span: span.end - span.start, default=None)


def _clipped(span: Span, length: int) -> Span:
    if span.start >= 0 and span.end <= length:
        return span
    return span._replace(start=max(0, span.start), end=min(length, span.end))
