"""Where a query looks: in the filter that is on, and in its own filters.

``source:``, ``entity:`` and the other filters of a query become, together with the
filter of a list, one condition over documents. Where few documents fit, or the
condition is dear, they are known as a set of ids; where very many do, the condition
is looked at for the documents of a page. Filters of one source or language add up,
all others must hold together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from store import dates
from store.document_filter import DocumentFilter
from store.document_rows import conditions, members
from store.errors import PostillaError, UsageError
from store.search import meanings, titles
from store.search.fold import is_unspaced
from store.search.query import Filter, Query, parse, quoted
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Known, Listing, Sieve, Within, listed
from store.tagpaths import TagPaths

EVERYTHING = DocumentFilter()
"""The filter that lets every document through."""

_MOST_LISTED = 20_000
"""More documents than this of a plain condition are not listed beforehand."""

_FEW = 300
"""So few documents are sorted; more are met in the order of their dates."""

_EITHER = ("source", "language")
"""Filters of which a document can fit only one value."""

_BATCH = 256

_HIDDEN: Listing = ("SELECT id FROM documents WHERE removed IS NOT NULL", ())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Where to look, and why nowhere."""

    within: Within
    unknown: tuple[str, ...] = ()
    """A sentence for each filter that means nothing here: then nothing is found."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One condition over ``documents d``."""

    condition: str
    values: tuple[object, ...] = ()
    listing: Listing | None = None
    """Ids for which it holds, hidden documents among them; ``None`` where the
    condition is answered by an index or a row of ``documents``."""
    later: Listing | None = None
    """The same where that is dear, so that it is asked for when it must be."""
    is_not: bool = False

    @property
    def full(self) -> str:
        """The condition, with its sign."""
        return f"({self.condition}) IS NOT TRUE" if self.is_not else self.condition


def narrowed(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    filters: DocumentFilter = EVERYTHING,
) -> Narrowed:
    """Where a query looks. Raises as ``document_rows.conditions`` does."""
    parts = list(_of_list(connection, filters))
    unknown: list[str] = []
    for filter, values in _together(query.filters):
        try:
            part = _part(connection, vocabulary, filter, values)
        except PostillaError as error:
            unknown.append(str(error))
            continue
        if part is not None:
            parts.append(part)
    if query.is_empty and query.without and (parts or query.filters):
        parts += _but(query.without)
    if unknown:
        return Narrowed(EVERYWHERE, tuple(dict.fromkeys(unknown)))
    return Narrowed(_joined(connection, parts) if parts else EVERYWHERE)


def unknown(
    connection: sqlite3.Connection, vocabulary: Vocabulary | None, text: str
) -> tuple[str, ...]:
    """Why a query finds nothing: a sentence for each filter that means nothing."""
    query = parse(text)
    return narrowed(connection, vocabulary, query).unknown if query.filters else ()


def newest(connection: sqlite3.Connection, within: Within, limit: int) -> list[int]:
    """The documents within that were published last."""
    known = within.known or Known(check=within.condition, values=within.values)
    if known.ids is not None and len(known.ids) <= _FEW:
        kept = Sieve(connection, within).kept(list(known.ids))
        rows = connection.execute(
            "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))"
            " ORDER BY published DESC, id DESC LIMIT ?",
            [json.dumps(list(kept)), limit],
        )
        return [row for (row,) in rows]
    if known.ids is None and len(known.listings) == 1:
        rows = connection.execute(
            f"SELECT d.id FROM documents d WHERE {within.condition}"
            " ORDER BY d.published DESC, d.id DESC LIMIT ?",
            [*within.values, limit],
        )
        return [row for (row,) in rows]
    sieve = Sieve(connection, within)
    every = connection.execute(
        "SELECT id FROM documents WHERE removed IS NULL"
        " ORDER BY published DESC, id DESC"
    )
    found: list[int] = []
    while len(found) < limit and (batch := [r for (r,) in every.fetchmany(_BATCH)]):
        inside = sieve.kept(batch)
        found += [row for row in batch if row in inside]
    return found[:limit]


def _joined(connection: sqlite3.Connection, parts: Sequence[_Part]) -> Within:
    """All conditions as one."""
    ids: frozenset[int] | None = None
    without = listed(connection, [_HIDDEN]) or frozenset()
    left: list[_Part] = []
    for part in sorted(parts, key=lambda part: part.listing is None):
        if part.listing is None:
            is_plain = ids is None and part.later is None
            some = _listed_if_few(connection, part) if is_plain else None
            if some is None:
                left.append(part)
                continue
        else:
            some = listed(connection, [part.listing]) or frozenset()
            if part.is_not:
                without |= some
                continue
        ids = some if ids is None else ids & some
    known = Known(
        ids,
        without,
        " AND ".join(part.full for part in left),
        tuple(value for part in left for value in part.values),
        tuple(map(_listing, left)),
    )
    condition = " AND ".join(["d.removed IS NULL", *(part.full for part in parts)])
    values = tuple(value for part in parts for value in part.values)
    if ids is not None and len(ids) <= _MOST_LISTED:
        among = json.dumps(sorted(ids - without))
        condition = "d.id IN (SELECT value FROM json_each(?))"
        condition = " AND ".join([condition, *(part.full for part in left)])
        values = (among, *known.values)
    return Within(condition, values, known)


def _listing(part: _Part) -> Listing:
    """Ids of the documents that are not hidden and of which a part is true."""
    if part.later is not None and not part.is_not:
        return part.later
    sql = f"SELECT d.id FROM documents d WHERE d.removed IS NULL AND {part.full}"
    return sql, part.values


def _listed_if_few(
    connection: sqlite3.Connection, part: _Part
) -> frozenset[int] | None:
    sql, values = _listing(part)
    rows = connection.execute(f"{sql} LIMIT {_MOST_LISTED + 1}", values).fetchall()
    return frozenset(i for (i,) in rows) if len(rows) <= _MOST_LISTED else None


# The filter of a list --------------------------------------------------------


def _of_list(
    connection: sqlite3.Connection, filters: DocumentFilter
) -> Iterator[_Part]:
    """The parts of the filter that is on."""
    dates = replace(EVERYTHING, since=filters.since, until=filters.until)
    singly = [dates] if dates != EVERYTHING else []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value != field.default and field.name not in ("since", "until"):
            singly.append(replace(EVERYTHING, **{field.name: value}))
    for single in singly:
        if single.entity is not None:
            yield _entity(
                connection, [single.entity, *_merged(connection, single.entity)]
            )
        elif single.tag is not None:
            yield _tag(TagPaths.read(connection).subtree(single.tag))
        elif single.collection is not None:
            yield _collections(connection, [single.collection])
        elif single.annotated:
            yield _among("SELECT document FROM seen_annotations", ())
        else:
            where, values = conditions(connection, single)
            yield _Part(where.removeprefix("d.removed IS NULL AND "), tuple(values))


def _merged(connection: sqlite3.Connection, entity: int) -> list[int]:
    rows = connection.execute("SELECT id FROM entities WHERE merged_into = ?", [entity])
    return [merged for (merged,) in rows]


# The filters of a query ------------------------------------------------------


def _together(filters: Sequence[Filter]) -> Iterator[tuple[Filter, list[str]]]:
    """Each filter with its values; several of one source or language are one."""
    either: dict[str, list[str]] = {}
    for filter in filters:
        if filter.name in _EITHER and not filter.is_not:
            either.setdefault(filter.name, []).append(filter.value)
    for filter in filters:
        if filter.name not in _EITHER or filter.is_not:
            yield filter, [filter.value]
        elif filter.name in either:
            yield filter, either.pop(filter.name)


def _part(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    filter: Filter,
    values: Sequence[str],
) -> _Part | None:
    """What a filter asks for; ``None`` where it asks for nothing yet.

    Raises ``UsageError`` where it means nothing.
    """
    if filter.name in ("since", "until"):
        part = _date(filter)
    elif filter.name == "title":
        ids = titles.having(connection, vocabulary, filter)
        # Of ids there is no other listing than themselves.
        part = _among("SELECT value FROM json_each(?)", (json.dumps(ids),))
        part = part if ids else None
    else:
        part = _of_names(connection, filter, values)
    if part is not None:
        return replace(part, is_not=filter.is_not)
    if filter.is_not or (filter.name in ("since", "until") and _is_begun(filter)):
        return None
    raise UsageError(meanings.nothing(connection, filter.name, filter.value))


def _of_names(
    connection: sqlite3.Connection, filter: Filter, values: Sequence[str]
) -> _Part | None:
    """A part for something that has a name; ``None`` where nothing has it."""
    if filter.name == "entity":
        entities = meanings.entities(connection, filter.value)
        return _entity(connection, entities) if entities else None
    if filter.name == "tag":
        tags = meanings.tags(TagPaths.read(connection), filter.value)
        return _tag(tags) if tags else None
    if filter.name == "collection":
        found = meanings.collections(connection, filter.value)
        return _collections(connection, found) if found else None
    known = meanings.sources if filter.name == "source" else meanings.languages
    names = [name for value in values for name in known(connection, value)]
    marks = ", ".join("?" * len(names))
    condition = f"d.{filter.name} IN ({marks})"
    if filter.name == "source":
        # The index over it orders without regard to case.
        condition = f"d.source COLLATE NOCASE IN ({marks}) AND {condition}"
        names *= 2
    return _Part(condition, tuple(names)) if names else None


def _date(filter: Filter) -> _Part | None:
    """A part for a date; one that is being typed counts as far as it is one."""
    value = filter.value
    if filter.is_open:
        value = value.removesuffix("0") if value.endswith("-0") else value
        value = value.rstrip("-")
    try:
        if filter.name == "since":
            return _Part("d.published >= ?", (dates.published_from(value),))
        return _Part("d.published < ?", (dates.published_before(value),))
    except UsageError:
        return None


def _is_begun(filter: Filter) -> bool:
    """Whether it may become a date by typing on."""
    return filter.is_open and len(filter.value) < 4 and filter.value.isdecimal()


def _entity(connection: sqlite3.Connection, entities: Sequence[int]) -> _Part:
    marks = ", ".join(str(int(one)) for one in entities)
    named = f"FROM mentions m WHERE m.entity IN ({marks}) AND m.state <> 'rejected'"
    (documents,) = connection.execute(
        f"SELECT sum(documents) FROM entities WHERE id IN ({marks})"
    ).fetchone()
    listing: Listing = (f"SELECT m.document {named}", ())
    if (documents or 0) <= _MOST_LISTED:
        return _among(*listing)
    one_by_one = f"EXISTS (SELECT 1 {named} AND m.document = d.id)"
    return _Part(one_by_one, (), None, listing)


def _tag(tags: Sequence[int]) -> _Part:
    return _among(
        "SELECT a.document FROM seen_annotations a JOIN annotation_tags t"
        " ON t.annotation = a.id WHERE t.tag IN (SELECT value FROM json_each(?))",
        (json.dumps(tags),),
    )


def _collections(connection: sqlite3.Connection, names: Sequence[str]) -> _Part:
    listings = [members(connection, name) for name in names]
    sql = " UNION ".join(f"SELECT * FROM ({sql})" for sql, _ in listings)
    return _among(sql, tuple(value for _, given in listings for value in given))


def _but(without: Sequence[str]) -> list[_Part]:
    """Words that must not stand, where nothing else is looked for."""
    words = " OR ".join(quoted(part) for part in without if not is_unspaced(part))
    sql = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?"
    return [replace(_among(sql, (words,)), is_not=True)] if words else []


def _among(sql: str, values: tuple[object, ...]) -> _Part:
    """Documents that a table other than ``documents`` lists."""
    return _Part(f"d.id IN ({sql})", values, (sql, values))
