"""Searching inside filters, typed in the query or chosen in a list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import search_library
from hypothesis import given, settings
from hypothesis import strategies as st

from store import counters
from store.document_filter import DocumentFilter
from store.errors import NotFound
from store.search import narrowing, search
from store.search.completion import complete
from store.search.query import FILTERS, Filter, parse
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Sieve, Within, visible

Library = tuple[sqlite3.Connection, Vocabulary]

FACTS = {
    1: ("The Pier", "en", "2026-01-30"),
    2: ("The Pier", "en", "2025-06-01"),
    3: ("Tageblatt Süd", "de", "2026-02-10T09:00:00Z"),
    4: ("Weather Post", "en-GB", None),
    7: ("Harbour Post", "en", "2024"),
}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    connection = search_library.make()
    connection.create_function("folded", 1, lambda name: str(name).casefold())
    search_library.add_names(connection)
    for row, facts in FACTS.items():
        connection.execute(
            "UPDATE documents SET source = ?, language = ?, published = ? WHERE id = ?",
            [*facts, row],
        )
    mentions = [(2, 1), (4, 3), (1, 2), (8, 1)]
    connection.executemany(
        'INSERT INTO mentions(document, start, "end", surface, type, entity, extractor)'
        " VALUES (?, 0, 1, 'x', 'ORG', ?, 'rules')",
        mentions,
    )
    connection.execute(
        "INSERT INTO collections(id, guid, name, created) VALUES (1, 'c', 'Röhre', '')"
    )
    connection.execute(
        "INSERT INTO collection_documents(collection, document) VALUES (1, 3), (1, 4)"
    )
    counters.repair(connection)
    yield connection, up_to_date(connection)
    connection.close()


def ids(library: Library, text: str, **how: object) -> list[int]:
    hits = search(*library, text, kinds=("document",), **how)  # type: ignore[arg-type]
    return [hit.id for hit in hits]


# What is a filter ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("source:pier strike", [Filter("source", "pier")], ["strike"]),
        ('Entity:"Ada  Lo" x', [Filter("entity", "Ada Lo")], ["x"]),
        ("-tag:a/b x", [Filter("tag", "a/b", is_not=True)], ["x"]),
        ("x since:2026-01", [Filter("since", "2026-01", is_open=True)], ["x"]),
        ('x title:"two', [Filter("title", "two", is_open=True)], ["x"]),
    ],
)
def test_a_filter_is_understood(
    text: str, filters: list[Filter], words: list[str]
) -> None:
    query = parse(text)
    assert list(query.filters) == filters
    assert [word.key for word in query.words] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("col:x", ["col", "x"]),
        ("http://sou.rce/x", ["http", "sou", "rce", "x"]),
        ("12:30", ["12", "30"]),
        ("title:", ["title"]),
        ("title: harbour", ["title", "harbour"]),
        ("title:!", ["title"]),
        ("subtitle:x", ["subtitle", "x"]),
        ("strike source:", ["strike"]),
        ('strike source:"', ["strike"]),
    ],
)
def test_what_is_no_filter_is_text(text: str, words: list[str]) -> None:
    query = parse(text)
    assert not query.filters
    assert [word.key for word in query.words] == words


def test_a_phrase_keeps_what_looks_like_a_filter() -> None:
    assert parse('"see source:pier here"').phrases == ("see source:pier here",)


# What it finds ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("source:pier", [1, 2]),
        ("SOURCE:PIER strike", [1]),
        ("source:sud", [3]),  # a part, without its accent
        ("source:post", [7, 4]),  # several sources have it
        ("source:pier source:sud streik", [3]),
        ("language:en", [1, 2, 7, 4]),
        ("language:de strike", [3]),  # the nearest there
        ("since:2026-02", [3]),
        ("until:2024", [7]),
        ("since:2025 until:2025", [2]),
        ("-since:2026 strike", [4]),
        ('entity:"Merka Dance"', [2, 4]),  # merged
        ("entity:merkadance", [2, 4]),
        ('entity:"md holding"', [2, 4]),  # an alias
        ("entity:nunez", [1]),
        ("-entity:nunez strike", [4]),
        ("tag:unions", [1]),
        ("tag:ACTORS", [1]),  # and below
        ("tag:actors/unions strike", [1]),
        ("collection:rohre", [3, 4]),
        ("collection:rohre strike", [4]),
        ("-collection:rohre strike", [1]),
        ("title:strike", [1]),
        ("title:strkie", [1]),
        ('title:"harbour budget"', [4]),
        ("title:harb", [4]),
        ("title:lodz tram", [7]),
        ("title:東京", [6]),
        ("source:pier -stake", [1]),
        ("language:en -strike", [2, 7]),
        ("source:pier language:de", []),
        ("entity:nunez tag:unions since:2026 title:dockers strike", [1]),
    ],
)
def test_filters_narrow(library: Library, text: str, found: list[int]) -> None:
    assert ids(library, text) == found


@pytest.mark.parametrize(
    ("typed", "counts_as"),
    [("since:202", ""), ("since:2026-", "since:2026"), ("since:2026-0", "since:2026")],
)
def test_a_date_that_is_being_typed(
    library: Library, typed: str, counts_as: str
) -> None:
    assert ids(library, f"strike {typed}") == ids(library, f"strike {counts_as}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("source:nowhere strike", "There is not a source nowhere."),
        ("entity:merkadanse x", "Did you mean: MerkaDance?"),
        ("since:yesterday", "yesterday is no date"),
        ("tag:zzz", "There is not a tag zzz."),
        ("language:xx", "There is not a language xx."),
        ("collection:none", "There is not a collection none."),
        ("title:qqqqqq strike", "No title has qqqqqq."),
    ],
)
def test_a_filter_that_means_nothing_says_so(
    library: Library, text: str, reason: str
) -> None:
    assert search(*library, text) == []
    (sentence,) = narrowing.unknown(*library, text)
    assert reason in sentence


def test_excluding_what_is_not_there_excludes_nothing(library: Library) -> None:
    assert ids(library, "strike -source:nowhere") == ids(library, "strike")


def test_inside_the_filter_that_is_on(library: Library) -> None:
    pier = DocumentFilter(source="The Pier")
    assert ids(library, "strike", within=pier) == [1]
    assert ids(library, "", within=pier) == [1, 2]
    assert ids(library, "since:2026", within=pier) == [1]
    assert ids(library, r"str\w+e", within=pier, regex=True) == [1]
    starred = DocumentFilter(starred=True)
    assert ids(library, "strike", within=starred) == []
    with pytest.raises(NotFound):
        search(*library, "strike", within=DocumentFilter(collection="gone"))


def test_names_belong_to_the_documents(library: Library) -> None:
    def kinds(text: str) -> list[tuple[str, int]]:
        named = ("entity", "tag", "annotation")
        return [(hit.kind, hit.id) for hit in search(*library, text, kinds=named)]

    assert ("entity", 1) in kinds("merkadance source:pier")
    assert ("entity", 1) not in kinds("merkadance since:2026")
    assert ("entity", 1) in kinds("mercadanse title:harbour")  # by one merged into it
    assert ("annotation", 1) in kinds("walked source:pier")
    assert kinds("walked language:de") == []
    assert ("tag", 1) in kinds("actors source:pier")
    assert kinds("actors language:de") == []
    assert kinds("source:pier") == []


def test_hidden_documents_stay_hidden(library: Library) -> None:
    for text in ("entity:merkadance", "title:hidden", "-source:pier", "-strike x"):
        assert search_library.HIDDEN not in ids(library, text)


# Why -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "reasons"),
    [
        ("strike terminal", "document", ["exact", "exact"]),
        ("goverment", "document", ["near: goverment→government"]),
        ("parliam", "document", ["beginning: parliam→parliamentary"]),
        ("newbrixham", "document", ["split: newbrixham→New Brixham"]),
        ('"third week"', "document", ["exact"]),
        ("merka dance bought", "document", ["joined: merka dance→MerkaDance", "exact"]),
        ("東京", "document", ["exact"]),
        ("merkadance", "entity", ["exact"]),
        ("md holding", "entity", ["alias: md holding→MD Holding"]),
        ("mercadance", "entity", ["near: mercadance→MerkaDance"]),
        ("maria", "entity", ["beginning: maria→María Núñez"]),
        ("unions", "tag", ["exact"]),
        ("walked out", "annotation", ["exact"]),
    ],
)
def test_a_hit_says_how_it_was_found(
    library: Library, typed: str, kind: str, reasons: list[str]
) -> None:
    hit = search(*library, typed, kinds=(kind,))[0]
    assert [str(reason) for reason in hit.reasons] == reasons


def test_a_bare_hit_has_reasons_and_no_context(library: Library) -> None:
    (hit,) = search(*library, "goverment", kinds=("document",), bare=True)
    assert hit.snippet == "" and hit.start is None
    assert [str(reason) for reason in hit.reasons] == ["near: goverment→government"]
    (hit,) = search(*library, r"thi\w+ week", regex=True)
    assert [str(reason) for reason in hit.reasons] == ["pattern"]


# Many documents --------------------------------------------------------------


@pytest.mark.parametrize("share", [1, 3, 20, 200])
def test_many_documents_are_sieved_like_few(share: int) -> None:
    texts = [("n", f"ferry {number % 7}") for number in range(6000)]
    connection = search_library.make(texts, hidden=(5, 5999))
    connection.execute("UPDATE documents SET source = 's' WHERE id % ? = 0", [share])
    counters.repair(connection)
    fits = [n for n in range(6000, 0, -1) if n % share == 0 and n not in (5, 5999)]
    order = "ORDER BY f.rowid DESC"
    wanted = [n for n in fits if (n - 1) % 7 == 3]
    listing = "SELECT id FROM documents WHERE removed IS NULL AND source = 's'"
    every = frozenset(row for (row,) in connection.execute(listing))
    narrow = narrowing.narrowed(connection, None, parse("source:s x")).within
    for within in (narrow, Within(narrow.condition, narrow.values)):
        assert list(visible(connection, within, '"ferry" AND "3"', order)) == wanted
        assert Sieve(connection, within).kept(range(1, 6001)) == every
        assert list(visible(connection, within, '"ferry"', order)) == fits
    assert narrowing.newest(connection, narrow, 10) == fits[:10]
    assert narrowing.newest(connection, EVERYWHERE, 3) == [6000, 5998, 5997]
    connection.close()


# Whatever is typed -----------------------------------------------------------

_PIECES = [f"{name}:" for name in FILTERS] + [
    *('"', " ", "-", "pier", "2026", "東京", "'; drop", "\0", "\ud800", "[b]", "🙂"),
    *("*", "(", ")", "/", "NEAR(", "a AND", "^x", "strike", "\n", "%", "x" * 300),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_no_filter_is_an_error(library: Library, typed: str) -> None:
    search(*library, typed)
    search(library[0], None, typed, exact=True, bare=True)
    narrowing.unknown(*library, typed)
    for cursor in (len(typed), len(typed) // 2):
        found = complete(library[0], typed, cursor)
        if found is not None:
            assert 0 <= found.start <= cursor <= found.end <= len(typed)


# Completion ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("ent", ["entity:"]),
        ("strike -so", ["-source:"]),
        ("source:", ['source:"The Pier"', "source:Tidings"]),
        ("source:post", ['source:"Harbour Post"', 'source:"Weather Post"']),
        ("language:e", ["language:en", "language:en-GB"]),
        ("since:", ["since:2026", "since:2025", "since:2024"]),
        ("since:2026-", ["since:2026-02", "since:2026-01"]),
        ("entity:mer", ["entity:MerkaDance"]),
        ("entity:hold", ["entity:MerkaDance"]),
        ('-entity:"nun', ['-entity:"María Núñez"']),
        ("tag:uni", ["tag:actors/unions"]),
        ("collection:r", ["collection:Röhre"]),
    ],
)
def test_completion(library: Library, text: str, options: list[str]) -> None:
    found = complete(library[0], text, len(text))
    assert found is not None
    assert [value for value, _, _ in found.options][: len(options)] == options
    assert (found.start, found.end) == (text.rfind(" ") + 1, len(text))


def test_what_is_completed_is_understood(library: Library) -> None:
    for name in ("source", "language", "since", "entity", "tag", "collection"):
        found = complete(library[0], f"{name}:", len(name) + 1)
        assert found is not None
        for value, _, _ in found.options:
            assert narrowing.unknown(*library, value) == ()


@pytest.mark.parametrize(
    "text", ["", "strike ", "e", "title:har", '"in a phrase ent', "source:zzz"]
)
def test_nothing_to_complete(library: Library, text: str) -> None:
    assert complete(library[0], text, len(text)) is None


def test_completing_replaces_the_whole_value(library: Library) -> None:
    text = 'source:"the pier" strike'
    found = complete(library[0], text, text.index("pier"))
    assert found is not None
    assert text[found.start : found.end] == 'source:"the pier"'
