"""A small invented library for the tests of the search."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from store import migrations, seen
from store.search import index

TEXTS = (
    (
        "Dockers in Lisbon extend their strike",
        "Talks at the Alcântara terminal collapsed. María Núñez left at noon.\n\n"
        "The dockers will extend their strike into a third week, she said.",
    ),
    (
        "MerkaDance buys a stake in Velora",
        "The platform MerkaDance said it had bought a stake in the insurer Velora. "
        "Its government licence is under review.",
    ),
    (
        "Straßenbahn in Zürich steht still",
        "Die Straßenbahn fuhr am Montag nicht. Der Streik dauerte bis zum Abend.",
    ),
    (
        "Harbour budget",
        "The harbour council met in New Brixham. A parliamentary inquiry into the "
        "insurance of ferries begins in spring. No strike was mentioned.",
    ),
    ("Ελλάδα και τα λιμάνια", "Η απεργία στα λιμάνια της Ελλάδας συνεχίζεται."),
    ("東京の港", "東京タワーの近くで港湾労働者がストライキを始めた。"),
    (
        "Łódź opens a tram line",
        "The mayor of Łódź opened a tram line in Ørsted street.",
    ),
    ("Hidden", "This hidden document also mentions the strike and MerkaDance."),
)
HIDDEN = 8


def make(
    texts: Sequence[tuple[str, str]] = TEXTS, *, hidden: Sequence[int] = (HIDDEN,)
) -> sqlite3.Connection:
    """A library in memory with these documents, numbered from 1."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(connection)
    seen.install(connection, "tester")
    add(connection, texts)
    for document in hidden:
        connection.execute(
            "UPDATE documents SET removed = '2026-02-01T00:00:00Z' WHERE id = ?",
            [document],
        )
    return connection


def add(connection: sqlite3.Connection, texts: Sequence[tuple[str, str]]) -> None:
    """Add documents as the store does: rows, then their index."""
    first = connection.execute("SELECT coalesce(max(id), 0) FROM documents")
    number = first.fetchone()[0] + 1
    rows = [(n, title, text) for n, (title, text) in enumerate(texts, number)]
    connection.executemany(
        "INSERT INTO documents(id, guid, identity, title, source, published, words,"
        " added, text_sha256, text) VALUES (?1, 'g' || ?1, 'i' || ?1, ?2,"
        " 'Tidings', '2026-01-30T08:00:00Z', 1, '2026-01-31T00:00:00Z', '', ?3)",
        rows,
    )
    index.add_documents(connection, rows)


def add_names(connection: sqlite3.Connection) -> None:
    """Entities, tags and annotations over the documents."""
    connection.executescript("""
        INSERT INTO coders VALUES (1, 'c', 'ada', '2026-01-01T00:00:00Z');
        INSERT INTO entities(id, guid, name, type, documents, created, merged_into,
            state) VALUES
            (1, 'e1', 'MerkaDance', 'ORG', 12, '', NULL, 'accepted'),
            (2, 'e2', 'María Núñez', 'PER', 1, '', NULL, 'new'),
            (3, 'e3', 'Merka Dance', 'ORG', 1, '', 1, 'new'),
            (4, 'e4', 'Strike', 'ORG', 3, '', NULL, 'rejected');
        INSERT INTO aliases(entity, name, form, type) VALUES
            (1, 'MD Holding', 'md holding', 'ORG');
        INSERT INTO tags(id, guid, parent, name, folded, definition, created) VALUES
            (1, 't1', NULL, 'actors', 'actors', '', ''),
            (2, 't2', 1, 'unions', 'unions', 'Workers and their dockers unions', '');
        INSERT INTO annotations(id, guid, kind, document, start, "end", exact,
            revision, note, coder, created, modified, deleted) VALUES
            (1, 'a1', 'span', 1, 0, 5, 'Talks', 1, 'Who walked out first?', 1, '', '',
                NULL),
            (2, 'a2', 'span', 1, 0, 5, 'Talks', 1, 'walked away', 1, '', '', 'gone'),
            (3, 'a3', 'document', 8, NULL, NULL, '', 1, 'walked by', 1, '', '', NULL);
        INSERT INTO annotation_tags(guid, annotation, tag, coder, created) VALUES
            ('x', 1, 2, 1, '');
    """)
    for kind, rows in (
        ("entity", (1, 2, 3, 4)),
        ("tag", (1, 2)),
        ("annotation", (1, 2, 3)),
    ):
        index.refresh_names(connection, kind, rows)
