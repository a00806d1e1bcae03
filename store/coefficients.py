"""Coefficients of agreement between coders: percent, Cohen's kappa, Krippendorff's α.

Written here because the maintained library for alpha is under a licence that would
bind whoever passes postilla on. Sources: J. Cohen, "A coefficient of agreement for
nominal scales" (1960); K. Krippendorff, "Computing Krippendorff's
Alpha-Reliability" (2011), whose worked example is a test.

Coders' judgements come as a table: each pattern of values, one per coder (``None``
where a coder gave none), with how many units show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any, Literal

Level = Literal["nominal", "ordinal", "interval", "ratio"]

Value = float | str | None
Patterns = Mapping[tuple[Any, ...], int]
"""How many units were judged in each way, coder by coder."""

_Distance = Callable[[int, int], float]


def percent(patterns: Patterns) -> float | None:
    """Share (0 to 1) of pairs of judgements on one unit that are equal.

    With two coders the share of units on which they agree. ``None`` where no unit
    was judged by two.
    """
    agreed = compared = 0.0
    for values, units in patterns.items():
        known = [value for value in values if value is not None]
        pairs = list(combinations(known, 2))
        compared += units * len(pairs)
        agreed += units * sum(one == other for one, other in pairs)
    return agreed / compared if compared else None


def kappa(patterns: Patterns) -> float | None:
    """Cohen's kappa of two coders; of more, the mean over all pairs (Light 1971).

    ``None`` where it is undefined: no unit judged by both, or only one value used.
    """
    coders = range(len(next(iter(patterns), ())))
    found = [_kappa_of(patterns, one, other) for one, other in combinations(coders, 2)]
    known = [value for value in found if value is not None]
    return sum(known) / len(known) if known and len(known) == len(found) else None


def _kappa_of(patterns: Patterns, one: int, other: int) -> float | None:
    total = equal = 0
    ones: Counter[Value] = Counter()
    others: Counter[Value] = Counter()
    for values, units in patterns.items():
        a, b = values[one], values[other]
        if a is None or b is None:
            continue
        total += units
        equal += units * (a == b)
        ones[a] += units
        others[b] += units
    if not total:
        return None
    expected = sum(ones[value] * others[value] for value in ones) / total**2
    return None if expected == 1 else (equal / total - expected) / (1 - expected)


def alpha(patterns: Patterns, level: Level = "nominal") -> float | None:
    """Krippendorff's alpha for any number of coders, with judgements missing or not.

    ``level`` is that of the values; all but nominal want numbers. ``None`` where it
    is undefined: nothing was judged twice, or all judgements are the same.
    """
    together: dict[tuple[Value, Value], float] = {}
    for values, units in patterns.items():
        known = [value for value in values if value is not None]
        for one, other in permutations(range(len(known)), 2):
            pair = (known[one], known[other])
            together[pair] = together.get(pair, 0.0) + units / (len(known) - 1)
    totals: dict[Value, float] = {}
    for (value, _), weight in together.items():
        totals[value] = totals.get(value, 0.0) + weight
    values_in_order = sorted(totals, key=_sort_key)
    place = {value: at for at, value in enumerate(values_in_order)}
    sizes = [totals[value] for value in values_in_order]
    distance = _distance(level, values_in_order, sizes)
    pairs = sum(sizes)
    expected = sum(
        sizes[one] * sizes[other] * distance(one, other)
        for one, other in permutations(range(len(sizes)), 2)
    )
    if not expected:
        return None
    observed = sum(
        weight * distance(place[value], place[against])
        for (value, against), weight in together.items()
        if value != against
    )
    return 1 - (pairs - 1) * observed / expected


def _sort_key(value: Value) -> tuple[bool, float, str]:
    if isinstance(value, str):
        return (True, 0.0, value)
    return (False, float(value or 0), "")


def _distance(
    level: Level, values: Sequence[Value], sizes: Sequence[float]
) -> _Distance:
    """How different two values are, squared, by their places in order."""
    if level == "nominal":
        return lambda one, other: float(one != other)
    if level == "ordinal":

        def between(one: int, other: int) -> float:
            low, high = sorted((one, other))
            inside = sum(sizes[low : high + 1])
            return (inside - (sizes[low] + sizes[high]) / 2) ** 2

        return between
    numbers = [float(value) for value in values if value is not None]
    if level == "interval":
        return lambda one, other: (numbers[one] - numbers[other]) ** 2

    def ratio(one: int, other: int) -> float:
        whole = numbers[one] + numbers[other]
        return ((numbers[one] - numbers[other]) / whole) ** 2 if whole else 0.0

    return ratio
