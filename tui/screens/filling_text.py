"""Filling in attributes, as lines: which key gives which value, and what is given.

Pure: an attribute and what is known of it in, lines of styled pieces out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store import safe
from store.attribute_rows import Attribute, signed

CURRENT = "▌"
SAVED = "✓"

_MOST = 3
"""Lines of a definition; the whole of it stands with the attributes."""

_DIGITS = "1234567890"
_NEVER = frozenset("qgm]['-+ ")
"""Keys that do something else while attributes are filled in."""

Piece = tuple[str, str]
"""Safe text and its style."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one attribute of the documents that are filled in."""

    value: str | None = None
    """This coder's, where it is the same for all of them."""
    differs: bool = False
    """Whether they have different ones, or only some of them have one."""
    is_saved: bool = True
    others: tuple[tuple[str, str], ...] = ()
    """Coders and their values, as far as they may be seen."""


def keys_of(attribute: Attribute) -> dict[str, str]:
    """The key of each value, in the order of the values.

    A choice is its first letter or digit that no other value has taken; a scale is
    counted from 1. A value for which no key is left is chosen from a list.
    """
    if attribute.kind == "yesno":
        return {"y": "yes", "n": "no"}
    if attribute.kind == "scale":
        steps = attribute.values
        fits = len(steps) <= len(_DIGITS)
        return dict(zip(_DIGITS, steps, strict=False)) if fits else {}
    keys: dict[str, str] = {}
    for value in attribute.values if attribute.kind == "choice" else ():
        key = _first_free([*value.casefold(), *_DIGITS], keys)
        if key is not None:
            keys[key] = value
    return keys


def _first_free(signs: Iterable[str], taken: dict[str, str]) -> str | None:
    for sign in signs:
        fits = sign.isalnum() and sign not in _NEVER
        if fits and sign not in taken and safe.width(sign) == 1:
            return sign
    return None


def lines(
    attribute: Attribute, known: Known, width: int, *, current: bool, low: bool
) -> list[list[Piece]]:
    """The lines of one attribute: name and value, then keys and values.

    ``low``: on a low screen only the current attribute shows its keys.
    """
    bar = CURRENT if current else " "
    style = "bold" if current else ""
    out: list[list[Piece]] = [[(bar, style), *_head(attribute, known, width, style)]]
    if current or not low:
        pieces = _keys(attribute, known, "" if current else "$text-muted")
        out += [[(f"{bar}  ", style), *line] for line in _wrapped(pieces, width - 3)]
    if current and attribute.definition:
        out += [[(f"{bar}  ", style), *line] for line in _told(attribute, width - 3)]
    return out


def _told(attribute: Attribute, width: int) -> list[list[Piece]]:
    """The definition, in a few lines."""
    words = attribute.definition.split()
    pieces = [[(word, "$text-muted italic")] for word in words[: _MOST * width]]
    told = _wrapped(pieces, width, gap=1)
    if len(told) > _MOST:
        told = told[:_MOST]
        told[-1][-1] = ("…", "$text-muted italic")
    return told


def _head(attribute: Attribute, known: Known, width: int, style: str) -> list[Piece]:
    name = safe.line(attribute.name, max(8, width // 2))
    pieces: list[Piece] = [(name, style), ("  ", "")]
    left = width - 1 - safe.width(name) - 2
    if known.differs:
        pieces.append((safe.line("different ones", left), "italic"))
    elif known.value is not None:
        sign = SAVED if known.is_saved else "…"
        value = signed(known.value, attribute)
        pieces.append((safe.line(f"{sign} {value}", left), "bold"))
    else:
        pieces.append(("–"[:left], "$text-muted"))
    left -= safe.width(pieces[-1][0])
    others = ", ".join(f"{who} {signed(v, attribute)}" for who, v in known.others)
    if others and left > 8:
        pieces.append((safe.line(f"   {others}", left), "$text-muted"))
    return pieces


def _keys(attribute: Attribute, known: Known, style: str) -> list[list[Piece]]:
    """Each key with its value; the given one in brackets."""
    if attribute.kind == "text":
        return [[("enter", f"{style} bold".strip()), (" writes it", style)]]
    pieces = []
    for key, value in keys_of(attribute).items():
        shown = safe.line(signed(value, attribute), 28)
        given = value == known.value and not known.differs
        bold = f"{style} bold".strip()
        if shown == key:  # a scale from 1: the step is its own key
            pieces.append([(f"[{key}]" if given else key, bold)])
        else:
            rest = f" [{shown}]" if given else f" {shown}"
            pieces.append([(key, bold), (rest, style)])
    if len(pieces) < len(attribute.values):
        low, high = attribute.values[0], attribute.values[-1]
        if attribute.kind == "scale":
            span = f"{signed(low, attribute)} to {signed(high, attribute)}"
            pieces.append([("- +", f"{style} bold".strip()), (f" step, {span}", style)])
        pieces.append([("enter", f"{style} bold".strip()), (" chooses", style)])
    return pieces


def _wrapped(
    pieces: Sequence[Sequence[Piece]], width: int, gap: int = 2
) -> list[list[Piece]]:
    """The pieces in lines; what belongs together stays together."""
    out: list[list[Piece]] = []
    used = 0
    for piece in pieces:
        cells = sum(safe.width(text) for text, _ in piece)
        if not out or used + gap + cells > width:
            out.append([])
            used = 0
        elif used:
            out[-1].append((" " * gap, ""))
            used += gap
        out[-1] += [(safe.line(text, max(1, width)), style) for text, style in piece]
        used += cells
    return out
