"""A match in its context, as one line, and where it stands in the text.

The place shown is the first where most words of the query stand together. What is
cut off is shown as ``…``; blanks and line breaks become one blank. The line is made
of raw signs of the document: whoever shows it passes it through the display door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from store.search.fold import Folded, Token, find, find_inside

WIDTH = 90
"""Code points of a snippet, about."""

_TOGETHER = 70
_BEFORE = 24
_NEARBY = 64
_BLOCK = 65536
_MOST_OF_ONE = 64
_MOST_BLOCKS = 32
# A match beyond the first two million signs of a document is shown without context.
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of context."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Matches in ``text``, in code points of it."""
    start: int | None = None
    end: int | None = None
    """The first match shown, in code points of the document's text."""

    @classmethod
    def around(cls, text: str, start: int, end: int, width: int = WIDTH) -> Snippet:
        """The context of ``text[start:end]``; of a long passage its beginning."""
        shown = min(end, start + width - _BEFORE)
        made = _line(text, [Token(start, shown, "")], start, width)
        return cls(made.text, made.marks, start, end)


def snippet(
    text: str,
    words: Sequence[Sequence[str]],
    inside: Sequence[str] = (),
    *,
    width: int = WIDTH,
    cancelled: Callable[[], bool] = lambda: False,
) -> Snippet:
    """The best place of a text for these words.

    ``words``: for each word of the query the folded words that stand for it;
    ``inside``: text to be found inside words too. Without any match, or
    ``cancelled()`` before there was one: how the text begins, and no place.
    """
    matches = _matches(text, words, inside, cancelled)
    if not matches:
        return _line(text, [], 0, width)
    best = _best(matches)
    shown = [place for place, _ in matches[best:]]
    made = _line(text, shown, shown[0].start, width)
    return Snippet(made.text, made.marks, shown[0].start, shown[0].end)


def places(
    text: str, words: Sequence[Sequence[str]], inside: Sequence[str] = ()
) -> list[tuple[int, int]]:
    """Every place of a text that matches, in order, none over another.

    As in :func:`snippet`; offsets are code points of ``text``, ends exclusive.
    """
    found: list[tuple[Token, int]] = []
    for start, end in _blocks(text):
        found += _in_block(text, start, end, words, inside, most=end - start)
    matches = [match for match, _ in sorted(found, key=_order)]
    return [(one.start, one.end) for one in _apart(matches, 0, len(text))]


def _matches(
    text: str,
    words: Sequence[Sequence[str]],
    inside: Sequence[str],
    cancelled: Callable[[], bool],
) -> list[tuple[Token, int]]:
    """Matches in order, each with the number of the query's word it stands for, of
    the first block that has all of them, or any."""
    wanted = len(words) + len(inside)
    some: list[tuple[Token, int]] = []
    for start, end in islice(_blocks(text), _MOST_BLOCKS):
        if cancelled():
            break
        found = _in_block(text, start, end, words, inside)
        if len({number for _, number in found}) == wanted:
            return sorted(found, key=_order)
        some = some or sorted(found, key=_order)
    return some


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The text in stretches that end between words."""
    start = 0
    while start < len(text):
        end = _block_end(text, start)
        yield start, end
        start = end


def _in_block(
    text: str,
    start: int,
    end: int,
    words: Sequence[Sequence[str]],
    inside: Sequence[str],
    most: int = _MOST_OF_ONE,
) -> list[tuple[Token, int]]:
    """Matches of a stretch, each with the number of the word it stands for."""
    folded = Folded.of(text[start:end])
    found: list[tuple[Token, int]] = []
    for number, terms in enumerate(words):
        for term in terms:
            found += [(place, number) for place in find(folded, term, most=most)]
    for number, part in enumerate(inside, len(words)):
        wanted = Folded.of(part).text
        found += [(place, number) for place in find_inside(folded, wanted, most)]
    return [
        (Token(place.start + start, place.end + start, place.key), number)
        for place, number in found
    ]


def _order(match: tuple[Token, int]) -> tuple[int, int, int]:
    return match[0].start, -match[0].end, match[1]


def _block_end(text: str, start: int) -> int:
    end = start + _BLOCK
    if end >= len(text):
        return len(text)
    blank = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return blank if blank > start else end


def _best(matches: list[tuple[Token, int]]) -> int:
    """Where the stretch with most different words begins; the first such."""
    best, most, right = 0, 0, 0
    inside: dict[int, int] = {}
    for left, (first, number) in enumerate(matches):
        while right < len(matches) and (
            matches[right][0].end - first.start <= _TOGETHER or right == left
        ):
            other = matches[right][1]
            inside[other] = inside.get(other, 0) + 1
            right += 1
        if len(inside) > most:
            best, most = left, len(inside)
        inside[number] -= 1
        if not inside[number]:
            del inside[number]
    return best


def _line(text: str, matches: Sequence[Token], around: int, width: int) -> Snippet:
    """The text around a place as one line, whole words, with the matches in it."""
    start = _word_start(text, max(0, around - _BEFORE), around)
    least = matches[0].end if matches else start
    end = _word_end(text, min(len(text), start + width), least)
    kept = _apart(matches, start, end)
    edges = sorted({edge for mark in kept for edge in (mark.start, mark.end)})
    while start < (edges[0] if edges else end) and text[start].isspace():
        start += 1
    while end > (edges[-1] if edges else start) and text[end - 1].isspace():
        end -= 1
    parts = ["…"] if text[max(0, start - _NEARBY) : start].strip() else []
    length = len(parts)
    places: dict[int, int] = {}
    at = start
    for edge in (*edges, end):
        piece = _BLANKS.sub(" ", text[at:edge])
        parts.append(piece)
        length += len(piece)
        places[edge] = length
        at = edge
    if text[end : end + _NEARBY].strip():
        parts.append("…")
    marks = tuple((places[mark.start], places[mark.end]) for mark in kept)
    return Snippet("".join(parts), marks)


def _apart(matches: Sequence[Token], start: int, end: int) -> list[Token]:
    """Matches between two places, without those that lie over another."""
    kept: list[Token] = []
    for match in matches:
        if match.start >= start and match.end <= end:
            if kept and match.start < kept[-1].end:
                continue
            kept.append(match)
    return kept


def _word_start(text: str, at: int, limit: int) -> int:
    """The first beginning of a word from ``at`` on, not beyond ``limit``."""
    if at == 0 or text[at - 1].isspace():
        return at
    while at < limit and not text[at].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word up to ``at``, not before ``limit``; ``at`` where there
    is no blank."""
    if at >= len(text) or text[at].isspace():
        return max(at, limit)
    end = at
    while end > limit and not text[end - 1].isspace():
        end -= 1
    return end if end > limit else max(at, limit)
