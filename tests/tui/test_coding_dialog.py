"""Tagging every place on the screen: tags, unit, what it comes to, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from news_desk import SIZES, app_of, desk, fill, footer, says, seen, write
from textual.pilot import Pilot
from waiting import settled

from store import places
from store.autocode import Coded, Place, Preview
from store.library import Library
from tui.screens.coding import (
    CodingDialog,
    ask_what_to_code,
    code_places,
    code_words,
    outcome,
    said,
)
from tui.screens.concordance import ConcordanceScreen
from tui.screens.dialogs import Prompt
from tui.screens.documents import DocumentsScreen
from tui.screens.searching import SearchScreen


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "news.db", create=True, coder="tester") as made:
        yield fill(made, tmp_path / "news")


def dialog(pilot: Pilot[None]) -> CodingDialog:
    assert isinstance(pilot.app.screen, CodingDialog)
    return pilot.app.screen


def found(library: Library, words: str) -> list[Place]:
    some, _ = places.gather(places.find(library.core.reader, words))
    return list(some)


def quotes(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.quote, one.tags) for one in library.annotations.select()]


async def opened(pilot: Pilot[None], words: str) -> CodingDialog:
    """The dialog for every place of some words, all found."""
    code_words(app_of(pilot), words)
    await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
    await settled(pilot, lambda: is_counted(pilot))
    return dialog(pilot)


def is_counted(pilot: Pilot[None]) -> bool:
    preview = dialog(pilot)._preview
    return preview is not None and preview.is_complete


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_enter_tags_every_place_and_u_takes_it_back(
    library: Library, size: tuple[int, int]
) -> None:
    async with desk(library, size) as pilot:
        await opened(pilot, "ferry")
        if size[1] >= 15:
            await says(pilot, "2 places in 1 document")
            await says(pilot, "2 new annotations")
            await says(pilot, "She said that the ferry was safe.")
        await write(pilot, "denial")
        await pilot.press("enter")
        await settled(pilot, lambda: dialog(pilot).tags == ("blame/denial",))
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        await settled(pilot, lambda: len(quotes(library)) == 2)
        await settled(pilot, lambda: "2 annotations" in footer(pilot) or size[0] < 59)
        assert quotes(library) == [
            ("She said that the ferry was safe.", ("blame/denial",)),
            ("The ferry stayed in port.", ("blame/denial",)),
        ]
        await pilot.press("u")
        await settled(pilot, lambda: not quotes(library))


async def test_the_unit_changes_what_it_comes_to(library: Library) -> None:
    async with desk(library) as pilot:
        await opened(pilot, "the")
        await pilot.press("tab", "right")
        await says(pilot, "(•) its paragraph")
        await says(pilot, "3 new annotations")
        await says(pilot, "The mayor Agnes Holloway spoke in Tromsby on Monday.")
        await pilot.press("right")
        await says(pilot, "4 new annotations")
        await pilot.press("shift+tab")
        await write(pilot, "boat")
        await pilot.press("enter", "tab", "enter")
        await settled(pilot, lambda: len(quotes(library)) == 4)
        assert {quote for quote, _ in quotes(library)} == {"the", "The"}
        assert {tags for _, tags in quotes(library)} == {("boat",)}


async def test_what_is_tagged_already_is_told(library: Library) -> None:
    async with desk(library) as pilot:
        await opened(pilot, "denied")
        await write(pilot, "blame/denial")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: len(quotes(library)) == 1)
        await opened(pilot, "denied")
        await says(pilot, "0 new annotations, 1 there already")
        await write(pilot, "blame/denial")
        await pilot.press("enter")
        await says(pilot, "0 new annotations, 1 bears it already")
        await settled(pilot, lambda: is_counted(pilot))
        await pilot.press("enter")
        await says(pilot, "Every place is tagged so already.")
        await write(pilot, "other")
        await pilot.press("enter")
        await says(pilot, "0 new annotations, 1 gets the tag besides others")


async def test_without_a_tag_nothing_is_done(library: Library) -> None:
    async with desk(library) as pilot:
        await opened(pilot, "ferry")
        await pilot.press("tab", "enter")
        await says(pilot, "Choose a tag first")
        await pilot.press("shift+tab")
        await write(pilot, "halfw")
        await pilot.press("tab", "enter")
        await says(pilot, 'Enter makes the tag "halfw"')
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        assert quotes(library) == []


async def test_words_that_stand_nowhere_and_what_is_no_question(
    library: Library,
) -> None:
    async with desk(library) as pilot:
        code_words(app_of(pilot), "zeppelin")
        await says(pilot, '"zeppelin" stands nowhere.')
        await write(pilot, "boat")
        await pilot.press("enter", "enter")
        await says(pilot, "There is no place to tag.")
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        code_words(app_of(pilot), "entity:Nobody")
        await says(pilot, "There is no entity Nobody.")
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        code_words(app_of(pilot), "/(/")
        await settled(pilot, lambda: "not a regular" in footer(pilot))


async def test_the_palette_asks_what_first(library: Library) -> None:
    async with desk(library) as pilot:
        ask_what_to_code(app_of(pilot), "entity:Agnes Holloway")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
        await says(pilot, "Tag every place of entity:Agnes Holloway")
        await says(pilot, "2 places in 2 documents")


async def test_a_wrong_question_is_not_taken(library: Library) -> None:
    async with desk(library) as pilot:
        ask_what_to_code(app_of(pilot), "/(/")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        await pilot.press("enter")
        await says(pilot, "This is not a regular expression")


async def test_ctrl_t_in_the_search_tags_what_is_typed(library: Library) -> None:
    async with desk(library) as pilot:
        await pilot.press("s")
        await settled(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await write(pilot, "agnes holloway")
        await pilot.press("ctrl+t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
        await says(pilot, 'Tag every place of "agnes holloway"')
        await says(pilot, "2 places in 2 documents")


async def test_marked_places_only(library: Library) -> None:
    async with desk(library) as pilot:
        app_of(pilot).action_show_concordance("ferry")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ConcordanceScreen))
        await says(pilot, "2 places in 1 document")
        await pilot.press("space", "t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
        await says(pilot, "1 place in 1 document")
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ConcordanceScreen))
        await pilot.press("escape", "t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
        await says(pilot, "2 places in 1 document")


async def test_no_places_no_dialog(library: Library) -> None:
    async with desk(library) as pilot:
        code_places(app_of(pilot), [], "nothing")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DocumentsScreen)


async def test_a_passage_cannot_act_in_the_preview(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "evil.md"
    file.write_text("The [bold]zebra[/] \u202e \x1b]0;x\x07 [link=x]ran[/link]\n")
    async with desk(library) as pilot:
        list(library.add([file]))
        code_places(app_of(pilot), found(library, "zebra"), "zebra")
        await says(pilot, "The [bold]zebra[/]")
        assert "\u202e" not in seen(pilot)
        assert "\x1b" not in seen(pilot)


@pytest.mark.parametrize(
    ("preview", "words"),
    [
        (Preview(new=1), "1 new annotation"),
        (
            Preview(new=2, changed=1),
            "2 new annotations, 1 gets the tag besides others",
        ),
        (
            Preview(new=0, changed=2, unchanged=1200),
            "0 new annotations, 2 get the tag besides others, 1,200 bear it already",
        ),
    ],
)
def test_outcomes_in_words(preview: Preview, words: str) -> None:
    assert outcome(preview, tagged=True) == words


def test_what_was_done_in_words() -> None:
    assert said(Coded(1.0, 5, 2, annotations=1)) == "1 annotation tagged · u undo"
    assert said(Coded(1.0, 5, 2, 1200, 34)) == "1,234 annotations tagged · u undo"
    assert said(Coded(1.0, 5, 2, unchanged=5)) == "Every place is tagged so already."
