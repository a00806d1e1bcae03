"""Taking a name apart from an entity: what is split off, and what is no name at all.

The entity that gets what is split off is made outside the undo log, rejected and empty
as if it were not there, and is never taken out again; only its state, its aliases and
its mentions are the act. So an extraction may use it, and the act can still be undone:
what was found by its names follows them back (``schema_extract``).
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence

from store import entity_rows
from store.act_words import quoted, short
from store.acts import Act
from store.core import Core
from store.errors import NotFound, UsageError
from store.model import Entity, Mention

_ALIASES = """
SELECT a.id, a.form FROM aliases a JOIN entities e ON e.id = a.entity
WHERE e.id = :root OR e.merged_into = :root ORDER BY a.id
"""

_WRITTEN = """
SELECT a.name, a.form FROM aliases a JOIN entities e ON e.id = a.entity
WHERE e.id = :root OR e.merged_into = :root ORDER BY a.id
"""

_SURFACES = """
SELECT m.id, m.surface FROM mentions m JOIN entities e ON e.id = m.entity
WHERE (e.id = :root OR e.merged_into = :root) AND m.state <> 'rejected'
"""

_KEPT = """
SELECT m.id, m.surface FROM mentions m JOIN entities e ON e.id = m.entity
WHERE (e.id = :root OR e.merged_into = :root) AND m.state IN ('accepted', 'retyped')
"""

_BEARING = """
SELECT DISTINCT r.id FROM aliases a JOIN entities e ON e.id = a.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE a.form = ? AND r.state <> 'rejected' ORDER BY r.id
"""


def split(core: Core, old: Entity, mentions: Sequence[int]) -> int:
    """Make these mentions an entity of their own; returns its id.

    A form of which the old entity keeps no mention goes along, for what comes later.
    Raises ``NotFound``.
    """
    found = entity_rows.mentions(core.reader, ids=mentions)
    missing = set(mentions) - {one.id for one in found}
    if missing or any(one.entity != old.id for one in found) or not found:
        raise NotFound(f"These are not mentions of {old.name}.")
    name = _on_one_line(found[0].surface)

    def work(act: Act) -> int:
        new = _new(act, name, old.type)
        _move_mentions(act, new, found)
        chosen = {one.id for one in found}
        left = {
            _form(surface)
            for id, surface in act.connection.execute(_SURFACES, {"root": old.id})
            if id not in chosen
        }
        _move_forms(act, old.id, new, {_form(one.surface) for one in found} - left)
        _apart(act, old.id, new)
        return new

    return core.act(f"split {short(name)} from {short(old.name)}", work)


def split_form(core: Core, old: Entity, text: str, *, type: str | None = None) -> int:
    """Make everything that is written so an entity of its own, now and later, of
    another ``type`` where one is given; returns its id. Raises ``NotFound`` where the
    entity is not called so or only so."""
    form = _form(text)
    name = _as_known(core.reader, old.id, form, _on_one_line(text))
    _require(core.reader, old, form, name)

    def work(act: Act) -> int:
        new = _new(act, name, type or old.type)
        kept = [
            id
            for id, surface in act.connection.execute(_KEPT, {"root": old.id})
            if _form(surface) == form
        ]
        for id in kept:
            act.update("mentions", id, {"entity": new})
        _move_forms(act, old.id, new, {form})
        _apart(act, old.id, new)
        return new

    words = f"split everything called {short(name)} from {short(old.name)}"
    return core.act(f"{words}, as {type}" if type else words, work)


def reject_form(core: Core, text: str) -> list[int]:
    """Say that what is written so is no name, of whatever type, now and later; returns
    the entities that bore it. One that has other names keeps those, and what a person
    decided about single mentions stays. Raises ``NotFound``."""
    form, name = _form(text), _on_one_line(text)
    if not form:
        raise UsageError("Say what is written there; that was empty.")
    bearers = bearing(core.reader, text)
    if not bearers:
        raise NotFound(f"Nothing is called {name}.")

    def work(act: Act) -> None:
        for root in bearers:
            forms = _forms(act.connection, root)
            if forms == {form}:
                act.update("entities", root, {"state": "rejected"})
            else:
                type = act.connection.execute(
                    "SELECT type FROM entities WHERE id = ?", [root]
                ).fetchone()[0]
                _move_forms(act, root, _new(act, name, type), {form})

    core.act(f"said that {quoted(name)} is no name, wherever it stands", work)
    return bearers


def bearing(connection: sqlite3.Connection, text: str) -> list[int]:
    """Ids of the entities that are called so, also by another of their names, written
    in capitals or not; whatever was rejected is left out."""
    return [id for (id,) in connection.execute(_BEARING, [_form(text)])]


def _require(connection: sqlite3.Connection, old: Entity, form: str, name: str) -> None:
    forms = _forms(connection, old.id)
    if form not in forms:
        raise NotFound(f"{old.name} is not called {name}.")
    if forms == {form}:
        raise NotFound(f"{old.name} has no other name than {name}.")


def _as_known(connection: sqlite3.Connection, root: int, form: str, typed: str) -> str:
    """How this form is written: as it was typed if it is known so, else as it is
    known, which a person need not repeat sign by sign."""
    known = [
        name
        for name, its in connection.execute(_WRITTEN, {"root": root})
        if its == form
    ]
    return typed if typed in known or not known else str(known[0])


def _forms(connection: sqlite3.Connection, root: int) -> set[str]:
    return {form for _, form in connection.execute(_ALIASES, {"root": root})}


def _new(act: Act, name: str, type: str) -> int:
    """An entity that is not there yet: whoever takes the act back leaves it so."""
    cursor = act.connection.execute(
        "INSERT INTO entities(guid, name, type, state, created)"
        " VALUES (?, ?, ?, 'rejected', ?)",
        [str(uuid.uuid4()), name, type, act.now],
    )
    return int(cursor.lastrowid or 0)


def _move_mentions(act: Act, new: int, found: Iterable[Mention]) -> None:
    for one in found:
        act.update("mentions", one.id, {"entity": new, "state": "accepted"})


def _move_forms(act: Act, root: int, new: int, forms: set[str]) -> None:
    """Whatever is written so means the new entity from now on."""
    rows = act.connection.execute(_ALIASES, {"root": root}).fetchall()
    for id, form in rows:
        if form in forms:
            act.update("aliases", id, {"entity": new})


def _apart(act: Act, old: int, new: int) -> None:
    """The new entity is there, and nobody proposes to put it back."""
    act.insert("distinct_entities", {"entity": old, "other": new, "created": act.now})
    act.update("entities", new, {"state": "accepted"})


def _form(text: str) -> str:
    from store.aliases import same_form

    return same_form(_on_one_line(text))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
