"""Text that was wrapped at a fixed width, read as the paragraphs it was.

Mail, press releases and what comes out of PDF files break their lines where the next
word did not fit. Such a break is no end of a sentence or headline: a name or quotation
goes on behind it. A break is taken for one where the first word of the next line would
not have fitted, in a block of lines that are broken so throughout.
"""

from __future__ import annotations

NARROWEST, WIDEST = 40, 120
"""Code points of the longest line of a block that may have been wrapped."""

_FEWEST = 3
"""Lines from which on they tell by themselves that they were wrapped; of two the
second has to go on in small letters."""
_SHARE = 0.8
"""Of the breaks of a block so many have to be where nothing more fitted."""


def flowing(text: str) -> str:
    """The text with such breaks as blanks; as long as it was, offsets stay."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    ends = ["\n"] * len(lines)
    first = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].strip():
            for wrapped in _wrapped(lines[first:at]):
                ends[first + wrapped] = " "
            first = at + 1
    ends[-1] = ""
    return "".join(line + end for line, end in zip(lines, ends, strict=True))


def _wrapped(block: list[str]) -> list[int]:
    """Which lines of a block without empty ones were broken for want of room."""
    width = max(map(len, block), default=0)
    if len(block) < 2 or not NARROWEST <= width <= WIDEST:
        return []
    breaks = range(len(block) - 1)
    full = [at for at in breaks if not _had_room(block[at], block[at + 1], width)]
    if len(block) < _FEWEST:
        return [at for at in full if block[at + 1].lstrip()[:1].islower()]
    if len(full) < _SHARE * len(breaks):
        return []
    return full


def _had_room(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) <= width
