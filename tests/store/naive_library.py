"""A library as one would write it without a file: a few dictionaries.

Paths are strings, moving is replacing the front of a string, and undo is a list of
copies. What a real library holds must be the same after any work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from store.library import Library

DOCUMENTS = (1, 2, 3)


@dataclass
class Naive:
    """All that a person decides, by paths and names."""

    tags: set[str] = field(default_factory=set)
    annotations: dict[int, tuple[int, str, frozenset[str]]] = field(
        default_factory=dict
    )
    """Document, note and tags, by the id the library gave."""
    memo: str = ""
    attributes: dict[str, dict[int, str]] = field(default_factory=dict)
    collections: dict[str, set[int]] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    titles: dict[int, str] = field(
        default_factory=lambda: dict.fromkeys(DOCUMENTS, "A title")
    )
    removed: set[int] = field(default_factory=set)

    def add_tag(self, path: str) -> None:
        """The tag and all above it."""
        names = path.split("/")
        self.tags |= {"/".join(names[: n + 1]) for n in range(len(names))}

    def put_below(self, path: str, new: str) -> None:
        """A tag with all below it gets another path; namesakes become one."""
        self._map(lambda one: new + one[len(path) :] if below(one, path) else one)

    def drop_tag(self, path: str) -> None:
        """A tag goes with all below it."""
        self.tags = {one for one in self.tags if not below(one, path)}
        for id, (document, note, tags) in self.annotations.items():
            self.annotations[id] = (document, note, tags & self.tags)

    def change_tags(
        self, id: int, *, more: set[str] | None = None, less: set[str] | None = None
    ) -> None:
        """Tags come on an annotation or off it."""
        document, note, tags = self.annotations[id]
        for path in more or set():
            self.add_tag(path)
        kept = (tags | (more or set())) - (less or set())
        self.annotations[id] = (document, note, frozenset(kept))

    def change_note(self, id: int, note: str) -> None:
        """An annotation says something else."""
        document, _, tags = self.annotations[id]
        self.annotations[id] = (document, note, tags)

    def at_hand(self) -> list[int]:
        """Annotations that can be seen."""
        return [
            id
            for id, (document, _, _) in self.annotations.items()
            if document not in self.removed
        ]

    def _map(self, new: Any) -> None:
        self.tags = {new(one) for one in self.tags}
        for id, (document, note, tags) in self.annotations.items():
            self.annotations[id] = (document, note, frozenset(map(new, tags)))


def below(one: str, path: str) -> bool:
    """Whether a path is another or below it."""
    return one == path or one.startswith(path + "/")


_PATHS = """
WITH RECURSIVE paths(id, path) AS (
    SELECT id, name FROM tags WHERE parent IS NULL
    UNION ALL SELECT t.id, p.path || '/' || t.name
    FROM tags t JOIN paths p ON t.parent = p.id)
"""


def read(library: Library) -> Naive:
    """What the tables of a real library hold, as the naive one would."""
    ask = library.core.reader.execute
    tags: dict[int, set[str]] = {}
    for annotation, path in ask(
        f"{_PATHS} SELECT t.annotation, p.path FROM annotation_tags t"
        " JOIN paths p ON p.id = t.tag"
    ):
        tags.setdefault(annotation, set()).add(path)
    found = Naive(
        tags={path for (path,) in ask(f"{_PATHS} SELECT path FROM paths")},
        annotations={
            id: (document, note, frozenset(tags.get(id, ())))
            for id, document, note in ask(
                "SELECT id, document, note FROM annotations WHERE deleted IS NULL"
            )
        },
        attributes={name: {} for (name,) in ask("SELECT name FROM attributes")},
        collections={name: set() for (name,) in ask("SELECT name FROM collections")},
        queries=dict(ask("SELECT name, expression FROM queries")),
        titles=dict(ask("SELECT id, title FROM documents")),
        removed={
            id for (id,) in ask("SELECT id FROM documents WHERE removed IS NOT NULL")
        },
    )
    for (found.memo,) in ask("SELECT value FROM meta WHERE key = 'memo'"):
        pass
    for name, document, value in ask(
        "SELECT a.name, v.document, v.value FROM attribute_values v"
        " JOIN attributes a ON a.id = v.attribute"
    ):
        found.attributes[name][document] = value
    for name, document in ask(
        "SELECT c.name, d.document FROM collection_documents d"
        " JOIN collections c ON c.id = d.collection"
    ):
        found.collections[name].add(document)
    return found


_DECIDED = (
    *("aliases", "annotation_tags", "annotations", "attribute_values", "attributes"),
    *("coding_done", "collection_documents", "collections", "distinct_entities"),
    *("documents", "entities", "mentions", "queries", "tags"),
)


def picture(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every row a person decides about, ids and times too."""
    ask = library.core.reader.execute
    rows = {
        place: ask(f"SELECT * FROM {place} ORDER BY id").fetchall()
        for place in _DECIDED
    }
    rows["meta"] = ask("SELECT * FROM meta WHERE key = 'memo'").fetchall()
    return rows
