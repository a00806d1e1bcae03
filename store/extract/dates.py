"""Dates in words and digits: the forms, and what each one means.

A form that gives the date itself has a string as value: ``2026-01-30``,
``2026-01``, ``2026``, ``2026-Q3``, ``2026-H1``, ``2026-21`` (a season as EDTF
writes it), or two of them joined by ``/``. What needs the day of publication is
resolved by ``store.extract.calendar`` and marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from store.extract import calendar
from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary

Proposal = tuple[int, Any]
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SMALL = frozenset(
    {"of", "the", "der", "des", "du", "de", "la", "l'", "l’", "del", "della", "dell'"}
    | {"dell’", "do", "da", "van", "dello"}
)
"""Words between the end of a time and its name."""
_OF = frozenset({"de", "du", "d'", "d’"})
_BETWEEN = ("entre", "zwischen")
_DASHES = frozenset({"-", "–", "—"})
_ORDINAL_SIGNS = frozenset({"st", "nd", "rd", "th", "er", "º", "°", "o", "."})
_MONTH_FIRST = ("en", "")
SHIFT_FIRST = ("en", "de", "nl")
"""Languages that say ``last Friday``; the others say ``venerdì scorso``."""


def anchor(published: str | None) -> date | None:
    """Return the day of publication, or ``None`` when it is no ISO date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def at(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """Yield (token after, value) of every date that begins at token ``here``."""
    low = toks[here].low
    if toks[here].text[0].isdigit():
        yield from _numeric(toks, here, words)
        yield from day_month(toks, here, words, day)
        yield from _years(toks, here, words)
    elif words.has("weekday", low) or words.has("weekday-short", low):
        if not _is_forename(toks, here, words):
            yield from _weekday(toks, here, words, day)
    elif month_at(toks, here, words):
        yield from _month_first(toks, here, words, day)
    if words.has("edge", low):
        yield from _edge(toks, here, words, day)
    elif words.has("date-head", low) and low_at(toks, here + 1) in _OF:
        yield from _headed(toks, here + 2, words, day)


def _headed(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """``mois de mars``, ``nuit de samedi à dimanche``: with the word before."""
    if here >= len(toks):
        return
    if words.has("weekday", toks[here].low):
        yield from _weekday(toks, here, words, day)
    elif month_at(toks, here, words):
        yield from _month_first(toks, here, words, day)


def _is_forename(toks: Sequence[Token], here: int, words: Vocabulary) -> bool:
    """Romance days and months are written small: ``Domingo Ruiz`` is a person."""
    if (
        words.language not in ("it", "es", "fr", "pt")
        or not toks[here].text[0].isupper()
    ):
        return False
    if here + 1 >= len(toks) or toks[here].text.isupper():
        return False
    following = toks[here + 1]
    return following.text[0].isupper() and following.start - toks[here].end == 1


def low_at(toks: Sequence[Token], at_: int) -> str:
    """Return the lower-case token at a place, or ``""`` beyond the ends."""
    return toks[at_].low if 0 <= at_ < len(toks) else ""


def _numeric(toks: Sequence[Token], here: int, words: Vocabulary) -> Iterator[Proposal]:
    word = toks[here].text
    if _ISO.fullmatch(word):
        iso = calendar.iso(int(word[:4]), int(word[5:7]), int(word[8:]))
        if iso:
            yield here + 1, iso
    match = _NUMERIC.fullmatch(word)
    if not match:
        return
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        if match[2] == ".":
            return  # as often a time, a version or a score
        year += 2000 if year < 70 else 1900
    if words.language == "en" and second > 12:
        first, second = second, first
    iso = calendar.iso(year, second, first)
    if iso:
        yield here + 1, iso


def month_at(toks: Sequence[Token], at_: int, words: Vocabulary) -> int:
    """Return the month that the token names, or 0."""
    if at_ >= len(toks):
        return 0
    token = toks[at_]
    number = words.value("month", token.low) or 0
    if number and _is_forename(toks, at_, words):
        return 0
    if not number and (_beside_digit(toks, at_) or low_at(toks, at_ + 1) == "."):
        number = words.value("month-short", token.low) or 0
        if number and not (_beside_digit(toks, at_) or token.text[0].isupper()):
            return 0
    if number and words.language in ("en", "de", "") and token.text.islower():
        return 0 if words.language != "" or not _beside_digit(toks, at_) else number
    if words.language == "en" and token.low in ("may", "march"):
        return number if _is_month_use(toks, at_, words) else 0
    if words.language == "fr" and token.text[0].isupper() and token.low == "mars":
        return number if _beside_digit(toks, at_) else 0
    return number


def _beside_digit(toks: Sequence[Token], at_: int) -> bool:
    before = low_at(toks, at_ - 1)
    after = low_at(toks, at_ + 1)
    if before in _ORDINAL_SIGNS or before in ("de", "of"):
        before = low_at(toks, at_ - 2)
    after = low_at(toks, at_ + 2) if after == "." else after
    return before[:1].isdigit() or after[:1].isdigit()


def _is_month_use(toks: Sequence[Token], at_: int, words: Vocabulary) -> bool:
    before = low_at(toks, at_ - 1)
    leads = {"in", "since", "until", "by", "of", "last", "next", "from", "to", "and"}
    leads |= {"between", "this", "early", "late", "mid", "for", "on", "till", "every"}
    return before in leads or _beside_digit(toks, at_)


def day_number(toks: Sequence[Token], at_: int) -> tuple[int, int] | None:
    """Return (day of the month, token after its ordinal sign) at a token."""
    word = low_at(toks, at_)
    if not word.isdigit() or not word.isascii() or not 1 <= int(word or 0) <= 31:
        return None
    after = at_ + 1
    sign = low_at(toks, after)
    if sign in _ORDINAL_SIGNS and toks[after].start == toks[at_].end:
        after += sign != "." or low_at(toks, after + 1)[:1].isalpha()
    return int(word), after


def year_at(
    toks: Sequence[Token], at_: int, words: Vocabulary
) -> tuple[int, int] | None:
    """Return (year, token after) behind a month: ``2026``, ``de 2026``, ``, 2026``."""
    after = at_
    if low_at(toks, after) == "." and after + 1 < len(toks):
        after += 1
    linked = low_at(toks, after)
    if linked == "," and words.language not in ("en", "es", ""):
        return None
    if words.has("link", linked) or linked in ("del", ","):
        after += 1
    word = low_at(toks, after)
    if (
        len(word) == 4
        and word.isdigit()
        and word.isascii()
        and 1500 <= int(word) <= 2100
    ):
        return int(word), after + 1
    return None


def day_month(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """Yield ``30 gennaio 2026``, ``10. bis 16. November`` and the like."""
    first = day_number(toks, here)
    if not first:
        return
    number, after = first
    second = None
    if (
        low_at(toks, after) in _DASHES
        or words.has("range", low_at(toks, after))
        or (words.has("and", low_at(toks, after)))
    ):
        second = day_number(toks, after + 1)
        if second:
            after = second[1]
    if low_at(toks, after) in ("de", "of", "di"):
        after += 1
    month = month_at(toks, after, words)
    if month:
        upto = second[0] if second else None
        end, value = _finish(toks, after, words, day, month, number, upto)
        yield end, value
        if not second:
            yield from _range_on(toks, end, words, day, value)


def _finish(
    toks: Sequence[Token],
    month_at: int,
    words: Vocabulary,
    day: date | None,
    month: int,
    number: int | None,
    upto: int | None = None,
) -> Proposal:
    """Read the year behind a month and make the value."""
    year = year_at(toks, month_at + 1, words)
    end = year[1] if year else month_at + 1
    if not year and low_at(toks, end) == "." and _short_month(toks, month_at, words):
        end += 1 if low_at(toks, end + 1)[:1].isdigit() else 0
    value = calendar.dated(year[0] if year else None, month, number, day)
    if not year and upto is None and words.language not in SHIFT_FIRST:
        for kind in ("next", "last"):
            shift = words.value(kind, low_at(toks, end))
            if shift:  # maggio scorso
                return end + 1, calendar.turned(value, shift, day)
    if upto is not None:
        other = calendar.dated(year[0] if year else None, month, upto, day)
        value = calendar.span(value, other)
    return end, value


def _short_month(toks: Sequence[Token], at_: int, words: Vocabulary) -> bool:
    return not words.has("month", toks[at_].low)


def _range_on(
    toks: Sequence[Token], end: int, words: Vocabulary, day: date | None, value: Any
) -> Iterator[Proposal]:
    """``28 marzo al 3 aprile 2026``: a second date closes the range."""
    if low_at(toks, end) not in _DASHES and not words.has("range", low_at(toks, end)):
        return
    other = day_number(toks, end + 1)
    if other:
        after = other[1] + (low_at(toks, other[1]) in ("de", "of", "di"))
        month = month_at(toks, after, words)
        if month:
            last, closing = _finish(toks, after, words, day, month, other[0])
            yield last, calendar.span(value, closing)


def _month_first(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    month = month_at(toks, here, words)
    whole, meant = _finish(toks, here, words, day, month, None)
    yield whole, meant
    if low_at(toks, here - 1) in _BETWEEN and words.has("and", low_at(toks, whole)):
        closing = month_at(toks, whole + 1, words)
        if closing:  # entre mars 2024 et mai 2025
            last, until = _finish(toks, whole + 1, words, day, closing, None)
            yield last, calendar.span(meant, until)
    if words.language not in _MONTH_FIRST:
        return
    after = here + (2 if low_at(toks, here + 1) == "." else 1)
    first = day_number(toks, after)
    if not first:
        return
    number, after = first
    after -= low_at(toks, after - 1) == "."
    upto = None
    if low_at(toks, after) in _DASHES:
        second = day_number(toks, after + 1)
        if second:
            upto, after = second
    year = year_at(toks, after, words)
    end = year[1] if year else after
    value = calendar.dated(year[0] if year else None, month, number, day)
    if upto is not None:
        other = calendar.dated(year[0] if year else None, month, upto, day)
        value = calendar.span(value, other)
    yield end, value


def _years(toks: Sequence[Token], here: int, words: Vocabulary) -> Iterator[Proposal]:
    word = toks[here].text
    if not (len(word) == 4 and word.isdigit() and word.isascii()):
        return
    year, after = int(word), here + 1
    if not 1500 <= year <= 2100 or low_at(toks, here - 1) in ("$", "€", "£", "n", "no"):
        return
    following = low_at(toks, after)
    if following in ("s", "er") and toks[after].start == toks[here].end:
        yield after + 1, f"{year // 10}X"
        return
    if words.has("unit", following) or words.has("scale", following):
        return
    if words.has("currency", following) or following in ("%", "€", "$"):
        return
    yield after, str(year)
    joined = following in _DASHES or (
        words.language == "de" and following in ("bis", "und")
    )
    closing = low_at(toks, after + 1)
    if joined and len(closing) == 4 and closing.isdigit() and int(closing) > year:
        yield after + 2, f"{year}/{closing}"
    elif following in _DASHES and len(closing) == 2 and closing.isdigit():
        glued = toks[after + 1].start == toks[here].end + 1
        if glued and int(closing) > year % 100:
            yield after + 2, f"{year}/{word[:2]}{closing}"


def _weekday(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    low = toks[here].low
    short = words.value("weekday-short", low)
    number = words.value("weekday", low) if short is None else short
    after = past_part(toks, here + 1, words)
    shift = 0
    for kind in ("next", "last"):
        found = words.value(kind, low_at(toks, after))
        if found and words.language not in SHIFT_FIRST:
            shift, after = found, after + 1
            break
    if short is None:
        yield after, calendar.weekday(number or 0, shift, day)
        yield from _weekday_range(toks, after, words)
    skip = after + (low_at(toks, after) in (",", "."))
    skip += low_at(toks, skip) in ("den", "dem", "the", "le", "il")
    if day_number(toks, skip):
        yield from day_month(toks, skip, words, day)
    elif month_at(toks, skip, words) and words.language in _MONTH_FIRST:
        yield from _month_first(toks, skip, words, day)


def _weekday_range(
    toks: Sequence[Token], after: int, words: Vocabulary
) -> Iterator[Proposal]:
    between = low_at(toks, after)
    joined = words.has("range", between) or (
        words.has("and", between) and words.language not in ("en", "it")
    )
    if (joined or between in _DASHES) and words.has("weekday", low_at(toks, after + 1)):
        yield past_part(toks, after + 2, words), None


def past_part(toks: Sequence[Token], after: int, words: Vocabulary) -> int:
    """Skip a part of the day: ``evening``, ``por la noche``."""
    if words.has("part", low_at(toks, after)):
        return after + 1
    phrase = f"{low_at(toks, after)} {low_at(toks, after + 1)}"
    if words.has("part-link", phrase) and words.has("part", low_at(toks, after + 2)):
        return after + 3
    return after


def _edge(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """``late May``, ``Ende 2027``, ``finales de marzo``: the date goes on behind."""
    after = here + 1
    if words.has("edge-link", low_at(toks, after)) or low_at(toks, after) == "-":
        after += 1
    if after >= len(toks):
        return
    if month_at(toks, after, words):
        yield from _month_first(toks, after, words, day)
    elif toks[after].text[0].isdigit():
        yield from _years(toks, after, words)
    elif words.has("unit-year", low_at(toks, after)) and words.language in ("it", "fr"):
        yield after + 1, None
    else:
        yield from _edge_of_unit(toks, here, words, day)


def _edge_of_unit(
    toks: Sequence[Token], here: int, words: Vocabulary, day: date | None
) -> Iterator[Proposal]:
    """``fin du mois``, ``Ende der Woche``: one or two small words between."""
    for after in (here + 2, here + 3):
        low = low_at(toks, after)
        between = [low_at(toks, one) for one in range(here + 1, after)]
        if not all(word in _SMALL for word in between):
            return
        unit = calendar.unit_of(low, words)
        if unit not in (None, "day") or words.has("season", low):
            whole = unit is None or unit == "other"
            yield after + 1, None if whole else calendar.shifted(str(unit), 0, day)
            return
