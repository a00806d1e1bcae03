"""JSON Lines as they come in: each line checked and turned into a plain record.

The file may have been made by anyone. Whatever is not what it should be costs its
own line, with its number and the reason, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, get_args

from store.bringing_in_fields import (
    LONGEST_NOTE,
    CoderRecord,
    Fields,
    Unusable,
    storable,
)
from store.errors import UsageError
from store.export.jsonl import FORMAT, VERSION
from store.model import AnchorState

LONGEST_LINE = 256_000_000
"""Bytes; a document of 50 million signs, most of them escaped."""

LARGEST_FILE = 2_000_000_000
LONGEST_TEXT = 50_000_000

_MOST_PROBLEMS = 200
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ][0-9:.+Z-]{1,30})?)?)?")


@dataclass(frozen=True, slots=True)
class TagRecord:
    """A tag of the other library's codebook."""

    line: int
    guid: str
    path: str
    definition: str
    colour: int | None
    marker: str | None
    memo: str
    position: int | None
    created: str | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document with its text and the columns that are taken as they are."""

    line: int
    guid: str
    identity: str
    title: str
    text: str
    text_sha256: str | None
    revision: int
    duplicate_of: str | None
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaggingRecord:
    """A tag on an annotation."""

    guid: str
    tag: str
    path: str
    coder: CoderRecord
    created: str


@dataclass(frozen=True, slots=True)
class AnnotationRecord:
    """An annotation with every part of its anchor; offsets in code points."""

    line: int
    guid: str
    kind: str
    document: str
    start: int | None
    end: int | None
    quote: str
    before: str
    after: str
    revision: int
    anchor_state: AnchorState
    note: str
    coder: CoderRecord
    created: str
    modified: str
    taggings: tuple[TaggingRecord, ...]


@dataclass(slots=True)
class Bundle:
    """Everything a file holds that can be taken, and what cannot."""

    coders: list[CoderRecord] = field(default_factory=list)
    tags: list[TagRecord] = field(default_factory=list)
    documents: list[DocumentRecord] = field(default_factory=list)
    annotations: list[AnnotationRecord] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unsaid: int = 0
    """Problems beyond those that are listed."""

    def problem(self, line: int, reason: str) -> None:
        """Note why a line was not taken."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(f"line {line}: {reason}")
        else:
            self.unsaid += 1


def read(stream: BinaryIO, name: str) -> Bundle:
    """Every record of a file called ``name``.

    Raises ``UsageError`` when it is not a file of ours, or too large to be.
    """
    bundle = Bundle()
    expected: int | None = None
    for number, raw in _lines(stream, name):
        try:
            record = Fields(_parsed(raw))
            if expected is None:
                expected = _header(record, name)
            else:
                _add(bundle, record, number)
        except Unusable as error:
            if expected is None:
                raise not_ours(name) from error
            bundle.problem(number, str(error))
    if expected is None:
        raise not_ours(name)
    held = len(bundle.annotations) + len(bundle.problems) + bundle.unsaid
    if held < expected:
        bundle.problems.append(
            f"the file says that it holds {expected} annotations, but"
            f" {len(bundle.annotations)} are there; it may have been cut short"
        )
    return bundle


def not_ours(name: str) -> UsageError:
    """What to say of JSON Lines that somebody else wrote."""
    return UsageError(
        f"{name}: this is not a postilla export; write one with"
        " `postilla export FILE.jsonl`, or add documents with `postilla add`."
    )


def _header(record: Fields, name: str) -> int:
    """How many annotations the file says it holds; checks that it is ours."""
    if record.get("type") != "library" or record.get("format") != FORMAT:
        raise not_ours(name)
    if record.whole("version", 1, 1_000_000) > VERSION:
        raise UsageError(f"{name}: this was made by a newer postilla; update postilla.")
    return record.optional_whole("annotations", 0, 2**40) or 0


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    number, size = 0, 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        size += len(raw)
        if size > LARGEST_FILE or len(raw) > LONGEST_LINE:
            raise UsageError(f"{name}: line {number} goes beyond what can be read.")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield number, raw


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        record = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unusable("this is not UTF-8") from None
    except (ValueError, RecursionError):
        raise Unusable("this is not JSON that can be read") from None
    if not isinstance(record, dict):
        raise Unusable("this is not a JSON object")
    return record


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _add(bundle: Bundle, record: Fields, line: int) -> None:
    kind = record.get("type")
    if kind == "coder":
        bundle.coders.append(record.coder())
    elif kind == "tag":
        bundle.tags.append(_tag(record, line))
    elif kind == "document":
        bundle.documents.append(_document(record, line))
    elif kind == "annotation":
        bundle.annotations.append(_annotation(record, line))
    else:
        raise Unusable("its type is not one that postilla knows")


def _tag(record: Fields, line: int) -> TagRecord:
    return TagRecord(
        line=line,
        guid=record.guid(),
        path=record.text("path"),
        definition=record.text("definition", LONGEST_NOTE),
        colour=record.optional_whole("colour", 0, 7),
        marker=record.optional_text("marker", 1),
        memo=record.text("memo", LONGEST_NOTE),
        position=record.optional_whole("position", 0, 2**53),
        created=record.optional_time("created"),
    )


def _document(record: Fields, line: int) -> DocumentRecord:
    text = record.text("text", LONGEST_TEXT)
    identity = record.text("identity")
    if not identity:
        raise Unusable("identity is missing")
    published = record.optional_text("published", 40)
    if published is not None and not _DAY.fullmatch(published):
        raise Unusable("published is not a date")
    words = record.optional_whole("words", 0, 2**53)
    names = ("source", "author", "language", "url", "path", "reader", "encoding")
    return DocumentRecord(
        line=line,
        guid=record.guid(),
        identity=identity,
        title=record.text("title"),
        text=text,
        text_sha256=record.optional_text("text_sha256", 64),
        revision=record.optional_whole("revision", 1, 2**53) or 1,
        duplicate_of=record.optional_guid("duplicate_of"),
        columns={
            **{name: record.optional_text(name) for name in names},
            "published": published,
            "words": len(text.split()) if words is None else words,
            "added": record.optional_time("added"),
            "encoding_guessed": int(record.get("encoding_guessed") is True),
            "source_sha256": record.optional_text("source_sha256", 64),
            "attributes": _attributes(record),
        },
    )


def _attributes(record: Fields) -> str:
    value = record.get("attributes") or {}
    if not isinstance(value, dict):
        raise Unusable("attributes is not an object")
    try:
        written = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        raise Unusable("attributes cannot be stored") from None
    if len(written) > LONGEST_NOTE:
        raise Unusable(f"attributes is longer than {LONGEST_NOTE:,} signs")
    return storable(written)


def _annotation(record: Fields, line: int) -> AnnotationRecord:
    kind = record.get("kind")
    if kind not in ("span", "document"):
        raise Unusable("kind is neither span nor document")
    start = end = None
    quote = ""
    if kind == "span":
        start = record.whole("start", 0, 2**40)
        end = record.whole("end", 0, 2**40)
        quote = record.text("quote", LONGEST_TEXT)
        if start >= end or not quote:
            raise Unusable("its passage is empty")
    state: AnchorState = record.get("anchor_state") or "exact"
    if state not in get_args(AnchorState):
        raise Unusable("anchor_state is not one that postilla knows")
    return AnnotationRecord(
        line=line,
        guid=record.guid(),
        kind=kind,
        document=record.guid("document"),
        start=start,
        end=end,
        quote=quote,
        before=record.text("before"),
        after=record.text("after"),
        revision=record.optional_whole("revision", 1, 2**53) or 1,
        anchor_state=state,
        note=record.text("note", LONGEST_NOTE),
        coder=record.made_by(),
        created=record.time("created"),
        modified=record.time("modified"),
        taggings=tuple(map(_tagging, record.objects("tags"))),
    )


def _tagging(record: Fields) -> TaggingRecord:
    return TaggingRecord(
        guid=record.guid(),
        tag=record.guid("tag"),
        path=record.text("path"),
        coder=record.made_by(),
        created=record.time("created"),
    )
