"""The article of the project's owner, where a copy of the project has it beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_mentions import places

from store.extract import extract

MATERIAL = Path(__file__).resolve().parents[3] / "shared" / "material"


@pytest.fixture
def article() -> str:
    found = sorted(MATERIAL.glob("*.txt"))
    if not found:
        pytest.skip("the article is not beside this copy of the project")
    return found[0].read_text(encoding="utf-8")


def test_nearly_all_that_a_reader_marks_is_found(article: str) -> None:
    marked = places(article)
    mentions = extract(article, "it", published="2026-01-30")
    found = {(one.start, one.end, one.type) for one in mentions if one.type != "QUOTE"}
    right = len(marked & found)
    assert 200 * right / (len(marked) + len(found)) >= 95
