"""Searches that are saved: everything that was asked comes back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf import add_text

from store.document_filter import DocumentFilter
from store.errors import NotFound, UsageError
from store.library import Library
from store.saved_searches import KINDS, MODES, SavedSearch, about, text_of

_KIND_SETS = st.sets(st.sampled_from(KINDS), min_size=1).map(
    lambda some: tuple(kind for kind in KINDS if kind in some)
)
_FILTERS = st.builds(
    DocumentFilter,
    source=st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=9),
    unread=st.booleans(),
)
_SEARCHES = st.builds(
    SavedSearch,
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    _KIND_SETS,
    st.sampled_from(MODES),
    _FILTERS,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(search=_SEARCHES)
def test_it_comes_back_exactly(library: Library, search: SavedSearch) -> None:
    if not search.text.strip() and search.within == DocumentFilter():
        with pytest.raises(UsageError, match="nothing to save"):
            library.queries.save_search("mine", search)
        return
    kept = library.queries.save_search("mine", search)
    assert library.queries.search("MINE") == search
    assert text_of(kept.expression) == search.text


def test_plain_words_are_kept_as_they_are(library: Library) -> None:
    """So what was saved before is read, whatever it looks like."""
    assert library.queries.save_search("a", SavedSearch("ferry")).expression == "ferry"
    for words in ("ferry", "{", '{"text": 5}', "[1]", '{"a": "b"}', "{" * 5000):
        library.queries.save("a", words, "search")
        assert library.queries.search("a") == SavedSearch(words)
    odd = SavedSearch('{"text": "x"}')
    library.queries.save_search("a", odd)
    assert library.queries.search("a") == odd


def test_what_its_filter_names_may_be_renamed_or_gone(library: Library) -> None:
    document = add_text(library, "They said yes.")
    library.codebook.add("who")
    tag = library.codebook.find("who")
    within = DocumentFilter(tag=tag)
    search = SavedSearch("yes", ("document",), "exact", within)
    kept = library.queries.save_search("mine", search)
    library.codebook.rename(tag, "whom")
    reader = library.core.reader
    assert about(reader, kept.expression) == "exact · documents · only in #whom"
    assert library.queries.search("mine") == search
    library.codebook.delete(tag)
    with pytest.raises(NotFound, match="a tag that is gone"):
        library.queries.search("mine")
    assert about(reader, kept.expression) == "It asks for a tag that is gone."
    library.history.undo()
    assert library.queries.search("mine") == search
    assert document


def test_another_name_and_back(library: Library) -> None:
    first = library.queries.save_search("one", SavedSearch("ferry"))
    library.queries.save_search("two", SavedSearch("port"))
    with pytest.raises(UsageError, match="There is a query two already"):
        library.queries.rename("one", "TWO", "search")
    renamed = library.queries.rename("One", " Uno ", "search")
    assert (renamed.id, renamed.name) == (first.id, "Uno")
    assert library.queries.rename("uno", "UNO", "search").name == "UNO"
    library.history.undo()
    library.history.undo()
    assert [kept.name for kept in library.queries.list("search")] == ["one", "two"]
    with pytest.raises(NotFound):
        library.queries.rename("three", "four", "search")
