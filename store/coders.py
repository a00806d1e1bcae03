"""Coders: who made what, blind coding, and which documents a coder is done with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from store import refs
from store.acts import Act
from store.core import Core
from store.errors import NotFound
from store.seen import BLIND

_LIST = """
SELECT c.id, c.guid, c.name,
    (SELECT count(*) FROM annotations a JOIN documents d ON d.id = a.document
        WHERE a.coder = c.id AND a.deleted IS NULL AND d.removed IS NULL),
    (SELECT count(DISTINCT a.document) FROM annotations a
        JOIN documents d ON d.id = a.document
        WHERE a.coder = c.id AND a.deleted IS NULL AND d.removed IS NULL),
    (SELECT count(*) FROM coding_done t JOIN documents d ON d.id = t.document
        WHERE t.coder = c.id AND d.removed IS NULL)
FROM coders c ORDER BY c.name
"""

_DONE = """
SELECT t.document FROM coding_done t JOIN coders c ON c.id = t.coder
WHERE c.name = ? AND t.document IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Coder:
    """Who made annotations, and how much."""

    id: int
    guid: str
    name: str
    annotations: int
    """How many that are not deleted, hidden or not."""
    documents: int
    """Documents with at least one of them."""
    done: int
    """Documents that the coder said to be done with."""
    you: bool
    """Whether this is the coder who works in this window."""


class Coders:
    """The coders of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self) -> list[Coder]:
        """Every coder, by name. Numbers only: what was marked stays hidden."""
        rows = self._core.reader.execute(_LIST)
        return [
            Coder(
                id, guid, name, annotations, documents, done, name == self._core.coder
            )
            for id, guid, name, annotations, documents, done in rows
        ]

    def find(self, name: str) -> Coder:
        """The coder of that name. Raises ``NotFound``, with the nearest."""
        known = self.list()
        for one in known:
            if one.name == name:
                return one
        names = [one.name for one in known]
        near = refs.nearest(name, names) or f" The coders are {', '.join(names)}."
        raise NotFound(f"There is no coder {name}.{near if names else ''}")

    @property
    def blind(self) -> bool:
        """Whether coders are hidden from each other until both are done."""
        row = self._core.reader.execute(
            "SELECT value FROM meta WHERE key = ?", [BLIND]
        ).fetchone()
        return row is not None and row[0] == "1"

    def set_blind(self, on: bool) -> None:
        """Hide coders from each other, or no longer; for everyone in the library."""
        value = "1" if on else "0"

        def work(act: Act) -> None:
            row = act.connection.execute(
                "SELECT id FROM meta WHERE key = ?", [BLIND]
            ).fetchone()
            if row is not None:
                act.update("meta", row[0], {"value": value})
            elif on:
                act.insert("meta", {"key": BLIND, "value": value})

        self._core.act(f"switched blind coding {'on' if on else 'off'}", work)

    def done(self, documents: Sequence[int]) -> set[int]:
        """Which of these documents this coder is done with."""
        rows = self._core.reader.execute(
            _DONE, [self._core.coder, json.dumps(list(documents))]
        )
        return {document for (document,) in rows}

    def mark_done(self, documents: Sequence[int], done: bool = True) -> int:
        """Say that one's coding of documents is done, or is not; in one act.

        Returns how many were not so before. Raises ``NotFound``.
        """

        def work(act: Act) -> int:
            known = {
                document: row
                for row, document in act.connection.execute(
                    "SELECT id, document FROM coding_done WHERE coder = ?", [act.coder]
                )
            }
            wanted = [one for one in documents if (one in known) != done]
            for document in wanted:
                if done:
                    _require(act, document)
                    act.insert(
                        "coding_done",
                        {
                            "document": document,
                            "coder": act.coder,
                            "created": act.now,
                        },
                    )
                else:
                    act.delete("coding_done", known[document])
            return len(wanted)

        how = "done with" if done else "not done with"
        many = (
            "document " + str(documents[0])
            if len(documents) == 1
            else f"{len(documents)} documents"
        )
        return self._core.act(f"said to be {how} {many}", work)


def _require(act: Act, document: int) -> None:
    there = act.connection.execute(
        "SELECT 1 FROM documents WHERE id = ? AND removed IS NULL", [document]
    ).fetchone()
    if there is None:
        raise NotFound(f"There is no document {document}.")
