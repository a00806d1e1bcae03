"""How a list looks: which of its lines are painted, where, and in which styles.

``VirtualList`` adds what it does. State is never told by colour alone: the cursor
is ``▌`` and reverse video, a marked row has ``✓``, a found part is bold and
underlined.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from tui.widgets import painting
from tui.widgets.columns import Column, Row
from tui.widgets.empty import laid_out
from tui.widgets.paging import Fetch, Pages

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

STRIPS = 500
"""Painted lines kept: several screens full."""

WHEEL = 3
"""Lines a turn of the wheel moves the view, or the next whole row."""


class PaintedList(ScrollView, can_focus=True, inherit_bindings=False):
    """The lines of a list over ids: titles, rows of one or two lines, or a text."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--header",
        "list--cursor",
        "list--cursor-blurred",
        "list--match",
        "list--muted",
        "list--strong",
        "list--second",
        "list--empty",
    }

    DEFAULT_CSS = """
    PaintedList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .list--header { color: $text-muted; text-style: underline; }
        & > .list--cursor { text-style: reverse; }
        & > .list--cursor-blurred { text-style: bold; background: $panel; }
        & > .list--match { color: $text-warning; text-style: bold underline; }
        & > .list--muted { color: $text-muted; }
        & > .list--strong { text-style: bold; }
        & > .list--second { color: $text-muted; }
        & > .list--empty { color: $text-muted; }
    }
    """

    def __init__(
        self,
        fetch: Fetch,
        columns: Sequence[Column],
        *,
        row_height: int = 1,
        markable: bool = True,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """A list that shows ``columns`` of the rows ``fetch`` gives.

        ``fetch`` is called on the screen's thread while it paints and must answer
        within a few milliseconds for a page of ids; it should not raise.
        ``row_height`` is 1 or 2 lines; ``empty`` is shown when there is no row.
        """
        super().__init__(id=id, classes=classes)
        self._pages = Pages(fetch)
        self._columns = tuple(columns)
        self._row_height = row_height
        self._markable = markable
        self._empty = empty
        self._ids: array[int] = array("q")
        self._marks: set[int] = set()
        self._cursor = -1
        self._brush = painting.Brush(Style.null(), self._named)
        self._strips: dict[tuple[object, ...], Strip] = {}

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of rows that ``fetch`` gives from now on."""
        self._columns = tuple(columns)
        self._update_extent()
        self.refresh_rows()

    def set_row_height(self, lines: int) -> None:
        """One or two lines a row."""
        self._row_height = lines
        self._strips.clear()
        self._update_extent()
        self._show_cursor()
        self.refresh()

    def set_empty(self, text: str) -> None:
        """What stands there when there is no row."""
        self._empty = text
        self.refresh()

    def refresh_rows(self) -> None:
        """Forget the fetched rows and ask again for what is shown."""
        self._forget()
        self.refresh()

    def row_at(self, index: int) -> Row | None:
        """The row at a place, from 0; ``None`` if ``fetch`` does not know it."""
        return self._pages.row(self._ids, index)

    @property
    def cursor_index(self) -> int:
        """Which row the cursor stands on, from 0; -1 in an empty list."""
        return self._cursor

    @property
    def last_index(self) -> int:
        """The place of the last row; -1 in an empty list."""
        return len(self._ids) - 1

    def can_land(self, index: int) -> bool:
        """Whether the cursor may stand there; lists with headings say no for them."""
        return True

    # Geometry --------------------------------------------------------------

    @property
    def page_rows(self) -> int:
        """Rows that are seen at once."""
        return max(1, self._view_height // self._row_height)

    @property
    def _head(self) -> int:
        """Lines the titles take: none in a pane too low to spare one."""
        titled = any(column.title for column in self._columns)
        return 1 if titled and self.size.height > 4 else 0

    @property
    def _view_height(self) -> int:
        return max(0, self.size.height - self._head)

    def index_at(self, y: int) -> int:
        """The row that is painted ``y`` cells below the top; -1 if there is none."""
        if y < self._head:
            return -1
        index = (y - self._head + self.scroll_offset.y) // self._row_height
        return index if index < len(self._ids) else -1

    def _update_extent(self) -> None:
        lines = len(self._ids) * self._row_height
        if lines:
            # Room below the last row, so that the view can start with a whole one.
            lines += self._head + self._view_height % self._row_height
        self.virtual_size = Size(1, lines)

    def _show_cursor(self) -> None:
        """Scroll so that the cursor's row, and a heading above it, is seen."""
        if self._cursor < 0 or not self._view_height:
            return
        heading = self._cursor > 0 and not self.can_land(self._cursor - 1)
        top = (self._cursor - heading) * self._row_height
        bottom = (self._cursor + 1) * self._row_height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + self._view_height:
            rows = -(-(bottom - self._view_height) // self._row_height)
            self.scroll_to(y=rows * self._row_height, animate=False)

    def _refresh_row(self, index: int) -> None:
        line = index * self._row_height - self.scroll_offset.y
        if index >= 0 and -self._row_height < line < self._view_height:
            width = max(1, self.size.width)
            self.refresh(Region(0, line + self._head, width, self._row_height))

    def on_resize(self) -> None:
        """Keep the cursor in sight when the pane changes."""
        self._update_extent()
        self._show_cursor()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self._refresh_row(self._cursor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the view, not the cursor."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the view, not the cursor."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        event.stop()
        event.prevent_default()
        lines = -(-WHEEL // self._row_height) * self._row_height
        self.scroll_to(y=self.scroll_offset.y + direction * lines, animate=False)

    # Painting --------------------------------------------------------------

    @property
    def cursor_style(self) -> str:
        """The style of the cursor's row; ``""`` where no cursor is shown."""
        return "cursor" if self.has_focus else "cursor-blurred"

    def _named(self, name: str) -> Style:
        missing = self._brush.base
        return self.get_component_rich_style(f"list--{name}", default=missing)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines, with the styles as they are now."""
        base = self.rich_style
        if base != self._brush.base:
            self._strips.clear()
            self._brush = painting.Brush(base, self._named)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint the line ``y`` cells below the top of the pane."""
        width = self.scrollable_content_region.width
        if not self._ids:
            lines = laid_out(self._empty, width, self.size.height)
            text = lines[y] if y < len(lines) else ""
            return painting.text_line(text, width, self._named("empty"))
        if y < self._head:
            gutter = 2 if self._markable else 1
            return painting.header(self._columns, gutter, width, self._brush)
        index = self.index_at(y)
        if index < 0:
            return painting.text_line("", width, self._brush.base)
        part = (y - self._head + self.scroll_offset.y) % self._row_height
        return self._row_line(index, part, width)

    def _row_line(self, index: int, part: int, width: int) -> Strip:
        name = self.cursor_style if index == self._cursor else ""
        sign = painting.BAR if name else " "
        if self._markable:
            is_marked = part == 0 and self._ids[index] in self._marks
            sign += painting.TICK if is_marked else " "
        # Textual keeps what it works out about a strip in the strip, so the same
        # strip again makes scrolling a third cheaper than an equal one.
        key = (index, part, width, name, sign)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= STRIPS:
                self._strips.clear()
            strip = self._strips[key] = painting.row_line(
                self.row_at(index),
                part,
                columns=self._columns,
                sign=sign,
                width=width,
                brush=self._brush,
                cursor=self._named(name) if name else None,
            )
        return strip

    def notify_style_update(self) -> None:
        """Paint anew when the theme or the style sheet changed."""
        super().notify_style_update()
        self._strips.clear()

    def _forget(self) -> None:
        """Drop rows and lines that may have changed."""
        self._pages.forget()
        self._strips.clear()
