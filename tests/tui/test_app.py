"""What belongs to no single screen: the way round, the way out, undo, every key."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    app_of,
    desk,
    documents,
    fill,
    footer,
    number,
    reader,
    reader_shows,
    reading,
    says,
    write,
)
from waiting import settled

from store.library import Library
from tui.app import Postilla
from tui.config import Config
from tui.places import Places
from tui.screens.dialogs import Reading
from tui.widgets.status import Status

MODES = {
    "1": "documents",
    "2": "reader",
    "3": "entities",
    "4": "annotations",
    "5": "codebook",
}


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


async def test_the_five_screens_and_the_way_back(news: Library) -> None:
    async with desk(news, (80, 24)) as pilot:
        app = app_of(pilot)
        for key, mode in MODES.items():
            await pilot.press(key)
            await settled(pilot, lambda mode=mode: app.current_mode == mode)  # type: ignore[misc]
        for mode in ("annotations", "entities", "reader", "documents"):
            await pilot.press("q")
            await settled(pilot, lambda mode=mode: app.current_mode == mode)  # type: ignore[misc]
        await pilot.press("q")
        await settled(pilot, lambda: not app.is_running)
        assert app.return_code == 0


async def test_quitting_from_anywhere(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("a", "ctrl+q")
        await settled(pilot, lambda: not pilot.app.is_running)


async def test_what_is_being_written_outlives_the_end(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("a", "tab")
        await write(pilot, "half")
        await pilot.press("ctrl+q")
        await settled(pilot, lambda: not pilot.app.is_running)
    host, _, rest = news.core.window.partition(":")
    with Library(news.path, window=f"{host}:1:other") as later:
        (draft,) = later.core.reader.execute("SELECT note FROM drafts").fetchall()
    assert (draft, rest != "") == (("half",), True)


async def test_undo_and_redo_reach_every_screen(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("d", "3", "u")
        await says(pilot, "Undone")
        await pilot.press("U")
        await says(pilot, "Done again")
        await pilot.press("u", "u")
        await settled(pilot, lambda: news.documents.count() == 3)


async def test_messages_can_be_read_again(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("d")
        await says(pilot, "1 document removed")
        await pilot.press("escape")
        assert "removed" not in footer(pilot)
        await pilot.press("g", "l")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Reading))
        await says(pilot, "1 document removed")
        await pilot.press("q")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, Reading))


async def test_a_hint_in_the_footer_is_a_button(news: Library) -> None:
    async with desk(news) as pilot:
        at = footer(pilot).index("/ narrow")
        status = pilot.app.screen.query_one(Status)
        await pilot.click(status, offset=(at, 0))
        await says(pilot, "words of the title")


async def test_adding_while_one_reads(library: Library, tmp_path: Path) -> None:
    files = tmp_path / "more"
    files.mkdir()
    (files / "good.txt").write_text("A bridge was closed.\n", encoding="utf-8")
    (files / "bad.txt").write_bytes(b"")
    app = Postilla(library, add=[files])
    async with app.run_test(size=(120, 36)) as pilot:
        await says(pilot, "1 document added, not taken: bad.txt")
        await says(pilot, "Documents · 1")
        await settled(pilot, lambda: not app.jobs.running)
        assert any("bad.txt" in one for one in app.messages)
        app.action_stop_import()
        await says(pilot, "Nothing is being added.")


async def test_files_places_check_and_backup(news: Library, tmp_path: Path) -> None:
    places = Places(tmp_path / "x.db", tmp_path / "c.toml", tmp_path / "state")
    app = Postilla(news, places=places)
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_show_places()
        await says(pilot, str(news.path.name))
        await pilot.press("escape")
        app.action_check_library()
        await says(pilot, "Check of the library")
        await pilot.press("escape")
        app.action_back_up()
        await says(pilot, "Copy the library to")
        await pilot.press("enter")
        await says(pilot, "Copied to")
        ferry = number(news, "ferry")
        app.open_document(ferry)
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("Q")
    assert (tmp_path / "library-copy.db").exists()
    assert f'"document": {ferry}' in places.session.read_text(encoding="utf-8")


async def test_a_problem_with_the_configuration_is_said(news: Library) -> None:
    config = Config(keys={"documents.tagg": "t"})
    app = Postilla(news, config=config, problem="The file cannot be read.")
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot, lambda: len(app.messages) >= 2)
        assert "The file cannot be read." in app.messages
        assert any("documents.tagg" in one for one in app.messages)
        assert documents(pilot).list.has_focus


async def test_an_unforeseen_error_goes_to_the_log(
    news: Library, tmp_path: Path
) -> None:
    places = Places(tmp_path / "x.db", tmp_path / "c.toml", tmp_path / "state")
    app = Postilla(news, places=places)
    async with app.run_test(size=(120, 36)) as pilot:
        app.hand.ask(lambda _: 1 / 0, lambda _: None)
        await says(pilot, "Something unexpected happened (ZeroDivisionError)")
        await pilot.press("2")
        await settled(pilot, lambda: reader(pilot).page is not None)
    assert "ZeroDivisionError" in places.log.read_text(encoding="utf-8")


async def test_copying_says_so_and_holds_nothing_that_acts(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("y")
        await says(pilot, "Copied")
        assert "Il bilancio del porto" in pilot.app.clipboard
        app_of(pilot).copy_text("a\x1b]52;\x07b\x9b\nc\u200d")
        assert pilot.app.clipboard == "a]52;b\nc\u200d"


@pytest.mark.parametrize("size", [(20, 5), (1, 1)])
async def test_no_screen_is_too_small(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size) as pilot:
        for key in ("a", "escape", "t", "escape", *MODES, "s", "escape", "?", "q"):
            await pilot.press("question_mark" if key == "?" else key)
        assert pilot.app.is_running
        assert not [one for one in app_of(pilot).messages if "unexpected" in one]
