"""Whether a place in a text lies between two signs as a reader sees them.

An accent belongs to its letter, an emoji may be many code points: a passage that
begins or ends in the middle of one shows half a sign. Only the neighbourhood of
the place is read, so that a long text costs nothing.
"""

from __future__ import annotations

import re

from store import safe

_FARTHEST = 256
"""Code points to look back for a sure border."""

_ALONE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]{2}")
"""Chinese and Japanese: each of them is a sign of its own."""


def is_border(text: str, at: int) -> bool:
    """Whether ``at`` is the start, the end, or between two whole signs."""
    return _around(text, at)[0] == at


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with the signs that its ends cut taken in whole."""
    return _around(text, start)[0], _around(text, end)[1]


def inside(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage without the signs that its ends cut."""
    return _around(text, start)[1], _around(text, end)[0]


def _around(text: str, at: int) -> tuple[int, int]:
    """The borders at or before, and at or after a place; the place itself if it is
    one."""
    if at <= 0 or at >= len(text) or text[at - 1] == "\n" or text[at] == "\n":
        return at, at
    if safe.is_ordinary(text, at - 1, at + 1) or _ALONE.match(text, at - 1):
        return at, at
    # In front of a blank there is always a border; behind it a mark may follow.
    floor = max(0, at - _FARTHEST)
    begin = max(text.rfind(" ", floor, at), text.rfind("\n", floor, at) + 1, floor)
    for cluster in safe.clusters(text, begin, min(len(text), at + _FARTHEST)):
        if cluster.start == at:
            return at, at
        if cluster.end > at:
            return cluster.start, cluster.end
    return at, at
