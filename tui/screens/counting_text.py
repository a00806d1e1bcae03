"""How the lists of the counting screens are laid out, where they must know it."""

from __future__ import annotations

GUTTER = 1
"""Cells in front of the first column of a list without marks."""
