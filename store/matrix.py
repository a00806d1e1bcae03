"""Documents by tags, entities or attributes, for R, pandas or a spreadsheet.

The columns are fixed first, then rows are asked for a page at a time, so that a matrix
of 100,000 documents needs no more memory than one of ten.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from store import attribute_rows, document_rows
from store.document_rows import DocumentFilter
from store.entity_rows import check_type
from store.errors import UsageError
from store.tagpaths import TagPaths

TAGS, ENTITIES, ATTRIBUTES = "tags", "entities", "attributes"

KINDS = (TAGS, ENTITIES, ATTRIBUTES)
"""What the columns are."""

MOST_ENTITIES = 50
"""Columns of entities unless more are asked for."""

DOCUMENT_FIELDS = ("id", "guid", "title", "source", "published")
"""What stands in front of the columns."""

_PAGE = 500

Cell = int | str | None
"""0, 1 or a count for tags and entities; the value of an attribute, or none."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which matrix."""

    of: str = TAGS
    documents: DocumentFilter = field(default_factory=DocumentFilter)
    counts: bool = False
    """How often instead of whether: annotations with a tag, mentions of an entity."""
    below: bool = True
    """A tag stands for those below it too."""
    top: int | None = None
    """Only so many columns, those of most documents; ``None``: every tag and
    attribute, and ``MOST_ENTITIES``."""
    type: str | None = None
    """Only entities of this type."""
    only_annotated: bool = False
    """Only documents with an annotation."""

    @property
    def asked(self) -> DocumentFilter:
        """Which documents, all in all."""
        if self.only_annotated:
            return replace(self.documents, annotated=True)
        return self.documents


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    id: int
    """Of the tag, entity or attribute."""
    name: str
    """Path of a tag, name of an entity or attribute."""
    heading: str
    """The name, made different from every other heading."""
    coder: str | None = None
    """Whose values these are, where several coders gave some."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which columns and rows there are."""

    question: Question
    columns: tuple[Column, ...]
    documents: array[int]
    """Ids, the newest first."""


def read(connection: sqlite3.Connection, question: Question) -> Matrix:
    """Columns and rows. Raises ``UsageError`` and ``NotFound``."""
    if question.of not in KINDS:
        raise UsageError(
            f"There is no matrix of {question.of}; choose {', '.join(KINDS)}."
        )
    check_type(question.type)
    documents = document_rows.ids(connection, question.asked)
    columns = _COLUMNS[question.of](connection, question)
    return Matrix(question, _with_headings(question.of, columns), documents)


def _tag_columns(connection: sqlite3.Connection, question: Question) -> list[Column]:
    paths = TagPaths.read(connection)
    tags = [tag for tag, _ in paths.in_order()]
    if question.top is not None:
        wanted = _most_used(connection, question, paths)
        tags = [tag for tag in tags if tag in wanted]
    return [Column(tag, paths.path(tag), "") for tag in tags]


def _most_used(
    connection: sqlite3.Connection, question: Question, paths: TagPaths
) -> set[int]:
    """The tags that stand in most documents."""
    where, values = document_rows.conditions(connection, question.asked)
    rows = connection.execute(
        "SELECT DISTINCT a.document, t.tag FROM seen_annotations a"
        " JOIN annotation_tags t ON t.annotation = a.id"
        f" WHERE a.document IN (SELECT d.id FROM documents d WHERE {where})",
        values,
    )
    held: dict[int, set[int]] = {}
    for document, tag in rows:
        for meant in _meant(paths, tag, below=question.below):
            held.setdefault(meant, set()).add(document)
    best = sorted(held, key=lambda tag: (-len(held[tag]), tag))
    return set(best[: question.top])


def _meant(paths: TagPaths, tag: int, *, below: bool) -> Iterator[int]:
    """A tag, and those above it where they stand for what is below them."""
    current: int | None = tag
    while current is not None and current in paths.names:
        yield current
        current = paths.parents[current] if below else None


def _entity_columns(connection: sqlite3.Connection, question: Question) -> list[Column]:
    """The entities named in most of the documents."""
    from store import occurrences

    top = MOST_ENTITIES if question.top is None else question.top
    wanted = occurrences.most_named(connection, question.asked, question.type, top)
    names = dict(
        connection.execute(
            "SELECT id, name FROM entities"
            " WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(wanted)],
        ).fetchall()
    )
    return [Column(id, names[id], "") for id in wanted if id in names]


def _attribute_columns(
    connection: sqlite3.Connection, question: Question
) -> list[Column]:
    """Every attribute; one column for each coder where several gave values."""
    where, values = document_rows.conditions(connection, question.asked)
    rows = connection.execute(
        "SELECT v.attribute, c.name, count(*) FROM seen_values v"
        " JOIN coders c ON c.id = v.coder"
        f" WHERE v.document IN (SELECT d.id FROM documents d WHERE {where})"
        " GROUP BY v.attribute, c.name ORDER BY folded(c.name), c.name",
        values,
    )
    coders: dict[int, dict[str, int]] = {}
    for attribute, coder, times in rows:
        coders.setdefault(attribute, {})[coder] = times
    columns: list[Column] = []
    weights: list[int] = []
    for one in attribute_rows.defined(connection):
        given = coders.get(one.id, {})
        for coder in given if len(given) > 1 else [None]:
            columns.append(Column(one.id, one.name, "", coder))
            weights.append(given[coder] if coder else sum(given.values()))
    if question.top is None:
        return columns
    order = sorted(range(len(columns)), key=lambda place: (-weights[place], place))
    return [columns[place] for place in sorted(order[: question.top])]


_COLUMNS = {
    TAGS: _tag_columns,
    ENTITIES: _entity_columns,
    ATTRIBUTES: _attribute_columns,
}


def _with_headings(of: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Headings of which no two are the same, nor that of a field of the document."""
    kind = {TAGS: "tag", ENTITIES: "entity", ATTRIBUTES: "attribute"}[of]
    names = Counter(column.name for column in columns if column.coder is None)
    taken = set(DOCUMENT_FIELDS)
    found = []
    for column in columns:
        heading = column.name
        if column.coder is not None:
            heading = f"{column.name} ({column.coder})"
        elif names[column.name] > 1:
            heading = f"{column.name} #{column.id}"
        if heading in taken:
            heading = f"{kind}:{heading}"
        number = 2
        unique = heading
        while unique in taken:
            unique, number = f"{heading} {number}", number + 1
        taken.add(unique)
        found.append(replace(column, heading=unique))
    return tuple(found)


# Rows -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One document with its cells, in the order of the columns."""

    id: int
    guid: str
    title: str
    source: str | None
    published: str | None
    cells: tuple[Cell, ...]


def lines(
    connection: sqlite3.Connection, matrix: Matrix, limit: int | None = None
) -> Iterator[Line]:
    """Every document with its cells, read a page at a time."""
    wanted = matrix.documents[:limit]
    for at in range(0, len(wanted), _PAGE):
        page = wanted[at : at + _PAGE]
        yield from page_of(connection, matrix, page).values()


def page_of(
    connection: sqlite3.Connection, matrix: Matrix, documents: Sequence[int]
) -> dict[int, Line]:
    """These documents with their cells, by id and in this order."""
    found = connection.execute(
        "SELECT id, guid, title, source, published FROM documents"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(documents))],
    )
    known = {row[0]: row for row in found}
    values = cells(connection, matrix, documents)
    out = {}
    for id in documents:
        if id in known:
            (_, guid, title, source, published) = known[id]
            out[id] = Line(id, guid, title, source, published, values[id])
    return out


def cells(
    connection: sqlite3.Connection, matrix: Matrix, documents: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    """The cells of some documents, in the order of the columns."""
    return _CELLS[matrix.question.of](connection, matrix, documents)


def _tag_cells(
    connection: sqlite3.Connection, matrix: Matrix, documents: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    paths = TagPaths.read(connection)
    found = connection.execute(
        "SELECT DISTINCT a.document, a.id, t.tag FROM seen_annotations a"
        " JOIN annotation_tags t ON t.annotation = a.id"
        " WHERE a.document IN (SELECT value FROM json_each(?))",
        [json.dumps(list(documents))],
    )
    bearing: dict[tuple[int, int], set[int]] = {}
    for document, annotation, tag in found:
        for meant in _meant(paths, tag, below=matrix.question.below):
            bearing.setdefault((document, meant), set()).add(annotation)
    times = {place: len(annotations) for place, annotations in bearing.items()}
    return _counted(matrix, documents, times)


def _entity_cells(
    connection: sqlite3.Connection, matrix: Matrix, documents: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    found = connection.execute(
        "SELECT m.document, coalesce(e.merged_into, e.id), count(*)"
        " FROM mentions m JOIN entities e ON e.id = m.entity"
        " WHERE m.document IN (SELECT value FROM json_each(?))"
        " AND m.state <> 'rejected' GROUP BY 1, 2",
        [json.dumps(list(documents))],
    )
    times = {(document, entity): count for document, entity, count in found}
    return _counted(matrix, documents, times)


def _counted(
    matrix: Matrix, documents: Iterable[int], times: Mapping[tuple[int, int], int]
) -> dict[int, tuple[Cell, ...]]:
    most = None if matrix.question.counts else 1
    columns = [column.id for column in matrix.columns]
    out: dict[int, tuple[Cell, ...]] = {}
    for document in documents:
        counts = (times.get((document, id), 0) for id in columns)
        out[document] = tuple(n if most is None else min(n, most) for n in counts)
    return out


def _attribute_cells(
    connection: sqlite3.Connection, matrix: Matrix, documents: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    known = {one.id: one for one in attribute_rows.defined(connection)}
    given: dict[tuple[int, int, str | None], Cell] = {}
    for value in attribute_rows.values(connection, documents):
        one = known.get(value.attribute)
        if one is not None:
            typed = one.typed(value.value)
            given[value.document, value.attribute, value.coder] = typed
            given[value.document, value.attribute, None] = typed
    return {
        document: tuple(
            given.get((document, column.id, column.coder)) for column in matrix.columns
        )
        for document in documents
    }


_CELLS = {
    TAGS: _tag_cells,
    ENTITIES: _entity_cells,
    ATTRIBUTES: _attribute_cells,
}
