"""Searching while typing: every kind of hit, in spite of slips, never in the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Hit
from tui.app import Postilla
from tui.screens.reading import ReadingScreen
from tui.screens.searching import SearchScreen
from tui.widgets.plain import Plain

HOSTILE = "[red]x[/] \u202eabc 日本"
STORIES = {
    "ferry.md": (
        "---\ntitle: The ferry stays in port\ndate: 2025-03-01\nsource: Tarn Post\n"
        "language: en\n---\nThe mayor Agnes Holloway spoke in Tromsby on Monday."
        " Holloway said that the ferry was safe.\n"
    ),
    "inquiry.md": (
        "---\ntitle: An inquiry opens\ndate: 2025-03-04\nlanguage: en\n---\n"
        "In Tromsby the inquiry heard Agnes Holloway about the captain.\n"
    ),
    "evil.md": f"---\ntitle: Evil {HOSTILE}\n---\nzeppelin {HOSTILE} text.\n",
}
SIZES = [(120, 36), (80, 24), (40, 12), (20, 5)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three documents, a tag and an annotation, closed."""
    path = tmp_path_factory.mktemp("search")
    folder = path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(path / "library.db", create=True, coder="tester") as library:
        list(library.add([folder]))
        list(library.extract_pending())
        library.codebook.add("boats/ferries", definition="Ships that carry cars")
        found = [d for d in library.documents.select() if d.title.startswith("An inq")]
        library.annotations.create(
            found[0].id, Passage(3, 10), note="A quarrelsome sitting", tags=["boats"]
        )
    return library.path


@pytest.fixture
def app(original: Path, tmp_path: Path) -> Postilla:
    """The program over a copy of it."""
    copy = shutil.copy(original, tmp_path / "library.db")
    return Postilla(Library(copy, coder="tester"))


def lines(app: Postilla) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def shown(app: Postilla) -> str:
    """The whole screen."""
    return "\n".join(lines(app))


async def searching(pilot: Pilot[None], app: Postilla, query: str = "") -> SearchScreen:
    """Open the search and wait until the words of the library are known."""
    app.action_search(query)
    await settled(pilot, lambda: isinstance(app.screen, SearchScreen))
    screen = app.screen
    assert isinstance(screen, SearchScreen)
    await settled(pilot, lambda: screen._answer and screen._answer.learnt)
    return screen


async def found(pilot: Pilot[None], screen: SearchScreen, query: str) -> list[Hit]:
    """Type a query and wait for its answer."""
    screen.query_one(Input).value = query
    await settled(pilot, lambda: screen._answer and screen._answer.asked.text == query)
    return list(screen._hits)


async def kinds_shown(
    pilot: Pilot[None], screen: SearchScreen, words: str, kinds: set[str]
) -> None:
    """Wait until these kinds are searched, and found."""

    def done() -> bool:
        state = screen.query_one(".search--state", Plain).shown
        found_now = {hit.kind for hit in screen._hits}
        return f"fuzzy · {words}" in state and found_now == kinds

    await settled(pilot, done)


@pytest.mark.parametrize("size", SIZES)
async def test_any_screen_and_any_string(app: Postilla, size: tuple[int, int]) -> None:
    """Hostile titles, texts and queries only show."""
    async with app.run_test(size=size) as pilot:
        screen = await searching(pilot, app, "zeppelin\n\x1b]52;c;eHl6\x07 \u202e")
        await found(pilot, screen, "zeppelin")
        await pilot.pause(0.1)
        assert not set(shown(app)) & set("\x1b\x07\u202e")
        assert all(len(line) <= size[0] for line in lines(app))
        if size[0] >= 80:
            assert "[red]x[/]" in shown(app)


async def test_slips_are_forgiven_and_the_hit_is_shown(app: Postilla) -> None:
    """With what was found in its context, and a preview where there is room."""
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await searching(pilot, app)
        hits = await found(pilot, screen, "ferrry captian")
        assert not hits
        hits = await found(pilot, screen, "captian")
        assert [hit.title for hit in hits] == ["An inquiry opens"]
        assert "1 hit · " in shown(app)
        assert "fuzzy · everything" in shown(app)
        preview = screen.query_one("#preview").query_one(Plain)
        await settled(pilot, lambda: "the inquiry heard" in preview.shown)


async def test_the_preview_is_left_out_on_a_narrow_screen(app: Postilla) -> None:
    """The results take the width; nothing is asked for that is not shown."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(pilot, app)
        await found(pilot, screen, "ferry")
        await settled(pilot, lambda: "Tarn Post · " in shown(app))
        assert "Preview" not in shown(app)
        assert "DOC The ferry stays in port" in shown(app)
        assert "2025-03-01" in shown(app)


async def test_every_kind_is_found_and_tab_goes_through_them(app: Postilla) -> None:
    """Documents, entities, annotations, tags, and all again."""
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await searching(pilot, app)
        for query, kind in (
            ("holloway", "entity"),
            ("quarrelsome", "annotation"),
            ("ferries", "tag"),
        ):
            hits = await found(pilot, screen, query)
            assert kind in {hit.kind for hit in hits}
        await found(pilot, screen, "ferr")
        for words, kinds in (
            ("documents", {"document"}),
            ("entities", set()),
            ("annotations", set()),
            ("tags", {"tag"}),
            ("everything", {"document", "tag"}),
        ):
            await pilot.press("tab")
            await kinds_shown(pilot, screen, words, kinds)


async def test_exact_and_fuzzy(app: Postilla) -> None:
    """One key changes it; with no hit the other way is named."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(pilot, app)
        assert await found(pilot, screen, "captian")
        await pilot.press("ctrl+r")
        await settled(pilot, lambda: "also look for similar words" in shown(app))
        assert "exact · everything · 0 hits" in shown(app)
        await pilot.press("ctrl+r")
        await settled(pilot, lambda: len(screen._hits) == 1)
        await found(pilot, screen, "qwxyzzy")
        assert 'Nothing matches "qwxyzzy".' in shown(app)


async def test_nothing_typed_lists_what_is_recent(app: Postilla) -> None:
    """All three documents, the last added first."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(pilot, app)
        assert len(screen._hits) == 3
        assert "Opened or added last" in shown(app)
        await pilot.press("tab", "tab")
        await settled(pilot, lambda: "Type to search entities" in shown(app))


async def test_a_document_opens_in_the_reader_at_the_hit(app: Postilla) -> None:
    """And the reader is told what was searched for."""
    async with app.run_test(size=(120, 36)) as pilot:
        opened: list[tuple[object, ...]] = []
        app.open_document = lambda *place: opened.append(  # type: ignore[method-assign]
            (*place, app.last_hit)
        )
        screen = await searching(pilot, app)
        hits = await found(pilot, screen, "captain")
        await pilot.press("enter")
        await settled(pilot, lambda: opened)
        (hit,) = [one[3] for one in opened]
        assert isinstance(hit, Hit)
        assert hit.start is not None
        assert opened == [(hits[0].document, hit.start, hit.end, hit)]
        text = app.library.documents.text(hit.id)
        assert text[hit.start : hit.end] == "captain"
        assert len(app.screen_stack) == 1


async def test_the_reader_marks_what_a_misspelt_word_was_taken_for(
    app: Postilla, tmp_path: Path
) -> None:
    text = "The captain and two captaincies; a Captain spoke.\n"
    (tmp_path / "own.txt").write_text(text, "utf-8")
    list(app.library.add([tmp_path / "own.txt"]))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await searching(pilot, app)
        hits = await found(pilot, screen, "captian spoke")
        own = next(n for n, hit in enumerate(hits) if "captaincies" in hit.snippet)
        await pilot.press(*["down"] * own, "enter")
        await settled(pilot, lambda: isinstance(app.screen, ReadingScreen))
        reading = app.screen
        assert isinstance(reading, ReadingScreen)
        await settled(pilot, lambda: reading.has_hits)
        assert reading.page is not None
        shown = [reading.page.text[start:end] for start, end in reading._places]
        assert shown == ["captain", "Captain", "spoke"]


@pytest.mark.parametrize(
    ("query", "method"),
    [("Agnes Holloway", "show_entity"), ("boats/ferries", "show_tag")],
)
async def test_entities_and_tags_open_on_their_screens(
    app: Postilla, query: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever the bar is on, moved by arrows while typing."""
    async with app.run_test(size=(120, 36)) as pilot:
        opened: list[int] = []
        monkeypatch.setattr(app, method, opened.append)
        screen = await searching(pilot, app)
        kind = method.removeprefix("show_")
        await found(pilot, screen, query)
        place = next(n for n, hit in enumerate(screen._hits) if hit.kind == kind)
        await pilot.press(*["down"] * place, "enter")
        await settled(pilot, lambda: opened)
        assert opened == [screen._hits[place].id]


async def test_an_annotation_opens_at_its_passage(app: Postilla) -> None:
    """In the reader, with no query to look for there."""
    async with app.run_test(size=(120, 36)) as pilot:
        opened: list[tuple[object, ...]] = []
        app.open_document = lambda *place: opened.append(place)  # type: ignore[method-assign]
        screen = await searching(pilot, app)
        await found(pilot, screen, "quarrelsome")
        await pilot.press("enter")
        await settled(pilot, lambda: opened)
        assert opened[0][1:] == (3, 10)
        assert app.last_hit is None


async def test_a_selection_is_searched_for_in_one_line(app: Postilla) -> None:
    """However long it was."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(pilot, app, "the ferry\n\n was " + "x" * 5000)
        assert screen.query_one(Input).value.startswith("the ferry was x")
        assert len(screen.query_one(Input).value) <= 500


async def test_esc_goes_back_to_where_one_was(app: Postilla) -> None:
    """And the program ends well while a search is open."""
    async with app.run_test(size=(80, 24)) as pilot:
        await searching(pilot, app)
        await pilot.press("escape")
        await settled(pilot, lambda: len(app.screen_stack) == 1)
        await searching(pilot, app, "ferry")
        await pilot.press("ctrl+q")
    assert app.return_code == 0


async def test_reaching_the_last_hit_fetches_more(
    app: Postilla, tmp_path: Path
) -> None:
    """The bar stays on its hit."""
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(70):
        (folder / f"{n}.txt").write_text(f"Herring {n} was landed.\n", "utf-8")
    list(app.library.add([folder]))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await searching(pilot, app)
        assert len(await found(pilot, screen, "herring")) == 50
        assert "first 50" in shown(app)
        screen.list.action_last()
        on = screen._hits[49]
        # with the words learnt, what is spelt a little otherwise comes after them
        await settled(pilot, lambda: len(screen._hits) >= 70)
        assert isinstance(screen._current, Hit)
        assert screen._current.id == on.id


# The thread ----------------------------------------------------------------------
