"""Dialogs ask, answer, close with esc, and show any string safely on any screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from textual.app import App
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input
from waiting import settled

from tui.keys import bindings
from tui.screens.dialog_choose import fitting
from tui.screens.dialog_frame import Dialog
from tui.screens.dialogs import (
    Choose,
    Confirm,
    Fields,
    Prompt,
    Reading,
    TagDialog,
)
from tui.widgets.tag_picker import TagPicker

HOSTILE = (
    "\x1b]52;c;eHl6\x07 [red]x[/] \u202eabc\u202c 日本\x9b2J\n[@click=app.quit]q[/]"
)
SIZES = [(80, 24), (40, 12), (20, 5)]

Make = Callable[[], ModalScreen[Any]]

DIALOGS: dict[str, Make] = {
    "reading": lambda: Reading(HOSTILE, f"{HOSTILE}\n" * 80),
    "prompt": lambda: Prompt(HOSTILE, HOSTILE, check=lambda _: HOSTILE),
    "choose": lambda: Choose(HOSTILE, [(str(n), HOSTILE) for n in range(60)]),
    "confirm": lambda: Confirm(HOSTILE, HOSTILE),
    "tags": lambda: TagDialog([(HOSTILE, 2), ("b", 1)], [HOSTILE], title=HOSTILE),
    "fields": lambda: Fields(HOSTILE, [("a", HOSTILE, HOSTILE), ("b", "B", "")]),
}


class Desk(App[None], inherit_bindings=False):
    """Opens one dialog and keeps its answers."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]

    def __init__(self, make: Make) -> None:
        """Open the dialog that ``make`` makes."""
        super().__init__()
        self.make = make
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """Open it."""
        self.push_screen(self.make(), self.answers.append)

    def lines(self) -> list[str]:
        """Every line of the screen, as it would be sent to the terminal."""
        return [strip.text for strip in self.screen._compositor.render_strips()]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", DIALOGS)
async def test_any_string_is_shown_safely_and_esc_closes(
    name: str, size: tuple[int, int]
) -> None:
    """Nothing of it acts, and no line is wider than the screen."""
    app = Desk(DIALOGS[name])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if name == "prompt":
            await pilot.press("enter")
        text = "".join(app.lines())
        assert not set(text) & set("\x1b\x07\x9b\u202e\u202c\n")
        assert all(len(line) <= size[0] for line in app.lines())
        await pilot.press("escape")
        assert app.answers == [False if name == "confirm" else None]


@pytest.mark.parametrize("key", ["q", "enter", "escape"])
async def test_a_text_is_read_and_closed(key: str) -> None:
    """Long texts scroll; three keys close it."""
    text = "\n".join(f"line {n}" for n in range(100))
    app = Desk(lambda: Reading("Messages", text))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "line 0 " in "".join(app.lines())
        await pilot.press("end")
        await settled(pilot, lambda: "line 99" in "".join(app.lines()))
        await pilot.press(key)
        assert app.answers == [None]


async def test_a_prompt_answers_with_what_is_typed() -> None:
    """What cannot be taken is said in the box, until one types on."""

    def check(value: str) -> str | None:
        return None if value.endswith(".db") else "The name must end with .db."

    app = Desk(lambda: Prompt("Copy to", "copy", check=check))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("enter")
        await settled(pilot, lambda: "must end with .db." in "".join(app.lines()))
        await pilot.press(".", "d", "b", "space")
        await settled(pilot, lambda: "must end" not in "".join(app.lines()))
        await pilot.press("enter")
        assert app.answers == ["copy.db"]


async def test_choosing_by_typing_and_by_bar() -> None:
    """Letters narrow, arrows and ctrl+n, ctrl+p move, enter takes."""
    options = [("p", "date of publication"), ("t", "title"), ("w", "length")]
    app = Desk(lambda: Choose("Order by", options, hint="O reverses"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", "i", "t", "enter")
        assert app.answers == ["t"]
        app.push_screen(app.make(), app.answers.append)
        await pilot.press("down", "ctrl+n", "ctrl+p", "up", "up", "enter")
        assert app.answers == ["t", "w"]


async def test_a_click_chooses() -> None:
    """One click on a row is enough."""
    options = [(str(n), f"option {n}") for n in range(3)]
    app = Desk(lambda: Choose("Which?", options))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("PickList", offset=(3, 1))
        await settled(pilot, lambda: app.answers)
        assert app.answers == ["1"]


async def test_nothing_like_it_is_said_and_enter_waits() -> None:
    """A list that was narrowed to nothing has no answer."""
    app = Desk(lambda: Choose("Which?", [("a", "alpha")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z", "z", "z", "z")
        assert "Nothing like that." in "".join(app.lines())
        await pilot.press("enter")
        assert app.answers == []


def test_options_fit_by_words_then_in_spite_of_slips() -> None:
    """Accents and case do not matter."""
    labels = ["Público", "The Harbour Post", "Harbour Council", "Lusa"]
    assert fitting("", labels) == [0, 1, 2, 3]
    assert fitting("publico", labels) == [0]
    assert fitting("harbour", labels) == [2, 1]
    assert fitting("post harb", labels) == [1]
    assert fitting("harbuor council", labels)[0] == 2


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["enter"], True),
        (["n"], False),
        (["tab", "enter"], False),
        (["right", "enter"], False),
    ],
)
async def test_a_question_is_answered(keys: list[str], answer: bool) -> None:
    """Enter does it, tab goes to the other answer."""
    app = Desk(lambda: Confirm("Merge two tags?"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        assert app.answers == [answer]


async def test_tags_are_chosen() -> None:
    """Enter takes a tag, enter with nothing typed is done."""
    app = Desk(lambda: TagDialog([("actors/port", 3), ("blame", 1)], ["blame"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "o", "r", "enter", "enter")
        await settled(pilot, lambda: app.answers)
        assert app.answers == [("blame", "actors/port")]


async def test_every_tag_may_be_taken_off_again() -> None:
    """Ctrl+s takes an empty choice too."""
    app = Desk(lambda: TagDialog([("blame", 1)], ["blame"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("backspace", "ctrl+s")
        assert app.answers == [()]


async def test_a_half_typed_tag_is_not_dropped() -> None:
    """Ctrl+s says what is missing."""
    app = Desk(lambda: TagDialog([("blame", 1)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "e", "w", "ctrl+s")
        await settled(
            pilot, lambda: 'Enter makes the tag "new"' in "".join(app.lines())
        )
        assert app.answers == []
        assert app.screen.query_one(TagPicker).typed == "new"


async def test_fields_answer_together() -> None:
    """Tab goes on, enter takes them all, by name."""
    fields = [("title", "Title", "Old"), ("published", "Date", "")]
    app = Desk(
        lambda: Fields(
            "Document",
            fields,
            check=lambda got: None if got["published"] else "A date is needed.",
        )
    )
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("enter")
        assert "A date is needed." in "".join(app.lines())
        await pilot.press("!", "tab", *"2026", "enter")
        assert app.answers == [{"title": "Old!", "published": "2026"}]


async def test_the_palette_does_not_open_over_a_dialog() -> None:
    """There ctrl+p moves up."""
    app = Desk(lambda: Choose("Which?", [("a", "alpha"), ("b", "beta")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", "enter")
        assert app.answers == ["b"]


async def test_the_footer_shows_the_keys_of_the_dialog() -> None:
    """Not those of the screen below."""
    app = Desk(lambda: Prompt("Copy to"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[-1].strip().startswith("enter take  esc close")
        assert isinstance(app.screen, Dialog)
        assert app.screen.query_one(Input).has_focus
