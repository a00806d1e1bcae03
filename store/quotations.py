"""Quotations: who says what, as the extraction stored them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

_SELECT = """
SELECT m.id, m.document, d.title, d.published, m.start, m."end", m.surface, r.id, r.name
FROM mentions m JOIN documents d ON d.id = m.document AND d.removed IS NULL
LEFT JOIN entities e ON e.id = m.speaker
LEFT JOIN entities r ON r.id = coalesce(e.merged_into, e.id) AND r.state <> 'rejected'
WHERE m.type = 'QUOTE' AND m.state <> 'rejected'
"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody says, between quotation marks or behind a dash."""

    id: int
    """Of the mention."""
    document: int
    title: str
    published: str | None
    start: int
    end: int
    surface: str
    """The words as they stand in the text, with their marks."""
    speaker: int | None
    """The entity that speaks, after merges; ``None`` where it is not known."""
    name: str | None
    """That entity's canonical name."""


def select(
    connection: sqlite3.Connection,
    *,
    speaker: int | None = None,
    document: int | None = None,
    limit: int | None = None,
) -> list[Quotation]:
    """Quotations in the order of documents and text; all, or of one speaker (an
    entity that is not merged into another), or of one document."""
    sql = _SELECT
    if speaker is not None:
        sql += (
            " AND m.speaker IN"
            " (SELECT id FROM entities WHERE id = :speaker OR merged_into = :speaker)"
        )
    if document is not None:
        sql += " AND m.document = :document"
    found: list[tuple[Any, ...]] = connection.execute(
        f"{sql} ORDER BY m.document, m.start LIMIT :limit",
        {
            "speaker": speaker,
            "document": document,
            "limit": -1 if limit is None else limit,
        },
    ).fetchall()
    return [Quotation(*row) for row in found]
