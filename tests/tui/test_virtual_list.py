"""A list of any length: what is fetched, where the cursor stands, what is shown."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.events import MouseScrollDown
from textual.strip import Strip
from textual.widgets import Static
from waiting import settled

from store import safe
from tui.widgets import empty
from tui.widgets.columns import Cell, Column, Row, Run, arrange, fitted, marked
from tui.widgets.plain import Plain, SafeInput, SafeTextArea, joined, say, set_title
from tui.widgets.virtual_list import VirtualList

HOSTILE = (
    "\x1b]52;c;aGk=\x07",
    "\x1b[2J",
    "\x9b31m",
    "\u202eevil",
    "[@click=app.quit]x[/]",
    "[bold",
)
ACTIVE = frozenset("\x1b\x07\x9b\u202e\u200b\x00\x7f")

COLUMNS = (
    Column("", 1),
    Column("date", 10, drop_below=60),
    Column("title", 8, flex=1),
    Column("source", 12, drop_below=50),
    Column("notes", 5, align="right", drop_below=40),
)


class ListApp(App[None]):
    """A list alone on the screen, with the keys its actions are made for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j,down", "focused.cursor_down"),
        ("k,up", "focused.cursor_up"),
        ("ctrl+d", "focused.half_page_down"),
        ("ctrl+u", "focused.half_page_up"),
        ("pagedown", "focused.page_down"),
        ("pageup", "focused.page_up"),
        ("home", "focused.first"),
        ("end", "focused.last"),
        ("space", "focused.mark"),
        ("asterisk", "focused.mark_all"),
        ("enter", "focused.open"),
    ]

    def __init__(self, ids: Iterable[int], **options: Any) -> None:
        super().__init__()
        self.start = array("q", ids)
        self.options = options
        self.titles: dict[int, str] = {}
        self.gone: set[int] = set()
        self.fetched: list[int] = []
        self.seen: list[VirtualList.Highlighted] = []
        self.opened: list[int] = []
        self.marked: list[frozenset[int]] = []

    def fetch(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.fetched.append(len(ids))
        return {i: self.row(i) for i in ids if i not in self.gone}

    def row(self, i: int) -> Row:
        title = self.titles.get(i, f"title {i}")
        second = f"snippet {title}"
        return Row(("●", "2026-05-31", title, "Lusa", Cell(str(i), "muted")), second)

    def compose(self) -> ComposeResult:
        yield VirtualList(self.fetch, COLUMNS, **self.options)

    def on_mount(self) -> None:
        self.rows.set_ids(self.start)
        self.rows.focus()

    @property
    def rows(self) -> VirtualList:
        return self.query_one(VirtualList)

    def on_virtual_list_highlighted(self, event: VirtualList.Highlighted) -> None:
        self.seen.append(event)

    def on_virtual_list_opened(self, event: VirtualList.Opened) -> None:
        self.opened.append(event.id)

    def on_virtual_list_marks_changed(self, event: VirtualList.MarksChanged) -> None:
        self.marked.append(event.ids)


def screen(app: App[Any]) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def assert_harmless(app: App[Any]) -> None:
    for line in screen(app):
        assert not ACTIVE & set(line), repr(line)


async def test_only_the_pages_in_sight_are_fetched() -> None:
    app = ListApp(range(100_000))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("end")
        assert app.rows.cursor_id == 99_999
        assert "title 99999" in screen(app)[-1]
        assert sum(app.fetched) <= 300


async def test_a_move_paints_two_lines() -> None:
    app = ListApp(range(100_000))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        painted: list[int] = []
        original = app.rows.render_line

        def counted(y: int) -> Strip:
            painted.append(y)
            return original(y)

        app.rows.render_line = counted  # type: ignore[method-assign]
        await pilot.press("j")
        await settled(pilot, lambda: bool(painted))
        assert set(painted) == {1, 2}


async def test_moving_by_keys() -> None:
    app = ListApp(range(500))
    async with app.run_test(size=(80, 24)) as pilot:
        steps = [
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("pagedown", 24),
            ("ctrl+d", 35),
            ("ctrl+u", 24),
            ("pageup", 1),
            ("end", 499),
            ("j", 499),
            ("home", 0),
            ("k", 0),
        ]
        for key, index in steps:
            await pilot.press(key)
            assert app.rows.cursor_index == index, key
            assert any("▌" in line for line in screen(app)), key


async def test_the_cursor_is_told_by_bar_and_reverse() -> None:
    app = ListApp(range(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        strip = app.rows.render_line(2)
        assert strip.text.startswith("▌")
        assert all(s.style and s.style.reverse for s in strip)
        assert not any(s.style and s.style.reverse for s in app.rows.render_line(1))


async def test_enter_and_double_click_open() -> None:
    app = ListApp(range(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter")
        await pilot.click(VirtualList, offset=(5, 4))
        assert app.rows.cursor_id == 3
        await pilot.double_click(VirtualList, offset=(5, 6))
        await pilot.click(VirtualList, offset=(5, 0))
        await pilot.click(VirtualList, offset=(5, 20))
        assert app.opened == [1, 5]
        assert app.rows.cursor_id == 5


async def test_the_wheel_moves_the_view_only() -> None:
    app = ListApp(range(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot._post_mouse_events(
            [MouseScrollDown], VirtualList, offset=(5, 5), button=0
        )
        await pilot.pause()
        assert app.rows.scroll_offset.y == 3
        assert app.rows.cursor_index == 0
        await pilot.press("j")
        assert any("▌" in line for line in screen(app))


async def test_marks_show_and_are_told() -> None:
    app = ListApp(range(4))
    async with app.run_test(size=(80, 24)) as pilot:
        assert list(app.rows.targets) == [0]
        await pilot.press("space", "j", "space")
        assert app.marked[-1] == {0, 2}
        assert list(app.rows.targets) == [0, 2]
        assert app.rows.cursor_index == 3
        assert [line[1] for line in screen(app)[1:5]] == ["✓", " ", "✓", " "]
        await pilot.press("asterisk")
        assert app.marked[-1] == {1, 3}
        app.rows.clear_marks()
        await pilot.press("asterisk")
        assert app.marked[-1] == {0, 1, 2, 3}
        await pilot.press("asterisk")
        assert app.marked[-1] == frozenset()


async def test_the_cursor_stays_on_its_id_when_others_come() -> None:
    app = ListApp(range(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.move_to_id(500)
        await pilot.press("space")
        line = next(n for n, text in enumerate(screen(app)) if "▌" in text)
        app.rows.set_ids(range(300, 700))
        await pilot.pause()
        assert app.rows.cursor_id == 501
        assert "▌" in screen(app)[line]
        assert app.rows.marked == {500}
        app.rows.set_ids([1, 2, 3])
        await pilot.pause()
        assert app.rows.cursor_id == 3
        assert app.marked[-1] == frozenset()
        assert app.seen[-1].id == 3
        app.rows.set_ids([7, 8, 9], keep=False)
        assert app.rows.cursor_id == 7


async def test_an_id_that_is_gone_is_said_so_and_refresh_asks_again() -> None:
    app = ListApp(range(3))
    app.gone = {1}
    async with app.run_test(size=(80, 24)) as pilot:
        assert "no longer here" in screen(app)[2]
        app.gone = set()
        app.titles[1] = "back again"
        app.rows.refresh_rows()
        await pilot.pause()
        assert "back again" in screen(app)[2]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5), (1, 1)])
async def test_hostile_strings_only_show(size: tuple[int, int]) -> None:
    app = ListApp(range(len(HOSTILE)), row_height=2)
    app.titles = dict(enumerate(HOSTILE))
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "space", "j", "asterisk", "end", "enter")
        assert_harmless(app)
        app.rows.set_ids([])
        app.rows.set_empty(empty.no_results("".join(HOSTILE)))
        await pilot.pause()
        assert_harmless(app)
        assert app.is_running


async def test_every_line_is_as_wide_as_the_pane() -> None:
    app = ListApp(range(30), row_height=2)
    app.titles = {0: "日本語のニュース" * 20, 1: "e\u0301" * 99, 2: "👩‍👩‍👧 ‼️" * 40}
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(53, 20)
        await settled(pilot, lambda: app.rows.size.width == 53)
        for y in range(20):
            assert app.rows.render_line(y).cell_length <= 53


async def test_columns_go_whole_when_the_pane_is_small() -> None:
    app = ListApp(range(3))
    async with app.run_test(size=(80, 24)) as pilot:
        head = screen(app)[0]
        assert all(word in head for word in ("date", "title", "source", "notes"))
        await pilot.resize_terminal(45, 20)
        await settled(pilot, lambda: app.rows.size.width == 45)
        head = screen(app)[0]
        assert "date" not in head
        assert "source" not in head
        assert "notes" in head


async def test_two_lines_a_row() -> None:
    app = ListApp(range(40), row_height=2)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "snippet title 0" in screen(app)[2]
        await pilot.press("pagedown")
        assert app.rows.cursor_index == 11
        await pilot.click(VirtualList, offset=(8, 4))
        lines = screen(app)
        assert lines[3].startswith("▌")
        assert lines[4].startswith("▌")
        app.rows.set_row_height(1)
        await pilot.pause()
        assert not any("snippet" in line for line in screen(app))


async def test_every_theme_paints() -> None:
    app = ListApp(range(5))
    async with app.run_test(size=(80, 24)) as pilot:
        for theme in ("textual-light", "ansi-dark", "nord"):
            app.theme = theme
            await pilot.pause()
            assert "title 0" in screen(app)[1]


def test_found_parts_are_marked_in_the_string_as_stored() -> None:
    text = "\u200bthe \u202enames of Núñez here"
    start = text.index("Núñez")
    runs = marked(text, [(start, start + 5)], 60)
    assert [run.text for run in runs if run.style == "match"] == ["Núñez"]


def test_a_found_part_far_right_is_brought_into_sight() -> None:
    text = "word " * 40 + "Alcântara terminal" + " word" * 40
    start = text.index("Alcântara")
    runs = marked(text, [(start, start + 9)], 40)
    shown = "".join(run.text for run in runs)
    assert Run("Alcântara", "match") in runs
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert safe.width(shown) <= 40


@pytest.mark.parametrize("cells", [0, 1, 2, 7, 40])
def test_a_cell_is_exactly_as_wide_as_asked(cells: int) -> None:
    for text in (*HOSTILE, "日本語のニュース", "plain words", ""):
        lead = (Run("  "), Run("■", "colour-1"), Run(" A "))
        for cell in (text, Cell(text, "muted", ((0, 2),)), Cell(text, lead=lead)):
            for right in (False, True):
                line = "".join(run.text for run in fitted(cell, cells, right=right))
                assert safe.width(line) == cells, (text, cell)


def test_columns_share_what_is_left() -> None:
    assert [slot.cells for slot in arrange(COLUMNS, 100)] == [1, 10, 68, 12, 5]
    assert [slot.column for slot in arrange(COLUMNS, 15)] == [0, 2]
    assert arrange(COLUMNS, 0) == ()
    wide = (Column(width=4, flex=1), Column(width=4, flex=2))
    assert [slot.cells for slot in arrange(wide, 39)] == [14, 24]
    assert [slot.cells for slot in arrange((Column(width=30),), 10)] == [10]


class PlainApp(App[None]):
    """Every way a foreign string reaches a screen besides lists."""

    def compose(self) -> ComposeResult:
        text = " ".join(HOSTILE)
        yield Plain(text)
        yield Plain(joined((text, "bold"), (text, "")))
        box = Static(id="box")
        box.styles.border = ("solid", "red")
        yield box
        yield SafeInput(text)
        yield SafeTextArea(text + "\nline two")

    def on_mount(self) -> None:
        set_title(self.query_one("#box"), HOSTILE[0] + HOSTILE[4], subtitle=HOSTILE[1])
        for text in HOSTILE:
            say(self, text, "error", title=text)


@pytest.mark.parametrize("size", [(120, 36), (20, 5)])
async def test_titles_toasts_and_fields_are_harmless(size: tuple[int, int]) -> None:
    app = PlainApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_harmless(app)
        if size[0] > 100:
            shown = "\n".join(screen(app))
            assert shown.count("[@click=app.quit]x[/]") >= 4
            assert "[bold" in shown
        set_title(app.query_one("#box"), "", subtitle="")
        await pilot.pause()


def test_empty_states_name_the_next_step() -> None:
    assert "i   add files" in empty.no_documents()
    assert "w   add files" in empty.no_documents(add="w")
    assert "Extract entities again" in empty.no_entities()
    assert "a   annotate" in empty.no_annotations()
    assert "a   add a tag" in empty.no_tags()
    assert "“" not in empty.no_results("x")
    assert 'Nothing matches "strikes"' in empty.no_results("strikes")
    for text in (empty.nothing_tagged(), empty.nothing_left()):
        assert text


def test_an_empty_state_fits_any_pane() -> None:
    for width, height in ((120, 36), (20, 5), (1, 1), (0, 0)):
        lines = empty.laid_out(empty.no_documents(), width, height)
        assert len(lines) <= height


def test_a_narrow_pane_breaks_an_empty_state_where_a_reader_would() -> None:
    lines = [line.strip() for line in empty.laid_out(empty.nothing_done(), 57, 20)]
    told = [line for line in lines if line]
    assert all(len(line) > 30 for line in told[:-1]), "no word stands alone"
    hung = empty.laid_out(empty.no_collections(), 57, 20)
    (place,) = [at for at, line in enumerate(hung) if "put documents in" in line]
    assert hung[place + 1].index("one") > hung[place].index("c ")
