"""Entities: who and what is named, and what a person decides about it.

Merging points one entity at another and moves nothing, so it can be undone and
split again. What is decided holds for later extractions: they look names up among
the aliases, and an alias leads to the entity that a person left it with.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from store import entity_rows, mention_acts, name_acts, review_acts, suggesting
from store.act_words import named, short
from store.acts import Act
from store.core import Core
from store.entity_rows import EntityFilter
from store.errors import UsageError
from store.model import AliasProposal, Entity, Mention

LONGEST_NAME = 300
"""Code points of a name that a person may give."""


class Entities:
    """Entities and mentions of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def find(self, entity: int | str) -> int:
        """The id meant by an id, a guid's start or an exact name; after merges."""
        return entity_rows.find(self._core.reader, entity)

    def get(self, entity: int | str) -> Entity:
        """One entity. Raises ``NotFound``."""
        found = self.find(entity)
        return self.rows([found])[found]

    def ids(
        self, filters: EntityFilter | None = None, order: str = "documents"
    ) -> array[int]:
        """Ids of a filtered list; named in most documents first."""
        return entity_rows.ids(self._core.reader, filters or EntityFilter(), order)

    def rows(self, ids: Sequence[int]) -> dict[int, Entity]:
        """These entities, by id."""
        return entity_rows.rows(self._core.reader, ids)

    def select(
        self, filters: EntityFilter | None = None, limit: int | None = None
    ) -> list[Entity]:
        """Entities of a filtered list in order."""
        wanted = list(self.ids(filters))[:limit]
        found = self.rows(wanted)
        return [found[one] for one in wanted]

    def mentions(
        self,
        *,
        document: int | None = None,
        entity: int | None = None,
        type: str | None = None,
        order: str = "document",
        limit: int | None = None,
    ) -> list[Mention]:
        """Mentions, rejected ones too, in the order of documents and text; ``value``:
        figures and dates first, the largest or latest of each type first."""
        return entity_rows.mentions(
            self._core.reader,
            document=document,
            entity=entity,
            type=type,
            order=order,
            limit=limit,
        )

    def documents(self, entity: int) -> list[tuple[int, int]]:
        """Documents that name it, newest first, with how often."""
        rows = self._core.reader.execute(
            "SELECT m.document, count(*) FROM mentions m"
            " JOIN documents d ON d.id = m.document AND d.removed IS NULL"
            " JOIN entities e ON e.id = m.entity"
            " WHERE (e.id = ? OR e.merged_into = ?) AND m.state <> 'rejected'"
            " GROUP BY m.document ORDER BY d.published DESC, m.document DESC",
            [entity, entity],
        )
        return [(document, count) for document, count in rows]

    def neighbours(self, entity: int, limit: int = 8) -> list[tuple[int, str, int]]:
        """Who is named in the same documents: id, name, in how many of them."""
        rows = self._core.reader.execute(
            "SELECT r.id, r.name, count(DISTINCT m.document) AS n FROM mentions m"
            " JOIN entities e ON e.id = m.entity"
            " JOIN entities r ON r.id = coalesce(e.merged_into, e.id)"
            " JOIN documents d ON d.id = m.document AND d.removed IS NULL"
            " WHERE r.id <> ? AND r.state <> 'rejected' AND m.state <> 'rejected'"
            " AND m.document IN (SELECT document FROM mentions"
            "  WHERE state <> 'rejected' AND entity IN"
            "  (SELECT id FROM entities WHERE id = ? OR merged_into = ?))"
            " GROUP BY r.id ORDER BY n DESC, r.name LIMIT ?",
            [entity, entity, entity, limit],
        )
        return [(id, name, count) for id, name, count in rows]

    def merge(self, keep: int | str, others: Sequence[int | str]) -> Entity:
        """Say that all these are one; the first gives the name."""
        kept = self.get(keep)
        gone = self._several(others)
        if any(other.id == kept.id for other in gone):
            raise UsageError(f"{kept.name} cannot be merged with itself.")
        return review_acts.make_one(self._core, kept.id, [one.id for one in gone])

    def split(
        self,
        entity: int | str,
        mentions: Sequence[int] = (),
        *,
        form: str | None = None,
    ) -> Entity:
        """Make these mentions, or whatever is written as ``form``, an entity of their
        own; returns the new one."""
        old = self.get(entity)
        if form is None:
            return self.get(name_acts.split(self._core, old, mentions))
        return self.get(name_acts.split_form(self._core, old, form))

    def accept(self, entities: Sequence[int | str]) -> list[Entity]:
        """Say that these are names, also what was rejected before."""
        right = self._several(entities)

        def work(act: Act) -> None:
            for old in right:
                if _state(act, old.id) != "retyped":
                    act.update("entities", old.id, {"state": "accepted"})

        are = "is a name" if len(right) == 1 else "are names"
        names = named([old.name for old in right])
        self._core.act(f"said that {names} {are}", work)
        return self._several([old.id for old in right])

    def _several(self, entities: Sequence[int | str]) -> list[Entity]:
        """These entities, each once."""
        ids = list(dict.fromkeys(self.find(entity) for entity in entities))
        found = self.rows(ids)
        return [found[one] for one in ids]

    def rename(self, entity: int | str, name: str) -> Entity:
        """Give an entity another canonical name; the old one stays an alias, and
        whatever bears the new one in later documents is this entity, unless another
        is known by it already."""
        old = self.get(entity)
        kept = " ".join(name.split())
        if not kept:
            raise UsageError("An entity needs a name.")
        if len(kept) > LONGEST_NAME:
            raise UsageError(f"A name has at most {LONGEST_NAME} signs.")

        def work(act: Act) -> None:
            decision = {"state": "accepted"} if _state(act, old.id) == "new" else {}
            act.update("entities", old.id, {"name": kept, **decision})
            for one in (old.name, kept):
                _know_as(act, old, one)

        self._core.act(f"renamed {short(old.name)} to {short(kept)}", work)
        return self.get(old.id)

    def retype(self, entity: int | str, type: str) -> Entity:
        """Say that it is a person, an organisation, a place …"""
        (changed,) = review_acts.retype(self._core, [self.find(entity)], type)
        return changed

    def reject(self, entities: Sequence[int | str]) -> list[Entity]:
        """Say that these are no entities, now and in later extractions."""
        gone = self._several(entities)

        def work(act: Act) -> None:
            for old in gone:
                act.update("entities", old.id, {"state": "rejected"})

        names = named([old.name for old in gone])
        self._core.act(f"said that {names} {_no_names(len(gone))}", work)
        return self._several([old.id for old in gone])

    def reject_form(self, text: str) -> list[int]:
        """Say that what is written so is no name, whoever was meant; see
        :func:`store.name_acts.reject_form`."""
        return name_acts.reject_form(self._core, text)

    def add_mention(
        self,
        document: int,
        start: int,
        end: int,
        *,
        entity: int | str | None = None,
        type: str | None = None,
    ) -> Mention:
        """A name that was missed; see :func:`store.mention_acts.add`."""
        return mention_acts.add(
            self._core, document, start, end, entity=entity, type=type
        )

    def reject_mentions(self, mentions: Sequence[int]) -> list[Mention]:
        """Say that these mentions alone are none."""
        return mention_acts.decide(self._core, mentions, accept=False)

    def accept_mentions(self, mentions: Sequence[int]) -> list[Mention]:
        """Say that these mentions are right; also what was rejected before."""
        return mention_acts.decide(self._core, mentions, accept=True)

    def distinguish(self, entity: int | str, other: int | str) -> None:
        """Say that two entities are not the same, so that nobody asks again."""
        one, two = self.get(entity), self.get(other)
        if one.id == two.id:
            raise UsageError(f"{one.name} is one and the same.")

        review_acts.keep_apart(self._core, [one.id, two.id])

    def suggest(
        self, limit: int | None = None, *, doubtful: bool = False
    ) -> list[AliasProposal]:
        """Pairs of names that may be one entity, surest first; ``doubtful``: also
        those for which little speaks, such as a surname that several people bear."""
        return suggesting.suggest(self._core.reader, doubtful=doubtful)[:limit]


def _no_names(count: int) -> str:
    return "is no name" if count == 1 else "are no names"


def _state(act: Act, entity: int) -> str | None:
    row = act.connection.execute(
        "SELECT state FROM entities WHERE id = ?", [entity]
    ).fetchone()
    return None if row is None else str(row[0])


def _know_as(act: Act, entity: Entity, name: str) -> None:
    """Let later documents that use this name mean this entity."""
    from store.aliases import same_form

    known = act.connection.execute(
        "SELECT 1 FROM aliases WHERE name = ? AND type = ?", [name, entity.type]
    ).fetchone()
    if known is None:
        act.insert(
            "aliases",
            {
                "entity": entity.id,
                "name": name,
                "form": same_form(name),
                "type": entity.type,
            },
        )
