"""How an annotation finds its passage again: position, quote, prefix, suffix.

The order of attempts when a text has changed, each checked against the quote:
the offsets mapped through the difference of both texts; the exact quote, where it
occurs several times the place whose surroundings fit best (weights of the
Hypothesis client: quote 50, prefix 20, suffix 20, position 2); a fuzzy match,
which is only ever a proposal; else the annotation is an orphan and stays listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store import safe
from store.errors import UsageError
from store.model import AnchorState

CONTEXT = 32
"""Code points kept on each side of a quote, as Hypothesis does."""

_SHORTEST_FUZZY = 20
"""Shorter quotes are found exactly or not at all: "Linus" scores 67 in a text
that does not have it."""

_FUZZY_SCORE = 75.0


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
    if new_text[old.start : old.end] == old.exact and _around(new_text, old) >= 1.0:
        return _renewed(new_text, old.start, old.end, "exact")
    mapped = _mapped(old, old_text, new_text)
    if mapped is not None and new_text[mapped[0] : mapped[1]] == old.exact:
        state: AnchorState = "exact" if mapped[0] == old.start else "moved"
        return _renewed(new_text, *mapped, state)
    best = _best_exact(old, new_text)
    if best is not None:
        return _renewed(new_text, best, best + len(old.exact), "moved")
    proposed = _fuzzy(old, new_text)
    if proposed is not None:
        found = _renewed(new_text, *proposed, "proposed")
        return Anchor(
            found.start, found.end, old.exact, old.prefix, old.suffix, "proposed"
        )
    return Anchor(old.start, old.end, old.exact, old.prefix, old.suffix, state="orphan")


def _renewed(text: str, start: int, end: int, state: AnchorState) -> Anchor:
    new = anchor(text, start, end)
    return Anchor(start, end, new.exact, new.prefix, new.suffix, state)


def _mapped(old: Anchor, old_text: str, new_text: str) -> tuple[int, int] | None:
    """Both ends carried through the difference of the texts, line by line."""
    from difflib import SequenceMatcher

    old_lines = old_text.splitlines(keepends=True)
    new_lines = new_text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    at_old = at_new = 0
    for op, a0, a1, b0, b1 in matcher.get_opcodes():
        size_old = sum(map(len, old_lines[a0:a1]))
        size_new = sum(map(len, new_lines[b0:b1]))
        if at_old <= old.start and old.end <= at_old + size_old:
            inside = (old.start - at_old, old.end - at_old)
            if op == "equal":
                return at_new + inside[0], at_new + inside[1]
            part = _mapped_inside(
                old_text[at_old : at_old + size_old],
                new_text[at_new : at_new + size_new],
                inside,
            )
            return None if part is None else (at_new + part[0], at_new + part[1])
        at_old += size_old
        at_new += size_new
    return None


def _mapped_inside(old: str, new: str, ends: tuple[int, int]) -> tuple[int, int] | None:
    """The same inside changed lines, sign by sign; only where that is affordable."""
    if len(old) * len(new) > 400_000_000:
        return None
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal" and op.src_start <= ends[0] and ends[1] <= op.src_end:
            shift = op.dest_start - op.src_start
            return ends[0] + shift, ends[1] + shift
    return None


def _best_exact(old: Anchor, text: str) -> int | None:
    found = list(places(text, old.exact))
    if not found:
        return None
    size = max(1, len(text))

    def score(at: int) -> float:
        moved = Anchor(
            at, at + len(old.exact), old.exact, old.prefix, old.suffix, old.state
        )
        return 40 * _around(text, moved) + 2 * (1 - abs(at - old.start) / size)

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
