"""Waiting for threads and timers of a running screen, by what can be seen."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

ROUNDS = 600


async def settled(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the program go on until ``condition`` holds; fail if it never does."""
    for _ in range(ROUNDS):
        await pilot.pause(0.01)
        if condition():
            await pilot.pause()
            return
    raise AssertionError("What was waited for did not happen.")
