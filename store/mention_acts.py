"""What a person decides about single mentions: one was missed, one is no name.

Such a mention keeps its place through later extractions and, where its words still
stand, through later versions of its text.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from store import decided, entity_rows
from store.act_words import quoted
from store.acts import Act
from store.core import Core
from store.errors import NotFound, UsageError
from store.model import NAME_TYPES, Mention

BY_HAND = "by hand"
"""What stands in the place of the extractor where a person found the mention."""

_OVERLAPPING = """
SELECT id, start, "end", state FROM mentions
WHERE document = ? AND start < ? AND "end" > ? AND type <> 'QUOTE'
"""

_DOCUMENT = "SELECT title, text FROM documents WHERE id = ? AND removed IS NULL"


def add(
    core: Core,
    document: int,
    start: int,
    end: int,
    *,
    entity: int | str | None = None,
    type: str | None = None,
) -> Mention:
    """Say that a name stands here that was missed; offsets are code points.

    It is a mention of ``entity``, or else of whoever is known by these words, or else
    of a new entity, whose ``type`` must be given. What was found there and overlaps is
    rejected. Raises ``NotFound``, ``UsageError``.
    """
    title, text = _read(core, document)
    if not 0 <= start < end <= len(text):
        raise UsageError(
            f"There is no place {start}:{end} in this document; places go from 0 to"
            f" {len(text)}, and the end comes behind the start."
        )
    surface = text[start:end]
    if not surface.strip() or surface != surface.strip():
        raise UsageError("A name is some words, without the blanks around them.")
    if type is not None and type not in NAME_TYPES:
        raise UsageError(f"{type} is no type; choose {', '.join(NAME_TYPES)}.")
    given = None if entity is None else _given(core, entity)

    def work(act: Act) -> int:
        meant = given or _meant(act, surface, type)
        place = make_room(act, document, start, end)
        if place is not None:
            act.update("mentions", place, {"entity": meant, "state": "accepted"})
            return place
        kind = act.connection.execute(
            "SELECT type FROM entities WHERE id = ?", [meant]
        ).fetchone()[0]
        return act.insert(
            "mentions",
            {
                **{"document": document, "start": start, "end": end},
                **{"surface": surface, "type": kind, "entity": meant},
                **{"extractor": BY_HAND, "state": "accepted"},
            },
        )

    words = f"said that {quoted(surface)} is a name in {quoted(title)}"
    made = core.act(words, work)
    return entity_rows.mentions(core.reader, ids=[made])[0]


def _given(core: Core, entity: int | str) -> int:
    found = entity_rows.find(core.reader, entity)
    one = entity_rows.rows(core.reader, [found]).get(found)
    if one is not None and one.state == "rejected":
        raise UsageError(
            f"{one.name} was said to be no name: accept it first, or say of which"
            " type somebody else of that name is."
        )
    return found


def decide(core: Core, mentions: Sequence[int], *, accept: bool) -> list[Mention]:
    """Say of single mentions that they are none, or that they are right; the same
    name elsewhere is left alone. Raises ``NotFound``."""
    found = entity_rows.mentions(core.reader, ids=mentions)
    missing = set(mentions) - {one.id for one in found}
    if missing or not found:
        number = f" {min(missing)}" if missing else ""
        raise NotFound(f"There is no mention{number}.")

    def work(act: Act) -> None:
        for one in found:
            now = act.connection.execute(
                "SELECT state FROM mentions WHERE id = ?", [one.id]
            ).fetchone()
            if not accept:
                act.update("mentions", one.id, {"state": "rejected"})
            elif now and now[0] != "retyped":
                act.update("mentions", one.id, {"state": "accepted"})

    core.act(_words(core, found, accept=accept), work)
    return entity_rows.mentions(core.reader, ids=mentions)


def _words(core: Core, found: Sequence[Mention], *, accept: bool) -> str:
    if len(found) > 1:
        verdict = "right" if accept else "none"
        return f"said that {len(found):,} mentions are {verdict}"
    title, _ = _read(core, found[0].document)
    verdict = "a" if accept else "no"
    return (
        f"said that {quoted(found[0].surface)} is {verdict} mention in {quoted(title)}"
    )


def _read(core: Core, document: int) -> tuple[str, str]:
    row = core.reader.execute(_DOCUMENT, [document]).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document}.")
    return str(row[0]), str(row[1])


def make_room(act: Act, document: int, start: int, end: int) -> int | None:
    """Reject what an extractor found across this place; returns the mention that is
    there already. Raises ``UsageError`` where a person has put another."""
    place = None
    for id, at, until, state in act.connection.execute(
        _OVERLAPPING, [document, end, start]
    ).fetchall():
        if (at, until) == (start, end):
            place = int(id)
        elif state in ("accepted", "retyped"):
            raise UsageError("It overlaps a mention that was decided about.")
        else:
            act.update("mentions", id, {"state": "rejected"})
    return place


def _meant(act: Act, surface: str, type: str | None) -> int:
    """Who is known by these words; a new entity, as an extraction makes it, if nobody:
    it stays when the act is undone, named nowhere, as a later document may need it."""
    from store.aliases import same_form

    name = " ".join(surface.split())
    form = same_form(name)
    for kind in NAME_TYPES if type is None else (type,):
        known = decided.entity_of(act.connection, name, form, kind)
        if known is not None and _is_somebody(act, known[0]):
            return known[0]
    if type is None:
        raise UsageError(f"Nobody is called {name} yet: say of which type it is.")
    made = act.connection.execute(
        "INSERT INTO entities(guid, name, type, created) VALUES (?, ?, ?, ?)",
        [str(uuid.uuid4()), name, type, act.now],
    ).lastrowid
    act.connection.execute(
        "INSERT OR IGNORE INTO aliases(entity, name, form, type) VALUES (?, ?, ?, ?)",
        [made, name, form, type],
    )
    return int(made or 0)


def _is_somebody(act: Act, entity: int) -> bool:
    row = act.connection.execute(
        "SELECT r.state FROM entities e JOIN entities r"
        " ON r.id = coalesce(e.merged_into, e.id) WHERE e.id = ?",
        [entity],
    ).fetchone()
    return row is not None and row[0] != "rejected"
