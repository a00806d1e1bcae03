"""The words of a library in memory: complete, near ones found, kept up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import search_library
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from store import migrations
from store.search import index
from store.search.service import save, stored, up_to_date
from store.search.vocabulary import LONGEST_WORD, build, signature

WORDS = st.text(alphabet="abcdeéжя12ñ", min_size=1, max_size=9)
SIMPLE = st.text(alphabet="abcde1", min_size=1, max_size=9)


@settings(max_examples=150, deadline=None)
@given(st.sets(WORDS, min_size=1, max_size=30), WORDS, st.integers(1, 3))
def test_no_near_word_is_missed(words: set[str], typed: str, edits: int) -> None:
    vocabulary = build([(word, 1) for word in sorted(words)], 1, 1)
    expected = sorted(
        key for key in vocabulary.keys if OSA.distance(typed, key) <= edits
    )
    assert sorted(near.key for near in vocabulary.near(typed, edits)) == expected


@settings(max_examples=50, deadline=None)
@given(st.sets(st.text(min_size=1, max_size=60), max_size=20))
def test_every_word_is_found_by_its_folded_form(words: set[str]) -> None:
    vocabulary = build([(word, 2) for word in sorted(words)], 1, 1)
    assert vocabulary.keys == sorted(vocabulary.keys)
    assert all(len(key) <= LONGEST_WORD for key in vocabulary.keys)
    for at, key in enumerate(vocabulary.keys):
        assert at in vocabulary.places(key)
        assert vocabulary.term(at) in words


def test_signatures_of_one_word_and_of_many_agree() -> None:
    keys = sorted(["aab", "ba", "z9z9", "жжя", "a" * 48, "0123456789"])
    vocabulary = build([(key, 1) for key in keys], 1, 1)
    for key in vocabulary.keys:
        assert [near.key for near in vocabulary.near(key, 0)] == [key]
    assert signature("ab") == signature("ba") != signature("aab")


def test_beginnings_and_insides() -> None:
    rows = [("dance", 3), ("danced", 9), ("dancer", 5), ("merkadance", 1)]
    vocabulary = build(rows, 1, 9)
    assert [n.key for n in vocabulary.completions("dance")] == ["danced", "dancer"]
    assert [n.key for n in vocabulary.completions("dan", 2)] == ["danced", "dancer"]
    assert [n.key for n in vocabulary.containing("kadan")] == ["merkadance"]
    assert vocabulary.completions("x") == [] and vocabulary.containing("x") == []
    empty = build([], 1, 0)
    assert empty.near("a", 2) == [] and empty.completions("a") == []


@settings(max_examples=150, deadline=None)
@given(st.sets(SIMPLE, min_size=1, max_size=30), st.text("abcde1", min_size=2))
def test_no_beginning_with_one_slip_is_missed(words: set[str], typed: str) -> None:
    vocabulary = build([(word, 1) for word in sorted(words)], 1, 1)
    expected = {
        key[:size]
        for key in vocabulary.keys
        for size in (len(typed) - 1, len(typed), len(typed) + 1)
        if len(key) >= size and OSA.distance(typed, key[:size]) == 1
    }
    expected = {form for form in expected if not form.startswith(typed)}
    found = set(vocabulary.beginnings(typed))
    # A letter lost at the end says nothing of what follows the rest.
    assert expected - {typed[:-1]} <= found
    assert found <= expected | {typed[:-1]}


def test_many_words_with_one_beginning_are_searched_alike() -> None:
    words = sorted(f"stem{a}{b}{c}" for a in "abcde" for b in "fghij" for c in "klmno")
    vocabulary = build([(word, 1) for word in words], 1, 1)
    assert "stemaf" in vocabulary.beginnings("setmaf")
    assert "stema" in vocabulary.beginnings("sema")
    assert "stemafk" in vocabulary.beginnings("stemaqk")
    assert "stemaf" in vocabulary.beginnings("ztemaf")


def test_accents_are_two_ways_of_writing_one_word() -> None:
    connection = search_library.make([("n", "Łódź lodz straße strasse")], hidden=())
    vocabulary = up_to_date(connection)
    assert set(vocabulary.terms("lodz")) == {"lodz", "łodz"}
    assert set(vocabulary.terms("strasse")) == {"strasse", "straße"}


def same_words(one: sqlite3.Connection, generation: int) -> dict[str, int]:
    vocabulary = up_to_date(one)
    assert vocabulary.generation == generation
    return {
        vocabulary.term(at): int(vocabulary.counts[at])
        for at in range(len(vocabulary.keys))
    }


def test_few_new_documents_are_added_without_reading_all() -> None:
    connection = search_library.make()
    known = up_to_date(connection)
    search_library.add(connection, [("Neu", "quay Straße terminal ёлка zebra")])
    renewed = up_to_date(connection, known)
    assert renewed.count("quay") == 1
    assert renewed.count("terminal") == known.count("terminal") + 1
    expected = same_words(connection, index.generation(connection))
    assert {
        renewed.term(at): int(renewed.counts[at]) for at in range(len(renewed.keys))
    } == expected
    assert up_to_date(connection, renewed) is renewed


def test_many_new_documents_make_it_read_all() -> None:
    connection = search_library.make()
    known = up_to_date(connection)
    search_library.add(connection, [("n", "quay")] * (index.MOST_RECENT + 1))
    assert up_to_date(connection, known).count("quay") == index.MOST_RECENT + 1


def test_stored_and_read_back() -> None:
    connection = search_library.make()
    assert stored(connection) is None
    vocabulary = up_to_date(connection)
    save(connection, vocabulary)
    again = stored(connection)
    assert again is not None
    assert again.keys == vocabulary.keys
    assert again.variants == vocabulary.variants
    assert again.counts.tolist() == vocabulary.counts.tolist()
    assert (again.generation, again.documents) == (vocabulary.generation, 8)


def test_a_damaged_store_is_read_anew() -> None:
    connection = search_library.make()
    generation = index.generation(connection)
    for terms, counts in ((b"\xff", b"\0" * 8), (b"a", b"\0"), (b"a\nb", b"\0" * 8)):
        connection.execute(
            "INSERT OR REPLACE INTO vocabulary VALUES (1, ?, ?, ?)",
            [generation, terms, counts],
        )
        assert up_to_date(connection).count("terminal")


def test_a_connection_that_may_only_read_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = sqlite3.connect(path, isolation_level=None)
    migrations.apply(writer)
    search_library.add(writer, search_library.TEXTS)

    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("PRAGMA query_only = ON")
    assert up_to_date(reader).count("terminal") == 1
    assert reader.execute("PRAGMA query_only").fetchone() == (1,)
    writer.close()
    reader.close()
