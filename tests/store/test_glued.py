"""Words of letters inside text without blanks are found as any others."""

from __future__ import annotations

import sqlite3

import pytest
from search_library import add, make

from store.search import search, service

TEXTS = (
    ("一", "中国MerkaDance公司宣布新产品。"),
    ("Rome", "MerkaDance bought a firm in Rome."),
    ("日", "日本のVELORA製品とOrstad社は高い。"),
    ("Slip", "Merkadanse is a slip."),
    ("Hidden", "中国MerkaDance公司"),
)


@pytest.fixture
def connection() -> sqlite3.Connection:
    return make(TEXTS, hidden=(5,))


def found(
    connection: sqlite3.Connection, text: str, *, exact: bool = False
) -> list[int]:
    words = service.up_to_date(connection)
    return [hit.id for hit in search(connection, words, text, exact=exact)]


def test_behind_what_stands_by_itself_and_before_corrections(
    connection: sqlite3.Connection,
) -> None:
    assert found(connection, "merkadance") == [2, 1, 4]
    assert found(connection, "merkadance", exact=True) == [2, 1]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("velora", [3]),
        ("velor", [3]),
        ("velora orstad", [3]),
        ("velora -orstad", []),
        ("orstad rome", []),
        ("rome merkadance", [2]),
        ("velora title:rome", []),
    ],
)
def test_with_other_words_and_filters(
    connection: sqlite3.Connection, text: str, ids: list[int]
) -> None:
    assert found(connection, text) == ids


def test_the_word_is_marked_where_it_is_glued(connection: sqlite3.Connection) -> None:
    words = service.up_to_date(connection)
    (hit,) = search(connection, words, "velora")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["VELORA"]


def test_what_comes_later_is_found_too(connection: sqlite3.Connection) -> None:
    add(connection, [("新", "上海Velora銀行")])
    assert found(connection, "velora") == [6, 3]
