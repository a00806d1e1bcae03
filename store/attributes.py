"""Attributes of documents: defined once, filled in by each coder, checked.

What a source gave along with a document stays in ``documents.attributes``; what a
person judges (tone, genre, is it about us?) is a value of a defined attribute, one
for each coder, so that coders can be compared.
"""

from __future__ import annotations

import json
import uuid
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from store import attribute_rows, bulk
from store.acts import Act
from store.attribute_rows import KIND_WORDS, KINDS, Attribute, Kind, Value
from store.attribute_rules import made
from store.core import Core
from store.errors import NotFound, UsageError

__all__ = [
    "KINDS",
    "KIND_WORDS",
    "Attribute",
    "Attributes",
    "Kind",
    "Value",
    "filling",
    "made",
]

_PAGE = 500


class Attributes:
    """Attributes of a library and their values."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self) -> Listed:
        """Every attribute in its order, with how many documents have a value."""
        return attribute_rows.attributes(self._core.reader)

    def defined(self) -> Listed:
        """The same without counting."""
        return attribute_rows.defined(self._core.reader)

    def get(self, name: str) -> Attribute:
        """One attribute, by its name in any case. Raises ``NotFound``."""
        return attribute_rows.find(self._core.reader, name)

    def counts(self, name: str) -> dict[str, int]:
        """In how many documents each value stands."""
        return self.counts_of(self.get(name).id)

    def counts_of(self, attribute: int) -> dict[str, int]:
        """The same by id; nothing for one that is gone."""
        return attribute_rows.counts(self._core.reader, attribute)

    # Defining --------------------------------------------------------------

    def define(
        self, name: str, kind: str, *, values: Sequence[str] = (), definition: str = ""
    ) -> Attribute:
        """Define an attribute, in one act.

        ``values``: those of a choice, or the lowest and highest of a scale. Raises
        ``UsageError``.
        """
        new = made(name, kind, values=values, definition=definition)

        def work(act: Act) -> None:
            _require_free(act, new.name)
            (last,) = act.connection.execute(
                "SELECT coalesce(max(position), 0) FROM attributes"
            ).fetchone()
            fixed = {"guid": str(uuid.uuid4()), "created": act.now}
            act.insert("attributes", {**_row(new), **fixed, "position": last + 1})

        self._core.act(f"defined the attribute {new.name}", work)
        return self.get(new.name)

    def change(
        self,
        name: str,
        *,
        new_name: str | None = None,
        kind: str | None = None,
        values: Sequence[str] | None = None,
        definition: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> Attribute:
        """Change an attribute, in one act; what is not given stays.

        ``mapping`` says which value takes the place of one that goes. Raises
        ``UsageError`` where values in use would be lost.
        """
        old = self.get(name)
        kept = () if kind not in (None, old.kind) else old.values
        new = made(
            old.name if new_name is None else new_name,
            old.kind if kind is None else kind,
            values=kept if values is None else values,
            definition=old.definition if definition is None else definition,
        )

        def work(act: Act) -> None:
            if new.name != old.name:
                _require_free(act, new.name, but=old.id)
            _carry_over(act, old, new, mapping or {})
            act.update("attributes", old.id, _row(new))

        self._core.act(f"changed the attribute {old.name}", work)
        return self.get(new.name)

    def lost(self, name: str, kind: str, values: Sequence[str]) -> dict[str, int]:
        """Values in use, of any coder, that there would be no more, with how often
        they are. Raises ``UsageError`` for what cannot be an attribute."""
        old = self.get(name)
        return _lost(self._core.reader, old.id, made(old.name, kind, values=values))

    def delete(self, name: str) -> Attribute:
        """Delete an attribute with its values, in one act; undo brings them back."""
        old = self.get(name)

        def work(act: Act) -> None:
            gone = bulk.delete(act, "attribute_values", "attribute = ?", [old.id])
            act.delete("attributes", old.id)
            if gone:
                values = "1 value" if gone == 1 else f"{gone:,} values"
                act.words = f"deleted the attribute {old.name} with {values}"

        self._core.act(f"deleted the attribute {old.name}", work)
        return old

    # Values ----------------------------------------------------------------

    def set(self, documents: Sequence[int], name: str, value: str | None) -> None:
        """Give documents a value of this coder, or take it away; one act.

        Raises ``NotFound``, and ``UsageError`` for a value that cannot be.
        """
        self.set_several(documents, {name: value})

    def set_several(
        self, documents: Sequence[int], values: Mapping[str, str | None]
    ) -> None:
        """The same for several attributes at once, in one act."""
        meant = filling(self._core, values)

        def work(act: Act) -> None:
            for attribute, value in meant:
                give(act, documents, attribute, value)

        shown = ", ".join(
            f"{one.name} = {value}" if value is not None else f"no {one.name}"
            for one, value in meant
        )
        many = "1 document" if len(documents) == 1 else f"{len(documents):,} documents"
        self._core.act(f"filled in {shown[:80]} for {many}", work)

    def values(self, documents: Sequence[int]) -> Values:
        """What this coder may see of the values of documents: own and others'."""
        return attribute_rows.values(self._core.reader, documents)

    def own(self, documents: Sequence[int]) -> dict[int, dict[int, str]]:
        """This coder's values, by document and id of the attribute."""
        out: dict[int, dict[int, str]] = {}
        for one in self.values(documents):
            if one.coder == self._core.coder:
                out.setdefault(one.document, {})[one.attribute] = one.value
        return out

    def table(
        self, documents: Sequence[int], *, by_coder: bool = False
    ) -> Iterator[tuple[int, str | None, dict[str, str | int]]]:
        """For each document its id and values by name: this coder's, else another's.

        ``by_coder``: each coder's by itself, with the coder's name, for those
        documents to which anybody gave a value.
        """
        reader, coder = self._core.reader, self._core.coder
        known = {one.id: one for one in self.defined()}
        for at in range(0, len(documents), _PAGE):
            page = array("q", documents[at : at + _PAGE])
            if not by_coder:
                found = attribute_rows.shown(reader, page, coder)
                yield from ((one, None, found.get(one, {})) for one in page)
                continue
            given: dict[tuple[int, str], dict[str, str | int]] = {}
            for one in attribute_rows.values(reader, page):
                row = given.setdefault((one.document, one.coder), {})
                row[one.name] = known[one.attribute].typed(one.value)
            place = {document: number for number, document in enumerate(page)}
            for key in sorted(given, key=lambda pair: (place[pair[0]], pair[1])):
                yield key[0], key[1], given[key]


Listed = list[Attribute]
Values = list[Value]


def filling(
    core: Core, values: Mapping[str, str | None]
) -> Sequence[tuple[Attribute, str | None]]:
    """Attributes and checked values; an empty value is none.

    Raises ``NotFound`` and ``UsageError``.
    """
    meant = []
    for name, value in values.items():
        attribute = attribute_rows.find(core.reader, name)
        given = (value or "").strip()
        meant.append((attribute, attribute.read(given) if given else None))
    return meant


def give(
    act: Act, documents: Sequence[int], attribute: Attribute, value: str | None
) -> None:
    """Give documents the act's coder's value, or take it away."""
    wanted = list(dict.fromkeys(int(one) for one in documents))
    present = dict(
        act.connection.execute(
            "SELECT document, id FROM attribute_values"
            " WHERE attribute = ? AND coder = ?"
            " AND document IN (SELECT value FROM json_each(?))",
            [attribute.id, act.coder, json.dumps(wanted)],
        ).fetchall()
    )
    if value is None:
        ids = json.dumps(list(present.values()))
        where = "id IN (SELECT value FROM json_each(?))"
        bulk.delete(act, "attribute_values", where, [ids])
        return
    _require_documents(act, wanted)
    for row in present.values():
        old = act.connection.execute(
            "SELECT value FROM attribute_values WHERE id = ?", [row]
        ).fetchone()
        if old[0] != value:
            changed = {"value": value, "modified": act.now}
            act.update("attribute_values", row, changed)
    bulk.insert(
        act,
        "attribute_values",
        ("guid", "document", "attribute", "coder", "value", "created", "modified"),
        [
            (str(uuid.uuid4()), one, attribute.id, act.coder, value, act.now, act.now)
            for one in wanted
            if one not in present
        ],
    )


def _require_documents(act: Act, wanted: Sequence[int]) -> None:
    (known,) = act.connection.execute(
        "SELECT count(*) FROM documents WHERE removed IS NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(wanted))],
    ).fetchone()
    if known != len(wanted):
        raise NotFound("One of these documents is gone.")


def _require_free(act: Act, name: str, but: int | None = None) -> None:
    row = act.connection.execute(
        "SELECT name FROM attributes WHERE folded(name) = ? AND id IS NOT ?",
        [name.casefold(), but],
    ).fetchone()
    if row:
        raise UsageError(f"There is an attribute {row[0]} already.")


def _row(attribute: Attribute) -> dict[str, Any]:
    return {
        "name": attribute.name,
        "kind": attribute.kind,
        "choices": json.dumps(list(attribute.values), ensure_ascii=False),
        "definition": attribute.definition,
    }


def _lost(connection: Any, attribute: int, new: Attribute) -> dict[str, int]:
    rows = connection.execute(
        "SELECT value, count(DISTINCT document) FROM attribute_values"
        " WHERE attribute = ? GROUP BY value ORDER BY 2 DESC, 1",
        [attribute],
    )
    return {value: count for value, count in rows if not _fits(new, value)}


def _fits(attribute: Attribute, value: str) -> bool:
    try:
        attribute.read(value)
    except UsageError:
        return False
    return True


def _carry_over(
    act: Act, old: Attribute, new: Attribute, mapping: Mapping[str, str]
) -> None:
    """Make every value in use one of the new attribute. Raises ``UsageError``."""
    moved = {one.casefold(): new.read(other) for one, other in mapping.items()}
    for value, count in _lost(act.connection, old.id, new).items():
        if value.casefold() not in moved:
            many = "1 document" if count == 1 else f"{count:,} documents"
            raise UsageError(
                f"{old.name} is {value} in {many}; keep that value, or say which takes"
                " its place."
            )
    rows = act.connection.execute(
        "SELECT id, value FROM attribute_values WHERE attribute = ?", [old.id]
    ).fetchall()
    for row, value in rows:
        target = moved.get(value.casefold()) or replace(new, id=old.id).read(value)
        if target != value:
            changed = {"value": target, "modified": act.now}
            act.update("attribute_values", row, changed)
