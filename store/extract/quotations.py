"""Direct quotations of a text, each with the mention of who speaks.

Quotation marks alone prove nothing: they also hold titles, nicknames and words held
at arm's length. A passage counts as a quotation when somebody is said to say it, or
when it is a sentence. Who speaks is told by the words around it (``store.extract.
speakers``). Quotations overlap the names inside them: they are a layer of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.extract import speakers
from store.extract.quotation_marks import Passage, passages
from store.extract.speakers import Said
from store.model import Found

_WORD = re.compile(r"[^\W\d_]+")
_DASH = re.compile(
    r"(?:^|\n)[ \t\u00a0]*([—–-])[ \t\u00a0\u202f]?(?=[^\W\d_]|[¿¡«“\"])"
)
_BREAKS = re.compile(r"[,!?…]|[ \t\u00a0][—–]")
_ASIDE_ENDS = re.compile("[—–]")
_STOPS = ".!?…"
_FEW_WORDS = 3
_SENTENCE_WORDS = 5
_TITLE_SHARE = 0.7
_BETWEEN = 160
"""Code points between two parts of one quotation."""
_SPEECH = 1500
"""Code points of speech behind a dash in which its verb is looked for."""


class _Quoted(NamedTuple):
    passage: Passage
    said: Said
    """Whether somebody is said to say it, and who."""


def find(text: str, found: Sequence[Found], language: str | None) -> list[Found]:
    """Return the quotations of ``text`` in order, as mentions of type ``QUOTE``.

    ``found``: the names of the text, sorted by start. A quotation begins and ends with
    its marks, or without where a dash opens it; ``speaker`` is the place of the mention
    of who speaks, ``None`` where nobody is named. Quotations do not overlap each other.
    """
    marked = passages(text)
    spoken = speakers.Scene(text, found, marked, speakers.saying(language))
    chosen: list[_Quoted] = []
    for at, passage in enumerate(marked):
        floor = marked[at - 1].end if at else 0
        ceiling = marked[at + 1].start if at + 1 < len(marked) else len(text)
        said = spoken.around(passage, floor, ceiling)
        said = _carried(text, chosen, passage, said)
        if _is_quotation(text, passage, said):
            chosen.append(_Quoted(passage, said))
    taken = [one.passage for one in chosen]
    for quoted in _dashed(text, spoken):
        start, end = quoted.passage.start, quoted.passage.end
        if all(one.end <= start or one.start >= end for one in taken):
            chosen.append(quoted)
    chosen.sort(key=lambda one: one.passage.start)
    return [
        Found(
            start := one.passage.start,
            end := one.passage.end,
            text[start:end],
            "QUOTE",
            speaker=one.said.speaker,
        )
        for one in chosen
    ]


def _carried(
    text: str, before: Sequence[_Quoted], passage: Passage, said: Said
) -> Said:
    """Who spoke last goes on where nobody else is named between the two parts."""
    if said.speaker is not None or not before:
        return said
    last = before[-1]
    between = text[last.passage.end : passage.start]
    if last.said.speaker is None or len(between) > _BETWEEN or "\n" in between:
        return said
    if sum(between.count(sign) for sign in _STOPS) > 1:
        return said
    words = _WORD.findall(between)
    if said.is_said or not words or last.said.behind:
        return Said(True, last.said.speaker, said.is_close, said.behind)
    return said


def _is_quotation(text: str, passage: Passage, said: Said) -> bool:
    """Tell words that somebody says from titles and words held at arm's length."""
    inner = text[passage.first : passage.last]
    words = _WORD.findall(inner)
    if not words:
        return False
    if said.is_close and (len(words) > 1 or inner[-1:] in ".,!?…" or said.behind):
        return not _is_title(words) or inner[-1:] in ".,!?…" or len(words) > 2
    ends = inner[-1] in _STOPS or (
        text[passage.end : passage.end + 1] in (".", "!", "?")
    )
    sentence = ends and inner.lstrip("¿¡([…")[:1].isupper()
    if said.is_said:
        return len(words) >= _FEW_WORDS and not (_is_title(words) and not sentence)
    return sentence and len(words) >= _SENTENCE_WORDS and not _is_title(words)


def _is_title(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= (
        _TITLE_SHARE * len(long)
    )


def _dashed(text: str, spoken: speakers.Scene) -> Iterator[_Quoted]:
    """Speech that a dash opens at the beginning of a paragraph.

    A list has dashes too: it is speech only where a verb of saying stands behind it.
    """
    for match in _DASH.finditer(text):
        first = match.end()
        stop = text.find("\n", first)
        stop = len(text) if stop < 0 else stop
        for end in _BREAKS.finditer(text, first, min(stop, first + _SPEECH)):
            last = end.end() if end.group() in "!?…" else end.start()
            said = spoken.directly_behind(end.end(), stop)
            if said.is_close:
                yield _Quoted(Passage(first, last, first, last), said)
                rest = _after_aside(text, end.end(), stop)
                if rest:
                    yield _Quoted(Passage(*rest, *rest), said)
                break


def _after_aside(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """What is said on behind ``—dijo Juan—.``"""
    close = _ASIDE_ENDS.search(text, at, stop)
    if close is None:
        return None
    first = close.end()
    while first < stop and text[first] in " .,;:\u00a0":
        first += 1
    last = stop
    while last > first and text[last - 1].isspace():
        last -= 1
    return (first, last) if last - first > 3 else None
