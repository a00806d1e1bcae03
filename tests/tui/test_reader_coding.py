"""Coding in the reader: few keys a passage, ends that move, which one of several."""

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
    reading,
    says,
    seen,
    write,
)
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Annotation
from tui.screens.concordance import ConcordanceScreen
from tui.screens.reading import ReadingScreen
from tui.screens.reading_markers import MarkerDialog
from tui.screens.reading_pick import PickAnnotation

TEXT = NEWS["ferry"][4]
FIRST = TEXT[: TEXT.index(" She said")]
SAID = "She said that the ferry was safe."
NOBODY = "Nobody believed her."


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


def kept(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    """Quote and tags of every annotation."""
    return [(one.quote, one.tags) for one in library.annotations.select()]


async def go_to(pilot: Pilot[None], words: str) -> None:
    """Put the cursor where these words begin."""
    reader(pilot).reader.goto(TEXT.index(words))
    await pilot.pause()


async def shown(pilot: Pilot[None], count: int) -> None:
    """Wait until the reader shows so many annotations."""

    def is_so() -> bool:
        page = reader(pilot).page
        return page is not None and len(page.annotations) == count

    await settled(pilot, is_so)


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


# Which of several ----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["e", "d", "M", "enter"])
async def test_which_of_nested_annotations(
    news: Library, size: tuple[int, int], key: str
) -> None:
    mark(news, FIRST, "tone", note="outer")
    mark(news, "The mayor", "blame/denial", note="inner")
    async with reading(news, size) as pilot:
        await shown(pilot, 2)
        await pilot.press(key)
        await settled(pilot, lambda: isinstance(pilot.app.screen, PickAnnotation))
        await says(pilot, "2 blame/denial — inner")
        await says(pilot, "“The mayor”")
        await says(pilot, "1 tone — outer")
        await write(pilot, "outer")
        await pilot.press("enter")
        screen = reader(pilot)
        if key == "d":
            await shown(pilot, 1)
            assert kept(news) == [("The mayor", ("blame/denial",))]
        elif key == "M":
            await settled(pilot, lambda: screen.is_adjusting)
            assert screen.reader.selected_text == FIRST
        else:
            await settled(pilot, lambda: screen.form is not None)
            assert screen.form is not None
            assert screen.form.values.note == "outer"


# Moving the ends -----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_moving_the_ends(news: Library, size: tuple[int, int]) -> None:
    one = mark(news, "ferry was", "tone", note="stays")
    async with reading(news, size) as pilot:
        await shown(pilot, 1)
        await go_to(pilot, "was safe")
        await pilot.press("M")
        await settled(pilot, lambda: reader(pilot).is_adjusting)
        text = reader(pilot).reader
        assert text.selected_text == "ferry was"
        await settled(pilot, lambda: "keep" in footer(pilot))
        await pilot.press("w")
        assert text.selected_text.strip() == "ferry was safe"
        await pilot.press("percent_sign", "b")
        assert text.selected_text.strip() == "the ferry was safe"
        await pilot.press("a", "d", "full_stop", "J", "u")
        await says(pilot, "Enter keeps the new ends")
        assert reader(pilot).is_adjusting
        assert reader(pilot).form is None
        await pilot.press("enter")
        await says(pilot, "Ends moved · saved · u undo")
        moved = news.annotations.get(one.id)
        start = TEXT.index("the ferry was safe")
        assert (moved.start, moved.end) == (start, start + len("the ferry was safe"))
        assert (moved.quote, moved.note, moved.tags) == (
            "the ferry was safe",
            "stays",
            ("tone",),
        )
        assert moved.before == TEXT[start - 32 : start]
        assert moved.after == TEXT[start + 18 : start + 50]
        assert text.selected is None
        await settled(pilot, lambda: footer(pilot).startswith(" Ends moved"))
        await pilot.press("u")
        await settled(pilot, lambda: news.annotations.get(one.id).quote == "ferry was")


@pytest.mark.parametrize("way", ["escape", "semicolon", "1", "enter"])
async def test_ends_stay_as_they_were(news: Library, way: str) -> None:
    one = mark(news, SAID)
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await go_to(pilot, "was safe")
        await pilot.press("M", "w")
        if way == "enter":
            await pilot.press("b")
        await pilot.press(way)
        if way == "1":
            await settled(pilot, lambda: app_of(pilot).current_mode == "documents")
            await pilot.press("2")
            await settled(pilot, lambda: app_of(pilot).current_mode == "reader")
        await settled(pilot, lambda: not reader(pilot).is_adjusting)
        await settled(pilot, lambda: footer(pilot).find("annotate") > 0)
        assert news.annotations.get(one.id) == one
        assert reader(pilot).reader.selected is None
        assert len(news.history.entries()) == 2  # the tag of the desk, the annotation


async def test_what_cannot_be_moved_says_so(news: Library) -> None:
    news.annotations.create(number(news, "ferry"), note="whole")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        await pilot.press("M")
        await says(pilot, "There is no annotation here")
        await pilot.press("tab", "M")
        await says(pilot, "of the whole document; it has no ends")
        assert not reader(pilot).is_adjusting


async def test_an_annotation_that_lost_its_place_gets_another(
    news: Library, tmp_path: Path
) -> None:
    one = mark(news, SAID, note="lost")
    file = tmp_path / "news" / "ferry.md"
    changed = file.read_text(encoding="utf-8").replace(SAID, "Silence at the desk.")
    file.write_text(changed, encoding="utf-8")
    list(news.add([file]))
    assert news.annotations.get(one.id).anchor_state in ("orphan", "proposed")
    async with reading(news) as pilot:
        await shown(pilot, 1)
        reader(pilot).reader.goto(TEXT.index(SAID))
        await pilot.press("m", "s")
        await pilot.press("tab", "M")
        await settled(pilot, lambda: reader(pilot).is_adjusting)
        await pilot.press("m", "s", "enter")
        await says(pilot, "Ends moved")
        found = news.annotations.get(one.id)
        assert (found.anchor_state, found.note) == ("exact", "lost")
        assert found.quote in changed


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
