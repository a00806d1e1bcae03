"""A filter as conditions in SQL, each in the two forms that a plan needs.

A condition can lead a query, by an index or by the ids that it gives, or it can test
the documents that another one or the order leads to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from store import dates, refs
from store.document_filter import DocumentFilter, kept
from store.errors import NotFound, UsageError
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a filter, over ``documents d``."""

    lead: str
    """The condition as SQLite follows it by an index, or by ids."""
    values: tuple[Any, ...]
    test: str
    """The same of one document; leads SQLite nowhere."""
    test_values: tuple[Any, ...]
    columns: frozenset[str]
    """What a test looks at; ``id`` alone where it looks into another table."""
    counted: str | None
    """Rows that it leads to, or a few more. None: it cannot lead."""
    counted_values: tuple[Any, ...] = ()
    index: str | None = None
    """The index of ``documents`` that leads; None where it leads by ids."""
    among: str = ""
    """A test that brings all ids first, once; takes ``values``."""
    members: str = ""
    """Selects the ids of the documents, maybe some of them again; takes ``values``."""
    known: int = 0
    """How many rows it leads to, where a counter knows; else 0."""
    alone: DocumentFilter | None = None
    """The condition as a filter, where ``store.counters`` may know it."""
    unplanned: str = ""
    """What stands for ``lead`` where SQLite is left to choose, if not the same."""


def _column(
    name: str,
    condition: str,
    values: tuple[Any, ...],
    index: str,
    alone: DocumentFilter,
    lead: str = "",
) -> Term:
    """A condition on one column, which an index of the table answers."""
    follow = lead or condition
    given = (*values, *values) if lead else values
    rows = f"FROM documents d INDEXED BY {index} WHERE d.removed IS NULL AND {follow}"
    return Term(
        lead=follow,
        values=given,
        test=condition.replace("d.", "+d."),
        test_values=values,
        columns=frozenset((name,)),
        counted=f"SELECT 1 {rows}",
        counted_values=given,
        members=f"SELECT d.id {rows}",
        index=index,
        alone=alone,
    )


def _ids(members: str, values: tuple[Any, ...], test: str, counted: str = "") -> Term:
    """A condition that another table answers; ``members`` selects the ids."""
    lead = f"d.id IN ({members})"
    return Term(
        lead=lead,
        values=values,
        test=test,
        test_values=values,
        columns=frozenset(("id",)),
        counted=counted or members,
        counted_values=values,
        among=f"+{lead}",
        members=members,
    )


def _source(name: str) -> Term:
    # The index ignores case, so that it orders as a person does.
    return _column(
        "source",
        "d.source = ?",
        (name,),
        "documents_source",
        DocumentFilter(source=name),
        "d.source COLLATE NOCASE = ? AND d.source = ?",
    )


def _language(code: str) -> Term:
    alone = DocumentFilter(language=code)
    return _column("language", "d.language = ?", (code,), "documents_language", alone)


_UNREAD = _column(
    "read", "d.read IS NULL", (), "documents_unread", DocumentFilter(unread=True)
)

_STARRED = _column(
    "starred", "d.starred = 1", (), "documents_starred", DocumentFilter(starred=True)
)


def _published(filters: DocumentFilter) -> Term:
    conditions, values = [], []
    if filters.since is not None:
        conditions.append("d.published >= ?")
        values.append(dates.published_from(filters.since))
    if filters.until is not None:
        conditions.append("d.published < ?")
        values.append(dates.published_before(filters.until))
    sql = " AND ".join(conditions)
    alone = DocumentFilter(since=filters.since, until=filters.until)
    return _column("published", sql, tuple(values), "documents_published", alone)


def _annotated() -> Term:
    members = "SELECT a.document FROM seen_annotations a"
    test = "EXISTS (SELECT 1 FROM seen_annotations a WHERE a.document = d.id)"
    return _ids(members, (), test)


def _entity(connection: sqlite3.Connection, entity: int) -> Term:
    """What is merged into the entity counts as it."""
    rows = connection.execute(
        "SELECT id, documents FROM entities WHERE id = ? OR merged_into = ?",
        [entity, entity],
    ).fetchall()
    same = ", ".join(str(int(id)) for id, _ in rows) or "NULL"
    named = (
        f"FROM mentions m WHERE m.entity IN ({same}){{here}} AND m.state <> 'rejected'"
    )
    term = _ids(
        f"SELECT m.document {named.format(here='')}",
        (),
        f"EXISTS (SELECT 1 {named.format(here=' AND m.document = d.id')})",
    )
    return replace(term, known=max((count for _, count in rows), default=0))


def _tag(below: Sequence[int]) -> Term:
    """Each document is looked at by its annotations, not by all that bear the tag."""
    borne = """
SELECT a.document FROM seen_annotations a
{join} annotation_tags t ON t.annotation = a.id
WHERE t.tag IN (SELECT value FROM json_each(?))
""".strip()
    among = borne.format(join="CROSS JOIN")
    return _ids(
        borne.format(join="JOIN"),
        (json.dumps(below),),
        f"EXISTS ({among} AND a.document = d.id)",
        "SELECT 1 FROM annotation_tags t"
        " WHERE t.tag IN (SELECT value FROM json_each(?))",
    )


def _title(word: str) -> Term:
    test = "(instr(folded(d.title), ?) OR instr(folded(d.source), ?))"
    columns = frozenset(("title", "source"))
    return Term(test, (word, word), test, (word, word), columns, None)


def terms(
    connection: sqlite3.Connection,
    filters: DocumentFilter,
    asking: tuple[int, ...] = (),
) -> list[Term]:
    """The parts of a filter; ``asking``: the collections whose query it is.

    Raises ``NotFound`` and, where collections ask for each other in a circle,
    ``UsageError``.
    """
    found: list[Term] = []
    if filters.source is not None:
        found.append(_source(filters.source))
    if filters.language is not None:
        found.append(_language(filters.language))
    if filters.since is not None or filters.until is not None:
        found.append(_published(filters))
    if filters.unread:
        found.append(_UNREAD)
    if filters.starred:
        found.append(_STARRED)
    if filters.annotated:
        found.append(_annotated())
    if filters.entity is not None:
        found.append(_entity(connection, filters.entity))
    if filters.tag is not None:
        found.append(_tag(TagPaths.read(connection).subtree(filters.tag)))
    if filters.collection is not None:
        found += _within(connection, filters.collection, asking)
    found += [_title(word) for word in (filters.title or "").casefold().split()]
    return found


def conditions(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> tuple[str, list[Any]]:
    """The filter as SQL over ``documents d`` and its values.

    Raises as :func:`terms` does.
    """
    return _joined(terms(connection, filters))


def _joined(parts: Sequence[Term]) -> tuple[str, list[Any]]:
    where = ["d.removed IS NULL", *(one.unplanned or one.lead for one in parts)]
    return " AND ".join(where), [value for one in parts for value in one.values]


def tests(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> tuple[str, list[Any]]:
    """The same for documents that another table leads to, one by one."""
    parts = terms(connection, filters)
    where = ["d.removed IS NULL", *(one.among or one.test for one in parts)]
    values = [
        value
        for one in parts
        for value in (one.values if one.among else one.test_values)
    ]
    return " AND ".join(where), values


def in_collection(
    connection: sqlite3.Connection, name: str, column: str = "d.id"
) -> tuple[str, list[Any]]:
    """SQL that says whether ``column``, the id of a document, is in a collection.

    Raises as :func:`members` does.
    """
    sql, values = members(connection, name)
    return f"{column} IN ({sql})", values


def members(connection: sqlite3.Connection, name: str) -> tuple[str, list[Any]]:
    """SQL for the ids of the documents of a collection, removed ones among them.

    For any kind: a query is asked anew. Raises ``NotFound`` and ``UsageError``.
    """
    found, kind = _collection(connection, name)
    if kind != "query":
        return _MEMBERS, [found]
    where, values = _joined(_within(connection, name, ()))
    return f"SELECT d.id FROM documents d WHERE {where}", values


_MEMBERS = "SELECT document FROM collection_documents WHERE collection = ?"

_MEMBER = f"EXISTS ({_MEMBERS} AND document = d.id)"

_FEW = 2_000
"""So many documents are looked up one by one; more are met in the order of a list."""


def _within(
    connection: sqlite3.Connection, name: str, asking: tuple[int, ...]
) -> list[Term]:
    """A collection as terms; ``asking``: those that ask for it."""
    found, kind = _collection(connection, name)
    if found in asking:
        raise UsageError(f"The collection {name} asks for itself, in a circle.")
    if kind == "query":
        (query,) = connection.execute(
            "SELECT query FROM collections WHERE id = ?", [found]
        ).fetchone()
        return terms(connection, kept(connection, query), (*asking, found))
    (count,) = connection.execute(
        f"SELECT count(*) FROM ({_MEMBERS} LIMIT ?)", [found, _FEW + 1]
    ).fetchone()
    members = _ids(_MEMBERS, (found,), _MEMBER)
    # The sign + keeps SQLite from going from document to document all over the file.
    return [replace(members, unplanned=f"+{members.lead}" if count > _FEW else "")]


def _collection(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    """Id and kind of a collection. Raises ``NotFound``."""
    found = collection_id(connection, name)
    (kind,) = connection.execute(
        "SELECT kind FROM collections WHERE id = ?", [found]
    ).fetchone()
    return found, str(kind)


def collection_id(connection: sqlite3.Connection, name: str) -> int:
    """The collection of this name; case matters only where two differ by it.

    Raises ``NotFound``, with the nearest names.
    """
    rows = connection.execute(
        "SELECT id, name FROM collections WHERE folded(name) = ?", [name.casefold()]
    ).fetchall()
    exact = [id for id, own in rows if own == name]
    if exact or len(rows) == 1:
        return int(exact[0] if exact else rows[0][0])
    names = connection.execute("SELECT name FROM collections ORDER BY name").fetchall()
    near = refs.nearest(name, [own for (own,) in names])
    raise NotFound(f"There is no collection {name}.{near}")
