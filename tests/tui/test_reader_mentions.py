"""From one place where somebody is named to the next, in the text and beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    NEWS,
    app_of,
    fill,
    number,
    reader,
    reader_shows,
    reading,
    says,
)
from textual.pilot import Pilot
from waiting import settled

from store import same_name
from store.library import Library
from tui.screens.reading import ReadingScreen

FIRST = (
    "Agnes Holloway left Tromsby. The ferry cost 12 million euros. Paul Keller knows"
    " it.\n\nIt is known that Agnes Holloway paid €12 million.\n"
)


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


def add_twice(library: Library, folder: Path) -> int:
    """One more news item, which names the mayor and a sum twice."""
    file = folder / "twice.md"
    head = "title: Twice\ndate: 2025-03-02\nlanguage: en"
    file.write_text(f"---\n{head}\n---\n{FIRST}", encoding="utf-8")
    list(library.add([file]))
    list(library.extract_pending())
    return max(library.documents.ids())


async def opened(pilot: Pilot[None], document: int) -> ReadingScreen:
    """The reader with this document, all of it read."""
    app_of(pilot).open_document(document)
    screen = reader(pilot)
    await settled(pilot, lambda: screen.shown_document == document)
    app_of(pilot).reading_list = ()
    return screen


async def test_along_the_mentions_of_one_person(news: Library, tmp_path: Path) -> None:
    async with reading(news) as pilot:
        screen = await opened(pilot, add_twice(news, tmp_path))
        second = FIRST.index("Agnes", 5)
        screen.reader.goto(3)
        await pilot.press("]", "m")
        await says(pilot, "Agnes Holloway · 2 of 2 here")
        assert screen.reader.cursor_offset == second
        await pilot.press("]", "m")
        await says(pilot, "Agnes Holloway: none further on here; ]M other documents.")
        screen.reader.goto(second - 10)  # read on; the same one is still followed
        await pilot.press("[", "m")
        await says(pilot, "Agnes Holloway · 1 of 2 here")
        assert screen.reader.cursor_offset == 0


async def test_a_sum_is_the_same_however_it_is_written(
    news: Library, tmp_path: Path
) -> None:
    async with reading(news) as pilot:
        screen = await opened(pilot, add_twice(news, tmp_path))
        screen.reader.goto(FIRST.index("12 million"))
        await pilot.press("]", "m")
        euros = FIRST.index("€12 million")
        await settled(pilot, lambda: screen.reader.cursor_offset == euros)


async def test_on_to_the_documents_that_name_her_too(
    news: Library, tmp_path: Path
) -> None:
    async with reading(news) as pilot:
        twice, ferry = add_twice(news, tmp_path), number(news, "ferry")
        screen = await opened(pilot, ferry)
        screen.reader.goto(NEWS["ferry"][4].index("Agnes"))
        await pilot.press("[", "M")  # the list has the newest first
        await settled(pilot, lambda: screen.shown_document == twice)
        await says(pilot, "Agnes Holloway · named in 3 documents")
        assert screen.reader.cursor_offset == 0
        await pilot.press("[", "M")
        await settled(pilot, lambda: reader_shows(pilot, "inquiry"))
        assert screen.reader.cursor_offset == NEWS["inquiry"][4].index("Agnes")
        await pilot.press("[", "M")
        await says(pilot, "Agnes Holloway: no document before this one in the list.")
        await pilot.press("backspace")
        await settled(pilot, lambda: screen.shown_document == twice)


async def test_nobody_is_named_here(news: Library) -> None:
    async with reading(news) as pilot:
        reader(pilot).reader.goto(NEWS["ferry"][4].index("mayor"))
        for keys in (("]", "m"), ("[", "M")):
            await pilot.press(*keys)
            await says(pilot, "No name is marked here")


def test_what_was_rejected_or_removed_is_left_out(
    news: Library, tmp_path: Path
) -> None:
    twice = add_twice(news, tmp_path)
    found = [m for m in news.entities.mentions(document=twice) if m.entity]
    here, connection = [m for m in found if "Agnes" in m.surface], news.core.reader
    assert len(same_name.in_document(connection, twice, here[0])) == 2
    assert len(same_name.first_in_each(connection, here[0])) == 3
    news.entities.reject_mentions([here[1].id])
    assert same_name.in_document(connection, twice, here[0]) == [(0, 14)]
    news.documents.remove([number(news, "inquiry")])
    named = same_name.first_in_each(connection, here[0])
    assert set(named) == {twice, number(news, "ferry")}
    assert same_name.next_of([5, twice, 6], twice, named, forward=True) is None
