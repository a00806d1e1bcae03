"""Annotations over one another: which is meant, and where its ends are."""

from __future__ import annotations

from pathlib import Path

import pytest
from coding_desk import FIRST, SAID, TEXT, go_to, kept, mark, shown
from news_desk import (
    SIZES,
    app_of,
    fill,
    footer,
    number,
    reader,
    reading,
    says,
    write,
)
from waiting import settled

from store.library import Library
from tui.screens.reading_pick import PickAnnotation


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


# Which of several ----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["e", "d", "M", "enter"])
async def test_which_of_nested_annotations(
    news: Library, size: tuple[int, int], key: str
) -> None:
    mark(news, FIRST, "tone", note="outer")
    mark(news, "The mayor", "blame/denial", note="inner")
    async with reading(news, size) as pilot:
        await shown(pilot, 2)
        await pilot.press(key)
        await settled(pilot, lambda: isinstance(pilot.app.screen, PickAnnotation))
        await says(pilot, "2 blame/denial — inner")
        await says(pilot, "“The mayor”")
        await says(pilot, "1 tone — outer")
        await write(pilot, "outer")
        await pilot.press("enter")
        screen = reader(pilot)
        if key == "d":
            await shown(pilot, 1)
            assert kept(news) == [("The mayor", ("blame/denial",))]
        elif key == "M":
            await settled(pilot, lambda: screen.is_adjusting)
            assert screen.reader.selected_text == FIRST
        else:
            await settled(pilot, lambda: screen.form is not None)
            assert screen.form is not None
            assert screen.form.values.note == "outer"


# Moving the ends -----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_moving_the_ends(news: Library, size: tuple[int, int]) -> None:
    one = mark(news, "ferry was", "tone", note="stays")
    async with reading(news, size) as pilot:
        await shown(pilot, 1)
        await go_to(pilot, "was safe")
        await pilot.press("M")
        await settled(pilot, lambda: reader(pilot).is_adjusting)
        text = reader(pilot).reader
        assert text.selected_text == "ferry was"
        await settled(pilot, lambda: "keep" in footer(pilot))
        await pilot.press("w")
        assert text.selected_text.strip() == "ferry was safe"
        await pilot.press("percent_sign", "b")
        assert text.selected_text.strip() == "the ferry was safe"
        await pilot.press("a", "d", "full_stop", "J", "u")
        await says(pilot, "Enter keeps the new ends")
        assert reader(pilot).is_adjusting
        assert reader(pilot).form is None
        await pilot.press("enter")
        await says(pilot, "Ends moved · saved · u undo")
        moved = news.annotations.get(one.id)
        start = TEXT.index("the ferry was safe")
        assert (moved.start, moved.end) == (start, start + len("the ferry was safe"))
        assert (moved.quote, moved.note, moved.tags) == (
            "the ferry was safe",
            "stays",
            ("tone",),
        )
        assert moved.before == TEXT[start - 32 : start]
        assert moved.after == TEXT[start + 18 : start + 50]
        assert text.selected is None
        await settled(pilot, lambda: footer(pilot).startswith(" Ends moved"))
        await pilot.press("u")
        await settled(pilot, lambda: news.annotations.get(one.id).quote == "ferry was")


@pytest.mark.parametrize("way", ["escape", "semicolon", "1", "enter"])
async def test_ends_stay_as_they_were(news: Library, way: str) -> None:
    one = mark(news, SAID)
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await go_to(pilot, "was safe")
        await pilot.press("M", "w")
        if way == "enter":
            await pilot.press("b")
        await pilot.press(way)
        if way == "1":
            await settled(pilot, lambda: app_of(pilot).current_mode == "documents")
            await pilot.press("2")
            await settled(pilot, lambda: app_of(pilot).current_mode == "reader")
        await settled(pilot, lambda: not reader(pilot).is_adjusting)
        await settled(pilot, lambda: footer(pilot).find("annotate") > 0)
        assert news.annotations.get(one.id) == one
        assert reader(pilot).reader.selected is None
        assert len(news.history.entries()) == 2  # the tag of the desk, the annotation


async def test_from_the_form_to_the_ends(news: Library) -> None:
    """By the palette, whose entry runs the action of the reader."""
    one = mark(news, "ferry was", "tone")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await go_to(pilot, "was safe")
        screen = reader(pilot)
        await pilot.press("e")
        await settled(pilot, lambda: screen.form is not None)
        await pilot.press("x")
        screen.action_adjust()
        await says(pilot, "Save the annotation that is being written first.")
        await pilot.press("backspace")
        screen.action_adjust()
        await settled(pilot, lambda: screen.form is None and screen.is_adjusting)
        await settled(pilot, lambda: "keep" in footer(pilot))
        await pilot.press("w", "enter")
        await says(pilot, "Ends moved")
        assert news.annotations.get(one.id).quote == "ferry was safe"


@pytest.mark.parametrize("key", ["e", "M", "d"])
async def test_nothing_breaks_where_there_is_no_room(news: Library, key: str) -> None:
    mark(news, FIRST, "tone", note="outer")
    mark(news, "The mayor", note="inner")
    async with reading(news, (20, 5)) as pilot:
        await shown(pilot, 2)
        await pilot.press(key, "down", "enter")
        await pilot.press("w", "escape", "escape", "n")
        assert pilot.app.is_running


async def test_what_cannot_be_moved_says_so(news: Library) -> None:
    news.annotations.create(number(news, "ferry"), note="whole")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await pilot.press("M")
        await says(pilot, "There is no annotation here")
        await pilot.press("tab", "M")
        await says(pilot, "of the whole document; it has no ends")
        assert not reader(pilot).is_adjusting


async def test_an_annotation_that_lost_its_place_gets_another(
    news: Library, tmp_path: Path
) -> None:
    one = mark(news, SAID, note="lost")
    file = tmp_path / "news" / "ferry.md"
    changed = file.read_text(encoding="utf-8").replace(SAID, "Silence at the desk.")
    file.write_text(changed, encoding="utf-8")
    list(news.add([file]))
    assert news.annotations.get(one.id).anchor_state in ("orphan", "proposed")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        reader(pilot).reader.goto(TEXT.index(SAID))
        await pilot.press("m", "s")
        await pilot.press("tab", "M")
        await settled(pilot, lambda: reader(pilot).is_adjusting)
        await pilot.press("m", "s", "enter")
        await says(pilot, "Ends moved")
        found = news.annotations.get(one.id)
        assert (found.anchor_state, found.note) == ("exact", "lost")
        assert found.quote in changed
