"""Extracting again on the screen: seen first, then done; stopped; what fails."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from news_desk import app_of, desk, fill, footer, number, says, seen
from textual.pilot import Pilot
from waiting import settled

from store import extract_preview, extracting
from store.library import Library
from store.model import Found, Mention
from tui.app import Postilla
from tui.config import Config
from tui.screens.documents import DocumentsScreen
from tui.screens.extracting import ExtractAgain
from tui.screens.extracting_text import progress


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """A library with the news."""
    return fill(library, tmp_path / "news")


def other(texts: list[extracting.Text], extractor: str) -> extracting.Answer:
    """An extractor that sees a company in the mayor, a ship, and nothing else."""
    found: list[list[Found] | str] = [
        [
            Found(at, at + len(name), name, type)
            for name, type in (("Agnes Holloway", "ORG"), ("ferry", "PRODUCT"))
            if (at := text.find(name)) >= 0
        ]
        for text, *_ in texts
    ]
    return extracting.Answer("other-1", found)


async def asked(pilot: Pilot[None]) -> ExtractAgain:
    """Ask for it as the palette does."""
    await settled(pilot, lambda: not app_of(pilot).jobs.running)
    app_of(pilot).action_extract()
    await settled(pilot, lambda: isinstance(pilot.app.screen, ExtractAgain))
    screen = pilot.app.screen
    assert isinstance(screen, ExtractAgain)
    return screen


def everything(library: Library) -> list[Mention]:
    return library.entities.mentions()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5)])
async def test_nothing_would_change(news: Library, size: tuple[int, int]) -> None:
    before = everything(news)
    async with desk(news, size) as pilot:
        dialog = await asked(pilot)
        await settled(pilot, lambda: dialog.is_done)
        if size[1] > 5:
            await says(pilot, "3 documents looked at")
            await says(pilot, "1 by: Italian model")
            await says(pilot, "Nothing would change.")
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        assert everything(news) == before


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_what_would_change_is_seen_then_done(
    news: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(news)
    monkeypatch.setattr(extracting, "find_all", other)
    async with desk(news, size) as pilot:
        dialog = await asked(pilot)
        await says(pilot, "3 by: other-1")
        await says(pilot, "1 new: 1 product")
        await says(pilot, "ferry · product · The ferry stays in port")
        await says(pilot, "2 of another type: 2 person → organisation")
        assert "enter change this" in footer(pilot)
        assert everything(news) == before
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        assert everything(news) == before
        dialog = await asked(pilot)
        await settled(pilot, lambda: dialog.is_done)
        await pilot.press("enter")
        await says(pilot, "3 documents extracted again: 1 new,")
        names = {(one.surface, one.type) for one in news.entities.mentions()}
        assert names == {("Agnes Holloway", "ORG"), ("ferry", "PRODUCT")}


async def test_looking_can_be_stopped(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(texts: list[extracting.Text], extractor: str) -> extracting.Answer:
        begun.set()
        go.wait(30)
        return other(texts, extractor)

    monkeypatch.setattr(extracting, "find_all", slow)
    before = everything(news)
    async with desk(news) as pilot:
        await asked(pilot)
        await settled(pilot, begun.is_set)
        assert "esc stop looking" in footer(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        go.set()
        await settled(pilot, lambda: not app_of(pilot).jobs.running)
        assert everything(news) == before


async def test_what_was_stopped_is_gone_on_with(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "_CHUNK_DOCUMENTS", 1)
    steps = extract_preview.extract_again(news.core, extract_preview.Tally())
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    monkeypatch.setattr(extracting, "find_all", other)
    async with desk(news) as pilot:
        dialog = await asked(pilot)
        await settled(pilot, lambda: dialog.is_done)
        await says(pilot, "Last time it was stopped")
        await says(pilot, "2 documents looked at")
        await pilot.press("enter")
        await says(pilot, "2 documents extracted again")
        assert extract_preview.stopped_at(news.core) is None


async def test_an_extractor_that_is_not_there(news: Library) -> None:
    app = Postilla(news, config=Config(extractor="nobody"))
    async with app.run_test(size=(120, 36)) as pilot:
        await says(pilot, "There is no extractor nobody. There are: built-in")
        await asked(pilot)
        await says(pilot, "Nothing was changed.")
        assert "There is no extractor nobody." in seen(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(app.screen, DocumentsScreen))


async def test_a_document_that_fails_is_told_and_kept(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = number(news, "budget")
    text = news.documents.text(bad)

    def failing(texts: list[extracting.Text], extractor: str) -> extracting.Answer:
        answer = other(texts, extractor)
        found: list[list[Found] | str] = [
            "other-1 failed: ValueError." if given[0] == text else mentions
            for given, mentions in zip(texts, answer.found, strict=True)
        ]
        return extracting.Answer("other-1", found)

    before = news.entities.mentions(document=bad)
    monkeypatch.setattr(extracting, "find_all", failing)
    async with desk(news) as pilot:
        dialog = await asked(pilot)
        await settled(pilot, lambda: dialog.is_done)
        await says(pilot, "1 failed: other-1 failed: ValueError.")
        await pilot.press("enter")
        await says(pilot, "1 document failed (g l lists them)")
        assert any(f"Document {bad} " in one for one in app_of(pilot).messages)
        assert news.entities.mentions(document=bad) == before


def test_the_time_left_is_told_in_minutes_or_hours() -> None:
    step = extracting.ExtractProgress(done=86, total=20_000, mentions=0, seconds=4.6)
    assert progress(step) == "Compared 86 of 20,000 documents · about 18 min left"
