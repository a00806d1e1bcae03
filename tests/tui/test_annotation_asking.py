"""Annotations asked by tags, narrowed, and saved as queries, on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from annotations_desk import noted, quotes, shown, text_of
from waiting import settled

from store.annotation_rows import AnnotationFilter
from store.errors import NotFound
from store.library import Library
from tui.app import Postilla
from tui.screens import export_text
from tui.screens.annotation_asking import AskDialog
from tui.screens.annotation_narrow import narrowed, options
from tui.screens.annotation_text import EVERYTHING, narrowed_by

SIZES = [(120, 36), (80, 24)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two news items, four annotations."""
    return noted(tmp_path)


@pytest.fixture
def app(library: Library) -> Iterator[Postilla]:
    """The program over it."""
    yield Postilla(library)
    library.close()


def test_what_narrows_is_said_in_words() -> None:
    """Every part of it."""
    assert narrowed_by(EVERYTHING) == ""
    asked = AnnotationFilter(
        tag="a near:5 b", coder="me", collection="Sample", words="x", orphans=True
    )
    assert narrowed_by(asked) == (
        'only a near:5 b · by me · in Sample · lost or unsure passages · "x"'
        " · esc shows all"
    )
    assert narrowed_by(replace(EVERYTHING, query="mine", untagged=True)) == (
        "only query mine · without a tag · esc shows all"
    )


def test_an_option_is_taken_and_taken_back(library: Library) -> None:
    """Tag, query and "without a tag" take each other's place; the rest stays."""
    start = replace(EVERYTHING, words="x", order="tag", reverse=True)
    by_tag = narrowed(start, "tag claims/denial")
    assert by_tag == replace(start, tag="claims/denial")
    assert narrowed(by_tag, "tag claims/denial") == start
    assert narrowed(by_tag, "coder me") == replace(by_tag, coder="me")
    assert narrowed(by_tag, "query mine") == replace(start, query="mine")
    assert narrowed(by_tag, "untagged") == replace(start, untagged=True)
    assert narrowed(start, "orphans") == replace(start, orphans=True)
    assert narrowed(start, "collection A b") == replace(start, collection="A b")
    assert narrowed(by_tag, "all") == replace(EVERYTHING, order="tag", reverse=True)
    words = [words for _, words in options(library, narrowed(EVERYTHING, "untagged"))]
    assert words[:2] == ["everything · 4", "▸ without a tag · 1"]
    library.close()


@pytest.mark.parametrize("size", [*SIZES, (59, 15)])
async def test_b_asks_by_tags(app: Postilla, size: tuple[int, int]) -> None:
    """The error is shown in place, with the cursor at its sign."""
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("b", *"claims nearr tone")
        dialog = app.screen
        assert isinstance(dialog, AskDialog)
        await pilot.press("enter")
        assert len(app.screen_stack) > 1
        assert "At sign 8: expected and, or" in text_of(app)
        assert dialog.field.cursor_position == 7
        await pilot.press("end", *["backspace"] * 10, *"in-document tone")
        assert dialog.field.value == "claims in-document tone"
        await settled(pilot, lambda: "finds 1 annotation" in text_of(app))
        await pilot.press("enter")
        await settled(pilot, lambda: quotes(screen) == ["It heard"])
        assert "only claims in-document tone" in text_of(app)
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.list.ids) == 4)
        await pilot.press("b")
        await settled(pilot, lambda: isinstance(app.screen, AskDialog))
        assert "claims in-document tone" in text_of(app)
        await pilot.press("enter")
        await settled(pilot, lambda: quotes(screen) == ["It heard"])


async def test_tab_completes_a_tag(app: Postilla) -> None:
    """In quotes where it must be."""
    app.library.codebook.add("slow news")
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app)
        await pilot.press("b", *"not slo", "tab", *"or den")
        dialog = app.screen
        assert isinstance(dialog, AskDialog)
        assert "claims/denial" in text_of(app)
        await pilot.press("down", "up", "tab")
        assert dialog.field.value == 'not "slow news" or claims/denial '


async def test_a_question_is_saved_asked_again_and_dropped(app: Postilla) -> None:
    """All of it can be undone."""
    queries = app.library.queries
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("S")
        assert "Nothing to save yet" in text_of(app)
        await pilot.press("b", *"claims and not tone", "enter")
        await settled(pilot, lambda: quotes(screen) == ["The operator"])
        await pilot.press("S", *"Plain claims", "enter")
        await settled(pilot, queries.list)
        await settled(pilot, lambda: 'Saved as "Plain claims"' in text_of(app))
        await pilot.press("escape", "escape")
        await settled(pilot, lambda: len(screen.list.ids) == 4)
        await pilot.press("f")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press(*"plain", "enter")
        await settled(pilot, lambda: quotes(screen) == ["The operator"])
        assert "only query Plain claims" in text_of(app)
        await pilot.press("f")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press(*"drop a", "enter")
        await settled(pilot, lambda: "Drop a saved query" in text_of(app))
        await pilot.press("enter")
        await settled(pilot, lambda: not queries.list())
        await settled(pilot, lambda: len(screen.list.ids) == 4)
        await pilot.press("u")
        await settled(pilot, queries.list)


async def test_what_it_was_narrowed_by_is_gone(app: Postilla) -> None:
    """It says so once and shows everything."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        screen.show_filters(AnnotationFilter(tag="claims", order="tag"))
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        app.library.codebook.delete("claims")
        app.tell_screens()
        await settled(pilot, lambda: len(screen.list.ids) == 4)
        assert "Everything is shown: there is no tag claims" in text_of(app)
        with pytest.raises(NotFound):
            app.library.codebook.get("claims")


async def test_what_is_asked_is_exported_and_told_as_a_command(app: Postilla) -> None:
    """The question itself, so that the same can be done from the shell."""
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        screen.show_filters(AnnotationFilter(tag="claims and not tone", words="fault"))
        await settled(pilot, lambda: len(screen.list.ids) == 1)
        await pilot.press("E")
        await settled(pilot, lambda: app.screen is not screen)
        await settled(pilot, lambda: "--words fault" in text_of(app))
        # Where the line is broken hangs on the path of the library.
        shown_words = set(text_of(app).replace("│", " ").split())
        assert {"--tag", "'claims", "--words", "fault"} <= shown_words
    order = export_text.Order(
        AnnotationFilter(query="my own"), "csv", "tag", False, "a.csv"
    )
    assert export_text.command(order).endswith("a.csv --query 'my own'")
