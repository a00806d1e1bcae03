"""One of several words in a dialog, and a box to tick: rows of signs, no colours.

Left, right and space choose; a click too. Options that do not fit stand in the
next line, each of them whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store import safe

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

_GAP = 2


class Options(Widget, can_focus=True):
    """One of several; at least one there is."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "choose(-1)", show=False),
        Binding("right,space", "choose(1)", show=False),
    ]
    DEFAULT_CSS = """
    Options {
        width: 1fr;
        height: auto;
        &:focus { background: $boost; }
    }
    """

    @dataclass
    class Changed(Message):
        """Another one is chosen."""

        source: Options
        value: str

        @property
        def control(self) -> Options:
            """The row, so that handlers can select by it."""
            return self.source

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None
    ) -> None:
        """Offer ``options`` as (value, word); ``value`` is chosen, if it is one."""
        super().__init__(id=id)
        self._choices = tuple(options)
        known = [one for one, _ in self._choices]
        self._chosen = known.index(value) if value in known else 0

    @property
    def value(self) -> str:
        """The chosen value."""
        return self._choices[self._chosen][0]

    def set_options(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Offer others, without a message."""
        self._choices = tuple(options)
        self.choose(value)
        self.refresh(layout=True)

    def choose(self, value: str) -> None:
        """Choose a value, without a message; unknown ones are the first."""
        known = [one for one, _ in self._choices]
        self._chosen = known.index(value) if value in known else 0
        self.refresh()

    def words(self) -> list[str]:
        """Each option as it is shown."""
        return [
            f"({'•' if place == self._chosen else ' '}) {safe.line(word, 40)}"
            for place, (_, word) in enumerate(self._choices)
        ]

    def _lines(self, width: int) -> list[list[int]]:
        """Which options stand in which line."""
        lines: list[list[int]] = [[]]
        used = 0
        for place, word in enumerate(self.words()):
            cells = safe.width(word)
            if lines[-1] and used + _GAP + cells > width:
                lines.append([])
                used = 0
            used += cells + (_GAP if lines[-1] else 0)
            lines[-1].append(place)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The signs and words; the chosen one stands out where keys would act."""
        words = self.words()
        style = "bold underline" if self.has_focus else "bold"
        parts: list[tuple[str, str]] = []
        for number, line in enumerate(self._lines(self.size.width)):
            parts.append(("\n" if number else "", ""))
            for place in line:
                gap = " " * _GAP if place != line[0] else ""
                parts.append((gap, ""))
                parts.append((words[place], style if self._stands_out(place) else ""))
        return Content.assemble(*parts)

    def _stands_out(self, place: int) -> bool:
        return place == self._chosen

    def action_choose(self, step: int) -> None:
        """The next (1) or the one before (-1), round the ends."""
        self._take((self._chosen + step) % len(self._choices))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        event.stop()
        lines = self._lines(self.size.width)
        column = 0
        for place in lines[event.y] if event.y < len(lines) else []:
            column += safe.width(self.words()[place]) + _GAP
            if event.x < column:
                self._take(place)
                return

    def _take(self, place: int) -> None:
        self._chosen = place
        self.refresh()
        self.post_message(self.Changed(self, self.value))


class Tick(Options, can_focus=True):
    """A box that is ticked or not."""

    def __init__(self, word: str, ticked: bool, *, id: str | None = None) -> None:
        """A box in front of ``word``."""
        super().__init__(
            [("no", word), ("yes", word)], "yes" if ticked else "no", id=id
        )

    @property
    def ticked(self) -> bool:
        """Whether it is ticked."""
        return self.value == "yes"

    def words(self) -> list[str]:
        """The box and its word."""
        sign = "x" if self.ticked else " "
        room = max(1, (self.size.width or 64) - 4)
        return [f"[{sign}] {safe.line(self._choices[0][1], room)}"]

    def _stands_out(self, place: int) -> bool:
        return self.has_focus

    def on_click(self, event: events.Click) -> None:
        """Tick or untick."""
        event.stop()
        self.action_choose(1)
