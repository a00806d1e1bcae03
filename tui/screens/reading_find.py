"""Finding words in the document that is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from tui.screens.reading_moves import ReadingMoves
from tui.screens.reading_text import hit_spans
from tui.widgets.narrow import NarrowBar

if TYPE_CHECKING:
    from store.model import Hit
    from tui.trail import Spot

Place = tuple[int, int]
"""Start and end of what was found, in code points of the text."""


class ReadingFind(ReadingMoves):
    """The find line, and stepping through what it found."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[Place] = []
        self._current = -1
        self._find_asked = 0
        self._find_from: Spot | None = None

    @property
    def has_hits(self) -> bool:
        """Whether anything found is shown."""
        return bool(self._places)

    def forget_hits(self) -> None:
        """Another text: nothing is found in it yet."""
        self._places, self._current = [], -1

    def action_find(self) -> None:
        """Type what to find in this document."""
        self._find_from = self.spot()
        self.query_one(NarrowBar).open("")

    def close_find(self) -> None:
        """Away with the line and the hits."""
        self.query_one(NarrowBar).close()
        self.forget_hits()
        self.reader.set_layer("hit", [])
        self.reader.focus()

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        origin = self._find_from
        near = origin.offset if origin else self.reader.cursor_offset
        self.show_hits(event.words, near)

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        if self._find_from is not None and self.is_far(self._find_from.offset):
            self.postilla.leave_place(self._find_from)
        self._find_from = None
        self.reader.focus()

    def show_hits(self, words: str, near: int | None) -> None:
        """Mark every place of these words and go to the first from ``near`` on."""
        from store.finding import find_in

        self._show_places(lambda text: find_in(text, words), near, words)

    def show_matches(self, hit: Hit, near: int | None) -> None:
        """Mark every place that made a search find this document, corrected words
        too, and go to the first from ``near`` on."""
        from store.search.snippets import places

        self._show_places(lambda text: places(text, hit.terms, hit.inside), near)

    def _show_places(
        self, find: Callable[[str], list[Place]], near: int | None, words: str = ""
    ) -> None:
        if self.page is None:
            return
        self._find_asked += 1
        asked, text = self._find_asked, self.page.text

        def show(places: list[Place]) -> None:
            if asked == self._find_asked and self.is_mounted:
                self._places = places
                self._show_hit(self._first_from(near or 0), words)
                if places:
                    self.go(places[self._current][0])

        self.hand.ask(lambda _: find(text), show)

    def _first_from(self, offset: int) -> int:
        starts = [start for start, _ in self._places]
        place = bisect_right(starts, offset - 1)
        return place if place < len(starts) else 0

    def _show_hit(self, number: int, words: str = "", how: str = "") -> None:
        """Make one of the places the current one; the cursor stays."""
        if not self._places:
            self._current = -1
            self.reader.set_layer("hit", [])
            if words:
                self.say(f"“{words}” is not in this document.")
            return
        self._current = number % len(self._places)
        self.reader.set_layer("hit", hit_spans(self._places, self._current))
        self.say(f"{self._current + 1:,} of {len(self._places):,}{how}")

    def action_next_match(self) -> None:
        """The next place that was found."""
        self._step(1)

    def action_previous_match(self) -> None:
        """The place before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self._places:
            self.say("Nothing to find yet; / asks for words.")
            return
        cursor = self.reader.cursor_offset
        number = (self._current + by) % len(self._places)
        if by > 0 and cursor > self._places[self._current][0]:
            number = self._first_from(cursor)
        place = self._places[number][0]
        how = ""
        if by > 0 and place < cursor:
            how = " · on from the start"
        elif by < 0 and place > cursor:
            how = " · on from the end"
        self._show_hit(number, how=how)
        self.jump(place)
