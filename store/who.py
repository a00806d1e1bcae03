"""Saying who is named by a passage: here, or wherever it is written so.

A name that was missed becomes a mention; one that was taken for somebody else, or
for something else, gets whom it means. Each is one act, however many places it
touches. What a person decided about other places before stays.
"""

from __future__ import annotations

import sqlite3
import uuid
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import category

from store import entity_rows, mention_acts, name_acts
from store.act_words import quoted
from store.acts import Act
from store.core import Core
from store.errors import NotFound, UsageError
from store.model import NAME_TYPES, Entity, Mention

Scope = Literal["mention", "form", "entity"]
"""This place; everything written so; everything that means the same."""

_READ = "SELECT title, text FROM documents WHERE id = ? AND removed IS NULL"

_STANDING = """
SELECT id, start, "end", state FROM mentions
WHERE document = ? AND type <> 'QUOTE' ORDER BY start
"""

_KNOWN = """
SELECT r.id FROM aliases a JOIN entities e ON e.id = a.entity
JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE a.form = ? AND r.type = ? AND r.state <> 'rejected'
ORDER BY a.name = ? DESC, r.documents DESC, r.id LIMIT 1
"""

_WRITTEN = "SELECT substr(text, ?, ?) FROM documents WHERE id = ?"

_FORMS = """
SELECT DISTINCT a.form FROM aliases a JOIN entities e ON e.id = a.entity
WHERE e.id = ? OR e.merged_into = ?
"""

_TITLES = 3
"""Words before a name that are left out, one after the other, to find it."""

Place = tuple[int, int, int]
"""Document, start and end."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a passage, and of others that are written so."""

    mention: Mention
    places: int
    """Places of which this was said."""
    documents: int


def say(
    core: Core,
    document: int,
    start: int,
    end: int,
    *,
    entity: int | str | None = None,
    type: str | None = None,
    everywhere: bool = False,
) -> Said:
    """Say that a passage names ``entity``, or else whoever of ``type`` is called so, a
    new one if nobody is; offsets are code points.

    ``everywhere``: also wherever the library has the same words, letter by letter, as
    long as nothing else is known to stand there, and in documents added later, unless
    somebody else is known by them. Raises ``NotFound``, ``UsageError``.
    """
    title, surface = _words(core, document, start, end)
    if entity is None and type not in NAME_TYPES:
        raise UsageError(f"Say who it is, or of which type: {', '.join(NAME_TYPES)}.")
    given = None if entity is None else entity_rows.find(core.reader, entity)
    here = (document, start, end)
    others = sorted(set(_written(core, surface)) - {here}) if everywhere else []
    made: list[int] = []
    seen = {document}

    def work(act: Act) -> int:
        meant = given or _somebody(act, surface, type or "")
        kind = _type(act, meant)
        mention = _put(
            act, here, surface, meant, kind, mention_acts.make_room(act, *here)
        )
        made.append(mention)
        if everywhere:
            _know_as(act, meant, surface, kind)
        for place, room in _free(act, others):
            made.append(_put(act, place, surface, meant, kind, room))
            seen.add(place[0])
        return mention

    words = f"said that {quoted(surface)} is a name in {quoted(title)}"
    if everywhere:
        words = f"said that {quoted(surface)} is a name, wherever it stands"
    id = core.act(words, work)
    found = entity_rows.mentions(core.reader, ids=[id])[0]
    return Said(found, len(made), len(seen))


def retype(core: Core, mention: int, type: str, scope: Scope) -> Entity:
    """Say of which type it is what a mention names: only here, wherever it is written
    so, or whoever it is. Returns the entity that the mention means then.

    Raises ``NotFound``, ``UsageError``.
    """
    if type not in NAME_TYPES:
        raise UsageError(f"{type} is no type; choose {', '.join(NAME_TYPES)}.")
    found = entity_rows.mentions(core.reader, ids=[mention])
    if not found or found[0].entity is None:
        raise NotFound("No name stands here.")
    one = found[0]
    if scope == "mention":
        kept = say(core, one.document, one.start, one.end, type=type).mention.entity
        return _entity(core, kept)
    old = _entity(core, one.entity)
    form = form_of(one.surface)
    forms = {name for (name,) in core.reader.execute(_FORMS, [old.id, old.id])}
    if scope == "form" and form not in forms:  # said here and there by a person
        place = (one.document, one.start, one.end)
        return _entity(
            core, say(core, *place, type=type, everywhere=True).mention.entity
        )
    if scope == "form" and forms != {form}:
        return _entity(core, name_acts.split_form(core, old, one.surface, type=type))

    def work(act: Act) -> None:
        act.update("entities", old.id, {"type": type, "state": "retyped"})

    core.act(f"changed the type of {old.name} from {old.type} to {type}", work)
    return _entity(core, old.id)


def near(connection: sqlite3.Connection, words: str, limit: int = 20) -> list[Entity]:
    """Known entities that are called so or nearly so, the nearest first."""
    from store.search import names
    from store.search.query import parse

    plain = "".join(c if c.isalnum() or category(c)[0] == "M" else " " for c in words)
    parts = plain.split()
    # "President Maria Rossi" is nobody's name, but what follows the title may be.
    for at in range(min(len(parts), _TITLES + 1)):
        asked = parse(" ".join(parts[at:]))
        found = names.find(connection, asked, ["entity"], limit=limit)
        rows = entity_rows.rows(connection, [one.id for one in found])
        known = [rows[one.id] for one in found if one.id in rows]
        if known:
            return known
    return []


def form_of(surface: str) -> str:
    """The form under which a spelling is known; what has the same one is one name."""
    from store.aliases import same_form

    return same_form(" ".join(surface.split()))


def _words(core: Core, document: int, start: int, end: int) -> tuple[str, str]:
    """Title of a document and a passage of it that can be a name."""
    row = core.reader.execute(_READ, [document]).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document}.")
    title, text = row
    surface = text[start:end] if 0 <= start < end <= len(text) else ""
    if not surface.strip() or surface != surface.strip():
        raise UsageError("A name is some words, without the blanks around them.")
    return title, surface


def _written(core: Core, surface: str) -> Iterable[Place]:
    """Where the library has these words, letter by letter."""
    from store import places

    try:
        pages = places.find(core.reader, f'"{surface.replace(chr(34), " ")}"')
        found, _ = places.gather(pages)
    except UsageError:  # signs only: no index has them
        return
    for one in found:
        size = one.end - one.start
        (there,) = core.reader.execute(
            _WRITTEN, [one.start + 1, size, one.document]
        ).fetchone()
        if there == surface:
            yield one.document, one.start, one.end


def _somebody(act: Act, surface: str, type: str) -> int:
    """Who of this type is called so; a new entity if nobody is, which stays when the
    act is undone, named nowhere, as a later document may need it."""
    name = " ".join(surface.split())
    form = form_of(name)
    known = act.connection.execute(_KNOWN, [form, type, name]).fetchone()
    if known is not None:
        return int(known[0])
    made = act.connection.execute(
        "INSERT INTO entities(guid, name, type, created) VALUES (?, ?, ?, ?)",
        [str(uuid.uuid4()), name, type, act.now],
    ).lastrowid
    act.connection.execute(
        "INSERT OR IGNORE INTO aliases(entity, name, form, type) VALUES (?, ?, ?, ?)",
        [made, name, form, type],
    )
    return int(made or 0)


def _know_as(act: Act, entity: int, surface: str, type: str) -> None:
    """Let later documents that use this name mean this entity."""
    name = " ".join(surface.split())
    form = form_of(name)
    known = act.connection.execute(
        "SELECT 1 FROM aliases WHERE form = ? AND type = ?", [form, type]
    ).fetchone()
    if known is None:
        alias = {"entity": entity, "name": name, "form": form, "type": type}
        act.insert("aliases", alias)


def _type(act: Act, entity: int) -> str:
    row = act.connection.execute(
        "SELECT type FROM entities WHERE id = ?", [entity]
    ).fetchone()
    return str(row[0])


def _free(act: Act, others: Sequence[Place]) -> Iterable[tuple[Place, int | None]]:
    """Those of the places where nothing else stands, each with the mention that an
    extractor has put just there, if one has. What was rejected there stays so."""
    document = 0
    standing: list[tuple[int, int, int, str]] = []
    starts: list[int] = []
    for place in others:
        if place[0] != document:
            document = place[0]
            standing = act.connection.execute(_STANDING, [document]).fetchall()
            starts = [start for _, start, _, _ in standing]
        before = bisect_left(starts, place[2])
        across = [
            one
            for one in standing[:before]
            if one[2] > place[1] and (one[3] != "rejected" or one[1:3] == place[1:])
        ]
        exact = [one for one in across if one[1:3] == place[1:]]
        if not across:
            yield place, None
        elif exact and len(across) == 1 and exact[0][3] == "new":
            yield place, exact[0][0]


def _put(
    act: Act, place: Place, surface: str, entity: int, type: str, there: int | None
) -> int:
    """Write the mention, over the one that stands there already."""
    document, start, end = place
    if there is not None:
        values = {"entity": entity, "state": "accepted", "type": type}
        literal = {"value": None, "number": None, "unit": None}
        act.update("mentions", there, {**values, **literal})
        return there
    return act.insert(
        "mentions",
        {
            **{"document": document, "start": start, "end": end},
            **{"surface": surface, "type": type, "entity": entity},
            **{"extractor": mention_acts.BY_HAND, "state": "accepted"},
        },
    )


def _entity(core: Core, id: int | None) -> Entity:
    found = entity_rows.rows(core.reader, [] if id is None else [id])
    for one in found.values():
        return one
    raise NotFound("No name stands here.")
