"""Which entities, tags and annotations belong to the documents one looks in.

An entity belongs where it is mentioned, a tag where it or one below it is used, an
annotation where it stands.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from store.search.within import Sieve
from store.tagpaths import TagPaths

_PAGE = 256

_ANNOTATIONS = """
SELECT id, document FROM seen_annotations
WHERE id IN (SELECT value FROM json_each(?))
"""

_MENTIONED = """
SELECT DISTINCT document FROM mentions WHERE state <> 'rejected'
AND entity IN (SELECT id FROM entities WHERE id = ? OR merged_into = ?)
"""

_USED = """
SELECT a.document FROM annotation_tags t
JOIN seen_annotations a ON a.id = t.annotation
WHERE t.tag IN (SELECT value FROM json_each(?))
"""


def belonging(
    connection: sqlite3.Connection, sieve: Sieve, kind: str, rows: Sequence[int]
) -> set[int]:
    """Those of some entities, tags or annotations that belong to documents which the
    sieve keeps."""
    if kind == "annotation":
        at = dict(connection.execute(_ANNOTATIONS, [json.dumps(rows)]).fetchall())
        kept = sieve.kept(sorted(set(at.values())))
        return {row for row in rows if at.get(row) in kept}
    if kind == "entity":
        return {
            row
            for row in rows
            if _any_kept(sieve, connection.execute(_MENTIONED, [row, row]))
        }
    paths = TagPaths.read(connection)
    return {
        row
        for row in rows
        if _any_kept(sieve, connection.execute(_USED, [json.dumps(paths.subtree(row))]))
    }


def _any_kept(sieve: Sieve, documents: Iterable[tuple[int]]) -> bool:
    """Whether the sieve keeps any; the documents are read until one is found."""
    rows: Iterator[int] = (document for (document,) in documents)
    while page := list(islice(rows, _PAGE)):
        if sieve.kept(page):
            return True
    return False
