"""How an annotation finds its passage again: position, quote, prefix, suffix.

The order of attempts when a text has changed, each checked against the quote:
the same place in its line, where that line stayed as it was; the exact quote, where
it occurs several times the place whose surroundings fit best (weights of the
Hypothesis client: quote 50, prefix 20, suffix 20, position 2, the position mapped
through the difference of the changed lines); a fuzzy match, which is only ever a
proposal; else the annotation is an orphan and stays listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, groupby
from typing import NamedTuple

from store import safe
from store.errors import UsageError
from store.model import AnchorState

CONTEXT = 32
"""Code points kept on each side of a quote, as Hypothesis does."""

_SHORTEST_FUZZY = 20
"""Shorter quotes are found exactly or not at all: "Linus" scores 67 in a text
that does not have it."""

_FUZZY_SCORE = 75.0

_MOST_SQUARED = 400_000_000
"""Texts are compared as long as their lengths multiplied stay below this: 20,000
lines, or 20,000 signs in one changed part. Beyond it only the quote is looked for."""

_MOST_PLACES = 2_000
"""Of a quote that occurs more often only the nearest places are weighed."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage and what it takes to find it again."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    state: AnchorState = "exact"


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of ``text[start:end]``.

    Raises ``UsageError`` for a passage that is empty or not inside the text.
    """
    if not 0 <= start < end <= len(text):
        raise UsageError(
            f"{start}:{end} is no passage of this document: it has {len(text)} signs."
        )
    before = text[max(0, start - CONTEXT - 8) : start]
    after = text[end : end + CONTEXT + 8]
    return Anchor(start, end, text[start:end], _last(before), _first(after))


def _first(text: str) -> str:
    """Up to ``CONTEXT`` code points, never half a grapheme cluster."""
    if len(text) <= CONTEXT or safe.is_ordinary(text, 0, CONTEXT + 1):
        return text[:CONTEXT]
    end = 0
    for cluster in safe.clusters(text):
        if cluster.end > CONTEXT:
            break
        end = cluster.end
    return text[:end]


def _last(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    cut = len(text) - CONTEXT
    if safe.is_ordinary(text, cut - 1):
        return text[cut:]
    for cluster in safe.clusters(text):
        if cluster.start >= cut:
            return text[cluster.start :]
    return ""


def places(text: str, quote: str) -> Iterator[int]:
    """Every start of ``quote`` in ``text``."""
    at = text.find(quote)
    while at >= 0 and quote:
        yield at
        at = text.find(quote, at + 1)


def find_again(old: Anchor, old_text: str, new_text: str) -> Anchor:
    """Where the passage stands in a changed text.

    State ``moved`` when found for certain elsewhere, ``proposed`` when only
    something like it was found, ``orphan`` when nothing was (offsets as before).
    """
    return find_all_again([old], old_text, new_text)[0]


def find_all_again(
    olds: Sequence[Anchor], old_text: str, new_text: str
) -> list[Anchor]:
    """As :func:`find_again` for many passages, comparing the texts only once."""
    difference = _Difference(old_text, new_text)
    return [_find_again(old, new_text, difference) for old in olds]


def _find_again(old: Anchor, text: str, difference: _Difference) -> Anchor:
    if text[old.start : old.end] == old.exact and _around(text, old) >= 1.0:
        return _renewed(text, old.start, old.end, "exact")
    mapped = difference.mapped(old.start, old.end)
    if mapped and mapped.sure and text[mapped.start : mapped.end] == old.exact:
        return _renewed(text, mapped.start, mapped.end, _state(old, mapped.start))
    best = _best_exact(old, text, old.start if mapped is None else mapped.start)
    if best is not None:
        return _renewed(text, best, best + len(old.exact), _state(old, best))
    proposed = _fuzzy(old, text)
    if proposed is not None:
        return Anchor(*proposed, old.exact, old.prefix, old.suffix, "proposed")
    return Anchor(old.start, old.end, old.exact, old.prefix, old.suffix, "orphan")


def _state(old: Anchor, start: int) -> AnchorState:
    return "exact" if start == old.start else "moved"


def _renewed(text: str, start: int, end: int, state: AnchorState) -> Anchor:
    new = anchor(text, start, end)
    return Anchor(start, end, new.exact, new.prefix, new.suffix, state)


class _Place(NamedTuple):
    """Where a passage of the old text stands in the new one."""

    start: int
    end: int
    sure: bool
    """It stands in lines that stayed as they were."""


class _Difference:
    """What became of each part of a text; compared line by line, when first asked."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new

    @cached_property
    def _parts(self) -> list[tuple[bool, int, int, int, int]]:
        """Whether a part is the same, where it stood, where it stands."""
        from rapidfuzz.distance import Indel

        old_lines = self._old.splitlines(keepends=True)
        new_lines = self._new.splitlines(keepends=True)
        if len(old_lines) * len(new_lines) > _MOST_SQUARED:
            return []
        old_at = list(accumulate(map(len, old_lines), initial=0))
        new_at = list(accumulate(map(len, new_lines), initial=0))
        # As numbers: rapidfuzz compares strings in a list by their hashes only.
        number: dict[str, int] = {}
        both = [
            [number.setdefault(line, len(number)) for line in lines]
            for lines in (old_lines, new_lines)
        ]
        parts: list[tuple[bool, int, int, int, int]] = []
        for same, ops in groupby(Indel.opcodes(*both), lambda op: op.tag == "equal"):
            # What was taken out and what was put in its place are one part.
            run = list(ops)
            old_ends = old_at[run[0].src_start], old_at[run[-1].src_end]
            new_ends = new_at[run[0].dest_start], new_at[run[-1].dest_end]
            parts.append((same, *old_ends, *new_ends))
        return parts

    def mapped(self, start: int, end: int) -> _Place | None:
        """Both ends in the new text, if all between them stayed the same."""
        for same, old_start, old_end, new_start, new_end in self._parts:
            if not old_start <= start <= end <= old_end:
                continue
            ends = (start - old_start, end - old_start)
            if same:
                return _Place(new_start + ends[0], new_start + ends[1], True)
            old, new = self._old[old_start:old_end], self._new[new_start:new_end]
            part = _mapped_inside(old, new, ends)
            if part is None:
                return None
            return _Place(new_start + part[0], new_start + part[1], False)
        return None


def _mapped_inside(old: str, new: str, ends: tuple[int, int]) -> tuple[int, int] | None:
    """The same inside changed lines, sign by sign; only where that is affordable."""
    if len(old) * len(new) > _MOST_SQUARED:
        return None
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal" and op.src_start <= ends[0] and ends[1] <= op.src_end:
            shift = op.dest_start - op.src_start
            return ends[0] + shift, ends[1] + shift
    return None


def _best_exact(old: Anchor, text: str, near: int) -> int | None:
    """The place of the quote that fits best; ``near`` is where it is expected."""
    found = list(places(text, old.exact))
    if len(found) > _MOST_PLACES:
        found = nsmallest(_MOST_PLACES, found, key=lambda at: abs(at - near))
    if not found:
        return None
    size = max(1, len(text))

    def score(at: int) -> float:
        moved = Anchor(
            at, at + len(old.exact), old.exact, old.prefix, old.suffix, old.state
        )
        return 40 * _around(text, moved) + 2 * (1 - abs(at - near) / size)

    return max(found, key=score)


def _around(text: str, old: Anchor) -> float:
    """How well the surroundings fit, 0 to 1."""
    before = text[max(0, old.start - len(old.prefix)) : old.start]
    after = text[old.end : old.end + len(old.suffix)]
    if before == old.prefix and after == old.suffix:
        return 1.0
    from rapidfuzz import fuzz

    return (fuzz.ratio(before, old.prefix) + fuzz.ratio(after, old.suffix)) / 200


def _fuzzy(old: Anchor, text: str) -> tuple[int, int] | None:
    if len(old.exact) < _SHORTEST_FUZZY or len(text) > 5_000_000:
        return None
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(old.exact, text, score_cutoff=_FUZZY_SCORE)
    if found is None or found.dest_start >= found.dest_end:
        return None
    start, end = found.dest_start, found.dest_end
    before = text[max(0, start - len(old.prefix)) : start]
    after = text[end : end + len(old.suffix)]
    near = max(fuzz.ratio(before, old.prefix), fuzz.ratio(after, old.suffix))
    return (start, end) if near >= _FUZZY_SCORE else None
