"""The key help can be narrowed by typing, fits small screens, and runs its rows."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tui.keys import ACTIONS, actions_at, bindings
from tui.screens.help import HelpScreen, matching, row, show_help
from tui.widgets.prefix_popup import PrefixPopup


class Reading(Screen[None]):
    """A screen that can annotate and go to the next annotation, nothing else."""

    PLACE = "reader"
    BINDINGS = bindings("reader")

    def __init__(self) -> None:
        """Nothing was done yet."""
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        """A field too, as screens have."""
        yield Input(id="field")
        yield PrefixPopup()

    async def on_key(self, event: events.Key) -> None:
        """As every screen does it."""
        await self.query_one(PrefixPopup).take(event)

    def on_mount(self) -> None:
        """Begin on the screen, not in the field."""
        self.set_focus(None)

    def action_annotate(self) -> None:
        """`a`."""
        self.done.append("annotate")

    def action_next_annotation(self) -> None:
        """`]a`."""
        self.done.append("next annotation")


class Small(App[None]):
    """Opens the screen and its help."""

    BINDINGS = bindings("everywhere")
    AUTO_FOCUS = None

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(Reading())

    def action_help(self) -> None:
        """`?` and F1."""
        show_help(self)


def at(app: App[None]) -> Screen[object]:
    """The screen on top now."""
    return app.screen


def listed(app: App[None]) -> list[str]:
    """The rows on view."""
    listing = app.screen.query_one(OptionList)
    return [str(option.prompt) for option in listing.options]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)])
async def test_opens_narrows_and_runs(size: tuple[int, int]) -> None:
    """Question mark, a few letters, enter: the deed is done on the screen below."""
    app = Small()
    async with app.run_test(size=size) as pilot:
        reading = app.screen
        assert isinstance(reading, Reading)
        await pilot.press("?")
        assert isinstance(at(app), HelpScreen)
        everything = listed(app)
        assert "Reader" in everything and "Everywhere" in everything
        assert any(line.startswith("]a ") for line in everything)
        assert not any("Delete" in line for line in everything)
        box, listing = app.screen.query_one("#keys"), app.screen.query_one(OptionList)
        assert box.region.right <= size[0] and box.region.bottom <= size[1]
        assert listing.size.height >= 8
        assert listing.max_scroll_x == 0
        await pilot.press(*"next annot")
        assert len(listed(app)) == 2
        await pilot.press("enter")
        assert reading.is_current
        assert reading.done == ["next annotation"]


async def test_moving_and_closing() -> None:
    """Arrows pass the headings, escape does nothing else than close."""
    app = Small()
    async with app.run_test(size=(80, 24)) as pilot:
        reading = app.screen
        assert isinstance(reading, Reading)
        await pilot.press("?", *"annotat", "down", "enter")
        assert reading.done == ["next annotation"]
        await pilot.press("?", "pagedown", "up", "escape")
        assert reading.is_current
        assert reading.done == ["next annotation"]
        await pilot.press("?", *"zzz", "enter")
        assert isinstance(at(app), HelpScreen)
        assert listed(app) == ["No key does that."]


async def test_f1_works_while_typing_and_opens_once() -> None:
    """Where the question mark is text."""
    app = Small()
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.query_one(Input)
        field.focus()
        await pilot.press("?")
        assert field.value == "?"
        await pilot.press("f1", "f1")
        assert isinstance(at(app), HelpScreen)
        await pilot.press("escape")
        assert isinstance(at(app), Reading)


async def test_a_click_runs_a_row() -> None:
    """Everything clickable is also a key, and the other way round."""
    app = Small()
    async with app.run_test(size=(80, 24)) as pilot:
        reading = app.screen
        assert isinstance(reading, Reading)
        await pilot.press("?", *"annotate")
        lines = listed(app)
        wanted = next(n for n, line in enumerate(lines) if line.startswith("a "))
        await pilot.click(OptionList, offset=(14, wanted))
        assert reading.done == ["annotate"]


def test_narrowing_is_by_word_key_or_place() -> None:
    """Every word must be found; a key is found as it is shown."""
    ids = [action.id for action in matching(ACTIONS, "]a")]
    assert ids == ["text.annotation"]
    assert [a.id for a in matching(ACTIONS, "codebook NEST")] == [
        "codebook.nest",
        "codebook.unnest",
    ]
    assert matching(ACTIONS, "") == list(ACTIONS)


@pytest.mark.parametrize("place", ["documents", "reader", "codebook", "form"])
def test_rows_fit_in_60_columns(place: str) -> None:
    """No row wraps inside the frame of a 60-column screen."""
    for action in actions_at(place):
        assert len(str(row(action))) <= 54, action.id
