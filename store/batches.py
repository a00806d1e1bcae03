"""One batch of incoming documents: told apart, written and indexed together."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from store import anchors, counters, derived
from store.acts import RowChange
from store.anchors import Anchor
from store.model import Incoming
from store.search import index
from store.writer import Pen


@dataclass(frozen=True, slots=True)
class Prepared:
    """An incoming document with what was worked out before the transaction."""

    incoming: Incoming
    guid: str
    words: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a batch."""

    added: int
    updated: int
    unchanged: int
    duplicates: int


class Counts(Protocol):
    """The part of a report that a batch adds to."""

    added: int
    updated: int
    unchanged: int
    duplicates: int


_INSERT = """
INSERT INTO documents(id, guid, identity, title, source, author, published,
    language, url, path, words, added, duplicate_of, attributes, reader, encoding,
    encoding_guessed, source_sha256, text_sha256, import, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_JSON = json.JSONEncoder(ensure_ascii=False)
"""Made once: ``json.dumps`` makes one for each call with this."""

_KNOWN = "SELECT id, text_sha256 FROM documents WHERE identity = ?"

# The sign + keeps SQLite from putting the digest into the condition on its beginning.
_TWIN = """
SELECT coalesce(duplicate_of, id) FROM documents INDEXED BY documents_same_text
WHERE substr(text_sha256, 1, 12) = substr(:digest, 1, 12) AND +text_sha256 = :digest
AND removed IS NULL AND id <> :but ORDER BY id LIMIT 1
"""


def store(
    pen: Pen,
    batch: Sequence[Prepared],
    record: int,
    collection: str | None,
    now: str,
) -> Counted:
    """Write a batch inside the writer's transaction; what happened, in numbers."""
    connection = pen.connection
    sorting = _Sorting(connection, record, now)
    for one in batch:
        sorting.take(one)
    sorting.write_new()
    if collection is not None:
        _collect(connection, collection, sorting.ids, now)
    connection.execute(
        "UPDATE imports SET added = added + ?, updated = updated + ?,"
        " unchanged = unchanged + ?, duplicates = duplicates + ? WHERE id = ?",
        [
            sorting.added,
            sorting.updated,
            sorting.unchanged,
            sorting.duplicates,
            record,
        ],
    )
    return Counted(
        sorting.added, sorting.updated, sorting.unchanged, sorting.duplicates
    )


class _Sorting:
    """Tells new, changed and known documents apart, and gathers the new ones."""

    def __init__(self, connection: sqlite3.Connection, record: int, now: str) -> None:
        self._connection = connection
        self._record = record
        self._now = now
        self._rows: list[tuple[object, ...]] = []
        self._fresh: dict[str, tuple[int, str]] = {}
        self._twins: dict[str, int] = {}
        self._next_id = _next_id(connection)
        self.added = self.updated = self.unchanged = self.duplicates = 0
        self.ids: list[int] = []

    def take(self, one: Prepared) -> None:
        """Count one document, update it if it changed, keep it if it is new."""
        known = (
            self._fresh.get(one.incoming.identity)
            or self._connection.execute(_KNOWN, [one.incoming.identity]).fetchone()
        )
        if known is None:
            self._add(one)
            return
        self.ids.append(known[0])
        if known[1] == one.text_sha256:
            self.unchanged += 1
            return
        self.write_new()
        self._fresh.pop(one.incoming.identity, None)
        if self._twins.get(known[1]) == known[0]:
            del self._twins[known[1]]
        _update(self._connection, known[0], one, self._now)
        self.updated += 1

    def _add(self, one: Prepared) -> None:
        digest = one.text_sha256
        twin = self._twins.get(digest) or _twin(self._connection, digest)
        self.duplicates += twin is not None
        self._rows.append(_row(self._next_id, one, twin, self._record, self._now))
        self._fresh[one.incoming.identity] = (self._next_id, digest)
        self._twins.setdefault(digest, twin or self._next_id)
        self.ids.append(self._next_id)
        self.added += 1
        self._next_id += 1

    def write_new(self) -> None:
        """Insert and index what was gathered."""
        rows, self._rows = self._rows, []
        if rows:
            self._connection.executemany(_INSERT, rows)
            counters.count_new(
                self._connection, int(str(rows[0][0])), self._next_id - 1
            )
            # id, title and text of each row
            index.add_documents(
                self._connection,
                ((int(str(r[0])), str(r[3]), str(r[-1])) for r in rows),
            )


def classify(
    connection: sqlite3.Connection,
    batch: Sequence[Prepared],
    seen: dict[str, str],
    counts: Counts,
) -> None:
    """Count what a batch would do, writing nothing; ``seen`` holds earlier ones."""
    texts = set(seen.values())
    for one in batch:
        known = connection.execute(_KNOWN, [one.incoming.identity]).fetchone()
        before = seen.get(one.incoming.identity) or (known[1] if known else None)
        if before == one.text_sha256:
            counts.unchanged += 1
        elif before is not None:
            counts.updated += 1
        else:
            counts.added += 1
            counts.duplicates += one.text_sha256 in texts or (
                _twin(connection, one.text_sha256) is not None
            )
        seen[one.incoming.identity] = one.text_sha256
        texts.add(one.text_sha256)


def _next_id(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = 'documents'"
    ).fetchone()
    return 1 + (int(row[0]) if row else 0)


def _twin(connection: sqlite3.Connection, digest: str, but: int = 0) -> int | None:
    row = connection.execute(_TWIN, {"digest": digest, "but": but}).fetchone()
    return None if row is None else int(row[0])


def _row(
    id: int, one: Prepared, twin: int | None, record: int, now: str
) -> tuple[object, ...]:
    doc = one.incoming
    return (
        id,
        one.guid,
        doc.identity,
        doc.title,
        doc.source,
        doc.author,
        doc.published,
        doc.language,
        doc.url,
        doc.path,
        one.words,
        now,
        twin,
        _JSON.encode(doc.attributes) if doc.attributes else "{}",
        doc.reader or None,
        doc.encoding,
        int(doc.encoding_guessed),
        doc.source_sha256,
        one.text_sha256,
        record,
        doc.text,
    )


def _update(connection: sqlite3.Connection, id: int, one: Prepared, now: str) -> None:
    """A known source came back with another text."""
    title, text, digest, revision = connection.execute(
        "SELECT title, text, text_sha256, revision FROM documents WHERE id = ?", [id]
    ).fetchone()
    index.remove_document(connection, id, title, text)
    connection.execute(
        "INSERT INTO document_revisions(document, revision, text_sha256, replaced,"
        " text) VALUES (?, ?, ?, ?, ?)",
        [id, revision, digest, now, text],
    )
    _lead_copies(connection, id)
    values = _new_values(connection, id, one, revision + 1)
    setters = ", ".join(f"{column} = ?" for column in values)
    connection.execute(
        f"UPDATE documents SET {setters} WHERE id = ?", [*values.values(), id]
    )
    new_title = str(values.get("title", title))
    index.add_documents(connection, [(id, new_title, one.incoming.text)])
    reanchor(connection, id, text, one.incoming.text, revision + 1)
    _replace_mentions(connection, id, one.incoming.text)


def _new_values(
    connection: sqlite3.Connection, id: int, one: Prepared, revision: int
) -> dict[str, object]:
    """Columns of a changed document; what a person corrected stays as it is."""
    doc = one.incoming
    said = {
        "title": doc.title,
        "source": doc.source,
        "author": doc.author,
        "published": doc.published,
        "language": doc.language,
        "url": doc.url,
    }
    corrected = _corrected(connection, id)
    return {
        **{k: v for k, v in said.items() if v is not None and k not in corrected},
        "words": one.words,
        "source_sha256": doc.source_sha256,
        "text_sha256": one.text_sha256,
        "duplicate_of": _twin(connection, one.text_sha256, id),
        "text": doc.text,
        "revision": revision,
        "extractor": None,
        "read": None,
        "position": 0,
    }


def _corrected(connection: sqlite3.Connection, id: int) -> set[str]:
    """Columns that a person set, by the undo log."""
    rows = connection.execute(
        "SELECT r.after FROM change_rows r JOIN changes c ON c.id = r.change"
        " WHERE r.place = 'documents' AND r.row = ? AND c.undone IS NULL",
        [id],
    )
    return {column for (after,) in rows for column in json.loads(after or "{}")}


def _lead_copies(connection: sqlite3.Connection, id: int) -> None:
    """A document that changes is no longer what its copies are copies of."""
    connection.execute("UPDATE documents SET duplicate_of = NULL WHERE id = ?", [id])
    row = connection.execute(
        "SELECT id FROM documents WHERE duplicate_of = ?"
        " ORDER BY removed IS NOT NULL, id LIMIT 1",
        [id],
    ).fetchone()
    if row:
        connection.execute(
            "UPDATE documents SET duplicate_of = nullif(?, id) WHERE duplicate_of = ?",
            [row[0], id],
        )


def _replace_mentions(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Keep what a person decided where the surface still stands; drop the rest."""
    rows = connection.execute(
        "SELECT id, start, surface, state, entity FROM mentions WHERE document = ?"
        " ORDER BY state = 'new', start",
        [document],
    ).fetchall()
    taken: set[int] = set()
    for id, start, surface, state, _ in rows:
        places = [] if state == "new" else list(anchors.places(text, surface))
        free = [at for at in places if at not in taken]
        if not free:
            connection.execute("DELETE FROM mentions WHERE id = ?", [id])
            continue
        nearest = min(free, key=lambda at: abs(at - start))
        taken.add(nearest)
        connection.execute(
            'UPDATE mentions SET start = ?, "end" = ? WHERE id = ?',
            [nearest, nearest + len(surface), id],
        )
    derived.refresh_entities(connection, {row[4] for row in rows if row[4]})


def reanchor(
    connection: sqlite3.Connection, document: int, old: str, new: str, revision: int
) -> None:
    """Find every annotation of a document again in its changed text."""
    rows = connection.execute(
        'SELECT id, start, "end", exact, prefix, suffix FROM annotations'
        " WHERE document = ? AND kind = 'span'",
        [document],
    ).fetchall()
    moved: list[RowChange] = []
    passages = [Anchor(*passage) for _, *passage in rows]
    again = anchors.find_all_again(passages, old, new)
    for (id, *_), found in zip(rows, again, strict=True):
        connection.execute(
            'UPDATE annotations SET start = ?, "end" = ?, exact = ?, prefix = ?,'
            " suffix = ?, anchor_state = ?, revision = ? WHERE id = ?",
            [
                found.start,
                found.end,
                found.exact,
                found.prefix,
                found.suffix,
                found.state,
                revision,
                id,
            ],
        )
        moved.append(RowChange("annotations", id, {}, {}))
    derived.refresh(connection, moved)


def _collect(
    connection: sqlite3.Connection, name: str, ids: Sequence[int], now: str
) -> None:
    """Put documents into a collection, made when it is missing."""
    row = connection.execute(
        "SELECT id FROM collections WHERE name = ?", [name]
    ).fetchone()
    if row is None:
        row = (
            connection.execute(
                "INSERT INTO collections(guid, name, created) VALUES (?, ?, ?)",
                [str(uuid.uuid4()), name, now],
            ).lastrowid,
        )
    connection.executemany(
        "INSERT OR IGNORE INTO collection_documents(collection, document)"
        " VALUES (?, ?)",
        [(row[0], id) for id in ids],
    )
