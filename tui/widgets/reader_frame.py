"""The reader's border: what stands in it changes with the text, in one repaint."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.scroll_view import ScrollView

from tui.widgets.plain import set_title


class ReaderFrame(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolled view whose border says where in it one is."""

    _border: tuple[str, str] | None = None
    _retitling: tuple[Region, ...] = ()

    def describe(self) -> tuple[str, str] | None:
        """What is to stand in the border above and below, if a subclass knows."""
        return None

    def retitle(self) -> None:
        """Bring the border up to date in the repaint that is due anyway.

        Textual paints the whole widget again for another title; here only the lines
        of the border are.
        """
        border, old = self.describe(), self._border or (None, None)
        if border is not None and border != old:
            lines = zip(self._border_lines(), border, old, strict=True)
            self._retitling = tuple(line for line, new, was in lines if new != was)
            self._border = border
            set_title(self, border[0], subtitle=border[1])
            self._retitling = ()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint again; while the border is changed, only that."""
        return super().refresh(
            *(self._retitling or regions),
            repaint=repaint,
            layout=layout,
            recompose=recompose,
        )

    def _border_lines(self) -> tuple[Region, Region]:
        """The lines of the border, counted from where the content begins."""
        (left, top), size = self.content_offset, self.outer_size
        line = Region(-left, -top, size.width, 1)
        return line, line.translate((0, size.height - 1))
