"""Keys changed in the configuration: read, checked, and handed to Textual.

``[keys]`` maps the name of an action to a key, a list of keys, or nothing, which
frees its keys. A row that cannot be followed is left out and reported with the
nearest name; the rest is used, so that a slip never stops the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from store import safe
from tui.keys import clashes, is_typed, plain_keys
from tui.keys_places import PLACES
from tui.keys_table import ACTIONS, Action

UNBOUND = "unbound"
"""A key that no terminal sends. Textual takes an empty string in a keymap for "as
delivered", so freed actions are given this one instead."""

_NAMED = (
    *("space", "enter", "tab", "escape", "backspace", "delete", "insert"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 13)),
)
_OTHER_NAMES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "comma": ",",
    "slash": "/",
    "backslash": "\\",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "apostrophe": "'",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
}
_SAME_AS = {
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+j": "a line break",
    "ctrl+enter": "enter",
    "ctrl+[": "escape",
}
_MODIFIERS = ("ctrl", "alt", "shift")


def conflicts(overrides: Mapping[str, object]) -> list[str]:
    """What is wrong with the ``[keys]`` table ``overrides``, in safe sentences.

    Unknown actions and keys come with the nearest valid name, keys that no
    terminal can tell apart with the reason, and keys that two actions would share
    in one place with both names.
    """
    return apply(overrides)[1]


def apply(
    overrides: Mapping[str, object],
) -> tuple[tuple[Action, ...], list[str]]:
    """The table of actions with the keys of ``[keys]``, and what was left out.

    Dotted names may come whole or as nested tables, as TOML gives them, and
    several keys as a list or parted by commas.
    """
    if not overrides:
        return ACTIONS, []
    known = {action.id: action for action in ACTIONS}
    problems: list[str] = []
    changed: dict[str, Action] = {}
    for name, value in _flat(overrides):
        action = known.get(name)
        if action is None:
            hint = _nearest(name, known)
            problems.append(_problem(name, f"there is no such action{hint}"))
            continue
        keys, reasons = _keys_of(action, value)
        problems.extend(_problem(name, reason) for reason in reasons)
        if keys is not None:
            changed[name] = replace(action, keys=keys)
    actions = tuple(changed.get(action.id, action) for action in ACTIONS)
    for key, near, far in clashes(actions):
        if near.id not in changed and far.id not in changed:
            continue
        mine, other = (near, far) if near.id in changed else (far, near)
        reason = f"{key} is also the key of {other.id} ({other.description})"
        problems.append(_problem(mine.id, reason))
    return actions, problems


def keymap(actions: Iterable[Action]) -> dict[str, str]:
    """What ``App.set_keymap`` needs so that bindings have the keys of ``actions``.

    Sequences are not in it: the prefix popup reads them from ``actions`` itself.
    """
    delivered = {action.id: action for action in ACTIONS}
    return {
        action.id: ",".join(plain_keys(action)) or UNBOUND
        for action in actions
        if plain_keys(delivered[action.id])
        and plain_keys(action) != plain_keys(delivered[action.id])
    }


def _flat(table: Mapping[str, object], front: str = "") -> Iterator[tuple[str, object]]:
    """Rows of a table with its sub-tables, names joined by dots."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{front}{name}.")
        else:
            yield f"{front}{name}", value


def _keys_of(action: Action, value: object) -> tuple[str | None, list[str]]:
    """The keys that ``value`` gives an action, and reasons against some of it.

    ``None`` for the keys: nothing usable was given, the action keeps its own.
    """
    if not action.bind:
        return None, ["its key belongs to the field one types in and stays"]
    ways = value.split(",") if isinstance(value, str) else value
    if not isinstance(ways, list) or not all(isinstance(way, str) for way in ways):
        return None, ["a key or a list of keys in quotation marks is needed"]
    wanted = [way.strip() for way in ways if way.strip()]
    good: list[str] = []
    reasons: list[str] = []
    for way in wanted:
        steps = [canonical(key) for key in way.split()]
        reason = next(filter(None, map(_against_key, steps)), None)
        reason = reason or _against_place(action, steps)
        if reason is None:
            good.append(" ".join(steps))
        else:
            reasons.append(reason)
    return (None if wanted and not good else ",".join(good)), reasons


def canonical(key: str) -> str:
    """One name for a key: ``Esc`` is ``escape``, ``ctrl-p`` is ``ctrl+p``.

    Single signs stay as they are: ``E`` is not ``e``.
    """
    modifiers, last = _split(key)
    if modifiers or len(last) > 1:
        last = last.lower()
    ordered = [name for name in _MODIFIERS if name in modifiers]
    return "+".join((*ordered, _OTHER_NAMES.get(last, last)))


def _split(key: str) -> tuple[list[str], str]:
    """The modifiers of a key and what is left."""
    modifiers: list[str] = []
    while True:
        front = key[:6].lower().replace("-", "+").partition("+")
        rest = key[len(front[0]) + 1 :]
        if front[0] not in _MODIFIERS or not rest:
            return modifiers, key
        modifiers.append(front[0])
        key = rest


def _against_key(key: str) -> str | None:
    """Why a key cannot be used at all, or ``None``."""
    if key in _SAME_AS:
        return f"a terminal cannot tell {key} from {_SAME_AS[key]}"
    if key == ",":
        return "the comma cannot be a key, it parts keys"
    modifiers, last = _split(key)
    if last in _NAMED or (len(last) == 1 and last.isprintable()):
        if "shift" in modifiers and len(last) == 1:
            return f"write {last.upper()} in place of {key}"
        return None
    names = [*_NAMED, *(f"ctrl+{letter}" for letter in "defgklnopqrstuvwxyz")]
    return f"there is no key {key}{_nearest(key, names)}"


def _against_place(action: Action, steps: list[str]) -> str | None:
    """Why a key cannot be used for this action, or ``None``."""
    if not is_typed(steps[0]):
        return None
    if action.priority or PLACES[action.where].typing:
        return f"{steps[0]} would be typed as text where this action is used"
    return None


def _nearest(name: str, names: Iterable[str]) -> str:
    """``; did you mean …?`` for the nearest of ``names``, or nothing."""
    found = get_close_matches(name, list(names), n=1, cutoff=0.5)
    if not found:  # `annotate` for `reader.annotate`
        found = [one for one in names if one.rpartition(".")[2] == name][:1]
    return f"; did you mean {found[0]}?" if found else ""


def _problem(name: str, reason: str) -> str:
    return safe.line(f"[keys] {name}: {reason}", 200)
