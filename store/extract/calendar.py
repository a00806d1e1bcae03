"""What a date means: whole, partial, or counted from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from store.extract.vocabulary import Vocabulary

Value = str | dict[str, Any] | None
"""A string the text gives, ``{"date": …, "inferred": True}``, or unknown."""


def iso(year: int, month: int, day: int) -> str | None:
    """Return ``2026-01-30``, or ``None`` where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def inferred(value: str) -> dict[str, Any]:
    """Mark a date as resolved by us, not given by the text."""
    return {"date": value, "inferred": True}


def dated(year: int | None, month: int, day: int | None, anchor: date | None) -> Value:
    """Return the value of a day or month; without its year the nearest one is taken."""
    if year is not None:
        return iso(year, month, day) if day else f"{year}-{month:02d}"
    if anchor is None:
        return None
    if day is None:
        distance = (month - anchor.month + 5) % 12 - 5
        years, rest = divmod(anchor.year * 12 + anchor.month - 1 + distance, 12)
        return inferred(f"{years}-{rest + 1:02d}")
    choices = []
    for candidate in (anchor.year - 1, anchor.year, anchor.year + 1):
        text = iso(candidate, month, day)
        if text:
            choices.append((abs((date.fromisoformat(text) - anchor).days), text))
    return inferred(min(choices)[1]) if choices else None


def turned(value: Value, shift: int, anchor: date | None) -> Value:
    """A date without year that is said to be over (-1) or to come (1)."""
    if not isinstance(value, dict) or anchor is None:
        return value
    when = value["date"]
    today = anchor.isoformat()[: len(when)]
    wrong = when > today if shift < 0 else when < today
    return inferred(f"{int(when[:4]) + shift}{when[4:]}") if wrong else value


def span(first: Any, last: Any) -> Value:
    """Join two dates to a range; a missing year is taken from the other end."""
    if isinstance(first, str) and isinstance(last, str):
        return f"{first}/{last}"
    ends = [one["date"] if isinstance(one, dict) else one for one in (first, last)]
    if all(ends):
        if isinstance(last, str) and len(last) == 10:
            ends[0] = last[:4] + str(ends[0])[4:]
        return inferred(f"{ends[0]}/{ends[1]}")
    return last if isinstance(last, str) else None


def days(offset: int, anchor: date | None) -> Value:
    """Return the day so many days from publication."""
    return inferred((anchor + timedelta(days=offset)).isoformat()) if anchor else None


def weekday(number: int, shift: int, anchor: date | None) -> Value:
    """Return a weekday (Monday is 0): the last one unless ``shift`` says the next."""
    if anchor is None:
        return None
    back = (anchor.weekday() - number) % 7
    offset = -back if back or shift >= 0 else -7
    if shift > 0:
        offset = 7 - back
    return inferred((anchor + timedelta(days=offset)).isoformat())


def term(name: str, anchor: date | None) -> Value:
    """Return a quarter or half of the year of publication."""
    return inferred(f"{anchor.year}-{name}") if anchor else None


def unit_of(word: str, words: Vocabulary) -> str | None:
    """Return ``day``, ``week``, ``month``, ``year`` or ``other`` for a unit word."""
    for unit in ("day", "week", "month", "year", "other"):
        if words.has(f"unit-{unit}", word):
            return unit
    return None


def shifted(unit: str, count: int, anchor: date | None) -> Value:
    """Return the day, week, month or year ``count`` units from publication."""
    if anchor is None or unit == "other" or abs(count) > 1000:
        return None
    if unit == "day":
        return days(count, anchor)
    if unit == "week":
        year, week, _ = (anchor + timedelta(weeks=count)).isocalendar()
        return inferred(f"{year}-W{week:02d}")
    if unit == "month":
        years, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
        return inferred(f"{years}-{month + 1:02d}")
    return inferred(str(anchor.year + count)) if anchor.year + count > 0 else None
