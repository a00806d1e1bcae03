"""Documents: narrowing, ordering, marking, reading marks, removing, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    NEWS,
    SIZES,
    app_of,
    desk,
    documents,
    fill,
    footer,
    number,
    says,
    seen,
    titles,
    typed,
    write,
)
from waiting import settled

from store.library import Library
from tui.app import Postilla
from tui.screens.dialogs import Choose, Fields, TagDialog
from tui.screens.documents import NarrowBy

FERRY, INQUIRY, BUDGET = (NEWS[name][0] for name in NEWS)


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_says_what_is_there(
    news: Library, size: tuple[int, int]
) -> None:
    async with desk(news, size) as pilot:
        assert titles(pilot) == [BUDGET, INQUIRY, FERRY]  # the newest first
        await says(pilot, "Documents · 3")
        await says(pilot, BUDGET)
        await says(pilot, "2025-03-07")
        assert footer(pilot).startswith(" enter open")
        assert "? help" in footer(pilot)
        if size == (120, 36):
            await says(pilot, "Il comune ha speso due milioni")
            await pilot.press("down")
            await says(pilot, "Entities")
            await says(pilot, "In Tromsby the inquiry heard")


async def test_words_narrow_the_list_while_they_are_typed(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("slash")
        await write(pilot, "ferry")
        await settled(pilot, lambda: titles(pilot) == [FERRY])
        await says(pilot, 'only "ferry" · esc shows all')
        await pilot.press("enter")
        assert documents(pilot).list.has_focus
        await pilot.press("escape")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))
        assert "only" not in seen(pilot)


async def test_words_typed_right_behind_the_key_are_words(news: Library) -> None:
    """And no commands, however fast they come: `d` would remove a document."""
    async with desk(news) as pilot:
        app = app_of(pilot)
        for key in ("slash", "d", "e", "l", "enter", "j"):
            app.simulate_key(key)
        await settled(pilot, lambda: titles(pilot) == [BUDGET])
        assert documents(pilot).list.has_focus
        assert news.documents.count() == len(NEWS)


async def test_esc_in_the_line_drops_the_words(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("slash")
        await write(pilot, "no such thing")
        await settled(pilot, lambda: titles(pilot) == [])
        assert typed(pilot) == "no such thing"
        await pilot.press("escape")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))
        assert documents(pilot).list.has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_a_value_narrows_the_list(news: Library, size: tuple[int, int]) -> None:
    async with desk(news, size) as pilot:
        narrow_by = documents(pilot).query_one(NarrowBy)
        await settled(pilot, lambda: narrow_by.ids)
        await pilot.press("f")
        await settled(pilot, lambda: narrow_by.has_focus and narrow_by.display)
        await says(pilot, "Coast Courier")
        await pilot.press("enter")
        await settled(pilot, lambda: titles(pilot) == [INQUIRY, FERRY])
        await pilot.press("escape")
        await settled(pilot, lambda: documents(pilot).list.has_focus)
        await says(pilot, "only Coast Courier")
        assert narrow_by.display == (size[0] >= 100)
        await pilot.press("escape")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))


async def test_narrowing_by_what_was_marked_in_them(news: Library) -> None:
    news.annotations.tag_documents([number(news, "budget")], ["blame/denial"])
    async with desk(news) as pilot:
        documents(pilot).narrow_to({"state": "annotated"}, None)
        await settled(pilot, lambda: titles(pilot) == [BUDGET])
        tag = news.codebook.get("blame/denial")
        documents(pilot).narrow_to({"tag": str(tag.id)}, None)
        await says(pilot, "only #blame/denial")
        assert titles(pilot) == [BUDGET]


async def test_ordering_and_turning_round(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("O")
        await settled(pilot, lambda: titles(pilot) == [FERRY, INQUIRY, BUDGET])
        await says(pilot, "oldest first")
        await pilot.press("o")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await write(pilot, "title")
        await pilot.press("enter")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, Choose))
        await settled(pilot, lambda: titles(pilot) == [INQUIRY, BUDGET, FERRY])
        await says(pilot, "by title")


async def test_the_side_panel_goes_and_comes(news: Library) -> None:
    async with desk(news) as pilot:
        narrow_by = documents(pilot).query_one(NarrowBy)
        await pilot.press("backslash")
        assert not narrow_by.display
        await pilot.press("f")
        await settled(pilot, lambda: narrow_by.display and narrow_by.has_focus)
        await pilot.press("backslash")
        await settled(pilot, lambda: documents(pilot).list.has_focus)


async def test_marks_and_read_marks(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("space", "space")
        await says(pilot, "2 marked")
        await pilot.press("asterisk")
        await says(pilot, "1 marked")
        assert documents(pilot).list.marked == {number(news, "ferry")}
        await pilot.press("r")
        await says(pilot, "1 document marked as read")
        assert news.documents.get(number(news, "ferry")).read
        await pilot.press("r")
        await says(pilot, "1 document marked as unread")
        await pilot.press("escape")
        await settled(pilot, lambda: not documents(pilot).list.marked)


async def test_removed_and_brought_back(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("space", "space", "d")
        await says(pilot, "2 documents removed · u undo")
        await settled(pilot, lambda: titles(pilot) == [FERRY])
        assert not documents(pilot).list.marked
        await pilot.press("u")
        await settled(pilot, lambda: len(titles(pilot)) == len(NEWS))
        assert "Undone" in footer(pilot)
        await pilot.press("U")
        await settled(pilot, lambda: titles(pilot) == [FERRY])


async def test_tagging_what_is_marked(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("asterisk", "t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, TagDialog))
        await says(pilot, "Tags for 3 documents")
        await write(pilot, "denial")
        await pilot.press("enter", "enter")
        await says(pilot, "3 documents tagged · u undo")
        tagged = news.documents.rows(news.documents.ids()).values()
        assert all(one.tags == ("blame/denial",) for one in tagged)
        await pilot.press("u")
        await says(pilot, "Undone")
        assert not news.annotations.select()


async def test_correcting_a_document(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Fields))
        assert typed(pilot) == BUDGET
        await pilot.press("end")
        await write(pilot, " due")
        await pilot.press("enter")
        await says(pilot, "Document corrected · u undo")
        assert titles(pilot)[0] == f"{BUDGET} due"
        await pilot.press("u")
        await settled(pilot, lambda: titles(pilot)[0] == BUDGET)


async def test_what_another_window_does_is_shown(news: Library, tmp_path: Path) -> None:
    async with desk(news) as pilot:
        await pilot.press("down")
        with Library(news.path, coder="other") as other:
            other.documents.remove([number(news, "budget")])
        await settled(pilot, lambda: titles(pilot) == [INQUIRY, FERRY])
        assert documents(pilot).list.cursor_id == number(news, "inquiry")


async def test_an_empty_library_says_what_to_do(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: "i   add files" in seen(pilot))
        assert footer(pilot).startswith(" i import")
        for key in ("enter", "d", "e", "t", "r", "f", "o", "escape", "y"):
            await pilot.press(key)
            await pilot.press("escape")
        await pilot.press("D")
        await settled(pilot, lambda: library.documents.count() > len(NEWS))
        await says(pilot, "documents added")
        assert footer(pilot).count("enter open") == 1
        await pilot.press("D")
        await says(pilot, "into an empty library only")
        app.jobs.close()
