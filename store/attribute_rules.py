"""What an attribute may be: its name, its kind, its values; refused in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from store.attribute_rows import KINDS, Attribute
from store.errors import UsageError

LONGEST_NAME = 60
MOST_VALUES = 100
"""Values of a choice, or steps of a scale."""

_TAKEN = frozenset(
    (
        *("id", "guid", "title", "source", "author", "published", "language", "url"),
        *("path", "words", "entities", "annotations", "tags", "read", "duplicate_of"),
        *("attributes", "text", "encoding", "coder"),
    )
)
"""Names that columns of documents have."""


def made(
    name: str, kind: str, *, values: Sequence[str] = (), definition: str = ""
) -> Attribute:
    """An attribute as it would be defined. Raises ``UsageError`` for what cannot be."""
    name = " ".join(name.split())
    _check_name(name)
    found = [one for one in KINDS if one == kind]
    if not found:
        raise UsageError(f"An attribute is of kind {', '.join(KINDS)}, not {kind}.")
    allowed = {"choice": _choices, "scale": _steps}.get(kind)
    fixed = ("yes", "no") if kind == "yesno" else ()
    own = allowed(name, values) if allowed else fixed
    return Attribute(0, "", name, found[0], own, definition.strip(), 0)


def _check_name(name: str) -> None:
    if not name:
        raise UsageError("An attribute needs a name.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(
            f"A name has at most {LONGEST_NAME} signs, none of them a control sign."
        )
    if "=" in name or not name[0].isalnum():
        raise UsageError("A name begins with a letter or digit and has no = in it.")
    if name.casefold() in _TAKEN:
        raise UsageError(f"Documents have a field {name} already; choose another name.")


def _choices(name: str, values: Sequence[str]) -> tuple[str, ...]:
    words = [" ".join(value.split()) for value in values]
    words = [word for word in words if word]
    if len({word.casefold() for word in words}) < len(words):
        raise UsageError(f"{name} has the same value twice.")
    if not 2 <= len(words) <= MOST_VALUES:
        raise UsageError(
            f"{name} needs its values: from 2 to {MOST_VALUES}, with commas between."
        )
    if not all(word.isprintable() for word in words):
        raise UsageError("A value has no control signs.")
    return tuple(words)


def _steps(name: str, values: Sequence[str]) -> tuple[str, ...]:
    ends = (values[0], values[-1]) if len(values) > 1 else ()
    try:
        low, high = (int(one.replace("\N{MINUS SIGN}", "-")) for one in ends)
    except ValueError:
        raise UsageError(
            f"{name} needs two whole numbers, such as -2 and 2, as the ends of its"
            " scale."
        ) from None
    if not 1 <= high - low < MOST_VALUES or max(abs(low), abs(high)) > 1_000_000:
        raise UsageError(
            f"The scale of {name} goes from a lower to a higher number, in at most"
            f" {MOST_VALUES} steps."
        )
    return tuple(str(step) for step in range(low, high + 1))
