"""What a person finds, whatever they type."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import search_library
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import UsageError
from store.model import Hit
from store.search import Cancelled, search
from store.search.fold import fold
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary

Library = tuple[sqlite3.Connection, Vocabulary]


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    connection = search_library.make()
    search_library.add_names(connection)
    yield connection, up_to_date(connection)
    connection.close()


def documents(library: Library, text: str, **how: bool) -> list[int]:
    hits = search(*library, text, kinds=("document",), **how)  # type: ignore[arg-type]
    return [hit.id for hit in hits]


def first(library: Library, text: str) -> Hit:
    return search(*library, text)[0]


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        ("strike terminal", 1),  # any order
        ("terminal strike", 1),
        ("TERMINAL", 1),
        ("nunez", 1),  # lost accents
        ("alcantara", 1),
        ("strassenbahn", 3),
        ("zurich", 3),
        ("lodz", 7),
        ("orsted", 7),
        ("ελλαδα", 5),
        ("goverment", 2),  # a letter lost
        ("governnment", 2),  # a letter doubled
        ("govenrment", 2),  # two letters swapped
        ("gouernment", 2),  # a wrong letter
        ("parlaimentry", 4),  # two slips
        ("kerkadance", 2),  # the first letter damaged
        ("kadance", 2),  # the head lost
        ("rkadance", 2),
        ("merka dance", 2),  # one word written as two
        ("newbrixham", 4),  # two words written as one
        ("new brixam", 4),
        ("harb0ur counc1l", 4),  # misread from paper
        ("parliam", 4),  # unfinished
        ("harbour parl", 4),
        ("parlaim", 4),  # unfinished and mistyped
        ('"third week"', 1),
        ('"THIRD  week', 1),  # the closing quotation mark forgotten
        ("strike -dockers", 4),
        ('strike -"third week"', 4),
        ("東京", 6),
        ("東京 ", 6),
        ("ストライキ", 6),
        ("it's under-review licence", 2),
    ],
)
def test_finds_in_spite_of(library: Library, typed: str, document: int) -> None:
    found = documents(library, typed)
    assert found[:1] == [document]


def test_exact_means_as_typed(library: Library) -> None:
    assert documents(library, "goverment", exact=True) == []
    assert documents(library, "parliam", exact=True) == []
    assert documents(library, "nunez", exact=True) == [1]
    assert documents(library, "ΕΛΛΆΔΑ", exact=True) == [5]


def test_what_was_typed_comes_before_corrections() -> None:
    texts = [("One", "the bride came"), ("Two", "the bridge came")]
    connection = search_library.make(texts, hidden=())
    library = connection, up_to_date(connection)
    assert documents(library, "bridge ") == [2, 1]
    assert documents(library, "bride ") == [1, 2]


def test_title_before_text() -> None:
    filler = "about the harbour and the weather of the day"
    texts = [("Weather", f"ferry {filler}"), ("A ferry", filler), ("Wind", filler)]
    connection = search_library.make(texts, hidden=())
    assert documents((connection, up_to_date(connection)), "ferry") == [2, 1]


def test_no_single_correction_fills_the_page() -> None:
    texts = [("n", "a tram in the street")] * 20 + [("n", "a trim in the street")]
    connection = search_library.make(texts, hidden=())
    assert 21 in documents((connection, up_to_date(connection)), "trem street")[:8]


def test_without_a_vocabulary_exact_words_and_beginnings(library: Library) -> None:
    connection = library[0]
    for typed in ("terminal", "termin", "strike termin", '"third week"', "東京"):
        assert search(connection, None, typed, kinds=("document",))
    assert search(connection, None, "terminla", kinds=("document",)) == []


def test_hidden_documents_are_never_shown(library: Library) -> None:
    for typed in ("strike", "hidden", "mentions", "hiden", "", '"hidden document"'):
        assert search_library.HIDDEN not in documents(library, typed)
    assert documents(library, "hidden document", regex=True) == []


def test_a_number_is_not_corrected() -> None:
    connection = search_library.make([("n", "in 2025")], hidden=())
    assert documents((connection, up_to_date(connection)), "2026") == []


def test_newest_documents_for_nothing_typed(library: Library) -> None:
    assert documents(library, "  ") == [7, 6, 5, 4, 3, 2, 1]
    library[0].execute("UPDATE documents SET read = '2026-03-01' WHERE id = 3")
    assert documents(library, "") == [3, 7, 6, 5, 4, 2, 1]
    library[0].execute("UPDATE documents SET read = NULL")


def test_names_at_the_top(library: Library) -> None:
    hit = first(library, "merkadance")
    assert (hit.kind, hit.title, hit.score) == ("entity", "MerkaDance", 100)
    assert hit.detail == "ORG · 12 documents"
    assert hit.snippet == "MD Holding"
    assert first(library, "md holding").id == 1
    assert first(library, "maria nunez").title == "María Núñez"
    assert first(library, "nunez maria").title == "María Núñez"
    tag = first(library, "unions")
    assert (tag.kind, tag.title, tag.detail) == ("tag", "actors/unions", "1 annotation")


@pytest.mark.parametrize(
    "typed", ["maria nunes", "marai nunez", "mercadance", "unoins"]
)
def test_names_in_spite_of_slips(library: Library, typed: str) -> None:
    kinds = {hit.kind for hit in search(*library, typed, kinds=("entity", "tag"))}
    assert kinds
    assert search(*library, typed, kinds=("entity", "tag"), exact=True) == []


def test_merged_rejected_and_deleted_are_not_shown(library: Library) -> None:
    hits = search(*library, "merka dance", kinds=("entity",))
    assert 3 not in [hit.id for hit in hits]
    assert search(*library, "strike", kinds=("entity",)) == []
    hits = search(*library, "walked", kinds=("annotation",))
    assert [hit.id for hit in hits] == [1]


def test_an_annotation_says_where_it_is(library: Library) -> None:
    (hit,) = search(*library, "walked out", kinds=("annotation",))
    assert (hit.document, hit.start, hit.end) == (1, 0, 5)
    assert hit.detail == "Dockers in Lisbon extend their strike"
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["walked", "out"]


HOSTILE = [
    *'"*(){}[]^:+-~,.;\\/|&<>=!?%$#@`_',
    *("'", "''", '""', '"""', '" "', '"a', 'a"', "-", "--", '-"', "-a", '-"a"', "- -"),
    *("NEAR(", "NEAR(a b, 3)", "AND", "OR", "NOT", "AND OR NOT", "a AND", "NOT a"),
    *("title:", "title : a", "{title}: a", "rank MATCH x", "a*", "*a", "^a", "a^2"),
    *("'; drop table documents; --", "%s", "%", "_", "\\", "(((", ")))", "a) OR (b"),
    *("", " ", "\t\n", "\0", "a\0b", "\0" * 9, "\x1b]52;c;x\x07", "\u202e", "\u0301"),
    *(
        "🙂",
        "👩‍👩‍👧",
        "🇮🇹",
        "ﬁ",
        "½",
        "ⅷ",
        "İ",
        "ẞ",
        "\ud800",
        "हिन्दी",
        "ไทย",
        "한국어",
    ),
    *("a" * 5000, "a " * 3000, '"' * 3000, "-" * 3000, "(" * 3000, "東" * 3000),
    *(" ".join(map(str, range(400))), "e" * 47, "e" * 48, "e" * 49, "x\u0301" * 500),
]


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_is_an_error(library: Library, typed: str, exact: bool) -> None:
    search(*library, typed, exact=exact)
    search(library[0], None, typed, exact=exact)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_nothing_typed_is_an_error(library: Library, typed: str) -> None:
    search(*library, typed)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aéßıŁ e\u0301İﬁ東Σ\n½x-", max_size=30), min_size=1))
def test_marks_and_places_are_exact(words: list[str]) -> None:
    text = " ".join(words) + " straße end"
    connection = search_library.make([("t", text)], hidden=())
    vocabulary = up_to_date(connection)
    for typed in {*text.split(), "strasse"}:
        for hit in search(connection, vocabulary, typed, exact=True):
            if hit.start is not None and hit.end is not None:
                passage = text[hit.start : hit.end]
                shown = [hit.snippet[a:b] for a, b in hit.marks]
                assert fold(passage)
                assert shown[0].split() == passage.split()
                assert fold(passage).strip() in fold(typed)
    connection.close()


def test_regex_reads_the_texts(library: Library) -> None:
    hits = search(*library, r"third\s+w\w+", regex=True)
    assert [hit.id for hit in hits] == [1]
    text = search_library.TEXTS[0][1]
    assert text[hits[0].start : hits[0].end] == "third week"
    assert [hits[0].snippet[a:b] for a, b in hits[0].marks] == ["third week"]
    assert documents(library, "STRIKE", regex=True) == []
    assert documents(library, "talks", regex=True) == [1]
    assert documents(library, r"x*", regex=True) == []


@pytest.mark.parametrize("wrong", ["(", "[a", "*", "(?P<a", "a{99999999999}", "\\"])
def test_a_wrong_regex_is_one_sentence(library: Library, wrong: str) -> None:
    with pytest.raises(UsageError, match="not a regular expression"):
        search(*library, wrong, regex=True)


def test_an_unwanted_search_ends(library: Library) -> None:
    with pytest.raises(Cancelled):
        search(*library, "strike", cancelled=lambda: True)


def test_an_interrupted_search_ends() -> None:
    connection = search_library.make()
    vocabulary = up_to_date(connection)
    connection.set_progress_handler(lambda: 1, 1)
    with pytest.raises(Cancelled):
        search(connection, vocabulary, "strike")
