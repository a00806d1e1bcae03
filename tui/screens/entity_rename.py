"""Another name for an entity, and what to do where somebody is called so already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store import name_acts
from store.entities import LONGEST_NAME
from store.model import Entity
from tui.screens.base import LibraryScreen

if TYPE_CHECKING:
    from store.library import Library

Take = Callable[[str, Entity | None], object]
"""Gets the new name, and with whom the entity is one, if it is."""

_MOST = 5
"""Bearers of a name that are offered; of more the name says nothing."""


def ask_name(
    screen: LibraryScreen, entity: Entity, take: Take, start: str = ""
) -> None:
    """Ask for another name, beginning with ``start`` or else the present one; nothing
    is taken if it stays as it is."""
    from tui.screens.dialogs import Prompt

    if not screen.may_write():
        return

    def typed(name: str | None) -> None:
        kept = " ".join((name or "").split())
        if kept and kept != entity.name:
            screen.hand.ask(
                lambda library: _bearers(library, kept, entity.id),
                lambda others: _named(screen, entity, kept, others, take),
            )

    def check(name: str) -> str | None:
        if len(name) > LONGEST_NAME:
            return f"A name has at most {LONGEST_NAME} signs."
        return None if name.strip() else "An entity needs a name."

    prompt = Prompt("New name", start or entity.name, check=check)
    screen.app.push_screen(prompt, typed)


def _bearers(library: Library, name: str, but: int) -> list[Entity]:
    ids = name_acts.bearing(library.core.reader, name)
    rows = library.entities.rows([id for id in ids if id != but])
    return [one for one in rows.values() if one.documents][:_MOST]


def _named(
    screen: LibraryScreen, entity: Entity, name: str, others: list[Entity], take: Take
) -> None:
    """Take the name; where others bear it, ask whether it is one of them."""
    from tui.screens.dialogs import Choose

    if not others:
        take(name, None)
        return
    by_id = {str(one.id): one for one in others}
    options = [
        (id, f"one with {one.name} · {one.type} · {one.documents:,} documents")
        for id, one in by_id.items()
    ]
    options.append(("", f"somebody else of that name ({entity.type})"))

    def chosen(answer: str | None) -> None:
        if answer is not None:
            take(name, by_id.get(answer))

    screen.app.push_screen(Choose(f"{name} is there already", options), chosen)
