"""How the lists of the counting screens are laid out, where they must know it."""

from __future__ import annotations

_WIDE = 90
"""Cells from which the lists put columns two blanks apart."""

GUTTER = 1
"""Cells in front of the first column of a list without marks."""


def gap(width: int) -> int:
    """Blanks between the columns of a list of so many cells."""
    return 2 if width >= _WIDE else 1
