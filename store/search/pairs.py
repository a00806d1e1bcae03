"""Upkeep of what is held as pairs of signs (``grams``), for documents and names.

``documents_grams`` holds no text, so it must be told what it held of a document
when that goes. In a library from before, and while it is made anew, it does not yet
hold the documents up to some id: whoever searches reads those, and every addition
takes some of them in. ``names_grams`` keeps what it holds, a line for each row of
``names_fts`` that has any.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from zlib import crc32

from store.search import grams

MISSING = "grams_missing"
"""Where it is kept up to which id no document is held."""

_ADD = "INSERT INTO documents_grams(rowid, grams) VALUES (?, ?)"


def missing(connection: sqlite3.Connection, key: str = MISSING) -> int:
    """Up to which id rows are not in an index yet; 0 when all are."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return int(row[0]) if row is not None else 0


def set_missing(connection: sqlite3.Connection, key: str, last: int) -> None:
    """Record up to which id rows are not in an index."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?)"
        " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        [key, str(last)],
    )


def lowest(connection: sqlite3.Connection, last: int, most: int) -> int | None:
    """The lowest of the ``most`` documents up to ``last``; ``None`` if there are
    none."""
    (first,) = connection.execute(
        "SELECT min(id) FROM (SELECT id FROM documents WHERE id <= ?"
        " ORDER BY id DESC LIMIT ?)",
        [last, most],
    ).fetchone()
    return None if first is None else int(first)


def add(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Hold documents given as (id, title, text)."""
    last = missing(connection)
    for document, title, text in rows:
        if document > last and (found := grams.held(title, text)):
            connection.execute(_ADD, [document, found])


def remove(
    connection: sqlite3.Connection, document: int, title: str, text: str
) -> None:
    """Forget a document, given exactly what was added."""
    if document > missing(connection) and (found := grams.held(title, text)):
        connection.execute(
            "INSERT INTO documents_grams(documents_grams, rowid, grams)"
            " VALUES ('delete', ?, ?)",
            [document, found],
        )


def fill(connection: sqlite3.Connection, most: int) -> bool:
    """Take in ``most`` of the documents that are not held yet, the newest first;
    returns whether there were any."""
    last = missing(connection)
    if not last:
        return False
    first = lowest(connection, last, most)
    if first is not None:
        rows = connection.execute(
            "SELECT id, title, text FROM documents WHERE id BETWEEN ? AND ?"
            " ORDER BY id",
            [first, last],
        )
        held = ((row[0], grams.held(row[1], row[2])) for row in rows)
        connection.executemany(_ADD, (row for row in held if row[1]))
    set_missing(connection, MISSING, 0 if first is None else first - 1)
    return True


def empty(connection: sqlite3.Connection) -> None:
    """Hold nothing, of documents and names."""
    connection.execute(
        "INSERT INTO documents_grams(documents_grams) VALUES ('delete-all')"
    )
    # What is damaged cannot be deleted from before it is whole.
    connection.execute("INSERT INTO names_grams(names_grams) VALUES ('rebuild')")
    connection.execute("DELETE FROM names_grams")


def compact(connection: sqlite3.Connection) -> None:
    """Merge both into one part each, so that nothing is left of what went."""
    for table in ("documents_grams", "names_grams"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def add_names(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Hold rows of ``names_fts`` given as (row id, body), which were dropped."""
    held = ((row, grams.held_of_name(body)) for row, body in rows)
    connection.executemany(
        "INSERT INTO names_grams(rowid, grams) VALUES (?, ?)",
        (row for row in held if row[1]),
    )


# Checking -----------------------------------------------------------------------


def check(connection: sqlite3.Connection, names_missing: int) -> list[str]:
    """What is wrong, a sentence each; needs a writing connection. Names up to the id
    ``names_missing`` need not be held."""
    findings = []
    if not _documents_are_right(connection):
        findings.append("What is held of scripts without blanks is not right.")
    bodies = connection.execute("SELECT rowid, body FROM names_fts")
    expected = {row: grams.held_of_name(body) for row, body in bodies}
    names = dict(connection.execute("SELECT rowid, grams FROM names_grams"))
    if any(
        names.pop(row, "") != found and row >> 2 > names_missing
        for row, found in expected.items()
    ) or any(row >> 2 > names_missing for row in names):
        findings.append("Names in scripts without blanks cannot all be found.")
    return findings


def _documents_are_right(connection: sqlite3.Connection) -> bool:
    """Whether of each document as much is held as should be, and of each pair as
    often: without its text more cannot be asked of the index."""
    sizes: dict[int, int] = {}
    pairs = 0
    for document, title, text in connection.execute(
        "SELECT id, title, text FROM documents WHERE id > ?", [missing(connection)]
    ):
        if found := grams.held(title, text).split():
            sizes[document] = len(found)
            pairs += sum(crc32(one.encode()) for one in found)
    held = {
        document: _number(size)
        for document, size in connection.execute(
            "SELECT id, sz FROM documents_grams_docsize"
        )
    }
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.documents_pairs"
        " USING fts5vocab(main, documents_grams, 'row')"
    )
    terms = connection.execute("SELECT term, doc FROM temp.documents_pairs")
    return held == sizes and pairs == sum(
        crc32(term.encode()) * count for term, count in terms
    )


def _number(packed: bytes) -> int:
    """A number as SQLite packs it: seven bits a byte, the highest first."""
    number = 0
    for byte in packed:
        number = number << 7 | byte & 0x7F
    return number
