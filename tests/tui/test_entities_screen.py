"""Entities: who is named, the page of one, and what a person decides about them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from waiting import settled

from store.library import Library
from store.model import Entity
from tui.app import Postilla
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_review import ReviewScreen
from tui.screens.entity_text import next_type
from tui.widgets.plain import Plain

STORIES = {
    "ferry.md": (
        "---\ntitle: The ferry stays in port\ndate: 2025-03-01\nlanguage: en\n---\n"
        "The mayor Agnes Holloway spoke in Tromsby on Monday. Holloway said that the"
        " ferry was safe.\n\nNordhavn Lines Ltd denied every fault, and Peter Quill of"
        " Nordhavn Lines said so twice.\n"
    ),
    "inquiry.md": (
        "---\ntitle: An inquiry opens\ndate: 2025-03-04\nlanguage: en\n---\n"
        "In Tromsby the inquiry heard Agnes Holloway. The mayor Agnes Holloway was"
        " asked about Nordhavn Lines and its captain.\n"
    ),
}
SIZES = [(120, 36), (80, 24)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two news items with their entities, closed."""
    path = tmp_path_factory.mktemp("entities")
    folder = path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(path / "library.db", create=True, coder="tester") as library:
        list(library.add([folder]))
        list(library.extract_pending())
    return library.path


@pytest.fixture
def library(original: Path, tmp_path: Path) -> Library:
    """A copy of it for one test."""
    copy = shutil.copy(original, tmp_path / "library.db")
    return Library(copy, coder="tester")


def lines(app: Postilla) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def named(library: Library, name: str) -> Entity:
    """The entity of that name."""
    return library.entities.get(name)


async def shown(pilot: Pilot[None], app: Postilla) -> EntitiesScreen:
    """Go to the screen and wait for its page."""
    app.action_go_to("entities")
    await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
    screen = app.screen
    assert isinstance(screen, EntitiesScreen)
    await settled(pilot, lambda: screen.list.ids and screen.page.places.ids)
    return screen


async def on(pilot: Pilot[None], screen: EntitiesScreen, entity: int) -> None:
    """Put the cursor on an entity and wait for its page."""
    screen.show_entity(entity)
    await settled(pilot, lambda: screen.list.cursor_id == entity)
    wanted = list(dict(screen.library.entities.documents(entity)))
    await settled(pilot, lambda: list(screen.page.places.ids) == wanted)


@pytest.mark.parametrize("size", SIZES)
async def test_names_and_the_page_of_one(
    library: Library, size: tuple[int, int]
) -> None:
    """Both panes stand side by side; the page says where and with whom."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, named(app.library, "Agnes Holloway").id)
        seen = "\n".join(lines(app))
        assert "Agnes Holloway" in seen and "person · 2 documents" in seen
        assert "Seen with:" in seen and "Tromsby" in seen
        assert seen.index("2025-03-04") < seen.index("2025-03-01")
        assert "enter open" in seen and "x no name" in seen
        if size[0] >= 100:  # the passage stands below its document
            assert "heard Agnes Holloway" in seen


async def test_enter_goes_to_the_documents_and_opens_at_the_first_mention(
    library: Library,
) -> None:
    """And `h` comes back."""
    app = Postilla(library)
    opened: list[Any] = []
    app.open_document = lambda *place: opened.append(place)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, named(app.library, "Nordhavn Lines").id)
        await pilot.press("enter")
        assert screen.page.places.has_focus
        await pilot.press("h")
        assert screen.list.has_focus
        await pilot.press("l", "enter")
        await settled(pilot, lambda: opened)
        document, start, end = opened[0]
        text = app.library.documents.text(document)
        assert text[start:end] == "Nordhavn Lines"
        assert text.index("Nordhavn Lines") == start
        assert list(app.reading_list) == list(screen.page.places.ids)


async def test_type_and_words_narrow_and_esc_shows_all(library: Library) -> None:
    """`f` goes through the types there are, `/` takes words of any spelling."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        count = len(screen.list.ids)
        await settled(pilot, lambda: screen._types)
        await pilot.press("f")
        await settled(pilot, lambda: len(screen.list.ids) < count)
        kinds = {
            one.type for one in app.library.entities.rows(screen.list.ids).values()
        }
        assert kinds == {"PER"}
        assert "only PER" in "\n".join(lines(app))
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.list.ids) == count)
        await pilot.press("slash", *"nordh", "enter")
        await settled(pilot, lambda: 0 < len(screen.list.ids) < count)
        assert screen.list.has_focus
        assert "Nordhavn" in "\n".join(lines(app))


def test_types_come_round() -> None:
    """Types that nothing has are passed over; after the last comes all."""
    counts = {"PER": 2, "LOC": 1}
    assert next_type(counts, None) == "PER"
    assert next_type(counts, "PER") == "LOC"
    assert next_type(counts, "LOC") is None


async def test_review_merges_keeps_apart_and_takes_back(library: Library) -> None:
    """Questions come one after the other, each with a passage."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await settled(pilot, lambda: screen.proposals)
        assert "p asks them" in "\n".join(lines(app))
        count = len(screen.proposals)
        assert count >= 2
        await pilot.press("p")
        await settled(pilot, lambda: isinstance(app.screen, ReviewScreen))
        review = app.screen
        assert isinstance(review, ReviewScreen)
        await settled(pilot, lambda: review.shown)
        first, second = review.queue.questions[:2]
        seen = "\n".join(lines(app))
        assert f"1 of {count}" in seen and "this name stays" in seen
        assert "— " in seen and first.reason in seen
        await pilot.press("t")
        assert review.first == 1
        await pilot.press("t", "y")
        await settled(pilot, lambda: review.queue.current == second)
        await pilot.press("u")
        assert review.queue.current == first
        await settled(pilot, lambda: first.entities[1] in app.library.entities.ids())
        await settled(pilot, lambda: review.shown and not review.pending)
        await pilot.press("n", "y")
        await settled(pilot, lambda: len(review.queue.decisions) == 2)
        await pilot.press("escape")
        await settled(pilot, lambda: app.screen is screen)
        ids = set(app.library.entities.ids())
        assert first.entities[1] in ids and second.entities[1] not in ids
        await settled(
            pilot,
            lambda: first not in screen.proposals and second not in screen.proposals,
        )
        await pilot.press("u")
        await settled(pilot, lambda: second.entities[1] in app.library.entities.ids())


async def test_marked_entities_are_merged_under_the_chosen_name(
    library: Library,
) -> None:
    """`space` marks, `m` asks which name stays, undo parts them again."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        one = named(app.library, "Peter Quill").id
        two = named(app.library, "Tromsby").id
        for entity in (one, two):
            await on(pilot, screen, entity)
            await pilot.press("space")
        assert screen.list.marked == {one, two}
        await pilot.press("m")
        await settled(pilot, lambda: app.screen is not screen)
        assert "which name stays" in "\n".join(lines(app))
        await pilot.press("enter")
        await settled(pilot, lambda: one not in app.library.entities.ids())
        assert app.library.entities.find(one) == two
        await settled(pilot, lambda: screen.list.cursor_id == two)
        assert not screen.list.marked
        await pilot.press("u")
        await settled(pilot, lambda: one in screen.list.ids)


async def test_rename_retype_reject_and_undo(library: Library) -> None:
    """Each acts at once and can be taken back."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        quill = named(library, "Peter Quill").id
        await on(pilot, screen, quill)
        await pilot.press("e")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press("end", *" jr", "enter")
        await settled(
            pilot, lambda: library.entities.get(quill).name == "Peter Quill jr"
        )
        await settled(pilot, lambda: app.screen is screen)
        await pilot.press("t")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press(*"organ", "enter")
        await settled(pilot, lambda: library.entities.get(quill).type == "ORG")
        await settled(pilot, lambda: app.screen is screen)
        await pilot.press("x")
        await settled(pilot, lambda: quill not in screen.list.ids)
        assert "is no entity now · u undo" in "\n".join(lines(app))
        await pilot.press("u")
        await settled(pilot, lambda: quill in screen.list.ids)


async def test_show_entity_brings_it_back_into_a_narrowed_list(
    library: Library,
) -> None:
    """What leads here from elsewhere must not end on another row."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, app)
        await settled(pilot, lambda: screen._types)
        await pilot.press("f")
        await settled(pilot, lambda: screen.filters.type == "PER")
        place = named(app.library, "Tromsby").id
        await settled(pilot, lambda: place not in screen.list.ids)
        app.show_entity(place)
        await settled(pilot, lambda: screen.list.cursor_id == place)


async def test_a_library_without_entities_says_so(tmp_path: Path) -> None:
    """Nothing is shown but what to do."""
    app = Postilla(Library(tmp_path / "new.db", create=True, coder="tester"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_to("entities")
        await settled(pilot, lambda: "No entities yet." in "\n".join(lines(app)))
        await pilot.press("m", "x", "e", "t", "p", "y", "E", "enter", "f")
        assert isinstance(app.screen, EntitiesScreen)


@pytest.mark.parametrize("size", [(20, 5), (59, 15)])
async def test_tiny_terminals_show_one_pane(
    library: Library, size: tuple[int, int]
) -> None:
    """Enter swaps in the page, `h` goes back; nothing fails."""
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        assert not screen.query_one("#page").display
        await pilot.press("enter")
        await pilot.pause()
        assert screen.query_one("#page").display
        assert not screen.query_one("#names").display
        await pilot.press("h")
        await pilot.pause()
        assert screen.query_one("#names").display
        assert all(len(line) <= size[0] for line in lines(app))


async def test_hostile_names_only_show(library: Library) -> None:
    """Signs that act never reach the terminal, in list, page or title."""
    quill = library.entities.get("Peter Quill").id
    library.entities.rename(quill, "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e")
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot, app)
        await on(pilot, screen, quill)
        await settled(
            pilot, lambda: "person" in screen.query_one("#about", Plain).shown
        )
        seen = "\n".join(lines(app))
        assert not set(seen) & set("\x1b\x07\u202e")
        assert "[@click=app.quit]" in seen
