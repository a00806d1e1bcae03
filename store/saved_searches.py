"""A search as it is saved under a name: the words, and how they were looked for.

It is kept in the expression of a saved query. Where nothing but words was asked for,
that is the words themselves; otherwise JSON with what was asked besides, in which a
filter names entities, tags and collections by what never changes of them.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from store.document_filter import DocumentFilter, in_words, keep, kept, readable
from store.errors import NotFound, UsageError

KIND_NAMES = {
    "document": "documents",
    "entity": "entities",
    "annotation": "annotations",
    "tag": "tags",
}
"""What is looked for, and what it is called."""

KINDS = tuple(KIND_NAMES)

Mode = Literal["fuzzy", "exact", "regex"]

MODES: tuple[Mode, ...] = ("fuzzy", "exact", "regex")

EVERYWHERE = DocumentFilter()

_SIGN = "{"
"""What JSON begins with; words that begin so are kept as JSON too."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What is searched for."""

    text: str
    kinds: tuple[str, ...] = KINDS
    """``document``, ``entity``, ``annotation``, ``tag``; in this order."""
    mode: Mode = "fuzzy"
    within: DocumentFilter = EVERYWHERE
    """Only in these documents, and what belongs to them."""


def written(connection: sqlite3.Connection, search: SavedSearch) -> str:
    """The expression that is kept.

    Raises ``UsageError`` where nothing is asked for, and ``NotFound`` where a part of
    the filter is gone.
    """
    if not search.text.strip() and search.within == EVERYWHERE:
        raise UsageError("There is nothing to save: say what to search for.")
    parts: dict[str, Any] = {"text": search.text}
    if search.kinds != KINDS:
        parts["kinds"] = list(search.kinds)
    if search.mode != "fuzzy":
        parts["mode"] = search.mode
    if search.within != EVERYWHERE:
        parts["within"] = json.loads(keep(connection, search.within))
    plain = search.text.strip()
    if len(parts) == 1 and plain == search.text and not plain.startswith(_SIGN):
        return plain
    return json.dumps(parts, ensure_ascii=False)


def read(connection: sqlite3.Connection, expression: str) -> SavedSearch:
    """The search that was kept.

    Raises ``NotFound`` where a part of its filter is gone, and ``UsageError`` where
    another version kept it.
    """
    parts = _parts(expression)
    kinds = tuple(kind for kind in KINDS if kind in parts.get("kinds", KINDS))
    mode = parts.get("mode", "fuzzy")
    if mode not in MODES or not kinds:
        raise UsageError(
            "This search was saved by another version of postilla and cannot be asked"
            " here."
        )
    within = kept(connection, json.dumps(parts.get("within", {})))
    return SavedSearch(str(parts["text"]), kinds, mode, within)


def text_of(expression: str) -> str:
    """The words alone, whatever else was asked for."""
    return str(_parts(expression)["text"])


def about(connection: sqlite3.Connection, expression: str) -> str:
    """How it is looked for besides the words, in words; empty where in no special
    way."""
    try:
        search = read(connection, expression)
    except (NotFound, UsageError) as error:
        return str(error)
    said = []
    if search.mode != "fuzzy":
        said.append("regular expression" if search.mode == "regex" else "exact")
    if search.kinds != KINDS:
        said.append(", ".join(KIND_NAMES[kind] for kind in search.kinds))
    if search.within != EVERYWHERE:
        said.append(f"only in {in_words(readable(connection, search.within))}")
    return " · ".join(said)


def _parts(expression: str) -> dict[str, Any]:
    """What is kept, by name; words that only look like JSON are words."""
    if expression.startswith(_SIGN):
        try:
            parts = json.loads(expression)
        except (ValueError, RecursionError):
            parts = None
        if isinstance(parts, dict) and isinstance(parts.get("text"), str):
            return parts
    return {"text": expression}
