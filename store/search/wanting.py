"""Whether the answer that is being worked out is still wanted.

The newest query wins: whoever looks for something long asks between two steps, none
of which takes longer than a few thousand comparisons.
"""

from __future__ import annotations

from collections.abc import Callable

Cancelled = Callable[[], bool]
"""Tells that nobody wants the answer any more."""


def never() -> bool:
    """Of an answer that is wanted in any case."""
    return False
