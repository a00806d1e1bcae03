"""The list of hits: other rows with each key, painted some at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import App, ComposeResult
from waiting import settled

from tui.screens.search_base import Results
from tui.widgets.columns import Column, Row


class Desk(App[None]):
    """Nothing but the list."""

    CSS = "Results { overflow-y: scroll; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str] = []
        self.made: list[int] = []

    def compose(self) -> ComposeResult:
        yield Results(
            self.fetch, [Column(width=4, flex=1)], row_height=2, markable=False
        )

    def fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        self.made += ids
        return {n: Row((self.rows[n],), f"below {self.rows[n]}") for n in ids}

    @property
    def results(self) -> Results:
        return self.query_one(Results)

    def show(self, rows: list[str]) -> None:
        self.rows = rows
        self.results.show_rows(len(rows), "Nothing here.")

    @property
    def painted(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.screen._compositor.render_strips()
        return [strip.text[1:-1].strip() for strip in strips]


def is_painted(app: Desk, wanted: list[str]) -> bool:
    return [line for line in app.painted if line] == wanted


async def test_all_rows_are_there_in_the_end() -> None:
    """Whatever stood there before, and also where there were more or none."""
    app = Desk()
    async with app.run_test(size=(40, 21)) as pilot:
        for rows in (
            [f"a{n}" for n in range(30)],
            [f"a{n}" if n % 3 else f"b{n}" for n in range(30)],
            ["c0", "c1"],
            [],
            [f"d{n}" for n in range(9)],
        ):
            app.show(rows)
            wanted = [line for one in rows for line in (one, f"below {one}")][:21]
            wanted = wanted or ["Nothing here."]
            await settled(pilot, partial(is_painted, app, wanted))
            assert app.results.cursor_index == (0 if rows else -1)


async def test_only_rows_in_sight_are_made() -> None:
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        app.show([f"a{n}" for n in range(500)])
        await settled(pilot, lambda: "a4" in app.painted)
        assert max(app.made) < 20


async def test_it_begins_at_the_top_again_after_scrolling() -> None:
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        app.show([f"a{n}" for n in range(50)])
        app.results.move_to(40)
        await settled(pilot, lambda: "a40" in app.painted)
        app.show([f"b{n}" for n in range(50)])
        await settled(pilot, lambda: app.painted[0] == "b0")
        await settled(pilot, lambda: app.painted[8] == "b4")
        app.rows[2] = "other"
        app.results.change([2, 30])
        await settled(pilot, lambda: "other" in app.painted)
