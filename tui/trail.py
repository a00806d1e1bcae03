"""The places one jumped from while reading, to go back and forth between them.

As in a browser: whoever jumps leaves the place behind; back goes there, forward
returns, and another jump drops what lay ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST = 100
"""Places kept behind; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the library's texts."""

    document: int
    offset: int
    """In code points."""


class Trail:
    """Places behind and places ahead."""

    def __init__(self, most: int = MOST) -> None:
        """Keep ``most`` places."""
        self._most = most
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, here: Spot | None) -> None:
        """One jumps away from ``here``; ``None`` while nothing is read."""
        if here is None:
            return
        if here in self._behind[-1:]:
            self._behind.pop()
        self._behind.append(here)
        del self._behind[: -self._most]
        self._ahead.clear()

    def back(self, here: Spot | None) -> Spot | None:
        """The place before; ``None`` when there is none."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: Spot | None) -> Spot | None:
        """The place that one went back from; ``None`` when there is none."""
        return self._step(self._ahead, self._behind, here)

    def _step(
        self, source: list[Spot], target: list[Spot], here: Spot | None
    ) -> Spot | None:
        while source:
            spot = source.pop()
            if spot != here:
                if here is not None:
                    target.append(here)
                return spot
        return None
