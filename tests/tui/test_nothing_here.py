"""Keys that have nothing to work on, or may not: a sentence, never silence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from news_desk import SIZES, desk, fill, footer
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from tui.app import Postilla
from tui.screens.dialog_frame import Dialog
from tui.screens.documents import DocumentsScreen


@asynccontextmanager
async def bare(
    library: Library, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Pilot[None]]:
    """The program over a library that may hold nothing."""
    async with Postilla(library).run_test(size=size) as pilot:
        await settled(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        yield pilot


@pytest.mark.parametrize(
    ("way", "keys", "sentence"),
    [
        (["4"], "tTedpyE", "No annotation is shown here"),
        (["5"], "eDMmd", "There is no tag here; a adds one"),
        (["5"], "E", "there is nothing to export"),
        (["g", "c"], "edE", "There is no collection here yet; a makes one"),
        (["g", "v"], "ed", "There is no attribute here yet; a defines one"),
        (["g", "h"], "E", "There is nothing to write yet"),
    ],
)
async def test_a_key_without_anything_to_work_on_says_so(
    tmp_path: Path, way: list[str], keys: str, sentence: str
) -> None:
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    async with bare(library) as pilot:
        for key in keys:
            await pilot.press(*way, key)  # typed ahead: nothing was read yet
            await settled(pilot, lambda: sentence in footer(pilot))
            await pilot.press("escape", "1")
            await settled(pilot, lambda: sentence not in footer(pilot))


@pytest.mark.parametrize("size", SIZES)
async def test_the_footer_of_an_empty_place_has_no_dead_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    for way, dead in (
        (["4"], ("tag", "export", "edit")),
        (["g", "c"], ("rename", "drop")),
        (["g", "v"], ("change", "delete")),
        (["g", "h"], ("go to here", "only this")),
    ):
        async with bare(library, size) as pilot:
            await pilot.press(*way)
            await settled(pilot, lambda: pilot.app.screen.has_class("-empty"))
            assert not [word for word in dead if word in footer(pilot)]
        library = Library(tmp_path / "library.db", coder="tester")


async def test_nothing_is_typed_into_a_library_that_cannot_be_written(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    fill(library, tmp_path / "news")
    library.annotations.create(1, note="a note", tags=["blame"])
    library.collections.make("Courier", documents=[1])
    library.core.read_only = True
    async with desk(library) as pilot:
        for way, keys in ((["4"], "tTe"), (["5"], "aeDm"), (["g", "c"], "ar")):
            await pilot.press(*way)
            await settled(pilot, lambda: not pilot.app.screen.has_class("-empty"))
            for key in keys:
                await pilot.press(key)
                await settled(pilot, lambda: "reading only" in footer(pilot))
                assert not isinstance(pilot.app.screen, Dialog)
                await pilot.press("escape")
                await settled(pilot, lambda: "reading only" not in footer(pilot))
            await pilot.press("1")
