"""The palette offers every deed of the screen, shows its key, and does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App
from textual.command import CommandPalette
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from tui.keys import ACTIONS, PLACES, actions_at, by_id, show_keys
from tui.keys_run import perform, place_of, runnable
from tui.palette import TITLE_CELLS, Commands, row

SCREENS = [place for place, about in PLACES.items() if not about.modal]


def recorder(name: str) -> Callable[..., None]:
    """An action that writes down that it was run."""

    def action(self: Screen[None] | App[None], *parameters: object) -> None:
        app = self if isinstance(self, App) else self.app
        assert isinstance(app, Everything)
        app.done.append((name, *parameters))

    return action


ANSWERS = {
    f"action_{name}": recorder(name)
    for action in ACTIONS
    if action.action != "app.command_palette"
    for name in [action.action.partition("(")[0].rpartition(".")[2]]
}


class Everything(App[None]):
    """Answers every action, on one screen of any place."""

    COMMANDS = {Commands}  # noqa: RUF012

    def __init__(self, place: str) -> None:
        """Begin on a screen of that place."""
        super().__init__()
        self.done: list[tuple[object, ...]] = []
        self.place = place

    def get_default_screen(self) -> Screen[None]:
        """The screen that answers everything."""
        kind = type("Place", (Screen,), {**ANSWERS, "PLACE": self.place})
        screen: Screen[None] = kind()
        return screen


for _name, _action in ANSWERS.items():
    setattr(Everything, _name, _action)


async def offered(app: App[None]) -> list[str]:
    """Titles that the palette shows before anything is typed."""
    return [str(hit.text) async for hit in Commands(app.screen).discover()]


async def test_every_action_with_a_title_is_offered_somewhere() -> None:
    """On its own screen, with what works everywhere behind it."""
    seen: set[str] = set()
    for place in SCREENS:
        app = Everything(place)
        async with app.run_test():
            titles = await offered(app)
            here = [a.palette_title for a in actions_at(place) if a.group]
            assert titles == here
            seen.update(titles)
    assert seen == {action.palette_title for action in ACTIONS if action.group}


async def test_what_nobody_can_do_is_not_offered() -> None:
    """A screen without these actions has only the application's."""

    class Bare(App[None]):
        """Knows no action of ours."""

        COMMANDS = {Commands}  # noqa: RUF012

    app = Bare()
    async with app.run_test():
        assert place_of(app.screen) == "everywhere"
        titles = await offered(app)
        assert "Theme…" in titles and "Annotate the selection" not in titles
        assert all(action.where == "everywhere" for action in runnable(app.screen))
        assert not await perform(app.screen, by_id("reader.annotate"))


async def test_search_finds_by_title_and_by_heading() -> None:
    """Best first is the palette's business; a match of the title counts more."""
    app = Everything("codebook")
    async with app.run_test():
        hits = [hit async for hit in Commands(app.screen).search("merge")]
        found = [str(hit.text) for hit in hits if hit is not None]
        assert "Merge the marked tags" in found
        scores = {
            str(hit.text): getattr(hit, "score", 0.0)
            async for hit in Commands(app.screen).search("codebook")
        }
        assert scores["Codebook"] > scores["Add a tag"] > 0


async def test_choosing_runs_the_action_on_the_screen_below() -> None:
    """Typed and entered, as a person does it."""
    app = Everything("reader")
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_command_palette()
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"annotate the sel")
        await app.workers.wait_for_complete()
        await pilot.pause()
        listing = app.screen.query_one(OptionList)
        first = listing.get_option_at_index(0).prompt
        assert str(first).split() == ["Annotate", "the", "selection", "a"]
        await pilot.press("enter")
        await pilot.pause()
        assert app.done == [("annotate",)]


async def test_actions_keep_their_arguments() -> None:
    """`go_to('entities')` says where, and a number of a sequence comes last."""
    app = Everything("reader")
    async with app.run_test():
        assert await perform(app.screen, by_id("go_entities"))
        assert await perform(app.screen, by_id("text.to_paragraph"), 7)
        assert app.done == [("go_to", "entities"), ("to_paragraph", 7)]


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.group], ids=lambda a: a.id)
def test_rows_fit_in_60_columns_and_show_the_key(action: object) -> None:
    """The key is at the right, in one column, and brackets are not markup."""
    declared = by_id(action.id)  # type: ignore[attr-defined]
    shown = str(row(Content(declared.palette_title), declared))
    assert len(declared.palette_title) < TITLE_CELLS
    assert len(shown) <= 54
    assert shown[TITLE_CELLS:] == show_keys(declared)
