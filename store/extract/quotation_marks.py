"""What stands between quotation marks, in the ways of European newspapers.

Marks are paired by where they stand: an opening mark has no word before it, a closing
one no word behind it. A passage may hold others, and may go on over paragraphs when
each of them opens again. One that is not closed soon is no passage at all: what is
missing is the closing mark, and nobody knows where.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

LONGEST = 4000
"""Code points after which an open mark is given up."""

_CLOSERS = {
    "«": "»", "»": "«", "‹": "›", "›": "‹", "“": "”\"", "„": "“”\"", "‚": "‘’",
    "‘": "’", '"': '"', "'": "'", "”": "”", "「": "」", "『": "』",
}  # fmt: skip
_OPENERS = re.compile(f"[{''.join(_CLOSERS)}]")
_SIGNS = re.compile(f"[{''.join(_CLOSERS)}’\n]")
_MOST_SIGNS = 80
"""Marks and line breaks after which an open mark is given up."""
_BEFORE = frozenset(" \t\n\u00a0\u202f\u2009([{—–-/:¿¡…")
_BLANKS = " \t\u00a0\u202f\u2009"
_APOSTROPHES = "'’"
_ENDS = ".,!?…;—–-"


class Passage(NamedTuple):
    """A passage with its marks, and without."""

    start: int
    end: int
    """Offsets with the marks, end exclusive."""
    first: int
    last: int
    """Offsets of the words inside, end exclusive."""


def passages(text: str) -> list[Passage]:
    """The quoted passages of ``text``, in order; of nested ones the outer."""
    found: list[Passage] = []
    at = 0
    while match := _OPENERS.search(text, at):
        start = match.start()
        at = start + 1
        if not _opens(text, start):
            continue
        close = _close(text, start)
        if close > start + 1:
            found.append(_passage(text, start, close))
            at = close + 1
    return found


def _passage(text: str, start: int, close: int) -> Passage:
    first, last = start + 1, close
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Passage(start, close + 1, first, last)


def _opens(text: str, at: int) -> bool:
    """Tell whether the mark at ``at`` opens: no word before it, words behind it."""
    sign, before = text[at], text[at - 1] if at else "\n"
    after = text[at + 1] if at + 1 < len(text) else "\n"
    elided = before in _APOSTROPHES and text[at - 2 : at - 1].isalpha()
    if sign == "«":  # French puts a blank behind it
        return not before.isalnum()
    if not (before in _BEFORE or elided or before in '«“„"‘'):
        return False
    if after.isspace() or after in ",;:)":
        return False
    return not (sign == "'" and after.isdigit())


def _close(text: str, start: int) -> int:
    """Where the mark at ``start`` is closed, or -1."""
    opener = text[start]
    closers = _CLOSERS[opener]
    single = opener in "‘'‚"
    depth, fallback, skip = 0, -1, start
    stop = min(len(text), start + LONGEST)
    for match in islice(_SIGNS.finditer(text, start + 1, stop), _MOST_SIGNS):
        sign, at = match.group(), match.start()
        if at <= skip:
            continue
        if sign == "\n":
            following = _next_paragraph(text, at, stop)
            if fallback > 0 or not _goes_on(text, following, opener, closers):
                return fallback
            skip, depth = following, 0
        elif fallback > 0 and sign == opener == "'" and _opens(text, at):
            return fallback
        elif sign in closers and _closes(text, at, single):
            if depth == 0 and not (single and text[at - 1] not in _ENDS):
                return at
            if depth == 0 and fallback < 0:
                fallback = at
            depth = max(depth - 1, 0)
        elif sign == opener and opener not in closers and _opens(text, at):
            depth += 1
    return fallback


def _closes(text: str, at: int, single: bool) -> bool:
    """Tell whether a closing sign at ``at`` has no word behind it."""
    after = text[at + 1] if at + 1 < len(text) else "\n"
    if after.isalnum():
        return False
    before = text[at - 1]
    if single or text[at] == '"':
        return before not in _BLANKS
    return True


def _next_paragraph(text: str, at: int, stop: int) -> int:
    while at < stop and text[at].isspace():
        at += 1
    return at if at < stop else -1


def _goes_on(text: str, at: int, opener: str, closers: str) -> bool:
    """A paragraph goes on with a passage when it begins with a mark of it."""
    if at < 0:
        return False
    sign = text[at]
    return sign == opener or (sign in closers and sign in "»›")
