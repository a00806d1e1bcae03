"""Words in context: which places are found, what stands around them, in what order."""

from __future__ import annotations

import re

import pytest
import shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from store import graphemes, kwic, place_sources, places, safe
from store.annotations import Passage
from store.document_rows import DocumentFilter
from store.errors import PostillaError, UsageError
from store.library import Library
from store.phrases import Phrase
from store.places import Place
from store.search.fold import WORD, fold

PORT = (
    "The port closed. New York's ports stayed open;\nthe New-York port reopened."
    "\n\nStrikers strike in the Straße of Łódź at a CAFÉ, m², æther."
)
TOKYO = "東京タワーの近くでAppleの株が上がった。東京 2026年。"
HINDI = "कि ताब और किताब। क त।"
THAI = "กำแพงเก่าในเมือง"
FAMILY = "The 👩‍👩‍👧 went. A 👧 stayed. e\u0301tude etude, naïve."


@pytest.fixture
def news(library: Library) -> Library:
    """Five documents, the newest first: port, Tokyo, Hindi, Thai, family."""
    for text, date, language in (
        (PORT, "2026-05-05", "en"),
        (TOKYO, "2026-05-04", "ja"),
        (HINDI, "2026-05-03", "hi"),
        (THAI, "2026-05-02", None),
        (FAMILY, None, "en"),
    ):
        shelf.add_text(library, text, published=date, language=language)
    return library


def found(
    library: Library, words: str, filters: DocumentFilter | None = None
) -> list[str]:
    """What is found, as it stands in the texts, in the order it is found."""
    out = []
    for page in places.find(library.core.reader, words, filters):
        for place in page.places:
            text = library.documents.text(place.document)
            out.append(text[place.start : place.end])
    return out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("port", ["port", "port"]),
        ("PORT", ["port", "port"]),
        ("cafe", ["CAFÉ"]),
        ("new york", ["New York", "New-York"]),
        ('"new york" port', ["New-York port"]),
        ("open the", ["open;\nthe"]),
        ("reopened strikers", []),  # a phrase ends with its paragraph
        ("port*", ["port", "ports", "port"]),
        ("strik*", ["Strikers", "strike"]),
        ('"strik*"', []),
        ("new yor* port", ["New-York port"]),
        ("ne* york", ["New York", "New-York"]),
        ("strasse", ["Straße"]),
        ("STRASSE", ["Straße"]),
        ("lodz", ["Łódź"]),
        ("aether", ["æther"]),
        ("m2", ["m²"]),
        ("東京", ["東京", "東京"]),
        ("京タワ", ["京タワ"]),
        ("apple", ["Apple"]),
        ("2026", ["2026"]),
        ("किताब", ["किताब"]),
        ("क त", ["क त"]),
        ("กำแพง", ["กำแพง"]),
        ("กำแพงเก", ["กำแพงเก่"]),
        ("ก", ["ก่"]),  # but not of กำ, which is one sign
        ("👧", ["👧"]),
        ("etude", ["e\u0301tude", "etude"]),
        ("naive", ["naïve"]),
        ("absent", []),
        ("/New.York/", ["New York", "New-York"]),
        ("/[Nn]ew york/", []),  # a capital letter: case counts
        ("/r?/", ["r"] * len(re.findall("(?i)r", PORT + TOKYO + FAMILY))),
        ("/👩/", ["👩‍👩‍👧", "👩‍👩‍👧"]),
    ],
)
def test_what_is_found(news: Library, words: str, expected: list[str]) -> None:
    assert found(news, words) == expected


HOSTILE = (
    *('") OR 1 --', 'a" OR "b', "title : port", "NEAR(port york)", "^port", "{text}"),
    *("port OR absent", "NOT port", "port AND port", "-port", "'; DROP TABLE x; --"),
)


@pytest.mark.parametrize("words", [*HOSTILE, "\0", "\ud800", "*", '"', '""', "***"])
def test_no_query_is_syntax(news: Library, words: str) -> None:
    try:
        assert all(fold(one) != "" for one in found(news, words))
    except UsageError as error:
        assert str(error).endswith(".")


def test_operators_are_words(news: Library) -> None:
    assert found(news, "port OR absent") == []
    shelf.add_text(news, "port or absent")
    assert found(news, "port OR absent") == ["port or absent"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "which words"),
        ("   ", "which words"),
        ("entity:", "which entity"),
        ("tag: ", "which tag"),
        ("/(/", "not a regular expression"),
        ("entity:Nobody", "no entity Nobody"),
        ("tag:no/such", "no tag no/such"),
    ],
)
def test_what_is_no_question_is_one_sentence(
    news: Library, words: str, reason: str
) -> None:
    with pytest.raises(PostillaError, match=reason):
        places.find(news.core.reader, words)
    assert "\n" not in (places.problem_with(words) or "")


def test_a_pattern_that_takes_too_long_is_given_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.add_text(library, "a" * 5000)
    monkeypatch.setattr(place_sources, "_SECONDS", 0.05)
    with pytest.raises(UsageError, match="takes too long"):
        found(library, "/(a|aa)+b/")


def test_mentions_of_an_entity_and_of_those_merged_into_it(news: Library) -> None:
    shelf.name(news, 1, "New York", "New-York")
    shelf.name(news, 5, "naïve")
    one, two = news.entities.find("New York"), news.entities.find("New-York")
    news.entities.merge(one, [two])
    assert found(news, "entity:New York") == ["New York", "New-York"]
    assert found(news, 'entity:"New York"') == ["New York", "New-York"]


def test_passages_that_bear_a_tag_or_one_below_it(news: Library) -> None:
    news.annotations.create(1, Passage(4, 8), tags=["place/sea"])
    news.annotations.create(1, Passage(4, 8), tags=["place"])
    news.annotations.create(2, Passage(0, 2), tags=["place"])
    news.annotations.create(3, tags=["place"])  # the whole document is no passage
    assert found(news, "tag:place") == ["port", "東京"]
    assert found(news, "tag:place/sea") == ["port"]
    news.annotations.delete([1, 2])
    assert found(news, "tag:place") == ["東京"]


def test_only_in_the_documents_of_a_filter(news: Library) -> None:
    assert found(news, "e*", DocumentFilter(language="ja")) == []
    assert found(news, "the", DocumentFilter(until="2026-05-04")) == []
    news.documents.remove([1])
    assert found(news, "port") == []


def test_newest_documents_come_first_and_undated_ones_last(library: Library) -> None:
    for date in ("2026-01-01", None, "2026-03-01", "2026-02-01"):
        shelf.add_text(library, "port", published=date)
    pages = places.find(library.core.reader, "port")
    assert [one.document for page in pages for one in page.places] == [3, 4, 1, 2]


@pytest.mark.parametrize("few", [0, 2000])
def test_pages_come_one_after_the_other_and_can_be_left(
    library: Library, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(places, "_FEW", few)
    monkeypatch.setattr(places, "_NEWEST", 8)
    shelf.add(library, *(shelf.incoming(f"port {n}") for n in range(40)))
    pages = places.find(library.core.reader, "port")
    first = next(pages)
    assert 0 < len(first.places) < 40
    assert first.looked == len(first.places)
    assert not first.is_last
    rest = list(pages)
    found = [one.document for page in (first, *rest) for one in page.places]
    assert found == list(range(40, 0, -1))
    assert (rest[-1].looked, rest[-1].of) == (40, 40)
    assert [page.is_last for page in rest] == [False] * (len(rest) - 1) + [True]


def test_as_many_documents_as_the_first_pages_hold(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_FEW", 0)
    monkeypatch.setattr(places, "_NEWEST", 8)
    shelf.add(library, *(shelf.incoming("port") for _ in range(8)))
    pages = list(places.find(library.core.reader, "port"))
    assert sum(len(page.places) for page in pages) == 8
    assert [page.is_last for page in pages] == [False] * (len(pages) - 1) + [True]


def test_no_more_are_taken_than_asked_for_and_it_is_said(library: Library) -> None:
    shelf.add(library, *(shelf.incoming("port port") for _ in range(20)))
    some, note = places.gather(places.find(library.core.reader, "port"), 5)
    assert len(some) == 5
    assert note.startswith("Only the first 5 places")
    every, note = places.gather(places.find(library.core.reader, "port"), 40)
    assert (len(every), note) == (40, "")


def test_a_scan_reads_the_newest_documents_and_says_so(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_READ", 2)
    monkeypatch.setattr(places, "_NEWEST", 1)
    pages = list(places.find(news.core.reader, "東京"))
    assert sum(len(page.places) for page in pages) == 2
    assert pages[-1].note.startswith("Only the newest 2 of 5 documents")
    assert not any(page.note for page in places.find(news.core.reader, "port"))


# Lines and their order -------------------------------------------------------


def test_a_line_is_the_text_as_it_stands(news: Library) -> None:
    text = news.documents.text(1)
    (page,) = places.find(news.core.reader, "reopened")
    (line,) = kwic.lines(news.core.reader, page.places, 10)
    assert line.match == "reopened"
    assert line.left == "York port "
    assert line.right == ".\n\nStriker"
    assert text[line.start - 10 : line.end + 10] == line.left + line.match + line.right


def test_contexts_never_cut_a_sign(news: Library) -> None:
    (page,) = places.find(news.core.reader, "went")
    for context in range(12):
        (line,) = kwic.lines(news.core.reader, page.places, context)
        text = news.documents.text(line.document)
        assert graphemes.is_border(text, line.start - len(line.left))
        assert graphemes.is_border(text, line.end + len(line.right))


LINES = ("b x one", "a x two", "Ä x. Three", "c X one", "東京x京都")


def ordered(library: Library, order: str, *, reverse: bool = False) -> list[str]:
    all_places, _ = places.gather(places.find(library.core.reader, "x"))
    *_, numbers = kwic.arranged(library.core.reader, all_places, order, reverse=reverse)
    assert numbers is not None
    return [line.left for line in kwic.pages(library.core.reader, all_places, numbers)]


def test_orders(library: Library) -> None:
    for number, text in enumerate(LINES, 1):
        shelf.add_text(library, text, published=f"2026-01-0{number}", language="ja")
    assert ordered(library, "date") == ["東京", "c ", "Ä ", "a ", "b "]
    assert ordered(library, "date", reverse=True) == ["b ", "a ", "Ä ", "c ", "東京"]
    assert ordered(library, "left") == ["Ä ", "a ", "b ", "c ", "東京"]
    assert ordered(library, "right") == ["c ", "b ", "Ä ", "a ", "東京"]
    assert ordered(library, "right", reverse=True)[:2] == ["東京", "a "]


def test_the_second_word_to_the_left_decides_between_equal_ones(
    library: Library,
) -> None:
    shelf.add_text(library, "in the x. At the x. By the x.")
    lefts = [left.split()[-2:] for left in ordered(library, "left")]
    assert lefts == [["At", "the"], ["By", "the"], ["in", "the"]]


def test_many_places_are_ordered_as_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kwic, "_RUN", 7)
    monkeypatch.setattr(kwic, "_SOME", 5)
    words = [f"w{(n * 37) % 100:02}" for n in range(100)]
    shelf.add_text(library, " ".join(f"{word} x." for word in words))
    lefts = [left.split()[-1] for left in ordered(library, "left")]
    assert lefts == sorted(words)


# Whatever the text -----------------------------------------------------------

SIGNS = st.sampled_from(
    [
        *("a", "b", "A", "B", " ", ".", "-", "_", "\n", "é", "e\u0301", "ß", "ﬁ", "Ł"),
        *("東", "京", "か", "กำ", "कि", "त", "👩‍👩‍👧", "👧", "🇮🇹", "²"),
        *("\u200d", "\ufe0f", "'", "\u0301"),
    ]
)


@settings(max_examples=150)
@given(st.lists(SIGNS, max_size=40).map("".join), st.data())
def test_places_hold_what_was_asked_for_whole_signs_only(
    text: str, data: st.DataObject
) -> None:
    query = data.draw(st.lists(SIGNS, min_size=1, max_size=4).map("".join))
    try:
        phrase = Phrase.of(query)
    except UsageError:
        return
    borders = {0, len(text)} | {one.end for one in safe.clusters(text)}
    before = 0
    for start, end in phrase.places_in(text):
        assert before <= start < end <= len(text)
        assert {start, end} <= borders
        same = "".join(WORD.findall(fold(text[start:end])))
        wanted = "".join(WORD.findall(fold(query.replace('"', " "))))
        assert same == wanted or not phrase.parts
        before = end


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(["port", "Port", "of", "Łódź", "été", "new"]), max_size=12
    ),
    st.sampled_from(["port", "of port", "lodz", "ete new", "new"]),
)
def test_every_place_is_found(words: list[str], query: str) -> None:
    text = ", ".join(words)
    wanted, folded = query.split(), [fold(word) for word in words]
    count, at = 0, 0
    while at < len(folded):
        is_here = folded[at : at + len(wanted)] == wanted
        count += is_here
        at += len(wanted) if is_here else 1
    assert len(list(Phrase.of(query).places_in(text))) == count


@settings(max_examples=100)
@given(st.lists(SIGNS, max_size=20).map("".join))
def test_borders_are_those_of_the_whole_text(text: str) -> None:
    borders = {0, len(text)} | {one.end for one in safe.clusters(text)}
    assert {at for at in range(len(text) + 1) if graphemes.is_border(text, at)} == (
        borders
    )


def test_very_many_places_are_a_sequence_of_places() -> None:
    some = places.Places([Place(1, 2, 3), Place(4, 5, 6)])
    assert list(some) == [Place(1, 2, 3), Place(4, 5, 6)]
    assert some[-1] == Place(4, 5, 6)
    assert list(some[:1]) == [Place(1, 2, 3)]
    assert list(some.documents) == [1, 4]
