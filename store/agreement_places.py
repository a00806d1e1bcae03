"""Where coders differ: the units behind a figure of ``store.agreement``."""

from __future__ import annotations

from dataclasses import dataclass

from store import agreement_units, attribute_rows, codebook
from store.agreement import (
    VALUES,
    VALUES_BY,
    Question,
    chosen_coders,
    comparable,
)
from store.core import Core
from store.tagpaths import TagPaths


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit, or several neighbouring characters, on which coders differ."""

    document: int
    start: int | None
    """Where in the document's text; ``None``: it is the document."""
    end: int | None
    said: tuple[tuple[str, str | None], ...]
    """What each coder said of it, ``None`` for nothing. Of a tag: its path."""


def of_tag(core: Core, question: Question, tag: str) -> list[Difference]:
    """The units that some of the coders gave a tag (or one below it) and others not,
    in the order of the documents. Raises ``NotFound``, ``UsageError``,
    ``NothingToDo``."""
    connection = core.reader
    coders = chosen_coders(core, question.coders)
    documents = comparable(core, coders, question.documents)
    asked = codebook.find(connection, tag)
    subtree = set(TagPaths.read(connection).subtree(asked))
    taggings = [
        one
        for one in agreement_units.taggings(connection, coders, documents)
        if one.tag in subtree
    ]
    above = {one: [asked] for one in subtree}
    every = (1 << len(coders)) - 1
    found = []
    for marks in agreement_units.marked(
        connection, documents, taggings, above, question.unit
    ):
        mask = marks.by_tag.get(asked, 0)
        if mask not in (0, every):
            said = tuple(
                (name, tag if mask >> at & 1 else None)
                for at, name in enumerate(coders)
            )
            found.append(Difference(marks.document, marks.start, marks.end, said))
    return found


def of_attribute(core: Core, question: Question, name: str) -> list[Difference]:
    """The documents to which not all coders gave the same value, in order. Raises
    ``NotFound``, ``UsageError``, ``NothingToDo``."""
    connection = core.reader
    coders = chosen_coders(core, question.coders, VALUES_BY)
    documents = set(comparable(core, coders, question.documents, VALUES_BY))
    attribute = attribute_rows.find(connection, name).id
    given: dict[int, dict[str, str]] = {}
    for document, coder, value in connection.execute(VALUES, [attribute]):
        if document in documents and coder in coders:
            given.setdefault(document, {})[coder] = value
    return [
        Difference(document, None, None, tuple((one, by.get(one)) for one in coders))
        for document, by in sorted(given.items())
        if len({by.get(one) for one in coders}) > 1
    ]
