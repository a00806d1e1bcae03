"""Running an action by its name, the way a key press would.

The palette, the key help, the prefix popup and clicks in the footer all start
actions without a binding. The action is looked for where Textual would look: from
the focused widget outwards, or at the application or the screen where the
declaration says so. The screen is given, since a dialog may be on top of it.

Two agreements with the application and its screens: ``App.key_actions`` holds the
table of actions when the configuration changed it, and ``Screen.PLACE`` names the
place of a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.keys import PLACES, actions_at
from tui.keys_table import ACTIONS, Action

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.screen import Screen


def actions_of(app: App[Any]) -> tuple[Action, ...]:
    """The table of actions this application uses."""
    actions: tuple[Action, ...] = getattr(app, "key_actions", ACTIONS)
    return actions


def place_of(screen: Screen[Any]) -> str:
    """The place of a screen; ``everywhere`` if it names none."""
    place: str = getattr(screen, "PLACE", "everywhere")
    return place if place in PLACES else "everywhere"


def runnable(screen: Screen[Any]) -> tuple[Action, ...]:
    """What can be done on ``screen`` now: declared for it, and answered by someone."""
    actions = actions_at(place_of(screen), actions_of(screen.app))
    return tuple(action for action in actions if target(screen, action) is not None)


def target(screen: Screen[Any], action: Action) -> DOMNode | None:
    """Who would carry out ``action`` on ``screen``, or ``None`` if nobody can now."""
    from textual import actions

    namespace, name, parameters = actions.parse(action.action)
    nodes: list[DOMNode]
    if namespace == "app":
        nodes = [screen.app]
    elif namespace == "screen":
        nodes = [screen]
    else:
        nodes = list((screen.focused or screen).ancestors_with_self)
    for node in nodes:
        if _answers(node, name):
            return node if node.check_action(name, parameters) else None
    return None


def _answers(node: DOMNode, name: str) -> bool:
    return any(
        callable(getattr(node, f"{front}action_{name}", None)) for front in ("", "_")
    )


async def perform(screen: Screen[Any], action: Action, *extra: object) -> bool:
    """Carry out ``action`` on ``screen``; False if nobody there can.

    ``extra`` are arguments beyond those in the declaration, such as the number of
    a sequence.
    """
    from textual import actions

    node = target(screen, action)
    if node is None:
        return False
    _, name, parameters = actions.parse(action.action)
    return await screen.app.run_action(("", name, (*parameters, *extra)), node)
