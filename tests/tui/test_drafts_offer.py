"""What was being written when a window ended is offered at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.model import Draft
from tui.app import Postilla
from tui.screens.drafts import DraftOffer

HOSTILE = "a note [bold]that\x1b]52;c;eHl6\x07 was"
TEXT = "The ferry stays in port.\n\nThe mayor said that the ferry was safe.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with one document and a draft that another window left."""
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "library.db"
    with Library(path, create=True, coder="tester", window="gone") as library:
        list(library.add([tmp_path / "ferry.txt"]))
        library.drafts.keep(1, start=4, end=9, note=HOSTILE, tags=["ferries"])
    return Library(path, coder="tester")


async def offered(pilot: Pilot[None], app: Postilla) -> None:
    """Wait for the offer."""
    await settled(pilot, lambda: isinstance(app.screen, DraftOffer))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_the_offer_shows_what_was_written(
    library: Library, size: tuple[int, int]
) -> None:
    """Quote, note and tags, with nothing in them that acts."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        await offered(pilot, app)
        strips = app.screen._compositor.render_strips()
        text = "\n".join(strip.text for strip in strips)
        assert "An annotation was not saved" in text
        assert "“ferry”" in text
        assert "[bold]that" in text
        assert "ferries" in text
        assert not set(text) & set("\x1b\x07")


@pytest.mark.parametrize("key", ["enter", "y"])
async def test_going_on(
    library: Library, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is gone on with as it was."""
    app, taken = Postilla(library), list[Draft]()
    monkeypatch.setattr(app, "resume_draft", taken.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await offered(pilot, app)
        await pilot.press(key)
        await settled(pilot, lambda: taken)
        assert (taken[0].note, taken[0].tags) == (HOSTILE, ("ferries",))


async def test_discarding(library: Library) -> None:
    """Then it is gone."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await offered(pilot, app)
        await pilot.press("n")
        await settled(pilot, lambda: "Draft discarded." in app.messages)
        assert library.drafts.left() == []


async def test_after_one_is_discarded_the_next_is_offered(
    library: Library, tmp_path: Path
) -> None:
    """Two forms were open."""
    with Library(library.path, coder="tester", window="before") as before:
        before.drafts.keep(1, start=0, end=3, note="the other", tags=[], form="list")
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await offered(pilot, app)
        first = app.screen
        await pilot.press("n")
        await settled(pilot, lambda: app.screen is not first)
        await offered(pilot, app)
        await pilot.press("n")
        await settled(pilot, lambda: library.drafts.left() == [])


async def test_later(library: Library) -> None:
    """Esc leaves it for the next start."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await offered(pilot, app)
        await pilot.press("escape")
        await settled(pilot, lambda: not isinstance(app.screen, DraftOffer))
        assert len(library.drafts.left()) == 1


async def test_a_draft_of_a_removed_document_is_not_offered(library: Library) -> None:
    """There is nothing to go on with."""
    library.documents.remove([1])
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: app.is_running)
        await pilot.press("question_mark")
        assert not isinstance(app.screen, DraftOffer)
