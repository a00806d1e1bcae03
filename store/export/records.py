"""What is exported: annotations with what is known of their documents.

Every format is written from these records, so that all of them take the same
annotations in the same order, and each quote is held against the text it came from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from store import annotation_rows, sentences
from store.annotation_rows import AnnotationFilter
from store.model import Annotation

_DOCUMENTS = """
SELECT id, guid, title, source, author, published, language, url, path, text
FROM documents WHERE id = ?
"""

_WIDEST = 2_000
"""Code points looked at on each side of a quote for the ends of its sentence."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that an annotation stands in, without its text."""

    id: int
    guid: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    language: str | None
    url: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One annotation on its way out."""

    annotation: Annotation
    origin: Origin
    context: str | None
    """The sentence or sentences around the quote, when asked for and there are any."""


def select(
    connection: sqlite3.Connection, filters: AnnotationFilter, *, context: bool = False
) -> Iterator[Record]:
    """The annotations a filter lets through, in reading order, one text at a time.

    A quote that is not what stands at its place is handed out as an orphan.
    """
    origin: Origin | None = None
    text = ""
    for found in annotation_rows.select(connection, filters):
        if origin is None or origin.id != found.document:
            row = connection.execute(_DOCUMENTS, [found.document]).fetchone()
            origin, text = Origin(*row[:-1]), row[-1]
        right = stands(found, text)
        annotation = found if right else replace(found, anchor_state="orphan")
        around = surroundings(annotation, text, origin.language) if context else None
        yield Record(annotation, origin, around)


def stands(annotation: Annotation, text: str) -> bool:
    """Whether the quote is at its place, for annotations that say it is."""
    if annotation.start is None or annotation.anchor_state in ("proposed", "orphan"):
        return True
    return text[annotation.start : annotation.end] == annotation.quote


def surroundings(annotation: Annotation, text: str, language: str | None) -> str | None:
    """The whole sentences that the passage touches; ``None`` without a passage."""
    start, end = annotation.start, annotation.end
    if start is None or end is None or annotation.anchor_state == "orphan":
        return None
    begin = max(text.rfind("\n", 0, start) + 1, start - _WIDEST)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + _WIDEST)
    touched = [
        span
        for span in sentences.spans(text, begin, stop, language)
        if span[0] < end and span[1] > start
    ]
    return text[touched[0][0] : touched[-1][1]] if touched else None


def origins(records: Sequence[Record]) -> list[Origin]:
    """The documents of some records, each once, in their order."""
    return list({record.origin.id: record.origin for record in records}.values())
