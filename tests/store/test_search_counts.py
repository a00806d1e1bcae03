"""What stands beside the results of a search: counts, and filters to narrow by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import search_library

from store import counters
from store.document_filter import DocumentFilter
from store.search import counts, narrowing, search
from store.search.query import parse
from store.search.service import up_to_date


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    connection = search_library.make()
    connection.create_function("folded", 1, lambda name: str(name).casefold())
    search_library.add_names(connection)
    connection.executescript("""
        UPDATE documents SET source = 'The Pier', language = 'en' WHERE id IN (1, 2);
        UPDATE documents SET language = 'de', published = '2024-05' WHERE id = 3;
        INSERT INTO mentions(document, start, "end", surface, type, entity, extractor)
        SELECT d.value, e.value, e.value + 1, 'x', 'ORG', e.value, 'rules'
        FROM json_each('[1, 2, 3]') d, json_each('[1, 3, 4]') e;
        INSERT INTO mentions(document, start, "end", surface, type, entity, extractor,
            state) VALUES (1, 9, 10, 'x', 'PER', 2, 'rules', 'rejected'),
            (2, 9, 10, 'x', 'PER', 2, 'rules', 'new');
    """)
    counters.repair(connection)
    yield connection
    connection.close()


def test_counts_of_some_documents(connection: sqlite3.Connection) -> None:
    found = counts.facets(connection, [1, 2, 3, search_library.HIDDEN])
    assert found.types == (
        ("document", "documents", 3),
        ("entity", "entities", 2),
        ("annotation", "annotations", 2),
        ("tag", "tags", 2),
    )
    assert found.sources == (
        ('source:"The Pier"', "The Pier", 2),
        ("source:Tidings", "Tidings", 1),
    )
    assert found.languages == (("language:en", "en", 2), ("language:de", "de", 1))
    assert found.years == (
        ("since:2026 until:2026", "2026", 2),
        ("since:2024 until:2024", "2024", 1),
    )
    # One that was merged counts once, as what it was merged into; rejected ones not.
    assert found.entities == (
        ("entity:MerkaDance", "MerkaDance", 3),
        ('entity:"María Núñez"', "María Núñez", 1),
    )
    assert found.tags == (
        ("tag:actors", "actors", 1),
        ("tag:actors/unions", "actors/unions", 1),
    )


def test_each_count_is_what_its_filter_finds(connection: sqlite3.Connection) -> None:
    everything = counts.facets(connection, None)
    some = counts.facets(connection, range(1, 8))
    for facets in (everything, some):
        values = (*facets.sources, *facets.languages, *facets.years, *facets.tags)
        for typed, _, count in (*values, *some.entities):
            narrowed = narrowing.narrowed(connection, None, parse(typed))
            assert not narrowed.unknown
            found = narrowing.newest(connection, narrowed.within, 100)
            assert len(found) == count, typed


def test_counts_of_everything_in_a_filter(connection: sqlite3.Connection) -> None:
    pier = DocumentFilter(source="The Pier")
    found = counts.facets(connection, None, pier)
    assert found == counts.facets(connection, [1, 2])
    assert counts.facets(connection, []) == counts.Facets()


def test_counts_of_hits(connection: sqlite3.Connection) -> None:
    hits = search(connection, up_to_date(connection), "merkadance")
    found = counts.of_hits(connection, hits)
    assert found.types == (("document", "documents", 1), ("entity", "entities", 1))
    assert [value for value, _, _ in found.sources] == ['source:"The Pier"']
