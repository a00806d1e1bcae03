"""A library whose names leave every kind of question open, and how to go about it."""

from __future__ import annotations

from pathlib import Path

from named import name
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.review import Question
from tui.app import Postilla
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_review import ReviewScreen

TEXTS = (
    "Agnes Holloway spoke in Tromsby. Holloway said that Harrow was safe.\n\n"
    "Nordhavn Lines and Nordhavn Lines Ltd denied it, and so did Nordhavn. Zrk was"
    " quiet, Brx was not.",
    "In Harrow the inquiry heard Agnes Holloway, and Zrk wrote of Nordhavn Lines.",
)
NAMES = (
    ("Agnes Holloway", "PER", 0.95),
    ("Holloway", "PER", 0.9),
    ("Tromsby", "LOC", 0.97),
    ("Harrow", "ORG", 0.9),
    ("Nordhavn Lines", "ORG", 0.9),
    ("Nordhavn Lines Ltd", "ORG", 0.9),
    ("Nordhavn", "ORG", 0.9),
    ("Zrk", "ORG", 0.55),
    ("Brx", "PER", 0.7),
)


def make(folder: Path) -> Path:
    """Make the library, closed."""
    news = folder / "news"
    news.mkdir()
    for number, text in enumerate(TEXTS):
        (news / f"{number}.txt").write_text(text, encoding="utf-8")
    with Library(folder / "library.db", create=True, coder="tester") as library:
        list(library.add([news]))
        first, second = sorted(library.documents.ids())
        name(library, first, NAMES)
        name(library, second, [("Harrow", "LOC", 0.9), NAMES[0], *NAMES[4:]])
    return library.path


def lines(app: Postilla) -> str:
    """The screen, as it would be sent to the terminal."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def flat(app: Postilla) -> str:
    """The same as one line, without frames."""
    return " ".join(lines(app).replace("│", " ").split())


async def reviewing(pilot: Pilot[None], app: Postilla) -> ReviewScreen:
    """Go to the review and wait for its first question."""
    app.action_go_to("entities")
    await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
    screen = app.screen
    assert isinstance(screen, EntitiesScreen)
    await settled(pilot, lambda: screen.proposals)
    await pilot.press("p")
    return await on_screen(pilot, app)


async def on_screen(pilot: Pilot[None], app: Postilla) -> ReviewScreen:
    """Wait until a question of the review is shown."""
    await settled(
        pilot,
        lambda: isinstance(app.screen, ReviewScreen) and app.screen.shown is not None,
    )
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


async def until(pilot: Pilot[None], screen: ReviewScreen, kind: str) -> Question:
    """Go on to the first question of a kind."""
    for _ in range(len(screen.queue.questions)):
        if screen.queue.current is not None and screen.queue.current.kind == kind:
            break
        await pilot.press("space")
    await settled(pilot, lambda: screen.shown is not None)
    assert screen.queue.current is not None and screen.queue.current.kind == kind
    return screen.queue.current


async def saved(pilot: Pilot[None], screen: ReviewScreen) -> None:
    """Wait until every answer is written."""
    await settled(pilot, lambda: screen.pending == 0)
