"""Bars of block signs, one a line, that do not run into those above and below."""

from __future__ import annotations

BLOCK = "▇"
"""Seven eighths of a cell, so that a little stays free between two lines."""

LITTLE = "▏"
"""Something, but less than half a cell."""


def bar(value: int, most: int, cells: int, *, plain: bool = False) -> str:
    """A bar for ``value`` where ``most`` is ``cells`` long; empty for nothing.

    What is not nothing is seen. ``plain``: signs that every terminal has.
    """
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    length = (2 * min(value, most) * cells + most) // (2 * most)
    if plain:
        return "#" * max(1, length)
    return BLOCK * length or LITTLE
