"""Whole lists that are held in memory, from which narrower ones are picked.

A list of all documents in an order is read anyway when it is shown. As long as no
document has moved in it, what bears a tag, names an entity or is in a collection need
not be looked at to be put in order: it stands in that order here.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from store.document_sets import Known
from store.schema_orders import GENERATION

_MOST = 3
"""Lists that are held: of a million documents each takes 8 MB."""

_FEWEST = 5_000
"""Shorter lists are put in order as quickly without."""

_AT_ONCE = 20_000
"""Documents that are compared at once."""

_STAMP = """
SELECT (SELECT value FROM meta WHERE key = ?),
    (SELECT seq FROM sqlite_sequence WHERE name = 'documents')
"""

Stamp = tuple[str | None, int | None]
Key = tuple[str, bool]
"""An order, and whether it runs down."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All documents in an order."""

    ids: array[int]

    def picked(
        self, known: Known, limit: int | None, after: int | None
    ) -> array[int] | None:
        """The first of those that are known, or those behind ``after``; None where
        that is not in the list."""
        found: array[int] = array("q")
        if not len(known):
            return found
        start = 0
        if after is not None:
            import numpy

            (places,) = numpy.nonzero(numpy.frombuffer(self.ids, numpy.int64) == after)
            if not len(places):
                return None
            start = int(places[0]) + 1
        for some in self._pieces(start, limit):
            found.extend(known.among(some))
            if limit is not None and len(found) >= limit:
                return found[:limit]
        return found

    def _pieces(self, start: int, limit: int | None) -> Iterator[array[int]]:
        step = len(self.ids) if limit is None else _AT_ONCE
        for at in range(start, len(self.ids), max(1, step)):
            yield self.ids[at : at + step]


class Wholes:
    """The whole lists that were read last; for all threads of a window."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[Key, tuple[Stamp, Whole]] = {}

    def stamp(self, connection: sqlite3.Connection) -> Stamp:
        """Another one whenever a whole list may be another one."""
        generation, last = connection.execute(_STAMP, [GENERATION]).fetchone()
        return generation, last

    def keep(self, key: Key, stamp: Stamp, ids: array[int]) -> None:
        """Hold a list that was read while the stamp was this."""
        if len(ids) < _FEWEST:
            return
        with self._guard:
            self._held.pop(key, None)
            self._held[key] = (stamp, Whole(ids[:]))
            for old in list(self._held)[:-_MOST]:
                del self._held[old]

    def find(self, key: Key, stamp: Stamp) -> Whole | None:
        """The list in this order, if it is held and the stamp is still the same."""
        with self._guard:
            held = self._held.get(key)
            if held is not None and held[0] != stamp:
                del self._held[key]
        return held[1] if held is not None and held[0] == stamp else None
