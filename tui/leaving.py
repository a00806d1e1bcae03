"""Ends that come from outside: told to end, hung up, or a terminal that is gone."""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from collections.abc import Callable

_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


def listen(end: Callable[[int], object]) -> None:
    """Call ``end`` with the number of the signal when we are to end."""
    for number in (signal.SIGHUP, signal.SIGTERM):
        try:
            asyncio.get_running_loop().add_signal_handler(number, end, number)
        except (NotImplementedError, RuntimeError, ValueError):
            # Not the main thread, as in tests: whoever runs us ends us.
            return


def terminal_is_gone() -> bool:
    """Whether nobody is at the other side of standard input any more.

    Mostly a signal says so. Behind ``nohup``, or where a container's terminal is
    taken away, none comes, and reading from what is gone never waits: without a
    look now and then the program would turn in circles for ever.
    """
    if sys.__stdin__ is None:
        return True
    looker = select.poll()
    looker.register(sys.__stdin__.fileno(), 0)
    return any(flags & _GONE for _, flags in looker.poll(0))
