"""A text cut into tokens that remember where they stand.

One regular expression: addresses, elided articles, dotted acronyms, numbers with
their separators, words with inner hyphens, single signs. A number keeps letters
that belong to it (``810E``) unless they are a unit or scale (``1.2bn``). Offsets
are code points into the text, end exclusive; a token never crosses a line break.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a51\u0b82\u0bbe-\u0bd7"
    "\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3e-\u0d57\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Signs that belong to the letter before them, for use inside ``[...]``."""

_ELIDED = (
    "l|d|c|m|n|s|t|j|qu|un|gl|dell|all|dall|nell|sull|coll|quell|quest|sant|bell|"
    "tutt|cos|com|dov|ov|anch|senz|mezz|jusqu|lorsqu|puisqu|aujourd(?!.hui)|quelqu"
)
_ATTACHED = (
    "bn|tn|mn|mln|mld|km|kg|cm|mm|mw|gw|kw|kwh|mwh|gwh|twh|gb|tb|mb|ghz|mhz|nm|km/h|kph|"
    "mph|ha|pc|am|pm|ft|lb|cc|hp|cv|ml|(?-i:m|k|p|er|st|nd|rd|th|o|a|e|ers|ème|s|h|c)"
)
_NUMBER = r"(?>\d+(?:[.,:/'’\u00a0\u202f\u2009]\d+)*)"
_SPACED = r"\d{1,3}(?: \d{3}(?!\d))+(?:[.,]\d+)?(?![.,]?\d)"
_W = rf"[\w{MARKS}]"


def _pattern(spaced: bool) -> re.Pattern[str]:
    number = rf"(?:{_SPACED}|{_NUMBER})" if spaced else _NUMBER
    return re.compile(
        rf"(?:https?://|www\.)\S{{1,2000}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,4}}"
        r"|\d{4}-\d\d-\d\d(?!\w)"
        rf"|(?<![\w{MARKS}])(?:{_ELIDED})['’](?={_W})"
        r"|(?:[^\W\d_]\.){2,8}(?:[^\W\d_](?!\w))?"
        rf"|(?<![\w{MARKS}]){number}(?![\w{MARKS}])"
        rf"|(?<![\w{MARKS}]){number}(?=(?:{_ATTACHED})(?![\w{MARKS}]))"
        rf"|(?<=[$€£¥₹₽₦]){number}"
        r"|['’]s(?!\w)"
        r"|(?:km|mb|gb|gbit|m|t|l)/[hs](?!\w)"
        rf"|{_W}+(?:[-‐‑&'’·+]{_W}+(?<!['’]s)(?<!['’]S))*"
        r"|\.{2,}|-{2,}"
        r"|[^\s]",
        re.IGNORECASE,
    )


@lru_cache(maxsize=2)
def _compiled(spaced: bool) -> re.Pattern[str]:
    return _pattern(spaced)


class Token(NamedTuple):
    """A piece of text between ``start`` and ``end``, and its lower-case form."""

    start: int
    end: int
    text: str
    low: str


def tokens(text: str, language: str | None = None) -> list[Token]:
    """Return the tokens of ``text`` in order; blanks are left out.

    In French, numbers may be grouped by ordinary blanks (``5 000``); elsewhere
    only by no-break and thin ones, since ``in 2019 300 people`` is two numbers.
    """
    pattern = _compiled((language or "")[:2].lower() in ("fr", "es", "pl", "ru", "cs"))
    return [
        Token(match.start(), match.end(), word, word.lower())
        for match in pattern.finditer(text)
        for word in (match.group(),)
    ]
