"""The reader: a document on its page, read and selected by keyboard and mouse.

Keys are not bound here but call the ``action_`` methods; the widget knows neither
the library nor any key. The text is given whole by ``load``, what lies over it by
``set_layer``; what the reader does comes out as messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from tui.text.layers import Span
from tui.text.objects import Unit
from tui.text.selection import Selection, move, of_unit
from tui.widgets.reader_actions import ReaderActions
from tui.widgets.reader_styles import COMPONENTS, STYLES

__all__ = ["Reader", "Span"]

_WHEEL_ROWS = 3
_SCROLL_EVERY = 0.05
_UNITS_OF_PRESSES: tuple[Unit, ...] = ("char", "word", "paragraph")
_OPENED = ("annotation", "entity")
"""Kinds of spans that a click opens; annotations first."""


@dataclass(frozen=True, slots=True)
class _Press:
    """A button held down: where, on which sign, which press of a quick row it is."""

    place: Offset
    offset: int
    count: int
    time: float


class Reader(ReaderActions, can_focus=True, inherit_bindings=False):
    """A text with entities, annotations and hits, a cursor and a selection."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = STYLES

    @dataclass
    class SpanOpened(Message, namespace="reader"):
        """An annotation or entity was clicked, in the text or in the gutter."""

        kind: str
        ref: int

    _press: _Press | None = None
    _last_press: _Press | None = None
    _dragged = False
    _pointer = Offset(0, 0)
    _scrolling: Timer | None = None
    _opening: Timer | None = None

    # Pressing --------------------------------------------------------------

    def _offset_under(self, place: Offset) -> int:
        """The sign under a place of the widget, clamped into what is shown."""
        y = min(max(place.y, 0), max(0, self._height - 1))
        return self._page.offset_at(y + self._scroll_row, place.x - self._text_left)

    def _pressed(self, event: events.MouseDown) -> _Press:
        """Count presses that follow one another quickly on one cell."""
        place = event.get_content_offset_capture(self)
        last, count = self._last_press, 1
        quick = self.app.CLICK_CHAIN_TIME_THRESHOLD
        if last and last.place == place and event.time - last.time <= quick:
            count = last.count % len(_UNITS_OF_PRESSES) + 1
        return _Press(place, self._offset_under(place), count, event.time)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor down; shift extends, a second press takes the word."""
        if event.button != 1 or self._height < 1:
            return
        event.stop()
        self.capture_mouse()
        press = self._press = self._last_press = self._pressed(event)
        self._pointer, self._dragged = press.place, False
        if event.shift:
            self._dragged = True
            anchor = self._state.anchor
            start = self._state.cursor if anchor is None else anchor
            state = Selection(press.offset, start, self._state.unit)
        elif press.count > 1:
            unit = _UNITS_OF_PRESSES[press.count - 1]
            state = of_unit(Selection(press.offset), unit)
        else:
            state = Selection(press.offset)
        self._apply(state, reveal=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """With the button held: select up to the pointer, scroll beyond the edge."""
        if self._press is None:
            return
        event.stop()
        self._pointer = event.get_content_offset_capture(self)
        self._follow_pointer()
        if 0 <= self._pointer.y < self._height:
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = self.set_interval(_SCROLL_EVERY, self._scroll_on)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """What is selected stays; a press that selected nothing was a click."""
        press = self._press
        if press is None:
            return
        event.stop()
        self._let_go()
        if not self._dragged and press.count == 1:
            self._open_soon(press)

    def on_mouse_release(self, event: events.MouseRelease) -> None:
        """Another widget or a dialog took the mouse."""
        self._press = None
        self._stop_scrolling()

    def on_unmount(self) -> None:
        """A timer must not outlive the widget."""
        self._stop_scrolling()
        self._open_nothing()

    def _let_go(self) -> None:
        self._press = None
        self._stop_scrolling()
        self.release_mouse()

    # Dragging --------------------------------------------------------------

    def _follow_pointer(self) -> None:
        press = self._press
        if press is None:
            return
        offset = self._offset_under(self._pointer)
        if not self._dragged and offset == press.offset:
            return
        self._dragged = True
        if self._state.anchor is None:
            self._apply(Selection(offset, press.offset), reveal=False)
        else:
            self._apply(move(self._state, self._text, offset), reveal=False)

    def _scroll_on(self) -> None:
        """While the pointer is held beyond an edge: scroll, faster farther out."""
        y = self._pointer.y
        beyond = y if y < 0 else y - self._height + 1
        self._scroll_rows(beyond)
        self._follow_pointer()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def _scroll_rows(self, rows: int) -> None:
        self.scroll_to(y=self._scroll_row + rows, animate=False, force=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Wheel: three rows on; the cursor stays."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Wheel: three rows back; the cursor stays."""
        self._wheel(event, -_WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_rows(rows)
        self._follow_pointer()

    # Clicking --------------------------------------------------------------

    def _open_soon(self, press: _Press) -> None:
        """Open what was clicked; in the text not before a second press would have
        come, which takes the word."""
        found = self._clicked(press)
        if found is None:
            return
        if press.place.x < self._text_left:
            self.post_message(found)
            return
        wait = self.app.CLICK_CHAIN_TIME_THRESHOLD
        self._opening = self.set_timer(wait, lambda: self.post_message(found))

    def _open_nothing(self) -> None:
        if self._opening is not None:
            self._opening.stop()
            self._opening = None

    def _apply(self, state: Selection, *, reveal: bool = True) -> None:
        """Who moves on after a click does not want to open anything."""
        self._open_nothing()
        super()._apply(state, reveal=reveal)

    def _clicked(self, press: _Press) -> SpanOpened | None:
        """Which annotation or entity was clicked, if any."""
        row = self._page.row(press.place.y + self._scroll_row)
        if row is None:
            return None
        if press.place.x < self._text_left:
            notes = self._spans.get("annotation")
            found = notes.touching(row.start, row.end) if notes else []
            # The number beside a row is that of what begins there.
            found.sort(key=lambda span: span.start < row.start)
            return self.SpanOpened("annotation", found[0].ref) if found else None
        for kind in _OPENED:
            for span in self.spans_at(press.offset, kind):
                return self.SpanOpened(kind, span.ref)
        return None
