"""CSV and TSV: archives' exports and spreadsheets, one document a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from store.ingest.clean import Unreadable, decode
from store.ingest.job import MAX_TEXT, Job
from store.ingest.records import (
    Reading,
    has_text_column,
    keys_known,
    no_text_column,
)
from store.model import Failure, Incoming

_DELIMITERS = ",;\t|"


def read_table(raw: bytes, job: Job) -> Iterator[Incoming | Failure]:
    """Reads a table whose first row names the columns; the delimiter is found out."""
    decoded = decode(raw, forced=job.encoding)
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reading = Reading(job, decoded.encoding, decoded.guessed)
    start, told = _told_delimiter(text)
    delimiter = told or delimiter_of(text)
    csv.field_size_limit(MAX_TEXT)
    rows = _rows(text, start, delimiter)
    columns = [cell.strip() for cell in next(rows, ([], 0))[0]]
    if not columns:
        raise Unreadable("is empty: nothing to read")
    if not has_text_column(columns):
        raise Unreadable(no_text_column(tuple(columns)))
    done = 0
    try:
        for row, line in rows:
            yield from _row(row, line, columns, reading)
            done += 1
            job.done = min(len(raw), len(raw) * line // max(1, line + 1))
    except csv.Error as error:
        yield from reading.refuse(f"after row {done + 1},", _broken(error))
    yield from reading.finish()


def _row(
    row: list[str], line: int, columns: list[str], reading: Reading
) -> Iterator[Incoming | Failure]:
    if not any(row):
        return
    place = f"line {line}"
    try:
        if len(row) > len(columns) and any(row[len(columns) :]):
            raise Unreadable(
                f"has {len(row)} cells for {len(columns)} columns: a quotation mark "
                "or delimiter in it is not quoted"
            )
        record = dict(zip(columns, row, strict=False))
        yield reading.document(
            record, place, "\x1f".join(row).encode("utf-8", "replace")
        )
    except Unreadable as error:
        yield from reading.refuse(place, error)


def _broken(error: csv.Error) -> Unreadable:
    if "field larger" in str(error):
        return Unreadable(
            "a cell has no end within 50 million signs: a quotation mark is not "
            "closed; what follows is not read"
        )
    return Unreadable(f"the table is broken ({error}); what follows is not read")


def _rows(text: str, start: int, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The rows and the line on which each begins, counted from 1."""
    reader = csv.reader(_lines(text, start), delimiter=delimiter)
    skipped = text.count("\n", 0, start)
    before = 0
    for row in reader:
        yield row, skipped + before + 1
        before = reader.line_num


def _lines(text: str, at: int) -> Iterator[str]:
    """The lines with their ends, without copying the text as a whole."""
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _told_delimiter(text: str) -> tuple[int, str | None]:
    """Where the table begins, and the delimiter if a line ``sep=;`` says it."""
    if text[:4].lower() == "sep=" and text[5:6] == "\n":
        return 6, text[4]
    return len(text) - len(text.lstrip("\n")), None


def delimiter_of(text: str) -> str:
    """The delimiter under which the first row has most columns that we know."""
    first = text.lstrip("\n").split("\n", 1)[0][:100_000]

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            columns = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return keys_known(columns), len(columns)

    return max(_DELIMITERS, key=worth)
