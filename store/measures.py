"""What a value is ordered by: one number for each sum, share, quantity and date.

The fifth step of the tables says the same in SQL, for what was stored before.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from store.model import LITERAL_TYPES


def measure(type: str, value: Any) -> tuple[float | None, str | None]:
    """What a literal is ordered by, and its unit; ``None`` where it has no value.

    A range counts as its lower end.
    """
    if value is None or type not in LITERAL_TYPES:
        return None, None
    if type == "DATE":
        return first_day(value), None
    if not isinstance(value, dict):
        return float(value), "%" if type == "PERCENT" else None
    amount = value.get("amount", value.get("from"))
    number = None if amount is None else float(amount)
    if type == "PERCENT":
        return number, "%"
    unit = value.get("currency" if type == "MONEY" else "unit")
    if type == "QUANTITY" and unit is not None:
        unit = str(unit).casefold()
    return number, unit


def first_day(value: Any) -> float | None:
    """The first day of a date as a number that sorts like it: ``20260130``."""
    when = value.get("date") if isinstance(value, dict) else value
    if not isinstance(when, str) or len(when) < 4:
        return None
    year = int(when[:4].replace("X", "0"))
    month, day = _within(year, when[5:10]) if when[4:5] == "-" else (1, 1)
    return float(year * 10000 + month * 100 + day)


def _within(year: int, rest: str) -> tuple[int, int]:
    """Month and day with which ``03``, ``03-15``, ``Q3``, ``H2``, ``W07`` or a season
    (``21`` to ``24``) begins."""
    kind = rest[0]
    if kind == "Q":
        return int(rest[1]) * 3 - 2, 1
    if kind == "H":
        return int(rest[1]) * 6 - 5, 1
    if kind == "W":
        monday = date(year, 1, 1) + timedelta(weeks=int(rest[1:3]) - 1)
        return monday.month, monday.day
    month = int(rest[:2])
    if month > 20:
        return (month - 20) * 3, 1
    return month, int(rest[3:5]) if rest[2:3] == "-" else 1
