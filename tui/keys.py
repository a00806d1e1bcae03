"""What can be asked of the declaration of keys: bindings, footer, help, README.

The declaration itself is data, in ``tui.keys_table`` (actions) and
``tui.keys_places`` (places and footers). Imports no Textual, so that the command
line and the making of README can use it; only ``bindings`` does, when called.

Functions take ``actions``, the whole table, which is the delivered one unless the
configuration changed keys (``tui.keys_config``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.keys_places import FOOTERS, PLACES, SHADOWS
from tui.keys_table import ACTIONS, Action

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = [
    "ACTIONS",
    "PLACES",
    "Action",
    "Choice",
    "Hint",
    "actions_at",
    "bindings",
    "by_id",
    "chain",
    "clashes",
    "edge_hints",
    "hints",
    "parse",
    "prefixes",
    "readme_table",
    "show_keys",
]

Sequence = tuple[str, ...]
"""Keys pressed one after the other; mostly one."""

NUMBER = "<n>"
"""The step of a sequence that is any number of digits."""

_SHORT = {
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "delete": "del",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One key and word of the footer."""

    id: str
    key: str
    """As shown: ``^s``, ``esc``, ``]a``."""
    word: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What may follow the first key of a sequence."""

    key: str
    description: str
    id: str


def parse(keys: str) -> tuple[Sequence, ...]:
    """The ways in which ``keys`` (``g g,home``) can be pressed."""
    return tuple(tuple(way.split()) for way in keys.split(",") if way.strip())


def chain(where: str) -> tuple[str, ...]:
    """The place and those whose keys work in it too, nearest first.

    A state of a place (``documents-empty``) is the place.
    """
    place = where.partition("-")[0]
    return (place, *PLACES[place].parents)


def by_id(id_: str, actions: Iterable[Action] = ACTIONS) -> Action:
    """The action of that name; ``KeyError`` if there is none."""
    for action in actions:
        if action.id == id_:
            return action
    raise KeyError(id_)


def reachable(action: Action, where: str) -> tuple[Sequence, ...]:
    """The ways of pressing ``action`` that get through at ``where``.

    While typing, a letter is text; over a dialog only priority actions reach.
    """
    ways = parse(action.keys)
    place = PLACES[chain(where)[0]]
    if place.modal and action.where == "everywhere" and not action.priority:
        return ()
    if place.typing:
        return tuple(way for way in ways if not is_typed(way[0]))
    return ways


def is_typed(key: str) -> bool:
    """Whether a field would take the key as text."""
    return len(key) == 1 or key == "space"


def actions_at(where: str, actions: Iterable[Action] = ACTIONS) -> tuple[Action, ...]:
    """Everything that can be done at a place, with the keys that do it there.

    Nearest place first; keys taken by a nearer action are left out, and so are
    actions that have no key left, unless the palette offers them.
    """
    table = tuple(actions)
    taken: set[Sequence] = set()
    found: list[Action] = []
    for place in chain(where):
        here: set[Sequence] = set()
        for action in table:
            if action.where != place:
                continue
            ways = [way for way in reachable(action, where) if way not in taken]
            here.update(ways)
            offered = action.group and not PLACES[chain(where)[0]].modal
            if ways or offered:
                keys = ",".join(" ".join(way) for way in ways)
                found.append(_with_keys(action, keys))
        taken |= here
    return tuple(found)


def _with_keys(action: Action, keys: str) -> Action:
    from dataclasses import replace

    return action if keys == action.keys else replace(action, keys=keys)


def bindings(where: str, actions: Iterable[Action] = ACTIONS) -> list[BindingType]:
    """Textual's bindings of exactly this place, to be a class's ``BINDINGS``.

    Parents are left out: ``lists``, ``tree`` and ``text`` belong to the widgets,
    ``everywhere`` to the application. Sequences are left out too: the prefix popup
    answers them.
    """
    from textual.binding import Binding

    return [
        Binding(
            ",".join(plain),
            action.action,
            action.description,
            show=False,
            id=action.id,
            priority=action.priority,
        )
        for action in actions
        if action.where == where and action.bind and (plain := plain_keys(action))
    ]


def plain_keys(action: Action) -> tuple[str, ...]:
    """The keys that do it alone, without a prefix."""
    return tuple(way[0] for way in parse(action.keys) if len(way) == 1)


def sequences(
    where: str, actions: Iterable[Action] = ACTIONS
) -> dict[Sequence, Action]:
    """Every way of pressing that bindings cannot answer at a place.

    These are the sequences, and single keys that the configuration gave to an
    action which is delivered with a sequence only.
    """
    bound = {action.id for action in ACTIONS if action.bind and plain_keys(action)}
    return {
        way: action
        for action in actions_at(where, actions)
        if action.bind
        for way in parse(action.keys)
        if len(way) > 1 or action.id not in bound
    }


def prefixes(
    where: str, actions: Iterable[Action] = ACTIONS
) -> dict[str, tuple[Choice, ...]]:
    """What may follow the first key of each sequence at a place."""
    found: dict[str, list[Choice]] = {}
    for way, action in sequences(where, actions).items():
        if len(way) > 1:
            rest = " ".join(show_key(key) for key in way[1:])
            choice = Choice(rest, action.description, action.id)
            found.setdefault(way[0], []).append(choice)
    return {prefix: tuple(choices) for prefix, choices in found.items()}


def hints(where: str, actions: Iterable[Action] = ACTIONS) -> tuple[Hint, ...]:
    """The footer's hints, most useful first; how many fit is the footer's business.

    An action whose keys the configuration took away has no hint.
    """
    here = {action.id: action for action in actions_at(where, actions)}
    found = []
    for id_, word in FOOTERS.get(where) or FOOTERS.get(chain(where)[0], ()):
        action = here.get(id_)
        if action is not None and action.keys:
            found.append(Hint(id_, show_way(parse(action.keys)[0]), word))
    return tuple(found)


def edge_hints(where: str, actions: Iterable[Action] = ACTIONS) -> tuple[Hint, ...]:
    """The hints that always stay, at the right edge: commands and help.

    While typing, help is F1 since ``?`` would be text.
    """
    here = {action.id: action for action in actions_at(where, actions)}
    words = {"palette": "commands", "help": "help", "help_typing": "help"}
    found = [
        Hint(id_, show_way(parse(here[id_].keys)[0]), word)
        for id_, word in words.items()
        if id_ in here and here[id_].keys
    ]
    return tuple(found[:-1] if len(found) == 3 else found)


def show_key(key: str) -> str:
    """A key as the screen names it: ``^p``, ``esc``, ``pgdn``."""
    if key == NUMBER:
        return "n"
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    signs = {"ctrl": "^", "shift": "shift+", "alt": "alt+"}
    return "".join(signs[name] for name in modifiers) + _SHORT.get(last, last)


def show_way(way: Sequence) -> str:
    """A sequence as the screen names it: ``]a``, ``g n enter``."""
    shown = [show_key(key) for key in way]
    return ("" if all(len(key) == 1 for key in shown) else " ").join(shown)


def show_keys(action: Action) -> str:
    """All its ways as the screen names them: ``j ↓``, ``gg home``; may be empty."""
    return " ".join(show_way(way) for way in parse(action.keys))


def clashes(actions: Iterable[Action] = ACTIONS) -> list[tuple[str, Action, Action]]:
    """Keys that two actions want in one place, or that hide a sequence.

    Gives the key as shown, the nearer action and the other. Deliberate takeovers
    (``SHADOWS``) are not clashes. Two actions that ask for the same thing are not
    either.
    """
    table = tuple(actions)
    found: dict[tuple[str, str, str], tuple[str, Action, Action]] = {}
    for where in PLACES:
        owners: dict[Sequence, Action] = {}
        for place in chain(where):
            for action in (one for one in table if one.where == place):
                for way in reachable(action, where):
                    for other in _rivals(way, owners):
                        pair = (other.id, action.id)
                        if action.id == other.id or pair in SHADOWS:
                            continue
                        clash = (show_way(way), other, action)
                        found.setdefault((show_way(way), *pair), clash)
                    owners.setdefault(way, action)
    return list(found.values())


def _rivals(way: Sequence, owners: Mapping[Sequence, Action]) -> list[Action]:
    """The actions whose keys cannot be told from ``way`` when it is pressed."""
    return [
        action
        for other, action in owners.items()
        if other[: len(way)] == way[: len(other)]
    ]


def readme_table(actions: Iterable[Action] = ACTIONS) -> str:
    """The table of keys for README, in Markdown, one row an action with a key."""
    table = tuple(actions)
    rows = ["| where | key | what it does |", "|---|---|---|"]
    for place, about in PLACES.items():
        title = about.title
        for action in table:
            if action.where == place and action.keys:
                ways = " or ".join(_markdown(way) for way in parse(action.keys))
                rows.append(f"| {title} | {ways} | {action.description} |")
                title = ""
    return "\n".join(rows) + "\n"


def _markdown(way: Sequence) -> str:
    """One way of pressing, safe in a cell of a Markdown table."""
    return " ".join(f"`{key}`" for key in way).replace("<n>", "number")
