"""Narrowing a list by what is in it."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from tui.widgets.facets import FacetEntry, FacetGroup, Facets, short

HOSTILE = ("\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\u202eevil", "[@click=x]", "[b")
ACTIVE = frozenset("\x1b\x07\x9b\u202e")

GROUPS = (
    FacetGroup(
        "source",
        "Source",
        (FacetEntry("publico", "Público", 4102), FacetEntry("lusa", "Lusa", 3977)),
        12_431,
    ),
    FacetGroup("date", "Date", ()),
    FacetGroup("entity", "Entity", (FacetEntry("7", "María Núñez", 212),)),
)


class FacetApp(App[None]):
    """Facets alone in a narrow pane."""

    CSS = "Facets { width: 26; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "focused.cursor_down"),
        ("k", "focused.cursor_up"),
        ("enter", "focused.open"),
        ("space", "focused.mark"),
        ("end", "focused.last"),
        ("home", "focused.first"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[tuple[str, str | None]] = []

    def compose(self) -> ComposeResult:
        yield Facets()

    def on_mount(self) -> None:
        self.facets.set_groups(GROUPS)
        self.facets.focus()

    @property
    def facets(self) -> Facets:
        return self.query_one(Facets)

    def on_facets_chosen(self, event: Facets.Chosen) -> None:
        self.choices.append((event.group, event.value))


def screen(app: App[Any]) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_groups_stand_below_each_other_and_empty_ones_are_left_out() -> None:
    app = FacetApp()
    async with app.run_test(size=(80, 24)):
        lines = [line[:26] for line in screen(app)]
        assert lines[0].strip() == "Source"
        assert lines[1].split() == ["▌▸", "all", "12,431"]
        assert lines[2].split() == ["Público", "4,102"]
        assert lines[4].strip() == ""
        assert lines[5].strip() == "Entity"
        assert lines[6].split()[-2:] == ["Núñez", "212"]
        assert not any("Date" in line for line in lines)


async def test_headings_are_stepped_over() -> None:
    app = FacetApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "j")
        assert app.facets.cursor_index == 6
        await pilot.press("j", "k")
        assert app.facets.cursor_index == 3
        await pilot.press("end")
        assert app.facets.cursor_index == 6
        await pilot.click(Facets, offset=(4, 5))
        assert app.facets.cursor_index == 6
        await pilot.press("home")
        assert app.facets.cursor_index == 1


async def test_choosing_and_taking_back() -> None:
    app = FacetApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.choices == []
        await pilot.press("j", "enter", "j", "space")
        assert app.choices == [("source", "publico"), ("source", "lusa")]
        assert app.facets.chosen == {"source": "lusa"}
        strip = app.facets.render_line(3)
        assert "▸" in strip.text
        await pilot.press("k")
        bold = [s.text for s in app.facets.render_line(3) if s.style and s.style.bold]
        assert any("Lusa" in text for text in bold)
        await pilot.press("j", "enter")
        assert app.choices[-1:] == [("source", None)]
        await pilot.press("j", "enter")
        assert app.choices[-1:] == [("entity", "7")]
        assert app.facets.cursor_index == 7


async def test_the_cursor_and_the_choice_stay_when_counts_change() -> None:
    app = FacetApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "enter")
        fewer = FacetGroup("source", "Source", (FacetEntry("reuters", "Reuters", 1),))
        app.facets.set_groups([fewer, GROUPS[2]])
        await pilot.pause()
        assert any(line.split()[:2] == ["▌▸", "lusa"] for line in screen(app))
        await pilot.press("enter")
        assert app.choices[-1:] == [("source", None)]
        app.facets.set_groups(GROUPS, {"source": "publico"})
        assert app.facets.chosen == {"source": "publico"}


async def test_a_double_click_chooses() -> None:
    app = FacetApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.double_click(Facets, offset=(6, 2))
        assert app.choices == [("source", "publico")]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5), (1, 1)])
async def test_hostile_names_only_show(size: tuple[int, int]) -> None:
    app = FacetApp()
    async with app.run_test(size=size) as pilot:
        entries = tuple(FacetEntry(text, text, 1) for text in HOSTILE)
        app.facets.set_groups([FacetGroup("x", HOSTILE[0], entries, 6)])
        await pilot.press("end", "enter", "home")
        app.facets.set_groups([], {})
        await pilot.pause()
        app.facets.set_groups([FacetGroup("x", "X", ())], {"x": HOSTILE[1]})
        await pilot.pause()
        assert not ACTIVE & set("".join(screen(app)))


def test_counts_stay_short() -> None:
    assert [short(n) for n in (7, 1902, 999_999, 1_234_567)] == [
        "7",
        "1,902",
        "999,999",
        "1,234k",
    ]
