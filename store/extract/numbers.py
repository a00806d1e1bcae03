"""Numbers in running text: digits with their grouping, number words, scale words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary

_DIGITS = re.compile(r"\d+(?:[.,'’ \u00a0\u202f\u2009]\d+)*")
_BLANKS = re.compile(r"[ '’\u00a0\u202f\u2009]")
_DECIMAL_POINT = ("en", "zh", "ja", "ko", "he", "th", "hi")
_SHORT_SCALES = frozenset({"m", "k", "bn", "tn", "mn"})


class Number(NamedTuple):
    """A number that begins at token ``first`` and ends before token ``after``."""

    value: float
    first: int
    after: int
    digits: bool
    scaled: bool


def plain(value: float) -> float | int:
    """Return an ``int`` where nothing is lost by it."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def read_digits(word: str, language: str) -> float | None:
    """Return the value of a digit string, or ``None`` if it is no plain number.

    ``1.234`` is a thousand in Italian and a decimal in English; where the language
    is unknown three digits after a single separator are taken as a group.
    """
    if not _DIGITS.fullmatch(word) or len(word) > 40:
        return None
    bare = _BLANKS.sub("", word)
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        decimal = "." if bare.rfind(".") > bare.rfind(",") else ","
    elif points + commas > 1:
        decimal = ""
    elif points + commas == 1:
        decimal = _single(bare, "." if points else ",", language)
    else:
        decimal = ""
    for sign in ".,":
        if sign != decimal:
            bare = bare.replace(sign, "")
    return float(bare.replace(",", "."))


def _single(bare: str, sign: str, language: str) -> str:
    """Return the decimal sign of a number with one separator, or ``""``."""
    head, _, tail = bare.partition(sign)
    if len(tail) != 3 or not 1 <= len(head) <= 3 or head == "0":
        return sign
    own = "." if language in _DECIMAL_POINT else ","
    if language == "es":  # America groups with commas, Spain with points
        return ""
    return sign if language and sign == own else ""


def number_at(toks: Sequence[Token], at: int, words: Vocabulary) -> Number | None:
    """Return the number that begins at token ``at``, scale words included."""
    if at >= len(toks):
        return None
    token = toks[at]
    if token.text[0].isdigit():
        number = _digits_at(toks, at, words)
        return number and _with_rest(toks, _scaled(toks, number, words), words)
    if words.has("half-number", token.low) and _next_is(
        toks, at + 1, words.get("scale")
    ):
        return _scaled(toks, Number(0.5, at, at + 1, False, False), words)
    return _spelled(toks, at, words)


def _digits_at(toks: Sequence[Token], at: int, words: Vocabulary) -> Number | None:
    """``900`` or, in Italian, ``900mila``, which is one token."""
    word = toks[at].text
    thousands = word.lower().endswith("mila") and words.language in ("it", "")
    value = read_digits(word[:-4] if thousands else word, words.language)
    if value is None:
        return None
    return Number(value * (1000 if thousands else 1), at, at + 1, True, thousands)


def _with_rest(toks: Sequence[Token], number: Number, words: Vocabulary) -> Number:
    """``2 milioni e 940mila`` is one number."""
    after = number.after
    if number.value < 1e6 or after + 1 >= len(toks) or words.language != "it":
        return number
    if not words.has("and", toks[after].low) or not toks[after + 1].text[0].isdigit():
        return number
    rest = _digits_at(toks, after + 1, words)
    if rest is None:
        return number
    rest = _scaled(toks, rest, words)
    if not rest.scaled or rest.value >= 1e6:
        return number
    return Number(number.value + rest.value, number.first, rest.after, True, True)


def _scaled(toks: Sequence[Token], number: Number, words: Vocabulary) -> Number:
    value, after, scaled = number.value, number.after, number.scaled
    while after < len(toks) and after - number.after < 3:
        low = toks[after].low
        scale = words.value("scale", low)
        if scale is None or scale < 1000 or not _may_scale(toks, after):
            break
        value, after, scaled = value * scale, after + 1, True
        if _is_stop(toks, after) and low in ("mio", "mrd", "tsd", "mln", "mld"):
            after += 1
    return Number(value, number.first, after, number.digits, scaled)


def _may_scale(toks: Sequence[Token], at: int) -> bool:
    """Short scales (``m``, ``bn``) count only when written onto the number."""
    if toks[at].low in _SHORT_SCALES:
        return toks[at].start == toks[at - 1].end
    return True


def _is_stop(toks: Sequence[Token], at: int) -> bool:
    """Tell whether a full stop belongs to the abbreviation before it."""
    if (
        at + 1 >= len(toks)
        or toks[at].text != "."
        or toks[at].start != toks[at - 1].end
    ):
        return False
    return toks[at + 1].start - toks[at].end <= 1


def _spelled(toks: Sequence[Token], at: int, words: Vocabulary) -> Number | None:
    total, current, after = 0.0, 0.0, at
    numbers, scales, joiners = words.get("number"), words.get("scale"), words.get("and")
    one = words.get("one")
    while after < len(toks) and after - at < 12:
        low = toks[after].low
        if low in numbers:
            value = float(numbers[low])
            if current and not _fits(current, value):
                break
            current += value
        elif low in scales and low not in _SHORT_SCALES:
            scale = float(scales[low])
            if after == at and scale >= 1e6:
                break
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0.0
        elif after == at and low in one and _next_is(toks, after + 1, scales):
            current = 1.0
        elif low in one and current >= 20 and toks[after - 1].low in joiners:
            current += 1  # setenta y un
        elif not (
            after > at and low in joiners and _continues(toks, after, words, current)
        ):
            break
        after += 1
    if after == at:
        return None
    scaled = total >= 1000
    return Number(total + current, at, after, False, scaled)


def _fits(current: float, value: float) -> bool:
    """Twenty takes a unit, two hundred takes tens; two and three stay apart."""
    if current % 100 == 0:
        return value < 100
    return current % 10 == 0 and current % 100 >= 20 and value < 10


def _next_is(toks: Sequence[Token], at: int, kind: dict[str, str]) -> bool:
    return at < len(toks) and toks[at].low in kind and len(toks[at].low) > 2


def _continues(
    toks: Sequence[Token], at: int, words: Vocabulary, current: float
) -> bool:
    low = toks[at + 1].low if at + 1 < len(toks) else ""
    if low in words.get("one") and words.language in ("es", "pt"):
        return bool(current) and _fits(current, 1)
    value = words.value("number", low)
    return bool(value) and bool(current) and _fits(current, float(value or 0))
