"""History: what was done, back to any point and forward again, one act alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import SIZES, desk, fill, footer, seen
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.library import Library
from tui.keys import PLACES
from tui.screens.history import HistoryScreen
from tui.screens.history_text import HERE, START, next_scope, when
from tui.widgets.plain import Plain


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Six acts in this window: three annotations, two edits, a bulk tagging."""
    made = Library(tmp_path / "library.db", create=True, coder="tester")
    fill(made, tmp_path / "news")
    for number in range(3):
        made.annotations.create(1 + number, note=f"note {number}")
    made.annotations.edit(1, note="second thoughts")
    made.annotations.tag([1, 2, 3], ["blame"])
    return made


async def opened(pilot: Pilot[None]) -> HistoryScreen:
    """The history over Documents, read."""
    await pilot.press("g", "h")
    await settled(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen))
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    await settled(pilot, lambda: about(screen))
    return screen


def about(screen: HistoryScreen) -> str:
    """What stands below the list."""
    return screen.query_one("#about", Plain).shown


def notes(library: Library) -> list[str]:
    return sorted(one.note for one in library.annotations.select())


def shown(screen: HistoryScreen) -> list[int]:
    return list(screen.list.ids)


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_what_was_done_at_every_size(
    library: Library, size: tuple[int, int]
) -> None:
    async with desk(library, size) as pilot:
        screen = await opened(pilot)
        assert shown(screen) == [HERE, 6, 5, 4, 3, 2, 1, START]
        assert screen.list.cursor_id == 6
        if size != (20, 5):
            assert "tagged 3 annotations with blame" in seen(pilot)
            assert "you are here" in seen(pilot)
            assert "this was done last" in seen(pilot)
        await pilot.press("q")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, HistoryScreen))


async def test_back_to_a_point_and_forward_again(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await opened(pilot)
        screen.list.move_to_id(2)
        await settled(pilot, lambda: "enter takes back the 4 acts" in about(screen))
        await pilot.press("enter")
        await settled(pilot, lambda: shown(screen)[4:6] == [HERE, 2])
        assert notes(library) == ["note 0"]
        assert "Taken back: 4 acts · U does them again" in footer(pilot)
        assert seen(pilot).count("↶") == 4

        await pilot.press("U")
        await settled(pilot, lambda: shown(screen)[3:5] == [HERE, 3])
        assert screen.list.cursor_id == 3, "the cursor goes along"
        screen.list.move_to_id(6)
        await settled(pilot, lambda: "does 3 acts, up to this one" in about(screen))
        await pilot.press("enter")
        await settled(pilot, lambda: shown(screen)[0] == HERE)
        assert notes(library) == ["note 1", "note 2", "second thoughts"]
        assert "Done again: 3 acts" in footer(pilot)


async def test_before_everything_and_redo(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("G", "enter")
        await settled(pilot, lambda: shown(screen)[-2:] == [HERE, START])
        assert library.codebook.tags() == []
        for _ in range(6):
            await pilot.press("U")
        await settled(pilot, lambda: shown(screen)[0] == HERE)
        assert notes(library) == ["note 1", "note 2", "second thoughts"]


async def test_one_act_alone(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await opened(pilot)
        screen.list.move_to_id(4)  # note 2; it was tagged since
        await pilot.press("x")
        await settled(pilot, lambda: "Not taken back" in about(screen))
        assert "been used since by you in this window: tagged 3" in about(screen)
        assert "x on another act takes back that one alone" in about(screen)
        screen.list.move_to_id(5)
        await pilot.press("x")
        await settled(pilot, lambda: "note 0" in notes(library))
        await settled(pilot, lambda: seen(pilot).count("↶") == 1)
        await pilot.press("x")
        await settled(pilot, lambda: "second thoughts" in notes(library))


async def test_whose(library: Library) -> None:
    other = Library(library.path, coder="second")
    other.annotations.create(1, note="hers")
    elsewhere = Library(library.path, coder="tester")
    elsewhere.annotations.create(2, note="elsewhere")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("f")
        await settled(pilot, lambda: "History · mine · 7" in seen(pilot))
        assert shown(screen)[:3] == [HERE, 8, 6]
        await pilot.press("f")
        await settled(pilot, lambda: "History · everyone's · 8" in seen(pilot))
        assert shown(screen)[:4] == [HERE, 8, 7, 6]
        screen.list.move_to_id(7)
        await settled(pilot, lambda: "by second" in about(screen))
        await pilot.press("enter")
        await settled(pilot, lambda: shown(screen)[:3] == [8, HERE, 7])
        assert "hers" in notes(library), "nobody takes back what others did"
        await pilot.press("f")
        await settled(pilot, lambda: "History · this window · 6" in seen(pilot))
    other.close()
    elsewhere.close()


async def test_a_new_window_shows_what_was_done_before(library: Library) -> None:
    again = Library(library.path, coder="tester")
    async with desk(again) as pilot:
        screen = await opened(pilot)
        assert screen.whose == "mine"
        await pilot.press("j", "enter")
        await settled(pilot, lambda: shown(screen)[:3] == [6, HERE, 5])
        await pilot.press("U")
        await settled(pilot, lambda: shown(screen)[0] == HERE)
    library.close()


async def test_words(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", "e", "d", "i", "t")
        await settled(pilot, lambda: shown(screen) == [HERE, 5, START])
        await pilot.press("escape")
        await settled(pilot, lambda: len(shown(screen)) == 8)
        await pilot.press("slash", "z", "z", "enter")
        await settled(pilot, lambda: "Nothing here fits" in seen(pilot))
        await pilot.press("escape")
        await settled(pilot, lambda: len(shown(screen)) == 8)


async def test_nothing_done_yet(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    fill(library, tmp_path / "news")
    library.core.writer.run(lambda pen: pen.connection.execute("DELETE FROM changes"))
    async with desk(library) as pilot:
        await pilot.press("g", "h")
        await settled(pilot, lambda: "Nothing was done yet" in seen(pilot))


def test_moments_and_scopes() -> None:
    assert when("no moment") == "no moment"
    assert len(when("2026-01-30T09:15:00.123456Z")) == 12
    assert next_scope(next_scope(next_scope("mine"))) == "mine"
    assert "history" in PLACES


async def test_the_acts_shown_are_written_to_a_file(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "acts.csv"
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("u", "f")
        await settled(pilot, lambda: screen.whose == "mine")
        await pilot.press("E")
        await settled(pilot, lambda: "Write this table as CSV" in seen(pilot))
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await settled(pilot, target.exists)
    header, first, second, *_ = target.read_text(encoding="utf-8-sig").splitlines()
    assert header == "id,when,act,things,coder,state"
    assert first.startswith("6,") and first.endswith("tester,undone")
    assert "tagged 3 annotations with blame" in first
    assert second.startswith("5,") and second.endswith("tester,done")


async def test_before_everything_no_act_is_taken_back(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("G")
        await settled(pilot, lambda: screen.list.cursor_id == START)
        await pilot.press("x")
        await settled(pilot, lambda: "Move to an act first" in footer(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: "all of it is taken back" in about(screen))
