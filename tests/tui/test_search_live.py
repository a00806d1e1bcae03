"""Searching while typing: rows at once, context as it comes, narrowing, coming back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from news_desk import SIZES, app_of, desk, fill, number, reader, says, seen, write
from test_search_history import answered, opened
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.screens import search_filters
from tui.screens.reading import ReadingScreen
from tui.screens.searching import SearchScreen
from tui.widgets.completions import Completions, Offer
from tui.widgets.plain import Plain


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """Three news, an annotation with a tag on one of them."""
    fill(library, tmp_path / "news")
    library.annotations.create(
        number(library, "inquiry"),
        Passage(0, 10),
        note="Who sits there?",
        tags=["blame/denial"],
    )
    return library


@asynccontextmanager
async def searching(
    library: Library, query: str = "", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], SearchScreen]]:
    """The search, with a query typed and answered."""
    async with desk(library, size) as pilot:
        screen = await opened(pilot)
        await write(pilot, query)
        await answered(pilot, screen, query)
        yield pilot, screen


def state(screen: SearchScreen) -> str:
    """What stands beside the field."""
    return screen.query_one(".search--state", Plain).shown


# Rows --------------------------------------------------------------------------


async def test_context_is_read_for_rows_in_sight_only(
    library: Library, tmp_path: Path
) -> None:
    """And for others when they come into sight, without moving the bar."""
    fill(library, tmp_path / "news")
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(45):
        text = f"Catch {n}\n\n{'x ' * 40}Herring was landed.\n"
        (folder / f"{n:02}.txt").write_text(text, "utf-8")
    list(library.add([folder]))
    app_size = (80, 24)
    from tui.app import Postilla

    app = Postilla(library)
    async with app.run_test(size=app_size) as pilot:
        await settled(pilot, lambda: app.screen.query("DocumentList"))
        screen = await opened(pilot)
        await write(pilot, "herring")
        await answered(pilot, screen, "herring")
        await settled(pilot, lambda: "Herring was landed" in seen(pilot))
        seen_first = len(screen._in_context)
        assert seen_first < 20 < len(screen._hits)
        assert screen.list.cursor_index == 0
        await pilot.press("pagedown", "pagedown")
        await settled(pilot, lambda: len(screen._in_context) > seen_first)
        place = screen.list.cursor_index
        assert place > 10
        await settled(pilot, lambda: place in screen._in_context)
        assert screen.list.cursor_index == place


async def test_what_was_taken_for_what_is_said(news: Library) -> None:
    """In the row, as it stands in the text."""
    async with searching(news, "bilancio comnue") as (pilot, _):
        await says(pilot, "comune ← comnue")


async def test_an_older_query_is_never_shown(news: Library) -> None:
    """However fast one types, what stands there is what was typed last."""
    async with searching(news) as (pilot, screen):
        await pilot.press(*"ferryinquiry")
        await pilot.press(*["backspace"] * 12)
        await write(pilot, "safe")
        await answered(pilot, screen, "safe")
        await settled(pilot, lambda: screen._hits)
        assert all("ferry" in hit.title for hit in screen._hits)


async def test_nothing_found_says_what_was_tried(news: Library) -> None:
    """And of a filter that means nothing, that it does."""
    async with searching(news, "qwxyzzy") as (pilot, _):
        await says(pilot, "Tried in everything: the words as typed, longer ones")
        await pilot.press("ctrl+u")
        await write(pilot, "source:Nowhere ferry")
        await settled(pilot, lambda: "Nothing found." in seen(pilot))
        assert "Nowhere" in seen(pilot)


HOSTILE = ('"', "*", "a AND", "(", "col:x", "--", "'; drop table", "[b]", "中国")


@pytest.mark.parametrize("size", [*SIZES, (40, 12), (20, 5)])
async def test_no_query_breaks_the_screen(news: Library, size: tuple[int, int]) -> None:
    """Any size shows an answer or an empty list."""
    async with searching(news, "", size) as (pilot, screen):
        for query in (*HOSTILE, "x" * 500):
            screen.type_in(query)
            await answered(pilot, screen, query)
            assert screen._answer is not None
            assert screen._answer.failure is None
            assert all(len(line) <= size[0] for line in seen(pilot).split("\n"))


# Narrowing ---------------------------------------------------------------------


async def test_inside_what_documents_shows(news: Library) -> None:
    """The title says so; one key searches everywhere."""
    async with desk(news) as pilot:
        screen = pilot.app.screen
        screen.narrow_to({"source": "Gazzetta del Molo"}, None)  # type: ignore[attr-defined]
        await settled(pilot, lambda: "only Gazzetta" in seen(pilot))
        search = await opened(pilot)
        await says(pilot, "only in Gazzetta del Molo")
        await write(pilot, "porto")
        await answered(pilot, search, "porto")
        await settled(pilot, lambda: search._hits)
        await pilot.press("ctrl+u")
        await write(pilot, "ferry")
        await answered(pilot, search, "ferry")
        assert not [hit for hit in search._hits if hit.kind == "document"]
        assert "^o search everywhere" in seen(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: search._hits)
        assert "only in" not in seen(pilot)
        assert "^o only what Documents shows" in seen(pilot)


async def test_everywhere_there_is_nothing_to_widen(news: Library) -> None:
    """The key says why it does nothing."""
    async with searching(news) as (pilot, _):
        await pilot.press("ctrl+o")
        await says(pilot, "Documents shows everything; so does the search.")


async def test_a_filter_is_completed(news: Library) -> None:
    """First its name, then its value; esc closes the offers only."""
    async with searching(news, "sou") as (pilot, screen):
        offers = screen.query_one(Completions)
        await settled(pilot, lambda: offers.is_open)
        await pilot.press("tab")
        await settled(pilot, lambda: screen.field.value == "source:")
        await settled(pilot, lambda: screen.offers_values)
        assert "Gazzetta del Molo" in seen(pilot)
        await pilot.press("down", "right")
        await answered(pilot, screen, 'source:"Gazzetta del Molo" ')
        await settled(pilot, lambda: len(screen._hits) == 1)
        assert screen._hits[0].title == "Il bilancio del porto"
        assert not offers.is_open
        await write(pilot, "tag:")
        await settled(pilot, lambda: offers.is_open)
        await pilot.press("escape")
        await settled(pilot, lambda: not offers.is_open)
        assert pilot.app.screen is screen


async def test_counts_stand_beside_and_narrow(news: Library) -> None:
    """Enter on a value puts its filter into the query, again takes it out."""
    async with searching(news, "the") as (pilot, screen):
        facets = screen.facets
        await settled(pilot, lambda: "Coast Courier" in seen(pilot) and facets.ids)
        assert {"blame", "blame/denial", "2025", "en"} <= names(screen)
        await pilot.press("ctrl+n")
        await settled(pilot, lambda: facets.has_focus)
        place = next(
            n
            for n, line in enumerate(facets._lines)
            if line and line.entry and line.entry.name == "Coast Courier"
        )
        facets.move_to(place)
        await pilot.press("enter")
        await answered(pilot, screen, 'the source:"Coast Courier" ')
        await settled(pilot, lambda: dict(facets.chosen).get("source"))
        await pilot.press("enter")
        await answered(pilot, screen, "the ")
        await pilot.press("escape")
        assert screen.field.has_focus
        assert pilot.app.screen is screen


@pytest.mark.parametrize("size", [(80, 24), (59, 15)])
async def test_counts_come_and_go_where_there_is_little_room(
    news: Library, size: tuple[int, int]
) -> None:
    """One key shows them and puts them away."""
    async with searching(news, "the", size) as (pilot, screen):
        assert "Narrow by" not in seen(pilot)
        await pilot.press("ctrl+n")
        await says(pilot, "Coast Courier")
        await pilot.press("ctrl+n")
        await settled(pilot, lambda: "Narrow by" not in seen(pilot))
        assert screen.field.has_focus


def names(screen: SearchScreen) -> set[str]:
    """The values that are counted."""
    lines = screen.facets._lines
    return {line.entry.name for line in lines if line and line.entry}


def test_filters_in_a_query() -> None:
    """Put in, found again, taken out; the words stay."""
    text = search_filters.with_value("ferry", "source", 'source:"Coast Courier"')
    assert text == 'ferry source:"Coast Courier"'
    assert search_filters.holds(text, 'SOURCE:"coast courier"')
    assert search_filters.typed(text, "source") == 'source:"Coast Courier"'
    assert search_filters.with_value(text, "source", "source:x") == "ferry source:x"
    assert search_filters.with_value(text, "source", None) == "ferry"
    dated = search_filters.with_value("a", "year", "since:2025 until:2025")
    assert search_filters.words_only(f"{dated} b") == "a b"
    assert search_filters.may_become("ferry sou", 9)
    assert search_filters.may_become('entity:"Agnes H', 15)
    assert not search_filters.may_become("ferry ", 6)
    assert not search_filters.may_become("ferry", 5)


async def test_offers_are_as_wide_as_they_need(news: Library) -> None:
    """Any string is shown safely, and never wider than the screen."""
    async with searching(news, "", (59, 15)) as (pilot, screen):
        offers = screen.query_one(Completions)
        offers.open(
            [Offer("x", "[red]\x1b]0;a\x07 " + "w" * 90, 3), Offer("y", "y")], 50
        )
        await settled(pilot, lambda: "[red]" in seen(pilot))
        assert not set(seen(pilot)) & set("\x1b\x07")
        assert all(len(line) <= 59 for line in seen(pilot).split("\n"))


# Going there and coming back -----------------------------------------------------


async def test_the_reader_walks_all_matches(news: Library) -> None:
    """Of the words that stand for what was typed, from the hit on."""
    async with searching(news, "ferrry") as (pilot, screen):
        await settled(pilot, lambda: screen._hits)
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        page = reader(pilot)
        await settled(pilot, lambda: page.has_hits)
        text = page.page.text if page.page else ""
        places = [at for at in range(len(text)) if text.startswith("ferry", at)]
        found = [start for start, _ in page._places]
        assert [at for at in found if at in places] == places
        first = page.reader.cursor_offset
        assert first in found
        await pilot.press("n")
        await settled(pilot, lambda: page.reader.cursor_offset != first)


async def test_coming_back_stands_on_the_same_row(news: Library) -> None:
    """The query too, ready to be typed over."""
    async with searching(news, "in") as (pilot, screen):
        await settled(pilot, lambda: len(screen._hits) > 1)
        await pilot.press("down")
        row = screen._current
        await pilot.press("enter")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, SearchScreen))
        again = await opened(pilot)
        await answered(pilot, again, "in")
        await settled(pilot, lambda: again._current == row or _same(again, row))
        await write(pilot, "ferry")
        await answered(pilot, again, "ferry")
        assert state(again).endswith("ms")


def _same(screen: SearchScreen, row: object) -> bool:
    now = screen._current
    return now is not None and getattr(now, "id", 0) == getattr(row, "id", 1)


async def test_an_answer_to_a_closed_screen_is_dropped(news: Library) -> None:
    """Rows, context and counts that come when it is gone are not shown anywhere."""
    async with searching(news, "ferry") as (pilot, screen):
        answer = screen._answer
        assert answer is not None
        await pilot.press("escape")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, SearchScreen))
        screen._show(answer)
        screen._show_context((answer, {0: answer.hits[0]}))
        await asyncio.sleep(0)
        assert app_of(pilot).return_code is None
