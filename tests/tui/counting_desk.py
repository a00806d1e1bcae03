"""The news with annotations, and how the screens that count are asked."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from news_desk import fill, number
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.screens.base import LibraryScreen
from tui.screens.counting_dialog import CountingDialog

Shown = TypeVar("Shown", bound=LibraryScreen)


def annotated(library: Library, folder: Path) -> Library:
    """The news, two of them annotated."""
    fill(library, folder)
    for name, start, tags in (
        ("ferry", 0, ("blame/denial", "place")),
        ("ferry", 30, ("blame/denial",)),
        ("inquiry", 0, ("place",)),
    ):
        library.annotations.create(
            number(library, name), Passage(start, start + 20), tags=tags
        )
    return library


async def laid_over(pilot: Pilot[None], key: str, kind: type[Shown]) -> Shown:
    """Press ``g`` and a key, and wait for the screen and its figures."""
    await pilot.press("g", key)
    await settled(pilot, lambda: isinstance(pilot.app.screen, kind))
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    await settled(pilot, lambda: not getattr(screen, "is_counting", True))
    return screen


async def asks(pilot: Pilot[None]) -> CountingDialog:
    """Press ``f`` and wait for the box."""
    await pilot.press("f")
    await settled(pilot, lambda: isinstance(pilot.app.screen, CountingDialog))
    dialog = pilot.app.screen
    assert isinstance(dialog, CountingDialog)
    return dialog


async def choose(
    pilot: Pilot[None], dialog: CountingDialog, name: str, value: str
) -> None:
    """Go to a row and step until a value is chosen."""
    dialog.query_one(f"#{name}").focus()
    for _ in range(12):
        if dialog.answer[name] == value:
            return
        await pilot.press("right")
    raise AssertionError(f"{value} cannot be chosen")


async def export(pilot: Pilot[None], target: Path) -> None:
    """Press ``E``, name a file, and wait until it is there."""
    before = pilot.app.screen
    await pilot.press("E")
    await settled(pilot, lambda: pilot.app.screen is not before)
    pilot.app.screen.query_one(Input).value = str(target)
    await pilot.press("enter")
    await settled(pilot, target.exists)
    await settled(pilot, lambda: pilot.app.screen is before)
