"""How often when, tags by document: as a person sees them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from counting_desk import annotated, asks, choose, export, laid_over
from news_desk import (
    SIZES,
    app_of,
    desk,
    documents,
    footer,
    reader_shows,
    says,
    seen,
)
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.document_rows import DocumentFilter
from store.library import Library
from tui.screens.base import LibraryScreen
from tui.screens.cooccurrence import CooccurrenceScreen
from tui.screens.documents import DocumentsScreen
from tui.screens.matrix import MatrixScreen
from tui.screens.timeline import TimelineScreen


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Library:
    """The news, two of them annotated."""
    return annotated(library, tmp_path / "news")


# How often, when ----------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_documents_over_time_have_bars(
    shelf: Library, size: tuple[int, int]
) -> None:
    async with desk(shelf, size) as pilot:
        screen = await laid_over(pilot, "t", TimelineScreen)
        await says(pilot, "Documents, by day · 3")
        assert "2025-03-01" in seen(pilot) and "▇" in seen(pilot)
        assert len(screen.list.ids) == 7
        for by in ("week", "month", "year", "day"):
            await pilot.press("o")
            await says(pilot, f"Documents, by {by} · 3")
        if size[0] > 100:
            assert "span" in footer(pilot)


async def test_a_bar_leads_to_its_documents(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "t", TimelineScreen)
        await settled(pilot, lambda: len(screen.list.ids) == 7)
        await pilot.press("o")
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        await pilot.press("down", "enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        found = documents(pilot)
        await settled(pilot, lambda: len(found.list.ids) == 2)
        assert found.filters == DocumentFilter(since="2025-03-03", until="2025-03-09")


async def test_mentions_annotations_and_words_are_counted(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "t", TimelineScreen)
        for of, about, title in (
            ("mentions", "Agnes Holloway", "Mentions of Agnes Holloway, by day · 2"),
            ("words", "the ferry", "Places of the ferry, by day · 2"),
            ("annotations", "place or blame", "with place or blame, by day · 3"),
        ):
            dialog = await asks(pilot)
            await choose(pilot, dialog, "of", of)
            dialog.query_one("#about", Input).value = about
            await pilot.press("enter")
            await says(pilot, title)
        assert [screen.found and screen.found.series[0].counts] == [(2, 0, 0, 1)]
        dialog = await asks(pilot)
        await choose(pilot, dialog, "of", "mentions")
        dialog.query_one("#about", Input).value = ""
        await pilot.press("enter")
        await settled(pilot, lambda: dialog.is_open)
        assert pilot.app.screen is dialog


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("entity:Agnes Holloway", "Mentions of Agnes Holloway"),
        ("tag:blame/denial", "Annotations with"),
        ("ferry", "Places of ferry"),
    ],
)
async def test_it_begins_with_what_was_at_hand(
    shelf: Library, words: str, title: str
) -> None:
    async with desk(shelf) as pilot:
        app_of(pilot).lay_over(TimelineScreen(words))
        await says(pilot, title)
        screen = pilot.app.screen
        assert isinstance(screen, TimelineScreen)
        await settled(pilot, lambda: len(screen.list.ids))


async def test_a_timeline_is_taken_out_as_csv(shelf: Library, tmp_path: Path) -> None:
    async with desk(shelf) as pilot:
        await laid_over(pilot, "t", TimelineScreen)
        await says(pilot, "Documents, by day · 3")
        await export(pilot, tmp_path / "days.csv")
    lines = (tmp_path / "days.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "period,since,until,series,count"
    assert lines[1] == "2025-03-01,2025-03-01,2025-03-01,documents,1"
    assert len(lines) == 8


# Tags by document ----------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_matrix_shows_which_document_bears_which_tag(
    shelf: Library, size: tuple[int, int]
) -> None:
    async with desk(shelf, size) as pilot:
        await laid_over(pilot, "x", MatrixScreen)
        await says(pilot, "Documents by tags · 3 × 3")
        assert ferry(pilot) == ["1", "1", "1"]
        dialog = await asks(pilot)
        await choose(pilot, dialog, "cells", "counts")
        await pilot.press("enter")
        await settled(pilot, lambda: ferry(pilot) == ["2", "2", "1"])


def ferry(pilot: Pilot[None]) -> list[str]:
    """The cells of one document as they are seen."""
    lines = [line for line in seen(pilot).split("\n") if "ferry" in line]
    return lines[0].replace("│", " ").split()[-3:] if lines else []


async def test_columns_go_by_with_left_and_right(shelf: Library) -> None:
    for place in range(20):
        shelf.codebook.add(f"topic-{place:02}")
    async with desk(shelf, (80, 24)) as pilot:
        screen = await laid_over(pilot, "x", MatrixScreen)
        await says(pilot, "columns 1–")
        assert "topic-10" not in seen(pilot)
        for _ in range(8):
            await pilot.press("right")
        await says(pilot, "columns 9–")
        assert "topic-10" in seen(pilot)
        for _ in range(40):
            await pilot.press("l")
        await says(pilot, "of 23")
        assert "topic-19" in seen(pilot) and screen.is_current
        for _ in range(40):
            await pilot.press("h")
        await says(pilot, "columns 1–")
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, "budget"))


async def test_a_matrix_of_entities_is_taken_out(
    shelf: Library, tmp_path: Path
) -> None:
    async with desk(shelf) as pilot:
        await laid_over(pilot, "x", MatrixScreen)
        dialog = await asks(pilot)
        await choose(pilot, dialog, "of", "entities")
        await choose(pilot, dialog, "rows", "annotated")
        await pilot.press("enter")
        await says(pilot, "Documents by entities · 2 ×")
        await export(pilot, tmp_path / "matrix.csv")
    with (tmp_path / "matrix.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["title"] for row in rows} == {
        "The ferry stays in port",
        "An inquiry opens",
    }
    assert {row["Agnes Holloway"] for row in rows} == {"1"}


# All of them ------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["o", "t", "x"])
async def test_nothing_to_count_says_what_to_do(library: Library, key: str) -> None:
    from tui.app import Postilla

    kinds: dict[str, type[LibraryScreen]] = {
        "o": CooccurrenceScreen,
        "t": TimelineScreen,
        "x": MatrixScreen,
    }
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        await laid_over(pilot, key, kinds[key])
        await says(pilot, "There are no documents in this library yet.")
        assert "go to Documents" in seen(pilot)


@pytest.mark.parametrize("key", ["o", "t", "x"])
async def test_a_screen_of_a_few_cells_does_no_harm(shelf: Library, key: str) -> None:
    kinds: dict[str, type[LibraryScreen]] = {
        "o": CooccurrenceScreen,
        "t": TimelineScreen,
        "x": MatrixScreen,
    }
    async with desk(shelf, (20, 5)) as pilot:
        await laid_over(pilot, key, kinds[key])
        await pilot.press("down", "up", "right")
        await pilot.pause()


async def test_only_the_documents_that_documents_shows(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        below = documents(pilot)
        below.narrow_to({"language": "it"}, None)
        await settled(pilot, lambda: len(below.list.ids) == 1)
        screen = await laid_over(pilot, "t", TimelineScreen)
        dialog = await asks(pilot)
        dialog.query_one("#documents").focus()
        await pilot.press("space")
        await says(pilot, "what Documents shows: language it")
        await pilot.press(*"what", "enter")
        await settled(pilot, lambda: pilot.app.screen is dialog)
        await pilot.press("enter")
        await says(pilot, "Documents, by day · 1")
        assert screen.filters == DocumentFilter(language="it")
        # The bar stands on what is chosen, so that enter changes nothing, though
        # Documents shows everything again.
        below.filters = DocumentFilter()
        dialog = await asks(pilot)
        dialog.query_one("#documents").focus()
        await pilot.press("space")
        await says(pilot, "type to narrow")
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.screen is dialog)
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert screen.filters == DocumentFilter(language="it")


async def test_a_tag_is_named_without_needless_quotes(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        app_of(pilot).lay_over(TimelineScreen("tag:blame/denial"))
        await says(pilot, "Annotations with blame/denial, by day · 2")
