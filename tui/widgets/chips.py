"""Chosen things in a row, each with a cross to take it out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from store import safe
from tui.widgets.plain import Plain, joined


class Chips(Plain):
    """The chosen tags, each with ``×``; a click on one removes it."""

    @dataclass
    class Removed(Message):
        """A chip was clicked."""

        tag: str

    def __init__(self) -> None:
        """No chip yet."""
        super().__init__()
        self._lines: list[list[tuple[int, int, str]]] = []

    def lay(self, tags: Sequence[str], width: int) -> int:
        """Show the tags in lines of ``width`` cells at most; cells of the widest."""
        lines: list[list[tuple[int, int, str]]] = [[]]
        parts: list[tuple[object, str]] = []
        widest = used = 0
        for tag in tags:
            name = safe.line(tag, max(1, width - 3)) + " ×"
            cells = safe.width(name)
            if used and used + cells > width:
                lines.append([])
                parts.append(("\n", ""))
                used = 0
            lines[-1].append((used, used + cells, tag))
            parts += [(name, "bold"), ("  ", "")]
            used += cells + 2
            widest = max(widest, used)
        self._lines = lines
        self.show(joined(*parts))
        self.styles.height = len(lines)
        self.display = bool(tags)
        return widest

    def on_click(self, event: events.Click) -> None:
        """Remove the chip that was clicked."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self._lines):
            return
        for start, end, tag in self._lines[place.y]:
            if start <= place.x < end:
                event.stop()
                self.post_message(self.Removed(tag))
                return
