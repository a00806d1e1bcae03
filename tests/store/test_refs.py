"""What DOC, ANNOTATION and TAG mean on the command line."""

from __future__ import annotations

import pytest
import shelf

from store.errors import NotFound
from store.library import Library
from store.refs import resolve


@pytest.fixture
def two(library: Library) -> Library:
    """Two documents whose guids share their first five signs."""
    shelf.add_text(library, "One.")
    shelf.add_text(library, "Two.")
    library.core.writer.run(
        lambda pen: (
            pen.connection.executemany(
                "UPDATE documents SET guid = ? WHERE id = ?",
                [("abcde-1", 1), ("abcde-2", 2)],
            )
            and None
        )
    )
    return library


@pytest.mark.parametrize("value", [1, "1", " 1 ", "abcde-1", "ABCDE-1"])
def test_an_id_and_the_start_of_a_guid_mean_a_document(
    two: Library, value: int | str
) -> None:
    assert resolve(two.core.reader, "documents", "document", value) == 1


def test_an_ambiguous_start_is_refused(two: Library) -> None:
    with pytest.raises(NotFound, match="abcd begins more than one document"):
        resolve(two.core.reader, "documents", "document", "abcd")


@pytest.mark.parametrize(
    "value",
    ["3", "abc", "0", "-1", "99999999999999999999999", "", "****", "abcde*", "[a-z]*"],
)
def test_what_means_nothing_is_refused(two: Library, value: str) -> None:
    with pytest.raises(NotFound, match="There is no document"):
        two.documents.get(value)


def test_patterns_never_match_the_only_document(library: Library) -> None:
    shelf.add_text(library, "One.")
    for value in ("****", "????", "[!x]*", "%%%%"):
        with pytest.raises(NotFound):
            library.documents.get(value)


def test_the_nearest_names_are_given(library: Library) -> None:
    library.codebook.add("actors/companies")
    with pytest.raises(NotFound, match="Did you mean: actors/companies"):
        library.codebook.get("actors/compnies")


def test_removed_documents_are_meant_only_on_request(two: Library) -> None:
    two.documents.remove([1])
    reader = two.core.reader
    with pytest.raises(NotFound):
        resolve(reader, "documents", "document", 1)
    assert resolve(reader, "documents", "document", 1, gone=True) == 1
