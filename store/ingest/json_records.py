"""JSON Lines, JSON arrays and single objects: dumps of scrapers and archives.

A broken record costs itself only. Lines are read one at a time, so the size of
the file does not matter; an array has to be held whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, BinaryIO

from store.ingest.clean import Decoded, Unreadable, decode, foreign_kind
from store.ingest.job import MAX_TEXT, Job
from store.ingest.records import Reading
from store.ingest.sources import whole
from store.model import Failure, Incoming

PEEK = 4096

# What may decode to a sign that must be replaced: escapes of controls, of
# surrogates and of carriage returns, DEL and C1. Strict JSON has no raw controls.
# Most lines have no escapes but line breaks and quotation marks, which is told
# much faster.
_ESCAPE = re.compile(rb"\\[^n\"]")
_CARE = re.compile(
    rb"\\(?:[rbf]|u(?:00[01789]|[dD][89a-fA-F]|[fF][eE]))|\x7f|\xc2[\x80-\x9f]"
)
_BLANK = re.compile(r"[ \t\r\n]*")
_LIST_KEYS = (
    "articles items documents data results stories entries records docs news hits"
)


def read_lines(file: BinaryIO, job: Job) -> Iterator[Incoming | Failure]:
    """Reads JSON Lines, one record a line; blank lines are passed over."""
    reading = Reading(job)
    head = file.read(PEEK)
    kind = foreign_kind(head)
    if kind is not None:
        raise Unreadable(kind)
    if job.encoding or b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = decode(head + whole(file), forced=job.encoding)
        reading.encoding, reading.guessed = decoded.encoding, decoded.guessed
        lines: Iterator[bytes] = (
            line.encode("utf-8", "replace") for line in decoded.text.split("\n")
        )
    else:
        lines = _lines(head.removeprefix(b"\xef\xbb\xbf"), file)
    for number, line in enumerate(lines, start=1):
        job.done += len(line)
        if line.isspace() or not line:
            continue
        try:
            found = _record(line, reading)
            place = f"line {number}"
            yield reading.document(found, place, line, tidied=not _needs_care(line))
        except (Unreadable, ValueError, RecursionError) as error:
            yield from reading.refuse(f"line {number}", _reason(error))
    yield from reading.finish()


def _lines(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file whose beginning was already taken from it."""
    *first, last = head.split(b"\n")
    for line in first:
        yield line + b"\n"
    if line := last + file.readline(4 * MAX_TEXT):
        yield line
    while line := file.readline(4 * MAX_TEXT):
        yield line


def _needs_care(line: bytes) -> bool:
    """Whether a string of this line may hold what must not be stored."""
    if _ESCAPE.search(line) is None and b"\x7f" not in line and b"\xc2" not in line:
        return False
    return _CARE.search(line) is not None


def _record(line: bytes, reading: Reading) -> dict[str, Any]:
    if len(line) >= 4 * MAX_TEXT:
        raise Unreadable(f"is longer than {4 * MAX_TEXT // 1_000_000} MB")
    try:
        text = line.decode("utf-8")
        reading.encoding, reading.guessed = "utf-8", False
    except UnicodeDecodeError:
        text, reading.encoding, reading.guessed = decode(line)
    return _object(json.loads(text))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("is no object with fields")
    return value


def _reason(error: Exception) -> Exception:
    """The error as the clause that follows the record's place."""
    if isinstance(error, Unreadable):
        return error
    if isinstance(error, JSONDecodeError):
        return Unreadable(f"is not JSON: {error.msg.lower()} at sign {error.colno}")
    if isinstance(error, RecursionError):
        return Unreadable("is nested too deeply")
    return Unreadable("holds a number that is too long")


def read_json(raw: bytes, job: Job) -> Iterator[Incoming | Failure]:
    """Reads a JSON file: an array of records, an object that holds one, or a record.

    A file of JSON Lines with the wrong ending is read as such.
    """
    decoded = decode(raw, forced=job.encoding)
    text = decoded.text.removeprefix("\ufeff")
    reading = Reading(job, decoded.encoding, decoded.guessed)
    start = _after_blanks(text, 0)
    if start == len(text):
        raise Unreadable("is empty: nothing to read")
    if text[start] == "[":
        found = _elements(text, start + 1, reading)
    else:
        found = _from_object(text, start, decoded, reading)
    yield from found
    yield from reading.finish()


def _after_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return at if match is None else match.end()


def _elements(text: str, at: int, reading: Reading) -> Iterator[Incoming | Failure]:
    """The elements of an array, one at a time; what follows a broken one is lost."""
    decoder = json.JSONDecoder()
    number = 0
    while True:
        at = _after_blanks(text, at)
        if text[at : at + 1] == "]":
            return
        number += 1
        place = f"record {number}"
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield from reading.refuse(place, _with_line(error))
            return
        yield from _one(value, place, text[at:end], reading)
        at = _after_blanks(text, end)
        if text[at : at + 1] == ",":
            at += 1
        elif text[at : at + 1] != "]":
            trouble = Unreadable("is followed by what is not JSON: stopped there")
            yield from reading.refuse(place, trouble)
            return


def _with_line(error: Exception) -> Exception:
    if isinstance(error, JSONDecodeError):
        return Unreadable(
            f"is not JSON (line {error.lineno}: {error.msg.lower()}); what follows "
            "is not read"
        )
    return Unreadable(f"{_reason(error)}; what follows is not read")


def _one(
    value: Any, place: str, written: str, reading: Reading
) -> Iterator[Incoming | Failure]:
    raw = written.encode("utf-8", "replace")
    try:
        yield reading.document(_object(value), place, raw)
    except Unreadable as error:
        yield from reading.refuse(place, error)


def _from_object(
    text: str, at: int, decoded: Decoded, reading: Reading
) -> Iterator[Incoming | Failure]:
    try:
        value, end = json.JSONDecoder().raw_decode(text, at)
    except JSONDecodeError as error:
        raise Unreadable(
            f"is not JSON (line {error.lineno}: {error.msg.lower()})"
        ) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(_reason(error))) from None
    rest = _after_blanks(text, end)
    if text[rest : rest + 1] == "{":
        yield from _as_lines(text, reading)
        return
    _object(value)
    records = _inner_list(value)
    if records is None:
        yield from _one(value, "record 1", text[at:end], reading)
        return
    for number, record in enumerate(records, start=1):
        place = f"record {number}"
        yield from _one(record, place, json.dumps(record), reading)


def _as_lines(text: str, reading: Reading) -> Iterator[Incoming | Failure]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield from reading.refuse(f"line {number}", _reason(error))
            else:
                yield from _one(value, f"line {number}", line, reading)


def _inner_list(value: dict[str, Any]) -> list[Any] | None:
    """The records of an object such as ``{"articles": […]}``."""
    for name in _LIST_KEYS.split():
        found = value.get(name)
        if isinstance(found, list) and any(isinstance(item, dict) for item in found):
            return found
    return None
