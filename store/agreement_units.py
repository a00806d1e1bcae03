"""The units that coders are compared by, and which of them each coder tagged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store import sentences

_TAGGINGS = """
SELECT a.document, a.start, a."end", t.tag, c.name
FROM annotation_tags t
JOIN annotations a ON a.id = t.annotation AND a.deleted IS NULL
JOIN coders c ON c.id = t.coder
WHERE a.document IN (SELECT value FROM json_each(?))
AND c.name IN (SELECT value FROM json_each(?))
AND a.anchor_state <> 'orphan'
"""


@dataclass(frozen=True, slots=True)
class Tagging:
    """A tag that a coder put on a passage; ``start`` ``None``: on the document."""

    document: int
    start: int | None
    end: int | None
    tag: int
    bit: int
    """``1 << n`` of the n-th coder."""


@dataclass(frozen=True, slots=True)
class Marks:
    """A unit, or ``size`` units that are alike: who put which tag on it."""

    size: int
    by_tag: Mapping[int, int]
    """For each tag the bits of the coders who put it there."""
    document: int
    start: int | None = None
    """Where it is in the document's text; ``None``: it is the document."""
    end: int | None = None


def taggings(
    connection: sqlite3.Connection, coders: Sequence[str], documents: Sequence[int]
) -> list[Tagging]:
    """Every tagging of these coders in these documents, hidden or not."""
    bits = {name: 1 << at for at, name in enumerate(coders)}
    rows = connection.execute(
        _TAGGINGS, [json.dumps(list(documents)), json.dumps(list(coders))]
    )
    return [
        Tagging(document, start, end, tag, bits[coder])
        for document, start, end, tag, coder in rows
    ]


def marked(
    connection: sqlite3.Connection,
    documents: Sequence[int],
    taggings: Sequence[Tagging],
    above: Mapping[int, Sequence[int]],
    unit: str,
) -> Iterator[Marks]:
    """The units of the documents one after the other.

    ``above``: for each tag used, the compared tags that it counts for. A tag on the
    whole document counts only where the document is the unit.
    """
    of_document: dict[int, list[Tagging]] = {}
    for one in taggings:
        of_document.setdefault(one.document, []).append(one)
    for document in documents:
        own = of_document.get(document, [])
        if unit == "document":
            yield Marks(1, _together(own, above), document)
            continue
        passages = [one for one in own if one.start is not None]
        text, language = connection.execute(
            "SELECT text, language FROM documents WHERE id = ?", [document]
        ).fetchone()
        if unit == "character":
            edges = {0, len(text)}
            for one in passages:
                edges |= {one.start or 0, one.end or 0}
            # Characters between two edges of passages are alike.
            spans = list(pairwise(sorted(edges)))
        else:
            spans = _spans(text, language, unit)
        is_alike = unit == "character"
        for start, end, by_tag in _spans_marked(spans, passages, above):
            yield Marks(end - start if is_alike else 1, by_tag, document, start, end)


def _together(
    own: Sequence[Tagging], above: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    by_tag: dict[int, int] = {}
    for one in own:
        for tag in above[one.tag]:
            by_tag[tag] = by_tag.get(tag, 0) | one.bit
    return by_tag


def _spans(text: str, language: str | None, unit: str) -> list[tuple[int, int]]:
    if unit == "sentence":
        return list(sentences.spans(text, language=language))
    found, at = [], 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            start = at + line.index(inner)
            found.append((start, start + len(inner)))
        at += len(line) + 1
    return found


def _spans_marked(
    spans: Sequence[tuple[int, int]],
    passages: Sequence[Tagging],
    above: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, int, dict[int, int]]]:
    """A unit bears the tags of the passages that reach into it."""
    waiting = sorted(passages, key=lambda one: one.start or 0)
    running: list[Tagging] = []
    at = 0
    for start, end in spans:
        while at < len(waiting) and (waiting[at].start or 0) < end:
            running.append(waiting[at])
            at += 1
        running = [one for one in running if (one.end or 0) > start]
        yield start, end, _together(running, above)
