"""What occurs with what, as a person sees it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from counting_desk import annotated, asks, choose, export, laid_over
from news_desk import (
    SIZES,
    app_of,
    desk,
    number,
    reader_shows,
    says,
    seen,
    write,
)
from textual.widgets import Input
from waiting import settled

from store.library import Library
from tui.screens.cooccurrence import CooccurrenceScreen
from tui.screens.documents import DocumentsScreen


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Library:
    """The news, two of them annotated."""
    return annotated(library, tmp_path / "news")


@pytest.mark.parametrize("size", SIZES)
async def test_entities_that_occur_together_are_listed(
    shelf: Library, size: tuple[int, int]
) -> None:
    async with desk(shelf, size) as pilot:
        await laid_over(pilot, "o", CooccurrenceScreen)
        await says(pilot, "Entities with entities, by document")
        text = seen(pilot)
        assert "Agnes Holloway" in text and "Tromsby" in text
        assert "all documents" in text and "together" in text
        await pilot.press("q")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))


async def test_enter_leads_to_the_documents_that_hold_both(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "o", CooccurrenceScreen)
        await settled(pilot, lambda: len(screen.list.ids))
        pair = screen.read_pairs([screen.list.ids[0]])[screen.list.ids[0]]
        assert {pair.a, pair.b} == {"Agnes Holloway", "Tromsby"}
        await pilot.press("enter")
        await says(pilot, "2 documents")
        await pilot.press("down", "enter")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        assert list(app_of(pilot).reading_list) == [
            number(shelf, "inquiry"),
            number(shelf, "ferry"),
        ]
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_tags_are_paired_by_overlap(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "o", CooccurrenceScreen)
        dialog = await asks(pilot)
        await choose(pilot, dialog, "of", "tags")
        assert not dialog.query_one(".counting--type").display
        await choose(pilot, dialog, "unit", "overlap")
        await pilot.press("enter")
        await says(pilot, "Tags with tags, by overlap · 2")
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        assert "blame/denial" in seen(pilot)


async def test_what_cannot_be_asked_is_said_in_the_box(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        await laid_over(pilot, "o", CooccurrenceScreen)
        dialog = await asks(pilot)
        dialog.query_one("#beside", Input).focus()
        await write(pilot, "Nobody At All")
        await pilot.press("enter")
        await says(pilot, "no entity and no tag")
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is not dialog)


async def test_from_an_entity_its_neighbours_are_shown(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        app_of(pilot).lay_over(CooccurrenceScreen("entity:Nordhavn Lines"))
        await says(pilot, "Entities with Nordhavn Lines, by document")
        screen = pilot.app.screen
        assert isinstance(screen, CooccurrenceScreen)
        await settled(pilot, lambda: len(screen.list.ids))
        pairs = screen.read_pairs(list(screen.list.ids)).values()
        assert {pair.a for pair in pairs} == {"Nordhavn Lines"}
        assert {pair.together for pair in pairs} == {1}
        assert screen.words_at_hand() == "entity:Nordhavn Lines"
        dialog = await asks(pilot)
        assert dialog.query_one("#beside", Input).value == "entity:Nordhavn Lines"


async def test_pairs_are_narrowed_and_ordered(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "o", CooccurrenceScreen)
        await settled(pilot, lambda: len(screen.list.ids))
        count = len(screen.list.ids)
        await pilot.press("slash")
        await write(pilot, "nordhavn")
        await settled(pilot, lambda: 0 < len(screen.list.ids) < count)
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.list.ids) == count)
        first = screen.list.ids[0]
        await pilot.press("O")
        await settled(pilot, lambda: screen.list.ids[-1] == first)
        await pilot.press("o")
        await says(pilot, "Order by")
        await write(pilot, "jacc")
        await pilot.press("enter")
        await says(pilot, "· Jaccard")


async def test_it_counts_again_when_the_library_changes(shelf: Library) -> None:
    async with desk(shelf) as pilot:
        app_of(pilot).lay_over(CooccurrenceScreen("tag:place"))
        screen = pilot.app.screen
        await settled(pilot, lambda: isinstance(pilot.app.screen, CooccurrenceScreen))
        screen = pilot.app.screen
        assert isinstance(screen, CooccurrenceScreen)
        await settled(pilot, lambda: len(screen.list.ids))
        before = screen.pairs
        ferry = number(shelf, "ferry")
        app_of(pilot).hand.write(lambda library: library.documents.remove([ferry]))
        await settled(pilot, lambda: screen.pairs is not before)
        assert screen.pairs is not None and screen.pairs.units == 2


async def test_pairs_are_taken_out_as_csv(shelf: Library, tmp_path: Path) -> None:
    target = tmp_path / "pairs.csv"
    async with desk(shelf) as pilot:
        screen = await laid_over(pilot, "o", CooccurrenceScreen)
        await settled(pilot, lambda: len(screen.list.ids))
        await export(pilot, target)
        with target.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(screen.list.ids)
        assert rows[0]["together"] == "2"
