"""The peer of the reader: a read-only TextArea over a file, with no marks in it.

Run by ``reader.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea


class Bare(App[None]):
    """A text that can be walked through."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """The text of the file that was named."""
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        area = TextArea(text, read_only=True, soft_wrap=True)
        area.cursor_blink = False  # whoever waits for quiet would wait for ever
        yield area


if __name__ == "__main__":
    Bare().run()
