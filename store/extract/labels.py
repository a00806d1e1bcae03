"""The types of names and the labels of the tagger, in the order of the weights."""

from __future__ import annotations

TYPES = ("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK")
"""The types of names."""

LABELS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
"""``O`` first, then the beginning and the inside of each type."""
