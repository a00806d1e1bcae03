"""Percentiles, ratios and the small tables in which the benches report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(values: Sequence[float]) -> list[str]:
    """p50, p95 and p99 as they stand in a table."""
    return [f"{percentile(values, share):.1f}" for share in (0.5, 0.95, 0.99)]


def ratio(ours: float, theirs: float) -> str:
    """How many times ``theirs`` our figure is."""
    return f"{ours / theirs:.2f}" if theirs else "-"


def verdict(value: float, limit: float, *, at_least: bool = False) -> str:
    """A ratio beside its target, and whether it is met."""
    met = value >= limit if at_least else value <= limit
    sign = "≥" if at_least else "≤"
    return f"{value:.2f} (target {sign} {limit:g}: {'met' if met else 'MISSED'})"


@dataclass
class Table:
    """Rows under headings: the first column is words, the others are figures."""

    headings: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """One more row."""
        self.rows.append(cells)

    def show(self, title: str) -> None:
        """Print it."""
        lines = [self.headings, *self.rows]
        widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
        print(f"\n{title}")
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [
                cell.rjust(width)
                for cell, width in zip(line[1:], widths[1:], strict=True)
            ]
            print("  " + "  ".join(cells).rstrip())


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and seconds of this process, all threads."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


class Stopwatch:
    """Measures from when it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def lap(self) -> Spent:
        """What was spent since the beginning or the last lap."""
        wall, cpu = time.perf_counter(), time.process_time()
        spent = Spent(wall - self._wall, cpu - self._cpu)
        self._wall, self._cpu = wall, cpu
        return spent
