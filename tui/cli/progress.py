"""One line of progress on a terminal, drawn over itself, gone when the work is done."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tui.cli.environment import Environment

_BEGINS_AFTER = 2.0
"""Seconds before a time left is worth guessing."""


class Progress:
    """Draws on standard error if that is a terminal and nobody asked for quiet."""

    def __init__(self, env: Environment, doing: str) -> None:
        self._env = env
        self._doing = doing
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._drawn:
            self._env.stderr.write("\r\x1b[K")
            self._env.stderr.flush()

    def show(self, *, share: float, count: int, seconds: float) -> None:
        """``share`` of 0 to 1 is done: ``count`` documents after ``seconds``."""
        if not self._env.draws_progress:
            return
        self._drawn = True
        parts = [self._doing, f"{share:4.0%}", f"{count:,} documents"]
        if seconds > 0:
            parts.append(f"{count / seconds:,.0f} a second")
        if seconds >= _BEGINS_AFTER and 0 < share < 1:
            parts.append(f"{clock(seconds / share - seconds)} left")
        line = "  ".join(parts)[: max(1, self._env.width - 1)]
        self._env.stderr.write(f"\r\x1b[K{line}")
        self._env.stderr.flush()


def clock(seconds: float) -> str:
    """``0:07``, ``12:30``, ``1:02:00``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}"
