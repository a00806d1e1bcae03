"""Dates that lean on another day: ``yesterday``, ``next week``, ``three years ago``.

Also terms of the year (quarters, halves, seasons), decades and feasts. Whole dates
are read by ``store.extract.dates``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from store.extract import calendar
from store.extract.dates import (
    SHIFT_FIRST,
    Proposal,
    low_at,
    month_at,
    past_part,
    year_at,
)
from store.extract.numbers import number_at
from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary


def at(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """Yield (token after, value) of every such date that begins at token ``here``."""
    yield from _terms(toks, here, words, day)
    yield from _relative(toks, here, words, day)


def _terms(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """Seasons, quarters and halves, with or without their year."""
    low = toks[here].low
    season = words.value("season", low)
    if season:
        year = year_at(toks, here + 1, words)
        if year:
            yield year[1], f"{year[0]}-{season}"
        elif words.has("season-before", low_at(toks, here - 1)) and not (
            words.language == "en" and low_at(toks, here + 1) == "of"
        ):
            yield here + 1, None
    if words.has("year-word", low):
        year = year_at(toks, here + 1, words)
        if year:
            yield year[1], str(year[0])
    rank = words.value("ordinal", low)
    if rank:
        for kind, letter in (("quarter", "Q"), ("half", "H")):
            if words.has(kind, low_at(toks, here + 1)) and rank <= (
                4 if letter == "Q" else 2
            ):
                if (
                    letter == "H"
                    and words.language == "en"
                    and not year_at(toks, here + 2, words)
                ):
                    continue  # the first half of a match
                yield _term_year(toks, here + 2, words, day, f"{letter}{rank}")
    prefix = words.get("quarter-short")
    if len(low) == 2 and (low[0] == "q" or low[0] in prefix) and low[1] in "1234":
        year = year_at(toks, here + 1, words)
        if year or low[0] == "q":
            yield _term_year(toks, here + 1, words, day, f"Q{low[1]}")


def _term_year(
    toks: Sequence[Token], after: int, words: Vocabulary, day: date | None, term: str
) -> Proposal:
    year = year_at(toks, after, words)
    if year:
        return year[1], f"{year[0]}-{term}"
    this = after + words.has("link", low_at(toks, after))
    if words.has("this", low_at(toks, this)) and words.has(
        "unit-year", low_at(toks, this + 1)
    ):
        return this + 2, calendar.term(term, day)
    return after, calendar.term(term, day)


def _relative(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    low = toks[here].low
    offset = words.value("day", low)
    if offset is not None and not _is_morning(toks, here, words):
        # "today, 30 January" is two dates: what follows the comma stands alone
        yield past_part(toks, here + 1, words), calendar.days(offset, day)
    if words.has("holiday", low) and toks[here].text[0].isupper():
        year = year_at(toks, here + 1, words)
        yield year[1] if year else here + 1, None
    unit = calendar.unit_of(low, words)
    if unit:
        for kind in ("next", "last"):
            shift = words.value(kind, low_at(toks, here + 1))
            if shift and words.language not in SHIFT_FIRST:
                yield here + 2, calendar.shifted(unit, shift, day)
        named = words.language == "fr" and words.has("this", low_at(toks, here - 1))
        if named and unit != "day":
            yield here + 1, calendar.shifted(unit, 0, day)
    for kind in ("next", "last", "this"):
        shift = words.value(kind, low)
        if shift is not None and (kind != "this" or words.language != "fr"):
            yield from _unit_behind(toks, here, words, day, shift)
    if words.has("following", low):  # the day it is counted from is not known
        for after, _ in _unit_behind(toks, here, words, None, 1):
            yield after, None
    yield from _ago(toks, here, words, day)
    yield from _decade(toks, here, words)


def _is_morning(toks: Sequence[Token], here: int, words: Vocabulary) -> bool:
    """Spanish ``la mañana`` is a part of the day, French ``hier`` is not German."""
    return toks[here].low == "mañana" and low_at(toks, here - 1) in (
        "la",
        "una",
        "esta",
    )


def _unit_behind(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None, shift: int
) -> Iterator[Proposal]:
    after = here + 1
    unit = calendar.unit_of(low_at(toks, after), words)
    weekday = words.value("weekday", low_at(toks, after))
    if unit and unit != "other":
        if unit != "day":
            yield after + 1, calendar.shifted(unit, shift, day)
    elif unit == "other":
        yield after + 1, None
    elif weekday is not None and words.language in SHIFT_FIRST:
        yield past_part(toks, after + 1, words), calendar.weekday(weekday, shift, day)
    elif shift and words.language in SHIFT_FIRST and month_at(toks, after, words):
        yield after + 1, calendar.dated(None, month_at(toks, after, words), None, day)


def _ago(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    first = here
    for phrase in words.get("ago-before"):
        parts = phrase.split()
        if [low_at(toks, here + step) for step in range(len(parts))] == parts:
            first = here + len(parts)
    behind = words.get("ago")
    number = number_at(toks, first, words)
    if number is None and words.has("one", low_at(toks, first)):
        count, after = 1, first + 1
    elif number is not None and number.value < 10_000:
        count, after = int(number.value), number.after
    else:
        return
    unit = calendar.unit_of(low_at(toks, after), words)
    if unit and first > here:
        yield after + 1, calendar.shifted(unit, -count, day)
    elif unit and low_at(toks, after + 1) in behind:
        yield after + 2, calendar.shifted(unit, -count, day)
    elif unit and words.has("later", low_at(toks, after + 1)):
        if words.language not in ("fr", "es", "pt") or low_at(toks, after + 2) in (
            ",",
            ".",
        ):
            yield after + 2, None
    elif unit and words.has(
        "later", f"{low_at(toks, after + 1)} {low_at(toks, after + 2)}"
    ):
        yield after + 3, None


def _decade(toks: Sequence[Token], here: int, words: Vocabulary) -> Iterator[Proposal]:
    if not words.has("decade-before", toks[here].low) or words.language in ("en", "de"):
        return
    after = here + 1
    if low_at(toks, after) in ("'", "’", "‘"):
        after += 1
    word = low_at(toks, after)
    value = words.value("decade-word", word)
    if value:
        yield after + 1, f"{value // 10}X"
    elif word.isdigit() and word.isascii() and word.endswith("0"):
        apostrophe = after > here + 1
        bare = words.language in ("es", "fr", "pt", "nl")
        if len(word) == 4 or (len(word) == 2 and (apostrophe or bare)):
            year = int(word) if len(word) == 4 else 1900 + int(word)
            if 1500 <= year <= 2100:
                yield after + 1, f"{year // 10}X"
