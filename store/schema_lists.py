"""The fourth step of the tables: what lists and counts need at a million rows."""

from __future__ import annotations

LISTS_AT_A_MILLION = ""
"""Indexes and counters of the lists of documents and of the counts beside hits."""
