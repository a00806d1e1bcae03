"""Words, sentences and paragraphs: what stands at an offset, what comes next.

A word is a run of letters, digits and marks, with apostrophes and hyphens between
them; in Chinese and Japanese, which write no blanks, a run of one script. A
paragraph is a line that is not blank, without the blanks at its ends: news texts
separate paragraphs by one line break or by two. Sentences come from the store's
own rules, asked for one paragraph at a time.

All offsets are code points into the text, ends exclusive, and all borders are
grapheme borders. Only the neighbourhood of the offset is read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from store import sentences
from tui.text import graphemes

Unit = Literal["char", "word", "sentence", "paragraph", "all"]
UNITS: tuple[Unit, ...] = ("char", "word", "sentence", "paragraph", "all")

Range = tuple[int, int]

_SEEN = re.compile(r"\S")
_JOINERS = "'’ʼ-‐‑·"
_LONGEST_WORD = 4096
_LONGEST_READ = 20_000
"""A longer paragraph is read for sentences only this far around the offset."""


def unit_at(text: str, offset: int, unit: Unit, language: str | None = None) -> Range:
    """The ``unit`` that holds ``offset``.

    Where there is no such unit (a blank or a full stop is no word), the sign
    itself; at a line break or the end of the text nothing, ``(offset, offset)``.
    """
    if unit == "all":
        return 0, len(text)
    found: Range | None = None
    if unit == "word":
        found = word_at(text, offset)
    elif unit == "sentence":
        found = sentence_at(text, offset, language)
    elif unit == "paragraph":
        found = paragraph_at(text, offset)
    return char_at(text, offset) if found is None else found


def step(
    text: str, offset: int, unit: Unit, forward: bool, language: str | None = None
) -> int:
    """Where a motion by ``unit`` leads from ``offset``: the start of a unit."""
    if unit == "char":
        move = graphemes.following if forward else graphemes.preceding
        return move(text, offset)
    if unit == "word":
        return (next_word if forward else previous_word)(text, offset)
    if unit == "sentence":
        lead = next_sentence if forward else previous_sentence
        return lead(text, offset, language)
    if unit == "paragraph":
        return (next_paragraph if forward else previous_paragraph)(text, offset)
    return len(text) if forward else 0


def char_at(text: str, offset: int) -> Range:
    """The sign at ``offset``; empty at a line break and at the end."""
    start = graphemes.floor(text, offset)
    if start >= len(text) or text[start] == "\n":
        return start, start
    return start, graphemes.following(text, start)


def word_at(text: str, offset: int) -> Range | None:
    """The word that holds ``offset``, or ``None`` between words."""
    if not 0 <= offset < len(text):
        return None
    kind = _kind(text[offset])
    if kind == "mark":
        kind = _kind_before(text, offset)
    elif _joins(text, offset):
        kind = "letter"
    if not kind:
        return None
    start, end = offset, offset + 1
    farthest = max(0, offset - _LONGEST_WORD)
    while start > farthest and _belongs(text, start - 1, kind):
        start -= 1
    farthest = min(len(text), offset + _LONGEST_WORD)
    while end < farthest and _belongs(text, end, kind):
        end += 1
    return graphemes.floor(text, start), graphemes.ceil(text, end)


def next_word(text: str, offset: int) -> int:
    """The start of the next word, or the end of the text."""
    here = word_at(text, offset)
    place = here[1] if here else graphemes.following(text, offset)
    while place < len(text) and not _begins(text[place]):
        place += 1
    return graphemes.floor(text, place)


def previous_word(text: str, offset: int) -> int:
    """The start of this word, or of the one before when already there."""
    place = min(offset, len(text)) - 1
    while place > 0 and not _begins(text[place]):
        place -= 1
    if place < 0:
        return 0
    found = word_at(text, place)
    return found[0] if found and found[0] < offset else graphemes.floor(text, place)


def sentence_at(text: str, offset: int, language: str | None = None) -> Range | None:
    """The sentence that holds ``offset``; blanks belong to the one before them."""
    found: Range | None = None
    for start, end in _sentences(text, offset, language):
        if found is not None and start > offset:
            break
        found = start, end
    return found


def next_sentence(text: str, offset: int, language: str | None = None) -> int:
    """The start of the next sentence, or the end of the text."""
    for start, _ in _sentences(text, offset, language):
        if start > offset:
            return start
    line_end = text.find("\n", offset)
    return len(text) if line_end < 0 else _seen_from(text, line_end)


def previous_sentence(text: str, offset: int, language: str | None = None) -> int:
    """The start of this sentence, or of the one before when already there."""
    starts = [s for s, _ in _sentences(text, offset, language) if s < offset]
    if starts:
        return starts[-1]
    place = _seen_before(text, text.rfind("\n", 0, offset) + 1)
    if place is None:
        return 0
    found = sentence_at(text, place, language)
    return found[0] if found else place


def paragraph_at(text: str, offset: int) -> Range | None:
    """The paragraph that holds ``offset``, or ``None`` on a blank line."""
    line_start, line_end = _line(text, offset)
    first = _SEEN.search(text, line_start, line_end)
    if first is None:
        return None
    last = _seen_before(text, line_end)
    assert last is not None  # the line was just found not to be blank
    return (
        graphemes.floor(text, first.start()),
        graphemes.ceil(text, last + 1),
    )


def next_paragraph(text: str, offset: int) -> int:
    """The start of the next paragraph, or the end of the text."""
    line_end = text.find("\n", offset)
    return len(text) if line_end < 0 else _seen_from(text, line_end)


def previous_paragraph(text: str, offset: int) -> int:
    """The start of this paragraph, or of the one before when already there."""
    here = paragraph_at(text, offset)
    if here and here[0] < offset:
        return here[0]
    place = _seen_before(text, _line(text, offset)[0])
    found = None if place is None else paragraph_at(text, place)
    return 0 if found is None else found[0]


def _line(text: str, offset: int) -> Range:
    offset = max(0, min(offset, len(text)))
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _sentences(text: str, offset: int, language: str | None) -> list[Range]:
    """The sentences of the paragraph at ``offset``, or of its neighbourhood."""
    start, end = _line(text, offset)
    if end - start > _LONGEST_READ:
        half = _LONGEST_READ // 2
        low, high = max(start, offset - half), min(end, offset + half)
        start = graphemes.floor(text, low)
        end = graphemes.ceil(text, high)
    return [
        (graphemes.floor(text, a), graphemes.ceil(text, b))
        for a, b in sentences.spans(text, start, end, language)
    ]


def _seen_from(text: str, place: int) -> int:
    found = _SEEN.search(text, place)
    return len(text) if found is None else graphemes.floor(text, found.start())


def _seen_before(text: str, end: int) -> int | None:
    """The offset of the last sign before ``end`` that is no blank."""
    while end > 0:
        start = max(0, end - 4096)
        kept = len(text[start:end].rstrip())
        if kept:
            return start + kept - 1
        end = start
    return None


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """Which kind of word a sign belongs to; empty when to none."""
    if "\u3040" <= char <= "\u309f":
        return "hiragana"
    if "\u30a1" <= char <= "\u30ff" and char != "・":
        return "katakana"
    if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff":
        return "han"
    if char == "_" or char.isalnum():
        return "letter"
    return "mark" if unicodedata.category(char)[0] == "M" else ""


def _begins(char: str) -> bool:
    """Whether a word may begin with this sign."""
    return _kind(char) not in ("", "mark")


def _kind_before(text: str, offset: int) -> str:
    """The kind of word that goes on in front of ``offset``, marks apart."""
    stop = max(0, offset - _LONGEST_WORD)
    for place in range(offset - 1, stop - 1, -1):
        kind = _kind(text[place])
        if kind != "mark":
            return kind
    return ""


def _joins(text: str, place: int) -> bool:
    """Whether an apostrophe or hyphen at ``place`` stands inside one word."""
    if text[place] not in _JOINERS or not 0 < place < len(text) - 1:
        return False
    before, after = _kind(text[place - 1]), _kind(text[place + 1])
    return after == "letter" and before in ("letter", "mark")


def _belongs(text: str, place: int, kind: str) -> bool:
    here = _kind(text[place])
    if here in (kind, "mark"):
        return True
    return kind == "letter" and _joins(text, place)
