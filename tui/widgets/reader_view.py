"""The reader's lines as Textual asks for them, in the styles of the theme.

Textual asks line by line; what the lines of one repaint share is looked up once.
"""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.widgets.reader_base import ReaderBase
from tui.widgets.reader_paint import Palette
from tui.widgets.reader_strips import Frame

_PREFIX = "reader--"


class ReaderView(ReaderBase, can_focus=True, inherit_bindings=False):
    """A page that can be seen."""

    def on_focus(self) -> None:
        self._forget_styles()

    def on_blur(self) -> None:
        self._forget_styles()

    def notify_style_update(self) -> None:
        """Another theme or class: no style worked out before holds."""
        super().notify_style_update()
        self._forget_styles()

    def _forget_styles(self) -> None:
        self._palette = None
        self._repaint()

    def _component(self, name: str) -> Style:
        own = self.get_component_rich_style(_PREFIX + name, partial=True)
        if own.bgcolor is None:
            return own
        # Only the whole style has the background blended with what lies below.
        whole = self.get_component_rich_style(_PREFIX + name)
        return own + Style(bgcolor=whole.bgcolor)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines of what is shown, looking up once what they share."""
        self._canvas = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one line of what is shown."""
        if self._canvas is None:
            self._canvas = self._prepared()
        frame, palette, top = self._canvas
        line, head = y + top, self._page.head
        if line < len(head):
            return self._strips.head(*head[line], frame, palette)
        row = self._page.row(line)
        if row is None:
            return Strip.blank(frame.width, palette.base)
        state = self._state
        return self._strips.row(row, state.cursor, self._range, frame, palette)

    def _prepared(self) -> tuple[Frame, Palette, int]:
        """Where things stand, how they look, and the row at the top."""
        base, palette = self.rich_style, self._palette
        if palette is None or palette.base != base:
            self._strips.clear()
            palette = Palette(base, self._component, focused=self.has_focus)
            self._palette = palette
        frame = Frame(self._text_left, self._gutter_cells, self.size.width)
        return frame, palette, self._scroll_row
