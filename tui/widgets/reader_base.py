"""What the reader is before anyone touches it: a page, layers over it, a selection.

The text is wrapped on an own page and painted line by line, because a widget that
lays out its whole text on every change is too slow from half a megabyte on. Rows
are known exactly only around what is shown, so the row number of a place may change
while one reads; what is kept is the offset at the top, and every scroll first makes
the neighbourhood exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from tui.text import graphemes
from tui.text.layers import Layer, Span
from tui.text.objects import Range
from tui.text.page import Page
from tui.text.selection import Selection
from tui.widgets.reader_frame import ReaderFrame
from tui.widgets.reader_paint import Palette
from tui.widgets.reader_strips import Frame, Strips

_GUTTERS = ((60, 5), (30, 4), (0, 2))
"""From so many cells on, so many are the gutter's: numbers, a line, a blank."""


class _Told(NamedTuple):
    """What was last said in messages."""

    cursor: int = 0
    selected: Range | None = None
    unit: str = ""
    top: int = 0
    percent: int = 0


class ReaderBase(ReaderFrame, can_focus=True, inherit_bindings=False):
    """Page, layers and selection; painted and moved by its subclasses."""

    ALLOW_SELECT = False

    text_width: reactive[int | None] = reactive(72, init=False)
    """The most cells a row of text takes; ``None`` for as many as there are."""

    centred: reactive[bool] = reactive(True, init=False)
    """Whether text narrower than the widget stands in its middle."""

    @dataclass
    class CursorMoved(Message, namespace="reader"):
        """The cursor stands on another sign; moves in quick succession count once."""

        offset: int

    @dataclass
    class SelectionChanged(Message, namespace="reader"):
        """Something else is selected; without ``start`` and ``end`` nothing."""

        start: int | None
        end: int | None
        unit: str

    @dataclass
    class Scrolled(Message, namespace="reader"):
        """Another part of the text is shown."""

        top_offset: int
        percent: int

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._text = ""
        self._language: str | None = None
        self._page = Page("", (), 1)
        self._spans: dict[str, Layer] = {}
        self._state = Selection()
        self._range: Range | None = None
        self._goal: int | None = None
        """The cell that moving by row tries to keep; ``None`` to take the cursor's."""
        self._top = 0
        """A sign of the top row; kept over resizing, so that nothing drifts."""
        self._placing = False
        self._unplaced = True
        """Whether the cursor has yet to be scrolled to, for want of a size."""
        self._strips = Strips("", self._spans)
        self._palette: Palette | None = None
        self._canvas: tuple[Frame, Palette, int] | None = None
        """What the lines painted together share."""
        self._told: _Told | None = None
        self._telling = False

    # What is shown ---------------------------------------------------------

    def load(
        self,
        text: str,
        *,
        head: Sequence[str] = (),
        language: str | None = None,
        cursor: int = 0,
    ) -> None:
        """Show another text, with ``head`` lines above it and the cursor in view.

        All layers and the selection are gone. ``language`` (ISO 639-1) is for
        sentences.
        """
        self._text, self._language = text, language
        self._page = Page(text, head, self._text_cells())
        self._spans = {}
        self._strips = Strips(text, self._spans)
        self._state = Selection(graphemes.floor(text, cursor))
        self._range = self._goal = self._told = None
        self._unplaced = True
        self._lay_out()
        self._tell_later()

    def set_layer(self, kind: str, spans: Sequence[Span] | Layer) -> None:
        """Replace the spans of ``entity``, ``annotation`` or ``hit``.

        Other kinds may be kept too: they are not drawn, but found by ``spans_at``
        and ``next_span``. Where there are very many, give a ``Layer`` that was made
        elsewhere, for this text. Annotations are drawn by ``style``: ``tag-0`` to
        ``tag-7``, or in a colour of their own.
        """
        layer = spans if isinstance(spans, Layer) else Layer.of(spans, len(self._text))
        if layer.is_same(self._spans.get(kind)):
            return
        self._spans[kind] = layer.with_lanes() if kind == "annotation" else layer
        self._repaint()

    @property
    def cursor_offset(self) -> int:
        """Where the cursor stands, in code points."""
        return self._state.cursor

    @property
    def selected(self) -> Range | None:
        """What is selected, as (start, end); ``None`` for nothing."""
        return self._range

    @property
    def selected_text(self) -> str:
        """The words selected, as they are stored."""
        return "" if self._range is None else self._text[slice(*self._range)]

    @property
    def unit(self) -> str:
        """By what one selects: char, word, sentence, paragraph, all; else empty."""
        return "" if self._state.anchor is None else self._state.unit

    @property
    def top_offset(self) -> int:
        """The first sign of the topmost text row shown."""
        return self._page.nearest(self._scroll_row).start

    @property
    def percent(self) -> int:
        """How much of the text lies above the bottom of what is shown, 0 to 100."""
        if not self._text:
            return 100
        return min(100, self._shown()[1] * 100 // len(self._text))

    def spans_at(self, offset: int, kind: str) -> list[Span]:
        """The spans of ``kind`` that hold ``offset``, smallest first."""
        layer = self._spans.get(kind)
        return [] if layer is None else layer.at(offset)

    # Where things are ------------------------------------------------------

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _columns(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _gutter_cells(self) -> int:
        return next(cells for least, cells in _GUTTERS if self._columns >= least)

    def _text_cells(self) -> int:
        # One cell stays free on the right, for the cursor behind a full row.
        room = self._columns - self._gutter_cells - 1
        return max(1, room if self.text_width is None else min(room, self.text_width))

    @property
    def _text_left(self) -> int:
        """The cell at which text begins."""
        spare = self._columns - self._gutter_cells - self._page.width - 1
        return self._gutter_cells + (max(0, spare) // 2 if self.centred else 0)

    @property
    def _scroll_row(self) -> int:
        return self.scroll_offset.y

    def _shown(self) -> Range:
        """The offsets of the text shown, end exclusive."""
        first = self._page.nearest(self._scroll_row)
        last = self._page.nearest(self._scroll_row + max(1, self._height) - 1)
        return first.start, last.next

    def _y_of(self, offset: int) -> int:
        """The row of ``offset``; what is shown stays, should rows have been added."""
        before = self._page.rows
        y = self._page.y_of(offset)
        if self._page.rows != before:
            self._keep_top()
            y = self._page.y_of(offset)
        return y

    # Laying out and scrolling ----------------------------------------------

    def _lay_out(self) -> None:
        if self._columns < 1 or self._height < 1:
            return
        if self._page.width != self._text_cells():
            self._page.resize(self._text_cells())
        if self._unplaced:
            self._unplaced = False
            self._scroll_row_to(0)
            if self._state.cursor:
                self._reveal(self._state.cursor)
        else:
            self._keep_top()
        self._settle()
        self._repaint()

    def _keep_top(self) -> None:
        """Scroll so that what stood in the top row stands there again."""
        y = self._scroll_row
        if self._top > 0 or y >= len(self._page.head):
            y = self._page.y_of(self._top)
        self._scroll_row_to(y)

    def _scroll_row_to(self, y: int) -> None:
        placing, self._placing = self._placing, True
        self._fit_rows()
        self.scroll_to(y=max(0, y), animate=False, force=True)
        self._placing = placing

    def _fit_rows(self) -> None:
        size = Size(max(1, self._columns), self._page.rows)
        old = self.virtual_size
        if size == old:
            return
        has_bar = size.height > self.container_size.height
        if size.width != old.width or has_bar != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        # Rows become known while one reads on. Textual would lay out the whole
        # screen anew for that, where nothing changes but the thumb of the bar.
        self.set_reactive(ReaderBase.virtual_size, size)
        if has_bar:
            self.vertical_scrollbar.window_virtual_size = size.height

    def _settle(self) -> None:
        """Make the rows around exact, and remember what stands at the top."""
        y = self._scroll_row
        settled = self._page.settled(y, max(1, self._height))
        if settled != y or self._page.rows != self.virtual_size.height:
            self._scroll_row_to(settled)
        row = self._page.row(self._scroll_row)
        if row is None:
            self._top = 0
        elif not row.start <= self._top < row.next:
            self._top = row.start
        self._tell_later()

    def _reveal(self, offset: int) -> None:
        """Scroll as little as needed to show ``offset``; far off, with its context."""
        height = self._height
        if height < 1:
            self._unplaced = True
            return
        y, top = self._y_of(offset), self._scroll_row
        if y == len(self._page.head) < height:
            target = 0
        elif top <= y < top + height:
            return
        elif abs(y - top) > 2 * height:
            target = y - height // 3
        else:
            target = y if y < top else y - height + 1
        self._scroll_row_to(target)
        self._settle()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whatever scrolled: first make exact what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        if not self._placing:
            self._settle()

    def watch_text_width(self) -> None:
        self._lay_out()

    def watch_centred(self) -> None:
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    # Telling -----------------------------------------------------------------

    def _tell_later(self) -> None:
        """Post what has changed once the keys already waiting are dealt with."""
        if self.is_running:
            self.retitle()
        if not self._telling and self.is_running:
            self._telling = True
            self.call_later(self._tell)

    def _tell(self) -> None:
        self._telling = False
        now = _Told(self._state.cursor, self._range, self.unit, self._top, self.percent)
        old, self._told = self._told, now
        if old is None or old.cursor != now.cursor:
            self.post_message(self.CursorMoved(now.cursor))
        if (old or _Told())[1:3] != now[1:3]:
            start, end = now.selected or (None, None)
            self.post_message(self.SelectionChanged(start, end, now.unit))
        if old is None or old[3:] != now[3:]:
            self.post_message(self.Scrolled(now.top, now.percent))

    def _repaint(self) -> None:
        self._canvas = None
        self._strips.clear()
        self.refresh()
