"""The parts of the search: folding, queries, snippets, upkeep of the index."""

from __future__ import annotations

import pytest
import search_library
from hypothesis import given, settings
from hypothesis import strategies as st

from store.search import index
from store.search.fold import Folded, find, fold, tokens
from store.search.query import Query, parse
from store.search.snippets import snippet


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Núñez", "nunez"),
        ("nu\u0301n\u0303ez", "nunez"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ΕΛΛΆΣ", "ελλασ"),
        ("Ёлка", "елка"),
        ("ＡＢＣ", "abc"),
        ("ﬁne", "fine"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="aéßıe\u0301İﬁΣ½x- ", max_size=60))
def test_tokens_stand_where_they_say(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert fold(text[token.start : token.end]) == token.key
        last = token.end


def test_a_match_has_its_marks() -> None:
    text = "le cafe\u0301 noir"
    (place,) = find(Folded.of(text), "cafe")
    assert text[place.start : place.end] == "cafe\u0301"
    assert find(Folded.of("cafeteria"), "cafe") == []
    assert len(find(Folded.of("New-York, new\nyork"), "new york")) == 2


def keys(query: Query) -> list[str]:
    return [word.key for word in query.words]


def test_parse() -> None:
    query = parse('Núñez "Third Week" -ferry -"old port" harb')
    assert keys(query) == ["nunez", "harb"]
    assert query.phrases == ("Third Week",)
    assert query.without == ("-ferry", "old port")
    assert query.is_open
    assert not parse("harb ").is_open
    assert not parse('harb "x"').is_open
    assert keys(parse("well-known AND co.uk")) == ["well", "known", "and", "co", "uk"]
    assert keys(parse("-10")) == ["10"]
    assert keys(parse("one two one")) == ["two", "one"]
    assert parse("東京 tower").inside == ("東京",)
    assert parse("🙂").inside == ("🙂",)
    assert parse("   ").is_empty


def test_snippet_is_one_line_of_whole_words() -> None:
    text = "word " * 50 + "the harbour\n\n strike " + "ended here " * 40
    found = snippet(text, [["strike"]])
    assert "\n" not in found.text
    assert "the harbour strike ended" in found.text
    assert found.text.startswith("…word") and found.text.endswith("…")
    assert 60 <= len(found.text) <= 100
    assert [found.text[a:b] for a, b in found.marks] == ["strike"]
    assert text[found.start : found.end] == "strike"


def test_snippet_prefers_where_the_words_stand_together() -> None:
    text = (
        "A strike. " + "Nothing. " * 40 + "The harbour strike began. " + "Rest. " * 40
    )
    found = snippet(text, [["strike"], ["harbour"]])
    assert [found.text[a:b] for a, b in found.marks] == ["harbour", "strike"]
    assert text[found.start : found.end] == "harbour"


def test_snippet_without_a_match_is_the_beginning() -> None:
    found = snippet("  Some words. " * 30, [["absent"]])
    assert found.text.startswith("Some words.") and found.text.endswith("…")
    assert found.start is None and found.marks == ()
    assert snippet("", [["a"]]).text == ""


def test_snippet_of_one_endless_word() -> None:
    found = snippet("x" * 5000 + " y", [["y"]])
    assert [found.text[a:b] for a, b in found.marks] == ["y"]
    assert len(snippet("x" * 5000, []).text) <= 100


def test_snippet_far_into_a_long_text() -> None:
    text = "é words " * 30_000 + "harbour"
    found = snippet(text, [["harbour"]])
    assert text[found.start : found.end] == "harbour"


def test_index_is_sound_and_says_so_when_not() -> None:
    connection = search_library.make()
    search_library.add_names(connection)
    assert index.check(connection) == []
    connection.execute("UPDATE documents SET text = 'other words' WHERE id = 1")
    index.drop_name(connection, "entity", 1)
    connection.execute("UPDATE entities SET merged_into = 1 WHERE id = 2")
    findings = index.check(connection)
    assert len(findings) == 3
    index.rebuild(connection)
    assert index.check(connection) == []


def test_changing_and_removing_a_document_keeps_the_index_sound() -> None:
    connection = search_library.make()
    title, text = search_library.TEXTS[0]
    before = index.generation(connection)
    index.remove_document(connection, 1, title, text)
    connection.execute("UPDATE documents SET text = 'a quay' WHERE id = 1")
    index.add_documents(connection, [(1, title, "a quay")])
    title, text = search_library.TEXTS[1]
    index.remove_document(connection, 2, title, text)
    connection.execute("DELETE FROM documents WHERE id = 2")
    assert index.check(connection) == []
    assert index.generation(connection) == before + 3
    assert index.added_since(connection, before) == [1]


def test_many_new_documents_are_not_remembered_one_by_one() -> None:
    connection = search_library.make()
    before = index.generation(connection)
    texts = [("n", "text")] * (index.MOST_RECENT + 1)
    search_library.add(connection, texts)
    assert index.added_since(connection, before) is None
    assert index.added_since(connection, index.generation(connection)) == []
