"""Coding in the reader: few keys a passage, and what is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from coding_desk import FIRST, NOBODY, SAID, TEXT, go_to, kept, mark, shown
from news_desk import (
    SIZES,
    app_of,
    fill,
    number,
    reader,
    reading,
    says,
    seen,
    write,
)
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.screens.concordance import ConcordanceScreen
from tui.screens.reading import ReadingScreen
from tui.screens.reading_markers import MarkerDialog


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


# The same tags again -------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_same_tags_on_the_next_sentence(
    news: Library, size: tuple[int, int]
) -> None:
    async with reading(news, size) as pilot:
        await pilot.press("full_stop")
        await says(pilot, "No tags were put on in this window")
        await pilot.press("t")
        await write(pilot, "denial")
        await pilot.press("enter")
        await write(pilot, "tone")
        await pilot.press("enter", "enter")
        await shown(pilot, 1)
        await pilot.press("right_parenthesis", "full_stop")
        await shown(pilot, 2)
        await says(pilot, "Tagged ")
        both = ("blame/denial", "tone")
        assert kept(news) == [(FIRST, both), (SAID, both)]
        assert reader(pilot).reader.selected is None
        await pilot.press("u")
        await settled(pilot, lambda: kept(news) == [(FIRST, both)])


async def test_the_tags_of_the_form_are_repeated_under_their_new_name(
    news: Library,
) -> None:
    async with reading(news) as pilot:
        await pilot.press("a")
        await settled(pilot, lambda: reader(pilot).form is not None)
        await write(pilot, "tone")
        await pilot.press("enter", "ctrl+s")
        await shown(pilot, 1)
        news.codebook.rename("tone", "voice")
        await pilot.press("right_parenthesis", "v", "v", "full_stop")
        await shown(pilot, 2)
        assert kept(news)[1] == ("She", ("voice",))
        news.codebook.delete("voice")
        await pilot.press("right_parenthesis", "full_stop")
        await says(pilot, "no longer in the codebook")
        assert len(kept(news)) == 2


async def test_tags_go_to_the_annotation_that_is_there(news: Library) -> None:
    """Typed ahead as fast as can be, they make one annotation."""
    mark(news, FIRST, "tone", note="mine")
    other = Library(news.path, coder="other")
    other.annotations.create(
        number(news, "ferry"), Passage(TEXT.index(SAID), TEXT.index(SAID) + len(SAID))
    )
    other.close()
    async with reading(news) as pilot:
        await pilot.press("t")
        await write(pilot, "denial")
        await pilot.press("enter", "enter")
        await says(pilot, "blame/denial added to your annotation there")
        assert kept(news)[0] == (FIRST, ("blame/denial", "tone"))
        await pilot.press("full_stop")
        await says(pilot, "has these tags already")
        await pilot.press("u")
        await settled(pilot, lambda: kept(news)[0] == (FIRST, ("tone",)))
        await pilot.press("right_parenthesis")
        app_of(pilot).simulate_key("full_stop")
        app_of(pilot).simulate_key("full_stop")
        await shown(pilot, 3)
        said = [one for one in news.annotations.select() if one.quote == SAID]
        assert {(one.coder, one.tags) for one in said} == {
            ("other", ()),
            ("tester", ("blame/denial",)),
        }


async def test_annotating_again_goes_on_with_what_is_there(news: Library) -> None:
    mark(news, FIRST, "tone", note="first")
    async with reading(news) as pilot:
        await pilot.press("a")
        await says(pilot, "You annotated this passage before")
        form = reader(pilot).form
        assert form is not None
        assert form.values.note == "first"
        await pilot.press("tab")
        await write(pilot, " thought")
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: reader(pilot).form is None)
        (one,) = news.annotations.select()
        assert one.note == "first thought"


async def test_a_document_is_annotated_once_with_tags(news: Library) -> None:
    async with reading(news) as pilot:
        await pilot.press("A")
        await settled(pilot, lambda: reader(pilot).form is not None)
        await write(pilot, "denial")
        await pilot.press("enter", "ctrl+s")
        await shown(pilot, 1)
        await says(pilot, "the whole document")
        assert "1 blame/denial" in seen(pilot)
        await pilot.press("A")
        await says(pilot, "You annotated this document before")


async def test_what_was_edited_and_is_gone_is_made_anew(news: Library) -> None:
    """The words in the form are not lost by what another window does."""
    one = mark(news, FIRST, "tone", note="first")
    async with reading(news) as pilot:
        await pilot.press("e")
        await settled(pilot, lambda: reader(pilot).form is not None)
        await pilot.press("tab")
        await write(pilot, " thought")
        news.annotations.delete([one.id])
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: reader(pilot).form is None)
        (made,) = news.annotations.select()
        assert (made.quote, made.note, made.tags) == (FIRST, "first thought", ("tone",))


async def test_the_document_at_hand(news: Library) -> None:
    """Attributes, collections, being done: each is about what is read."""
    async with reading(news) as pilot:
        ferry = number(news, "ferry")
        await pilot.press("equals_sign")
        await says(pilot, "No attributes are defined yet")
        await pilot.press("C")
        await settled(pilot, lambda: ferry in news.coders.done([ferry]))
        await pilot.press("C")
        await settled(pilot, lambda: ferry not in news.coders.done([ferry]))
        await pilot.press("c")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, ReadingScreen))
        await write(pilot, "pilots")
        await pilot.press("enter")
        await settled(pilot, lambda: "pilots" in news.collections.names())


# By a letter ---------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_a_tag_by_its_letter(news: Library, size: tuple[int, int]) -> None:
    async with reading(news, size) as pilot:
        await pilot.press("apostrophe")
        if size[0] > 20:
            await says(pilot, "No tag has a marker yet")
        news.codebook.define("blame/denial", marker="d")
        news.codebook.add("tone", marker="t")
        await pilot.press("right_parenthesis", "apostrophe")
        await settled(pilot, lambda: isinstance(pilot.app.screen, MarkerDialog))
        await pilot.press("x")
        if size[0] > 20:
            await says(pilot, "d  blame/denial")
            await says(pilot, "No tag has the marker x.")
        await pilot.press("d")
        await shown(pilot, 1)
        assert kept(news) == [(SAID, ("blame/denial",))]
        await pilot.press("apostrophe", "escape", "semicolon")
        await pilot.press("right_parenthesis", "apostrophe", "down", "enter")
        await shown(pilot, 2)
        assert kept(news)[1] == (NOBODY, ("tone",))
        await pilot.press("right_parenthesis", "full_stop")
        await shown(pilot, 3)
        assert kept(news)[2][1] == ("tone",)


async def test_letters_typed_ahead_are_no_commands(news: Library) -> None:
    news.codebook.define("blame/denial", marker="d")
    mark(news, FIRST, note="stays")
    async with reading(news) as pilot:
        app_of(pilot).simulate_key("apostrophe")
        app_of(pilot).simulate_key("d")
        await settled(pilot, lambda: kept(news) == [(FIRST, ("blame/denial",))])


# The same tag --------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_next_with_the_same_tag(news: Library, size: tuple[int, int]) -> None:
    mark(news, "The mayor", "tone", "blame/denial")
    mark(news, SAID, "other")
    mark(news, NOBODY, "blame/denial")
    mark(news, "The ferry stayed", "tone")
    async with reading(news, size) as pilot:
        await shown(pilot, 4)
        text = reader(pilot).reader
        await go_to(pilot, "spoke")  # behind the first
        await pilot.press("right_square_bracket", "c")
        await says(pilot, "blame/denial · 2 of 3 here")
        assert text.cursor_offset == TEXT.index(NOBODY)
        await pilot.press("right_square_bracket", "c")
        await says(pilot, "None further on with blame/denial.")
        await pilot.press("left_square_bracket", "c")
        assert text.cursor_offset == 0
        await pilot.press("left_square_bracket", "c")
        await says(pilot, "None further back with blame/denial")
        await go_to(pilot, "ferry was")
        await pilot.press("right_square_bracket", "c")
        await says(pilot, "None further on with other.")


async def test_no_tag_to_follow(news: Library) -> None:
    mark(news, SAID, note="untagged")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await pilot.press("right_square_bracket", "c")
        await says(pilot, "No annotation here or before")
        await go_to(pilot, SAID)
        await pilot.press("left_square_bracket", "c")
        await says(pilot, "The annotation here has no tag.")


# What is at hand -----------------------------------------------------------


async def test_what_a_question_would_be_about(news: Library) -> None:
    async with reading(news) as pilot:
        screen = reader(pilot)
        assert screen.words_at_hand() == '"The"'
        await go_to(pilot, "Holloway")
        assert screen.words_at_hand() == "entity:Agnes Holloway"
        await go_to(pilot, SAID)
        await pilot.press("m", "s")
        assert screen.words_at_hand() == f'"{SAID}"'
        await pilot.press("3")
        await settled(pilot, lambda: app_of(pilot).current_mode == "entities")
        await settled(pilot, lambda: app_of(pilot).words_at_hand() != "")
        assert app_of(pilot).words_at_hand().startswith("entity:")
        await pilot.press("5")
        await settled(pilot, lambda: app_of(pilot).current_mode == "codebook")
        await settled(pilot, lambda: app_of(pilot).words_at_hand() != "")
        assert app_of(pilot).words_at_hand() == "tag:blame"


async def test_elsewhere_asks_for_the_words(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    async with reading(news) as pilot:
        app = app_of(pilot)
        monkeypatch.setattr(app, "action_show_concordance", asked.append)
        await go_to(pilot, "Holloway")
        await pilot.press("asterisk")
        await go_to(pilot, SAID)
        await pilot.press("v", "v", "w", "asterisk")
        assert asked == ['"Holloway"', '"She said"']


async def test_the_concordance_leads_to_the_reader_and_back(news: Library) -> None:
    """Also when it lies over the reader itself."""
    async with reading(news) as pilot:
        await go_to(pilot, "Tromsby")
        await pilot.press("asterisk")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ConcordanceScreen))
        over = pilot.app.screen
        app_of(pilot).open_document(number(news, "inquiry"), 3, 10)
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await says(pilot, "An inquiry opens")
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is over)
        await pilot.press("q")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await pilot.press("backspace")
        await says(pilot, "The ferry stays in port")
        assert reader(pilot).reader.cursor_offset == TEXT.index("Tromsby")


async def test_nothing_at_all_is_done_to_no_document(library: Library) -> None:
    from tui.app import Postilla

    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await says(pilot, "No document yet")
        for key in (".", "'", "*", "M", "=", "c", "C", "backspace"):
            await pilot.press(key, "escape")
        await pilot.press("]", "c", "[", "c")
        await says(pilot, "No document yet")
        assert not library.annotations.select()
