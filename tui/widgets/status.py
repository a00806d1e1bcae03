"""The last line of the screen: hints, what is going on, what happened last.

What stands where is decided by ``footer_text``, which is pure: hints that do not
fit are left out whole from the right, help and commands stay at the right edge,
and the line is never wider than the screen. The widget only paints and clicks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store import safe
from tui.keys import ACTIONS, Action, Hint, edge_hints, hints

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

Kind = Literal["gap", "key", "word", "message", "error", "progress"]

SECONDS = 4.0
"""How long a confirmation stays; errors stay until something else is said."""

_MIN_MESSAGE = 24
"""Cells a message may claim before hints and progress get any."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of cells of the line."""

    text: str
    """Safe to show."""
    kind: Kind
    action: str = ""
    """Id of the action that a click on it runs, if any."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is."""

    what: str
    """``import``, ``entities``."""
    done: int
    total: int | None = None
    """``None`` while it is not known how much there is."""
    rate: float | None = None
    """Items a second."""
    left: float | None = None
    """Seconds that remain."""


def footer_text(
    offered: Iterable[Hint],
    width: int,
    right: Iterable[Hint] = (),
    *,
    message: str = "",
    error: bool = False,
    progress: Progress | None = None,
) -> list[Piece]:
    """The pieces of a line of exactly ``width`` cells (fewer only below a few).

    From the left: one blank, the message, as many hints as fit; then at the right
    edge the progress in the longest form that fits, and ``right``, of which the
    last hint goes last. ``message`` may be any string.
    """
    closing = _closing(tuple(right), width)
    room = width - 1 - _cells(closing)
    opening: list[Piece] = [Piece(" ", "gap")] if width > 0 else []
    if message and room > 2:
        limit = max(min(room - 2, _MIN_MESSAGE), room - 2 - _shortest(progress))
        text = safe.line(message, limit)
        opening += [Piece(text, "error" if error else "message"), Piece("  ", "gap")]
        room -= safe.width(text) + 2
    wanted = tuple(offered)
    shown = _fitting(progress, room // 2 if wanted else room, room)
    if shown:
        closing = [Piece(shown, "progress"), Piece("  ", "gap"), *closing]
        room -= safe.width(shown) + 2
    opening += _hints(wanted, room)
    blank = width - _cells(opening) - _cells(closing)
    return [*opening, Piece(" " * max(0, blank), "gap"), *closing]


def _hints(offered: tuple[Hint, ...], room: int) -> list[Piece]:
    """Hints in ``room`` cells: roomy, else close, else without the last ones."""
    for gap in ("  ", " "):
        pieces = _row(offered, gap)
        if _cells(pieces) + 1 <= room:
            return pieces
    while offered and _cells(_row(offered, " ")) + 1 > room:
        offered = offered[:-1]
    return _row(offered, " ")


def _row(row: tuple[Hint, ...], gap: str) -> list[Piece]:
    pieces: list[Piece] = []
    for hint in row:
        if pieces:
            pieces.append(Piece(gap, "gap"))
        pieces.append(Piece(safe.line(hint.key), "key", hint.id))
        pieces.append(Piece(" " + safe.line(hint.word), "word", hint.id))
    return pieces


def _closing(right: tuple[Hint, ...], width: int) -> list[Piece]:
    """What stands at the right edge, shortened from the left on tiny screens."""
    while right:
        pieces = [*_row(right, "  "), Piece(" ", "gap")]
        if _cells(pieces) < width:
            return pieces
        right = right[1:]
    return []


def _cells(pieces: Iterable[Piece]) -> int:
    return sum(safe.width(piece.text) for piece in pieces)


def progress_forms(progress: Progress) -> tuple[str, ...]:
    """The progress in words, longest form first."""
    what = safe.line(progress.what, 20)
    done = f"{progress.done:,}"
    if progress.total is not None:
        of_all = f"{what} {done} of {progress.total:,}"
        short = f"{100 * progress.done // max(1, progress.total)} %"
    else:
        of_all, short = f"{what} {done}", done
    rate = "" if progress.rate is None else f" · {_rate(progress.rate)}"
    left = "" if progress.left is None else f" · {duration(progress.left)} left"
    forms = (of_all + rate + left, of_all + left, of_all, f"{what} {short}", short)
    return tuple(dict.fromkeys(forms))


def _rate(per_second: float) -> str:
    if per_second >= 10:
        return f"{per_second:,.0f}/s"
    return f"{per_second:.1f}/s" if per_second >= 1 else f"{per_second * 60:.0f}/min"


def duration(seconds: float) -> str:
    """A time that remains, in one or two units: ``36 s``, ``4 min``, ``2 h 5 min``."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    minutes = (whole + 30) // 60
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _fitting(progress: Progress | None, share: int, room: int) -> str:
    """The longest form of the progress in ``share`` cells; at need the shortest."""
    if progress is None:
        return ""
    forms = progress_forms(progress)
    fitting = (form for form in forms if safe.width(form) + 2 <= share)
    shortest = forms[-1] if safe.width(forms[-1]) + 2 <= room else ""
    return next(fitting, shortest)


def _shortest(progress: Progress | None) -> int:
    return 0 if progress is None else safe.width(progress_forms(progress)[-1]) + 2


class Status(Widget):
    """The footer. It shows what it is told and knows nothing else."""

    DEFAULT_CSS = """
    Status {
        dock: bottom;
        height: 1;
        width: 100%;
        background: $footer-background;
        color: $footer-foreground;
    }
    Status > .status--key { color: $footer-key-foreground; text-style: bold; }
    Status > .status--message { color: $text-success; text-style: bold; }
    Status > .status--error { color: $text-error; text-style: bold reverse; }
    Status > .status--progress { color: $foreground; text-style: italic; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--key",
        "status--message",
        "status--error",
        "status--progress",
    }
    can_focus = False
    ALLOW_SELECT = False

    class Chosen(Message):
        """A hint was clicked; ``action`` is the id of its action."""

        def __init__(self, action: str) -> None:
            """About the action of that id."""
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        """An empty footer."""
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._right: tuple[Hint, ...] = ()
        self._message, self._error = "", False
        self._progress: Progress | None = None
        self._timer: Timer | None = None

    def show_place(self, where: str, actions: Iterable[Action] = ACTIONS) -> None:
        """Show the hints of a place or a state of it, such as ``reader-selecting``."""
        table = tuple(actions)
        self._hints, self._right = hints(where, table), edge_hints(where, table)
        self.refresh()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far long work is; ``None`` when it is done."""
        self._progress = progress
        self.refresh()

    def say(self, message: str, *, error: bool = False) -> None:
        """Show what happened. An error stays until ``clear`` or the next message."""
        self.clear()
        self._message, self._error = message, error
        if message and not error:
            self._timer = self.set_timer(SECONDS, self.clear)

    def clear(self) -> None:
        """Take the message away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._message, self._error = "", False
        self.refresh()

    @property
    def message(self) -> str:
        """The message shown now, as it was given; empty when there is none."""
        return self._message

    def pieces(self) -> list[Piece]:
        """The line as it stands, at the width the widget has."""
        return footer_text(
            self._hints,
            self.size.width,
            self._right,
            message=self._message,
            error=self._error,
            progress=self._progress,
        )

    def render(self) -> Content:
        """Paint the line."""
        parts = []
        for piece in self.pieces():
            styled = f"status--{piece.kind}" in self.COMPONENT_CLASSES
            style = (
                self.get_visual_style(f"status--{piece.kind}", partial=True)
                if styled
                else ""
            )
            parts.append((piece.text, style))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Run the hint that was clicked; a click on a message takes it away."""
        piece = piece_at(self.pieces(), event.x)
        if piece is None:
            return
        if piece.action:
            self.post_message(self.Chosen(piece.action))
        elif piece.kind in ("message", "error"):
            self.clear()


def piece_at(pieces: Iterable[Piece], column: int) -> Piece | None:
    """The piece that covers a column, counted from 0."""
    end = 0
    for piece in pieces:
        end += safe.width(piece.text)
        if column < end:
            return piece
    return None
