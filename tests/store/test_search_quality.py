"""How often a person finds what they look for, whatever happened to their words.

A small corpus of invented words with known answers: each document is about a few
rare words among frequent ones. The words are damaged as fingers, ears and scanners
damage them; what is asserted is how often the document is on the first page.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator

import pytest
import search_library

from store.search import documents
from store.search.query import parse
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary

DOCUMENTS = 400
FIRST_PAGE = 10

_SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"] + ["str", "nd", "sch"]
_FREQUENT = [f"common{letter}" for letter in "abcdefghij"]

Corpus = tuple[sqlite3.Connection, Vocabulary, list[tuple[str, str]]]


def _word(dice: random.Random, syllables: int) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(syllables))


@pytest.fixture(scope="module")
def corpus() -> Iterator[Corpus]:
    dice = random.Random(20)
    texts, pairs = [], []
    for _ in range(DOCUMENTS):
        rare = [_word(dice, dice.choice((3, 4, 5))) for _ in range(12)]
        pairs.append((rare[0], rare[1]))
        texts.append((rare[2], " ".join(rare + dice.choices(_FREQUENT, k=20))))
    connection = search_library.make(texts, hidden=())
    yield connection, up_to_date(connection), pairs
    connection.close()


def found(corpus: Corpus, text: str) -> list[int]:
    connection, vocabulary, _ = corpus
    rows = documents.find(connection, vocabulary, parse(text), limit=FIRST_PAGE)
    return [row.id for row in rows]


def swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def another(word: str, at: int) -> str:
    return word[:at] + ("q" if word[at] != "q" else "x") + word[at + 1 :]


Damage = Callable[[str, int], str]


@pytest.mark.parametrize(
    ("damage", "least"),
    [(swapped, 0.97), (dropped, 0.95), (doubled, 0.97), (another, 0.95)],
)
def test_a_slip_in_a_word(corpus: Corpus, damage: Damage, least: float) -> None:
    dice = random.Random(1)
    hits = 0
    for number, (word, _) in enumerate(corpus[2][:150], 1):
        at = dice.randrange(1, len(word) - 1)
        hits += number in found(corpus, damage(word, at))
    assert hits / 150 >= least


def test_the_first_letter_damaged(corpus: Corpus) -> None:
    pairs = corpus[2][:150]
    hits = sum(
        number in found(corpus, another(word, 0))
        for number, (word, _) in enumerate(pairs, 1)
    )
    assert hits / 150 >= 0.95


def test_two_words_of_which_each_has_a_slip(corpus: Corpus) -> None:
    pairs = corpus[2][:100]
    hits = sum(
        number in found(corpus, f"{dropped(one, 2)} {swapped(two, 1)}")
        for number, (one, two) in enumerate(pairs, 1)
    )
    assert hits / 100 >= 0.95


def test_the_second_word_unfinished_and_with_a_slip(corpus: Corpus) -> None:
    pairs = [p for p in enumerate(corpus[2], 1) if len(p[1][1]) > 7][:100]
    hits = sum(
        number in found(corpus, f"{one} {another(two, 3)[:-2]}")
        for number, (one, two) in pairs
    )
    assert hits / len(pairs) >= 0.95


def test_two_words_glued_though_apart_in_the_text(corpus: Corpus) -> None:
    pairs = corpus[2][:60]
    hits = sum(
        number in found(corpus, two + one) for number, (one, two) in enumerate(pairs, 1)
    )
    assert hits / 60 >= 0.95


def test_every_word_as_it_is_and_every_beginning(corpus: Corpus) -> None:
    for number, (one, two) in enumerate(corpus[2][:150], 1):
        assert number in found(corpus, one)
        assert number in found(corpus, f"{two} {one}")
        assert number in found(corpus, one[:-1])


def test_a_word_just_begun_does_not_empty_the_page(corpus: Corpus) -> None:
    word = corpus[2][0][0]
    for begun in ("q", "qx", "c"):
        assert 1 in found(corpus, f"{word} {begun}")
    assert found(corpus, f"{word} qx ") == []  # the blank: the word is finished


def library(*texts: str) -> Corpus:
    rows = [("n", text) for text in texts]
    connection = search_library.make(rows, hidden=())
    return connection, up_to_date(connection), []


def test_letters_that_changed_places_before_other_letters() -> None:
    small = library("a tirade", "a tirada", "a traide")
    assert found(small, "triade ")[0] != 2
    assert found(library("the spiffa", "the spifa"), "spifaa ")[0] == 2


def test_few_words_that_begin_so_do_not_hide_a_correction() -> None:
    small = library(*["the harborside"] * 5, "the harbour")
    assert set(found(small, "harbor")) == {1, 2, 3, 4, 5, 6}
    many = library(*["the harborside"] * 30, "the harbour")
    assert 31 not in found(many, "harbor")


def test_one_word_written_as_two_that_are_no_words() -> None:
    assert found(library("pal par", "paypal went", "par pal"), "pay pal")[0] == 2


def test_titles_first_where_too_many_match_to_be_ranked() -> None:
    rows = [("n", "the ferry left")] * 4000
    rows[7] = ("a ferry", "it left")
    connection = search_library.make(rows, hidden=())
    vocabulary = up_to_date(connection)
    for typed in ("ferry left", '"ferry"'):
        found = documents.find(connection, vocabulary, parse(typed), limit=3)
        assert [row.id for row in found] == [8, 4000, 3999]
    connection.close()


@pytest.fixture
def asked(corpus: Corpus) -> Iterator[list[str]]:
    """What the index was asked for."""
    statements: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith("--"):  # what the index itself asks of its tables
            statements.append(statement)

    corpus[0].set_trace_callback(note)
    yield statements
    corpus[0].set_trace_callback(None)


def test_nothing_is_asked_any_more_once_nobody_waits(
    corpus: Corpus, asked: list[str]
) -> None:
    connection, vocabulary, pairs = corpus
    query = parse(f"{another(pairs[0][0], 2)} {another(pairs[1][1], 2)} commonn")
    documents.find(connection, vocabulary, query)
    assert len(asked) > 4
    asked.clear()
    documents.find(connection, vocabulary, query, cancelled=lambda: len(asked) >= 2)
    assert len(asked) == 2


def test_words_are_not_looked_up_for_nobody(corpus: Corpus) -> None:
    connection, vocabulary, pairs = corpus
    query = parse(another(pairs[0][0], 2))
    assert documents.find(connection, vocabulary, query, cancelled=lambda: True) == []


def test_no_query_of_the_index_is_made_twice(corpus: Corpus, asked: list[str]) -> None:
    connection, vocabulary, pairs = corpus
    query = parse(f"{another(pairs[0][0], 2)} {pairs[1][1]} ")
    documents.find(connection, vocabulary, query)
    assert asked
    assert len(asked) == len(set(asked))
