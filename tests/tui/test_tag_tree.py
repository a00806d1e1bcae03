"""The codebook as a tree."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from tui.widgets.empty import no_tags
from tui.widgets.tag_tree import TagNode, TagTree

HOSTILE = ("\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\u202eevil", "[@click=x]", "[b")
ACTIVE = frozenset("\x1b\x07\x9b\u202e")

NODES = (
    TagNode(1, 0, "blame-shifting", "A", 0, 9, 4, 26),
    TagNode(2, 1, "operators", "A1", 1, 14, 3),
    TagNode(3, 2, "drivers", "", 2, 0, 0),
    TagNode(4, 1, "ministry", "A2", 3, 3, 3),
    TagNode(5, 0, "safety", "C", 4, 4, 4),
)


class TreeApp(App[None]):
    """A tree alone on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "focused.cursor_down"),
        ("h", "focused.fold"),
        ("l", "focused.unfold"),
        ("minus", "focused.fold_all"),
        ("z", "focused.toggle_fold"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.folded: list[tuple[int, bool]] = []

    def compose(self) -> ComposeResult:
        yield TagTree(empty=no_tags())

    def on_mount(self) -> None:
        self.tree_list.focus()

    @property
    def tree_list(self) -> TagTree:
        return self.query_one(TagTree)

    def on_tag_tree_folded(self, event: TagTree.Folded) -> None:
        self.folded.append((event.id, event.is_closed))


def screen(app: App[Any]) -> list[str]:
    """Every line of the screen, as it would be sent to the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_rows_show_depth_swatch_letter_name_and_counts() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "The codebook is empty" in "\n".join(screen(app))
        app.tree_list.set_nodes(NODES)
        await pilot.pause()
        lines = screen(app)
        assert "▾ ■ A blame-shifting" in lines[1]
        assert "  ▾ ■ A1 operators" in lines[2]
        assert "■ – drivers" in lines[3]
        assert lines[2].index("■") == lines[1].index("■") + 2
        assert lines[1].split()[-3:] == ["9", "26", "4"]
        assert lines[4].split()[-2:] == ["3", "3"]


async def test_the_swatch_has_the_colour_of_the_tag() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.tree_list.set_nodes(NODES)
        await pilot.press("j")
        swatches = [
            segment.style.color
            for y in (1, 3, 4)
            for segment in app.tree_list.render_line(y)
            if "■" in segment.text and segment.style
        ]
        assert len(set(swatches)) == 3


async def test_folding() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.tree_list.set_nodes(NODES)
        await pilot.press("j", "j", "h")
        assert app.tree_list.cursor_id == 2
        await pilot.press("h")
        assert list(app.tree_list.ids) == [1, 2, 4, 5]
        assert "▸ ■ A1 operators" in screen(app)[2]
        await pilot.press("h", "h")
        assert app.tree_list.cursor_id == 1
        assert list(app.tree_list.ids) == [1, 5]
        assert app.folded == [(2, True), (1, True)]
        await pilot.press("l", "l")
        assert app.tree_list.cursor_id == 2
        assert list(app.tree_list.ids) == [1, 2, 4, 5]
        await pilot.press("l")
        assert list(app.tree_list.ids) == [1, 2, 3, 4, 5]
        await pilot.press("minus")
        assert list(app.tree_list.ids) == [1, 5]
        assert app.tree_list.cursor_id == 1
        await pilot.press("minus", "z")
        assert list(app.tree_list.ids) == [1, 5]


async def test_the_cursor_stays_on_its_tag_and_closed_tags_stay_closed() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.tree_list.set_nodes(NODES, closed=[2, 99])
        assert app.tree_list.closed == {2}
        app.tree_list.move_to_id(4)
        moved = (NODES[4], NODES[0], NODES[1], NODES[2], NODES[3])
        app.tree_list.set_nodes(moved)
        await pilot.pause()
        assert app.tree_list.cursor_id == 4
        assert list(app.tree_list.ids) == [5, 1, 2, 4]
        assert app.tree_list.reveal(3)
        assert app.tree_list.cursor_id == 3
        assert not app.tree_list.reveal(77)
        assert app.tree_list.node(3) == NODES[2]
        assert app.tree_list.node(77) is None


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5), (1, 1)])
async def test_hostile_names_only_show(size: tuple[int, int]) -> None:
    app = TreeApp()
    async with app.run_test(size=size) as pilot:
        nodes = [TagNode(n, n, text, text, n) for n, text in enumerate(HOSTILE)]
        app.tree_list.set_nodes([*nodes, TagNode(99, 90, "very deep", "Z", 7)])
        await pilot.press("j", "h", "l", "j", "minus")
        assert not ACTIVE & set("".join(screen(app)))
        assert app.is_running
