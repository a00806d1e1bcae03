"""Keys typed ahead: what one key does is over before the next is looked at.

Textual hands a key to whatever has the focus when the key arrives, although what an
earlier key began may still be on its way: a line to type in that opens, a dialog, a
tag that is taken. Over a slow line keys come in bunches, and ``/`` with a word behind
it would then be a row of commands. Here a key waits for the one before it.

How it is known that a key is over: a message goes the same way behind it, from widget
to widget, and every widget deals with its messages in their order. What the key sent
on its way is followed by a second round and a third.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

_ROUNDS = 3
"""A field tells its line, the line tells the screen, the screen moves the focus."""

_PATIENCE = 0.5
"""Seconds after which a key that waits is let through whatever became of the one
before: its widget may be gone, and the messages in it."""


@dataclass
class Behind(Message):
    """Goes the way of a key behind it."""

    key: int
    """Number of the key."""
    rounds: int
    """How often the way is still to be gone, this time included."""


class OneKeyAtATime(App[None], inherit_bindings=False):
    """An application in which a key waits until the one before it is over."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_ahead: deque[events.Key] = deque()
        self._key_number = 0
        self._key_is_on = False
        self._key_screen: Screen[Any] | None = None
        self._opening: Widget | None = None

    def hold_keys(self, widget: Widget) -> None:
        """Let no key through until ``widget``, just mounted, has taken the focus."""
        self._opening = widget
        widget.call_after_refresh(self._opened, widget)

    def _opened(self, widget: Widget) -> None:
        if self._opening is widget:
            self._opening = None
            self.call_later(self._key_over, self._key_number)

    async def on_event(self, event: events.Event) -> None:
        """A key that comes from the terminal waits its turn."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys_ahead.append(event)
        if not self._key_is_on:
            await self._take_key()
        elif len(self._keys_ahead) == 1:
            number = self._key_number
            self.set_timer(_PATIENCE, lambda: self.call_later(self._give_up, number))

    async def _take_key(self) -> None:
        self._key_is_on = True
        self._key_number += 1
        self._key_screen = self.screen
        way = self.focused or self.screen
        await super().on_event(self._keys_ahead.popleft())
        self._follow(way, Behind(self._key_number, _ROUNDS))

    def _follow(self, way: Widget, behind: Behind) -> None:
        if not way.is_attached or not way.post_message(behind):
            self.call_later(self._key_over, behind.key)

    @on(Behind)
    def _came(self, behind: Behind) -> None:
        """The message behind a key has arrived where the keys end."""
        if behind.key != self._key_number:
            return
        screen = self.screen
        if screen is not self._key_screen:
            number = behind.key
            screen.call_after_refresh(lambda: self.call_later(self._key_over, number))
        elif behind.rounds > 1:
            way = self.focused or screen
            self._follow(way, Behind(behind.key, behind.rounds - 1))
        else:
            self.call_later(self._key_over, behind.key)

    async def _key_over(self, number: int) -> None:
        if number == self._key_number and self._opening is None:
            self._key_is_on = False
            if self._keys_ahead:
                await self._take_key()

    async def _give_up(self, number: int) -> None:
        if number == self._key_number and self._key_is_on:
            self._opening = None
            await self._key_over(number)
