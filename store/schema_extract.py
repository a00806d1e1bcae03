"""The fifth step of the tables: figures, quotations and decisions about names."""

from __future__ import annotations

FIGURES = ""
"""What sorts sums, shares, quantities and dates by their value."""

DECISIONS = ""
"""What a person said of names, kept for later extractions and documents."""
