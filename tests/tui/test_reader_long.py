"""A long text in the reader: the words first, then what lies over them; all exact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from news_desk import app_of, reader, says, seen
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.app import Postilla
from tui.screens import reading_page
from tui.screens.drafts import DraftOffer
from tui.screens.reading import ReadingScreen
from tui.text.looks import runs

WORDS = "Ivar Lund sold his boat in Tromsby. Nobody in the harbour knew why.\n"


@pytest.fixture
def long(library: Library, tmp_path: Path) -> Library:
    """A document that is too long to be shown all at once."""
    file = tmp_path / "long.txt"
    file.write_text(WORDS * 200, encoding="utf-8")
    list(library.add([file]))
    list(library.extract_pending())
    library.codebook.add("sale")
    library.codebook.define("sale", colour=4)
    library.annotations.create(1, Passage(10, 23), note="gone", tags=["sale"])
    return library


@pytest.fixture(autouse=True)
def _short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_page, "AT_ONCE", 1000)


async def opened(pilot: Pilot[None]) -> ReadingScreen:
    """Go to the reader; what lies over the text is there too."""
    await pilot.press("2")
    await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
    screen = reader(pilot)
    await settled(pilot, lambda: screen.page is not None and screen.page.is_whole)
    return screen


async def test_annotations_and_entities_come_after_the_text(long: Library) -> None:
    async with Postilla(long).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await says(pilot, "Annotations in this document · 1")
        await says(pilot, "sale — gone")
        assert "Ivar Lund" in seen(pilot)
        page = screen.page
        assert page is not None and page.mentioned is not None
        assert len(page.mentioned) == len(long.entities.mentions(document=1))
        assert sum(one.count for one in page.named) == len(page.mentioned)
        assert screen.reader.spans_at(12, "annotation")[0].style == "tag-4"
        (span,) = screen.reader.spans_at(0, "entity")
        mention = page.mention(span.ref)
        assert mention is not None and mention.name == "Ivar Lund"


async def test_before_it_is_known_nothing_is_said_to_be_missing(
    long: Library,
) -> None:
    async with Postilla(long).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        page = screen.page
        assert page is not None
        screen.page = reading_page.read_page(long, 1)
        screen.show_marks()
        await says(pilot, "Reading …")
        assert "Nobody is named" not in seen(pilot)
        assert "No annotations" not in seen(pilot)


async def test_an_edited_draft_waits_for_its_annotation(long: Library) -> None:
    with Library(long.path, coder="tester", window="left") as other:
        other.drafts.keep(1, start=10, end=23, note="half", tags=(), annotation=1)
    app = Postilla(long)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot, lambda: isinstance(app.screen, DraftOffer))
        await pilot.press("y")
        await settled(pilot, lambda: isinstance(app.screen, ReadingScreen))
        screen = reader(pilot)
        await settled(pilot, lambda: screen.form is not None)
        assert screen._writing is not None
        assert screen._writing.edited is not None


async def test_what_changes_is_shown_and_the_place_is_kept(long: Library) -> None:
    async with Postilla(long).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        for _ in range(3):
            await pilot.press("pagedown")
        top, cursor = screen.reader.top_offset, screen.reader.cursor_offset
        long.annotations.create(1, Passage(cursor, cursor + 4), tags=["sale"])
        app_of(pilot).library_changed()
        await says(pilot, "Annotations in this document · 2")
        assert (screen.reader.top_offset, screen.reader.cursor_offset) == (top, cursor)
        assert screen.reader.spans_at(cursor, "annotation")


async def test_the_border_changes_in_the_repaint_of_the_text(long: Library) -> None:
    async with Postilla(long).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.pause()
        frames: list[str] = []
        compositor = screen._compositor
        paint = compositor.render_update

        def counted(*given: Any, **named: Any) -> Any:
            frames.append(str(screen.reader.border_subtitle))
            return paint(*given, **named)

        compositor.render_update = counted  # type: ignore[method-assign]
        before = screen.reader.percent
        screen.reader.action_page_down()
        assert str(screen.reader.border_subtitle).endswith(f"{screen.reader.percent} %")
        assert screen.reader.percent > before
        await pilot.pause()
        assert len(set(frames)) == 1
        screen.reader.action_select_more()
        assert "SELECT char · 1" in str(screen.reader.border_subtitle)
        await pilot.pause()
        await says(pilot, "SELECT char · 1")


MIXED = (
    "First line 👩\u200d👩\u200d👧 ends.\r\n"
    "日本語の記事です。次の文。\r\n"
    "\tTabs\tand cafe\u0301 \u202eturned\u202c.\rLast, नमस्ते 👍🏽 here."
)


async def test_what_is_marked_is_exact_in_any_script(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "mixed.txt"
    file.write_bytes(MIXED.encode())
    list(library.add([file]))
    text = library.documents.text(1)
    assert "\r" not in text
    async with Postilla(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for quote in ("👩\u200d👩\u200d👧", "の記事", "cafe\u0301", "नमस्ते", "👍🏽"):
            start = text.index(quote)
            screen.reader.goto(start, select=(start, start + len(quote)))
            assert screen.reader.selected_text == quote
            chosen = screen.reader.selected
            assert chosen is not None
            library.annotations.create(1, Passage(*chosen))
        for one in library.annotations.of_document(1):
            assert one.start is not None and one.end is not None
            assert text[one.start : one.end] == one.quote
            pieces = runs(
                *(one.start, one.end),
                {"annotation": screen.reader._spans["annotation"]},
            )
            assert "".join(text[run.start : run.end] for run in pieces) == one.quote
