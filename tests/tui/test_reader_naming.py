"""Names in the reader: one that was missed, one that is none, one of another type."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import NEWS, SIZES, fill, number, reader, reading, says, seen, write
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.model import Mention
from tui.screens.dialogs import Choose
from tui.screens.reading import ReadingScreen
from tui.screens.reading_who import NameDialog, TypeDialog

TEXT = NEWS["ferry"][4]
MAYOR = TEXT.index("mayor")
AGNES = TEXT.index("Agnes")


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


def named(library: Library, surface: str) -> list[Mention]:
    found = library.entities.mentions()
    return [
        one
        for one in found
        if (one.surface, one.state == "rejected") == (surface, False)
    ]


async def ask_who(pilot: Pilot[None], key: str = "i") -> NameDialog:
    """Ask who is named, and wait for the question."""
    await pilot.press(key)
    await settled(pilot, lambda: isinstance(pilot.app.screen, NameDialog))
    screen = pilot.app.screen
    assert isinstance(screen, NameDialog)
    await settled(pilot, lambda: screen.list.ids)
    return screen


async def back(pilot: Pilot[None]) -> None:
    await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a_missed_name_is_a_new_one(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size) as pilot:
        reader(pilot).reader.goto(MAYOR, select=(MAYOR, MAYOR + 6))
        dialog = await ask_who(pilot)
        assert reader_words(dialog) == "mayor"
        await pilot.press("down", "enter")
        await settled(pilot, lambda: named(news, "mayor"))
        await back(pilot)
        (one,) = named(news, "mayor")
        assert (one.start, one.end, one.type) == (MAYOR, MAYOR + 5, "ORG")
        if size[0] > 60:
            await says(pilot, "mayor: organisation · saved · u undo")
            await settled(pilot, lambda: reader(pilot).reader.spans_at(MAYOR, "entity"))
        await pilot.press("u")
        await settled(pilot, lambda: not named(news, "mayor"))


def reader_words(dialog: NameDialog) -> str:
    """What the question is about."""
    return str(dialog.query_one("Box").border_title).split("“")[1].rstrip("”?")


async def test_a_known_name_is_found_in_spite_of_a_slip(news: Library) -> None:
    async with reading(news) as pilot:
        reader(pilot).reader.goto(MAYOR)
        await ask_who(pilot)
        assert "a new name" in seen(pilot)
        await write(pilot, "Nordhvan")
        await pilot.press("enter")
        await says(pilot, "Nordhavn Lines: organisation · saved")
        (one,) = named(news, "mayor")
        assert one.name == "Nordhavn Lines"
        await says(pilot, "Nordhavn Lines")


async def test_everywhere_it_is_written_so(news: Library) -> None:
    async with reading(news) as pilot:
        start = TEXT.index("ferry")
        reader(pilot).reader.goto(start)
        await ask_who(pilot)
        await pilot.press("down", "down", "down", "tab", "space")
        assert "[x] Everywhere" in seen(pilot)
        await pilot.press("shift+tab", "enter")
        await says(pilot, "ferry: product · 2 places in 1 document · saved")
        assert len(named(news, "ferry")) == 2
        await pilot.press("u")
        await settled(pilot, lambda: not named(news, "ferry"))


async def test_the_bar_is_on_who_is_called_so(news: Library) -> None:
    async with reading(news) as pilot:
        reader(pilot).reader.goto(AGNES + 2)
        dialog = await ask_who(pilot)
        assert reader_words(dialog) == "Agnes Holloway"
        assert dialog.list.cursor_index == 0
        assert "2 documents" in seen(pilot)
        await pilot.press("escape")
        await back(pilot)
        assert reader(pilot).reader.selected is None
        await pilot.press("m", "e")
        assert reader(pilot).reader.selected_text == "Agnes Holloway"
        await pilot.press("T")
        await settled(pilot, lambda: isinstance(pilot.app.screen, TypeDialog))


@pytest.mark.parametrize(
    ("moves", "left"), [(0, 1), (1, 0), (2, 0)], ids=["here", "so written", "entity"]
)
async def test_not_a_name(news: Library, moves: int, left: int) -> None:
    async with reading(news) as pilot:
        assert len(named(news, "Agnes Holloway")) == 2
        reader(pilot).reader.goto(AGNES)
        await pilot.press("x")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choose))
        assert "wherever “Agnes Holloway” is written" in seen(pilot)
        await pilot.press(*["down"] * moves, "enter")
        await says(pilot, "saved · u undo")
        assert len(named(news, "Agnes Holloway")) == left
        await settled(pilot, lambda: not reader(pilot).reader.spans_at(AGNES, "entity"))
        await pilot.press("u")
        await settled(pilot, lambda: len(named(news, "Agnes Holloway")) == 2)


@pytest.mark.parametrize(
    ("moves", "types"),
    [(["left"], ["ORG", "PER"]), ([], ["ORG", "ORG"]), (["right"], ["ORG", "ORG"])],
    ids=["here", "so written", "entity"],
)
async def test_another_type(news: Library, moves: list[str], types: list[str]) -> None:
    async with reading(news) as pilot:
        reader(pilot).reader.goto(AGNES)
        await pilot.press("T")
        await settled(pilot, lambda: isinstance(pilot.app.screen, TypeDialog))
        await says(pilot, "(•) wherever “Agnes Holloway” is written")
        await pilot.press("right", "tab", *moves, "enter")
        await says(pilot, "Agnes Holloway: organisation · saved · u undo")
        first = number(news, "ferry")
        found = sorted(
            named(news, "Agnes Holloway"), key=lambda one: one.document != first
        )
        assert [one.type for one in found] == types
        await pilot.press("u")
        await settled(
            pilot,
            lambda: {one.type for one in named(news, "Agnes Holloway")} == {"PER"},
        )


async def test_the_type_it_has_changes_nothing(news: Library) -> None:
    """Enter on what it is already is no act, and nothing to take back."""
    async with reading(news) as pilot:
        reader(pilot).reader.goto(AGNES)
        acts = len(news.history.entries())
        await pilot.press("T")
        await settled(pilot, lambda: isinstance(pilot.app.screen, TypeDialog))
        await pilot.press("enter")
        await says(pilot, "Agnes Holloway: person, as before")
        assert {one.state for one in named(news, "Agnes Holloway")} == {"new"}
        assert len(news.history.entries()) == acts


@pytest.mark.parametrize("keys", [[], ["down"]])
async def test_the_arrows_move_the_bar_in_the_smallest_terminal(
    news: Library, keys: list[str]
) -> None:
    """The list stays in sight, and says what is new of which kind."""
    async with reading(news, (20, 5)) as pilot:
        reader(pilot).reader.goto(MAYOR)
        dialog = await ask_who(pilot)
        await pilot.press("down", "down", *keys)
        assert dialog.list.cursor_index == 2 + len(keys)
        await says(pilot, "new product" if keys else "new place")


async def test_a_figure_is_struck_out_as_a_figure(news: Library) -> None:
    sum = "due milioni di euro"
    async with reading(news, name="budget") as pilot:
        reader(pilot).reader.goto(NEWS["budget"][4].index(sum))
        await pilot.press("x")
        await says(pilot, f"“{sum}” is no figure · saved · u undo")
        assert not named(news, sum)
        await pilot.press("u")
        await settled(pilot, lambda: named(news, sum))


async def test_where_there_is_no_name(news: Library) -> None:
    async with reading(news) as pilot:
        reader(pilot).reader.goto(MAYOR)
        for key in ("x", "T"):
            await pilot.press(key)
            await says(pilot, "No name is marked here; ]e goes to the next")


async def test_what_found_the_names_stands_below_them(news: Library) -> None:
    async with reading(news) as pilot:
        await says(pilot, "by: joint model of several languages")


async def test_an_italian_text_says_its_model(news: Library) -> None:
    async with reading(news, name="budget") as pilot:
        await says(pilot, "by: Italian model")
