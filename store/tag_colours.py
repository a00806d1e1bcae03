"""The eight colours of tags by name, and as other programs write them. Pure.

How a colour looks on the screen depends on its ground and belongs to the screen;
in files a colour is one fixed value, so that it comes back as the same number.
"""

from __future__ import annotations

import re
from math import atan2, degrees, hypot

NAMES = ("blue", "cyan", "red", "green", "violet", "pink", "yellow", "orange")
"""By number. Neighbours are far apart, so that new branches are told apart."""

RGB = (
    *("#2563eb", "#06b6d4", "#dc2626", "#16a34a"),
    *("#7c3aed", "#ec4899", "#facc15", "#f98510"),
)

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")

_GREY = 0.02
"""Chroma below this has no hue that anyone sees."""


def nearest(written: str) -> int | None:
    """The number of the colour whose hue is most like ``#RRGGBB`` or ``#RGB``.

    ``None`` for what is no colour, and for greys, which are like none of them.
    """
    found = _HEX.fullmatch(written.strip())
    wanted = None if found is None else _hue(found.group(1))
    if wanted is None:
        return None
    return min(range(len(RGB)), key=lambda number: _turn(wanted, _HUES[number]))


def is_exact(written: str) -> bool:
    """Whether a colour is one of the eight as it stands."""
    return written.strip().lower() in RGB


def _hue(digits: str) -> float | None:
    """Degrees round the colour circle of OKLab, which is even to the eye."""
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    mid = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    across = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    along = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return None if hypot(across, along) < _GREY else degrees(atan2(along, across))


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _turn(one: float, other: float) -> float:
    apart = abs(one - other) % 360
    return min(apart, 360 - apart)


_HUES = tuple(_hue(colour[1:]) or 0.0 for colour in RGB)
