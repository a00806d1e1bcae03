"""Purging: documents and every word of theirs go from the file for good.

Deleting rows is not enough. The full text index only marks words as gone until it
is written anew, pages that were freed keep what stood in them, and the log beside
the file keeps what it was given last. So the rows go in one transaction with what
the undo log, the entities and the record of imports know of them; then both
indexes are merged into one part, the file is written anew without free space, and
the log is emptied. All this is done once for any number of documents.

What stays is what a person wrote elsewhere: tags and their definitions, memos,
saved queries, and names of entities that a person decided about.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store import document_rows
from store.core import Core
from store.derived import refresh_entities
from store.errors import LibraryBusy, LibraryError
from store.model import Document
from store.refs import resolve
from store.search import index


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did."""

    documents: Sequence[Document]
    """As they were."""
    is_clean: bool
    """Whether the file was written anew: if not, the documents are gone, but words
    of theirs may be left in unused space until it is."""


def chosen(core: Core, documents: Sequence[int | str]) -> list[Document]:
    """The documents meant, each once, removed ones too. Raises ``NotFound``."""
    reader = core.reader
    found = [
        resolve(reader, "documents", "document", one, gone=True) for one in documents
    ]
    wanted = list(dict.fromkeys(found))
    rows = document_rows.rows(reader, wanted, core.coder)
    return [rows[one] for one in wanted]


def purge(core: Core, documents: Sequence[int | str]) -> Purged:
    """Delete documents and everything of them for good, undo log included.

    Removed documents may be meant too. Raises ``NotFound`` before anything is done.
    Takes seconds at 10,000 documents in the library, however few are purged.
    """
    old = chosen(core, documents)
    wanted = [one.id for one in old]
    core.writer.run(lambda pen: _purge(pen.connection, wanted))
    try:
        is_clean = core.writer.rewrite()
    except (LibraryError, LibraryBusy):  # no room on the disk, or somebody reads on
        is_clean = False
    return Purged(old, is_clean)


def copies(core: Core) -> Path | None:
    """The folder of copies beside the library, which a purge leaves as they are."""
    folder = core.path.with_name(core.path.name + ".backups")
    return folder if folder.is_dir() and any(folder.glob("*.db")) else None


def _purge(connection: sqlite3.Connection, documents: Sequence[int]) -> None:
    """Everything that holds a word of the documents goes, in one transaction."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("CREATE TEMP TABLE purged(id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO purged VALUES (?)", [(d,) for d in documents])
    _leave_indexes(connection)
    _leave_imports(connection)
    surfaces = connection.execute(_SURFACES).fetchall()
    _leave_log(connection)
    _lead_copies(connection)
    connection.execute(f"DELETE FROM documents WHERE id IN {_PURGED}")
    _leave_entities(connection, surfaces)
    connection.execute("DROP TABLE purged")
    index.forget_removed(connection)


_PURGED = "(SELECT id FROM purged)"

# Every name a purged document used for an entity.
_SURFACES = f"""
SELECT DISTINCT entity, surface FROM mentions
WHERE document IN {_PURGED} AND entity IS NOT NULL
UNION SELECT speaker, surface FROM mentions
WHERE document IN {_PURGED} AND speaker IS NOT NULL
"""


def _leave_indexes(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        f"SELECT id, title, text FROM documents WHERE id IN {_PURGED}"
    ).fetchall()
    for document, title, text in rows:
        index.remove_document(connection, document, title, text)
    annotations = connection.execute(
        f"SELECT id FROM annotations WHERE document IN {_PURGED}"
    ).fetchall()
    for (annotation,) in annotations:
        index.drop_name(connection, "annotation", annotation)


def _leave_imports(connection: sqlite3.Connection) -> None:
    """The record of imports names files; those of purged documents are taken out."""
    rows = connection.execute(
        "SELECT i.id, i.sources, d.path FROM documents d"
        f" JOIN imports i ON i.id = d.import WHERE d.id IN {_PURGED}"
    ).fetchall()
    paths: dict[int, set[str]] = {}
    sources = {record: listed for record, listed, _ in rows}
    for record, _, path in rows:
        paths.setdefault(record, set()).add(path)
    for record, listed in sources.items():
        kept = [one for one in json.loads(listed) if one not in paths[record]]
        connection.execute(
            "UPDATE imports SET sources = ? WHERE id = ?",
            [json.dumps(kept, ensure_ascii=False), record],
        )


# The oldest copy that stays, and the document that it is a copy of.
_NEW_LEADERS = f"""
SELECT min(id), duplicate_of FROM documents
WHERE duplicate_of IN {_PURGED} AND id NOT IN {_PURGED} GROUP BY duplicate_of
"""


def _lead_copies(connection: sqlite3.Connection) -> None:
    """Copies of a purged document stay together."""
    connection.executemany(
        "UPDATE documents SET duplicate_of = nullif(?, id) WHERE duplicate_of = ?",
        connection.execute(_NEW_LEADERS).fetchall(),
    )


# The undo log -----------------------------------------------------------------

# By which column the rows of a place belong to a document, and whether they hold
# words of it. Rows that are gone are known by what the log says of them.
_BELONGING = (
    ("annotations", True),
    ("mentions", True),
    ("attribute_values", True),
    ("coding_done", False),
    ("collection_documents", False),
)

_OF_DOCUMENTS = """
INSERT INTO purged_rows
SELECT :place, id, :words FROM {place} WHERE document IN (SELECT id FROM purged)
UNION SELECT :place, row, :words FROM change_rows WHERE place = :place
AND coalesce(after, before) ->> 'document' IN (SELECT id FROM purged)
"""

_OF_ANNOTATIONS = """
INSERT INTO purged_rows
WITH theirs AS (SELECT row FROM purged_rows WHERE place = 'annotations')
SELECT 'annotation_tags', id, 0 FROM annotation_tags
WHERE annotation IN (SELECT row FROM theirs)
UNION SELECT 'annotation_tags', row, 0 FROM change_rows
WHERE place = 'annotation_tags'
AND coalesce(after, before) ->> 'annotation' IN (SELECT row FROM theirs)
"""

_TOUCHED = """
SELECT r.change, max(p.words) FROM change_rows r
JOIN purged_rows p ON p.place = r.place AND p.row = r.row GROUP BY r.change
"""

_LEAVE_LOG = """
DELETE FROM change_rows WHERE id IN (
    SELECT r.id FROM purged_rows p
    JOIN change_rows r ON r.place = p.place AND r.row = p.row)
"""

# The words of an act that was about one document quote it; of one that was about
# many they do not. The mark of what can be done again is no row of its own.
_FORGET_ACT = """
DELETE FROM changes WHERE id = :act AND NOT EXISTS (
    SELECT 1 FROM change_rows WHERE change = :act AND place <> 'undone'
    AND (NOT :words OR place IN (
        'documents', 'annotations', 'mentions', 'attribute_values')))
"""


def _leave_log(connection: sqlite3.Connection) -> None:
    """Take the documents out of the undo log; what was done to others stays."""
    connection.execute("CREATE TEMP TABLE purged_rows(place TEXT, row INTEGER, words)")
    connection.execute("INSERT INTO purged_rows SELECT 'documents', id, 1 FROM purged")
    for place, words in _BELONGING:
        connection.execute(
            _OF_DOCUMENTS.format(place=place), {"place": place, "words": words}
        )
    connection.execute(_OF_ANNOTATIONS)
    touched = connection.execute(_TOUCHED).fetchall()
    connection.execute(_LEAVE_LOG)
    for act, words in touched:
        connection.execute(_FORGET_ACT, {"act": act, "words": words})
    connection.execute("DROP TABLE purged_rows")


# Entities ---------------------------------------------------------------------

# Entities that nothing names any more and about which nobody decided anything.
_FORGOTTEN = """
SELECT id FROM entities WHERE id IN (SELECT value FROM json_each(?))
AND state = 'new' AND merged_into IS NULL
AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = entities.id)
AND NOT EXISTS (SELECT 1 FROM entities o WHERE o.merged_into = entities.id)
"""

_FORGET_ENTITY = """
DELETE FROM entities WHERE id = ?
AND NOT EXISTS (SELECT 1 FROM mentions WHERE speaker = entities.id)
"""

# A way of writing it that no document has any more and no person gave it.
_FORGET_ALIAS = """
DELETE FROM aliases WHERE entity = :entity AND name = :name
AND NOT EXISTS (SELECT 1 FROM change_rows
    WHERE place = 'aliases' AND row = aliases.id)
AND NOT EXISTS (SELECT 1 FROM entities
    WHERE id = :entity AND name = :name AND state <> 'new')
"""

# If it was the name, it is called as it is called most often in what is left.
_RENAME = """
UPDATE entities SET name = (
    SELECT a.name FROM aliases a LEFT JOIN mentions m
    ON m.entity = a.entity AND m.surface = a.name
    WHERE a.entity = :entity GROUP BY a.id ORDER BY count(m.id) DESC, a.id LIMIT 1)
WHERE id = :entity AND name = :name AND state = 'new'
AND EXISTS (SELECT 1 FROM aliases WHERE entity = :entity)
"""


def _leave_entities(
    connection: sqlite3.Connection, surfaces: Sequence[tuple[int, str]]
) -> None:
    names: dict[int, set[str]] = {}
    for entity, surface in surfaces:
        names.setdefault(entity, set()).add(_name(surface))
    _forget_entities(connection, names)
    for entity, used in names.items():
        for name in _unused(connection, entity, used):
            values = {"entity": entity, "name": name}
            if connection.execute(_FORGET_ALIAS, values).rowcount:
                connection.execute(_RENAME, values)
    refresh_entities(connection, set(names))


def _forget_entities(connection: sqlite3.Connection, entities: Iterable[int]) -> None:
    forgotten = connection.execute(_FORGOTTEN, [json.dumps(list(entities))]).fetchall()
    connection.executemany(_FORGET_ENTITY, forgotten)


def _unused(connection: sqlite3.Connection, entity: int, names: set[str]) -> set[str]:
    """Those of the names by which no document calls the entity any more."""
    left = set(names)
    for (surface,) in connection.execute(
        "SELECT surface FROM mentions WHERE entity = ?", [entity]
    ):
        left.discard(_name(surface))
        if not left:
            break
    return left


def _name(surface: str) -> str:
    """A surface as aliases keep it: on one line."""
    return " ".join(surface.split())
