"""One way of comparing words: without accents, case and typographic variants.

``fold`` turns a text into the form in which two spellings of one word are equal.
Folding may change the number of code points (``ß`` becomes ``ss``, a combining
mark disappears), so ``Folded`` remembers where each of its code points came from:
a match found in the folded text is shown at exact code points of the original.

Folding works sign by sign, without looking at neighbours, so that a piece of a
text folds to the same piece of the folded text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
"""A word inside a folded text: letters and digits, as the full text index cuts."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003134f]"
)
_MANY_SIGNS = 48
"""More different non-ASCII signs than this are cheaper folded one by one."""

_PLAIN = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "þ": "th",
        "ŧ": "t",
    }
)
# Letters that people without the keyboard for them write so, which Unicode does
# not take apart.


@lru_cache(maxsize=65536)
def fold_sign(sign: str) -> str:
    """One code point folded: none, one or several code points."""
    if "\u3040" <= sign <= "\u30ff" and not _is_mark(sign):
        # A voiced kana is another sound, not an accented one.
        return sign
    before, after = "", sign
    while before != after:
        before = after
        apart = unicodedata.normalize("NFKD", after)
        bare = "".join(c for c in apart if not _is_mark(c))
        after = bare.casefold().translate(_PLAIN)
    return after


def _is_mark(sign: str) -> bool:
    # Vowel signs of Indic scripts and of Thai have class 0 and carry meaning.
    return unicodedata.combining(sign) != 0 or "\ufe00" <= sign <= "\ufe0f"


def fold(text: str) -> str:
    """The text without accents and case; equal for spellings of one word."""
    return Folded.of(text).text


def bare(word: str) -> str:
    """A word as the index keeps it, as far as that is known: without case and
    accents, and nothing else."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in apart if not _is_mark(sign))


def is_unspaced(text: str) -> bool:
    """Whether it has signs of a script that puts no blanks between words."""
    return _UNSPACED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: ``text[start:end]``, folded to ``key``."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its code points came from."""

    text: str
    _odd: Sequence[int] = ()
    """Places in the original of the signs that do not fold to one sign."""
    _starts: Sequence[int] = ()
    """Where their folds begin in ``text``."""
    _ends: Sequence[int] = ()
    """Where their folds end in ``text``."""

    @classmethod
    def of(cls, original: str) -> Folded:
        """Fold a text; quick where most signs fold to one sign."""
        if original.isascii():
            return cls(original.lower())
        folds = {sign: fold_sign(sign) for sign in set(original) if sign > "\x7f"}
        text = _replace_signs(original, folds)
        uneven = [sign for sign, form in folds.items() if len(form) != 1]
        if not uneven:
            return cls(text)
        odd: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        shift = 0
        for match in re.finditer(f"[{re.escape(''.join(uneven))}]", original):
            odd.append(match.start())
            starts.append(match.start() + shift)
            shift += len(folds[match.group()]) - 1
            ends.append(match.end() + shift)
        return cls(text, odd, starts, ends)

    def _origin(self, place: int) -> int:
        """Which sign of the original a place in ``text`` came from."""
        before = bisect_right(self._starts, place) - 1
        if before < 0:
            return place
        past = place - self._ends[before]
        return self._odd[before] + (1 + past if past >= 0 else 0)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The place in the original of ``text[start:end]``, with the marks on its
        last sign; ``None`` where it begins or ends inside a sign."""
        if not self._odd:
            return start, end
        first, following = self._origin(start), self._origin(end)
        if following == self._origin(end - 1):
            return None
        if start and self._origin(start - 1) == first:
            return None
        # What folds to nothing between two signs are marks on the first of them.
        return first, following


def _replace_signs(text: str, folds: dict[str, str]) -> str:
    if len(folds) > _MANY_SIGNS or any(f.lower() != f for f in folds.values()):
        return "".join(map(fold_sign, text))
    for sign, form in folds.items():
        if sign != form:
            text = text.replace(sign, form)
    return text.lower()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order, at their code points in the text."""
    folded = Folded.of(text)
    for match in WORD.finditer(folded.text):
        place = folded.span(match.start(), match.end())
        if place is not None:
            yield Token(place[0], place[1], match.group())


def find(folded: Folded, term: str, start: int = 0, most: int = 64) -> list[Token]:
    """Places where a folded term stands as whole words, at code points of the
    original, from ``start`` (in the folded text) on, at most ``most``.

    Between the words of a term anything that is no word may stand, so that
    ``"new york"`` finds ``New-York``.
    """
    parts = WORD.findall(term)
    if not parts:
        return []
    text = folded.text
    found: list[Token] = []
    at = text.find(parts[0], start)
    while at >= 0 and len(found) < most:
        end = _end_of_words(text, at, parts)
        if end and not (at and _is_word_sign(text[at - 1])):
            place = folded.span(at, end)
            if place is not None:
                found.append(Token(place[0], place[1], text[at:end]))
        at = text.find(parts[0], at + 1)
    return found


def _end_of_words(text: str, at: int, parts: list[str]) -> int:
    """Where the words that begin at ``at`` end, or 0 if they do not stand there."""
    end = at
    for number, part in enumerate(parts):
        if number:
            end = _next_word(text, end)
        if not text.startswith(part, end):
            return 0
        end += len(part)
        if end < len(text) and _is_word_sign(text[end]):
            return 0
    return end


def _next_word(text: str, at: int) -> int:
    while at < len(text) and not _is_word_sign(text[at]):
        at += 1
    return at


def _is_word_sign(sign: str) -> bool:
    return sign.isalnum()


def find_inside(folded: Folded, part: str, most: int = 64) -> list[Token]:
    """Places where ``part`` stands, also inside words: for scripts without blanks."""
    found: list[Token] = []
    at = folded.text.find(part) if part else -1
    while at >= 0 and len(found) < most:
        place = folded.span(at, at + len(part))
        if place is not None:
            found.append(Token(place[0], place[1], part))
        at = folded.text.find(part, at + len(part))
    return found
