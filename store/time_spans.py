"""Days, weeks, months and years: which of them a date falls in, and what lies between.

Dates are as documents have them: ``2026``, ``2026-01``, ``2026-01-30``. Weeks are those
of ISO 8601: they begin on Monday, and the first one holds the first Thursday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from store.errors import UsageError

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"

STEPS = (DAY, WEEK, MONTH, YEAR)

MOST_SPANS = 20_000
"""More days than lie in fifty years are not shown one by one."""

_FITTING = 62
"""Spans that are comfortable to look at."""

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A day, week, month or year."""

    label: str
    """``2026-01-30``, ``2026-W05``, ``2026-01``, ``2026``."""
    since: str
    """Its first day …"""
    until: str
    """… and its last."""


def check_step(step: str) -> str:
    """The step itself. Raises ``UsageError`` for a word that is none."""
    if step not in STEPS:
        raise UsageError(f"There is no step {step}; the steps are {', '.join(STEPS)}.")
    return step


def place_of(written: str, step: str) -> str | None:
    """The label of the span that a date falls in.

    ``None`` for what is no date, or a date that is not exact enough.
    """
    first = _first_day(written, step)
    return None if first is None else _label(first, step)


def _first_day(written: str, step: str) -> date | None:
    """The first day of the span that a date falls in."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    year, month, day = match.groups()
    if (month is None and step != YEAR) or (day is None and step in (DAY, WEEK)):
        return None
    try:
        meant = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return _beginning(meant, step)


def _beginning(day: date, step: str) -> date:
    if step == WEEK:
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if step == MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == YEAR else day


def _label(first: date, step: str) -> str:
    if step == WEEK:
        year, week, _ = first.isocalendar()
        return f"{year:04}-W{week:02}"
    return first.isoformat()[: {DAY: 10, MONTH: 7, YEAR: 4}[step]]


def spans_between(dates: Iterable[str], step: str) -> tuple[Span, ...]:
    """Every span from the earliest date to the latest; empty where there is none.

    Raises ``UsageError`` for more of them than ``MOST_SPANS``.
    """
    days = [day for one in dates if (day := _first_day(one, step)) is not None]
    if not days:
        return ()
    first, last = min(days), max(days)
    count = _count(first, last, step)
    if count > MOST_SPANS:
        raise UsageError(
            f"From {first.isoformat()} to {last.isoformat()} there are {count:,}"
            f" {step}s; choose longer steps or fewer documents."
        )
    found = []
    while True:
        following = _following(first, step)
        until = date.max if following is None else following - timedelta(days=1)
        found.append(Span(_label(first, step), first.isoformat(), until.isoformat()))
        if following is None or following > last:
            return tuple(found)
        first = following


def _following(first: date, step: str) -> date | None:
    """The beginning of the next span; ``None`` at the end of time."""
    try:
        if step == DAY:
            return first + timedelta(days=1)
        if step == WEEK:
            return _beginning(first + timedelta(days=7), WEEK)
        months = 1 if step == MONTH else 12
        years, month = divmod(first.month - 1 + months, 12)
        return first.replace(year=first.year + years, month=month + 1)
    except (ValueError, OverflowError):
        return None


def _count(first: date, last: date, step: str) -> int:
    if step in (DAY, WEEK):
        return (last - first).days // (1 if step == DAY else 7) + 1
    years = last.year - first.year
    return years + 1 if step == YEAR else years * 12 + last.month - first.month + 1


def fitting_step(dates: Iterable[str]) -> str:
    """The shortest step that does not make too many spans, else years.

    Dates that are not exact enough for it are left out of account.
    """
    known = list(dates)
    for step in (DAY, WEEK, MONTH):
        days = [day for one in known if (day := _first_day(one, step)) is not None]
        if days and _count(min(days), max(days), step) <= _FITTING:
            return step
    return YEAR
