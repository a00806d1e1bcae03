"""Annotations: the working table, its preview, and what is done with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from annotations_desk import FERRY, by_quote, noted, quotes, shown, text_of
from waiting import settled

from store.annotation_rows import AnnotationFilter
from store.library import Library
from tui.app import Postilla
from tui.screens.annotation_dialog import AnnotationDialog
from tui.screens.annotation_text import around, citation

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


@pytest.mark.parametrize("size", SIZES)
async def test_table_and_preview(app: Postilla, size: tuple[int, int]) -> None:
    """Newest document first, in it the order of the text; the passage below."""
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        assert quotes(screen) == ["", "It heard", "The operator", "The captain"]
        if size[1] < 30:
            assert "An inquiry opened." not in text_of(app)
            await pilot.press("backslash")
        await pilot.press("j")
        await settled(pilot, lambda: "An inquiry opened." in text_of(app))
        seen = text_of(app)
        for words in ("An inquiry", "2025-03-04", "claims, tone", "Note  Compare!"):
            assert words in seen
        assert "Annotations · 4 · newest document first" in seen
        await settled(pilot, lambda: "enter open" in text_of(app))
        assert "E export" in text_of(app)


async def test_words_narrow_while_they_are_typed(app: Postilla) -> None:
    """In passage, note, tag or title, in any case; esc shows all."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("slash", *"denied")
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        await pilot.press(*" ferry")
        await settled(pilot, lambda: quotes(screen) == ["The operator"])
        await pilot.press("enter")
        assert 'only "denied ferry"' in text_of(app) and "1 of 4" in text_of(app)
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.list.ids) == 4)


async def test_f_narrows_by_tag_and_untagged(app: Postilla) -> None:
    """A tag means itself and what is below it."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("f")
        await settled(pilot, lambda: app.screen is not screen)
        seen = text_of(app)
        assert "#claims · 2" in seen and "without a tag · 1" in seen
        await pilot.press(*"#claims", "enter")
        await settled(pilot, lambda: quotes(screen) == ["It heard", "The operator"])
        screen.show_filters(AnnotationFilter(untagged=True))
        await settled(pilot, lambda: quotes(screen) == ["The captain"])


async def test_order_can_be_chosen_and_reversed(app: Postilla) -> None:
    """`o` asks, `O` turns round."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("O")
        turned = ["The operator", "The captain", "", "It heard"]
        await settled(pilot, lambda: quotes(screen) == turned)
        await pilot.press("o")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press(*"tag", "enter")
        tagged = ["It heard", "The operator", "", "The captain"]
        await settled(pilot, lambda: quotes(screen) == tagged)


async def test_tag_delete_and_undo_of_marked_rows(app: Postilla) -> None:
    """One act each, so that one `u` takes it back."""
    library = app.library
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("G", "k", "space", "space")
        assert len(screen.list.marked) == 2
        await pilot.press("t")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press(*"urgent", "enter", "enter")
        await settled(pilot, lambda: by_quote(library, "The captain").tags)
        assert by_quote(library, "The captain").tags == ("urgent",)
        assert by_quote(library, "The operator").tags == ("claims/denial", "urgent")
        await settled(pilot, lambda: app.screen is screen)
        await pilot.press("d")
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        assert "2 annotations deleted · u undo" in text_of(app)
        await pilot.press("u")
        await settled(pilot, lambda: len(screen.list.ids) == 4)
        await pilot.press("u")
        await settled(pilot, lambda: not by_quote(library, "The captain").tags)


async def test_edit_saves_note_and_tags(app: Postilla) -> None:
    """The dialog has the form of the reader; saving can be undone."""
    library = app.library
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("G", "e")
        await settled(pilot, lambda: isinstance(app.screen, AnnotationDialog))
        await pilot.press(*"tone", "enter", "tab", *"silent", "ctrl+s")
        await settled(pilot, lambda: app.screen is screen)
        changed = by_quote(library, "The captain")
        assert (changed.tags, changed.note) == (("tone",), "silent")
        assert library.drafts.left() == []
        await pilot.press("u")
        await settled(pilot, lambda: by_quote(library, "The captain").note == "")


async def test_an_ending_keeps_what_was_typed(app: Postilla, tmp_path: Path) -> None:
    """The draft says which annotation was being edited."""
    edited = by_quote(app.library, "The captain").id
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app)
        await pilot.press("G", "e")
        await settled(pilot, lambda: isinstance(app.screen, AnnotationDialog))
        await pilot.press("tab", *"half a th")
        await pilot.press("ctrl+q")
    with Library(tmp_path / "library.db", coder="tester") as again:
        (draft,) = again.drafts.left()
        assert (draft.annotation, draft.note) == (edited, "half a th")


async def test_enter_opens_the_passage_and_y_copies_it(app: Postilla) -> None:
    """The reader gets the place, the clipboard the passage and where it is from."""
    opened: list[Any] = []
    app.open_document = lambda *place: opened.append(place)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("j", "y")
        await settled(pilot, lambda: app.clipboard)
        assert app.clipboard == (
            "“It heard the captain, who denied nothing.”"
            " (An inquiry, Tromsby Post, 2025-03-04)"
        )
        await pilot.press("enter")
        await settled(pilot, lambda: opened)
        one = by_quote(app.library, "It heard")
        assert opened == [(one.document, one.start, one.end)]
        await settled(pilot, lambda: len(app.reading_list) == 2)
        assert app.reading_list[0] == one.document
        assert screen.list.cursor_id == one.id


async def test_export_takes_what_is_shown(app: Postilla) -> None:
    """Not what is narrowed away."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        screen.show_filters(AnnotationFilter(tag="claims"))
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        await pilot.press("E")
        await settled(pilot, lambda: app.screen is not screen)
        await settled(pilot, lambda: "2 annotations" in text_of(app))


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
async def test_an_empty_library_says_how_to_annotate(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """And no key fails on nothing."""
    app = Postilla(Library(tmp_path / "new.db", create=True, coder="tester"))
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app, 0)
        await settled(pilot, lambda: screen.has_class("-empty"))
        if size[1] > 5:
            assert "No annotations yet." in text_of(app)
        await pilot.press("e", "d", "t", "T", "y", "E", "p", "S", "enter", "O")
        await pilot.press("backslash")
        assert app.screen is screen


async def test_hostile_text_only_shows(app: Postilla) -> None:
    """Signs that act never reach the terminal, in table or preview."""
    note = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e"
    app.library.annotations.edit(by_quote(app.library, "It heard").id, note=note)
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, app)
        await pilot.press("j")
        await settled(pilot, lambda: "[@click=app.quit]" in text_of(app))
        assert not set(text_of(app)) & set("\x1b\x07\u202e")


def test_context_stays_in_its_paragraph() -> None:
    """Cut places are marked, between words."""
    start = FERRY.index("The captain")
    before, after = around(FERRY, start, start + 11)
    assert before == "The operator denied every fault. "
    assert after == " did not want to speak."
    before, after = around("word " * 30 + "here" + " word" * 30, 150, 154, room=12)
    assert (before, after) == ("…word word ", " word word…")


def test_a_citation_of_a_whole_document(library: Library) -> None:
    """Only where it is from."""
    whole = next(a for a in library.annotations.select() if not a.quote)
    assert citation(whole) == "An inquiry, Tromsby Post, 2025-03-04"
    library.close()


async def test_untagging_offers_what_is_borne(app: Postilla) -> None:
    """With counts; nothing else can be taken off."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("space", "space", "space", "T")
        await settled(pilot, lambda: app.screen is not screen)
        seen = text_of(app)
        assert "tone" in seen and "used 2" in seen and "claims/denial" in seen
        await pilot.press(*"new", "enter")
        await settled(pilot, lambda: "None of them bears this tag." in text_of(app))
        await pilot.press(*["backspace"] * 3, *"tone", "enter", "enter")
        await settled(
            pilot, lambda: by_quote(app.library, "It heard").tags == ("claims",)
        )
        await settled(pilot, lambda: "tone taken off · u undo" in text_of(app))
        await pilot.press("u")
        await settled(
            pilot, lambda: by_quote(app.library, "It heard").tags == ("claims", "tone")
        )


async def test_a_proposed_place_is_shown_and_confirmed(app: Postilla) -> None:
    """What stands there now beside what was marked."""
    library = app.library
    one = by_quote(library, "It heard").id
    library.core.writer.run(
        lambda pen: pen.connection.execute(
            "UPDATE annotations SET anchor_state = 'proposed', exact = 'It heared'"
            " WHERE id = ?",
            [one],
        )
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, app)
        await pilot.press("j")
        await settled(pilot, lambda: "Was   It heared" in text_of(app))
        assert "It heard the captain, who denied" in text_of(app)
        await pilot.press("p")
        await settled(
            pilot, lambda: library.annotations.get(one).anchor_state == "exact"
        )
        await settled(pilot, lambda: "confirmed · u undo" in text_of(app))


async def test_all_marked_are_copied_and_words_at_hand(app: Postilla) -> None:
    """In the order shown, a blank line between."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await pilot.press("asterisk", "y")
        await settled(pilot, lambda: app.clipboard)
        assert app.clipboard.count("\n\n") == 3
        assert app.clipboard.startswith("An inquiry, Tromsby Post")
        assert screen.words_at_hand() == ""
        screen.show_filters(AnnotationFilter(tag='"claims"'))
        assert screen.words_at_hand() == "tag:claims"
