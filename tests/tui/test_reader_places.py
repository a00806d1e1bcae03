"""Jumping in the reader, back and forward again; finding goes round the ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    NEWS,
    SIZES,
    app_of,
    desk,
    fill,
    number,
    reader,
    reader_shows,
    reading,
    says,
    write,
)
from textual.pilot import Pilot
from waiting import settled

from store.library import Library

TEXT = NEWS["ferry"][4]
LONG = "\n\n".join(f"Paragraph {n}: the gate {n * n} opened late." for n in range(400))


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news, of which the budget is long."""
    fill(library, tmp_path / "news")
    file = tmp_path / "news" / "budget.md"
    head = file.read_text(encoding="utf-8").split("---\n")[1]
    file.write_text(f"---\n{head}---\n{LONG}\n", encoding="utf-8")
    list(library.add([file]))
    return library


def at(pilot: Pilot[None]) -> int:
    """Where the cursor stands."""
    return reader(pilot).reader.cursor_offset


@pytest.mark.parametrize("size", SIZES)
async def test_jumps_within_a_document(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size, "budget") as pilot:
        text = reader(pilot).reader
        await pilot.press("w", "w")
        here = at(pilot)
        await pilot.press("G")
        end = at(pilot)
        assert end > here
        await pilot.press("g", "2", "0", "enter")
        twentieth = at(pilot)
        assert text._text[twentieth:].startswith("Paragraph 19:")
        await pilot.press("g", "g")
        assert at(pilot) == 0
        await pilot.press("backspace")
        await settled(pilot, lambda: at(pilot) == twentieth)
        await pilot.press("alt+left")
        await settled(pilot, lambda: at(pilot) == end)
        await pilot.press("backspace")
        await settled(pilot, lambda: at(pilot) == here)
        await pilot.press("backspace")
        await says(pilot, "No place before this one.")
        await pilot.press("alt+right")
        await settled(pilot, lambda: at(pilot) == end)
        await pilot.press("alt+right", "alt+right")
        await settled(pilot, lambda: at(pilot) == 0)
        await pilot.press("alt+right")
        await says(pilot, "No place after this one.")


async def test_paging_is_no_jump(news: Library) -> None:
    async with reading(news, name="budget") as pilot:
        await pilot.press("space", "space", "ctrl+d", "j", "w")
        await pilot.press("backspace")
        await says(pilot, "No place before this one.")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_jumps_across_documents(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size, "inquiry") as pilot:
        await pilot.press("w", "w", "J")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("backspace")
        await settled(pilot, lambda: reader_shows(pilot, "inquiry"))
        await settled(pilot, lambda: at(pilot) == NEWS["inquiry"][4].index("the inq"))
        await pilot.press("q")
        await settled(pilot, lambda: app_of(pilot).current_mode == "documents")
        await pilot.press("alt+right")  # from elsewhere: to what is read
        await settled(pilot, lambda: reader_shows(pilot, "inquiry"))
        await pilot.press("alt+right")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("q")
        await settled(pilot, lambda: app_of(pilot).current_mode == "documents")


async def test_nothing_was_read_yet(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("backspace")
        await says(pilot, "No place before this one.")


async def test_a_place_of_the_side_panel_can_be_left_again(news: Library) -> None:
    from store.annotations import Passage

    start = LONG.index("Paragraph 300")
    news.annotations.create(number(news, "budget"), Passage(start, start + 9))
    async with reading(news, name="budget") as pilot:
        await settled(pilot, lambda: len(reader(pilot).page.annotations) == 1)  # type: ignore[union-attr]
        await pilot.press("w", "tab", "enter")
        await settled(pilot, lambda: at(pilot) == start)
        await pilot.press("backspace")
        await settled(pilot, lambda: at(pilot) == LONG.index("0:"))


async def test_a_find_can_be_left_again_and_goes_round(news: Library) -> None:
    async with reading(news, name="budget") as pilot:
        await pilot.press("w")
        here = at(pilot)
        await pilot.press("slash")
        await write(pilot, "Paragraph 3")
        await says(pilot, "1 of 111")
        await pilot.press("backspace")  # of the field: still typing
        await write(pilot, "99")
        await says(pilot, "1 of 1")
        await pilot.press("enter")
        await settled(pilot, lambda: at(pilot) == LONG.index("Paragraph 99"))
        await pilot.press("backspace")
        await settled(pilot, lambda: at(pilot) == here)


async def test_matches_go_round_the_ends_and_say_so(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("slash")
        await write(pilot, "ferry")
        await says(pilot, "1 of 2")
        await pilot.press("enter", "n", "n")
        await says(pilot, "1 of 2 · on from the start")
        await pilot.press("N")
        await says(pilot, "2 of 2 · on from the end")
        await pilot.press("v", "N")  # a selection being made follows
        assert reader(pilot).reader.selected == (
            TEXT.index("ferry"),
            TEXT.rindex("ferry") + 1,
        )
