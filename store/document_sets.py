"""Sets of documents, brought from SQLite at once.

A row at a time costs Python four times as much as all ids in one text. Which documents
bear a tag, name an entity or are in a collection is asked in this way, once: what they
have in common is known then, and the documents themselves are looked at no more than
is needed to put the few that are left in order.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.document_terms import Term

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_MANY = 1_500
"""So many ids are worth NumPy, which has to be loaded."""

_MORE = 10
"""A set is looked up document by document where it is so many times as large as
another one, or as what another condition leads to."""

_CONDITION = "d.id IN (SELECT value FROM json_each(?))"


def numbers(
    connection: sqlite3.Connection,
    sql: str,
    values: Sequence[Any] = (),
    limit: int | None = None,
) -> array[int]:
    """The ids that a query selects, in its order."""
    return _parsed(_written(connection, sql, values, limit))


def _written(
    connection: sqlite3.Connection,
    sql: str,
    values: Sequence[Any],
    limit: int | None = None,
) -> str:
    # With a limit, even none, SQLite keeps to the order of the query within.
    (text,) = connection.execute(
        f"WITH found(id) AS ({sql} LIMIT ?) SELECT group_concat(id) FROM found",
        [*values, -1 if limit is None else limit],
    ).fetchone()
    return text or ""


def _parsed(text: str) -> array[int]:
    if not text:
        return array("q")
    if len(text) < 4 * _MANY:
        return array("q", map(int, text.split(",")))
    import numpy

    found = array("q")
    found.frombytes(numpy.fromstring(text, dtype=numpy.int64, sep=",").tobytes())
    return found


class Known:
    """Documents that are known to be meant, to be compared with others."""

    def __init__(self, ids: array[int]) -> None:
        self.ids = ids
        """Each may be there several times."""
        self._set: frozenset[int] | None = None
        self._flags: NDArray[numpy.bool_] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def among(self, others: array[int]) -> array[int]:
        """Those of others that are known, in their order."""
        if len(others) + len(self.ids) < _MANY:
            if self._set is None:
                self._set = frozenset(self.ids)
            return array("q", filter(self._set.__contains__, others))
        import numpy

        met = numpy.frombuffer(others, dtype=numpy.int64)
        if self._flags is None:
            # The last flag stands for all that are beyond.
            mine = numpy.frombuffer(self.ids, dtype=numpy.int64)
            self._flags = numpy.zeros(int(mine.max(initial=0)) + 2, dtype=numpy.bool_)
            self._flags[mine] = True
        inside = numpy.minimum(met, len(self._flags) - 1)
        found = array("q")
        found.frombytes(met[self._flags[inside]].tobytes())
        return found


@dataclass(frozen=True, slots=True)
class Brought:
    """The documents that fulfil some of the conditions."""

    known: Known | None
    """None: nothing was brought."""
    parts: tuple[Term, ...]
    """The conditions that are left to be asked; ``term`` is among them."""
    term: Term | None
    """What was brought, as a condition."""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left to be asked."""
        return self.term is not None and len(self.parts) == 1


def bring(
    connection: sqlite3.Connection,
    parts: Sequence[Term],
    counts: Mapping[Term, float],
    most: float,
) -> Brought:
    """Fulfil conditions that another table answers, where that is worth while, and
    with one of them others.

    ``counts``: documents to which conditions lead, as far as that is known; ``most``:
    larger sets are sooner met in the order of a list.
    """
    known: Known | None = None
    text = ""
    left = []
    most = min(most, min(counts.values(), default=most) * _MORE)
    for part in sorted(parts, key=lambda part: _when(part, counts)):
        is_fit = part.members and (known is not None or part.columns == {"id"})
        count = counts.get(part, part.known)
        found = _members(connection, part, count, most) if is_fit else None
        if found is None:
            left.append(part)
        elif known is None:
            text, known = found, Known(_parsed(found))
            most = len(known) * _MORE
        else:
            known = Known(known.among(_parsed(found)))
            text = ",".join(map(str, known.ids))
            most = len(known) * _MORE
    if known is None:
        return Brought(None, tuple(parts), None)
    term = _term(text, len(known))
    return Brought(known, (*left, term), term)


def _when(part: Term, counts: Mapping[Term, float]) -> tuple[bool, float]:
    """What another table answers comes first, then what leads to least."""
    return part.columns != {"id"}, counts.get(part, part.known)


def _members(
    connection: sqlite3.Connection, part: Term, count: float, most: float
) -> str | None:
    """The ids that a condition gives; None if they are more."""
    if count > most:
        return None
    if most == float("inf"):
        return _written(connection, part.members, part.values)
    text = _written(connection, part.members, part.values, int(most) + 1)
    return text if text.count(",") < most else None


def _term(text: str, count: int) -> Term:
    written = (f"[{text}]",)
    return Term(
        lead=_CONDITION,
        values=written,
        test=f"+{_CONDITION}",
        test_values=written,
        columns=frozenset(("id",)),
        counted=None,
        known=count,
    )
