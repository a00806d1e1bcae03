"""How acts are described: quotations cut to a line, long lists counted."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 48
_NAMED = 3


def quoted(text: str) -> str:
    """A title or passage in quotation marks, on one line, cut where it is long."""
    short = " ".join(text.split())
    return f'"{short[:_LONGEST]}…"' if len(short) > _LONGEST + 1 else f'"{short}"'


def short(name: str) -> str:
    """A name, cut where it is long."""
    return f"{name[:_LONGEST]}…" if len(name) > _LONGEST + 1 else name


def named(names: Sequence[str]) -> str:
    """Some names, long ones cut, and how many more there are."""
    more = len(names) - _NAMED
    shown = ", ".join(short(name) for name in names[:_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown
