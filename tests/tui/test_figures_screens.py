"""Figures and quotations as lists: who says what amount, what, and where."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, TypeVar

import pytest
from counting_desk import asks, choose, export
from news_desk import app_of, footer, reader, says, seen
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.library import Library
from tui.app import Postilla
from tui.screens.coding import CodingDialog
from tui.screens.entities import EntitiesScreen
from tui.screens.figures import FiguresScreen
from tui.screens.figures_base import PassagesScreen
from tui.screens.figures_text import figure_row, value, who_words
from tui.screens.quotations import QuotationsScreen
from tui.screens.quotations_text import said_at
from tui.screens.reading import ReadingScreen

SIZES = [(120, 36), (80, 24), (59, 15), (20, 5)]

NEWS = {
    "works": (
        "2026-01-30",
        "Maria Rossi opened the works in Berlin. The works cost 12 million euros.\n"
        "Maria Rossi said: “We will lose 300,000 dollars, or 4 percent, not more.”\n",
    ),
    "rain": (
        "2026-02-01",
        "It rained on 40 tonnes of salt in Berlin. The salt was worth 9 million"
        " euros. Paul Keller said: “Nobody told us of the rain.”\n",
    ),
}

Shown = TypeVar("Shown", bound=PassagesScreen[Any])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two news items with figures and quotations, closed."""
    folder = tmp_path_factory.mktemp("figures")
    for name, (date, text) in NEWS.items():
        head = f"---\ntitle: {name}\ndate: {date}\nlanguage: en\n---\n"
        (folder / f"{name}.md").write_text(head + text, encoding="utf-8")
    with Library(folder / "library.db", create=True, coder="tester") as library:
        list(library.add([folder / f"{name}.md" for name in NEWS]))
        list(library.extract_pending())
    return library.path


@pytest.fixture
def library(original: Path, tmp_path: Path) -> Library:
    """A copy of it for one test."""
    copy = tmp_path / "library.db"
    copy.write_bytes(original.read_bytes())
    return Library(copy, coder="tester")


async def laid_over(pilot: Pilot[None], key: str, kind: type[Shown]) -> Shown:
    """Press ``g`` and a key, and wait until every row is there."""
    await pilot.press("g", key)
    await settled(pilot, lambda: isinstance(pilot.app.screen, kind))
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    await settled(pilot, lambda: screen.is_complete)
    return screen


async def answer(pilot: Pilot[None], screen: PassagesScreen[Any]) -> None:
    """Take the box, and wait until every row is there."""
    await pilot.press("enter")
    await settled(pilot, lambda: pilot.app.screen is screen and screen.is_complete)


def shown(screen: PassagesScreen[Any]) -> list[str]:
    """What the rows are about, in their order."""
    found = screen.read(screen.library.core.reader, list(screen.list.ids))
    return [one.surface for one in found.values()]


@pytest.mark.parametrize("size", SIZES)
async def test_figures_and_quotations_fit_every_terminal(
    library: Library, size: tuple[int, int]
) -> None:
    """Each figure has its sentence, each quotation its words, in two lines."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await laid_over(pilot, "f", FiguresScreen)
        if size[0] > 50:
            await says(pilot, "The works cost 12 million euros.")
            assert "12 mn EUR" in seen(pilot) and "order" in footer(pilot)
            assert ("2026-01-30" in seen(pilot)) == (size[0] > 60)
        await laid_over(pilot, "q", QuotationsScreen)
        if size[0] > 50:
            await says(pilot, "“Nobody told us of the rain.”")
            assert "Paul Keller" in seen(pilot)
        assert all(len(line) <= size[0] for line in seen(pilot).split("\n"))


async def test_figures_are_narrowed_ordered_and_shown_again(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = await laid_over(pilot, "f", FiguresScreen)
        every = shown(screen)
        assert every[:2] == ["12 million euros", "9 million euros"]
        dialog = await asks(pilot)
        await choose(pilot, dialog, "type", "MONEY")
        dialog.query_one("#unit", Input).value = "eur"
        await answer(pilot, screen)
        assert shown(screen) == ["12 million euros", "9 million euros"]
        await says(pilot, "only money · eur · esc shows all")
        await pilot.press("O")
        await settled(pilot, lambda: screen.is_complete and not screen.is_looking)
        assert shown(screen) == ["9 million euros", "12 million euros"]
        await pilot.press("slash", *"nine")
        await settled(pilot, lambda: screen.is_complete and not screen.list.ids)
        await pilot.press("escape", "escape")
        await settled(pilot, lambda: screen.is_complete and len(screen.list.ids) > 2)
        assert sorted(shown(screen)) == sorted(every)


async def test_only_what_somebody_says(library: Library) -> None:
    """A name that nobody bears is refused; of a speaker only what is said is left."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = await laid_over(pilot, "f", FiguresScreen)
        dialog = await asks(pilot)
        dialog.query_one("#who", Input).value = "Nobody Known"
        await choose(pilot, dialog, "said", "said")
        await pilot.press("enter")
        await settled(pilot, lambda: "Nobody Known" in seen(pilot))
        assert pilot.app.screen is dialog
        dialog.query_one("#who", Input).value = "Maria Rossi"
        await answer(pilot, screen)
        assert shown(screen) == ["300,000 dollars", "4 percent"]
        await says(pilot, "said by Maria Rossi")
        await says(pilot, "Maria Rossi says")
        assert screen.words_at_hand() == "entity:Maria Rossi"


async def test_enter_opens_the_passage_and_q_comes_back_to_it(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = await laid_over(pilot, "q", QuotationsScreen)
        await pilot.press("j")
        here = screen.list.cursor_id
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await settled(pilot, lambda: reader(pilot).page is not None)
        text = app.library.documents.text(reader(pilot).page.document.id)  # type: ignore[union-attr]
        place = reader(pilot).reader.cursor_offset
        assert text[place:].startswith("“We will lose")
        await says(pilot, "quotation · Maria Rossi says it")
        assert len(app.reading_list) == 2
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot, lambda: screen.is_complete)
        assert screen.list.cursor_id == here


async def test_marked_passages_are_tagged_copied_and_taken_out(
    library: Library, tmp_path: Path
) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = await laid_over(pilot, "f", FiguresScreen)
        await pilot.press("space", "y")
        await settled(pilot, lambda: "The works cost" in pilot.app.clipboard)
        assert "(" in app.clipboard and "works, 2026-01-30" in app.clipboard
        await export(pilot, tmp_path / "marked.csv")
        await pilot.press("escape")
        await export(pilot, tmp_path / "all.csv")
        tables = [
            list(csv.DictReader((tmp_path / name).open(encoding="utf-8", newline="")))
            for name in ("marked.csv", "all.csv")
        ]
        assert [row["surface"] for row in tables[0]] == ["12 million euros"]
        assert [row["surface"] for row in tables[1]] == shown(screen)
        assert "Maria Rossi" in {row["speaker_name"] for row in tables[1]}
        await pilot.press("t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CodingDialog))
        await pilot.press(*"cost", "enter", "enter")
        await settled(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot, app.library.annotations.ids)
        (made,) = app.library.annotations.select()
        assert made.quote == "The salt was worth 9 million euros."


async def test_from_an_entity_the_lists_are_about_it(library: Library) -> None:
    """From Entities both lists are narrowed to the one under the cursor."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("3")
        await settled(pilot, lambda: isinstance(pilot.app.screen, EntitiesScreen))
        entities = pilot.app.screen
        assert isinstance(entities, EntitiesScreen)
        entities.show_entity(app.library.entities.find("Paul Keller"))
        await settled(pilot, lambda: "Paul Keller" in entities.words_at_hand())
        screen = await laid_over(pilot, "q", QuotationsScreen)
        assert shown(screen) == ["“Nobody told us of the rain.”"]
        await pilot.press("escape")
        await settled(pilot, lambda: screen.is_complete and len(screen.list.ids) == 2)


async def test_rejected_and_merged_names_are_followed(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await laid_over(pilot, "q", QuotationsScreen)
        await says(pilot, "Paul Keller")
        app_of(pilot).hand.write(
            lambda library: library.entities.merge("Maria Rossi", ["Paul Keller"])
        )
        await settled(
            pilot, lambda: "Paul Keller" not in seen(pilot).split("Passage")[0]
        )
        await pilot.press("u")
        await says(pilot, "Paul Keller")


async def test_hostile_sentences_only_show(library: Library, tmp_path: Path) -> None:
    """Signs that act never reach the terminal."""
    file = tmp_path / "bad.txt"
    file.write_text(
        "Bad [bold]markup[/] \x1b]52;c;aGk=\x07 of 99 million euros \u202etxt.",
        encoding="utf-8",
    )
    list(library.add([file]))
    list(library.extract_pending())
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await laid_over(pilot, "f", FiguresScreen)
        await says(pilot, "[bold]markup[/]")
        assert not {"\x1b", "\x07", "\u202e"} & set(seen(pilot))


async def test_a_library_without_any_says_so(tmp_path: Path) -> None:
    empty = Library(tmp_path / "empty.db", create=True, coder="tester")
    app = Postilla(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await laid_over(pilot, "f", FiguresScreen)
        await says(pilot, "There are no documents in this library yet.")
        await pilot.press("E")
        await says(pilot, "There is nothing to export.")


def test_values_are_short_and_say_their_unit(library: Library) -> None:
    from store.figures import select

    found = {one.surface: one for one in select(library.core.reader)}
    words = {surface: value(one) for surface, one in found.items()}
    assert words["12 million euros"] == "12 mn EUR"
    assert words["300,000 dollars"] == "300,000 USD"
    assert words["4 percent"] == "4 %"
    assert words["40 tonnes"] == "40"
    said = found["300,000 dollars"]
    assert who_words(said) == "Maria Rossi says"
    row = figure_row(said)
    start, end = row.marks[0]
    assert row.second[start:end] == "300,000 dollars"
    library.close()


def test_a_place_is_in_a_quotation_or_in_none(library: Library) -> None:
    from store.quotations import select

    said = select(library.core.reader, document=1)
    first = said[0]
    assert said_at(said, first.start - 1) == ""
    assert said_at(said, first.start) == said_at(said, first.end - 1) != ""
    assert said_at(said, first.end) == said_at([], 0) == ""
    library.close()


@pytest.mark.parametrize("key", ["f", "q"])
async def test_a_note_on_a_passage_and_back_to_the_list(
    library: Library, key: str
) -> None:
    """``a`` opens the form on the figure or quotation; saved, q is back in the list."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        kind = FiguresScreen if key == "f" else QuotationsScreen
        screen = await laid_over(pilot, key, kind)
        first = shown(screen)[0]
        await pilot.press("a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await settled(pilot, lambda: reader(pilot).form is not None)
        await says(pilot, "New annotation")
        await pilot.press(*"cost", "enter", "ctrl+s")
        await settled(pilot, app.library.annotations.ids)
        (made,) = app.library.annotations.select()
        assert (made.quote, made.tags) == (first, ("cost",))
        await settled(pilot, lambda: reader(pilot).form is None)
        assert app.library.drafts.left() == []
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_a_note_from_a_list_over_the_reader_comes_back_too(
    library: Library,
) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await settled(pilot, lambda: reader(pilot).page is not None)
        screen = await laid_over(pilot, "q", QuotationsScreen)
        await pilot.press("a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await settled(pilot, lambda: reader(pilot).form is not None)
        await pilot.press("escape")
        await settled(pilot, lambda: reader(pilot).form is None)
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert not app.library.annotations.ids()
