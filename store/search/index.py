"""Upkeep of the full text index, inside the transactions of whoever changes rows.

``documents_fts`` holds no text of its own: it must be told the old values when a
document goes or changes, and it must mirror every row of ``documents``, hidden ones
too, or its integrity check fails; the search leaves hidden ones out.
``names_fts`` holds what entities, tags and annotations are found by; its row ids
are ``id * 4`` plus the kind. What both hold of scripts without blanks is held once
more as pairs of signs (``pairs``).

An index is made anew in pieces, each a transaction that others need not wait long
for. Until all are done it is recorded up to which id documents are missing: they
are taken in from the newest to the oldest, so that what is added meanwhile is above
them and is held at once.

Every change of the documents' index raises a generation, and a short list of the
documents that were added lately is kept beside it, so that a vocabulary in memory
knows whether it is stale and can catch up without reading everything again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress

from store.search import emptying, pairs

KINDS = {"annotation": 0, "tag": 1, "entity": 2}
"""Which names are searched, and what distinguishes their row ids."""

GENERATION = "fts_generation"
RECENT = "fts_recent"
MOST_RECENT = 500
"""With more documents to catch up on, reading the index again is cheaper."""

MISSING = "fts_missing"
NAMES_MISSING = "names_missing"
"""Where it is kept up to which id documents, and names, are not held."""

PIECE = 2000
"""Documents that are taken in at once when an index is made anew."""

_A_FEW = 250


def add_documents(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]
) -> None:
    """Index documents given as (id, title, text); their rows exist already."""
    added = list(rows)
    if not added:
        return
    last = pairs.missing(connection, MISSING)
    connection.executemany(
        "INSERT INTO documents_fts(rowid, title, text) VALUES (?, ?, ?)",
        (row for row in added if row[0] > last),
    )
    pairs.add(connection, added)
    bump(connection, (row[0] for row in added))
    fill(connection, _A_FEW)


def remove_document(
    connection: sqlite3.Connection, document: int, title: str, text: str
) -> None:
    """Take a document out, given exactly what was indexed: before its row is deleted,
    or before it is added again with another title or text. Hiding needs no call."""
    if document > pairs.missing(connection, MISSING):
        connection.execute(
            "INSERT INTO documents_fts(documents_fts, rowid, title, text)"
            " VALUES ('delete', ?, ?, ?)",
            [document, title, text],
        )
    pairs.remove(connection, document, title, text)
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
    _add_names(connection, [(row * 4 + KINDS[kind], body)])


def drop_name(connection: sqlite3.Connection, kind: str, row: int) -> None:
    """Take an entity, tag or annotation out of the index of names."""
    for table in _NAMES:
        connection.execute(
            f"DELETE FROM {table} WHERE rowid = ?", [row * 4 + KINDS[kind]]
        )


def _add_names(connection: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    connection.executemany("INSERT INTO names_fts(rowid, body) VALUES (?, ?)", rows)
    pairs.add_names(connection, rows)


_NAMES = ("names_fts", "names_grams")


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
            SELECT char(10) || group_concat(name, char(10)) FROM (
                SELECT a.name FROM aliases a JOIN entities o ON o.id = a.entity
                WHERE (o.id = e.id OR o.merged_into = e.id) AND a.name <> e.name
                GROUP BY a.name ORDER BY min(a.id))), '')
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

    An entity is found by its name, its aliases and those of what was merged into it,
    a tag by its path and definition, an annotation by its note, its quote and the
    paths of its tags.
    """
    wanted = json.dumps(list(rows))
    among = "(SELECT value FROM json_each(?))"
    bodies = connection.execute(
        f"{_BODIES[kind]} AND {_KEY[kind]} IN {among}", [wanted]
    ).fetchall()
    number = KINDS[kind]
    # One statement each: a tag that is renamed can be on sixty thousand annotations.
    for table in _NAMES:
        connection.execute(
            f"DELETE FROM {table} WHERE rowid IN"
            " (SELECT value * 4 + ? FROM json_each(?))",
            [number, wanted],
        )
    _add_names(connection, [(row * 4 + number, body) for row, body in bodies])


# Making anew --------------------------------------------------------------------


def rebuild(connection: sqlite3.Connection) -> None:
    """Make all indexes anew from the tables, in the caller's transaction."""
    start_rebuild(connection)
    while fill(connection):
        pass


def start_rebuild(connection: sqlite3.Connection) -> None:
    """Empty the indexes of documents, and have ``fill`` make everything anew, and
    last delete what there was."""
    emptying.put_aside(connection)
    connection.execute("INSERT INTO names_fts(names_fts) VALUES ('rebuild')")
    pairs.empty(connection)
    connection.execute("DELETE FROM vocabulary")
    (last,) = connection.execute(
        "SELECT coalesce(max(id), 0) FROM documents"
    ).fetchone()
    pairs.set_missing(connection, MISSING, last)
    pairs.set_missing(connection, pairs.MISSING, last)
    pairs.set_missing(connection, NAMES_MISSING, _last_name(connection))
    bump(connection, anew=True)


def fill(connection: sqlite3.Connection, most: int = PIECE) -> bool:
    """Take in a piece of what the indexes do not hold yet: at most that many
    documents, or ten times as many names; returns whether there may be more."""
    return (
        _fill_documents(connection, most)
        or pairs.fill(connection, most)
        or _fill_names(connection, most * 10)
        or emptying.empty(connection)
    )


def left(connection: sqlite3.Connection) -> int:
    """A measure of what ``fill`` has to do; 0 when the indexes hold everything."""
    keys = (MISSING, pairs.MISSING, NAMES_MISSING)
    return sum(pairs.missing(connection, key) for key in keys)


def _fill_documents(connection: sqlite3.Connection, most: int) -> bool:
    last = pairs.missing(connection, MISSING)
    if not last:
        return False
    first = pairs.lowest(connection, last, most)
    if first is not None:
        connection.execute(
            "INSERT INTO documents_fts(rowid, title, text) SELECT id, title, text"
            " FROM documents WHERE id BETWEEN ? AND ? ORDER BY id",
            [first, last],
        )
    pairs.set_missing(connection, MISSING, 0 if first is None else first - 1)
    if first is None or first == 1:
        # Not before: reading all words anew for each piece would be too much.
        bump(connection, anew=True)
    return True


def _fill_names(connection: sqlite3.Connection, most: int) -> bool:
    last = pairs.missing(connection, NAMES_MISSING)
    if not last:
        return False
    first = max(1, last - most + 1)
    for kind in KINDS:
        refresh_names(connection, kind, range(first, last + 1))
    pairs.set_missing(connection, NAMES_MISSING, first - 1)
    return True


def _last_name(connection: sqlite3.Connection) -> int:
    """The highest id of what has or had a name."""
    (last,) = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM entities), 0),"
        " coalesce((SELECT max(id) FROM tags), 0),"
        " coalesce((SELECT max(id) FROM annotations), 0),"
        " coalesce((SELECT max(id) FROM names_fts_content), 0) / 4)"
    ).fetchone()
    return int(last)


def check(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the indexes, a sentence each; needs a writing connection."""
    findings = []
    is_whole = not pairs.missing(connection, MISSING)
    if not is_whole:
        findings.append("The full text index was not made to its end.")
    for table, sentence in _DAMAGED.items():
        try:
            connection.execute(
                f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', ?)",
                [int(is_whole and table == "documents_fts")],
            )
        except sqlite3.DatabaseError as error:
            interrupted = error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
            if interrupted or "readonly" in str(error):
                raise
            findings.append(sentence)
    findings += _check_names(connection)
    if not findings:
        findings = pairs.check(connection, pairs.missing(connection, NAMES_MISSING))
    return findings


_DAMAGED = {
    "documents_fts": "The full text index does not agree with the documents.",
    "names_fts": "The index of names is damaged.",
    "documents_grams": "What is held of scripts without blanks is damaged.",
    "names_grams": "What is held of names in scripts without blanks is damaged.",
}


def _check_names(connection: sqlite3.Connection) -> list[str]:
    findings = []
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
    while emptying.empty(connection):
        pass
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
    connection.execute("INSERT INTO names_fts(names_fts) VALUES ('optimize')")
    pairs.compact(connection)
    connection.execute("DELETE FROM vocabulary")
    bump(connection, anew=True)
