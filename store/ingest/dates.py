"""Dates of publication as they are written, turned into ISO-8601.

A day that cannot be meant one way only (``03/04/2026``) is no date here: a wrong
date is worse than none. Times with an offset become UTC; times without one stay
as they are written, because nobody knows whose clock it was.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = (
    "gennaio gen january jan januar jänner janvier janv enero ene janeiro januari "
    "ιανουαρίου января stycznia",
    "febbraio feb february februar février févr febrero fevereiro fev februari "
    "φεβρουαρίου февраля lutego",
    "marzo mar march märz mrz mars março maart mrt μαρτίου марта marca",
    "aprile apr april avril avr abril abr απριλίου апреля kwietnia",
    "maggio mag may mai mayo maio mei μαΐου мая maja",
    "giugno giu june jun juni juin junio junho ιουνίου июня czerwca",
    "luglio lug july jul juli juillet juil julio julho ιουλίου июля lipca",
    "agosto ago august aug août augustus αυγούστου августа sierpnia",
    "settembre set sett september sep sept septembre septiembre setiembre setembro "
    "σεπτεμβρίου сентября września",
    "ottobre ott october oct oktober okt octobre octubre outubro out "
    "οκτωβρίου октября października",
    "novembre nov november noviembre novembro νοεμβρίου ноября listopada",
    "dicembre dic december dec dezember dez décembre déc diciembre dezembro "
    "δεκεμβρίου декабря grudnia",
)
_MONTH_OF = {
    name: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))

_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<y1>\d{4})(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?))?"
    r"|(?P<d2>\d{1,2})(?:\.|º|°|er|st|nd|rd|th)? ?(?:de |of )?"
    rf"(?P<m2>{_NAMES})\b\.?,? ?(?:de |del )?(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_NAMES})\b\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})"
    r"|(?P<d4>\d{1,2})(?P<sep4>[./-])(?P<m4>\d{1,2})(?P=sep4)(?P<y4>\d{4})"
    r"|(?P<y5>\d{4})年(?P<m5>\d{1,2})月(?P<d5>\d{1,2})日"
    r")(?!\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d")  # feeds and mail
_IN_NAME = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?!\d)"
)
_YEARS = range(1400, 2201)


def iso_date(value: object) -> str | None:
    """What metadata gives as a date, as ISO date or date and time; else ``None``."""
    if isinstance(value, datetime):
        return _stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()[:80]
    try:
        return _stamp(datetime.fromisoformat(text), text)
    except ValueError:
        pass
    if _MAIL.match(text) is not None:
        from email.utils import parsedate_to_datetime  # heavy, and seldom needed

        try:
            return _stamp(parsedate_to_datetime(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    found = find_date(text)
    return None if found is None else found[0]


def _stamp(moment: datetime, written: str = "") -> str | None:
    if moment.year not in _YEARS:
        return None
    if len(written) == 10 and written[4] == "-":
        return written
    if len(written) in (8, 10):  # 20260130, 2026-W05-5
        return moment.date().isoformat()
    if moment.tzinfo is None:
        if written[10:11] in ("T", " "):
            return f"{written[:10]}T{written[11:]}"
        return moment.isoformat()
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        return None
    return utc.replace(tzinfo=None).isoformat() + "Z"


def _epoch(value: float) -> str | None:
    """Seconds or milliseconds since 1970, as some programs write them."""
    seconds = value / 1000 if abs(value) > 1e11 else value
    if not 1e8 < seconds < 1e10:
        return None
    return _stamp(datetime.fromtimestamp(seconds, UTC).replace(microsecond=0))


def find_date(text: str, start: int = 0) -> tuple[str, int, int] | None:
    """The first date written in ``text``: ISO form, where it starts and ends."""
    for match in _DATE.finditer(text, start):
        written = _written(match)
        if written is not None:
            return written, match.start(), match.end()
    return None


def _written(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["y4"]:
        return _day_and_month_in_digits(
            part["y4"], part["m4"], part["d4"], part["sep4"]
        )
    if part["y1"]:
        day = _day(part["y1"], part["m1"], part["d1"])
        return f"{day}T{part['time']}" if day and part["time"] else day
    if part["y5"]:
        return _day(part["y5"], part["m5"], part["d5"])
    which = "2" if part["y2"] else "3"
    month = _MONTH_OF[part[f"m{which}"].lower()]
    return _day(part[f"y{which}"], month, part[f"d{which}"])


def _day_and_month_in_digits(
    year: str, second: str, first: str, separator: str
) -> str | None:
    """Day first with full stops; with strokes only where it cannot be the month."""
    if separator == "." or int(first) > 12 or first == second:
        return _day(year, second, first)
    if int(second) > 12:
        return _day(year, first, second)
    return None


def _day(year: str, month: str | int, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year in _YEARS else None


def date_in_name(name: str) -> str | None:
    """A date in a file name: ``2026-01-30``, ``2026_01_30`` or ``20260130``."""
    for match in _IN_NAME.finditer(name):
        found = _day(match["y"], match["m"], match["d"])
        if found is not None:
            return found
    return None
