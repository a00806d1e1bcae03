"""Dates as a person gives them: ``2026``, ``2026-01``, ``2026-01-30``, with a time.

They are meant in local time. What is published is compared as it is written in
the document; what postilla stamps itself is kept in UTC.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from store.errors import UsageError

_FORM = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?"
)


def span(text: str) -> tuple[datetime, datetime]:
    """The time from which and until which a date lasts, without a zone.

    Raises ``UsageError`` for anything that is no date.
    """
    match = _FORM.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day, hour, minute, second = (
            int(part) if part else None for part in match.groups()
        )
        first = datetime(
            year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0
        )
    except ValueError:
        raise UsageError(
            f"{text} is no date; write 2026, 2026-01, 2026-01-30 or 2026-01-30T09:30."
        ) from None
    try:
        if hour is not None:
            return first, first + timedelta(seconds=1 if second is not None else 60)
        if day is not None:
            return first, first + timedelta(days=1)
        years = 1 if month is None else month // 12
        return first, first.replace(
            year=first.year + years, month=1 if month is None else month % 12 + 1
        )
    except (ValueError, OverflowError):  # after the year 9999 there is none
        return first, datetime.max


def published_from(text: str) -> str:
    """The smallest ``published`` that is not before this date."""
    return _written(span(text)[0])


def published_before(text: str) -> str:
    """The smallest ``published`` that is after this date."""
    return _written(span(text)[1])


def stamped_from(text: str) -> str:
    """The first UTC stamp of this local date."""
    return _stamp(span(text)[0])


def stamped_before(text: str) -> str:
    """The first UTC stamp after this local date."""
    return _stamp(span(text)[1])


def _written(moment: datetime) -> str:
    """The shortest way to write it: ``2026`` is not before ``2026-01-01``."""
    if moment.time() != datetime.min.time():
        return moment.isoformat()
    text = moment.date().isoformat()
    return text.removesuffix("-01").removesuffix("-01")


def _stamp(moment: datetime) -> str:
    with suppress(ValueError, OverflowError):  # no zone reaches over the ends of time
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat()
