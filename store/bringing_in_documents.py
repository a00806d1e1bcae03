"""Documents that come with annotations: found in this library, or added to it.

A document is the same by its guid, else by its identity, else by its text; two of
one file that only share their text stay two. The text here is never changed; where
the file has another, annotations are anchored anew.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store import counters
from store.bringing_in_records import DocumentRecord
from store.ingest import clean
from store.search import index

_FIND = (
    "SELECT id FROM documents WHERE guid = :guid",
    "SELECT id FROM documents WHERE identity = :identity",
    "SELECT id FROM documents INDEXED BY documents_same_text"
    " WHERE substr(text_sha256, 1, 12) = substr(:digest, 1, 12)"
    " AND +text_sha256 = :digest AND id <= :last"
    " ORDER BY removed IS NOT NULL, duplicate_of IS NOT NULL, id LIMIT 1",
)


@dataclass(frozen=True, slots=True)
class Local:
    """A document of this library that one of the file's is."""

    id: int
    revision: int
    file_text: str | None
    """The text that came with the file; ``None`` if only the guid did."""
    file_revision: int
    removed: bool


class DocumentTaker:
    """Finds or adds the documents of a file in this library."""

    def __init__(self, connection: sqlite3.Connection, now: str) -> None:
        self._connection = connection
        self._now = now
        (self._last,) = connection.execute(
            "SELECT coalesce(max(id), 0) FROM documents"
        ).fetchone()
        self._locals: dict[str, Local] = {}
        self._text: tuple[int, str] = (0, "")
        self.added = 0
        self.remarks: list[str] = []

    def take(self, records: list[DocumentRecord]) -> None:
        """Take the documents; new ones can be found by search at once."""
        new: list[tuple[int, DocumentRecord, str]] = []
        for record in records:
            text = clean.tidy(record.text)[0]
            digest = clean.text_sha256(text)
            if record.text_sha256 not in (None, digest):
                self.remarks.append(
                    f"line {record.line}: the text is not the one that its hash says"
                )
            found = self._find(record, digest)
            if found is None:
                found = self._insert(record, text, digest)
                new.append((found, record, text))
            self._locals[record.guid] = self._local(found, record.text, record.revision)
        for found, record, _ in new:
            self._set_original(found, record)
        index.add_documents(
            self._connection,
            [(found, record.title, text) for found, record, text in new],
        )
        self.added = len(new)

    def local(self, guid: str) -> Local | None:
        """The document that annotations of the file are on, if it is anywhere."""
        if guid not in self._locals:
            row = self._connection.execute(
                "SELECT id FROM documents WHERE guid = ?", [guid]
            ).fetchone()
            if row is None:
                return None
            self._locals[guid] = self._local(row[0], None, 0)
        return self._locals[guid]

    def text(self, document: int) -> str:
        """A document's text here; the last one asked for is remembered."""
        if self._text[0] != document:
            (text,) = self._connection.execute(
                "SELECT text FROM documents WHERE id = ?", [document]
            ).fetchone()
            self._text = (document, text)
        return self._text[1]

    def _find(self, record: DocumentRecord, digest: str) -> int | None:
        values = {
            "guid": record.guid,
            "identity": record.identity,
            "digest": digest,
            "last": self._last,
        }
        for sql in _FIND:
            row = self._connection.execute(sql, values).fetchone()
            if row is not None:
                return int(row[0])
        return None

    def _local(self, document: int, text: str | None, revision: int) -> Local:
        own, removed = self._connection.execute(
            "SELECT revision, removed IS NOT NULL FROM documents WHERE id = ?",
            [document],
        ).fetchone()
        return Local(document, own, text, revision, bool(removed))

    def _insert(self, record: DocumentRecord, text: str, digest: str) -> int:
        values = {
            **record.columns,
            "guid": record.guid,
            "identity": record.identity,
            "title": record.title,
            "revision": record.revision,
            "added": record.columns["added"] or self._now,
            "text_sha256": digest,
            "text": text,
        }
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        cursor = self._connection.execute(
            f"INSERT INTO documents({names}) VALUES ({marks})", list(values.values())
        )
        document = int(cursor.lastrowid or 0)
        counters.count_new(self._connection, document, document)
        return document

    def _set_original(self, document: int, record: DocumentRecord) -> None:
        original = record.duplicate_of and self.local(record.duplicate_of)
        if original and original.id != document:
            self._connection.execute(
                "UPDATE documents SET duplicate_of = ? WHERE id = ?",
                [original.id, document],
            )
