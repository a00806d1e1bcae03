"""Words in context on the screen: asking, order, where, and what is done there."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from news_desk import (
    SIZES,
    app_of,
    desk,
    fill,
    number,
    reader,
    reader_shows,
    reading,
    says,
    seen,
    write,
)
from textual.pilot import Pilot
from waiting import settled

from store import kwic, safe
from store.annotations import Passage
from store.document_rows import DocumentFilter
from store.kwic import Line
from store.library import Library
from tui.screens.concordance import ConcordanceScreen
from tui.screens.concordance_text import COLUMNS, left_cells, line_row
from tui.screens.dialogs import Choose, Prompt
from tui.screens.documents import DocumentsScreen
from tui.text.context import right_set, tail
from tui.widgets.columns import Cell, arrange

WIDE = (
    "東京の記者がferryと書いた。 مرحبا ferry שלום."
    " A 👩‍👩‍👧 took the ferry\u202e\x07 home."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "news.db", create=True, coder="tester") as made:
        yield fill(made, tmp_path / "news")


def concordance(pilot: Pilot[None]) -> ConcordanceScreen:
    assert isinstance(pilot.app.screen, ConcordanceScreen)
    return pilot.app.screen


async def ask(pilot: Pilot[None], words: str) -> ConcordanceScreen:
    """Open the screen and ask; everything is found when it returns."""
    await pilot.press("g", "k")
    await settled(pilot, lambda: isinstance(pilot.app.screen, ConcordanceScreen))
    await pilot.pause()
    await pilot.press("slash", "ctrl+u")
    await write(pilot, words)
    await pilot.press("enter")
    await settled(pilot, lambda: concordance(pilot).words == words)
    await settled(pilot, lambda: is_found(pilot))
    return concordance(pilot)


def is_found(pilot: Pilot[None]) -> bool:
    hunt = concordance(pilot).hunt
    return hunt is not None and hunt.is_complete


def lefts(pilot: Pilot[None]) -> list[str]:
    """The last word left of each place, in the order shown."""
    screen = concordance(pilot)
    places = [screen.places[one] for one in screen.list.ids]
    lines = kwic.lines(screen.library.core.reader, places)
    return [(line.left.split() or [""])[-1] for line in lines]


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_every_size_shows_the_words_below_each_other(
    library: Library, size: tuple[int, int], tmp_path: Path
) -> None:
    odd = tmp_path / "odd.md"
    odd.write_text(f"---\ntitle: Odd\ndate: 2025-02-01\n---\n{WIDE}\n", "utf-8")
    async with desk(library, size) as pilot:
        list(library.add([odd]))
        await ask(pilot, "ferry")
        await settled(pilot, lambda: len(concordance(pilot).list.ids) == 5)
        if size[1] < 15:
            return
        await says(pilot, "5 places in 2 documents")
        width = concordance(pilot).list.scrollable_content_region.width
        at = 1 + 2 + left_cells(width) + (2 if width >= 90 else 1)
        begins = [
            safe.width(row[: match.start()]) == at
            for row in seen(pilot).split("\n")
            for match in re.finditer("ferry", row)
        ]
        assert sum(begins) == 5
        assert "\x07" not in seen(pilot)
        assert "\u202e" not in seen(pilot)


async def test_without_words_it_says_how_to_ask(library: Library) -> None:
    async with desk(library) as pilot:
        await pilot.press("g", "k")
        await says(pilot, "Type what to see in its context")
        assert concordance(pilot).field.has_focus
        await pilot.press("escape", "q")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))


async def test_what_is_found_nowhere_and_what_is_no_question(library: Library) -> None:
    async with desk(library) as pilot:
        await ask(pilot, "zeppelin")
        await says(pilot, "zeppelin stands nowhere.")
        for words, answer in (
            ("/(/", "This is not a regular expression"),
            ("entity:Nobody", "There is no entity Nobody."),
        ):
            await pilot.press("slash", "ctrl+u")
            await write(pilot, words)
            await pilot.press("enter")
            await says(pilot, answer)


async def test_places_of_an_entity_and_of_a_tag(library: Library) -> None:
    ferry = number(library, "ferry")
    library.annotations.create(ferry, Passage(4, 9), tags=["blame/denial"])
    async with desk(library) as pilot:
        screen = await ask(pilot, "entity:Agnes Holloway")
        assert len(screen.places) == 2
        screen.ask("tag:blame")
        await settled(pilot, lambda: is_found(pilot))
        assert [place.document for place in screen.places] == [ferry]


async def test_order_and_the_other_way_round(library: Library) -> None:
    async with desk(library) as pilot:
        await ask(pilot, "in")
        found = lefts(pilot)
        await pilot.press("o")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await write(pilot, "left")
        await pilot.press("enter")
        await says(pilot, "by the words to the left")
        expected = sorted(found, key=lambda word: word.strip(".").casefold())
        await settled(pilot, lambda: lefts(pilot) == expected)
        await pilot.press("O")
        await says(pilot, "reversed")
        await settled(pilot, lambda: lefts(pilot) == expected[::-1])


async def test_only_some_documents(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await ask(pilot, "agnes holloway")
        assert len(screen.places) == 2
        await pilot.press("f")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await write(pilot, "gazzetta")
        await pilot.press("enter")
        await says(pilot, "Gazzetta del Molo · esc: all documents")
        await settled(pilot, lambda: not len(screen.list.ids))
        await says(pilot, "stands nowhere in these documents")
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.list.ids) == 2)


async def test_what_documents_shows_can_be_chosen(library: Library) -> None:
    async with desk(library) as pilot:
        shown = DocumentFilter(language="it")
        assert isinstance(pilot.app.screen, DocumentsScreen)
        pilot.app.screen.filters = shown
        screen = await ask(pilot, "il")
        await pilot.press("f")
        await says(pilot, "what Documents shows: language it")
        await write(pilot, "what documents")
        await pilot.press("enter")
        await settled(pilot, lambda: screen.filters == shown)
        await says(pilot, "language it · esc: all documents")


async def test_enter_opens_the_place_and_q_comes_back(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await ask(pilot, "stayed in port")
        place = screen.places[0]
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await settled(
            pilot,
            lambda: place.start <= reader(pilot).reader.cursor_offset <= place.end,
        )
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert screen.list.has_focus


async def test_from_the_reader_and_back_to_it(library: Library) -> None:
    async with reading(library) as pilot:
        await ask(pilot, "inquiry")
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, "inquiry"))


async def test_marked_lines_are_copied(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(library) as pilot:
        screen = await ask(pilot, "agnes holloway")
        await pilot.press("space", "space")
        await says(pilot, "2 marked")
        copied: list[str] = []
        monkeypatch.setattr(app_of(pilot), "copy_text", copied.append)
        await pilot.press("y")
        (text,) = copied
        assert [line.count("Agnes Holloway") for line in text.split("\n")] == [1, 1]
        assert "The ferry stays in port, Coast Courier, 2025-03-01" in text
        await pilot.press("escape")
        assert not screen.list.marked


async def test_lines_go_to_a_spreadsheet(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "lines.csv"
    async with desk(library) as pilot:
        await ask(pilot, "agnes holloway")
        await pilot.press("E")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        await pilot.press("ctrl+u")
        await write(pilot, str(target))
        await pilot.press("enter")
        await settled(pilot, target.exists)
    with target.open(newline="", encoding="utf-8") as file:
        head, *lines = list(csv.reader(file))
    assert tuple(head) == kwic.FIELDS
    assert [line[1] for line in lines] == [
        "An inquiry opens",
        "The ferry stays in port",
    ]
    assert {line[6] for line in lines} == {"Agnes Holloway"}


async def test_new_documents_are_looked_into(library: Library, tmp_path: Path) -> None:
    async with desk(library) as pilot:
        screen = await ask(pilot, "agnes holloway")
        more = tmp_path / "more.md"
        more.write_text("---\ntitle: More\n---\nAgnes Holloway again.\n", "utf-8")
        list(library.add([more]))
        app_of(pilot).library_changed()
        await settled(pilot, lambda: len(screen.list.ids) == 3)


async def test_the_place_is_shown_with_more_around_it(library: Library) -> None:
    async with desk(library, (80, 24)) as pilot:
        await ask(pilot, "denied")
        about = "The ferry stays in port  Coast Courier · 2025-03-01"
        assert about not in seen(pilot)
        await pilot.press("backslash")
        await says(pilot, about)
        await says(pilot, "Nordhavn Lines denied every fault. The ferry stayed in port")


async def test_other_questions_begin_with_the_same_words(library: Library) -> None:
    async with desk(library) as pilot:
        screen = await ask(pilot, "ferry")
        assert screen.words_at_hand() == "ferry"


# Rows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("one two", 3, "two"),
        ("one two", 0, ""),
        ("東京都", 5, "京都"),
        ("a 👩‍👩‍👧", 2, "👩‍👩‍👧"),
        ("e\u0301te\u0301", 1, "e\u0301"),
        ("short", 99, "short"),
    ],
)
def test_the_end_of_a_line(text: str, cells: int, expected: str) -> None:
    assert tail(text, cells) == expected
    assert safe.width(right_set(text, cells)) == cells


@pytest.mark.parametrize("width", [20, 57, 78, 90, 118, 200])
def test_rows_are_as_wide_as_the_list(width: int) -> None:
    line = Line(1, "T" * 90, None, "2025-01-01", 90, 95, WIDE, "match", WIDE)
    cells = left_cells(width)
    row = line_row(line, cells)
    left, right = row.cells[0], row.cells[1]
    assert isinstance(left, str)
    assert safe.width(safe.line(left)) <= cells
    assert isinstance(right, Cell)
    assert right.text.startswith("match")
    assert right.marks == ((0, 5),)
    gap = 2 if width >= 90 else 1
    assert arrange(COLUMNS, width - 2, gap)[0].cells == cells
