"""The tables and indexes that the third migration adds: what finding needs.

Never edited once released: what changes later is a new migration beside this one.
"""

from __future__ import annotations

UNSPACED = ""
"""Words of scripts without blanks between them."""

LISTS = ""
"""Orders and filters of the list of documents, and counters."""

ASKED = ""
"""What was searched for lately."""

SEARCH_TABLES = (UNSPACED, LISTS, ASKED)
