"""Agreement of coders on the screen, and being done in the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from news_desk import app_of, desk, fill, number, reader_shows, reading, seen
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.app import Postilla
from tui.screens.agreement import AgreementScreen, toggle_done
from tui.screens.agreement_text import agreement_row
from tui.screens.annotations import AnnotationsScreen
from tui.screens.documents import DocumentsScreen

MakeLibrary = Callable[..., Library]


@pytest.fixture
def pair(make_library: MakeLibrary, tmp_path: Path) -> tuple[Library, Library]:
    """Ada, at the screen, and Bo have tagged the same item differently."""
    ada, bo = make_library(coder="Ada"), None
    fill(ada, tmp_path / "news")
    bo = make_library(coder="Bo")
    one = number(ada, "ferry")
    ada.annotations.create(one, Passage(0, 12), tags=("blame/denial",))
    bo.annotations.create(one, Passage(0, 40), tags=("blame/denial",))
    return ada, bo


async def compared(pilot: Pilot[None]) -> AgreementScreen:
    """Open the screen and wait for the figures."""
    await pilot.press("g", "a")
    await settled(pilot, lambda: isinstance(pilot.app.screen, AgreementScreen))
    screen = pilot.app.screen
    assert isinstance(screen, AgreementScreen)
    await settled(pilot, lambda: "by sentence" in seen(pilot))
    return screen


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (59, 15)])
async def test_figures_stand_with_what_they_rest_on(
    pair: tuple[Library, Library], size: tuple[int, int]
) -> None:
    async with desk(pair[0], size) as pilot:
        await compared(pilot)
        shown = seen(pilot)
        assert "blame/denial" in shown and "Ada, Bo" in shown
        assert "kappa" in shown and "1 document" in shown
        assert "Blind coding is off" in shown and "corrected for chance" in shown
        await pilot.press("q")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, AgreementScreen))


async def test_unit_and_coders_are_chosen(pair: tuple[Library, Library]) -> None:
    async with desk(pair[0]) as pilot:
        screen = await compared(pilot)
        await pilot.press("f")
        await settled(pilot, lambda: "What is compared" in seen(pilot))
        await pilot.press("tab", "left", "enter")
        await settled(pilot, lambda: "by character" in seen(pilot))
        assert screen.asked.question.unit == "character"


async def test_the_table_is_taken_out(
    pair: tuple[Library, Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(pair[0]) as pilot:
        await compared(pilot)
        await pilot.press("E")
        await settled(pilot, lambda: "as CSV" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot, (tmp_path / "agreement.csv").is_file)
    lines = (tmp_path / "agreement.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("what,unit,untagged,coders")
    assert any(line.startswith("blame/denial,sentence,counted") for line in lines)


async def test_blind_coding_is_switched_and_hides(
    pair: tuple[Library, Library],
) -> None:
    ada, bo = pair
    async with reading(ada) as pilot:
        screen_of = app_of(pilot)
        await settled(pilot, lambda: "in this document · 2" in seen(pilot))
        await compared(pilot)
        await pilot.press("B")
        await settled(pilot, lambda: ada.coders.blind)
        await settled(pilot, lambda: "No document is marked as done" in seen(pilot))
        await pilot.press("q")
        await settled(pilot, lambda: "in this document · 1" in seen(pilot))
        one = number(ada, "ferry")
        bo.coders.mark_done([one])
        toggle_done(screen_of, one)
        await settled(pilot, lambda: "in this document · 2" in seen(pilot))


async def test_one_coder_alone_is_told_what_to_do(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    ada = fill(make_library(coder="Ada"), tmp_path / "news")
    async with desk(ada) as pilot:
        await pilot.press("g", "a")
        await settled(pilot, lambda: "needs two coders" in seen(pilot))
        assert "configuration" in seen(pilot)


async def test_enter_shows_where_coders_differ(pair: tuple[Library, Library]) -> None:
    ada, _ = pair
    ada.annotations.create(
        number(ada, "ferry"), Passage(70, 80), tags=("blame/denial",)
    )
    async with desk(ada) as pilot:
        await compared(pilot)
        await pilot.press("enter")
        await settled(pilot, lambda: "coders differ at 1 place" in seen(pilot))
        assert "Ada, not Bo · She said that the ferry" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("q")
        await settled(pilot, lambda: isinstance(pilot.app.screen, AgreementScreen))


async def test_from_a_figure_to_all_annotations_with_its_tag(
    pair: tuple[Library, Library],
) -> None:
    async with desk(pair[0]) as pilot:
        await compared(pilot)
        await pilot.press("down", "enter")
        await settled(pilot, lambda: "coders differ at 0 places" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, AnnotationsScreen))
        screen = pilot.app.screen
        assert isinstance(screen, AnnotationsScreen)
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        assert screen.filters.tag == "blame/denial"


async def test_attributes_differ_by_document(pair: tuple[Library, Library]) -> None:
    ada, bo = pair
    ada.attributes.define("tone", "scale", values=("1", "5"))
    one = number(ada, "ferry")
    ada.attributes.set([one], "tone", "2")
    bo.attributes.set([one], "tone", "4")
    async with desk(ada) as pilot:
        await compared(pilot)
        await pilot.press("f")
        await settled(pilot, lambda: "What is compared" in seen(pilot))
        await pilot.press("right")
        await settled(pilot, lambda: "Untagged text" not in seen(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: "with one value" in seen(pilot))
        await pilot.press("enter")
        await settled(
            pilot, lambda: "Ada 2, Bo 4 · The ferry stays in port" in seen(pilot)
        )


async def test_nothing_to_compare_says_so(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        await pilot.press("g", "a")
        await settled(pilot, lambda: "needs two coders" in seen(pilot))
        await pilot.press("E")
        await settled(pilot, lambda: "There is nothing to export." in seen(pilot))


def test_a_figure_just_below_nothing_is_nothing() -> None:
    from store.agreement import Agreement

    one = Agreement(
        *("a", "sentence", "counted", ("Ada", "Bo"), 1, 500, 0, 2, 498),
        *(0.996, -0.002, -0.001),
    )
    shown = [getattr(cell, "text", cell) for cell in agreement_row(one).cells]
    assert shown[-2:] == ["0.00", "0.00"]
