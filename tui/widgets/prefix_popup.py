"""Keys pressed one after the other, and the box that says what may follow.

``PrefixKeys`` is the state machine, pure and without a clock. ``PrefixPopup`` is
the box: it appears when the second key takes longer than a moment, so that those
who know the keys never see it. The screen hands it every key before its bindings:

    async def on_key(self, event: events.Key) -> None:
        await self.query_one(PrefixPopup).take(event)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from store import safe
from tui.keys import NUMBER, Choice, sequences, show_key, show_way
from tui.keys_run import actions_of, perform, place_of
from tui.keys_table import ACTIONS, Action

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

DELAY = 0.3
"""Seconds before the box appears."""

_MAX_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Pending:
    """More keys are awaited."""

    pressed: str
    """What was pressed so far, as shown."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A sequence is complete."""

    action: Action
    number: int | None = None
    """The number typed, where the sequence has one."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The key ended a sequence that it does not continue; it does nothing else."""


class PrefixKeys:
    """Which sequence is being pressed at a place."""

    def __init__(self, where: str, actions: Iterable[Action] = ACTIONS) -> None:
        """Know the sequences of ``where`` in the table ``actions``."""
        self._ways = sequences(where, actions)
        self._pressed: tuple[str, ...] = ()
        self._digits = ""

    def reset(self) -> None:
        """Forget what was pressed."""
        self._pressed, self._digits = (), ""

    def feed(self, key: str) -> Finished | Pending | Dropped | None:
        """Take one key, named as in the declaration (see ``key_name``).

        ``None``: no sequence is being pressed and the key begins none, so it is
        free for the bindings.
        """
        if key.isdecimal() and key.isascii() and self._awaits_number():
            self._digits = (self._digits + key)[:_MAX_DIGITS]
            return self._pending()
        pressed = self._pressed
        if self._digits:
            pressed = (*pressed, NUMBER)
        began, pressed = bool(pressed), (*pressed, key)
        action = self._ways.get(pressed)
        if action is not None:
            number = int(self._digits) if self._digits else None
            self.reset()
            return Finished(action, number)
        if any(way[: len(pressed)] == pressed for way in self._ways):
            self._pressed = pressed
            return self._pending()
        self.reset()
        return Dropped() if began else None

    def _awaits_number(self) -> bool:
        wanted = (*self._pressed, NUMBER)
        return any(way[: len(wanted)] == wanted for way in self._ways)

    def _pending(self) -> Pending:
        begun = (*self._pressed, NUMBER) if self._digits else self._pressed
        choices = tuple(
            Choice(show_way(way[len(begun) :]), action.description, action.id)
            for way, action in self._ways.items()
            if way[: len(begun)] == begun
        )
        shown = "".join(show_key(key) for key in self._pressed) + self._digits
        return Pending(shown, choices)


def key_name(key: str, character: str | None) -> str:
    """A key event's key as the declaration writes it: ``]``, not its long name."""
    if character is None or len(character) != 1 or "+" in key:
        return key
    return character if character.isprintable() and character != " " else key


class PrefixPopup(Widget):
    """The box listing what may follow; hidden most of the time."""

    DEFAULT_CSS = """
    PrefixPopup {
        display: none;
        overlay: screen;
        dock: bottom;
        width: auto;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        margin: 0 1 1 1;
        padding: 0 1;
        border: round $primary;
        background: $panel;
        color: $foreground;
    }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        """A hidden box; it reads the place of its screen when it is mounted."""
        super().__init__(id=id)
        self._keys = PrefixKeys("everywhere", ())
        self._awaited: Pending | None = None
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Learn the sequences of the screen."""
        self._keys = PrefixKeys(place_of(self.screen), actions_of(self.app))

    async def take(self, event: events.Key) -> bool:
        """Take a key if it belongs to a sequence, and run what it completes.

        Such a key is stopped: no binding sees it. False: the key is not ours.
        """
        outcome = self._keys.feed(key_name(event.key, event.character))
        if outcome is None:
            return False
        event.stop()
        event.prevent_default()
        self._hide()
        if isinstance(outcome, Pending):
            self._awaited = outcome
            self._timer = self.set_timer(DELAY, self.reveal)
        elif isinstance(outcome, Finished):
            number = () if outcome.number is None else (outcome.number,)
            await perform(self.screen, outcome.action, *number)
        return True

    def reveal(self) -> None:
        """Show the box now, if a key is awaited."""
        if self._awaited is not None:
            self.display = True
            self.refresh(layout=True)

    def _hide(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._awaited = None
        self.display = False

    def render(self) -> Content:
        """The keys that may follow and what they do, one row each."""
        if self._awaited is None:
            return Content("")
        rows = [(choice.key, choice.description) for choice in self._awaited.choices]
        width = max((safe.width(key) for key, _ in rows), default=0)
        parts: list[str | tuple[str, str]] = [(f"{self._awaited.pressed} …", "bold")]
        for key, description in rows:
            parts += [
                ("\n" + safe.fit(key, width), "bold"),
                "  " + safe.line(description),
            ]
        return Content.assemble(*parts)
