"""The peer of the first paint: the least a Textual program with a list can be.

Run by ``first_paint.py``; shows the lines of a file in an OptionList over a Footer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, OptionList


class Bare(App[None]):
    """A list and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """The lines of the file that was named."""
        lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        yield OptionList(*lines, markup=False)
        yield Footer()


if __name__ == "__main__":
    Bare().run()
