"""Context for the rows that are looked at: the same as if it had been there at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.library import Library
from store.model import Hit
from store.search import search, service
from store.search.hits import snippets
from store.search.snippets import places, snippet
from store.search.vocabulary import Vocabulary

STORIES = {
    "ferry": "The ferry was late.\n\nNobody saw the Captain of the ferry again.",
    "inquiry": "An inquiry heard the captain.  He said the ferry was safe.",
    "tokyo": "東京の会社は動かない。The captain waits.",
    "plain": "Nothing of the kind stands here.",
}


@pytest.fixture
def harbour(library: Library, tmp_path: Path) -> tuple[Library, Vocabulary]:
    """Four short documents and their words."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / f"{name}.txt").write_text(f"{name}\n\n{text}\n", "utf-8")
    list(library.add([folder]))
    return library, service.up_to_date(library.core.reader)


@pytest.mark.parametrize(
    "query", ["captain", "captian ferry", "東京", '"the ferry"', ""]
)
def test_context_is_the_same_as_at_once(
    harbour: tuple[Library, Vocabulary], query: str
) -> None:
    """Bare rows have everything but the context, which comes from their terms."""
    library, words = harbour
    reader = library.core.reader
    whole = search(reader, words, query)
    bare = search(reader, words, query, bare=True)
    assert [(hit.kind, hit.id, hit.title) for hit in bare] == [
        (hit.kind, hit.id, hit.title) for hit in whole
    ]
    assert whole
    assert all(not hit.snippet for hit in bare if hit.kind == "document")
    for hit, other in zip(snippets(reader, bare), whole, strict=True):
        assert (hit.snippet, hit.marks) == (other.snippet, other.marks)
        assert (hit.start, hit.end) == (other.start, other.end)


def test_a_document_that_went_meanwhile_stays_bare(
    harbour: tuple[Library, Vocabulary],
) -> None:
    """And what is no document is as it was."""
    library, words = harbour
    bare = search(library.core.reader, words, "captain", bare=True)
    library.documents.remove([bare[0].id])
    entity = Hit("entity", 1, None, "A. Holloway", 90, "Agnes")
    gone, other, *_ = snippets(library.core.reader, [bare[0], entity, *bare[1:]])
    assert gone == bare[0]
    assert other == entity


def test_what_nobody_waits_for_is_given_up(
    harbour: tuple[Library, Vocabulary],
) -> None:
    """After the rows that are done by then."""
    library, words = harbour
    bare = search(library.core.reader, words, "captain", bare=True)
    answers = iter([False, False, True, True, True])
    done = snippets(library.core.reader, bare, lambda: next(answers))
    assert len(done) == 1 < len(bare)
    assert done[0].snippet
    assert snippet("one two", [["two"]], cancelled=lambda: True).start is None


def test_every_place_of_all_words() -> None:
    """Whole words, whatever case and accents; text of unspaced scripts anywhere."""
    text = "Kafé, kafe and kafes: 東京都 and the CAFE, 東京."
    found = places(text, [["kafe"], ["cafe", "the"]], ["東京"])
    assert [text[a:b] for a, b in found] == [
        "Kafé",
        "kafe",
        "東京",
        "the",
        "CAFE",
        "東京",
    ]
    assert places("", [["x"]]) == []
    assert len(places("word " * 200, [["word"]])) == 200


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="ab é\u0301ßﬁ東\n.", max_size=200),
    st.lists(st.sampled_from(["a", "ab", "e", "ss", "fi"]), max_size=3),
)
def test_places_lie_in_the_text_in_order(text: str, words: list[str]) -> None:
    """None over another, and none of them empty."""
    end = 0
    for a, b in places(text, [words], ["東"]):
        assert end <= a < b <= len(text)
        end = b
