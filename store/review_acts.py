"""Decisions about several names at once, each one act that is taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from store import entity_rows, suggesting
from store.act_words import named
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
        raise UsageError(f"{type} is no type; choose {', '.join(NAME_TYPES)}.")
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

    words = f"merged {named([other.name for other in gone])} into {kept.name}"
    core.act(words + (f", {type}" if type else ""), work)
    return _entities(core, [kept.id])[0]


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

    core.act(f"kept {named([one.name for one in found])} apart", work)


def _entities(core: Core, ids: Sequence[int]) -> list[Entity]:
    """These entities as they are after merges, each once."""
    found = list(dict.fromkeys(entity_rows.find(core.reader, one) for one in ids))
    rows = entity_rows.rows(core.reader, found)
    return [rows[one] for one in found]
