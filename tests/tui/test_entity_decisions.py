"""Entities: what is decided is shown, several at once, and from the page of one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import review_desk
from review_desk import flat, lines
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.model import Entity
from store.review import Question
from store.review_cards import Card, Side
from tui.app import Postilla
from tui.screens import entity_review_text
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_review import ReviewScreen
from tui.screens.entity_text import about


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two news items in which names were found, closed."""
    return review_desk.make(tmp_path_factory.mktemp("review"))


@pytest.fixture
def library(original: Path, tmp_path: Path) -> Library:
    """A copy of it for one test."""
    copy = shutil.copy(original, tmp_path / "library.db")
    return Library(copy, coder="tester")


async def shown(pilot: Pilot[None], app: Postilla, who: str) -> EntitiesScreen:
    """Go to the screen, with the cursor on somebody."""
    app.action_go_to("entities")
    await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
    screen = app.screen
    assert isinstance(screen, EntitiesScreen)
    await settled(pilot, lambda: screen.proposals and screen.page.places.ids)
    await on(pilot, screen, who)
    return screen


async def on(pilot: Pilot[None], screen: EntitiesScreen, who: str) -> None:
    """Put the cursor on somebody."""
    wanted = screen.library.entities.find(who)
    screen.show_entity(wanted)
    await settled(pilot, lambda: screen.list.cursor_id == wanted)


def state(library: Library, who: str) -> str:
    """What was said of a name."""
    return library.entities.get(who).state


async def test_accepting_goes_on_and_is_seen(library: Library) -> None:
    """One key a name, a sign at what is decided, and a count above."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Agnes Holloway")
        at = screen.list.ids.index(screen.library.entities.find("Agnes Holloway"))
        await pilot.press("a", "a")
        assert screen.list.ids.index(screen.list.cursor_id) == at + 2
        await settled(pilot, lambda: "2 decided" in flat(app))
        assert state(library, "Agnes Holloway") == "accepted"
        rows = [row for row in lines(app).splitlines() if "Agnes Holloway" in row]
        assert any("✓" in row for row in rows)
        await pilot.press("u", "u")
        await settled(pilot, lambda: state(library, "Agnes Holloway") == "new")


async def test_what_was_rejected_is_found_and_brought_back(library: Library) -> None:
    """Nothing is lost with a key that was pressed too fast."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Tromsby")
        count = len(screen.list.ids)
        await pilot.press("x", "x")  # the second is about the next name
        assert len(screen.list.ids) == count - 2
        await settled(pilot, lambda: len(library.entities.ids()) == count - 2)
        await pilot.press("F", "F", "F")
        await settled(pilot, lambda: len(screen.list.ids) == 2)
        assert "only rejected" in flat(app) and "×" in flat(app)
        await on(pilot, screen, "Tromsby")
        await pilot.press("a")
        await settled(pilot, lambda: state(library, "Tromsby") == "accepted")
        assert len(screen.list.ids) == 1
        await pilot.press("F")
        await settled(pilot, lambda: len(screen.list.ids) == count - 1)


async def test_several_get_a_type_at_once(library: Library) -> None:
    """The marked ones, in one act that is taken back as one."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Zrk")
        await pilot.press("space")
        await on(pilot, screen, "Tromsby")
        await pilot.press("space", "t")
        await settled(pilot, lambda: "2 names are a" in flat(app))
        await pilot.press(*"person", "enter")
        await settled(pilot, lambda: library.entities.get("Tromsby").type == "PER")
        assert library.entities.get("Zrk").type == "PER"
        await pilot.press("u")
        await settled(pilot, lambda: library.entities.get("Tromsby").type == "LOC")
        assert library.entities.get("Zrk").type == "ORG"


@pytest.mark.parametrize("is_one", [True, False])
async def test_renaming_to_a_name_that_is_there_asks(
    library: Library, is_one: bool
) -> None:
    """It may be the same one, or somebody else of that name."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Zrk")
        zrk, other = screen.list.cursor_id, screen.library.entities.find("Tromsby")
        await pilot.press("e")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press("ctrl+u", *"Tromsby", "enter")
        await settled(pilot, lambda: "Tromsby is there already" in flat(app))
        await pilot.press(*("one" if is_one else "somebody"), "enter")
        assert zrk is not None
        if is_one:
            await settled(pilot, lambda: library.entities.find(zrk) == other)
        else:
            await settled(pilot, lambda: library.entities.get(zrk).name == "Tromsby")
            assert library.entities.find(zrk) == zrk


async def test_keys_are_about_the_line_of_the_page(library: Library) -> None:
    """Beside others it is that one; on a spelling, that spelling."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app, "Agnes Holloway")
        library.entities.merge("Agnes Holloway", ["Holloway"])
        while screen.page.part != "with":
            await pilot.press("v")
        screen.page.shown.focus()
        await settled(pilot, lambda: screen.here() is not None)
        beside = screen.current
        assert beside is not None and beside.name != "Agnes Holloway"
        await pilot.press("x")
        await settled(pilot, lambda: state(library, str(beside.id)) == "rejected")
        assert state(library, "Agnes Holloway") == "accepted"
        await pilot.press("h", "S")
        assert "Choose how somebody else is written" in flat(app)
        await settled(pilot, lambda: len(screen.page.shown.ids) == 2)
        await pilot.press("j", "S")
        await settled(pilot, lambda: "Holloway is somebody else now" in flat(app))
        apart = library.entities.get("Holloway")
        assert apart.id != library.entities.find("Agnes Holloway")


async def test_reviewing_one_name_leaves_the_whole_review_alone(
    library: Library,
) -> None:
    """When its questions are answered nobody says that nothing is open."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Zrk")
        await pilot.press("m")
        await settled(pilot, lambda: isinstance(app.screen, ReviewScreen))
        review = app.screen
        assert isinstance(review, ReviewScreen)
        await settled(pilot, lambda: review.shown is not None)
        await pilot.press("n")
        await settled(pilot, lambda: "No more is asked about Zrk" in flat(app))
        await pilot.press("A")  # there is nothing it could be about
        assert "This asks about one name" not in flat(app)
        await pilot.press("q")
        await settled(pilot, lambda: app.screen is screen)
        assert screen.reviewed is None


async def test_one_name_of_two_types_is_told_apart_in_documents(
    library: Library,
) -> None:
    """What documents are narrowed by says which of the two."""
    library.entities.reject(["Zrk", "Brx", "Tromsby", "Nordhavn", "Holloway"])
    app = Postilla(library)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot, lambda: "LOC Harrow" in flat(app))
        assert "ORG Harrow" in flat(app) and "PER Agnes" not in flat(app)


async def test_reading_only_asks_nothing(library: Library) -> None:
    """No dialog opens for what cannot be saved."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Zrk")
        library.core.read_only = True
        for key in ("a", "x", "e", "t"):
            await pilot.press(key)
            assert app.screen is screen
            assert "open for reading only" in flat(app)
        library.core.read_only = False
        assert state(library, "Zrk") == "new"


async def test_a_click_on_a_type_narrows_to_it(library: Library) -> None:
    """As f does, without going round."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app, "Zrk")
        at = "all PER ORG LOC".index("LOC") + 1
        await pilot.click("#types", offset=(at, 0))
        await settled(pilot, lambda: screen.filters.type == "LOC")
        await pilot.click("#types", offset=(1, 0))
        await settled(pilot, lambda: screen.filters.type is None)
        await pilot.click("#types", offset=(30, 0))
        assert screen.filters.type is None


def test_long_names_leave_room_for_the_answers() -> None:
    """Hundreds of letters would push all else off the card."""
    name = "A" * 480
    entity = Entity(1, "", name, "PER", 3, 2, (name, "B" * 300))
    side = Side(entity, ())
    card = Card(Question("one", (1, 1)), (side, side))
    assert len(entity_review_text.head(card, 0, 0).plain) < 420
    assert len(about(entity, [(2, name, 1)]).plain) < 300
