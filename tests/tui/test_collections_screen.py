"""Collections: the list, making, drawing, renaming, dropping, and putting in."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    NEWS,
    SIZES,
    desk,
    documents,
    fill,
    footer,
    number,
    reading,
    says,
    seen,
    titles,
    typed,
    write,
)
from textual.pilot import Pilot
from waiting import settled

from store.document_rows import DocumentFilter
from store.library import Library
from tui.screens.collecting import CollectionsScreen
from tui.screens.collecting_dialogs import ChooseOrNew, NewCollection, SampleDialog
from tui.screens.dialogs import Prompt
from tui.screens.documents import NarrowBy
from tui.screens.exporting import ExportScreen

FERRY, INQUIRY, BUDGET = (NEWS[name][0] for name in NEWS)


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


@pytest.fixture
def sorted_news(news: Library) -> Library:
    """With a collection of each kind."""
    news.collections.make("By hand", documents=[number(news, "ferry")])
    news.collections.make(
        "Courier", DocumentFilter(source="Coast Courier"), living=True
    )
    news.collections.sample("Drawn", 2, seed=4, by="language")
    return news


def screen(pilot: Pilot[None]) -> CollectionsScreen:
    """The screen in front, which is Collections."""
    assert isinstance(pilot.app.screen, CollectionsScreen)
    return pilot.app.screen


async def opened(pilot: Pilot[None], count: int) -> None:
    await pilot.press("g", "c")
    await settled(pilot, lambda: isinstance(pilot.app.screen, CollectionsScreen))
    await settled(pilot, lambda: len(screen(pilot).list.ids) == count)


def at_hand(pilot: Pilot[None], kind: type) -> bool:
    return isinstance(pilot.app.screen, kind)


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_the_list_says_what_each_is(
    sorted_news: Library, size: tuple[int, int]
) -> None:
    async with desk(sorted_news, size) as pilot:
        await opened(pilot, 3)
        for key in ("j", "j", "k", "G", "g", "g", "backslash", "backslash", "y"):
            await pilot.press(key)
        if size[0] < 59:
            return
        for words in ("By hand", "Courier", "Drawn", "living query", "random sample"):
            await says(pilot, words)
        if size == (120, 36):
            await pilot.press("G")
            await says(pilot, "2 drawn at random from all documents, each language its")
            await says(pilot, "seed 4")
            await pilot.press("k")
            await says(pilot, "Whatever fits, whenever it is asked: Coast Courier")
        await pilot.press("q")
        await settled(pilot, lambda: documents(pilot).list.has_focus)


async def test_without_a_collection_it_says_what_to_do(news: Library) -> None:
    async with desk(news, (80, 24)) as pilot:
        await opened(pilot, 0)
        await says(pilot, "No collections yet")
        await says(pilot, "draw a random sample")
        for key in ("enter", "e", "d", "E", "y"):
            await pilot.press(key)
        assert at_hand(pilot, CollectionsScreen)


async def test_documents_are_narrowed_to_one(sorted_news: Library) -> None:
    async with desk(sorted_news) as pilot:
        await opened(pilot, 3)
        await pilot.press("j", "enter")
        await settled(pilot, lambda: at_hand(pilot, type(documents(pilot))))
        await settled(pilot, lambda: titles(pilot) == [INQUIRY, FERRY])
        await says(pilot, "only in Courier · esc shows all")
        narrow_by = documents(pilot).query_one(NarrowBy)
        assert dict(narrow_by.chosen) == {"collection": "Courier"}
        await pilot.press("escape")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))


async def test_facets_list_collections(sorted_news: Library) -> None:
    async with desk(sorted_news) as pilot:
        await says(pilot, "Collection")
        documents(pilot).narrow_to({"collection": "By hand"}, None)
        await settled(pilot, lambda: titles(pilot) == [FERRY])
        with Library(sorted_news.path, coder="other") as other:
            other.collections.drop("By hand")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))
        await says(pilot, "There is no collection By hand.")


async def test_a_new_one_of_what_documents_shows(news: Library) -> None:
    async with desk(news) as pilot:
        documents(pilot).narrow_to({"source": "Coast Courier"}, None)
        await settled(pilot, lambda: len(titles(pilot)) == 2)
        await opened(pilot, 0)
        await pilot.press("a")
        await settled(pilot, lambda: at_hand(pilot, NewCollection))
        await says(pilot, "these 2 documents")
        await says(pilot, "Documents shows: Coast Courier")
        await pilot.press("enter")
        await says(pilot, "A collection needs a name.")
        await write(pilot, "Now")
        await pilot.press("enter")
        await says(pilot, "Now: 2 documents · u undo")
        await pilot.press("a")
        await settled(pilot, lambda: at_hand(pilot, NewCollection))
        await write(pilot, "Always")
        await pilot.press("tab", "right", "enter")
        await says(pilot, "Always: 2 documents · u undo")
        kinds = {one.name: one.kind for one in news.collections.list()}
        assert kinds == {"Now": "hand", "Always": "query"}
        await pilot.press("u")
        await settled(pilot, lambda: len(screen(pilot).list.ids) == 1)


@pytest.mark.parametrize("size", SIZES)
async def test_a_sample_is_drawn(sorted_news: Library, size: tuple[int, int]) -> None:
    async with desk(sorted_news, size) as pilot:
        documents(pilot).narrow_to({"source": "Coast Courier"}, None)
        await settled(pilot, lambda: len(titles(pilot)) == 2)
        await opened(pilot, 3)
        await pilot.press("r")
        await settled(pilot, lambda: at_hand(pilot, SampleDialog))
        await write(pilot, "Pilot")
        await pilot.press("tab")
        assert typed(pilot) == "2"  # as many as there are
        await write(pilot, "0")
        await pilot.press("enter")
        await says(pilot, "from 1 to 2")
        await pilot.press("backspace", "backspace", "1", "tab")
        assert typed(pilot) == "5"  # the next unused
        await pilot.press("tab", "right", "tab", "right", "enter")
        await says(pilot, "Pilot: 1 document · u undo")
        made = sorted_news.collections.get("Pilot")
        assert (made.size, made.seed, made.by) == (1, 5, "source")
        assert made.query == {"collection": "By hand"}


async def test_renamed_and_dropped(sorted_news: Library) -> None:
    async with desk(sorted_news) as pilot:
        await opened(pilot, 3)
        await pilot.press("e")
        await settled(pilot, lambda: at_hand(pilot, Prompt))
        await pilot.press("end", *["backspace"] * 7)
        await write(pilot, "drawn")
        await pilot.press("enter")
        await says(pilot, "There is a collection Drawn already.")
        await write(pilot, " not")
        await pilot.press("enter")
        await says(pilot, "Now called drawn not · u undo")
        await pilot.press("d")
        await says(pilot, "dropped · u undo")
        await settled(pilot, lambda: len(screen(pilot).list.ids) == 2)
        assert sorted_news.documents.count() == len(NEWS)
        await pilot.press("u", "u")
        await settled(pilot, lambda: "By hand" in sorted_news.collections.names())


async def test_its_annotations_are_exported(sorted_news: Library) -> None:
    sorted_news.annotations.create(number(sorted_news, "ferry"), note="n")
    async with desk(sorted_news) as pilot:
        await opened(pilot, 3)
        await pilot.press("E")
        await settled(pilot, lambda: at_hand(pilot, ExportScreen))
        await pilot.press("escape")


async def test_marked_documents_are_put_in(sorted_news: Library) -> None:
    async with desk(sorted_news) as pilot:
        await pilot.press("asterisk", "c")
        await settled(pilot, lambda: at_hand(pilot, ChooseOrNew))
        await says(pilot, "Put 3 documents in a collection")
        assert "Courier" not in [label for _, label in _options(pilot)]
        await pilot.press("enter")
        await says(pilot, "2 documents put in By hand · u undo")
        assert len(sorted_news.collections.members("By hand")) == 3
        await pilot.press("c")
        await settled(pilot, lambda: at_hand(pilot, ChooseOrNew))
        await pilot.press("enter")
        await says(pilot, "Already in By hand.")
        await pilot.press("u")
        await says(pilot, "Undone")
        assert len(sorted_news.collections.members("By hand")) == 1


def _options(pilot: Pilot[None]) -> list[tuple[str, str]]:
    dialog = pilot.app.screen
    assert isinstance(dialog, ChooseOrNew)
    return list(dialog._options)


async def test_a_new_collection_from_the_reader(sorted_news: Library) -> None:
    async with reading(sorted_news, (80, 24)) as pilot:
        await pilot.press("c")
        await settled(pilot, lambda: at_hand(pilot, ChooseOrNew))
        await write(pilot, "courier")
        await says(pilot, "new: courier")
        await pilot.press("enter")
        await says(pilot, "There is a collection Courier already.")
        await write(pilot, " two")
        await settled(pilot, lambda: "already" not in seen(pilot))
        await pilot.press("enter")
        await says(pilot, "1 document put in courier two · u undo")
        ids = list(sorted_news.collections.members("courier two"))
        assert ids == [number(sorted_news, "ferry")]
        await pilot.press("c", "escape")
        assert "panel" in footer(pilot) or "select" in footer(pilot)
