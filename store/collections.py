"""Collections: named sets of documents, by hand, by a living query, or drawn.

Whatever takes a ``DocumentFilter`` or an ``AnnotationFilter`` can be asked of a
collection of any kind; ``condition`` is how those queries ask.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from array import array
from collections.abc import Sequence
from typing import Any

from store import bulk, collection_rows, document_rows
from store.acts import Act
from store.collection_rows import KIND_WORDS, Collection, Kind
from store.core import Core
from store.document_filter import DocumentFilter, in_words, keep, readable
from store.errors import NotFound, UsageError
from store.sampling import Candidate, draw

__all__ = ["BY", "KIND_WORDS", "Collection", "Collections", "condition"]

condition = document_rows.in_collection
"""``condition(connection, name, column)``: SQL that says whether ``column``, the id of
a document, is in a collection of any kind, with its values."""

LONGEST_NAME = 80

BY = ("source", "language", "year")
"""What a sample can be divided by."""

Listed = list[Collection]
Names = list[str]
Candidates = list[Candidate]

# Each is answered by an index alone.
_STRATA = {
    "source": "SELECT id, source FROM documents INDEXED BY documents_source",
    "language": "SELECT id, language FROM documents INDEXED BY documents_language",
    "year": "SELECT id, substr(published, 1, 4)"
    " FROM documents INDEXED BY documents_published",
}


class Collections:
    """Collections of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self) -> Listed:
        """Every collection with its counts, by name."""
        return collection_rows.collections(self._core.reader, self._core.coder)

    def names(self, kind: Kind | None = None) -> Names:
        """Names only, without counting; of one kind if given."""
        found = collection_rows.names(self._core.reader)
        return [name for name, own in found if kind in (None, own)]

    def get(self, name: str) -> Collection:
        """One collection with its counts. Raises ``NotFound``."""
        reader, coder = self._core.reader, self._core.coder
        return collection_rows.collection(reader, coder, self._find(name))

    def members(self, name: str) -> array[int]:
        """Ids of its documents, newest first. Raises ``NotFound``, ``UsageError``."""
        return document_rows.ids(self._core.reader, DocumentFilter(collection=name))

    def make(
        self,
        name: str,
        filters: DocumentFilter | None = None,
        *,
        living: bool = False,
        documents: Sequence[int] = (),
    ) -> Collection:
        """Make a collection, in one act.

        ``living``: of whatever fits ``filters`` (all documents without) whenever it
        is asked; else of what fits them now and of ``documents``.
        """
        name = self._new_name(name)
        values: dict[str, Any] = {"name": name}
        members = array("q")
        if living:
            chosen = filters or DocumentFilter()
            document_rows.conditions(self._core.reader, chosen)  # it can be asked
            values |= {"kind": "query", "query": keep(self._core.reader, chosen)}
        elif filters is not None:
            members.extend(document_rows.ids(self._core.reader, filters))
        members.extend(documents)
        words = f'made the collection "{name}"'
        self._core.act(
            words if living else f"{words} of {_several(len(set(members)))}",
            lambda act: _insert(act, values, members),
        )
        return self.get(name)

    def sample(
        self,
        name: str,
        size: int,
        *,
        seed: int | None = None,
        filters: DocumentFilter | None = None,
        by: str | None = None,
    ) -> Collection:
        """Draw a random sample of ``size`` documents, in one act.

        The same ``seed`` (the next unused one unless given) on the same documents
        gives the same sample. ``by``: each source, language or year gives its part,
        in proportion. Its documents stay what they are. Raises ``UsageError`` where
        there are fewer documents.
        """
        name = self._new_name(name)
        chosen = filters or DocumentFilter()
        seed = self.next_seed() if seed is None else seed
        if not -(2**63) <= seed < 2**63:
            raise UsageError("A seed is a whole number of at most 18 digits.")
        candidates = self._candidates(chosen, by)
        if not 1 <= size <= len(candidates):
            raise UsageError(
                f"A sample of {size:,} cannot be drawn from"
                f" {_several(len(candidates))}."
            )
        query = json.loads(keep(self._core.reader, chosen)) | ({"by": by} if by else {})
        values = {
            "name": name,
            "kind": "sample",
            "query": json.dumps(query, ensure_ascii=False),
            "seed": seed,
            "size": size,
        }
        drawn = draw(candidates, size, seed)
        self._core.act(
            f'drew the sample "{name}" of {_several(size)}',
            lambda act: _insert(act, values, drawn),
        )
        return self.get(name)

    def in_words(self, filters: DocumentFilter) -> str:
        """What a filter asks for, as one line."""
        return in_words(readable(self._core.reader, filters))

    def next_seed(self) -> int:
        """A seed that no sample of this library has."""
        (last,) = self._core.reader.execute(
            "SELECT max(seed) FROM collections WHERE seed < 1000000000"
        ).fetchone()
        return max(0, last or 0) + 1

    def _candidates(self, filters: DocumentFilter, by: str | None) -> Candidates:
        if by is not None and by not in BY:
            raise UsageError(
                f"A sample cannot be divided by {by}; choose {', '.join(BY)}."
            )
        reader = self._core.reader
        guids = dict(reader.execute("SELECT id, guid FROM documents"))
        strata: dict[int, str | None] = {}
        if by is not None:
            strata = dict(reader.execute(f"{_STRATA[by]} WHERE removed IS NULL"))
        return [
            Candidate(id, guids[id], str(strata.get(id) or ""))
            for id in document_rows.ids(reader, filters)
        ]

    def add(self, name: str, documents: Sequence[int]) -> int:
        """Put documents in; returns how many were not in it. One act.

        Raises ``UsageError`` for a collection that was not made by hand.
        """
        found = self._by_hand(name)
        name = self._name(found)

        def work(act: Act) -> int:
            new = sorted(set(documents) - _present(act, found))
            act.words = f'put {_several(len(new))} in "{name}"'
            return _add(act, found, new)

        return self._core.act("", work)

    def take_out(self, name: str, documents: Sequence[int]) -> int:
        """Take documents out; returns how many were in it. One act.

        Raises ``UsageError`` for a collection that was not made by hand.
        """
        found = self._by_hand(name)
        name = self._name(found)

        def work(act: Act) -> int:
            gone = bulk.delete(
                act,
                "collection_documents",
                "collection = ? AND document IN (SELECT value FROM json_each(?))",
                [found, json.dumps([int(one) for one in documents])],
            )
            act.words = f'took {_several(gone)} out of "{name}"'
            return gone

        return self._core.act("", work)

    def rename(self, name: str, new: str) -> Collection:
        """Give another name. Raises ``NotFound`` and ``UsageError``."""
        found = self._find(name)
        new = self._new_name(new, but=found)
        self._core.act(
            f'renamed the collection "{self._name(found)}" to "{new}"',
            lambda act: act.update("collections", found, {"name": new}),
        )
        return self.get(new)

    def drop(self, name: str) -> Collection:
        """Forget a collection; its documents stay. Undo brings it back.

        Raises ``UsageError`` while another collection asks for it.
        """
        gone = self.get(name)
        reader = self._core.reader
        for other, query in reader.execute(
            "SELECT name, query FROM collections WHERE kind = 'query'"
        ):
            if json.loads(query or "{}").get("collection") == gone.guid:
                raise UsageError(
                    f"The collection {other} asks for {gone.name}; drop {other} first."
                )

        def work(act: Act) -> None:
            members = "collection = ?"
            bulk.delete(act, "collection_documents", members, [gone.id])
            act.delete("collections", gone.id)

        self._core.act(f'dropped the collection "{gone.name}"', work)
        return gone

    # Names -----------------------------------------------------------------

    def _find(self, name: str) -> int:
        return document_rows.collection_id(self._core.reader, name)

    def _name(self, collection: int) -> str:
        (name,) = self._core.reader.execute(
            "SELECT name FROM collections WHERE id = ?", [collection]
        ).fetchone()
        return str(name)

    def _by_hand(self, name: str) -> int:
        found = self._find(name)
        (kind,) = self._core.reader.execute(
            "SELECT kind FROM collections WHERE id = ?", [found]
        ).fetchone()
        if kind == "query":
            raise UsageError(
                f"{self._name(found)} is a living query; documents come and go by"
                " what it asks for."
            )
        if kind == "sample":
            raise UsageError(
                f"{self._name(found)} is a random sample; what was drawn stays as it"
                " is."
            )
        return found

    def to_fill(self, name: str) -> str:
        """The collection that new documents go into: one by hand, or one to be made.

        Raises ``UsageError`` for a living query, a sample, or what is no name.
        """
        try:
            return self._name(self._by_hand(name))
        except NotFound:
            return self._new_name(name)

    def problem_with_name(self, name: str) -> str | None:
        """In one sentence why a collection cannot be called that, or ``None``."""
        try:
            self._new_name(name)
        except UsageError as error:
            return str(error)
        return None

    def _new_name(self, name: str, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise UsageError("A collection needs a name.")
        if len(name) > LONGEST_NAME:
            raise UsageError(f"A name has at most {LONGEST_NAME} signs.")
        if not name.isprintable():
            raise UsageError("A name has no control signs.")
        row = self._core.reader.execute(
            "SELECT name FROM collections WHERE folded(name) = ? AND id IS NOT ?",
            [name.casefold(), but],
        ).fetchone()
        if row:
            raise UsageError(f"There is a collection {row[0]} already.")
        return name


def _insert(act: Act, values: dict[str, Any], members: Sequence[int]) -> None:
    taken = act.connection.execute(
        "SELECT 1 FROM collections WHERE name = ?", [values["name"]]
    ).fetchone()
    if taken:
        raise UsageError(f"There is a collection {values['name']} already.")
    fixed = {"guid": str(uuid.uuid4()), "created": act.now}
    _add(act, act.insert("collections", {**values, **fixed}), members)


def _add(act: Act, collection: int, documents: Sequence[int]) -> int:
    """Put documents in that are not there yet."""
    wanted = list(dict.fromkeys(documents))
    known = act.connection.execute(
        "SELECT count(*) FROM documents WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(wanted)],
    ).fetchone()
    if known[0] != len(wanted):
        raise NotFound("One of these documents is gone.")
    return bulk.insert(
        act,
        "collection_documents",
        ("collection", "document"),
        [(collection, document) for document in wanted],
    )


def _present(act: Act, collection: int) -> set[int]:
    rows: sqlite3.Cursor = act.connection.execute(
        "SELECT document FROM collection_documents WHERE collection = ?", [collection]
    )
    return {document for (document,) in rows}


def _several(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"
