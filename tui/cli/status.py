"""Exit statuses, in one place; scripts rely on them."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """How a command ended."""

    DONE = 0
    NOTHING = 1
    """No row listed or found, nothing to undo."""
    USAGE = 2
    """Wrong usage, configuration, unknown or ambiguous name, existing file."""
    LIBRARY = 3
    """The library cannot be opened."""
    SOME_FAILED = 4
    """Some source failed; the rest is in."""
    BUSY = 5
    """The library was busy for longer than the timeout."""
    UNEXPECTED = 70
    """A fault of the program; the log says more."""
    INTERRUPTED = 130
