"""What stands beside a row: which annotations begin there, which go on.

The number of an annotation stands at the row where it begins, a line beside every
row it touches. The line tells how many lie over one another in the row: one, one
that began beside another, two, more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.text.layers import Span

ONE, BESIDE, TWO, MORE = "│", "╎", "║", "┃"


class Margin(NamedTuple):
    """The numbers and the line in front of a row, and whose colours they have."""

    numbers: str = ""
    line: str = ""
    first: str = ""
    """The style of the annotation whose number comes first."""
    top: str = ""
    """The style of the smallest annotation of the row."""


def margin(spans: Sequence[Span], start: int, end: int) -> Margin:
    """What stands beside the row ``[start, end)``, given what touches it."""
    if not spans:
        return Margin()
    beginning = [span for span in spans if span.start >= start]
    numbers = sorted({span.number for span in beginning if span.number})
    top = min(spans, key=lambda span: span.end - span.start)
    first = next((s.style for s in beginning if [s.number] == numbers[:1]), "")
    return Margin(_several(numbers), _line(spans, start, end), first, top.style)


def _several(numbers: Sequence[int]) -> str:
    """One number, two joined, or from the first to the last."""
    if len(numbers) < 2:
        return "".join(map(str, numbers))
    if len(numbers) == 2:
        return f"{numbers[0]},{numbers[1]}"
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}-{numbers[-1]}"
    return f"{numbers[0]}+"


def _line(spans: Sequence[Span], start: int, end: int) -> str:
    places = {max(start, span.start) for span in spans}
    deepest = max(sum(s.start <= at < s.end for s in spans) for at in places)
    if deepest > 1:
        return TWO if deepest == 2 else MORE
    return BESIDE if all(span.lane % 2 for span in spans) else ONE


def fitted(margin: Margin, cells: int) -> tuple[str, str]:
    """Numbers and line, together one cell less than ``cells``: a blank follows.

    Numbers that do not fit are shortened to the first and ``+``. A number that is one
    sign too long takes the place of the line; of a longer one only ``+`` is left.
    """
    room = max(0, cells - 2)
    numbers, line = margin.numbers, margin.line or " "
    if len(numbers) > room > 0:
        first = numbers.partition(",")[0].partition("-")[0].rstrip("+")
        numbers = first if first == numbers else f"{first}+"
        if len(numbers) == room + 1:
            return numbers, ""
    if len(numbers) > room:
        numbers = "+"[:room]
    return numbers.rjust(room), line[: cells - 1]
