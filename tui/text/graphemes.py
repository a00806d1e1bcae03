"""Where one sign that a reader sees ends and the next begins, found locally.

The cursor and every end of a selection stand on such a border. A document may hold
ten million code points, so nothing here looks at more than the neighbourhood of an
offset: it walks back to a place that is a border whatever stands before it, then
forward sign by sign. A line break is a sign of its own and a border on both sides,
also behind a carriage return.
"""

from __future__ import annotations

from functools import lru_cache

from store import safe

_FARTHEST = 512
"""Code points to look back for a sure border; longer signs are cut there."""


def floor(text: str, offset: int) -> int:
    """The border at or before ``offset`` (clamped into the text)."""
    offset = max(0, min(offset, len(text)))
    if _is_sure(text, offset):
        return offset
    start = _sure_before(text, offset)
    for cluster in safe.clusters(text, start, _window_end(text, offset)):
        if cluster.end > offset:
            return cluster.start
        if cluster.end == offset:
            return offset
    return offset


def ceil(text: str, offset: int) -> int:
    """The border at or after ``offset`` (clamped into the text)."""
    low = floor(text, offset)
    return low if low >= min(offset, len(text)) else following(text, low)


def following(text: str, offset: int) -> int:
    """The end of the sign that begins at or around ``offset``."""
    if offset >= len(text):
        return len(text)
    start = floor(text, offset)
    if _is_sure(text, start + 1):
        return start + 1
    for cluster in safe.clusters(text, start, _window_end(text, start)):
        return cluster.end
    return len(text)


def preceding(text: str, offset: int) -> int:
    """The start of the sign in front of ``offset``."""
    return floor(text, offset - 1) if offset > 0 else 0


def _window_end(text: str, offset: int) -> int:
    """How far a walk over ``offset`` may go: no farther than its line break."""
    end = min(len(text), offset + _FARTHEST)
    line_end = text.find("\n", offset, end)
    if line_end < 0:
        return end
    return line_end if line_end > offset else offset + 1


def _sure_before(text: str, offset: int) -> int:
    """The last sure border before ``offset``, or as far back as one looks."""
    stop = max(0, offset - _FARTHEST)
    for place in range(offset - 1, stop, -1):
        if _is_sure(text, place):
            return place
    return stop


def _is_sure(text: str, offset: int) -> bool:
    """Whether ``offset`` is a border whatever stands farther left of it.

    The rules look farther left than one sign only behind marks and joiners and
    inside a row of flag letters; everywhere else the two signs decide.
    """
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before == "\n" or after == "\n":
        return True
    if before.isascii() and after.isascii():
        return True
    return not _leans(before) and _parts(before, after)


@lru_cache(maxsize=4096)
def _leans(char: str) -> bool:
    """Whether what follows ``char`` depends on what stands before it."""
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return True
    return not _parts("a", char)


@lru_cache(maxsize=16384)
def _parts(before: str, after: str) -> bool:
    """Whether two code points alone are two signs."""
    return next(safe.clusters(before + after)).end == 1
