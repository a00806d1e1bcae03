"""The codebook: several tags at once, places, memos, files in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_codebook_screen import answer, on, paths, shown, text_of
from textual.widgets import Input
from waiting import settled

from store import memos
from store.library import Library
from tui.app import Postilla
from tui.screens.codebook import CodebookScreen
from tui.screens.importing import ImportScreen
from tui.screens.memo import MemoDialog, edit_library_memo

SIZES = [(120, 36), (80, 24), (59, 15), (20, 5)]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """One document with one annotation without a tag, and five tags."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    (tmp_path / "one.txt").write_text("The ferry stays in port until May.\n")
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    list(library.add([tmp_path / "one.txt"]))
    list(library.extract_pending())
    for path in ("claims/denial", "claims/promise", "actors", "places"):
        library.codebook.add(path)
    (document,) = library.documents.ids()
    library.annotations.create(document)
    return library


@pytest.fixture
def app(library: Library) -> Iterator[Postilla]:
    """The program over it."""
    yield Postilla(library)
    library.close()


async def test_marked_tags_are_placed_together(app: Postilla) -> None:
    """Under a tag that is looked for; one undo takes it back."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        before = paths(app.library)
        for path in ("claims/promise", "places"):
            await on(pilot, screen, path)
            await pilot.press("space")
        await pilot.press("p")
        await settled(pilot, lambda: "Place 2 tags under" in text_of(app))
        assert "claims/promise" not in text_of(app).partition("Place 2 tags")[2]
        await answer(pilot, screen, *"actrs", "enter")
        await settled(pilot, lambda: "actors/promise" in paths(app.library))
        assert "actors/places" in paths(app.library)
        await settled(pilot, lambda: "2 tags moved" in text_of(app))
        await pilot.press("u")
        await settled(pilot, lambda: paths(app.library) == before)


async def test_a_tag_is_placed_at_the_top(app: Postilla) -> None:
    """The first of the places offered to one that is below another."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims/denial")
        await pilot.press("p")
        await settled(pilot, lambda: "(the top)" in text_of(app))
        await answer(pilot, screen, "enter")
        await settled(pilot, lambda: "denial" in paths(app.library))


async def test_the_order_of_siblings(app: Postilla) -> None:
    """`J` and `K`, as far as there are siblings."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "places")
        await pilot.press("K")
        await settled(pilot, lambda: paths(app.library)[-1] == "actors")
        await settled(pilot, lambda: screen.tags[-1].path == "actors")
        assert screen.tree_list.cursor_id == tag
        await pilot.press("J")
        await settled(pilot, lambda: paths(app.library)[-1] == "places")
        await settled(pilot, lambda: screen.tags[-1].path == "places")
        await pilot.press("J")
        await settled(pilot, lambda: "places is the last" in text_of(app))


async def test_several_are_deleted_and_come_back_at_once(app: Postilla) -> None:
    """What is below a marked one goes with it."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        before = paths(app.library)
        for path in ("claims", "claims/denial", "places"):
            await on(pilot, screen, path)
            await pilot.press("space")
        await pilot.press("d")
        await settled(pilot, lambda: paths(app.library) == ["actors"])
        await settled(pilot, lambda: "2 tags deleted · u undo" in text_of(app))
        await pilot.press("u")
        await settled(pilot, lambda: paths(app.library) == before)


async def test_merging_says_how_many_bear_both(app: Postilla) -> None:
    """Before anything is done."""
    library = app.library
    (one,) = library.annotations.select()
    library.annotations.tag([one.id], ["actors", "places"])
    library.annotations.create(one.document)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "places")
        await pilot.press("m")
        await settled(pilot, lambda: "Merge places into" in text_of(app))
        await pilot.press(*"actors", "enter")
        await settled(pilot, lambda: "1 annotation bears" in text_of(app))
        await answer(pilot, screen, "escape")
        assert "places" in paths(library)


# Memos -------------------------------------------------------------------------


async def test_the_memo_of_a_tag(app: Postilla) -> None:
    """Written, saved, shown on its page, undone."""
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "actors")
        await pilot.press("M")
        await settled(pilot, lambda: "Memo of actors" in text_of(app))
        await answer(pilot, screen, *"Too wide?", "enter", *"Ask.", "ctrl+s")
        await settled(pilot, lambda: app.library.codebook.get(tag).memo != "")
        assert app.library.codebook.get(tag).memo == "Too wide?\nAsk."
        await settled(pilot, lambda: "Memo  Too wide?" in text_of(app))
        await pilot.press("u")
        await settled(pilot, lambda: app.library.codebook.get(tag).memo == "")


@pytest.mark.parametrize("size", SIZES)
async def test_the_memo_of_the_library(app: Postilla, size: tuple[int, int]) -> None:
    """`esc` leaves only what is saved without asking."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        edit_library_memo(app)
        await settled(pilot, lambda: isinstance(app.screen, MemoDialog))
        await pilot.press(*"Why", "escape")
        assert isinstance(app.screen, MemoDialog)
        if size[1] > 10:
            await settled(pilot, lambda: "Not saved" in text_of(app))
        await pilot.press(*" ferries", "ctrl+s")
        await settled(pilot, lambda: app.screen is screen)
        assert memos.read(app.library.core) == "Why ferries"
        edit_library_memo(app)
        await settled(pilot, lambda: isinstance(app.screen, MemoDialog))
        await pilot.press("escape")
        await settled(pilot, lambda: app.screen is screen)


async def test_a_memo_written_elsewhere_is_replaced_only_when_told(
    app: Postilla,
) -> None:
    """The first ctrl+s says so, the second does it."""
    core = app.library.core
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        edit_library_memo(app)
        await settled(pilot, lambda: isinstance(app.screen, MemoDialog))
        memos.write(core, "Theirs.")
        await pilot.press(*"Mine.", "ctrl+s")
        await settled(pilot, lambda: "changed in another window" in text_of(app))
        assert memos.read(core) == "Theirs."
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: app.screen is screen)
        assert memos.read(core) == "Mine."


async def test_a_memo_outlives_the_end_of_the_program(app: Postilla) -> None:
    """What stands in the field when it ends is saved."""
    path = app.library.path
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        edit_library_memo(app)
        await settled(pilot, lambda: isinstance(app.screen, MemoDialog))
        await pilot.press(*"Unsaved")
        app.exit()
    with Library(path, coder="tester") as again:
        assert memos.read(again.core) == "Unsaved"


# Files -------------------------------------------------------------------------


async def test_the_codebook_is_exported_and_read_again(
    app: Postilla, tmp_path: Path
) -> None:
    """For other programs, by keys; an existing file is asked about."""
    file = tmp_path / "home" / "codebook.qdc"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        for question in ("Write the codebook", "exists. Replace it?"):
            await pilot.press("E")
            await settled(pilot, lambda: "Export" in text_of(app))
            await pilot.press(*"nvivo", "enter")
            await settled(pilot, lambda: "Write the codebook to" in text_of(app))
            await pilot.press("enter")
            if "Replace" in question:
                await settled(pilot, lambda: "Replace it?" in text_of(app))
                await pilot.press("y")
            await settled(pilot, lambda: app.screen is screen)
            await settled(pilot, lambda: "5 tags written" in text_of(app))
        assert "CodeBook" in file.read_text()
        app.library.codebook.delete_all(["claims", "actors"])
        await pilot.press("i")
        await settled(pilot, lambda: isinstance(app.screen, ImportScreen))
        app.screen.query_one(Input).value = str(file)
        await settled(pilot, lambda: "a codebook" in text_of(app))
        assert "documents" not in text_of(app).partition("Take it as")[2]
        await pilot.press("enter")
        await settled(pilot, lambda: "4 tags: new" in text_of(app))
        assert len(paths(app.library)) == 5


async def test_an_empty_codebook_offers_the_starter(tmp_path: Path) -> None:
    """Its key brings it in, undo takes it back."""
    app = Postilla(Library(tmp_path / "new.db", create=True, coder="tester"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_to("codebook")
        await settled(pilot, lambda: isinstance(app.screen, CodebookScreen))
        await settled(pilot, lambda: "S   bring in the starter" in text_of(app))
        assert "starter codebook" in text_of(app).splitlines()[-1]
        await pilot.press("S")
        await settled(pilot, lambda: "24 tags added · u undo" in text_of(app))
        await pilot.press("S")
        await settled(pilot, lambda: "is in already" in text_of(app))
        await pilot.press("u")
        await settled(pilot, lambda: paths(app.library) == [])
    app.library.close()
