"""The first line of the screen: the program, its five screens, the library.

Pure layout in ``tab_line``: names in full from 100 columns, short ones from 60,
below that only the digit of the screens that are not open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store import safe

if TYPE_CHECKING:
    from textual import events

SCREENS: tuple[tuple[str, str, str], ...] = (
    ("documents", "Documents", "Docs"),
    ("reader", "Reader", "Read"),
    ("entities", "Entities", "Entities"),
    ("annotations", "Annotations", "Annot."),
    ("codebook", "Codebook", "Tags"),
)
"""Name, title and short title of each screen; its digit is its place."""

WIDE, NARROW = 100, 60


@dataclass(frozen=True, slots=True)
class Tab:
    """A run of cells of the line."""

    text: str
    """Safe to show."""
    screen: str = ""
    """The screen that a click on it opens, if any."""
    kind: str = "gap"
    """``gap``, ``program``, ``tab``, ``open`` or ``library``."""


def tab_line(active: str, library: str, width: int) -> list[Tab]:
    """The pieces of a line of exactly ``width`` cells.

    ``active`` is the open screen (any other word: none), ``library`` any string;
    it is shortened, and left out where there is no room.
    """
    tabs = [Tab(" postilla", kind="program"), Tab("  ")]
    for number, (name, title, short) in enumerate(SCREENS, 1):
        words = title if width >= WIDE else short
        if width < NARROW and name != active:
            words = ""
        label = f"{number} {words}".rstrip()
        is_open = name == active
        text = f"[{label}]" if is_open else f" {label} "
        tabs.append(Tab(text, name, "open" if is_open else "tab"))
        if width >= WIDE:
            tabs.append(Tab(" "))
    used = sum(len(tab.text) for tab in tabs)
    if used > width:
        return [Tab(safe.fit("".join(tab.text for tab in tabs), width))]
    room = width - used - 2
    name = safe.line(library, room) if room >= 4 else ""
    blank = width - used - safe.width(name) - (1 if name else 0)
    end = [Tab(name, kind="library"), Tab(" ")] if name else []
    return [*tabs, Tab(" " * blank), *end]


class ScreenTabs(Widget):
    """The header line; a click asks for a screen."""

    DEFAULT_CSS = """
    ScreenTabs {
        dock: top;
        height: 1;
        width: 100%;
        background: $panel;
        color: $foreground;
    }
    ScreenTabs > .tabs--program { color: $primary; text-style: bold; }
    ScreenTabs > .tabs--open { text-style: bold reverse; }
    ScreenTabs > .tabs--library { text-style: italic; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tabs--program",
        "tabs--open",
        "tabs--library",
    }
    can_focus = False
    ALLOW_SELECT = False

    class Chosen(Message):
        """A screen was clicked; ``screen`` is its name in ``SCREENS``."""

        def __init__(self, screen: str) -> None:
            """About the screen of that name."""
            super().__init__()
            self.screen = screen

    def __init__(
        self,
        active: str = "",
        library: str = "",
        *,
        id: str | None = None,
    ) -> None:
        """The line with ``active`` open; ``library`` is a name of any origin."""
        super().__init__(id=id)
        self._active, self._library = active, library

    def show(self, *, active: str | None = None, library: str | None = None) -> None:
        """Change the open screen, or the name of the library, or both."""
        self._active = self._active if active is None else active
        self._library = self._library if library is None else library
        self.refresh()

    def render(self) -> Content:
        """Paint the line."""
        parts = []
        for tab in tab_line(self._active, self._library, self.size.width):
            name = f"tabs--{tab.kind}"
            styled = name in self.COMPONENT_CLASSES
            style = self.get_visual_style(name, partial=True) if styled else ""
            parts.append((tab.text, style))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Ask for the screen whose name was clicked."""
        end = 0
        for tab in tab_line(self._active, self._library, self.size.width):
            end += safe.width(tab.text)
            if event.x < end:
                if tab.screen:
                    self.post_message(self.Chosen(tab.screen))
                return
