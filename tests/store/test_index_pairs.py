"""A library from before pairs of signs were held gets them bit by bit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
import search_library
import shelf

from store import care, migrations
from store.library import Library
from store.schema import FIRST_TABLES
from store.search import index, pairs, search

TEXTS = [(f"Title {n}", f"word{n} 北京{chr(0x4E00 + n)}市 the end") for n in range(30)]


@pytest.fixture
def old() -> sqlite3.Connection:
    """A library from before pairs of signs were held, brought up to date."""
    connection = search_library.make([], hidden=())
    for table in ("documents_grams", "names_grams"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DELETE FROM meta WHERE key IN ('grams_missing', ?)", [_NAMES])
    rows = [(n, title, text) for n, (title, text) in enumerate(TEXTS, 1)]
    connection.executemany(
        "INSERT INTO documents(id, guid, identity, title, words, added, text_sha256,"
        " text) VALUES (?1, ?1, ?1, ?2, 1, '', '', ?3)",
        rows,
    )
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
    connection.execute(
        "INSERT INTO entities(id, guid, name, type, created)"
        " VALUES (1, 'e', '北京市', 'LOC', '')"
    )
    connection.execute("INSERT INTO names_fts(rowid, body) VALUES (6, '北京市')")
    for statement in _statements_of_pairs():
        connection.execute(statement)
    return connection


_NAMES = index.NAMES_MISSING


def _statements_of_pairs() -> list[str]:
    from store.schema_search import UNSPACED

    assert "documents_fts" in FIRST_TABLES and "documents_grams" not in FIRST_TABLES
    return [one for one in migrations._statements(UNSPACED) if one]


def found(connection: sqlite3.Connection, typed: str) -> list[tuple[str, int]]:
    hits = search(connection, None, typed, limit=100)
    return [(hit.kind, hit.id) for hit in hits]


def test_an_old_library_finds_everything_and_gets_ready_bit_by_bit(
    old: sqlite3.Connection,
) -> None:
    everything = [("entity", 1), *(("document", n) for n in range(30, 0, -1))]
    assert pairs.missing(old) == 30
    assert found(old, "北京") == everything
    assert index.check(old) == []
    index.fill(old, 10)
    assert pairs.missing(old) == 20
    assert found(old, "北京") == everything
    index.remove_document(old, 5, *TEXTS[4])
    old.execute("UPDATE documents SET text = '重庆' WHERE id = 5")
    index.add_documents(old, [(5, "n", "重庆")])
    assert pairs.missing(old) == 0, "some are taken in when something is added"
    everything.remove(("document", 5))
    assert found(old, "北京") == everything
    assert found(old, "重庆") == [("document", 5)]


def test_a_check_says_what_is_not_ready_and_makes_it_so(
    make_library: Callable[..., Library],
) -> None:
    library = make_library()
    shelf.add_text(library, "在北京")
    writer = library.core.writer
    writer.run(lambda pen: pairs.empty(pen.connection))
    writer.run(lambda pen: pairs.set_missing(pen.connection, pairs.MISSING, 1))
    (note,) = [one for one in care.check(library.core) if "slow" in one.what]
    assert note.level == "note"
    (note,) = [one for one in care.check(library.core, repair=True) if one.mended]
    assert not any("slow" in one.what for one in care.check(library.core))
    assert shelf.index_problems(library) == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO documents_grams(documents_grams) VALUES ('delete-all')",
        "INSERT INTO documents_grams(rowid, grams) VALUES (9, '北京')",
        "INSERT INTO documents_grams(documents_grams, rowid, grams)"
        " VALUES ('delete', 1, '北京')",
        "DELETE FROM names_grams",
        "UPDATE names_grams SET grams = '上海'",
    ],
)
def test_what_is_not_as_it_should_be_is_found_and_mended(
    library: Library, statement: str
) -> None:
    document = shelf.add_text(library, "在北京的")
    shelf.name(library, document, "北京")
    library.core.writer.run(lambda pen: pen.connection.execute(statement))
    assert len(shelf.index_problems(library)) == 1
    care.check(library.core, repair=True)
    assert shelf.index_problems(library) == []
    assert {hit.kind for hit in search(library.core.reader, None, "北京")} == {
        *("document", "entity"),
    }
