"""The article of the project's owner, where a copy of the project has it beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_mentions import places

from store import quotations
from store.extract import extract
from store.library import Library

MATERIAL = Path(__file__).resolve().parents[3] / "shared" / "material"


@pytest.fixture
def article() -> str:
    found = sorted(MATERIAL.glob("*.txt"))
    if not found:
        pytest.skip("the article is not beside this copy of the project")
    return found[0].read_text(encoding="utf-8")


@pytest.fixture
def holding(library: Library, article: str, tmp_path: Path) -> Library:
    """A library that holds the article, its names found."""
    path = tmp_path / "article.txt"
    path.write_text(article, encoding="utf-8")
    list(library.add([path]))
    list(library.extract_pending())
    return library


def test_short_and_damaged_names_are_proposed_and_nothing_else(
    holding: Library,
) -> None:
    proposed = {(one.name, one.other_name) for one in holding.entities.suggest()}
    assert proposed == {("ByteDance", "teDance"), ("Liang Rubo", "Liang")}


def test_who_says_what_is_in_quotation_marks(holding: Library) -> None:
    said = quotations.select(holding.core.reader)
    assert [one.name for one in said] == ["Liang Rubo", "Liang Rubo"]


def test_nearly_all_that_a_reader_marks_is_found(article: str) -> None:
    marked = places(article)
    mentions = extract(article, "it", published="2026-01-30")
    found = {(one.start, one.end, one.type) for one in mentions if one.type != "QUOTE"}
    right = len(marked & found)
    assert 200 * right / (len(marked) + len(found)) >= 95
