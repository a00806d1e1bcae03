"""Long lists: pages in every order, deep ones too, and counters beside them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    counters,
    document_pages,
    document_plans,
    document_sets,
    document_wholes,
)
from store.adding import count_words
from store.care import check
from store.document_filter import DocumentFilter
from store.document_pages import NEWEST_FIRST, ORDERS
from store.errors import NotFound, PostillaError
from store.library import Library
from store.model import Document

SOURCES = (None, "Post", "post", "Herald", "Zeitung")
LANGUAGES = (None, "en", "de")
DAYS = (None, "2024", "2024-05-01", "2025-05-01", "2025-05-01T10:00:00Z")


def fill(library: Library, count: int = 60) -> None:
    """Documents that share titles, sources, days, and lack some of them."""
    shelf.add(
        library,
        *(
            shelf.incoming(
                "word " * (1 + number % 4),
                ("Same", "same", "Other", f"Title {number}")[number % 4],
                identity=f"d{number}",
                source=SOURCES[number % 5],
                language=LANGUAGES[number % 3],
                published=DAYS[(number * 7) % 5],
            )
            for number in range(count)
        ),
    )
    library.documents.mark_read([2, 3, 5, 7, 11, 13])
    for document in (3, 4, 9, 20, 31):
        library.annotations.create(document, note="n", tags=["a"])
    shelf.name(library, 6, "word")
    shelf.name(library, 9, "word")
    library.collections.make("kept")
    library.collections.add("kept", [1, 5, 9, 20, 40])
    library.documents.remove([12, 40])


@pytest.fixture
def long(library: Library) -> Library:
    fill(library)
    return library


KEYS: dict[str, Callable[[Document], Any]] = {
    "published": lambda d: d.published,
    "title": lambda d: d.title.lower(),
    "source": lambda d: None if d.source is None else d.source.lower(),
    "added": lambda d: d.id,
    "words": lambda d: d.words,
    "language": lambda d: d.language,
}


def naive(rows: list[Document], order: str, *, reverse: bool) -> list[int]:
    """The order in plain words: unknown last, ties by id, or newest first."""
    is_down = (order in NEWEST_FIRST) != reverse
    if order in ("source", "language"):
        rows = sorted(
            rows, key=lambda d: (d.published or "", d.id), reverse=not is_down
        )
    else:
        rows = sorted(rows, key=lambda d: d.id, reverse=is_down)
    key = KEYS[order]
    known = [d for d in rows if key(d) is not None]
    unknown = [d for d in rows if key(d) is None]
    known.sort(key=key, reverse=is_down)
    return [d.id for d in (*known, *unknown)]


FILTERS: dict[str, tuple[DocumentFilter, Callable[[Document], Any]]] = {
    "none": (DocumentFilter(), lambda d: True),
    "source": (DocumentFilter(source="Post"), lambda d: d.source == "Post"),
    "language": (DocumentFilter(language="de"), lambda d: d.language == "de"),
    "year": (
        DocumentFilter(since="2025", until="2025"),
        lambda d: (d.published or "").startswith("2025"),
    ),
    "unread": (DocumentFilter(unread=True), lambda d: not d.read),
    "annotated": (DocumentFilter(annotated=True), lambda d: d.annotations > 0),
    "tag": (DocumentFilter(tag=1), lambda d: bool(d.tags)),
    "entity": (DocumentFilter(entity=1), lambda d: d.entities > 0),
    "collection": (DocumentFilter(collection="kept"), lambda d: d.id in (1, 5, 9, 20)),
    "title": (DocumentFilter(title="sam"), lambda d: d.title.lower() == "same"),
    "known": (
        DocumentFilter(entity=1, annotated=True, collection="kept"),
        lambda d: d.id == 9,
    ),
    "two": (
        DocumentFilter(source="Herald", unread=True),
        lambda d: d.source == "Herald" and not d.read,
    ),
    "three": (
        DocumentFilter(language="en", since="2024", annotated=True),
        lambda d: d.language == "en" and d.published and d.annotations > 0,
    ),
}


def sifting(library: Library, order: str, patch: pytest.MonkeyPatch) -> None:
    """Whatever is known to be meant is looked for along the order, a few at a time."""
    patch.setattr(document_plans, "_SOUGHT", 1e6)
    patch.setattr(document_plans, "_LOOKED_UP", 1e6)
    patch.setattr(document_pages, "_MORE_THAN_LIKELY", 0.0)


def picking(library: Library, order: str, patch: pytest.MonkeyPatch) -> None:
    """The whole list was shown before."""
    patch.setattr(document_wholes, "_FEWEST", 1)
    patch.setattr(document_wholes, "_AT_ONCE", 9)
    patch.setattr(document_sets, "_MANY", 0)
    for reverse in (False, True):
        library.documents.ids(order=order, reverse=reverse)


def planned(library: Library, order: str, patch: pytest.MonkeyPatch) -> None:
    """The cheapest way."""


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", [planned, sifting, picking])
def test_every_filter_in_every_order_pages_through_the_same_list(
    long: Library,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Library, str, pytest.MonkeyPatch], None],
    order: str,
) -> None:
    every = long.documents.rows(range(1, 61)).values()
    way(long, order, monkeypatch)
    for name, (filters, fits) in FILTERS.items():
        shown = [d for d in every if d.id not in (12, 40) and fits(d)]
        assert shown
        for reverse in (False, True):
            expected = naive(shown, order, reverse=reverse)
            asked = long.documents.ids(filters, order, reverse=reverse)
            assert list(asked) == expected, name
            assert paged(long, filters, order, reverse=reverse) == expected, name


def paged(
    library: Library, filters: DocumentFilter, order: str, *, reverse: bool
) -> list[int]:
    """The whole list, a page of seven after the other."""
    found: list[int] = []
    while True:
        more = library.documents.page(
            filters, order, reverse=reverse, limit=7, after=found[-1] if found else None
        )
        found.extend(more)
        if len(more) < 7:
            return found


@pytest.mark.parametrize("order", ["source", "language"])
def test_a_long_list_is_the_same_source_by_source(
    long: Library, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    years = DocumentFilter(since="2025", until="2025")
    several = [
        DocumentFilter(language="de"),
        DocumentFilter(source="post"),
        years,
        replace(years, language="en"),
        DocumentFilter(source="Post", since="2024", until="2024"),
        replace(years, unread=True),
        DocumentFilter(source="Herald", unread=True),
        DocumentFilter(since="2024-02"),
    ]
    for filters in several:
        for reverse in (False, True):
            expected = list(long.documents.ids(filters, order, reverse=reverse))
            assert expected
            monkeypatch.setattr(document_plans, "_HARDLY_ANY", 0)
            paged: list[int] = []
            while more := long.documents.page(
                filters,
                order,
                reverse=reverse,
                limit=3,
                after=paged[-1] if paged else None,
            ):
                paged.extend(more)
            assert paged == expected


def test_a_page_may_follow_a_document_that_the_filter_leaves_out(long: Library) -> None:
    everything = list(long.documents.ids())
    after = everything[10]
    unread = DocumentFilter(unread=True)
    rest = [d for d in everything[11:] if d in set(long.documents.ids(unread))]
    assert list(long.documents.page(unread, after=after, limit=None)) == rest


def test_a_page_after_a_document_that_is_not_there_is_refused(long: Library) -> None:
    with pytest.raises(NotFound, match="no document 4711"):
        long.documents.page(after=4711)


def counted(library: Library) -> list[str]:
    return counters.check(library.core.reader)


def _act(library: Library, what: int, document: int, values: tuple[int, int]) -> None:
    source, day = SOURCES[values[0]], DAYS[values[1]]
    if what == 0:
        library.documents.mark_read([document], read=bool(values[0] % 2))
    elif what == 1:
        library.documents.correct(document, {"source": source or ""})
    elif what == 2:
        library.documents.correct(document, {"published": day or ""})
    elif what == 3:
        library.documents.remove([document])
    elif what == 4:
        library.history.undo()
    elif what == 5:
        library.documents.purge(document)
    else:
        text = f"another text {values}"
        incoming = shelf.incoming(text, "New", identity=f"d{document}", source=source)
        shelf.add(library, incoming)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(1, 12),
            st.tuples(st.integers(0, 4), st.integers(0, 4)),
        ),
        max_size=12,
    )
)
def test_counters_are_right_after_any_work(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[int, int, Any]]
) -> None:
    with Library(tmp_path_factory.mktemp("l") / "l.db", create=True) as library:
        some = (
            shelf.incoming(f"text {n}", identity=f"d{n}", source=SOURCES[n % 5])
            for n in range(1, 13)
        )
        shelf.add(library, *some)
        for what, document, values in acts:
            with suppress(PostillaError):  # it is gone, or there is nothing to undo
                _act(library, what, document, values)
        assert counted(library) == []
        assert library.documents.count() == len(library.documents.ids())


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(1, 12),
            st.tuples(st.integers(0, 4), st.integers(0, 4)),
        ),
        max_size=8,
    )
)
def test_lists_that_are_held_follow_any_work(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[int, int, Any]]
) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        Library(tmp_path_factory.mktemp("l") / "l.db", create=True) as library,
    ):
        patch.setattr(document_wholes, "_FEWEST", 1)
        some = (shelf.incoming(f"text {n}", identity=f"d{n}") for n in range(1, 13))
        shelf.add(library, *some)
        for document in range(2, 12):
            library.annotations.create(document, note="n")
        kept = DocumentFilter(annotated=True)
        reader = library.core.reader
        for what, document, values in acts:
            for order in ("title", "source", "published"):
                library.documents.ids(order=order)
            with suppress(PostillaError):  # it is gone, or there is nothing to undo
                _act(library, what, document, values)
            for order in ("title", "source", "published"):
                asked = document_pages.page(reader, kept, order)
                assert library.documents.page(kept, order) == asked


def test_a_held_list_stays_when_documents_are_read(
    long: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_wholes, "_FEWEST", 1)
    long.documents.ids(order="title")
    long.documents.mark_read([1, 4, 6])
    long.documents.keep_position(4, 3)
    monkeypatch.setattr(document_pages, "_along", None)  # nothing is put in order
    kept = DocumentFilter(collection="kept")
    assert list(long.documents.page(kept, "title")) == [1, 5, 9, 20]
    assert list(long.documents.page(kept, "title", after=5)) == [9, 20]


@pytest.mark.parametrize("many", [0, 1_000])
def test_ids_come_in_the_order_of_the_question(
    long: Library, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(document_sets, "_MANY", many)
    reader = long.core.reader
    sql = "SELECT id FROM documents WHERE id < ? ORDER BY words DESC, id DESC"
    expected = [id for (id,) in reader.execute(sql, [30])]
    assert list(document_sets.numbers(reader, sql, [30])) == expected
    assert list(document_sets.numbers(reader, sql, [30], 4)) == expected[:4]
    assert list(document_sets.numbers(reader, sql, [0])) == []


def test_wrong_counters_are_found_and_mended(long: Library) -> None:
    long.core.writer.run(
        lambda pen: (
            pen.connection.execute(
                "UPDATE document_counts SET documents = 99 WHERE source = 'Post'"
            )
            and None
        )
    )
    found = [one.what for one in check(long.core) if one.level == "problem"]
    assert found and all(what.startswith("Counts: wrong for the") for what in found)
    check(long.core, repair=True)
    assert counted(long) == []


def test_a_purged_source_leaves_no_counter(library: Library) -> None:
    shelf.add(library, shelf.incoming("text", source="Secret Gazette"))
    library.documents.purge(1)
    rows = library.core.reader.execute("SELECT * FROM document_counts").fetchall()
    assert rows == []


@pytest.mark.parametrize(
    "name", ["none", "source", "language", "year", "unread", "two"]
)
def test_counters_say_what_counting_says(long: Library, name: str) -> None:
    filters, _ = FILTERS[name]
    shown = long.documents.facets(filters)
    rows = long.documents.select(filters)
    for facet in shown["source"]:
        assert facet.count == sum(d.source == facet.value for d in rows)
    for facet in shown["language"]:
        assert facet.count == sum(d.language == facet.value for d in rows)
    for facet in shown["date"]:
        held = [d for d in rows if (d.published or "").startswith(facet.value)]
        assert facet.count == len(held)
    unread, annotated = shown["state"]
    assert unread.count == sum(not d.read for d in rows)
    assert annotated.count == sum(d.annotations > 0 for d in rows)


@given(st.text(st.sampled_from("ab \t\n\x0b\x1f\x85\xa0é—\u1680\u2003\u2028\u3000中")))
def test_words_are_counted_as_split_counts_them(text: str) -> None:
    assert count_words(text, text.encode()) == len(text.split())
