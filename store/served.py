"""What found the names of a document, in words that a reader understands.

How much is to be expected differs: a language may have a model of its own, share one
with others, or be written without capitals, where only lists serve.
"""

from __future__ import annotations

import sqlite3

NOT_YET = "not looked for yet"
BY_LISTS = "script without capitals: dates, sums and listed names only"
BY_JOINT = "joint model of several languages"
_UNREAD = "could not be read by "

_FAILED = "failed "
FAILURES = {"failed": _FAILED, "above": _FAILED[:-1] + chr(ord(" ") + 1)}
"""Between which words the names of extractors that failed lie, for a query."""

_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "fi": "Finnish", "fr": "French", "hr": "Croatian", "hu": "Hungarian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def words(extractor: str | None, language: str | None) -> str:
    """What serves a document that an extractor (name and version) has read.

    ``language`` is ISO 639-1; without an extractor nothing has read it yet.
    """
    from store.extract import EXTRACTOR, about

    if extractor is None:
        return NOT_YET
    if extractor.startswith(_FAILED):
        return _UNREAD + extractor.removeprefix(_FAILED)
    if _family(extractor) != _family(EXTRACTOR):
        return extractor
    kind = about(language).kind
    if kind == "lists":
        return BY_LISTS
    now = extractor == EXTRACTOR
    if kind == "joint":
        return BY_JOINT if now else "earlier joint model"
    code = (language or "").lower()[:2]
    return f"{'' if now else 'earlier '}{_LANGUAGES.get(code, code)} model"


def _family(extractor: str) -> str:
    """Its name without the version."""
    return extractor.rpartition("-")[0]


def is_failure(words: str) -> bool:
    """Whether these words say that an extractor failed on the document."""
    return words.startswith(_UNREAD)


def without(words: str) -> str:
    """What is said of a document in which nobody is named, by what served it."""
    return words if _is_reason(words) else f"none found by: {words}"


def found_by(words: str) -> str:
    """What is said below the names of a document, by what served it."""
    return words if _is_reason(words) or not words else f"by: {words}"


def _is_reason(words: str) -> bool:
    return words == NOT_YET or is_failure(words)


def failed(extractor: str) -> str:
    """What is kept of a document on which an extractor (name and version) failed."""
    return f"{_FAILED}{extractor}"


def of_document(
    connection: sqlite3.Connection, document: int
) -> tuple[str | None, str]:
    """Name and version of the extractor that read a document, and what that is in
    words; ``None`` where none did."""
    row = connection.execute(
        "SELECT extractor, language FROM documents WHERE id = ?", [document]
    ).fetchone()
    extractor, language = row or (None, None)
    has_read = extractor is not None and not extractor.startswith(_FAILED)
    return extractor if has_read else None, words(extractor, language)


def of_language(connection: sqlite3.Connection, document: int, extractor: str) -> str:
    """What serves a document that is read by this extractor now, in words."""
    row = connection.execute(
        "SELECT language FROM documents WHERE id = ?", [document]
    ).fetchone()
    return words(extractor, row[0] if row else None)
