"""Pairs of neighbouring signs, for scripts in which the index finds no words.

The index of words cannot cut text that has no blanks between its words, and it cuts
words of other scripts at their vowel signs. Such text is held a second time, as
pairs of neighbouring signs: whoever asks for a word asks for all its pairs, and
what has them is looked at if need be. Only text in these scripts is held, with the
letters and digits that are glued to it; a library that has none pays nothing.

Spellings are made equal by Unicode's own rules alone, which never change for signs
that exist: what was indexed must be taken out again by the same rules years later.
Should they change nevertheless, a migration has to empty ``documents_grams`` and
``names_grams`` and mark all documents as not yet held (``filling``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

_UNBROKEN = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9ff\uaa60-\uaa7f\uf900-\ufaff"
    "\U00020000-\U000323af"
)
# Thai, Lao, Tibetan, Myanmar, Khmer, Tai, Han, kana, bopomofo, Javanese.
_BROKEN = (
    "\u0900-\u0dff\u1100-\u11ff\u1b00-\u1bff\ua8e0-\ua8ff\ua960-\ua97f"
    "\uaa00-\uaa5f\uabc0-\uabff\uac00-\ud7a3\ud7b0-\ud7ff"
)
# Scripts with blanks: Indic ones, whose vowel signs cut them, and Korean, whose
# particles are glued to its nouns.
_HELD = _UNBROKEN + _BROKEN

_RUN = re.compile(f"[{_HELD}]+")
_GLUED = re.compile(f"([{_HELD}]+)([^\\W_{_HELD}]*)")
_WRAPPED = re.compile(f"(?<=[{_UNBROKEN}])\n(?=[{_UNBROKEN}])")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
# Joiners, blanks without width, and which of its shapes a sign has.
_BETWEEN = re.compile(
    "[\\s!-/:-@\\[-`{-~\u2000-\u206f\u3000-\u3004\u3008-\u3020\u30fb]+"
)

_WIDE = [(sign, unicodedata.normalize("NFKC", sign)) for sign in "，：；！？（）％"]
# Normalising a text is slow where there is anything to do, and with these there is
# in every Chinese one.

_FIRST_BYTES = bytes((0xE0, 0xE1, *range(0xE3, 0xF1)))
# A text without these in UTF-8 has no sign of ours.

TITLE = "\u00a6"
"""Goes before the pairs of a title, which are held once more with it."""

_MOST = 32
"""Pairs that are asked for; with more of them nothing else would be found."""


def has_any(text: str) -> bool:
    """Whether there is anything in it that is held as pairs."""
    return _may_have_any(text) and _RUN.search(plain(text)) is not None


def _may_have_any(text: str) -> bool:
    """Whether it is worth looking: most texts of most libraries are told at once."""
    if text.isascii():
        return False
    with suppress(UnicodeEncodeError):
        text.encode("latin-1")
        return False
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _FIRST_BYTES)) < len(data)


def plain(text: str) -> str:
    """A text as it is compared: one form of each sign, without case, what is
    invisible, and the ends of lines at which a word without blanks was broken."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    text = unicodedata.normalize("NFKC", text).casefold()
    return _WRAPPED.sub("", _INVISIBLE.sub("", text))


def held(title: str, text: str) -> str:
    """What is held of a document, each pair once; empty where that is nothing."""
    of_title = _distinct(title)
    found = of_title | _distinct(text)
    return " ".join((*found, *(TITLE + one for one in of_title)))


def held_of_name(body: str) -> str:
    """What is held of a name or a note; empty where that is nothing."""
    return " ".join(_distinct(body))


def _distinct(text: str) -> dict[str, None]:
    return dict.fromkeys(_tokens(plain(text))) if _may_have_any(text) else {}


def _tokens(text: str) -> list[str]:
    """Pairs of neighbours, the last sign of a run by itself, and the letters and
    digits on both sides of it."""
    found: list[str] = []
    for match in _GLUED.finditer(text):
        run, after = match.groups()
        found += map(str.__add__, run, run[1:])
        found.append(run[-1])
        if after:
            found.append(after)
        start = at = match.start()
        while at and text[at - 1].isalnum() and not _RUN.match(text[at - 1]):
            at -= 1
        if at < start:
            found.append(text[at:start])
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query that is to stand anywhere."""

    raw: str
    key: str
    """Without what may stand between two words."""
    pairs: tuple[str, ...]
    """What whoever has the part has; empty for a single sign."""
    sign: str
    """Its first sign of such a script; empty if it has none."""
    is_pair: bool
    """It is one pair and nothing else, so that whoever has the pair has the part."""

    @classmethod
    def of(cls, raw: str) -> Part:
        """Understand a part of a query."""
        text = plain(raw)
        runs: list[str] = _RUN.findall(text)
        pairs = (a + b for run in runs for a, b in pairwise(run))
        key = squeezed(text) or text or raw
        return cls(
            raw,
            key,
            tuple(dict.fromkeys(pairs))[:_MOST],
            runs[0][0] if runs else "",
            bool(runs) and key == runs[0] and len(key) == 2,
        )

    def stands_in(self, text: str) -> bool:
        """Whether a text has it."""
        # Most texts are in the form in which they are compared.
        return self.is_plain_in(text) or self.key in squeezed(plain(text))

    def is_plain_in(self, text: str) -> bool:
        """Whether a text has it in the very form in which it was typed."""
        return self.raw in text

    @property
    def pieces(self) -> tuple[str, ...]:
        """What is to be marked: itself, or what stands between its blanks."""
        return tuple(one for one in self.raw.split() if squeezed(plain(one)))


def squeezed(text: str) -> str:
    """A plain text without blanks and punctuation, which are set in many ways."""
    return _BETWEEN.sub("", text)


def match_of(parts: Iterable[Part], *, in_title: bool = False) -> str:
    """The query for what may have these parts; empty when only texts can tell.

    Single signs are asked for only where there is nothing better: a frequent one
    stands in thousands of pairs.
    """
    parts = list(parts)
    mark = TITLE if in_title else ""
    pairs = dict.fromkeys(pair for part in parts for pair in part.pairs)
    if pairs:
        return " AND ".join(f'"{mark}{pair}"' for pair in pairs)
    signs = dict.fromkeys(part.sign for part in parts if part.sign)
    return " AND ".join(f'"{mark}{sign}" *' for sign in signs)
