"""Every row of the table of keys, pressed where it works, reaches its action."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from news_desk import app_of, fill, number, reader_shows, reading
from textual import actions
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Found
from store.naming import store as store_mentions
from tui.app import Postilla
from tui.keys import PLACES, chain, parse
from tui.keys_table import ACTIONS, Action
from tui.screens.concordance import ConcordanceScreen
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_review import ReviewScreen
from tui.widgets.annotation_form import AnnotationForm

LEAVING = ("back", "quit", "quit_typing", "suspend", "form.editor")
"""What ends or stops the program; the journeys press these keys."""

NAMED = {
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "$": "dollar_sign",
    "%": "percent_sign",
    ";": "semicolon",
    ":": "colon",
    "?": "question_mark",
    "*": "asterisk",
    "/": "slash",
    "\\": "backslash",
    "'": "apostrophe",
    ".": "full_stop",
    "=": "equals_sign",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "<n>": "2",
}

MODES = ("documents", "reader", "entities", "annotations", "codebook")

Opener = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def coded(library: Library, tmp_path: Path) -> Library:
    """News with annotations, a marker, an attribute, a collection, and proposals."""
    fill(library, tmp_path / "news")
    first = number(library, "ferry")
    library.codebook.define("blame/denial", marker="d")
    for start in (0, 12, 30):
        passage = Passage(start, start + 10)
        library.annotations.create(first, passage, tags=("blame/denial",), note="x")
    named_twice(library)
    library.attributes.define("tone", "yesno")
    library.collections.make("first", documents=[first])
    return library


def named_twice(library: Library) -> None:
    """Let one company be named in two ways, which are then proposed as one."""
    document = number(library, "ferry")
    found = [
        Found(0, 14, "Nordhavn Lines", "ORG"),
        Found(20, 38, "Nordhavn Lines Ltd", "ORG"),
    ]
    now = library.core.now()
    library.core.writer.run(
        lambda pen: store_mentions(pen, [(document, found)], "test", now)
    )
    assert library.entities.suggest()


async def go_home(pilot: Pilot[None], mode: str) -> None:
    """Whatever a key opened is closed again, and the screen is as before."""
    app = app_of(pilot)
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await pilot.pause()
    for form in app.screen.query(AnnotationForm):
        form.action_close()  # from wherever the focus was moved to
        if form.is_changed:
            await pilot.press("n")
        await settled(pilot, lambda: not app.screen.query(AnnotationForm))
    if isinstance(app.focused, Input | TextArea):
        await pilot.press("escape")
    if app.current_mode != mode:
        app.action_go_to(mode)
        await settled(pilot, lambda: app.current_mode == mode)
    await settled(pilot, lambda: app.focused is not None)


async def press(pilot: Pilot[None], way: tuple[str, ...]) -> None:
    """Press a way of the table."""
    await pilot.press(*(NAMED.get(key, key) for key in way))


def by_keys(mode: str, *keys: str) -> Opener:
    """Go to a mode and press keys until something lies over it, or a field is open."""

    async def open_it(pilot: Pilot[None]) -> None:
        await go_home(pilot, mode)
        before = app_of(pilot).focused
        await press(pilot, keys)
        await settled(pilot, lambda: app_of(pilot).focused is not before)

    return open_it


def in_mode(mode: str) -> Opener:
    """Go to a mode."""

    async def open_it(pilot: Pilot[None]) -> None:
        await go_home(pilot, mode)
        if mode == "reader" and not reader_shows(pilot, "ferry"):
            app_of(pilot).open_document(number(app_of(pilot).library, "ferry"), 0)
            await settled(pilot, lambda: reader_shows(pilot, "ferry"))

    return open_it


async def concordance(pilot: Pilot[None]) -> None:
    """Words in context, with some found."""
    await go_home(pilot, "documents")
    app_of(pilot).action_show_concordance("ferry")
    await settled(pilot, lambda: isinstance(pilot.app.screen, ConcordanceScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ConcordanceScreen)
    await settled(pilot, lambda: len(screen.list.ids) > 0 and screen.list.has_focus)


async def review(pilot: Pilot[None]) -> None:
    """The first of the proposals; a decision made before is taken back."""
    await go_home(pilot, "entities")
    library = app_of(pilot).library
    if not library.entities.suggest():
        library.history.undo()
        app_of(pilot).library_changed()
    screen = pilot.app.screen
    assert isinstance(screen, EntitiesScreen)
    await settled(pilot, lambda: screen.proposals)
    await pilot.press("p")
    await settled(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))


OPENERS: dict[str, Opener] = {
    **{mode: in_mode(mode) for mode in MODES},
    "everywhere": in_mode("documents"),
    "lists": in_mode("documents"),
    "tree": in_mode("codebook"),
    "text": in_mode("reader"),
    "history": by_keys("documents", "g", "h"),
    "concordance": concordance,
    "cooccurrence": by_keys("documents", "g", "o"),
    "figures": by_keys("documents", "g", "f"),
    "quotations": by_keys("documents", "g", "q"),
    "timeline": by_keys("documents", "g", "t"),
    "matrix": by_keys("documents", "g", "x"),
    "collections": by_keys("documents", "g", "c"),
    "asking": by_keys("annotations", "b"),
    "attributes": by_keys("documents", "g", "v"),
    "agreement": by_keys("documents", "g", "a"),
    "filling": by_keys("documents", "="),
    "search": by_keys("documents", "s"),
    "form": by_keys("reader", "a"),
    "picker": by_keys("documents", "t"),
    "prompt": by_keys("codebook", "a"),
    "dialog": by_keys("documents", "E"),
    "review": review,
}
"""How to come to each place."""


def rows_of(place: str) -> list[tuple[Action, tuple[str, ...]]]:
    """Every way of pressing an action of the place."""
    return [
        (action, way)
        for action in ACTIONS
        if action.where == place and action.bind and action.id not in LEAVING
        for way in parse(action.keys)
    ]


def test_every_place_is_pressed() -> None:
    assert set(OPENERS) == set(PLACES)
    assert all(chain(place) for place in OPENERS)


@pytest.mark.parametrize("place", list(OPENERS))
async def test_the_keys_of_a_place_reach_their_actions(
    coded: Library, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    run_action = Postilla.run_action

    async def spy(app: Postilla, action: Any, *rest: Any, **more: Any) -> bool:
        name = actions.parse(action)[1] if isinstance(action, str) else action[1]
        done.append(name)
        return await run_action(app, action, *rest, **more)

    monkeypatch.setattr(Postilla, "run_action", spy)
    monkeypatch.setattr(Postilla, "suspend", contextlib.nullcontext)
    async with reading(coded, (100, 30)) as pilot:
        app = app_of(pilot)
        stays: object = None
        for action, way in rows_of(place):
            if (app.screen, app.focused, len(app.screen_stack)) != stays:
                await OPENERS[place](pilot)
                stays = (app.screen, app.focused, len(app.screen_stack))
            done.clear()
            await press(pilot, way)
            wanted = actions.parse(action.action)[1]
            for _round in range(100):
                if wanted in done:
                    break
                await pilot.pause(0.01)
            assert wanted in done and app.is_running, (action.id, way, done)
        await go_home(pilot, "documents")
        assert not [one for one in app.messages if "unexpected" in one]
        app.jobs.close()
