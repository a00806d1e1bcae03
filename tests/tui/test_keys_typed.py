"""Keys that a terminal sends as typing too are no one's action."""

from __future__ import annotations

import re

from tui.keys import ACTIONS


def test_no_action_hangs_on_alt_and_a_letter() -> None:
    """It comes with the letter beside it, and a field takes it for typing."""
    for action in ACTIONS:
        for key in re.split(r"[,\s]+", action.keys):
            assert not re.fullmatch(r"alt\+.", key), action.id
