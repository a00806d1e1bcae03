"""The whole program over a small library, for the tests of its screens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.library import Library
from tui.app import Postilla
from tui.screens.base import LibraryScreen
from tui.screens.documents import DocumentsScreen
from tui.screens.reading import ReadingScreen
from tui.widgets.status import Status

NEWS = {
    "ferry": (
        "The ferry stays in port",
        "Coast Courier",
        "2025-03-01",
        "en",
        "The mayor Agnes Holloway spoke in Tromsby on Monday. She said that the ferry"
        " was safe. Nobody believed her.\n\n"
        "Nordhavn Lines denied every fault. The ferry stayed in port.",
    ),
    "inquiry": (
        "An inquiry opens",
        "Coast Courier",
        "2025-03-04",
        "en",
        "In Tromsby the inquiry heard Agnes Holloway. It will sit until May.",
    ),
    "budget": (
        "Il bilancio del porto",
        "Gazzetta del Molo",
        "2025-03-07",
        "it",
        "Il comune ha speso due milioni di euro. Nessuno sa per che cosa.",
    ),
}
SIZES = [(120, 36), (80, 24), (59, 15)]
"""Wide and tall, the usual, and too small to be comfortable."""

Shown = TypeVar("Shown", bound=LibraryScreen)


def fill(library: Library, folder: Path) -> Library:
    """Put the news in, with their entities and one tag of the codebook."""
    folder.mkdir()
    for name, (title, source, date, language, text) in NEWS.items():
        head = f"title: {title}\nsource: {source}\ndate: {date}\nlanguage: {language}"
        file = folder / f"{name}.md"
        file.write_text(f"---\n{head}\n---\n{text}\n", encoding="utf-8")
    list(library.add([folder]))
    list(library.extract_pending())
    library.codebook.add("blame/denial")
    return library


@asynccontextmanager
async def desk(
    library: Library, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Pilot[None]]:
    """The program on Documents, its list and what stands beside it read."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        await settled(pilot, lambda: len(documents(pilot).list.ids) == len(NEWS))
        yield pilot


@asynccontextmanager
async def reading(
    library: Library, size: tuple[int, int] = (120, 36), name: str = "ferry"
) -> AsyncIterator[Pilot[None]]:
    """The program in the reader, with one of the news opened."""
    async with desk(library, size) as pilot:
        documents(pilot).list.move_to_id(number(library, name))
        await pilot.press("enter")
        await settled(pilot, lambda: reader_shows(pilot, name))
        yield pilot


def number(library: Library, name: str) -> int:
    """The id of one of the news."""
    rows = library.documents.rows(library.documents.ids())
    return next(id for id, one in rows.items() if one.title == NEWS[name][0])


def app_of(pilot: Pilot[None]) -> Postilla:
    """The program."""
    assert isinstance(pilot.app, Postilla)
    return pilot.app


def documents(pilot: Pilot[None]) -> DocumentsScreen:
    """The screen in front, which is Documents."""
    assert isinstance(pilot.app.screen, DocumentsScreen)
    return pilot.app.screen


def reader(pilot: Pilot[None]) -> ReadingScreen:
    """The screen in front, which is the reader."""
    assert isinstance(pilot.app.screen, ReadingScreen)
    return pilot.app.screen


def reader_shows(pilot: Pilot[None], name: str) -> bool:
    """Whether one of the news is in the reader, text and all."""
    screen = pilot.app.screen
    page = screen.page if isinstance(screen, ReadingScreen) else None
    return page is not None and page.document.title == NEWS[name][0]


def seen(pilot: Pilot[None]) -> str:
    """The screen as one text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def footer(pilot: Pilot[None]) -> str:
    """The last line."""
    return "".join(piece.text for piece in pilot.app.screen.query_one(Status).pieces())


def titles(pilot: Pilot[None]) -> list[str]:
    """The titles in the list of documents, in its order."""
    screen = documents(pilot)
    ids: Sequence[int] = screen.list.ids
    rows: dict[int, Any] = screen.library.documents.rows(list(ids))
    return [rows[id].title for id in ids]


async def says(pilot: Pilot[None], words: str) -> None:
    """Wait until these words are on the screen."""
    await settled(pilot, lambda: words in seen(pilot))


async def write(pilot: Pilot[None], text: str) -> None:
    """Type into whatever has the focus, as keys."""
    keys = {" ": "space", "/": "slash"}
    await pilot.press(*(keys.get(sign, sign) for sign in text))


def typed(pilot: Pilot[None]) -> str:
    """What stands in the field that has the focus."""
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    return field.value
