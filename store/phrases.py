"""A phrase to be found in texts: its words one after the other, exactly placed.

Case and accents do not matter, nor what stands between two words as long as it is
no word and no end of a paragraph. A word that ends in ``*`` is a beginning. In
scripts that put no blanks between words a phrase is found inside longer runs too.

The full text index tells in which documents to look; it cuts and folds words by
other rules than ours, so the places come from the texts themselves.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from store.errors import UsageError
from store.graphemes import is_border
from store.search.fold import Folded, fold, is_unspaced
from store.search.query import quoted

LONGEST = 500
"""Code points of a phrase; who pastes a page is not looking for a phrase."""

_GAP = 12
"""Signs that may stand between two words: quotation marks, dashes, a line break."""

_MOST_FORMS = 64
_WORD_SIGN = r"[^\W_]"
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')

_SPELLINGS = (
    *(("ss", "ß"), ("ae", "æ"), ("oe", "œ"), ("th", "þ"), ("d", "đ"), ("d", "ð")),
    *(("h", "ħ"), ("i", "ı"), ("l", "ł"), ("o", "ø"), ("t", "ŧ")),
    *(("ffi", "ﬃ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("2", "²"), ("3", "³")),
)
"""What our folding makes one and the index keeps apart."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase."""

    key: str
    """Folded, with the marks that belong to its letters."""
    raw: str
    is_beginning: bool = False


@dataclass(frozen=True)
class Phrase:
    """What is looked for: words, or where there is no word in it, signs."""

    parts: tuple[Part, ...]
    signs: str = ""
    """Folded signs (a currency sign, an emoji) to be found anywhere."""

    @classmethod
    def of(cls, text: str) -> Phrase:
        """Understand what was typed. Raises ``UsageError`` for nothing at all."""
        text = _IMPOSSIBLE.sub(" ", text[:LONGEST])
        parts: list[Part] = []
        for match in _CHUNK.finditer(text):
            as_typed, word = match.groups()
            chunk = as_typed if word is None else word
            found = _words(chunk)
            if found and word is not None and word.endswith("*"):
                found[-1] = Part(found[-1].key, found[-1].raw, is_beginning=True)
            parts += found
        if parts:
            return cls(tuple(parts))
        signs = " ".join(fold(text.strip(' "')).split())
        if not signs:
            raise UsageError("Say which words to look for.")
        return cls((), signs)

    @property
    def is_indexed(self) -> bool:
        """Whether the index can tell where to look; else every text is read."""
        return bool(self.parts) and not any(is_unspaced(one.key) for one in self.parts)

    def match(self, connection: sqlite3.Connection) -> str:
        """The phrase for the full text index, in every spelling that it holds.

        Only quoted strings: nothing that was typed becomes syntax.
        """
        forms = [_forms(connection, part) for part in self.parts]
        each = islice(product(*forms), _MOST_FORMS)
        if all(not one.is_beginning for one in self.parts[:-1]):
            return " OR ".join(f"({' + '.join(row)})" for row in each)
        # A beginning may only stand last in a phrase of the index.
        return " AND ".join(f"({' OR '.join(row)})" for row in forms)

    # Places in a text ------------------------------------------------------

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """Where letters stand on neither side: for texts with blanks."""
        return re.compile(self._pattern(apart=True))

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Without regard to what stands beside it, which is then looked at."""
        return re.compile(self._pattern(apart=False))

    def _pattern(self, *, apart: bool) -> str:
        if not self.parts:
            return r"\s+".join(map(re.escape, self.signs.split()))
        pieces: list[str] = []
        for number, part in enumerate(self.parts):
            word = re.escape(part.key)
            if number:
                before = self.parts[number - 1].key
                loose = is_unspaced(before[-1]) or is_unspaced(part.key[0])
                pieces.append(rf"[\W_]{{{0 if loose else 1},{_GAP}}}")
            pieces.append(word)
            if number == 0 and apart and not is_unspaced(part.key[0]):
                # Looking back comes second, so that the word is searched for first.
                pieces.append(f"(?<!{_WORD_SIGN}{word})")
            if part.is_beginning:
                pieces.append(f"{_WORD_SIGN}*")
        if apart and not self._ends_open:
            pieces.append(f"(?!{_WORD_SIGN})")
        return "".join(pieces)

    @property
    def _ends_open(self) -> bool:
        last = self.parts[-1]
        return last.is_beginning or is_unspaced(last.key[-1])

    def places_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands, in code points of the text, in order, never overlapping
        and never ending inside a sign that a reader sees as one."""
        folded = Folded.of(text)
        is_plain = text.isascii()
        mixed = not is_plain and is_unspaced(text)
        pattern = self._anywhere if mixed else self._whole
        for match in pattern.finditer(folded.text):
            start, end = match.span()
            if self.parts and not is_plain:
                trimmed = self._trimmed(folded.text, start, end, mixed=mixed)
                if trimmed is None:
                    continue
                end = trimmed
            if len(self.parts) > 1 and "\n\n" in folded.text[start:end]:
                continue
            place = folded.span(start, end)
            if place is None:
                continue
            if is_plain or (is_border(text, place[0]) and is_border(text, place[1])):
                yield place

    def _trimmed(self, text: str, start: int, end: int, *, mixed: bool) -> int | None:
        """Where the match really ends; ``None`` where it is another word."""
        last = self.parts[-1]
        if last.is_beginning:
            begun = text.rfind(last.key, start, end) + len(last.key)
            end = _rest_of_word(text, begun)
        if mixed and not self._stands_apart(text, start, end):
            return None
        if (start and _is_mark(text[start - 1])) or _is_mark(text[end : end + 1]):
            return None  # vowel signs carry meaning: it is inside a word
        found = [key for key, _, _ in _runs(text[start:end])]
        if any(is_unspaced(part.key) for part in self.parts):
            wanted = "".join(part.key for part in self.parts)
            return end if "".join(found).startswith(wanted) else None
        if len(found) != len(self.parts):
            return None
        is_same = all(
            key.startswith(part.key) if part.is_beginning else key == part.key
            for key, part in zip(found, self.parts, strict=True)
        )
        return end if is_same else None

    def _stands_apart(self, text: str, start: int, end: int) -> bool:
        """Whether no letter touches it, but of a script without blanks."""
        for beside, own in (
            (text[start - 1 : start], text[start]),
            (text[end : end + 1], text[end - 1]),
        ):
            if beside.isalnum() and not is_unspaced(beside) and not is_unspaced(own):
                return False
        return True


def _rest_of_word(text: str, at: int) -> int:
    """The end of the word that goes on at ``at``."""
    while at < len(text) and (text[at].isalnum() or _is_mark(text[at])):
        if is_unspaced(text[at]):
            break
        at += 1
    return at


def _is_mark(sign: str) -> bool:
    return bool(sign) and sign > "\u02ff" and unicodedata.category(sign)[0] == "M"


def _runs(text: str) -> list[tuple[str, int, int]]:
    """Runs of letters, digits and their marks in a folded text, with their ends."""
    found: list[tuple[str, int, int]] = []
    start = -1
    for at, sign in enumerate((*text, " ")):
        if sign.isalnum() or (start >= 0 and _is_mark(sign)):
            start = at if start < 0 else start
        elif start >= 0:
            found.append((text[start:at], start, at))
            start = -1
    return found


def _words(chunk: str) -> list[Part]:
    folded = Folded.of(chunk)
    found: list[Part] = []
    for key, start, end in _runs(folded.text):
        place = folded.span(start, end)
        raw = key if place is None else chunk[place[0] : place[1]]
        found.append(Part(key, raw))
    return found


def _forms(connection: sqlite3.Connection, part: Part) -> Sequence[str]:
    """How the index may hold a word: as typed, folded, and spelt with letters that
    folding takes apart, if it has them."""
    star = "*" if part.is_beginning else ""
    typed = dict.fromkeys((quoted(part.raw) + star, quoted(part.key) + star))
    others = (quoted(one) + star for one in _respelt(part.key))
    known = (one for one in others if one not in typed and _has(connection, one))
    return [*typed, *known][:_MOST_FORMS]


def _respelt(key: str) -> Iterator[str]:
    """Every way to spell one place of a word with another letter, and all of them."""
    for plain, letter in _SPELLINGS:
        at = key.find(plain)
        if at >= 0 and key.count(plain) > 1:
            yield key.replace(plain, letter)
        while at >= 0:
            yield key[:at] + letter + key[at + len(plain) :]
            at = key.find(plain, at + 1)


def _has(connection: sqlite3.Connection, form: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM documents_fts WHERE documents_fts MATCH ? LIMIT 1", [form]
    ).fetchone()
    return row is not None
