"""Attributes: defining them, and filling them in with single keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_desk import (
    NEWS,
    SIZES,
    app_of,
    desk,
    documents,
    fill,
    footer,
    number,
    reader_shows,
    reading,
    says,
    seen,
    write,
)
from textual.pilot import Pilot
from waiting import settled

from store import safe
from store.attribute_rules import made
from store.library import Library
from tui.screens.attributes import AttributesScreen
from tui.screens.attributes_dialog import AttributeDialog
from tui.screens.dialogs import Choose, Prompt
from tui.screens.filling import FillingScreen
from tui.screens.filling import fill as fill_in
from tui.screens.filling_text import Known, keys_of, lines


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


@pytest.fixture
def coded(news: Library) -> Library:
    """With an attribute of each kind."""
    news.attributes.define("tone", "scale", values=["-2", "2"], definition="How?")
    news.attributes.define("genre", "choice", values=["report", "review", "opinion"])
    news.attributes.define("about us", "yesno")
    news.attributes.define("remark", "text")
    return news


def attributes(pilot: Pilot[None]) -> AttributesScreen:
    """The screen in front, which is Attributes."""
    assert isinstance(pilot.app.screen, AttributesScreen)
    return pilot.app.screen


def filling(pilot: Pilot[None]) -> FillingScreen:
    """The panel in front."""
    assert isinstance(pilot.app.screen, FillingScreen)
    return pilot.app.screen


def at_hand(pilot: Pilot[None], kind: type) -> bool:
    return isinstance(pilot.app.screen, kind)


def values(library: Library, name: str) -> dict[str, object]:
    return library.documents.get(number(library, name)).attributes


async def opened(pilot: Pilot[None], count: int) -> None:
    await pilot.press("g", "v")
    await settled(pilot, lambda: at_hand(pilot, AttributesScreen))
    await settled(pilot, lambda: len(attributes(pilot).list.ids) == count)


# Keys ----------------------------------------------------------------------


def test_each_value_has_a_key_of_its_own() -> None:
    genre = made("genre", "choice", values=["report", "review", "Quiz", "opinion"])
    assert keys_of(genre) == {
        "r": "report",
        "e": "review",
        "u": "Quiz",  # q closes
        "o": "opinion",
    }
    assert keys_of(made("on", "yesno")) == {"y": "yes", "n": "no"}
    scale = made("tone", "scale", values=["-2", "2"])
    assert list(keys_of(scale)) == ["1", "2", "3", "4", "5"]
    assert keys_of(made("much", "scale", values=["0", "20"])) == {}
    assert keys_of(made("remark", "text")) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=20),
    st.integers(8, 60),
    st.booleans(),
)
def test_lines_fit_and_are_safe(words: list[str], width: int, current: bool) -> None:
    try:
        one = made("genre", "choice", values=words, definition=" ".join(words))
    except Exception:
        return
    keys = keys_of(one)
    assert len(set(keys.values())) == len(keys)
    known = Known(one.values[0], others=(("anna", one.values[1]),))
    for line in lines(one, known, width, current=current, low=False):
        text = "".join(part for part, _ in line)
        assert safe.width(text) <= max(width, 32)
        assert safe.line(text) == text


# Defining ------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_the_list_says_what_is_defined(
    coded: Library, size: tuple[int, int]
) -> None:
    coded.attributes.set([1, 2], "tone", "-1")
    async with desk(coded, size) as pilot:
        await opened(pilot, 4)
        for key in ("j", "k", "backslash", "backslash", "y"):
            await pilot.press(key)
        if size[0] < 59:
            return
        await says(pilot, "-2 to +2")
        await says(pilot, "-1 2")
        await pilot.press("j")
        await says(pilot, "report, review, opinion")
        await pilot.press("q")
        await settled(pilot, lambda: documents(pilot).list.has_focus)


@pytest.mark.parametrize("size", SIZES)
async def test_an_attribute_is_defined(news: Library, size: tuple[int, int]) -> None:
    async with desk(news, size) as pilot:
        await opened(pilot, 0)
        await says(pilot, "No attributes yet")
        for key in ("enter", "e", "d"):
            await pilot.press(key)
        await pilot.press("a")
        await settled(pilot, lambda: at_hand(pilot, AttributeDialog))
        await write(pilot, "tone")
        await pilot.press("enter")
        await says(pilot, "tone needs its values")
        await pilot.press("tab", "right")
        await says(pilot, "the lowest and the highest")
        await pilot.press("tab", "minus", "2", "comma", "2", "tab")
        await write(pilot, "How?")
        await pilot.press("enter")
        await says(pilot, "tone defined · u undo")
        one = news.attributes.get("tone")
        assert (one.values, one.definition) == (("-2", "-1", "0", "1", "2"), "How?")
        await pilot.press("u")
        await settled(pilot, lambda: not attributes(pilot).list.ids)


async def test_values_in_use_are_asked_for(coded: Library) -> None:
    coded.attributes.set([1, 2], "genre", "report")
    async with desk(coded) as pilot:
        await opened(pilot, 4)
        await pilot.press("j", "e")
        await settled(pilot, lambda: at_hand(pilot, AttributeDialog))
        await pilot.press("tab", "tab", "end", *["backspace"] * 30)
        await write(pilot, "news,opinion")
        await pilot.press("enter")
        await settled(pilot, lambda: at_hand(pilot, Choose))
        await says(pilot, "report is given to 2 documents; what takes its place?")
        await pilot.press("escape")
        await says(pilot, "Nothing was changed.")
        await pilot.press("e")
        await settled(pilot, lambda: at_hand(pilot, AttributeDialog))
        await pilot.press("tab", "tab", "end", *["backspace"] * 30)
        await write(pilot, "news,opinion")
        await pilot.press("enter")
        await settled(pilot, lambda: at_hand(pilot, Choose))
        await pilot.press("enter")
        await says(pilot, "genre changed · u undo")
        assert coded.attributes.counts("genre") == {"news": 2}


async def test_deleting_takes_values_along_and_back(coded: Library) -> None:
    coded.attributes.set([1], "tone", "1")
    async with desk(coded) as pilot:
        await opened(pilot, 4)
        await pilot.press("d")
        await says(pilot, "tone deleted with its values · u undo")
        await settled(pilot, lambda: len(attributes(pilot).list.ids) == 3)
        await pilot.press("u")
        await settled(pilot, lambda: len(attributes(pilot).list.ids) == 4)
        assert coded.attributes.own([1]) == {1: {1: "1"}}


# Filling in ----------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_single_keys_fill_in(coded: Library, size: tuple[int, int]) -> None:
    """From the first document of the list to the next, each value saved at once."""
    async with desk(coded, size) as pilot:
        await pilot.press("equals_sign")
        await settled(pilot, lambda: at_hand(pilot, FillingScreen))
        await pilot.press("2", "o", "y")
        await settled(
            pilot,
            lambda: (
                values(coded, "budget")
                == {"tone": -1, "genre": "opinion", "about us": "yes"}
            ),
        )
        if size[0] >= 59:
            await says(pilot, "✓ opinion")
            await says(pilot, "1 of 3")
        await pilot.press("J", "4")
        await settled(pilot, lambda: values(coded, "inquiry") == {"tone": 1})
        await pilot.press("K", "backspace")
        await settled(pilot, lambda: "tone" not in values(coded, "budget"))
        await pilot.press("escape")
        await pilot.press("u")
        await settled(pilot, lambda: values(coded, "budget")["tone"] == -1)
        await pilot.press("u")
        await settled(pilot, lambda: values(coded, "inquiry") == {})


async def test_text_is_written_and_lists_are_offered(coded: Library) -> None:
    async with desk(coded) as pilot:
        await pilot.press("equals_sign")
        await settled(pilot, lambda: at_hand(pilot, FillingScreen))
        await pilot.press("up", "down", "enter")
        await settled(pilot, lambda: at_hand(pilot, Choose))
        await write(pilot, "opin")
        await pilot.press("enter")
        await settled(pilot, lambda: values(coded, "budget") == {"genre": "opinion"})
        await pilot.press("tab", "enter")
        await settled(pilot, lambda: at_hand(pilot, Prompt))
        await write(pilot, "odd, yes")
        await pilot.press("enter")
        await settled(
            pilot, lambda: values(coded, "budget").get("remark") == "odd, yes"
        )
        await says(pilot, "J: the next document")
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "minus", "minus")
        await settled(pilot, lambda: values(coded, "budget").get("tone") == -2)
        await pilot.press("minus", "plus")
        await settled(pilot, lambda: values(coded, "budget").get("tone") == -1)


async def test_what_is_marked_is_filled_in_at_once(coded: Library) -> None:
    coded.attributes.set([number(coded, "ferry")], "genre", "review")
    async with desk(coded) as pilot:
        await pilot.press("asterisk", "equals_sign")
        await settled(pilot, lambda: at_hand(pilot, FillingScreen))
        await says(pilot, "all 3 documents at once")
        await says(pilot, "different ones")
        await pilot.press("1")
        await says(pilot, "tone given to all 3 documents · one undo")
        await pilot.press("r")
        await says(pilot, "genre given to all 3 documents · one undo")
        await pilot.press("J")
        await says(pilot, "filled in at once")
        await pilot.press("q", "u")
        await settled(pilot, lambda: values(coded, "ferry").get("genre") == "review")
        assert all(values(coded, name)["tone"] == -2 for name in NEWS)
        assert "genre" not in values(coded, "budget")


async def test_the_reader_goes_along(coded: Library) -> None:
    """Its text stays readable beside the panel, and is that of the document."""
    other = Library(coded.path, coder="anna")
    other.attributes.set([number(coded, "ferry")], "tone", "2")
    other.close()
    async with reading(coded, name="budget") as pilot:
        await pilot.press("equals_sign")
        await settled(pilot, lambda: at_hand(pilot, FillingScreen))
        await says(pilot, "1 of 3")
        assert "ha speso due milioni" in seen(pilot)
        await pilot.press("3", "J", "J")
        await says(pilot, "3 of 3")
        await says(pilot, "anna +2")
        await says(pilot, "The mayor Agnes Holloway")
        await pilot.press("5", "J", "space", "pageup")
        await settled(pilot, lambda: values(coded, "ferry") == {"tone": 2})
        assert values(coded, "budget") == {"tone": 0}
        await pilot.press("escape")
        await settled(pilot, lambda: reader_shows(pilot, "ferry"))


async def test_without_attributes_it_says_what_to_do(news: Library) -> None:
    async with desk(news) as pilot:
        await pilot.press("equals_sign")
        await says(pilot, "No attributes are defined yet")
        assert "g v" in footer(pilot)
        fill_in(app_of(pilot), [])
        assert documents(pilot).list.has_focus


async def test_the_preview_shows_what_is_filled_in(coded: Library) -> None:
    coded.attributes.set([number(coded, "budget")], "tone", "-1")
    async with desk(coded) as pilot:
        await says(pilot, "Attributes  tone -1")


def test_a_step_that_is_its_own_key_is_shown_once() -> None:
    scale = made("depth", "scale", values=["1", "3"])
    keys = lines(scale, Known("2"), 40, current=True, low=False)[1]
    assert "".join(text for text, _ in keys).split() == ["▌", "1", "[2]", "3"]
