"""The review of names: one question after the other, one key each, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import review_desk
from review_desk import (
    flat,
    lines,
    on_screen,
    reviewing,
    saved,
    until,
)
from waiting import settled

from store import review
from store.library import Library
from store.model import Found
from store.naming import store as store_mentions
from store.review import Question
from tui.app import Postilla
from tui.keys import by_id, clashes, hints
from tui.screens.entities import EntitiesScreen
from tui.screens.entity_review_text import PLACES
from tui.widgets.plain import Plain

SIZES = [(120, 36), (80, 24), (59, 15), (20, 5)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose names leave every kind of question open, closed."""
    return review_desk.make(tmp_path_factory.mktemp("review"))


@pytest.fixture
def library(original: Path, tmp_path: Path) -> Library:
    """A copy of it for one test."""
    copy = shutil.copy(original, tmp_path / "library.db")
    return Library(copy, coder="tester")


def still_open(library: Library) -> list[Question]:
    """What the library would ask now."""
    return review.open_questions(library.core)


@pytest.mark.parametrize("size", SIZES)
async def test_each_kind_is_shown_with_reason_passages_and_what_keys_do(
    library: Library, size: tuple[int, int]
) -> None:
    app = Postilla(library)
    async with app.run_test(size=size) as pilot:
        screen = await reviewing(pilot, app)
        total = len(still_open(library))
        seen = lines(app)
        assert all(len(line) <= size[0] for line in seen.splitlines())
        if size[0] < 59:
            await pilot.press("space", "f", "j", "enter")
            return
        assert f"1 of {total}" in seen and "Are these one?" in seen
        assert "this name stays" in seen and "y one" in seen and "n two" in seen
        assert screen.shown is not None
        for side in screen.shown.sides:
            assert f"{side.passages[0].surface}" in seen
        await until(pilot, screen, "types")
        await settled(pilot, lambda: "What is this?" in lines(app))
        taken = "was taken for an organisation (1 ×) and a place (1 ×)."
        assert taken in flat(app)
        await until(pilot, screen, "doubt")
        await settled(pilot, lambda: "Is this a name?" in lines(app))
        assert "55 % at best" in flat(app) and "Zrk wrote of" in flat(app)
        if size[0] >= 80:
            legend = str(screen.query_one("#keys > Plain", Plain).content)
            for part in ("y a name", "n no name", "p person", "W “Zrk”", "e rename"):
                assert part in legend


async def test_every_answer_goes_on_at_once_and_undo_comes_back(
    library: Library,
) -> None:
    """The next question stands there before the answer is written."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await reviewing(pilot, app)
        before = still_open(library)
        first = screen.queue.current
        assert first is not None
        screen.action_yes()
        assert screen.shown is not None and screen.queue.current != first
        await saved(pilot, screen)
        assert first not in still_open(library)
        second = screen.queue.current
        await pilot.press("n")
        await saved(pilot, screen)
        assert second not in still_open(library)
        await pilot.press("u")
        assert screen.queue.current == second
        await pilot.press("u")
        assert screen.queue.current == first
        await saved(pilot, screen)
        assert still_open(library) == before
        await settled(pilot, lambda: screen.shown is not None)


async def test_names_are_typed_rejected_and_kept(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        zrk, brx = library.entities.find("Zrk"), library.entities.find("Brx")
        assert (await until(pilot, screen, "doubt")).entities == (zrk,)
        await pilot.press("p")
        await settled(pilot, lambda: library.entities.get(zrk).type == "PER")
        assert (await until(pilot, screen, "doubt")).entities == (brx,)
        await pilot.press("n")
        await settled(pilot, lambda: brx not in library.entities.ids())
        (harrow, other) = (await until(pilot, screen, "types")).entities
        await pilot.press("l")
        await settled(
            pilot, lambda: len({*map(library.entities.find, (harrow, other))}) == 1
        )
        assert library.entities.get(harrow).type == "LOC"
        await saved(pilot, screen)
    with Library(library.path, coder="tester") as again:
        assert {one.kind for one in still_open(again)} == {"one"}


async def test_all_that_may_be_one_with_a_name_at_once(library: Library) -> None:
    """One act, so one undo."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await reviewing(pilot, app)
        lines_, ltd, short = (
            library.entities.find(one)
            for one in ("Nordhavn Lines", "Nordhavn Lines Ltd", "Nordhavn")
        )
        while screen.queue.current and lines_ not in screen.queue.current.entities:
            await pilot.press("space")
        await settled(pilot, lambda: screen.shown is not None)
        assert "one, with all 2" in lines(app)
        await pilot.press("A")
        await settled(
            pilot,
            lambda: {library.entities.find(one) for one in (ltd, short)} == {lines_},
        )
        await saved(pilot, screen)
        current = screen.queue.current
        assert current is not None and lines_ not in current.entities
        await pilot.press("u")
        await settled(pilot, lambda: library.entities.find(short) == short)
        assert library.entities.find(ltd) == ltd


async def test_what_is_left_for_later_comes_round(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        first = screen.queue.current
        await pilot.press("space")
        await settled(pilot, lambda: "1 for later" in lines(app))
        assert screen.queue.current != first
        while screen.queue.current not in (first, None):
            await settled(pilot, lambda: screen.shown is not None)
            await pilot.press("n")
            await saved(pilot, screen)
        assert screen.queue.current == first
        await settled(pilot, lambda: screen.shown is not None)
        await pilot.press("n")
        await settled(pilot, lambda: "Nothing is left to decide" in lines(app))
        await pilot.press("u")
        await settled(pilot, lambda: screen.shown is not None)
        assert screen.queue.current == first


async def test_a_passage_is_read_and_coming_back_keeps_the_place(
    library: Library,
) -> None:
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await reviewing(pilot, app)
        here = await until(pilot, screen, "doubt")
        await pilot.press("j")
        passage = screen.view.passage
        assert passage is not None and screen.view.marked == 1
        await pilot.press("enter")
        await settled(pilot, lambda: app.current_mode == "reader")
        await settled(pilot, lambda: app.last_document == passage.document)
        await pilot.press("q")
        await settled(pilot, lambda: app.screen is screen)
        assert screen.queue.current == here and screen.view.marked == 1


async def test_leaving_and_reviewing_again_goes_on_there(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        here = await until(pilot, screen, "types")
        await pilot.press("q")
        await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
        await pilot.press("p")
        again = await on_screen(pilot, app)
        assert again is not screen and again.queue.current == here


async def test_undo_asks_again_what_an_earlier_review_decided(
    library: Library,
) -> None:
    """The question comes back also when the review was left in between."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        decided = screen.queue.current
        assert decided is not None
        await pilot.press("n")
        await saved(pilot, screen)
        await pilot.press("q")
        await settled(pilot, lambda: isinstance(app.screen, EntitiesScreen))
        entities = app.screen
        assert isinstance(entities, EntitiesScreen)
        await settled(pilot, lambda: decided not in entities.proposals)
        await pilot.press("p")
        again = await on_screen(pilot, app)
        assert decided not in again.queue.questions
        await pilot.press("u")
        await settled(pilot, lambda: again.queue.current == decided)
        await settled(pilot, lambda: again.shown is not None)
        assert decided in still_open(library)


async def test_the_first_picture_has_no_card_and_no_number(library: Library) -> None:
    """Until a card is there nothing looks like a question without an answer."""
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        screen._cards.clear()
        screen.next_question()
        await pilot.pause()
        if screen.shown is None:
            assert "Reading the next question" in lines(app)
            assert f"of {len(still_open(library))}" not in lines(app)
        await settled(pilot, lambda: screen.shown is not None)


async def test_one_kind_of_question_only(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        await pilot.press("f", "f", "f")
        await settled(pilot, lambda: "only names that may be none" in lines(app))
        assert "1 of 2" in lines(app)
        await pilot.press("n", "n")
        await settled(pilot, lambda: "No more names that may be none" in lines(app))
        await saved(pilot, screen)
        await pilot.press("f")
        await settled(pilot, lambda: screen.shown is not None)
        assert screen.queue.only is None


async def test_a_spelling_a_place_and_a_name_are_mended_in_the_midst(
    library: Library,
) -> None:
    """The question stays where it is still open."""
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await reviewing(pilot, app)
        zrk = library.entities.find("Zrk")
        here = await until(pilot, screen, "doubt")
        await pilot.press("r")
        await settled(pilot, lambda: library.entities.get(zrk).mentions == 1)
        assert screen.queue.current == here
        await pilot.press("u")
        await settled(pilot, lambda: library.entities.get(zrk).mentions == 2)
        await pilot.press("W")
        await settled(pilot, lambda: zrk not in library.entities.ids())
        await settled(pilot, lambda: screen.queue.current != here)
        await pilot.press("u")
        await settled(pilot, lambda: zrk in library.entities.ids())
        assert screen.queue.current == here
        await settled(pilot, lambda: screen.shown is not None)
        await pilot.press("e")
        await settled(pilot, lambda: app.screen is not screen)
        await pilot.press("end", *"ia", "enter")
        await settled(pilot, lambda: library.entities.get(zrk).name == "Zrkia")
        await settled(pilot, lambda: screen.queue.current != here)


async def test_a_spelling_is_split_off(library: Library) -> None:
    lines_, ltd = map(library.entities.find, ("Nordhavn Lines", "Nordhavn Lines Ltd"))
    library.entities.merge(lines_, [ltd])
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await reviewing(pilot, app)
        while screen.queue.current and lines_ not in screen.queue.current.entities:
            await pilot.press("space")
        await settled(pilot, lambda: screen.shown is not None)
        for _ in range(6):
            passage = screen.view.passage
            if passage is not None and passage.surface == "Nordhavn Lines Ltd":
                break
            await pilot.press("j")
        assert "is somebody else" in lines(app)
        await pilot.press("S")
        await settled(
            pilot,
            lambda: "Nordhavn Lines Ltd" not in library.entities.get(lines_).aliases,
        )
        await pilot.press("u")
        await settled(
            pilot, lambda: "Nordhavn Lines Ltd" in library.entities.get(lines_).aliases
        )


async def test_what_another_window_decided_is_passed_over(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        question = screen.queue.current
        assert question is not None
        with Library(library.path, coder="other") as window:
            window.entities.reject([question.entities[1]])
        app.library_changed()
        await settled(pilot, lambda: screen.queue.current != question)


async def test_hostile_names_and_texts_only_show(tmp_path: Path) -> None:
    evil = "Zrk\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e"
    library = Library(tmp_path / "evil.db", create=True, coder="tester")
    path = tmp_path / "evil.txt"
    path.write_text(f"The \u202e [bold]{evil}[/] spoke.", encoding="utf-8")
    list(library.add([path]))
    (document,) = library.documents.ids()
    kept = library.documents.text(document)
    start = kept.index("Zrk")
    found = Found(start, len(kept) - 11, kept[start : len(kept) - 11], "PER", None, 0.5)
    now = library.core.now()
    library.core.writer.run(
        lambda pen: store_mentions(pen, [(document, [found])], "test", now)
    )
    app = Postilla(library)
    async with app.run_test(size=(120, 36)) as pilot:
        await reviewing(pilot, app)
        seen = lines(app)
        assert not set(seen) & set("\x1b\x07\u202e")
        assert "[@click=app.quit]" in seen


async def test_reading_only_decides_nothing(library: Library) -> None:
    app = Postilla(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await reviewing(pilot, app)
        here = screen.queue.current
        library.core.read_only = True
        await pilot.press("y", "n", "W")
        assert screen.queue.current == here and not screen.queue.decisions
        assert "open for reading only" in lines(app)
        library.core.read_only = False


def test_keys_are_declared_and_explained() -> None:
    assert not clashes()
    for place in PLACES.values():
        words = {hint.id: hint.word for hint in hints(place)}
        assert "review.undo" in words
    assert by_id("review.yes").keys.startswith("y")
