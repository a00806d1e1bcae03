"""What occurs with what in a large library: seconds, beside plain SQL.

The rows are made without texts, seeded and with names as uneven as in news: a few are
named everywhere, most hardly ever. The peer is the join of mentions with themselves,
asked for the neighbours of the same entities in the same process.
"""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy
from figures import Spent, Stopwatch, Table, ratio

from store import cooccurrence, cooccurrence_rows
from store.cooccurrence import Question
from store.library import Library
from store.occurrences import ENTITY, Thing

if TYPE_CHECKING:
    from store.writer import Pen

SHOWN = 50
"""Pairs whose names are read, as a screen does."""

_PEER = """
SELECT b.entity, count(DISTINCT b.document) AS together
FROM mentions a JOIN mentions b ON b.document = a.document
WHERE a.entity = ? AND b.entity <> a.entity AND a.state <> 'rejected'
AND b.state <> 'rejected' AND b.entity IS NOT NULL
GROUP BY b.entity ORDER BY together DESC LIMIT 200
"""


def fill(library: Library, options: argparse.Namespace) -> None:
    """Documents, entities and mentions as rows."""
    random = numpy.random.default_rng(options.seed)
    ranks = random.zipf(1.25, options.mentions * 3) - 1
    entities = ranks[ranks < options.entities][: options.mentions] + 1
    documents = numpy.sort(random.integers(1, options.docs + 1, len(entities)))
    documents_of = zip(documents.tolist(), entities.tolist(), strict=True)

    def change(pen: Pen) -> None:
        write = pen.connection.executemany
        write(
            "INSERT INTO documents(id, guid, identity, title, published, words, added,"
            " text_sha256, text) VALUES"
            " (?1, 'd' || ?1, 'd' || ?1, 'Document ' || ?1, ?2, 1, '', '', '')",
            (
                (n, f"{2000 + n % 25}-{1 + n % 12:02}")
                for n in range(1, options.docs + 1)
            ),
        )
        write(
            "INSERT INTO entities(id, guid, name, type, created)"
            " VALUES (?1, 'e' || ?1, 'Name ' || ?1, 'ORG', '')",
            ((n,) for n in range(1, options.entities + 1)),
        )
        write(
            'INSERT INTO mentions(document, start, "end", surface, type, entity,'
            " extractor) VALUES (?, ?, ?, 'Name', 'ORG', ?, 'bench')",
            (
                (document, place % 4000, place % 4000 + 4, entity)
                for place, (document, entity) in enumerate(documents_of)
            ),
        )
        pen.connection.execute(
            "UPDATE entities SET (mentions, documents) = (SELECT count(*),"
            " count(DISTINCT document) FROM mentions m WHERE m.entity = entities.id)"
        )

    library.core.writer.run(change, durable=False)


def ask(connection: sqlite3.Connection, question: Question) -> tuple[Spent, int]:
    """Count, order, and read the names of what a screen would show."""
    watch = Stopwatch()
    *_, last = cooccurrence.count(connection, question)
    assert last.pairs is not None
    numbers = last.pairs.order()[:SHOWN].tolist()
    cooccurrence_rows.rows(connection, last.pairs, numbers)
    return watch.lap(), len(last.pairs)


def peer(connection: sqlite3.Connection, entity: int) -> tuple[Spent, int]:
    """The same neighbours by plain SQL."""
    watch = Stopwatch()
    found = connection.execute(_PEER, [entity]).fetchall()
    return watch.lap(), len(found)


def by_rank(connection: sqlite3.Connection, rank: int) -> int:
    """The entity of a rank, from 1, by how many documents name it."""
    row: tuple[Any, ...] = connection.execute(
        "SELECT id FROM entities ORDER BY documents DESC, id LIMIT 1 OFFSET ?",
        [rank - 1],
    ).fetchone()
    return int(row[0])


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="What occurs with what.")
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--mentions", type=int, default=2_000_000)
    parser.add_argument("--entities", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with Library(path, create=True) as library:
            fill(library, options)
        with Library(path) as library:
            report(library.core.reader, options)


def report(connection: sqlite3.Connection, options: argparse.Namespace) -> None:
    """Every form in turn, each neighbour form beside its peer."""
    table = Table(("form", "rows", "seconds", "CPU", "SQL seconds", "of SQL"))
    for name, question in (
        ("200 most frequent by 200", Question()),
        ("the same again", Question()),
        ("all pairs", Question(top=None)),
    ):
        spent, rows = ask(connection, question)
        table.add(name, f"{rows:,}", f"{spent.wall:.2f}", f"{spent.cpu:.2f}", "-", "-")
    for rank in (1, 10, 100, 1000):
        entity = by_rank(connection, rank)
        spent, rows = ask(connection, Question(beside=Thing(ENTITY, entity)))
        other, _ = peer(connection, entity)
        table.add(
            f"neighbours of number {rank}",
            f"{rows:,}",
            f"{spent.wall:.2f}",
            f"{spent.cpu:.2f}",
            f"{other.wall:.2f}",
            ratio(spent.wall, other.wall),
        )
    table.show(
        f"{options.docs:,} documents, {options.mentions:,} mentions of"
        f" {options.entities:,} entities, by document"
    )


if __name__ == "__main__":
    main()
