"""The header and the footer fit every screen and keep what matters."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from store import safe
from tui.keys import edge_hints, hints
from tui.keys_places import FOOTERS
from tui.widgets.status import (
    Piece,
    Progress,
    Status,
    duration,
    footer_text,
    piece_at,
    progress_forms,
)
from tui.widgets.tabs import SCREENS, ScreenTabs, tab_line

IMPORT = Progress("import", 1204, 12431, 310.0, 36.2)


def text(pieces: list[Piece]) -> str:
    """The line as it is read."""
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("where", sorted(FOOTERS))
def test_footer_is_exactly_as_wide_as_the_screen(where: str) -> None:
    """At every width, with and without a message and progress."""
    for width in range(40, 161):
        wide = "日本語のお知らせ" * 20 if width % 10 == 1 else ""
        for message in {"", "Annotation deleted · u undo", wide}:
            for progress in (None, IMPORT):
                line = text(
                    footer_text(
                        hints(where),
                        width,
                        edge_hints(where),
                        message=message,
                        progress=progress,
                    )
                )
                assert safe.width(line) == width, (width, line)
                assert "help " in line


@pytest.mark.parametrize("width", range(0, 40))
def test_footer_survives_tiny_screens(width: int) -> None:
    """Never wider than the screen, down to nothing."""
    line = text(footer_text(hints("reader"), width, edge_hints("reader"), message="x"))
    assert safe.width(line) <= max(width, 0)


def test_hints_are_dropped_whole_from_the_right() -> None:
    """What is left is a beginning of the list, no word is cut."""
    words = [f"{hint.key} {hint.word}" for hint in hints("reader")]
    for width in range(40, 161):
        pieces = footer_text(hints("reader"), width, edge_hints("reader"))
        line = text(pieces)
        shown = [word for word in words if word in line]
        assert shown == words[: len(shown)]
        assert "^p commands  ? help" in line
    wide = text(footer_text(hints("reader"), 160, edge_hints("reader")))
    assert "v select  a annotate  / find" in wide


def test_footer_at_80_columns_keeps_the_way_out() -> None:
    """Back or quit is among the hints on every screen."""
    for where in ("documents", "documents-empty", "reader", "entities", "annotations"):
        line = text(footer_text(hints(where), 80, edge_hints(where)))
        assert " q back" in line or " q quit" in line, line


def test_message_and_error_are_shown_safely() -> None:
    """Nothing from a message reaches the terminal as it is."""
    hostile = "could not read \x1b]52;c;eA==\x07[red]x[/red]\nsecond line"
    pieces = footer_text((), 100, (), message=hostile, error=True)
    assert [piece.kind for piece in pieces][1] == "error"
    assert "\x1b" not in text(pieces) and "\n" not in text(pieces)
    assert "[red]x[/red]" in text(pieces)


def test_progress_shrinks_before_it_goes() -> None:
    """Count, rate and time where there is room, at least the percentage."""
    assert progress_forms(IMPORT)[0] == "import 1,204 of 12,431 · 310/s · 36 s left"
    assert progress_forms(IMPORT)[-1] == "9 %"
    assert progress_forms(Progress("import", 7)) == ("import 7", "7")
    wide = text(footer_text(hints("documents"), 160, (), progress=IMPORT))
    assert "310/s · 36 s left" in wide
    assert "9 %" in text(footer_text(hints("documents"), 40, (), progress=IMPORT))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 s"), (36.2, "36 s"), (240, "4 min"), (7500, "2 h 5 min"), (-3, "0 s")],
)
def test_durations(seconds: float, said: str) -> None:
    """One or two units, never a negative time."""
    assert duration(seconds) == said


@pytest.mark.parametrize("active", [name for name, _, _ in SCREENS])
def test_header_is_exactly_as_wide_as_the_screen(active: str) -> None:
    """With the open screen marked, at every width."""
    for width in range(1, 161):
        for library in ("strikes.db", "図書館" * 40, ""):
            line = "".join(tab.text for tab in tab_line(active, library, width))
            assert safe.width(line) == width, (width, line)
            if width >= 45:
                assert "[" in line and "]" in line


def test_header_names() -> None:
    """Long from 100 columns, short below; the library at the right."""
    wide = "".join(tab.text for tab in tab_line("reader", "strikes.db", 120))
    assert wide.startswith(" postilla   1 Documents  [2 Reader]  3 Entities")
    assert wide.endswith(" strikes.db ")
    narrow = "".join(tab.text for tab in tab_line("reader", "strikes.db", 80))
    assert " 1 Docs [2 Read] 3 Entities  4 Annot.  5 Tags " in narrow


class Bars(App[None]):
    """Header and footer alone."""

    def __init__(self) -> None:
        """Nothing was clicked yet."""
        super().__init__()
        self.clicked: list[str] = []

    def compose(self) -> ComposeResult:
        """The two lines."""
        yield ScreenTabs("documents", "a[b]c\x1b[31m.db")
        yield Status()

    def on_mount(self) -> None:
        """The Documents screen is open."""
        self.query_one(Status).show_place("documents")

    def on_status_chosen(self, event: Status.Chosen) -> None:
        """A hint was clicked."""
        self.clicked.append(event.action)

    def on_screen_tabs_chosen(self, event: ScreenTabs.Chosen) -> None:
        """A tab was clicked."""
        self.clicked.append(event.screen)


async def test_clicks_ask_for_what_is_under_the_pointer() -> None:
    """Tabs give their screen, hints their action, blanks nothing."""
    app = Bars()
    async with app.run_test(size=(100, 10)) as pilot:
        status, tabs = app.query_one(Status), app.query_one(ScreenTabs)
        line = text(status.pieces())
        await pilot.click(Status, offset=(line.index("search"), 0))
        await pilot.click(Status, offset=(line.index("? help"), 0))
        shown = str(tabs.render())
        await pilot.click(ScreenTabs, offset=(shown.index("4 Ann"), 0))
        await pilot.click(ScreenTabs, offset=(1, 0))
        assert app.clicked == ["search_everything", "help", "annotations"]
        assert "\x1b" not in shown and "a[b]c" in shown
        assert piece_at(status.pieces(), 1000) is None


async def test_errors_stay_until_clicked_away() -> None:
    """A confirmation has a timer, an error has none."""
    app = Bars()
    async with app.run_test(size=(100, 10)) as pilot:
        status = app.query_one(Status)
        status.say("Saved")
        assert "Saved" in str(status.render())
        status.say("Could not read the file", error=True)
        assert status.message == "Could not read the file"
        await pilot.click(Status, offset=(3, 0))
        assert status.message == ""
        status.show_progress(IMPORT)
        assert "1,204 of 12,431" in str(status.render())
        status.show_progress(None)
        assert "1,204" not in str(status.render())
