"""Reading attributes: what is defined, what a value may be, who gave which."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from store import refs
from store.errors import NotFound, UsageError

Kind = Literal["choice", "scale", "yesno", "text"]

KINDS: tuple[Kind, ...] = ("choice", "scale", "yesno", "text")

KIND_WORDS = {
    "choice": "one of several",
    "scale": "a scale",
    "yesno": "yes or no",
    "text": "text",
}
"""What a person calls each kind."""

LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Attribute:
    """What documents are coded by: defined once, filled in by each coder."""

    id: int
    guid: str
    name: str
    kind: Kind
    values: tuple[str, ...]
    """All that there may be, in order; for a text there is no end of them."""
    definition: str
    position: int
    documents: int = 0
    """How many have a value that this coder may see."""

    @property
    def scale(self) -> tuple[int, int]:
        """The ends of a scale."""
        return int(self.values[0]), int(self.values[-1])

    def read(self, value: str) -> str:
        """A value as it is stored. Raises ``UsageError`` for what it cannot be."""
        words = value.strip()
        if not words:
            raise UsageError(f"A value of {self.name} cannot be empty.")
        if self.kind == "text":
            if len(words) > LONGEST_VALUE:
                raise UsageError(
                    f"A value of {self.name} has at most {LONGEST_VALUE:,} signs."
                )
            return words
        meant = _number(words) if self.kind == "scale" else words.casefold()
        if self.kind == "yesno":
            meant = _YES_NO.get(meant, meant)
        for one in self.values:
            if meant == one.casefold():
                return one
        raise UsageError(
            f"{self.name} is {self.values_in_words()}; it cannot be {words}."
        )

    def values_in_words(self) -> str:
        """``-2 to +2``, ``yes or no``, ``one of report, opinion``, ``any text``."""
        if self.kind == "scale":
            return f"{signed(self.values[0], self)} to {signed(self.values[-1], self)}"
        if self.kind == "text":
            return "any text"
        if self.kind == "yesno":
            return "yes or no"
        return f"one of {', '.join(self.values)}"

    def typed(self, value: str) -> str | int:
        """A stored value as what it is: the number of a scale, else the words."""
        return int(value) if self.kind == "scale" else value


_YES_NO = {"y": "yes", "n": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"}


def signed(value: str, attribute: Attribute) -> str:
    """A value as it is shown: ``+1`` on a scale that goes below zero."""
    if attribute.kind == "scale" and attribute.scale[0] < 0 < int(value):
        return f"+{value}"
    return value


def _number(words: str) -> str:
    """A whole number as it is stored: ``+1`` is ``1``, a minus sign a hyphen."""
    plain = words.replace("\N{MINUS SIGN}", "-")
    digits = plain.lstrip("+-")
    if len(plain) - len(digits) > 1 or not (digits.isascii() and digits.isdecimal()):
        return plain
    number = int(digits[:9])
    return str(-number if plain.startswith("-") else number)


@dataclass(frozen=True, slots=True)
class Value:
    """One coder's value of one attribute of one document."""

    document: int
    attribute: int
    name: str
    """Of the attribute."""
    value: str
    coder: str


_LIST = """
SELECT t.id, t.guid, t.name, t.kind, t.choices, t.definition, t.position,
    coalesce(n.documents, 0)
FROM attributes t LEFT JOIN (
    SELECT v.attribute, count(DISTINCT v.document) AS documents
    FROM seen_values v
    WHERE v.document NOT IN (SELECT id FROM documents WHERE removed IS NOT NULL)
    GROUP BY v.attribute
) n ON n.attribute = t.id
ORDER BY t.position, t.id
"""

_DEFINED = """
SELECT id, guid, name, kind, choices, definition, position FROM attributes
ORDER BY position, id
"""

_VALUES = """
SELECT v.document, v.attribute, t.name, v.value, c.name
FROM seen_values v JOIN attributes t ON t.id = v.attribute
JOIN coders c ON c.id = v.coder
WHERE v.document IN ({ids})
ORDER BY v.document, t.position, t.id, folded(c.name)
"""


def attributes(connection: sqlite3.Connection) -> list[Attribute]:
    """Every attribute in its order, with how many documents have a value."""
    return [attribute(row) for row in connection.execute(_LIST)]


def defined(connection: sqlite3.Connection) -> list[Attribute]:
    """Every attribute in its order, without counting."""
    return [attribute(row) for row in connection.execute(_DEFINED)]


def attribute(row: Sequence[Any]) -> Attribute:
    """A row as a value."""
    (id, guid, name, kind, choices, definition, position, *documents) = row
    return Attribute(
        id, guid, name, kind, tuple(json.loads(choices)), definition, position,
        *documents,
    )  # fmt: skip


def find(connection: sqlite3.Connection, name: str) -> Attribute:
    """The attribute of this name, in any case. Raises ``NotFound``."""
    known = defined(connection)
    for one in known:
        if one.name.casefold() == name.strip().casefold():
            return one
    near = refs.nearest(name, [one.name for one in known])
    raise NotFound(f"There is no attribute {name}.{near}")


def defined_among(connection: sqlite3.Connection, names: Iterable[str]) -> list[str]:
    """Those of the names that are attributes, as they were given."""
    known = {one.name.casefold() for one in defined(connection)}
    return [name for name in names if name.strip().casefold() in known]


def values(connection: sqlite3.Connection, documents: Sequence[int]) -> list[Value]:
    """What this coder may see of the values of some documents: own and others'."""
    found: list[Value] = []
    for at in range(0, len(documents), 500):
        marks = ", ".join(str(int(one)) for one in documents[at : at + 500])
        rows = connection.execute(_VALUES.format(ids=marks))
        found += [Value(*row) for row in rows]
    return found


def shown(
    connection: sqlite3.Connection, documents: Sequence[int], coder: str
) -> dict[int, dict[str, Any]]:
    """The values that stand for each document: the coder's own, else another's."""
    known = {one.id: one for one in defined(connection)}
    out: dict[int, dict[str, Any]] = {}
    own: set[tuple[int, int]] = set()
    for one in values(connection, documents) if known else ():
        place = (one.document, one.attribute)
        mine = out.setdefault(one.document, {})
        if one.coder == coder:
            own.add(place)
        elif place in own or one.name in mine:
            continue
        mine[one.name] = known[one.attribute].typed(one.value)
    return out


def counts(connection: sqlite3.Connection, attribute: int) -> dict[str, int]:
    """In how many documents each value stands; the most frequent first."""
    rows = connection.execute(
        "SELECT value, count(DISTINCT document) FROM seen_values"
        " WHERE attribute = ? GROUP BY value ORDER BY 2 DESC, 1",
        [attribute],
    )
    return dict(rows.fetchall())
