"""The reader: selecting, annotating, finding, going on, and what stands beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from news_desk import (
    NEWS,
    SIZES,
    app_of,
    fill,
    footer,
    number,
    reader,
    reader_shows,
    reading,
    says,
    seen,
    write,
)
from textual.pilot import Pilot
from textual.widgets import TextArea
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Annotation
from tui.screens.dialogs import Choose, TagDialog
from tui.screens.entities import EntitiesScreen
from tui.widgets.annotation_form import AnnotationForm, Question
from tui.widgets.narrow import NarrowBar

TEXT = NEWS["ferry"][4]
FIRST = TEXT[: TEXT.index(" She said")]
SAID = "She said that the ferry was safe."


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


def mark(library: Library, quote: str, *tags: str, note: str = "") -> Annotation:
    """Annotate a passage of the ferry's text."""
    start = TEXT.index(quote)
    return library.annotations.create(
        number(library, "ferry"),
        Passage(start, start + len(quote)),
        note=note,
        tags=tags,
    )


def form(pilot: Pilot[None]) -> AnnotationForm:
    """The open form."""
    found = reader(pilot).form
    assert found is not None
    return found


async def opened_form(pilot: Pilot[None]) -> None:
    """Press ``a`` and wait for the form."""
    await pilot.press("a")
    await settled(pilot, lambda: reader(pilot).form is not None)


async def closed_form(pilot: Pilot[None]) -> None:
    """Wait until no form is open."""
    await settled(pilot, lambda: reader(pilot).form is None)
    await settled(pilot, lambda: reader(pilot).reader.has_focus)


@pytest.mark.parametrize("size", SIZES)
async def test_text_and_what_is_in_it(news: Library, size: tuple[int, int]) -> None:
    mark(news, SAID, "blame/denial", note="who says so?")
    async with reading(news, size) as pilot:
        await says(pilot, "Coast Courier · 2025-03-01")
        await says(pilot, "The ferry stays in port")
        await settled(pilot, lambda: news.documents.get(number(news, "ferry")).read)
        if size[0] >= 100:
            await says(pilot, "Annotations in this document · 1")
            assert "blame/denial — who says so?" in seen(pilot)
            assert "Agnes Holloway" in seen(pilot)
        else:
            await pilot.press("right_square_bracket", "a")
            await says(pilot, "1 blame/denial — who says so?")
        assert footer(pilot).startswith(" v select")
        assert "? help" in footer(pilot)


async def test_selecting_step_by_step(news: Library) -> None:
    async with reading(news) as pilot:
        text = reader(pilot).reader
        await pilot.press("v", "v")
        await says(pilot, "SELECT word")
        assert text.selected_text == "The"
        assert footer(pilot).startswith(" a annotate")
        await pilot.press("v")
        assert text.selected_text == FIRST
        await pilot.press("V")
        assert text.selected_text == "The"
        await pilot.press("escape")
        assert text.selected is None
        await settled(pilot, lambda: footer(pilot).startswith(" v select"))
        await pilot.press("right_parenthesis", "m", "s")
        assert text.selected_text == SAID


@pytest.mark.parametrize("size", SIZES)
async def test_annotating(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size) as pilot:
        await pilot.press("right_parenthesis")
        await opened_form(pilot)
        assert "^s save" in footer(pilot)
        assert reader(pilot).reader.selected_text == SAID
        await write(pilot, "denial")
        await pilot.press("enter")
        await write(pilot, "new/one")
        await pilot.press("enter", "tab")
        await write(pilot, "says who")
        assert form(pilot).values.note == "says who"
        await pilot.press("ctrl+s")
        await says(pilot, "Annotation saved · u undo")
        await closed_form(pilot)
        (made,) = news.annotations.select()
        assert (made.quote, made.note) == (SAID, "says who")
        assert set(made.tags) == {"blame/denial", "new/one"}
        assert reader(pilot).reader.selected is None
        await pilot.press("u")
        await says(pilot, "Undone")
        assert not news.annotations.select()
        await pilot.press("U")
        await says(pilot, "Done again")
        assert len(news.annotations.select()) == 1
        assert not news.drafts.left()


async def test_keys_typed_ahead_go_into_the_form(news: Library) -> None:
    """However fast they come: `d` and `e` are part of a tag, no commands."""
    async with reading(news) as pilot:
        for key in ("a", "d", "e", "n", "i", "enter", "ctrl+s"):
            app_of(pilot).simulate_key(key)
        await settled(pilot, news.annotations.select)
        await closed_form(pilot)
        (made,) = news.annotations.select()
        assert made.tags == ("blame/denial",)


async def test_the_whole_document(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("A")
        await settled(pilot, lambda: reader(pilot).form is not None)
        await pilot.press("tab")
        await write(pilot, "dull")
        await pilot.press("ctrl+s")
        await says(pilot, "the whole document")
        (made,) = news.annotations.select()
        assert (made.kind, made.note) == ("document", "dull")


async def test_esc_asks_before_anything_is_lost(news: Library) -> None:
    async with reading(news) as pilot:
        await opened_form(pilot)
        await pilot.press("escape")  # nothing was typed
        await closed_form(pilot)

        await opened_form(pilot)
        await pilot.press("tab")
        await write(pilot, "half")
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen.query_one(Question).has_focus)
        await says(pilot, "n discard")
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.focused, TextArea))
        await write(pilot, "er")
        await pilot.press("escape", "n")
        await closed_form(pilot)
        assert not news.annotations.select()

        await opened_form(pilot)
        await pilot.press("tab")
        await write(pilot, "whole")
        await pilot.press("escape", "y")
        await closed_form(pilot)
        assert [one.note for one in news.annotations.select()] == ["whole"]


async def test_a_form_stays_with_its_document(news: Library) -> None:
    """Even if another document is read while it is open."""
    async with reading(news, name="inquiry") as pilot:
        await opened_form(pilot)
        await pilot.press("tab")
        await write(pilot, "about the inquiry")
        reader(pilot).reader.focus()
        await pilot.press("J")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("a")
        await says(pilot, "Save or close the annotation")
        form(pilot).action_save()
        await closed_form(pilot)
        (made,) = news.annotations.select()
        assert made.document == number(news, "inquiry")
        assert made.quote == "In Tromsby the inquiry heard Agnes Holloway."


async def test_editing_and_deleting(news: Library) -> None:
    mark(news, FIRST, "blame/denial", note="first")
    async with reading(news) as pilot:
        await pilot.press("e")
        await settled(pilot, lambda: reader(pilot).form is not None)
        assert form(pilot).values.note == "first"
        await pilot.press("tab", "end")
        await write(pilot, " thought")
        await pilot.press("ctrl+s")
        await closed_form(pilot)
        assert [one.note for one in news.annotations.select()] == ["first thought"]
        await pilot.press("d")
        await says(pilot, "Annotation deleted · u undo")
        assert not news.annotations.select()
        await pilot.press("d")
        await says(pilot, "There is no annotation here")
        await pilot.press("u", "u")
        await settled(
            pilot, lambda: [one.note for one in news.annotations.select()] == ["first"]
        )


async def test_which_of_several(news: Library) -> None:
    mark(news, FIRST, note="outer")
    mark(news, "The mayor", note="inner")
    async with reading(news) as pilot:
        await settled(pilot, lambda: len(reader(pilot).page.annotations) == 2)  # type: ignore[union-attr]
        await pilot.press("d")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("enter")
        await settled(pilot, lambda: len(news.annotations.select()) == 1)


async def test_tagging_without_a_note(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, TagDialog))
        await write(pilot, "denial")
        await pilot.press("enter", "enter")
        await says(pilot, "Tagged blame/denial · saved · u undo")
        assert [one.quote for one in news.annotations.select()] == [FIRST]


async def test_finding(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("n")
        await says(pilot, "Nothing to find yet")
        await pilot.press("slash")
        await write(pilot, "FERRY")
        await says(pilot, "1 of 2")
        await pilot.press("enter")
        text = reader(pilot).reader
        assert text.has_focus
        assert text.cursor_offset == TEXT.index("ferry")
        await pilot.press("n")
        await says(pilot, "2 of 2")
        assert text.cursor_offset == TEXT.rindex("ferry")
        await pilot.press("n")
        await says(pilot, "1 of 2")
        await pilot.press("N")
        await says(pilot, "2 of 2")
        await pilot.press("escape")
        assert not reader(pilot).query_one(NarrowBar).display
        assert not reader(pilot).has_hits
        await pilot.press("slash")
        await write(pilot, "submarine")
        await says(pilot, "“submarine” is not in this document.")


async def test_next_and_previous_document(news: Library) -> None:
    async with reading(news, name="inquiry") as pilot:
        await pilot.press("J")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        await pilot.press("J")
        await says(pilot, "This is the last document.")
        await pilot.press("K", "K")
        await settled(pilot, lambda: reader_shows(pilot, "budget"))
        await pilot.press("K")
        await says(pilot, "This is the first.")


async def test_where_reading_stopped_is_remembered(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("end")
        last = reader(pilot).reader.cursor_offset
        assert last > 0
        await pilot.press("q")
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))
        assert reader(pilot).reader.cursor_offset == last
        await pilot.press("home", "Q")
    with Library(news.path) as again:
        assert again.documents.position(number(again, "ferry")) == 0


@pytest.mark.parametrize("size", SIZES)
async def test_the_side_panel(news: Library, size: tuple[int, int]) -> None:
    mark(news, SAID, note="here")
    async with reading(news, size) as pilot:
        screen = reader(pilot)
        side, text = screen.query_one("#side"), screen.query_one("#text")
        if size[0] >= 100:
            assert side.display
            await pilot.press("backslash")
            assert not side.display
            return
        assert not side.display
        await pilot.press("backslash")
        await settled(pilot, lambda: side.display and not text.display)
        await says(pilot, "Annotations in this document · 1")
        await pilot.press("enter")
        await settled(pilot, lambda: text.display and screen.reader.has_focus)
        assert screen.reader.cursor_offset == TEXT.index(SAID)


async def test_an_entity_opens_on_its_screen(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("right_square_bracket", "e")
        assert reader(pilot).reader.cursor_offset == TEXT.index("Agnes")
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, EntitiesScreen))
        await says(pilot, "Agnes Holloway")
        await pilot.press("q")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))


async def test_read_and_unread(news: Library) -> None:
    async with reading(news) as pilot:
        ferry = number(news, "ferry")
        await settled(pilot, lambda: reader(pilot).page.document.read)  # type: ignore[union-attr]
        await pilot.press("r")
        await says(pilot, "Marked as unread")
        assert not news.documents.get(ferry).read


async def test_what_another_window_writes_is_shown(news: Library) -> None:
    async with reading(news) as pilot:
        with Library(news.path, coder="other") as other:
            mark(other, SAID, "from/elsewhere")
        await says(pilot, "Annotations in this document · 1")
        with Library(news.path, coder="other") as other:
            other.documents.remove([number(news, "ferry")])
        await says(pilot, "This document was removed")


async def test_a_library_without_documents(library: Library) -> None:
    from tui.app import Postilla

    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await says(pilot, "No document yet")
        for key in ("a", "A", "t", "e", "d", "J", "K", "enter", "r", "E", "y", "v"):
            await pilot.press(key, "escape")
        await says(pilot, "No document yet")
