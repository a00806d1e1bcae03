"""Frequent words among the few documents that a filter lets through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import search_library

from store.search import documents, few
from store.search.expansion import Choice
from store.search.query import parse
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary
from store.search.within import Known, Within

Library = tuple[sqlite3.Connection, Vocabulary]
COUNT = 3600
HIDDEN = 2400


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    texts = [
        (
            f"Hàrbour {number}" if number % 100 == 0 else f"Nothing {number}",
            "Quays" if number % 7 == 0 else "The harbours, and the Café.",
        )
        for number in range(1, COUNT + 1)
    ]
    connection = search_library.make(texts, hidden=(HIDDEN,))
    yield connection, up_to_date(connection)
    connection.close()


IDS = frozenset([*range(1, 20), 1400, HIDDEN, 2500, 3598, 3599])


def _found(library: Library, text: str) -> list[int]:
    connection, words = library
    known = Known(ids=IDS, without=frozenset([HIDDEN]))
    marks = ", ".join(map(str, sorted(IDS - {HIDDEN})))
    within = Within(f"d.id IN ({marks})", (), known)
    wanted = parse(text)
    return [one.id for one in documents.find(connection, words, wanted, within=within)]


@pytest.mark.parametrize(
    "text", ["harb", "harbour", "harbours", "the harb", "cafe", "the ca", "CAFÉ th"]
)
def test_looking_at_the_documents_finds_what_the_index_finds(
    library: Library, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []
    cost = few.cost

    def counting(*asked: object) -> float | None:
        spent = cost(*asked)  # type: ignore[arg-type]
        looked.extend([spent] if spent else [])
        return spent

    monkeypatch.setattr(few, "LOOK", 10)
    monkeypatch.setattr(few, "cost", counting)
    mine = _found(library, text)
    monkeypatch.setattr(few, "cost", lambda *_: None)
    assert mine == _found(library, text)
    assert looked or text == "harbour"
    assert HIDDEN not in mine


def test_titles_come_first_then_the_newest(library: Library) -> None:
    found = _found(library, "harb")
    assert found[:3] == [2500, 1400, 3599]
    assert found[3:5] == [19, 18]


def test_rare_words_are_left_to_the_index(library: Library) -> None:
    _, words = library
    known = Known(ids=frozenset(range(1, 300)))
    within = Within("1", (), known)
    choice = Choice('"quays"', ("quays",), 0.0, 3, True)
    assert few.cost(within, [choice], words.documents, 50) is None
    assert few.cost(Within(), [choice], words.documents, 50) is None
