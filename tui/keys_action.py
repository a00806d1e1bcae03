"""One thing a person can do, and the keys that do it: the shape of the table.

The table itself is in ``tui.keys_table`` (lists, screens, dialogs) and
``tui.keys_text`` (the reader and its text).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do, and the keys that do it."""

    id: str
    """Stable name, used in ``[keys]``: the place and the deed, ``reader.annotate``;
    what can be done everywhere has no place in front."""
    keys: str
    """Ways parted by commas, steps of a sequence by blanks; empty: palette only."""
    action: str
    """What Textual is asked to run. ``app.`` and ``screen.`` say who does it;
    without either it is the nearest widget or screen that can."""
    description: str
    group: str | None = None
    """Heading in the palette; ``None`` keeps the action out of it."""
    title: str | None = None
    """Words in the palette where they differ from the description."""
    bind: bool = True
    """False: the field one types in answers the key by itself."""
    priority: bool = False
    """True: acts inside dialogs and while typing too."""

    @property
    def where(self) -> str:
        """The place whose key it is."""
        return self.id.rpartition(".")[0] or "everywhere"

    @property
    def palette_title(self) -> str:
        """What the palette calls it."""
        return self.title or self.description
