"""Where the vocabulary comes from and how it keeps up with the library.

Reading all terms of the index takes seconds in a large library, so it is meant for a
background thread, its result can be stored in the library, and after small changes
only the new documents are read. A search need not wait for it: without a vocabulary
it finds exact words and beginnings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from heapq import merge

from store.search import index
from store.search.vocabulary import Vocabulary, assemble, build

_TOKENIZER = "unicode61 remove_diacritics 2"


def up_to_date(
    connection: sqlite3.Connection, known: Vocabulary | None = None
) -> Vocabulary:
    """The vocabulary as the library has it now.

    Starts from ``known`` or from the stored one; adds the words of few new documents,
    or reads the whole index when there are too many.
    """
    with _one_moment(connection):
        now = index.generation(connection)
        if known is None:
            known = stored(connection)
        if known is None:
            return _scan(connection, now)
        if known.generation == now:
            return known
        added = index.added_since(connection, known.generation)
        if added is None or known.generation > now:
            return _scan(connection, now)
        return _with_documents(connection, known, added, now)


def stored(connection: sqlite3.Connection) -> Vocabulary | None:
    """The vocabulary that was saved in the library, however old; ``None`` if there
    is none that can be read."""
    row = connection.execute(
        "SELECT generation, terms, counts FROM vocabulary WHERE id = 1"
    ).fetchone()
    if row is None:
        return None
    import numpy

    generation, terms, packed = row
    try:
        lines = bytes(terms).decode("utf-8").split("\n") if terms else []
        counts = numpy.frombuffer(bytes(packed), numpy.dtype("<u4")).tolist()
    except ValueError:
        return None
    if not counts or len(lines) != len(counts) - 1:
        return None
    variants: dict[int, str] = {}
    for at, line in enumerate(lines):
        if "\t" in line:
            lines[at], _, variants[at] = line.partition("\t")
    return assemble(lines, variants, counts[1:], int(generation), counts[0])


def save(connection: sqlite3.Connection, vocabulary: Vocabulary) -> None:
    """Store a vocabulary in the library, inside the caller's transaction."""
    import numpy

    lines = list(vocabulary.keys)
    for at, term in vocabulary.variants.items():
        lines[at] = f"{lines[at]}\t{term}"
    counts = numpy.concatenate(([vocabulary.documents], vocabulary.counts))
    connection.execute(
        "INSERT OR REPLACE INTO vocabulary(id, generation, terms, counts)"
        " VALUES (1, ?, ?, ?)",
        [
            vocabulary.generation,
            "\n".join(lines).encode("utf-8"),
            counts.astype("<u4").tobytes(),
        ],
    )


def _scan(connection: sqlite3.Connection, now: int) -> Vocabulary:
    _make_terms_table(connection)
    rows = connection.execute("SELECT term, doc FROM temp.documents_terms")
    count = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    return build(rows, now, count)


def _make_terms_table(connection: sqlite3.Connection) -> None:
    # A reading connection may not even make a temporary table, which changes
    # nothing in the library; so it is allowed to for this one moment.
    only_read = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.documents_terms"
            " USING fts5vocab(main, documents_fts, 'row')"
        )
    finally:
        connection.execute(f"PRAGMA query_only = {int(only_read)}")


def _with_documents(
    connection: sqlite3.Connection, known: Vocabulary, added: list[int], now: int
) -> Vocabulary:
    """The known words and those of some documents, cut by the index's own rules."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as scratch:
        scratch.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, text, content='',"
            f" tokenize='{_TOKENIZER}')"
        )
        scratch.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'row')")
        for document in added:
            row = connection.execute(
                "SELECT id, title, text FROM documents WHERE id = ?", [document]
            ).fetchone()
            if row is not None:
                scratch.execute(
                    "INSERT INTO texts(rowid, title, text) VALUES (?, ?, ?)", row
                )
        fresh = dict(scratch.execute("SELECT term, doc FROM terms"))
    old = (
        (known.term(at), int(count) + fresh.pop(known.term(at), 0))
        for at, count in enumerate(known.counts)
    )
    rows = list(old)
    foreign = sorted(row for row in rows if not row[0].isascii())
    plain = (row for row in rows if row[0].isascii())
    everything = merge(plain, foreign, sorted(fresh.items()))
    count = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    return build(everything, now, count)


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Read generation and index as they are at one moment."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")
