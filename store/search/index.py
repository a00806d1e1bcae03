"""Upkeep of the full text index, inside the transactions of whoever changes rows.

``documents_fts`` holds no text of its own: it must be told the old values when a
document goes or changes, and it must mirror every row of ``documents``, hidden ones
too, or its integrity check fails; the search leaves hidden ones out.
``names_fts`` holds what entities, tags and annotations are found by; its row ids
are ``id * 4`` plus the kind.

Every change of the documents' index raises a generation, and a short list of the
documents that were added lately is kept beside it, so that a vocabulary in memory
knows whether it is stale and can catch up without reading everything again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress

KINDS = {"annotation": 0, "tag": 1, "entity": 2}
"""Which names are searched, and what distinguishes their row ids."""

GENERATION = "fts_generation"
RECENT = "fts_recent"
MOST_RECENT = 500
"""With more documents to catch up on, reading the index again is cheaper."""


def add_documents(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]
) -> None:
    """Index documents given as (id, title, text); their rows exist already."""
    added: list[int] = []

    def numbered() -> Iterable[tuple[int, str, str]]:
        for row in rows:
            added.append(row[0])
            yield row

    connection.executemany(
        "INSERT INTO documents_fts(rowid, title, text) VALUES (?, ?, ?)", numbered()
    )
    if added:
        bump(connection, added)


def remove_document(
    connection: sqlite3.Connection, document: int, title: str, text: str
) -> None:
    """Take a document out, given exactly what was indexed: before its row is deleted,
    or before it is added again with another title or text. Hiding needs no call."""
    connection.execute(
        "INSERT INTO documents_fts(documents_fts, rowid, title, text)"
        " VALUES ('delete', ?, ?, ?)",
        [document, title, text],
    )
    bump(connection)


def bump(
    connection: sqlite3.Connection, added: Iterable[int] = (), *, anew: bool = False
) -> int:
    """Record that the documents' index changed; returns the new generation.

    ``added`` are the documents it now holds more of; a removal leaves only words
    that find nothing, which is harmless until the next complete reading. ``anew``
    makes every vocabulary in memory read the whole index again.
    """
    since, recent = _recent(connection)
    now = generation(connection) + 1
    recent += [(now, document) for document in added]
    if anew or len(recent) > MOST_RECENT:
        since, recent = now, []
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?)"
        " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        [(GENERATION, str(now)), (RECENT, json.dumps([since, recent]))],
    )
    return now


def generation(connection: sqlite3.Connection) -> int:
    """How many times the documents' index has changed."""
    value = _meta(connection, GENERATION)
    return int(value) if value is not None and value.isdecimal() else 0


def added_since(connection: sqlite3.Connection, known: int) -> list[int] | None:
    """Documents indexed since a generation; ``None`` when they are too many."""
    since, recent = _recent(connection)
    if known < since:
        return None
    return list(dict.fromkeys(document for when, document in recent if when > known))


def _recent(connection: sqlite3.Connection) -> tuple[int, list[tuple[int, int]]]:
    with suppress(ValueError, TypeError):
        since, recent = json.loads(_meta(connection, RECENT) or "[0, []]")
        return int(since), [(int(when), int(document)) for when, document in recent]
    return generation(connection), []


def _meta(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return None if row is None else str(row[0])


def set_name(connection: sqlite3.Connection, kind: str, row: int, body: str) -> None:
    """Index what an entity, tag or annotation is found by, in place of the old."""
    drop_name(connection, kind, row)
    connection.execute(
        "INSERT INTO names_fts(rowid, body) VALUES (?, ?)",
        [row * 4 + KINDS[kind], body],
    )


def drop_name(connection: sqlite3.Connection, kind: str, row: int) -> None:
    """Take an entity, tag or annotation out of the index of names."""
    connection.execute("DELETE FROM names_fts WHERE rowid = ?", [row * 4 + KINDS[kind]])


PATHS = """
    paths(id, path) AS (
        SELECT id, name FROM tags WHERE parent IS NULL
        UNION ALL
        SELECT tags.id, paths.path || '/' || tags.name
        FROM tags JOIN paths ON tags.parent = paths.id
    )
"""
"""Part of a WITH RECURSIVE: the path of every tag."""

_BODIES = {
    "entity": """
        SELECT e.id, e.name || coalesce((
            SELECT char(10) || group_concat(a.name, char(10))
            FROM aliases a WHERE a.entity = e.id AND a.name <> e.name), '')
        FROM entities e WHERE e.merged_into IS NULL AND e.state <> 'rejected'""",
    "tag": f"""
        WITH RECURSIVE {PATHS}
        SELECT t.id, p.path || char(10) || t.definition
        FROM tags t JOIN paths p ON p.id = t.id WHERE 1""",
    "annotation": f"""
        WITH RECURSIVE {PATHS}
        SELECT n.id, n.note || char(10) || n.exact || char(10) || coalesce((
            SELECT group_concat(p.path, char(10)) FROM annotation_tags g
            JOIN paths p ON p.id = g.tag WHERE g.annotation = n.id), '')
        FROM annotations n WHERE n.deleted IS NULL""",
}
_KEY = {"entity": "e.id", "tag": "t.id", "annotation": "n.id"}


def refresh_names(
    connection: sqlite3.Connection, kind: str, rows: Iterable[int]
) -> None:
    """Index these entities, tags or annotations as the tables have them now; what is
    merged away, rejected, deleted or gone is taken out.

    An entity is found by its name and aliases, a tag by its path and definition, an
    annotation by its note, its quote and the paths of its tags.
    """
    wanted = json.dumps(list(rows))
    among = "(SELECT value FROM json_each(?))"
    bodies = connection.execute(
        f"{_BODIES[kind]} AND {_KEY[kind]} IN {among}", [wanted]
    ).fetchall()
    number = KINDS[kind]
    # One statement each: a tag that is renamed can be on sixty thousand annotations.
    connection.execute(
        "DELETE FROM names_fts WHERE rowid IN (SELECT value * 4 + ? FROM json_each(?))",
        [number, wanted],
    )
    connection.executemany(
        "INSERT INTO names_fts(rowid, body) VALUES (?, ?)",
        ((row * 4 + number, body) for row, body in bodies),
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Make both indexes anew from the tables."""
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
    connection.execute("DELETE FROM names_fts")
    for kind, number in KINDS.items():
        rows = connection.execute(_BODIES[kind]).fetchall()
        connection.executemany(
            "INSERT INTO names_fts(rowid, body) VALUES (?, ?)",
            ((row * 4 + number, body) for row, body in rows),
        )
    connection.execute("DELETE FROM vocabulary")
    bump(connection, anew=True)


def check(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the indexes, a sentence each; needs a writing connection."""
    findings = []
    checks = (
        ("documents_fts", 1, "The full text index does not agree with the documents."),
        ("names_fts", 0, "The index of names is damaged."),
    )
    for table, rank, sentence in checks:
        try:
            connection.execute(
                f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', ?)",
                [rank],
            )
        except sqlite3.DatabaseError as error:
            interrupted = error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
            if interrupted or "readonly" in str(error):
                raise
            findings.append(sentence)
    for kind, number in KINDS.items():
        expected = {row for (row,) in connection.execute(_BODIES_IDS[kind])}
        indexed = {
            row >> 2
            for (row,) in connection.execute(
                "SELECT rowid FROM names_fts WHERE rowid % 4 = ?", [number]
            )
        }
        missing, extra = len(expected - indexed), len(indexed - expected)
        if missing:
            findings.append(f"{missing} of kind {kind} cannot be found by name.")
        if extra:
            findings.append(f"{extra} of kind {kind} are indexed but gone.")
    return findings


_BODIES_IDS = {
    "entity": "SELECT id FROM entities WHERE merged_into IS NULL"
    " AND state <> 'rejected'",
    "tag": "SELECT id FROM tags",
    "annotation": "SELECT id FROM annotations WHERE deleted IS NULL",
}


def forget_removed(connection: sqlite3.Connection) -> None:
    """Merge the indexes into one part each, so that no word of a purged document
    is left in them, and drop the stored vocabulary. Slow in a large library."""
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
    connection.execute("INSERT INTO names_fts(names_fts) VALUES ('optimize')")
    connection.execute("DELETE FROM vocabulary")
    bump(connection, anew=True)
