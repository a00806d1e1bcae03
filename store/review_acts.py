"""Decisions about several names at once, each one act that is taken back as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from store import entity_rows, suggesting
from store.act_words import named, quoted, short
from store.acts import Act
from store.core import Core
from store.errors import UsageError
from store.model import NAME_TYPES, Entity


def make_one(
    core: Core, keep: int, others: Sequence[int], type: str | None = None
) -> Entity:
    """Say that these are one, the first giving the name, and of which type it is where
    one is given. Raises ``NotFound``, ``UsageError``."""
    if type is not None and type not in NAME_TYPES:
        raise UsageError(f"{quoted(type)} is no type; choose {', '.join(NAME_TYPES)}.")
    kept, *gone = _entities(core, [keep, *others])

    def work(act: Act) -> None:
        for other in gone:
            for (member,) in act.connection.execute(
                "SELECT id FROM entities WHERE id = ? OR merged_into = ?",
                [other.id, other.id],
            ).fetchall():
                act.update("entities", member, {"merged_into": kept.id})
        retyped = type is not None and type != kept.type
        act.update("entities", kept.id, {"state": "retyped" if retyped else "accepted"})
        if retyped:
            act.update("entities", kept.id, {"type": type})

    stays, *become = told_apart([kept, *gone])
    words = f"merged {named(become)} into {stays}"
    core.act(words + (f", {type}" if type else ""), work)
    return _entities(core, [kept.id])[0]


def retype(core: Core, entities: Sequence[int], type: str) -> list[Entity]:
    """Say of all these that they are persons, organisations, places …; which of them
    were something else is told in their act. Raises ``NotFound``, ``UsageError``."""
    if type not in NAME_TYPES:
        raise UsageError(f"{quoted(type)} is no type; choose {', '.join(NAME_TYPES)}.")
    found = _entities(core, entities)

    def work(act: Act) -> None:
        for one in found:
            act.update("entities", one.id, {"type": type, "state": "retyped"})

    was = " and ".join(dict.fromkeys(one.type for one in found))
    names = named([one.name for one in found])
    core.act(f"changed the type of {names} from {was} to {type}", work)
    return _entities(core, [one.id for one in found])


def keep_apart(core: Core, entities: Sequence[int]) -> None:
    """Say that none of these is another of them, so that nobody asks again. Raises
    ``NotFound``."""
    found = _entities(core, entities)

    def work(act: Act) -> None:
        known = suggesting.apart(act.connection)
        for one, other in combinations(found, 2):
            if (one.id, other.id) not in known:
                act.insert(
                    "distinct_entities",
                    {"entity": one.id, "other": other.id, "created": act.now},
                )

    *most, last = told_apart(found)
    core.act(f"kept {named(most)} and {last} apart", work)


def told_apart(entities: Sequence[Entity]) -> list[str]:
    """The names of these, long ones cut, each with its type where another is called
    the same."""
    times = Counter(one.name.casefold() for one in entities)
    return [
        f"{short(one.name)} ({one.type})"
        if times[one.name.casefold()] > 1
        else short(one.name)
        for one in entities
    ]


def _entities(core: Core, ids: Sequence[int]) -> list[Entity]:
    """These entities as they are after merges, each once."""
    found = list(dict.fromkeys(entity_rows.find(core.reader, one) for one in ids))
    rows = entity_rows.rows(core.reader, found)
    return [rows[one] for one in found]
