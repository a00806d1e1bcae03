"""Choosing tags by typing."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from tui.widgets.chips import Chips
from tui.widgets.plain import Plain
from tui.widgets.tag_match import Choice, Offers, rank
from tui.widgets.tag_picker import TagPicker
from tui.widgets.virtual_list import VirtualList

HOSTILE = ("\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\u202eevil", "[@click=x]", "[b")
ACTIVE = frozenset("\x1b\x07\x9b\u202e")

CHOICES = (
    ("actors/operators", 14),
    ("operational-cost", 3),
    ("safety", 9),
    ("Überwachung", 1),
)


def refuse_slashes(path: str) -> str | None:
    return "A tag cannot end in a slash." if path.endswith("/") else None


class PickerApp(App[None]):
    """A picker alone on the screen."""

    COMMAND_PALETTE_BINDING = "f12"

    def __init__(self, choices: tuple[tuple[str, int], ...] = CHOICES) -> None:
        super().__init__()
        self.choices = choices
        self.changes: list[tuple[str, ...]] = []
        self.done: list[tuple[str, ...]] = []
        self.strays: list[Any] = []

    def compose(self) -> ComposeResult:
        yield TagPicker(self.choices, validate=refuse_slashes)

    def on_mount(self) -> None:
        self.picker.focus_input()

    def chosen(self) -> tuple[str, ...]:
        return self.picker.tags

    @property
    def picker(self) -> TagPicker:
        return self.query_one(TagPicker)

    def on_tag_picker_changed(self, event: TagPicker.Changed) -> None:
        self.changes.append(event.tags)

    def on_tag_picker_done(self, event: TagPicker.Done) -> None:
        self.done.append(event.tags)

    def on_virtual_list_highlighted(self, event: VirtualList.Highlighted) -> None:
        self.strays.append(event)

    def on_virtual_list_opened(self, event: VirtualList.Opened) -> None:
        self.strays.append(event)


def screen(app: App[Any]) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def paths(typed: str, *choices: tuple[str, int]) -> list[str]:
    return [c.path for c in rank(typed, [Choice(p, n) for p, n in choices])]


def test_nothing_typed_offers_the_most_used() -> None:
    assert paths("", *CHOICES)[:2] == ["actors/operators", "safety"]


def test_starts_come_before_insides_and_slips() -> None:
    tags = (("cooperation", 50), ("operational-cost", 3), ("actors/operators", 1))
    assert paths("oper", *tags) == [
        "operational-cost",
        "actors/operators",
        "cooperation",
    ]
    assert paths("opertors", *tags)[0] == "actors/operators"
    assert paths("uberw", *CHOICES) == ["Überwachung"]
    assert paths("COST", *CHOICES) == ["operational-cost"]
    assert paths("zzzz", *CHOICES) == []


async def test_type_enter_type_enter_enter() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"oper", "enter", *"saf", "enter", "enter")
        assert app.chosen() == ("actors/operators", "safety")
        assert app.changes == [("actors/operators",), ("actors/operators", "safety")]
        assert app.done == [("actors/operators", "safety")]
        assert "actors/operators ×  safety ×" in screen(app)[0]
        assert app.strays == []


async def test_enter_takes_the_pointed_one() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.chosen() == ()
        assert app.done == []
        await pilot.press("down", "down", "enter")
        assert app.chosen() == ("safety",)
        await pilot.press("ctrl+n", "ctrl+n", "ctrl+p", "enter")
        assert app.chosen() == ("safety", "actors/operators")


async def test_a_new_tag_is_the_last_row_and_one_key_up() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"oper")
        assert any('+ create tag "oper"' in line for line in screen(app))
        await pilot.press("up", "enter")
        assert app.chosen() == ("oper",)
        await pilot.press(*"SAFETY")
        assert not any("create tag" in line for line in screen(app))
        await pilot.press("enter")
        assert app.chosen() == ("oper", "safety")


async def test_a_tag_that_cannot_be_is_refused_with_a_sentence() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"xyz/", "enter")
        assert app.chosen() == ()
        assert app.picker.typed == "xyz/"
        assert "cannot end in a slash" in "\n".join(screen(app))
        await pilot.press("backspace")
        assert "cannot end" not in "\n".join(screen(app))


async def test_backspace_and_a_click_take_chips_away() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.picker.set_tags(("safety", "operational-cost", "gone"))
        await pilot.press("x", "backspace")
        assert len(app.chosen()) == 3
        await pilot.press("backspace")
        assert app.chosen() == ("safety", "operational-cost")
        await pilot.click(Chips, offset=(2, 0))
        assert app.chosen() == ("operational-cost",)


async def test_a_click_on_a_row_takes_it_and_typing_goes_on() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(VirtualList, offset=(5, 1))
        assert app.chosen() == ("safety",)
        assert isinstance(app.focused, Input)


async def test_a_chosen_tag_is_not_offered_again() -> None:
    app = PickerApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"safety", "enter", *"safety", "enter")
        assert app.chosen() == ("safety",)
        assert "chosen already" in "\n".join(screen(app))


async def test_many_chips_go_above_the_field() -> None:
    app = PickerApp()
    async with app.run_test(size=(42, 24)) as pilot:
        app.picker.set_tags([f"a-rather-long-tag-{n}" for n in range(5)])
        await pilot.press(*"new")
        lines = screen(app)
        assert sum("×" in line for line in lines) == 5
        assert any(line.startswith("new") for line in lines)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5), (1, 1)])
async def test_hostile_tags_only_show(size: tuple[int, int]) -> None:
    app = PickerApp(tuple((text, 1) for text in HOSTILE))
    async with app.run_test(size=size) as pilot:
        app.picker.set_tags(HOSTILE[:3])
        app.picker.query_one(Input).value = "".join(HOSTILE)
        await pilot.pause()
        assert not ACTIVE & set("".join(screen(app)))
        await pilot.press("enter", "down", "enter", "backspace")
        app.picker.query_one(".picker--error", Plain).show(HOSTILE[0])
        await pilot.pause()
        assert not ACTIVE & set("".join(screen(app)))


def test_parts_first_letters_and_slips_find_a_tag() -> None:
    tags = (
        ("actors/companies", 3),
        ("frames/blame shifting", 2),
        ("claims/forecast", 1),
        ("lilac", 9),
    )
    assert paths("act/comp", *tags) == ["actors/companies"]
    assert paths("act com", *tags) == ["actors/companies"]
    assert paths("bs", *tags) == ["frames/blame shifting"]
    assert paths("fbs", *tags) == ["frames/blame shifting"]
    assert paths("ac", *tags) == ["actors/companies", "lilac"]
    assert paths("compnaies", *tags) == ["actors/companies"]
    assert paths("blameshfting", *tags) == ["frames/blame shifting"]
    assert paths("forcast cla", *tags) == ["claims/forecast"]


def test_what_was_used_last_comes_before_what_is_used_most() -> None:
    offers = Offers([Choice("often", 90), Choice("last", 1, 2), Choice("before", 2, 1)])
    assert [one.path for one in offers.fitting("")] == ["last", "before", "often"]
    assert [one.path for one in offers.fitting("", {"last"})] == ["before", "often"]
    assert offers.known(" LAST ") == "last" and offers.known("") is None
