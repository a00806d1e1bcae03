"""What found the names of a document is said, and that it could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import NEWS, app_of, desk, documents, fill, number, says
from waiting import settled

from store import naming, served
from store.extract import EXTRACTOR
from store.library import Library


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


async def test_the_preview_says_what_looked_for_names(
    news: Library, tmp_path: Path
) -> None:
    """By what they were found, or that nothing has looked yet."""
    async with desk(news) as pilot:
        documents(pilot).list.move_to_id(number(news, "ferry"))
        await says(pilot, "(by: joint model of several")
        file = tmp_path / "late.txt"
        file.write_text("Nobody has looked for a name here.", encoding="utf-8")
        list(news.add([file]))
        app_of(pilot).library_changed()
        await settled(pilot, lambda: len(documents(pilot).list.ids) == len(NEWS) + 1)
        documents(pilot).list.move_to_id(max(news.documents.ids()))
        await says(pilot, "Entities  not looked for yet")


async def test_a_document_that_failed_says_so_and_is_left_in_peace(
    news: Library,
) -> None:
    """The reader tells it, and how it is tried again; starting does not try it."""
    ferry = number(news, "ferry")
    news.core.writer.run(
        lambda pen: pen.connection.execute(
            "UPDATE documents SET extractor = ? WHERE id = ?",
            [served.failed(EXTRACTOR), ferry],
        )
    )
    assert naming.pending(news.core) == [ferry]  # for who asks
    async with desk(news) as pilot:
        documents(pilot).list.move_to_id(number(news, "inquiry"))
        documents(pilot).list.move_to_id(ferry)
        await pilot.press("enter")
        await says(pilot, f"─ could not be read by {EXTRACTOR} ─")
        assert naming.untried(news.core) == []
