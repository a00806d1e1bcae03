"""Annotations as CSV: one row each, for a spreadsheet or R.

RFC 4180, UTF-8, line breaks kept inside quotes. News text and notes are foreign to
the spreadsheet, so a cell that it would run as a formula begins with ``'``.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator

from store.annotation_rows import AnnotationFilter
from store.export import escape
from store.export.records import Record, select

FIELDS = (
    "id",
    "guid",
    "document",
    "title",
    "source",
    "published",
    "start",
    "end",
    "quote",
    "before",
    "after",
    "tags",
    "note",
    "coder",
    "created",
    "modified",
    "anchor_state",
)
"""The columns, in the order scripts rely on."""

_FORMULA = tuple("=+-@＝＋－＠")
_BLANK = re.compile("^[\\s\u200b-\u200f\u2060\ufeff]+")


def render(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    *,
    context: bool = False,
) -> Iterator[str]:
    """The header row, then a row for each annotation, each with its line end."""
    fields = (*FIELDS, "context") if context else FIELDS
    yield _row(list(fields))
    for record in select(connection, filters, context=context):
        values = _values(record)
        yield _row([values[field] for field in fields])


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs."""
    if value is None:
        return ""
    text = escape.clean(str(value))  # a carriage return is a line break now
    # A quote sign of the text's own in front is doubled, so that reading back can
    # tell it from ours.
    own = text.lstrip("'")
    if own[:1] == "\t" or _BLANK.sub("", own, count=1)[:1] in _FORMULA:
        return "'" + text
    return text


def uncell(text: str) -> str:
    """The value of a cell that :func:`cell` has written."""
    if text.startswith("'") and cell(text[1:]) == text:
        return text[1:]
    return text


def _values(record: Record) -> dict[str, object]:
    annotation = record.annotation
    named = {field: getattr(annotation, field) for field in FIELDS if field != "tags"}
    return {**named, "tags": "; ".join(annotation.tags), "context": record.context}


def _row(values: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell(value) for value in values])
    return out.getvalue()
