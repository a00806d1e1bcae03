"""The end of a line that fits: what stands in front of a word in its context.

Everywhere else a line that is too long loses its end; the words in front of the one
that is looked at are worth most beside it.
"""

from __future__ import annotations

import re

from store import safe

_BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text with every run of blanks and line breaks as one blank."""
    return _BLANKS.sub(" ", text)


def tail(text: str, cells: int) -> str:
    """The end of a text of one line in at most ``cells`` cells, whole signs only.

    Not yet safe to be shown; what it measures is the form that is shown.
    """
    if cells <= 0:
        return ""
    if safe.is_ordinary(text):
        return text[-cells:]
    used, start = 0, len(text)
    for cluster in reversed(list(safe.clusters(text))):
        used += cluster.cells
        if used > cells:
            break
        start = cluster.start
    return text[start:]


def right_set(text: str, cells: int) -> str:
    """The end of a text as a safe line of exactly ``cells`` cells, set to the right."""
    return safe.fit(tail(one_line(text).rstrip(), cells), cells, right=True)
