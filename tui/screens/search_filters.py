"""Filters inside the text of a query: which are there, put one in, take one out. Pure.

A filter is a name, a colon and a value: ``source:"Coast Courier"``. What it means in
a library is the store's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.search.query import FILTERS, parse

YEAR = "year"
"""The group of counts that is two filters in a query: since and until."""

_NAMES = "|".join(FILTERS)
_BEGUN = re.compile(
    rf'(?:^|\s)-?(?:(?:{_NAMES}):(?:"[^"]*|[^\s"]*)|(?P<name>[a-z]{{2,}}))$',
    re.IGNORECASE,
)


def may_become(text: str, cursor: int) -> bool:
    """Whether a filter may be in the middle of being typed at ``cursor``."""
    found = _BEGUN.search(text[:cursor])
    if found is None:
        return False
    name = (found["name"] or "").casefold()
    return not name or any(own.startswith(name) for own in FILTERS)


def holds(text: str, wanted: str) -> bool:
    """Whether a query has every filter of ``wanted``, in whatever case."""
    return bool(wanted) and _filters(wanted) <= _filters(text)


def typed(text: str, group: str) -> str:
    """The filters of a group in a query, as they are typed; empty without any."""
    found = (one for one in parse(text).filters if not one.is_not)
    return " ".join(one.shown for one in found if one.name in _names_of(group))


def with_value(text: str, group: str, value: str | None) -> str:
    """The query with these filters in place of others of their group; ``None``: with
    none of them any more."""
    return f"{_taken_out(text, _names_of(group))} {value or ''}".strip()


def _filters(text: str) -> set[tuple[str, str, bool]]:
    parsed = parse(text).filters
    return {(one.name, one.value.casefold(), one.is_not) for one in parsed}


def _names_of(group: str) -> tuple[str, ...]:
    return ("since", "until") if group == YEAR else (group,)


def words_only(text: str) -> str:
    """The query without its filters, those that exclude too."""
    return _taken_out(text, FILTERS, sign="-?")


def _taken_out(text: str, names: Sequence[str], sign: str = "") -> str:
    alternatives = "|".join(names)
    pattern = rf'(?:^|(?<=\s)){sign}(?:{alternatives}):(?:"[^"]*"?|[^\s"]+)\s*'
    return re.sub(pattern, "", text, flags=re.IGNORECASE).strip()
