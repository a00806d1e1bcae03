"""Files come in and annotations go out by dialogs, with nothing lost on the way."""

from __future__ import annotations

import csv
import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from waiting import settled

from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.library import Library
from tui.app import Postilla
from tui.config import Config, Export
from tui.screens import export_text, import_text
from tui.screens.dialog_choose import PickList
from tui.screens.dialog_options import Options
from tui.screens.dialogs import Confirm, Reading
from tui.screens.export_text import Order
from tui.screens.exporting import ExportScreen
from tui.screens.importing import ImportScreen

HOSTILE = "\x1b]52;c;eHl6\x07[red]x[/]\u202eabc 日本"
TEXT = "The ferry stays in port.\n\nThe mayor said that the ferry was safe.\n"
SIZES = [(120, 36), (80, 24), (40, 12), (20, 5)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one document with three annotations, closed."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "ferry.txt").write_text(TEXT, encoding="utf-8")
    with Library(folder / "library.db", create=True, coder="tester") as library:
        list(library.add([folder / "ferry.txt"]))
        list(library.extract_pending())
        for start, tag in ((4, "boats/ferry"), (19, "ports"), (30, "[red]x[")):
            passage = Passage(start, start + 4)
            library.annotations.create(1, passage, note=HOSTILE, tags=[tag])
    return library.path


@pytest.fixture
def app(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postilla:
    """The program over a copy of it; home is a folder of the test's own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    copy = shutil.copy(original, tmp_path / "library.db")
    return Postilla(Library(copy, coder="tester"))


def lines(app: Postilla) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def shown(app: Postilla) -> str:
    """The whole screen."""
    return "\n".join(lines(app))


def says(app: Postilla, words: str) -> bool:
    """Whether these words stand on the screen."""
    return words in shown(app)


async def export(
    pilot: Pilot[None], app: Postilla, filters: AnnotationFilter, count: int
) -> ExportScreen:
    """Open the dialog and wait until it knows the library."""
    screen = ExportScreen(filters, count)
    app.push_screen(screen)
    await settled(pilot, lambda: screen.is_mounted and screen._total is not None)
    return screen


async def importing(pilot: Pilot[None], app: Postilla, typed: str) -> ImportScreen:
    """Open the dialog, type a path, wait for what it says about it."""
    screen = ImportScreen()
    app.push_screen(screen)
    await settled(pilot, lambda: screen.is_mounted and screen.query(Input))
    screen.field.value = typed
    return screen


# Export ------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_export_fits_any_screen(app: Postilla, size: tuple[int, int]) -> None:
    """Also with strings that would act; all of it where there is room."""
    async with app.run_test(size=size) as pilot:
        screen = await export(pilot, app, AnnotationFilter(tag=HOSTILE), 1)
        screen.query_one(Input).value = HOSTILE
        await pilot.pause()
        assert not set(shown(app)) & set("\x1b\x07\u202e")
        assert all(len(line) <= size[0] for line in lines(app))
        if size[0] >= 80:
            for word in ("Markdown", "JSON Lines", "document", "sentence", "all 3"):
                assert word in shown(app)


async def test_what_is_shown_is_written(app: Postilla, tmp_path: Path) -> None:
    """The default is Markdown in the home folder, named by the tag."""
    async with app.run_test(size=(80, 24)) as pilot:
        await export(pilot, app, AnnotationFilter(tag="boats/ferry"), 1)
        assert "export '~/ferry.md'" not in shown(app)
        assert "export ~/ferry.md --tag boats/ferry" in shown(app)
        await pilot.press("enter")
        said = "1 annotation written to ~/ferry.md"
        await settled(pilot, lambda: said in app.messages)
        assert "# boats/ferry" in (tmp_path / "home" / "ferry.md").read_text("utf-8")
        assert not isinstance(app.screen, ExportScreen)


async def test_all_as_a_table(app: Postilla, tmp_path: Path) -> None:
    """The other choices, by keys only."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await export(pilot, app, AnnotationFilter(tag="ports"), 1)
        await pilot.press("right", "tab", "right")
        assert screen.order.format == "csv"
        assert screen.order.file == "~/ports.csv"
        assert "Group by" not in shown(app)
        assert "--tag" not in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: "3 annotations written" in "".join(app.messages))
        with (tmp_path / "home" / "ports.csv").open(encoding="utf-8-sig") as file:
            assert len(list(csv.DictReader(file))) == 3


async def test_the_ending_and_the_format_agree(app: Postilla) -> None:
    """Whichever of them is changed."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await export(pilot, app, AnnotationFilter(), 3)
        field = screen.query_one(Input)
        field.value = "out.jsonl"
        await settled(pilot, lambda: screen.order.format == "jsonl")
        assert "Context" not in shown(app)
        screen.query_one("#format", Options).action_choose(1)
        await settled(pilot, lambda: field.value == "out.md")


async def test_a_file_is_replaced_only_after_asking(
    app: Postilla, tmp_path: Path
) -> None:
    """No keeps it; yes replaces it."""
    there = tmp_path / "home" / "ports.md"
    there.write_text("mine", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await export(pilot, app, AnnotationFilter(tag="ports"), 1)
        await settled(pilot, lambda: "exists: will ask" in shown(app))
        assert "--force" in shown(app)
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await settled(pilot, lambda: isinstance(app.screen, ExportScreen))
        assert there.read_text("utf-8") == "mine"
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await settled(pilot, lambda: not isinstance(app.screen, ExportScreen))
        assert "ports" in there.read_text("utf-8")


async def test_what_cannot_be_written_is_said_in_the_dialog(app: Postilla) -> None:
    """And the dialog stays, so that it can be mended."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await export(pilot, app, AnnotationFilter(), 3)
        for file, problem in (
            ("", "Name the file"),
            ("/nowhere/at/all.md", "cannot be written"),
            ("~/", "folder"),
        ):
            screen.query_one(Input).value = file
            await pilot.pause()
            await pilot.press("enter")
            await settled(pilot, partial(says, app, problem))
        assert app.screen is screen


async def test_the_configuration_gives_the_first_choices(
    original: Path, tmp_path: Path
) -> None:
    """Format, grouping and context as configured."""
    copy = shutil.copy(original, tmp_path / "library.db")
    config = Config(export=Export("csv", "date", True))
    app = Postilla(Library(copy, coder="tester"), config=config)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await export(pilot, app, AnnotationFilter(), 3)
        order = screen.order
        assert (order.format, order.group_by, order.context) == ("csv", "date", True)


def test_the_command_does_the_same_and_is_quoted() -> None:
    """Whatever a tag or a file is called."""
    filters = AnnotationFilter(tag="a 'b'; rm -rf ~", document=3, untagged=True)
    order = Order(filters, "markdown", "document", True, "~/my notes.txt")
    assert export_text.command(order, library="/l b.db") == (
        "postilla -L '/l b.db' export ~/'my notes.txt' --format markdown"
        " --tag 'a '\"'\"'b'\"'\"'; rm -rf ~' --document 3 --untagged"
        " --group-by document --context"
    )
    by_hand = Order(AnnotationFilter(ids=[1, 2]), "csv", "tag", False, "a.csv")
    assert export_text.command(by_hand) == ""


def test_names_are_proposed_for_files() -> None:
    """From the tag, the document, or plainly."""
    assert export_text.proposed(AnnotationFilter(), "csv") == "~/annotations.csv"
    slashes = export_text.proposed(AnnotationFilter(), "jsonl", "../../etc/passwd")
    assert slashes.startswith("~/") and slashes.count("/") == 1
    assert export_text.with_ending("a.b.md", "csv") == "a.b.csv"
    assert export_text.with_ending("notes", "csv") == "notes.csv"
    assert export_text.with_ending("notes.txt", "csv") == "notes.txt"


# Import ------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_import_fits_any_screen(
    app: Postilla, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Also with names of files that would act."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}{HOSTILE.replace('/', '')}").write_text("x", "utf-8")
    async with app.run_test(size=size) as pilot:
        screen = await importing(pilot, app, f"{folder}/")
        await settled(pilot, lambda: len(screen.query_one(PickList).ids) == 8)
        assert not set(shown(app)) & set("\x1b\x07\u202e")
        assert all(len(line) <= size[0] for line in lines(app))
        if size[1] >= 24:
            assert "… and 4 more" in shown(app)


async def test_tab_completes_and_enter_adds(app: Postilla, tmp_path: Path) -> None:
    """What will be read is said before; then the dialog goes and the work goes on."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "one.txt").write_text("The crane fell over in Port Tarn.\n", "utf-8")
    (folder / "two.md").write_text("# Two\n\nNobody was hurt.\n", "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await importing(pilot, app, str(tmp_path / "harb"))
        screen.field.cursor_position = len(screen.field.value)
        await pilot.press("tab")
        await settled(pilot, lambda: screen.field.value == f"{folder}/")
        await settled(pilot, lambda: "2 files, 58 bytes" in shown(app))
        await pilot.press("enter")
        await settled(pilot, lambda: app.library.documents.count() == 3)
        assert not isinstance(app.screen, ImportScreen)
        await settled(pilot, lambda: not app.jobs.running)
        assert "2 documents added." in app.messages


async def test_the_bar_picks_a_path(app: Postilla, tmp_path: Path) -> None:
    """Down moves it, tab takes it where the names part."""
    for name in ("a.txt", "b.txt", ".hidden.txt"):
        (tmp_path / "home" / name).write_text("Words.\n", "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await importing(pilot, app, "")
        await settled(pilot, lambda: len(screen.query_one(PickList).ids) == 2)
        await pilot.press("down", "tab")
        await settled(pilot, lambda: screen.field.value == "b.txt")


async def test_what_cannot_be_read_is_said_in_the_dialog(
    app: Postilla, tmp_path: Path
) -> None:
    """And nothing is added."""
    (tmp_path / "empty").mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await importing(pilot, app, "")
        await pilot.press("enter")
        await settled(pilot, lambda: "Name a file or a folder." in shown(app))
        for path in ("/nowhere/at/all", str(tmp_path / "empty"), "bad\x00name"):
            screen.field.value = path
            await pilot.pause()
            assert "This " not in shown(app)
            await pilot.press("enter")
            await settled(pilot, lambda: "This " in shown(app))
        assert app.screen is screen
        assert app.library.documents.count() == 1


async def test_annotations_are_brought_in(
    app: Postilla, original: Path, tmp_path: Path
) -> None:
    """An export of another library is recognised; a report tells what came of it."""
    from store import export as out

    bundle = tmp_path / "theirs.jsonl"
    with Library(original) as theirs:
        out.write(bundle, theirs.core.reader, AnnotationFilter())
    app.library.annotations.delete([1, 2])
    app.library.history.undo()
    assert json.loads(bundle.read_text("utf-8").split("\n")[0])["type"] == "library"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await importing(pilot, app, str(bundle))
        await settled(pilot, lambda: "(•) annotations" in shown(app))
        assert app.screen is screen
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, Reading))
        await settled(pilot, lambda: "3 annotations: already here" in shown(app))
        await pilot.press("q")
        assert app.library.documents.count() == 1


async def test_a_codebook_is_brought_in_or_read_as_documents(
    app: Postilla, tmp_path: Path
) -> None:
    """The choice is shown, and enter before it is seen does nothing yet."""
    table = tmp_path / "tags.csv"
    table.write_text("path,definition\nframes/blame,Who is blamed\n", "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await importing(pilot, app, str(table))
        await pilot.press("enter")
        await settled(pilot, lambda: "(•) a codebook" in shown(app))
        assert "frames/blame" not in [tag.path for tag in app.library.codebook.tags()]
        await pilot.press("enter")
        await settled(pilot, lambda: isinstance(app.screen, Reading))
        assert "frames/blame" in [tag.path for tag in app.library.codebook.tags()]
        assert app.library.documents.count() == 1


def test_paths_are_offered_as_they_are_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders first, hidden ones only for their dot, case aside."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("News", "notes.txt", "nothing.md", ".nix"):
        (tmp_path / name).touch() if "." in name else (tmp_path / name).mkdir()
    offer = import_text.offers("~/n")
    assert offer.paths == ("~/News/", "~/notes.txt", "~/nothing.md")
    assert import_text.offers("~/not").common == "~/not"
    assert import_text.offers("~/.n").paths == ("~/.nix",)
    assert import_text.offers("~").paths == ("~/",)
    assert import_text.offers("/no/such/place/").paths == ()


def test_sizes_are_said_in_words() -> None:
    """One digit where it tells something."""
    assert import_text.size_words(0) == "0 bytes"
    assert import_text.size_words(3430) == "3.4 KB"
    assert import_text.size_words(310_400) == "310 KB"
    assert import_text.size_words(4_200_000_000) == "4,200 MB"
