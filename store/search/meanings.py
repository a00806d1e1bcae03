"""What the value of a filter in a query means in a library.

Forgiving: accents and case do not matter, a part of a name is enough, an entity is
known by any of its names. What is exactly so called comes first; only where nothing
is, everything whose name holds the value is meant.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from store import refs
from store.search.fold import is_unspaced
from store.search.query import plain, quoted, words_of
from store.tagpaths import TagPaths

MOST_ENTITIES = 256
"""So many entities a value may mean, those in most documents."""


def sources(connection: sqlite3.Connection, value: str) -> list[str]:
    """The sources of a name, or whose names hold it."""
    return _called(value, distinct(connection, "source"))


def languages(connection: sqlite3.Connection, value: str) -> list[str]:
    """The language of a code; ``en`` means ``en-GB`` too."""
    wanted = plain(value)
    return [
        code
        for code in distinct(connection, "language")
        if plain(code) == wanted or plain(code).startswith(f"{wanted} ")
    ]


def collections(connection: sqlite3.Connection, value: str) -> list[str]:
    """The collections of a name, or whose names hold it."""
    return _called(value, collection_names(connection))


def collection_names(connection: sqlite3.Connection) -> list[str]:
    """Every collection, by name."""
    rows = connection.execute("SELECT name FROM collections")
    return sorted((name for (name,) in rows), key=lambda name: (plain(name), name))


def distinct(connection: sqlite3.Connection, column: str) -> list[str]:
    """Every ``source`` or ``language`` there is."""
    rows = connection.execute(
        f"SELECT {column} FROM document_counts WHERE {column} <> '' GROUP BY {column}"
    )
    return [value for (value,) in rows]


def tags(paths: TagPaths, value: str) -> list[int]:
    """The tags of a path or a name, or whose paths hold it, with all below them."""
    wanted = plain(value)
    known = {tag: paths.path(tag) for tag in paths.names}
    folded = {tag: plain(path) for tag, path in known.items()}
    meant = [tag for tag, path in folded.items() if path == wanted]
    meant = meant or [t for t, name in paths.names.items() if plain(name) == wanted]
    meant = meant or [tag for tag, path in folded.items() if wanted in path]
    return list(dict.fromkeys(under for tag in meant for under in paths.subtree(tag)))


def entities(connection: sqlite3.Connection, value: str) -> list[int]:
    """The entities of a name, ``Kent (PER)`` for one of a type, or whose names begin
    so; with those that were merged into them."""
    found = _entities(connection, value)
    name, _, type = value.rstrip(" )").rpartition(" (")
    if not found and name:
        found = [
            entity
            for entity in _entities(connection, name)
            if connection.execute(
                "SELECT 1 FROM entities WHERE id = ? AND type = ?",
                [entity, type.upper()],
            ).fetchone()
        ]
    if not found and value.isdecimal() and len(value) < 18:
        rows = connection.execute(
            "SELECT coalesce(merged_into, id) FROM entities WHERE id = ?", [int(value)]
        )
        found = [entity for (entity,) in rows]
    marks = ", ".join(str(int(entity)) for entity in found)
    merged = connection.execute(
        f"SELECT id FROM entities WHERE merged_into IN ({marks})"
    )
    return [*found, *(entity for (entity,) in merged)]


_KNOWN_AS = """
SELECT r.id FROM (
    SELECT coalesce(merged_into, id) AS id FROM entities WHERE name = :name
    UNION
    SELECT coalesce(e.merged_into, e.id) FROM aliases a
    JOIN entities e ON e.id = a.entity WHERE a.name = :name
) known JOIN entities r ON r.id = known.id WHERE r.state <> 'rejected'
"""

_BY_NAME = """
SELECT e.id, f.body FROM names_fts f CROSS JOIN entities e ON e.id = f.rowid >> 2
WHERE names_fts MATCH ? AND f.rowid % 4 = 2
    AND e.merged_into IS NULL AND e.state <> 'rejected'
ORDER BY e.documents DESC, e.id LIMIT ?
"""

_BY_PART = """
SELECT DISTINCT coalesce(e.merged_into, e.id) FROM aliases a
JOIN entities e ON e.id = a.entity
WHERE instr(a.name, ?) AND e.state <> 'rejected' LIMIT ?
"""


def _entities(connection: sqlite3.Connection, value: str) -> list[int]:
    wanted = plain(value)
    words = words_of(value)
    if not words:
        return []
    phrase = quoted(" ".join(word.raw for word in words))
    known = connection.execute(_KNOWN_AS, {"name": value}).fetchall()
    rows = connection.execute(_BY_NAME, [phrase, MOST_ENTITIES * 4]).fetchall()
    exact = [entity for (entity,) in known] + [
        entity
        for entity, body in rows
        if any(plain(name) == wanted for name in body.split("\n"))
    ]
    if exact:
        return list(dict.fromkeys(exact))
    if is_unspaced(value):
        rows = connection.execute(_BY_PART, [value, MOST_ENTITIES]).fetchall()
        return [entity for (entity,) in rows]
    match = " AND ".join([*(quoted(word.raw) for word in words[:-1]), ""])
    match += f"{quoted(words[-1].raw)}*"
    rows = connection.execute(_BY_NAME, [match, MOST_ENTITIES]).fetchall()
    return [entity for entity, _ in rows]


def _called(value: str, names: Sequence[str]) -> list[str]:
    """What is called so, or else every name that holds the value."""
    wanted = plain(value)
    exact = [name for name in names if plain(name) == wanted]
    return exact or [name for name in names if wanted in plain(name)]


def nothing(connection: sqlite3.Connection, name: str, value: str) -> str:
    """One sentence for a value that means nothing, with the nearest that do."""
    if name in ("since", "until"):
        return f"{value} is no date; write 2026, 2026-01 or 2026-01-30."
    if name == "title":
        return f"No title has {value}."
    article = "an" if name == "entity" else "a"
    near = refs.nearest(value, list(_known(connection, name)))
    return f"There is not {article} {name} {value}.{near}"


def _known(connection: sqlite3.Connection, name: str) -> Iterable[str]:
    """Values of a filter to choose the nearest from."""
    if name in ("source", "language"):
        return distinct(connection, name)
    if name == "tag":
        return TagPaths.read(connection).all_paths()
    if name == "collection":
        return collection_names(connection)
    rows = connection.execute(
        "SELECT name FROM entities WHERE merged_into IS NULL AND state <> 'rejected'"
        " ORDER BY documents DESC LIMIT 5000"
    )
    return [known for (known,) in rows]
