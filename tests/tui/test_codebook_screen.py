"""The codebook: the tree, the page of a tag, and how the tree is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from tui.app import Postilla
from tui.screens.codebook import CodebookScreen
from tui.screens.codebook_dialog import DefineDialog
from tui.screens.codebook_text import NO_TAG, filter_of, nodes, topmost

TEXT = "The operator denied every fault. The captain kept silent. Tickets are refunded."
SIZES = [(120, 36), (80, 24)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """One news item, three annotations, four tags in two branches."""
    head = "---\ntitle: The ferry stays\ndate: 2025-03-01\nsource: Tromsby Post\n---\n"
    (tmp_path / "one.md").write_text(head + TEXT + "\n", encoding="utf-8")
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    list(library.add([tmp_path / "one.md"]))
    library.codebook.add("claims", "Somebody says that it is so.", marker="c")
    for path in ("claims/denial", "claims/promise", "actors"):
        library.codebook.add(path)
    (document,) = library.documents.ids()
    text = library.documents.text(document)
    for quote, tags in (
        ("The operator denied every fault.", ["claims/denial", "actors"]),
        ("The captain kept silent.", ["claims"]),
        ("Tickets are refunded.", []),
    ):
        start = text.index(quote)
        library.annotations.create(
            document, Passage(start, start + len(quote)), note="Hm.", tags=tags
        )
    return library


@pytest.fixture
def app(library: Library) -> Iterator[Postilla]:
    """The program over it."""
    yield Postilla(library)
    library.close()


def text_of(app: Postilla) -> str:
    """The screen as it would be sent to the terminal."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def paths(library: Library) -> list[str]:
    """The codebook in its order."""
    return [tag.path for tag in library.codebook.tags()]


async def shown(pilot: Pilot[None], app: Postilla) -> CodebookScreen:
    """Go to the screen and wait for the row of what has no tag."""
    app.action_go_to("codebook")
    await settled(pilot, lambda: isinstance(app.screen, CodebookScreen))
    screen = app.screen
    assert isinstance(screen, CodebookScreen)
    await settled(pilot, lambda: NO_TAG in screen.tree_list.ids)
    return screen


async def on(pilot: Pilot[None], screen: CodebookScreen, path: str) -> int:
    """Put the cursor on a tag and wait for its page."""
    tag = screen.library.codebook.find(path)
    screen.show_tag(tag)
    await settled(pilot, lambda: screen._shown == tag)
    return tag


async def answer(pilot: Pilot[None], screen: CodebookScreen, *keys: str) -> None:
    """Press keys in the dialog that comes, and wait until it is gone."""
    await settled(pilot, lambda: screen.app.screen is not screen)
    await pilot.press(*keys)
    await settled(pilot, lambda: screen.app.screen is screen)


async def test_wide_terminals_show_tree_meaning_and_annotations(app: Postilla) -> None:
    """What is below a tag counts as having it."""
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims")
        seen = text_of(app)
        for words in (
            *("Codebook · 4 tags", "■ c claims", "(no tag)"),
            *("Somebody says that it is so.", "marker c", "blue, 1 of 8"),
            *("itself on 1 annotation in 1 document",),
            *("2 annotations with this tag or one below", "The captain kept silent."),
            *("Tromsby Post · 2025-03-01 · Hm.",),
        ):
            assert words in seen
        await pilot.press("G")
        await settled(pilot, lambda: screen._shown == NO_TAG)
        assert "1 annotation without a tag" in text_of(app)
        await pilot.press("backslash")
        await pilot.pause()
        assert "Definition" not in text_of(app)


async def test_narrow_terminals_swap_tree_and_page(app: Postilla) -> None:
    """`enter` to the page and on into the document, `h` back."""
    opened: list[Any] = []
    app.open_document = lambda *place: opened.append(place)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims/denial")
        assert "Definition" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "No definition yet." in text_of(app)
        assert "Codebook · 4 tags" not in text_of(app)
        await pilot.press("enter")
        await settled(pilot, lambda: opened)
        document, start, end = opened[0]
        text = app.library.documents.text(document)
        assert text[start:end] == "The operator denied every fault."
        await pilot.press("h")
        await pilot.pause()
        assert screen.tree_list.has_focus and "4 tags" in text_of(app)


async def test_add_begins_below_the_tag_under_the_cursor(app: Postilla) -> None:
    """A path that cannot be is refused in the question."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims")
        await pilot.press("a")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press("enter")
        assert "Type a name behind the /." in text_of(app)
        await answer(pilot, screen, *"threat", "enter")
        await settled(pilot, lambda: "claims/threat" in paths(app.library))
        added = app.library.codebook.find("claims/threat")
        await settled(pilot, lambda: screen.tree_list.cursor_id == added)
        assert "Tag claims/threat added · u undo" in text_of(app)


async def test_rename_and_undo(app: Postilla) -> None:
    """The cursor stays on the tag."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "actors")
        await pilot.press("e")
        await answer(pilot, screen, "end", *" named", "enter")
        await settled(pilot, lambda: "actors named" in paths(app.library))
        assert screen.tree_list.cursor_id == tag
        await pilot.press("u")
        await settled(pilot, lambda: "actors" in paths(app.library))


@pytest.mark.parametrize("size", SIZES)
async def test_define(app: Postilla, size: tuple[int, int]) -> None:
    """Meaning, marker, colour and memo in one dialog and one act."""
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "actors")
        await pilot.press("D")
        await settled(pilot, lambda: isinstance(app.screen, DefineDialog))
        await pilot.press(*"Who acts.", "tab", "7", "ctrl+s")
        assert "A marker is one letter." in text_of(app)
        await answer(
            pilot, screen, "backspace", "a", "tab", "5", "tab", *"Too wide?", "ctrl+s"
        )
        await settled(pilot, lambda: app.library.codebook.get(tag).marker == "a")
        defined = app.library.codebook.get(tag)
        assert (defined.definition, defined.memo) == ("Who acts.", "Too wide?")
        assert defined.colour == 4


async def test_a_definition_is_not_thrown_away_by_one_esc(app: Postilla) -> None:
    """The second one leaves."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "actors")
        await pilot.press("D")
        await settled(pilot, lambda: isinstance(app.screen, DefineDialog))
        await pilot.press(*"Who", "escape")
        assert "Not saved" in text_of(app)
        await answer(pilot, screen, "escape")
        assert app.library.codebook.get(tag).definition == ""


async def test_nest_and_unnest(app: Postilla) -> None:
    """`>` puts a tag below the one above it on its level, `<` takes it out."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        tag = await on(pilot, screen, "actors")
        await pilot.press("greater_than_sign")
        await settled(pilot, lambda: "claims/actors" in paths(app.library))
        await settled(pilot, lambda: screen.tree_list.node(tag).depth == 1)  # type: ignore[union-attr]
        assert screen.tree_list.cursor_id == tag
        await settled(pilot, lambda: app.library.codebook.get(tag) in screen.tags)
        await pilot.press("less_than_sign")
        await settled(pilot, lambda: "actors" in paths(app.library))
        await settled(pilot, lambda: app.library.codebook.get(tag) in screen.tags)
        await pilot.press("less_than_sign")
        await settled(pilot, lambda: "at the top already" in text_of(app))


async def test_merging_asks_which_stays_and_whether(app: Postilla) -> None:
    """Every annotation of both has the tag that stays; undo parts them."""
    library = app.library
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        for path in ("claims/denial", "actors"):
            await on(pilot, screen, path)
            await pilot.press("space")
        await pilot.press("m")
        await settled(pilot, lambda: app.screen is not screen)
        assert "Merge 2 tags: which one stays?" in text_of(app)
        await pilot.press(*"actors", "enter")
        await settled(pilot, lambda: "claims/denial goes" in text_of(app))
        assert "1 annotation" in text_of(app)
        await answer(pilot, screen, "y")
        await settled(pilot, lambda: "claims/denial" not in paths(library))
        assert library.codebook.get("actors").annotations == 1
        await pilot.press("u")
        await settled(pilot, lambda: "claims/denial" in paths(library))
        assert library.codebook.get("claims/denial").annotations == 1


async def test_delete_says_what_lost_the_tag(app: Postilla) -> None:
    """With what is below it; undo brings all of it back."""
    library = app.library
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims")
        await pilot.press("d")
        await settled(pilot, lambda: paths(library) == ["actors"])
        await settled(
            pilot,
            lambda: "claims deleted; 2 annotations lost it · u undo" in text_of(app),
        )
        await pilot.press("u")
        await settled(pilot, lambda: len(paths(library)) == 4)
        assert library.codebook.get("claims/denial").annotations == 1


async def test_export_takes_what_has_the_tag(app: Postilla) -> None:
    """With what is below it; where nothing has it, that is said."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, "claims/promise")
        await pilot.press("E")
        await answer(pilot, screen, "enter")
        await settled(pilot, lambda: "Nothing has this tag yet." in text_of(app))
        await on(pilot, screen, "claims")
        await pilot.press("E")
        await settled(pilot, lambda: "annotations with claims" in text_of(app))
        await pilot.press("enter")
        await settled(pilot, lambda: "2 annotations" in text_of(app))


async def test_words_narrow_the_tree_with_what_is_above(app: Postilla) -> None:
    """Names and definitions are looked through; esc shows all."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("slash", *"promi")
        promise = app.library.codebook.find("promise")
        await settled(pilot, lambda: screen.tree_list.cursor_id == promise)
        assert len(screen.tree_list.ids) == 2
        await pilot.press("enter", "escape")
        await settled(pilot, lambda: len(screen.tree_list.ids) == 5)


async def test_show_tag_opens_closed_branches(app: Postilla) -> None:
    """What leads here from elsewhere must see its tag."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("Z")
        await settled(pilot, lambda: len(screen.tree_list.ids) == 3)
        denial = app.library.codebook.find("denial")
        app.show_tag(denial)
        await settled(pilot, lambda: screen.tree_list.cursor_id == denial)


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_an_empty_codebook_says_how_to_begin(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """And no key fails on nothing."""
    app = Postilla(Library(tmp_path / "new.db", create=True, coder="tester"))
    async with app.run_test(size=size) as pilot:
        app.action_go_to("codebook")
        await settled(pilot, lambda: isinstance(app.screen, CodebookScreen))
        screen = app.screen
        await settled(pilot, lambda: screen.has_class("-empty"))
        if size[1] > 5:
            assert "The codebook is empty." in text_of(app)
        await pilot.press("e", "D", "d", "m", "greater_than_sign", "y", "E", "z")
        assert app.screen is screen
        await pilot.press("enter", "backslash")
        await pilot.pause()
        assert app.screen is screen


async def test_hostile_names_only_show(app: Postilla) -> None:
    """Signs that act never reach the terminal, in tree, page or dialog."""
    evil = "[@click=app.quit]x\u202e"
    tag = app.library.codebook.add(evil, "\x1b]52;c;aGk=\x07[/]").id
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, evil)
        assert "[@click=app.quit]" in text_of(app)
        assert not set(text_of(app)) & set("\x1b\x07\u202e")
        await pilot.press("D")
        await settled(pilot, lambda: isinstance(app.screen, DefineDialog))
        assert not set(text_of(app)) & set("\x1b\x07\u202e")
        await pilot.press("escape")
        assert app.library.codebook.get(tag).definition == "\x1b]52;c;aGk=\x07[/]"


def test_expression_of_any_name(library: Library) -> None:
    """Blanks, quotes and reserved words in a name are no operators."""
    tag = library.codebook.add('not "so" (or) said')
    (first, *_) = library.annotations.select()
    library.annotations.tag([first.id], [tag.path])
    found = library.annotations.select(filter_of(tag))
    assert [one.id for one in found] == [first.id]
    library.close()


def test_rows_and_branches(library: Library) -> None:
    """The row for what has no tag comes last; branches count once."""
    tags = library.codebook.tags()
    assert [node.name for node in nodes(tags, 2)][-1] == "(no tag)"
    assert [node.name for node in nodes(tags, 2, "denial")] == ["claims", "denial"]
    every = [tag.id for tag in tags]
    assert [tag.path for tag in topmost(tags, every)] == ["claims", "actors"]
    library.close()
