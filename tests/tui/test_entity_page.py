"""The parts of an entity's page, and where enter leads from each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from news_desk import footer, says, seen
from textual.pilot import Pilot
from waiting import settled

from store.document_rows import DocumentFilter
from store.library import Library
from tui.app import Postilla
from tui.screens.concordance import ConcordanceScreen
from tui.screens.documents import DocumentsScreen
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_page import PartList
from tui.screens.entity_parts import over_time
from tui.screens.entity_text import PART_WORDS, part_at, parts_line

SIZES = [(120, 36), (80, 24), (59, 15)]

NEWS = {
    "works": (
        "2025-01-30",
        "Maria Rossi opened the works in Berlin. Maria Rossi paid 12 million euros.\n"
        "Maria Rossi said: “We will lose 300,000 dollars this year, not more.”\n",
    ),
    "rain": ("2025-03-01", "Maria Rossi saw the rain in Berlin.\n"),
    "salt": ("2025-03-04", "Maria Rossi saw the salt.\n"),
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three news items about one person, closed."""
    folder = tmp_path_factory.mktemp("page")
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


async def rossi(pilot: Pilot[None]) -> EntitiesScreen:
    """Go to the screen, to Maria Rossi, and wait for her page."""
    app = pilot.app
    assert isinstance(app, Postilla)
    app.action_go_to("entities")
    await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
    screen = app.screen
    assert isinstance(screen, EntitiesScreen)
    screen.show_entity(app.library.entities.find("Maria Rossi"))
    await settled(pilot, lambda: len(screen.page.places.ids) == 3)
    return screen


async def part(pilot: Pilot[None], screen: EntitiesScreen, name: str) -> PartList:
    """Press ``v`` until a part is shown, and wait for its lines."""
    for _ in range(len(PART_WORDS)):
        if screen.page.part == name:
            break
        await pilot.press("v")
    lines = screen.page.query_one(PartList)
    await settled(pilot, lambda: len(lines.ids))
    return lines


@pytest.mark.parametrize("size", SIZES)
async def test_documents_over_time_have_bars_and_numbers(
    library: Library, size: tuple[int, int]
) -> None:
    """Months without a document are there too; a bar fits the pane."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        screen = await rossi(pilot)
        lines = await part(pilot, screen, "when")
        await says(pilot, "2025-02")
        assert len(lines.ids) == 3
        shown = [line for line in seen(pilot).split("\n") if "2025-0" in line]
        counts = [line.split("2025-0")[1].split()[1] for line in shown]
        assert counts[:1] + counts[-1:] == ["1", "2"]
        bars = [line.count("▇") for line in shown]
        assert bars[1] == 0 < bars[0] < bars[2]
        assert "parts" in footer(pilot)
        assert not screen.page.places.display


async def test_a_bar_leads_to_its_documents(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await rossi(pilot)
        await part(pilot, screen, "when")
        await pilot.press("enter", "G", "enter")
        await settled(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        found = app.screen
        assert isinstance(found, DocumentsScreen)
        await settled(pilot, lambda: len(found.list.ids) == 2)
        whose = library.entities.find("Maria Rossi")
        assert found.filters == DocumentFilter(
            entity=whose, since="2025-03-01", until="2025-03-31"
        )


async def test_what_it_says_and_its_figures_open_in_the_reader(
    library: Library,
) -> None:
    app = Postilla(library)
    opened: list[Any] = []
    app.open_document = lambda *place: opened.append(place)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await rossi(pilot)
        await part(pilot, screen, "says")
        await says(pilot, "“We will lose 300,000 dollars this year, not more.”")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: len(opened) == 1)
        await pilot.press("h")
        assert screen.list.has_focus
        await part(pilot, screen, "figures")
        await says(pilot, "Maria Rossi paid 12 million euros.")
        await says(pilot, "Maria Rossi says")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: len(opened) == 2)
        texts = [
            app.library.documents.text(document)[start:end]
            for document, start, end in opened
        ]
        assert texts[0].startswith("“We will") and texts[1] == "12 million euros"


async def test_who_is_seen_with_it_and_how_it_is_written(library: Library) -> None:
    """Enter goes to the neighbour, and to every place of a spelling."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await rossi(pilot)
        await part(pilot, screen, "with")
        await says(pilot, "seen with")
        await pilot.press("enter", "enter")
        berlin = library.entities.find("Berlin")
        await settled(pilot, lambda: screen.list.cursor_id == berlin)
        whose = library.entities.find("Maria Rossi")
        library.entities.rename(whose, "Minister Rossi")
        screen.show_entity(whose)
        lines = await part(pilot, screen, "names")
        await settled(pilot, lambda: len(lines.ids) == 2)
        await says(pilot, "Minister Rossi")
        await pilot.press("h", "enter", "enter")
        await settled(pilot, lambda: isinstance(app.screen, ConcordanceScreen))
        concordance = app.screen
        assert isinstance(concordance, ConcordanceScreen)
        assert concordance.words == '"Maria Rossi"'


async def test_a_part_stays_for_the_next_entity_and_comes_round(
    library: Library,
) -> None:
    """A part that has nothing says so; ``V`` goes back to the documents."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await rossi(pilot)
        await part(pilot, screen, "says")
        screen.show_entity(library.entities.find("Berlin"))
        await says(pilot, "No quotation is known")
        await pilot.press("V", "V")
        assert screen.page.part == "documents"
        assert screen.page.places.display and "rain" in seen(pilot)
        await pilot.press("V")
        assert screen.page.part == "names"


async def test_a_click_on_a_part_shows_it(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await rossi(pilot)
        at = parts_line("documents").plain.index("With")
        await pilot.click("#parts", offset=(at + 1, 0))
        await settled(pilot, lambda: screen.page.part == "with")
        assert part_at(at) == "with" and part_at(at - 1) is None


def test_many_months_become_years(library: Library, tmp_path: Path) -> None:
    """A date that names no month, too."""
    whose = library.entities.find("Maria Rossi")
    assert [one.span.label for one in over_time(library, whose)] == [
        *("2025-01", "2025-02", "2025-03"),
    ]
    old = tmp_path / "old.md"
    old.write_text(
        "---\ntitle: old\ndate: 1999-05-01\nlanguage: en\n---\nMaria Rossi slept.\n",
        encoding="utf-8",
    )
    list(library.add([old]))
    list(library.extract_pending())
    years = over_time(library, whose)
    assert years[0].span.label == "1999" and years[-1].span.label == "2025"
    assert [one.documents for one in years if one.documents] == [1, 3]
    library.close()
