"""Whatever is typed gives an answer or an empty list, and never an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import search_library
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.errors import UsageError
from store.model import Hit
from store.search import search
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary

Library = tuple[sqlite3.Connection, Vocabulary]

HOSTILE = (
    '"',
    '""',
    '"""',
    "*",
    "**",
    "a*",
    "^x",
    "NEAR(a b)",
    "NEAR(",
    "NEAR(a b, 2)",
    "a AND",
    "AND",
    "OR NOT",
    "a OR",
    "NOT a",
    "(",
    ")",
    "(a",
    "col:x",
    "title:",
    "title : x",
    "{title text} : x",
    "- title : x",
    "a + b",
    "-",
    "--",
    "- -",
    '-"',
    '-""',
    "-strike",
    "'; drop table",
    "'; DROP TABLE documents; --",
    "'",
    "\\",
    "%",
    "_",
    "?",
    ":a",
    "@a",
    "$a",
    "a" * 10_000,
    "a " * 5_000,
    "中" * 10_000,
    "中国 " * 3_000,
    '"' * 10_000,
    "(" * 10_000,
    "-a " * 3_000,
    "\0",
    "strike\0terminal",
    "\ud800",
    "\udfffstrike",
    "[b]",
    "[/b]",
    "[@click=app.quit]",
    "🙂",
    "🙂 strike",
    "👨‍👩‍👧",
    "中国",
    "中",
    "中国 -中",
    "-中国",
    '"中国',
    '"中国 "strike"',
    "¦中",
    "中¦国",
    "أخبار",
    "مُحَمَّد",
    "שָׁלוֹם",
    "ไ",
    "ก็",
    "हि",
    "्",
    "가",
    "ᄀ",
    "e\u0301" * 500,
    "\u0301",
    "a",
    "Z",
    "1",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\U000e0100",
    "\x1b[31m",
    "\t",
    "\n",
    "\u3000",
    "strike\nterminal",
    "http://example.org/?a=b&c=d",
    "12:30",
    "since:",
    "since:never",
    "-since:2026",
    "tag:a/b/c",
    'entity:"',
    "collection:*",
    "language:中",
    "title:中",
    'title:"中 国"',
    "ǅ",
    "İ",
    "ﬁ",
    "½",
)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    connection = search_library.make(
        [*search_library.TEXTS, ("Odd", "中国 🙂 a¦b ไทย हिन्दी 가나다 مُحَمَّد x\ufffdy")]
    )
    search_library.add_names(connection)
    yield connection, up_to_date(connection)
    connection.close()


def check(library: Library, typed: str) -> list[Hit]:
    """Ask in every way; returns what the usual way gives."""
    connection, words = library
    usual = search(connection, words, typed)
    for known, exact in ((words, True), (None, True), (None, False)):
        for hit in search(connection, known, typed, exact=exact):
            assert hit.title
    for hit in usual:
        assert hit.kind in {"document", "entity", "annotation", "tag"}
        assert hit.id != search_library.HIDDEN or hit.kind != "document"
        assert all(0 <= a < b <= len(hit.snippet) for a, b in hit.marks)
    try:
        search(connection, words, typed, regex=True)
    except UsageError as error:
        assert str(error).strip()
    return usual


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
def test_what_is_hostile_is_text(library: Library, typed: str) -> None:
    check(library, typed)
    assert search(*library, "strike"), "and the library is as it was"


signs = st.text(
    alphabet="ab 中国ไहि가é🙂\"'-*^():,.+{}[]\\¦\0\ud800\u0301\u200dANDORNEARtitle",
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(signs, st.text(max_size=30), st.text(max_size=300)))
@example("title:\U00011066")
def test_any_text_has_an_answer(library: Library, typed: str) -> None:
    check(library, typed)


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        ("strike*", 1),
        ("(strike)", 1),
        ("^third", 1),
        ("'third' ; week", 1),
        ("third\0week", 1),
        ("\ud800third week", 1),
        ("[third]", 1),
        ("🙂", 9),
        ("中国", 9),
        ("中", 9),
        ('"中国 🙂"', 9),
        ("ไ", 9),
        ("가", 9),
        ("हिन्", 9),
    ],
)
def test_what_is_meant_is_found(library: Library, typed: str, document: int) -> None:
    found = [hit.document for hit in check(library, typed) if hit.kind == "document"]
    assert document in found
