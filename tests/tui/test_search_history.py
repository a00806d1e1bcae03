"""Searches that are asked again: kept, offered, walked through, saved, dropped."""

from __future__ import annotations

from pathlib import Path

from news_desk import app_of, desk, fill, footer, says, seen, write
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.searched import MOST, Searched
from tui.screens.searching import SearchScreen


async def opened(pilot: Pilot[None]) -> SearchScreen:
    """Open the search and wait for its first rows."""
    await pilot.press("s")
    app = app_of(pilot)
    await settled(pilot, lambda: isinstance(app.screen, SearchScreen))
    screen = app.screen
    assert isinstance(screen, SearchScreen)
    await settled(pilot, lambda: screen._answer and screen._answer.learnt)
    return screen


async def answered(pilot: Pilot[None], screen: SearchScreen, query: str) -> None:
    """Wait until a query that stands in the field is answered."""
    await settled(pilot, lambda: screen.field.value == query)
    await settled(pilot, lambda: screen._answer and screen._answer.asked.text == query)


def queries(library: Library) -> list[str]:
    """What was asked, newest first."""
    return [one.query for one in Searched(library.core).list()]


def test_the_newest_stand_first_and_each_once(library: Library) -> None:
    """Of many only the last stay; blanks do not count; no query is none."""
    searched = Searched(library.core)
    for number in range(MOST + 5):
        searched.keep(f"harbour {number}")
    searched.keep("  harbour   7 ")
    for empty in ("", " \n", "x" * 501):
        searched.keep(empty)
    found = queries(library)
    assert len(found) == MOST
    assert found[:2] == ["harbour 7", f"harbour {MOST + 4}"]
    assert found.count("harbour 7") == 1
    searched.forget("harbour 7")
    searched.forget("never asked")
    assert "harbour 7" not in queries(library)


def test_any_string_can_be_kept(library: Library) -> None:
    """Also what is no text: nothing of it acts or breaks the table."""
    searched = Searched(library.core)
    for query in ("'; drop table searched", "a\0b", "half \ud800 sign", "[b]x[/b]"):
        searched.keep(query)
    assert queries(library) == [
        "[b]x[/b]",
        "half sign",
        "a b",
        "'; drop table searched",
    ]


def test_each_coder_has_their_own(library: Library) -> None:
    """And purging documents leaves what a person typed."""
    Searched(library.core).keep("ferry")
    with Library(library.path, coder="other") as second:
        assert queries(second) == []
        Searched(second.core).keep("captain")
    assert queries(library) == ["ferry"]


async def test_what_was_opened_is_offered_and_asked_again(
    library: Library, tmp_path: Path
) -> None:
    """In an empty field, with the documents of last below it."""
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await write(pilot, "ferry")
        await answered(pilot, screen, "ferry")
        await settled(pilot, lambda: screen._hits)
        await pilot.press("escape")
        await settled(pilot, lambda: queries(library) == ["ferry"])
        screen = await opened(pilot)
        await says(pilot, "asked 2026-01-30")
        assert "Asked before · opened or added last" in seen(pilot)
        assert "ask again" in footer(pilot)
        await pilot.press("enter")
        await answered(pilot, screen, "ferry")
        await settled(pilot, lambda: screen._hits)
        assert "enter open" in footer(pilot)


async def test_what_found_nothing_is_not_kept(library: Library, tmp_path: Path) -> None:
    """Nobody wants to ask it again."""
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await write(pilot, "qwxyzzy")
        await answered(pilot, screen, "qwxyzzy")
        await pilot.press("escape")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, SearchScreen))
    assert queries_of(library.path) == []


def queries_of(path: Path) -> list[str]:
    """The same of a library that was closed."""
    with Library(path, coder="tester") as library:
        return queries(library)


async def test_walking_through_the_searches(library: Library, tmp_path: Path) -> None:
    """Older and newer; what was typed before walking comes back."""
    fill(library, tmp_path / "news")
    for query in ("inquiry", "ferry"):
        Searched(library.core).keep(query)
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await write(pilot, "har")
        for key, query in (
            ("alt+up", "ferry"),
            ("alt+up", "inquiry"),
            ("alt+up", "inquiry"),
            ("alt+down", "ferry"),
            ("alt+down", "har"),
        ):
            await pilot.press(key)
            await answered(pilot, screen, query)


async def test_a_search_is_saved_opened_and_dropped(
    library: Library, tmp_path: Path
) -> None:
    """By name; dropping can be undone."""
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await write(pilot, "ferry port")
        await answered(pilot, screen, "ferry port")
        await pilot.press("ctrl+s")
        await says(pilot, "Save the search ferry port as")
        await write(pilot, "harbour")
        await pilot.press("enter")
        await settled(pilot, lambda: library.queries.list("search"))
        await says(pilot, 'Saved as "harbour".')
        assert library.queries.list("search")[0].expression == "ferry port"
        await pilot.press("ctrl+u")
        await says(pilot, "saved as harbour")
        await pilot.press("shift+delete")
        await says(pilot, '"harbour" dropped')
        assert not library.queries.list("search")
        assert "saved as harbour" not in seen(pilot)
    with Library(library.path, coder="tester", window=library.core.window) as again:
        again.history.undo()
        assert [one.name for one in again.queries.list("search")] == ["harbour"]


async def test_a_search_that_was_only_asked_is_forgotten(
    library: Library, tmp_path: Path
) -> None:
    """And on anything else the key says what it is for; an empty save too."""
    fill(library, tmp_path / "news")
    Searched(library.core).keep("ferry")
    async with desk(library, (80, 24)) as pilot:
        await opened(pilot)
        await says(pilot, "asked 2026-01-30")
        await pilot.press("shift+delete")
        await settled(pilot, lambda: queries(library) == [])
        await settled(pilot, lambda: "asked 2026" not in seen(pilot))
        await pilot.press("shift+delete")
        await says(pilot, "In an empty field: on a search, this drops it.")
        await pilot.press("ctrl+s")
        await says(pilot, "Nothing to save yet")
