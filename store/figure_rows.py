"""The rows of the few figures that are shown: what stands there, and who is near.

Beside a figure stand the sentence it is in, who is named last before it there
(context, nothing is asserted), and who speaks where it is part of a quotation. Which
figures there are, and in which order, says ``store.figures``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store import sentences

_AROUND = 1000
"""Code points on each side in which the sentence is looked for."""

_AT_ONCE = 500

_FEW = 2
"""Of so many figures of one text a piece each is read; of more the text, once."""

_ROWS = """
SELECT m.id, m.document, d.title, d.published, d.language, m.start, m."end", m.surface,
    m.type, m.value, m.number, m.unit
FROM mentions m JOIN documents d ON d.id = m.document
WHERE m.id IN (SELECT value FROM json_each(?))
"""

_PIECE = "SELECT substr(text, ?, ?) FROM documents WHERE id = ?"

_TEXT = "SELECT text FROM documents WHERE id = ?"

_NEAR = """
SELECT r.id, r.name FROM mentions m JOIN entities e ON e.id = m.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ? AND m.start >= ? AND m.start < ? AND m.state <> 'rejected'
AND r.state <> 'rejected' ORDER BY m.start DESC LIMIT 1
"""

_SPEAKER = """
SELECT r.id, r.name FROM mentions m JOIN entities e ON e.id = m.speaker
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ? AND m.type = 'QUOTE' AND m.start <= ? AND m."end" >= ?
AND m.state <> 'rejected' AND r.state <> 'rejected' ORDER BY m.start DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum, share, quantity or date, where it stands and who is near."""

    id: int
    """Of the mention."""
    document: int
    title: str
    published: str | None
    start: int
    end: int
    surface: str
    type: str
    value: Any
    number: float
    """What it is ordered by; of a date ``20260130``, its first day."""
    unit: str | None
    """Currency (ISO 4217), ``%`` or the word that is counted, in lower case."""
    sentence: str
    """The sentence it stands in, as it is in the text."""
    near: int | None
    """The entity named last before it in its sentence."""
    near_name: str | None
    speaker: int | None
    """Who says it, where it is part of a quotation whose speaker is known."""
    speaker_name: str | None
    at: int = 0
    """Where in ``sentence`` it begins."""


def rows(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Figure]:
    """These figures, by the id of the mention; what is gone is left out."""
    found: dict[int, Figure] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = json.dumps(list(wanted[at : at + _AT_ONCE]))
        read = connection.execute(_ROWS, [some]).fetchall()
        often = Counter(row[1] for row in read)
        held: tuple[int, str] = (0, "")
        for row in sorted(read, key=lambda row: (row[1], row[5])):
            document = row[1]
            if often[document] > _FEW and held[0] != document:
                (text,) = connection.execute(_TEXT, [document]).fetchone()
                held = (document, text)
            found[row[0]] = _figure(connection, row, held)
    return {id: found[id] for id in wanted if id in found}


def _figure(
    connection: sqlite3.Connection, row: tuple[Any, ...], held: tuple[int, str]
) -> Figure:
    (id, document, title, published, language, start, end) = row[:7]
    (surface, type, value, number, unit) = row[7:]
    first = max(0, start - _AROUND)
    if held[0] == document:
        piece = held[1][first : end + _AROUND]
    else:
        asked = [first + 1, end + _AROUND - first, document]
        (piece,) = connection.execute(_PIECE, asked).fetchone()
    low, high = _sentence(piece, start - first, end - first, language)
    begin = first + low
    near = connection.execute(_NEAR, [document, begin, start]).fetchone()
    speaker = connection.execute(_SPEAKER, [document, start, end]).fetchone()
    return Figure(
        id=id,
        document=document,
        title=title,
        published=published,
        start=start,
        end=end,
        surface=surface,
        type=type,
        value=json.loads(value),
        number=number,
        unit=unit,
        sentence=piece[low:high],
        near=near and near[0],
        near_name=near and near[1],
        speaker=speaker and speaker[0],
        speaker_name=speaker and speaker[1],
        at=start - begin,
    )


def _sentence(text: str, start: int, end: int, language: str | None) -> tuple[int, int]:
    """The sentence around a passage, in code points of ``text``."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    for low, high in sentences.spans(
        text, begin, len(text) if stop < 0 else stop, language
    ):
        if high > start:
            return low, max(high, end)
    return start, end
