"""What may be meant by a filter that is being typed: its name, then its values."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store import tag_rows
from store.search.meanings import collection_names
from store.search.query import FILTERS, LONGEST, filter_text, plain, quoted, words_of
from store.tagpaths import TagPaths

MOST = 10
"""Options that are offered."""

_TOP = 1000
"""So many entities, those in most documents, are looked at by themselves."""

_CANDIDATES = 2000

_AT = re.compile(
    rf"(?<!\S)(?P<minus>-?)(?:(?P<name>{'|'.join(FILTERS)}):"
    r'(?:"(?P<quoted>[^"]*)|(?P<bare>[^\s"]*))|(?P<begun>[a-z]{2,}))\Z',
    re.IGNORECASE,
)
_REST = re.compile(r'[^\s"]*')

Option = tuple[str, str, int]
"""What stands for the typed text, what is shown, and a count."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What ``text[start:end]`` may be replaced by."""

    start: int
    end: int
    """Code points of the text, end exclusive."""
    options: tuple[Option, ...]
    """For each: the replacement (``source:"The Pier"``), what is shown of it (``The
    Pier``), and in how many documents it is; of a tag and an entity how often it is
    used and mentioned; 0 where nothing is counted."""


def complete(
    connection: sqlite3.Connection, text: str, cursor: int
) -> Completion | None:
    """Options for the filter that is being typed in front of ``cursor``.

    Values that begin with what is typed come before those that only hold it, then
    the most frequent first. ``None`` where no filter is being typed or nothing fits.
    """
    before = text[:cursor]
    match = _AT.search(before) if len(before) <= LONGEST else None
    if match is None or before[: match.start()].count('"') % 2:
        return None
    rest = _REST.match(text, cursor)
    end = cursor if rest is None else rest.end()
    if match["quoted"] is not None and text[end : end + 1] == '"':
        end += 1
    minus = match["minus"]
    if match["begun"] is not None:
        begun = match["begun"].casefold()
        names = (f"{name}:" for name in FILTERS if name.startswith(begun))
        options = tuple((minus + name, name, 0) for name in names)
    else:
        name = match["name"].casefold()
        typed = match["bare"] if match["quoted"] is None else match["quoted"]
        options = tuple(
            (minus + filter_text(name, value), shown, count)
            for value, shown, count in _values(connection, name, typed)
        )
    return Completion(match.start(), end, options) if options else None


def _values(connection: sqlite3.Connection, name: str, typed: str) -> list[Option]:
    if name in ("source", "language"):
        return _fitting(_counted(connection, name), typed)
    if name in ("since", "until"):
        return _dates(connection, typed)
    if name == "entity":
        return _entities(connection, typed)
    if name == "tag":
        return _tags(connection, typed)
    if name == "collection":
        return _collections(connection, typed)
    return []


def _counted(connection: sqlite3.Connection, column: str) -> Iterator[Option]:
    """Every value of a column of ``document_counts`` with its documents."""
    rows = connection.execute(
        f"SELECT {column}, sum(documents) FROM document_counts"
        f" WHERE {column} <> '' GROUP BY {column}"
    )
    return ((value, value, count) for value, count in rows)


def _fitting(options: Iterable[Option], typed: str) -> list[Option]:
    """Those that hold what is typed, those that begin with it first."""
    wanted = plain(typed)
    found: list[tuple[tuple[bool, int, str], Option]] = []
    for option in options:
        name = plain(option[1])
        if wanted in name:
            order = (not name.startswith(wanted), -option[2], name)
            found.append((order, option))
    return [option for _, option in sorted(found)[:MOST]]


_MONTHS = """
SELECT substr(published, 1, 7), count(*) FROM documents
WHERE removed IS NULL AND published >= ?1 AND published < ?1 || '.' AND
length(published) > 6 GROUP BY 1
"""
# A full stop comes behind the hyphen of every month of the year.


def _dates(connection: sqlite3.Connection, typed: str) -> list[Option]:
    """Years, the last first; of a year with a hyphen behind it the months."""
    if len(typed) > 4 and typed[4] == "-":
        rows = connection.execute(_MONTHS, [typed[:4]])
        options = [(value, value, count) for value, count in rows]
    else:
        options = list(_counted(connection, "year"))
    fitting = [option for option in options if option[0].startswith(typed)]
    return sorted(fitting, reverse=True)[:MOST]


# Entities --------------------------------------------------------------------

_MOST_NAMED = """
SELECT id, name, type, mentions FROM entities
WHERE merged_into IS NULL AND state <> 'rejected'
ORDER BY documents DESC, mentions DESC, id LIMIT ?
"""

_BY_ANY_NAME = """
SELECT e.id, e.name, e.type, e.mentions FROM entities e
WHERE e.id IN (
    SELECT rowid >> 2 FROM names_fts
    WHERE names_fts MATCH ? AND rowid % 4 = 2 LIMIT ?)
AND e.merged_into IS NULL AND e.state <> 'rejected'
ORDER BY e.mentions DESC, e.id LIMIT ?
"""


def _entities(connection: sqlite3.Connection, typed: str) -> list[Option]:
    """Entities of which a name has words that begin so, the most mentioned first."""
    words = words_of(typed)
    if len(typed.strip()) > 1 and words:
        match = " AND ".join(f"{quoted(word.raw)}*" for word in words)
        rows = connection.execute(_BY_ANY_NAME, [match, _CANDIDATES, MOST]).fetchall()
    else:
        wanted = plain(typed)
        some = connection.execute(_MOST_NAMED, [_TOP if wanted else MOST])
        rows = [row for row in some if _begins(row[1], wanted)][:MOST]
    names = [name for _, name, _, _ in rows]
    options = []
    for _, name, type, mentions in rows:
        # Two of one name are told apart by their types.
        value = name if names.count(name) == 1 else f"{name} ({type})"
        options.append((value, value, mentions))
    return sorted(options, key=lambda option: (-option[2], option[1]))


def _begins(name: str, wanted: str) -> bool:
    return not wanted or any(part.startswith(wanted) for part in plain(name).split())


# Tags and collections --------------------------------------------------------


def _tags(connection: sqlite3.Connection, typed: str) -> list[Option]:
    """Tags by their paths; how often they are used is not told where that would tell
    of others' work."""
    paths = TagPaths.read(connection)
    counts = {} if tag_rows.is_blind(connection) else tag_rows.roughly(connection)
    wanted = plain(typed)
    options = []
    for tag, _ in paths.in_order():
        path = paths.path(tag)
        if wanted in plain(path):
            options.append((path, path, counts.get(tag, 0)))
    options.sort(key=lambda option: not plain(option[0]).startswith(wanted))
    return options[:MOST]


_SIZE = """
SELECT count(*) FROM collection_documents m JOIN collections c ON c.id = m.collection
JOIN documents d ON d.id = m.document AND d.removed IS NULL WHERE c.name = ?
"""


def _collections(connection: sqlite3.Connection, typed: str) -> list[Option]:
    known = ((name, name, 0) for name in collection_names(connection))
    return [
        (name, name, int(connection.execute(_SIZE, [name]).fetchone()[0]))
        for name, _, _ in _fitting(known, typed)
    ]
