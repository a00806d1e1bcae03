"""An app with nothing but a reader, for the tests of the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot

from tui import themes
from tui.widgets.reader import Reader, Span

TEXT = (
    "The harbour plan failed again on Monday. Nobody at the port could say why, "
    "and the ministry would not answer.\n"
    "\n"
    "“We waited for an hour,” said Ana Reis. She left at noon.\n"
    "日本語の記事です。次の文もあります。\n"
    "The end."
)
HEAD = ("A harbour waits", "Daily · 2026-01-30 · 40 words")
LEFT = 5
"""Cells of the gutter in front of the text."""
LONG = "\n".join(f"Paragraph {n} tells of what happened that day." for n in range(300))
KEYS = {
    "down": "cursor_down",
    "up": "cursor_up",
    "right": "char_right",
    "left": "char_left",
    "w": "word_next",
    "b": "word_previous",
    "right_parenthesis": "sentence_next",
    "left_parenthesis": "sentence_previous",
    "right_curly_bracket": "paragraph_next",
    "left_curly_bracket": "paragraph_previous",
    "0": "row_start",
    "dollar_sign": "row_end",
    "g": "document_start",
    "G": "document_end",
    "pagedown": "page_down",
    "pageup": "page_up",
    "ctrl+d": "half_page_down",
    "ctrl+u": "half_page_up",
    "v": "select_more",
    "V": "select_less",
    "percent_sign": "swap_ends",
    "semicolon": "drop_selection",
    "shift+right": "extend_right",
    "shift+left": "extend_left",
    "shift+down": "extend_down",
    "shift+up": "extend_up",
    "ctrl+shift+right": "extend_word_right",
    "ctrl+shift+left": "extend_word_left",
    "1": "select_word",
    "2": "select_sentence",
    "3": "select_paragraph",
}


class Desk(App[None]):
    """An app with nothing but a reader, and every action on a key."""

    BINDINGS = [  # noqa: RUF012 -- as Textual declares it
        Binding(key, f"focused.{action}") for key, action in KEYS.items()
    ]

    def __init__(self, text: str, head: Iterable[str] = (), cursor: int = 0) -> None:
        super().__init__()
        self.reader = Reader()
        self.reader.load(text, head=tuple(head), language="en", cursor=cursor)
        self.said: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.variables(dark=self.current_theme.dark)

    def compose(self) -> ComposeResult:
        yield self.reader

    def on_reader_cursor_moved(self, event: Reader.CursorMoved) -> None:
        self.said.append(event)

    def on_reader_selection_changed(self, event: Reader.SelectionChanged) -> None:
        self.said.append(event)

    def on_reader_span_opened(self, event: Reader.SpanOpened) -> None:
        self.said.append(event)


@asynccontextmanager
async def desk(
    text: str = TEXT,
    *,
    head: Iterable[str] = (),
    cursor: int = 0,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[tuple[Reader, Pilot[None]]]:
    app = Desk(text, head, cursor)
    async with app.run_test(size=size) as pilot:
        app.reader.centred = False
        await pilot.pause()
        yield app.reader, pilot


def said(reader: Reader) -> list[Message]:
    app = reader.app
    assert isinstance(app, Desk)
    return app.said


def segments(reader: Reader) -> list[list[Segment]]:
    height = reader.size.height
    return [
        list(s) for s in reader.render_lines(Region(0, 0, reader.size.width, height))
    ]


def lines(reader: Reader) -> list[str]:
    return ["".join(s.text for s in line).rstrip() for line in segments(reader)]


def worn(reader: Reader, attribute: str) -> str:
    """The text on the screen that is bold, underlined or reversed."""
    return "".join(
        segment.text
        for line in segments(reader)
        for segment in line
        if segment.style is not None and getattr(segment.style, attribute)
    )


def named(text: str, *words: tuple[str, str]) -> list[Span]:
    return [
        Span(text.index(word), text.index(word) + len(word), n, style, n)
        for n, (word, style) in enumerate(words, 1)
    ]


async def drag(
    pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]
) -> None:
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
