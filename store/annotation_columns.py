"""All annotations of one moment as columns of numbers, for questions about sets.

A hundred thousand annotations are too many to look at one by one whenever somebody
types a letter. Here each of their properties is one array, read in one go and kept
for the thread that asked until the library changes; questions become arithmetic on
arrays. A set of annotations is an array of yes and no, a row for each.

Imported only where it is asked for: NumPy takes its time to load.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from store import codebook
from store.search.fold import fold
from store.tagpaths import TagPaths

Numbers = NDArray[np.int64]
Rows = NDArray[np.bool_]
"""Yes or no for every annotation: a set of them."""

# The condition on the id and the + keep SQLite from looking annotations up document
# by document: read as they lie, from the first to the last, they come much faster.
_SEEN = """
FROM seen_annotations a
WHERE a.id > 0 AND +a.document IN (SELECT id FROM documents WHERE removed IS NULL)
"""

# One long text for each column is read many times faster than a row each.
_COLUMNS = f"""
SELECT group_concat(a.id), group_concat(a.document),
    group_concat(coalesce(a.start, -1)), group_concat(coalesce(a."end", -1)),
    group_concat(a.coder), group_concat(CASE a.anchor_state
        WHEN 'proposed' THEN 1 WHEN 'orphan' THEN 2 ELSE 0 END)
{_SEEN}
"""

_ORPHAN = 2

_TAGGINGS = "SELECT group_concat(annotation), group_concat(tag) FROM annotation_tags"

_DOCUMENTS = f"""
SELECT id, published, title, source FROM documents
WHERE id IN (SELECT a.document {_SEEN})
"""


class Columns:
    """The annotations that a connection may see, a row each, in the order of ids.

    To be made and asked inside one transaction, or at least one ``data_version``.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        read = connection.execute(_COLUMNS).fetchone()
        ids, *columns = (_numbers(text) for text in read)
        order = np.argsort(ids)
        self.ids: Numbers = ids[order]
        documents, starts, ends, coders, states = (column[order] for column in columns)
        self.starts: Numbers = starts
        self.ends: Numbers = ends
        """Places in the text; -1 for annotations of a whole document."""
        self.coders: Numbers = coders
        self.unsure: Rows = states > 0
        """Those whose passage is lost or not sure."""
        self.has_place: Rows = (starts >= 0) & (states < _ORPHAN)
        """Those that stand somewhere: not of a whole document, not an orphan."""
        self.document_ids, self.documents = np.unique(documents, return_inverse=True)
        """Ids of the documents that have any, and for each row its place there."""

    def __len__(self) -> int:
        return len(self.ids)

    # Sets ------------------------------------------------------------------

    def nothing(self) -> Rows:
        """The empty set."""
        return np.zeros(len(self), dtype=np.bool_)

    def everything(self) -> Rows:
        """All of them."""
        return np.ones(len(self), dtype=np.bool_)

    def rows_of(self, ids: Sequence[int] | Numbers) -> Rows:
        """The set of these ids; those that are not here are left out."""
        return np.isin(self.ids, np.asarray(ids, dtype=np.int64))

    def bearing(self, tags: Sequence[int]) -> Rows:
        """Those that bear any of these tags."""
        found = self.nothing()
        tagged, starts, rows = self._by_tag
        for tag in tags:
            at = int(np.searchsorted(tagged, tag))
            if at < len(tagged) and tagged[at] == tag:
                found[rows[starts[at] : starts[at + 1]]] = True
        return found

    def under(self, tag: int) -> Rows:
        """Those that bear a tag or one below it."""
        return self.bearing(self.paths.subtree(tag))

    @cached_property
    def tagged(self) -> Rows:
        """Those that bear any tag."""
        found = self.nothing()
        found[self._by_tag[2]] = True
        return found

    # Tags ------------------------------------------------------------------

    @cached_property
    def paths(self) -> TagPaths:
        """The codebook of the moment."""
        return TagPaths.read(self._connection)

    def find(self, name: str) -> int:
        """The tag of a name or path. Raises ``NotFound``."""
        known = self._found.get(name)
        if known is None:
            known = self._found[name] = codebook.find(self._connection, name)
        return known

    @cached_property
    def _found(self) -> dict[str, int]:
        return {}

    @cached_property
    def _taggings(self) -> tuple[Numbers, Numbers]:
        """Rows and their tags, without those of annotations that are not here."""
        read = self._connection.execute(_TAGGINGS).fetchone()
        annotations, tags = (_numbers(text) for text in read)
        if not len(self):
            return annotations[:0], tags[:0]
        rows = np.searchsorted(self.ids, annotations)
        rows[rows == len(self)] = 0
        here = self.ids[rows] == annotations
        return rows[here], tags[here]

    @cached_property
    def _by_tag(self) -> tuple[Numbers, Numbers, Numbers]:
        """Tags in use, where the rows of each begin, and the rows."""
        rows, tags = self._taggings
        order = np.argsort(tags, kind="stable")
        tagged, starts = np.unique(tags[order], return_index=True)
        return tagged, np.append(starts, len(tags)), rows[order]

    @cached_property
    def coder_names(self) -> dict[int, str]:
        """Who they are."""
        return dict(self._connection.execute("SELECT id, name FROM coders").fetchall())

    def made_by(self, coder: str) -> Rows:
        """Those that a coder of this name made."""
        these = [id for id, name in self.coder_names.items() if name == coder]
        return np.isin(self.coders, np.array(these, dtype=np.int64))

    # Texts -----------------------------------------------------------------

    @cached_property
    def _texts(self) -> list[str]:
        """Passage and note of every row, folded."""
        cursor = self._connection.execute(f"SELECT a.id, a.exact, a.note {_SEEN}")
        found = {id: folded(f"{exact}\n{note}") for id, exact, note in cursor}
        return [found[id] for id in self.ids.tolist()]

    @cached_property
    def about(self) -> list[tuple[str, str, str]]:
        """Date, title and source of each of ``document_ids``; empty where unknown."""
        found = {
            id: (date or "", title, source or "")
            for id, date, title, source in self._connection.execute(_DOCUMENTS)
        }
        return [found[id] for id in self.document_ids.tolist()]

    @cached_property
    def titles(self) -> list[tuple[str, str]]:
        """Title and source of each of ``document_ids``, folded."""
        return [(fold(title), fold(source)) for _, title, source in self.about]

    def read_words(self) -> None:
        """Read what ``holding`` looks at, so that it answers at once."""
        _ = self._texts, self.titles

    def holding(self, word: str) -> Rows:
        """Those with a word, folded, anywhere in passage, note, tags or title."""
        found = np.fromiter(
            (word in text for text in self._texts), np.bool_, count=len(self)
        )
        named = [tag for tag in self.paths.names if word in fold(self.paths.path(tag))]
        titled = [any(word in text for text in texts) for texts in self.titles]
        about = np.array(titled, dtype=np.bool_)[self.documents]
        rows: Rows = found | self.bearing(named) | about
        return rows

    # Orders ----------------------------------------------------------------

    @cached_property
    def dates(self) -> Numbers:
        """The rank of the date of each of ``document_ids``; -1 without one."""
        dates = [date for date, _, _ in self.about]
        rank = ranks(dates)
        rank[np.array([not date for date in dates], dtype=np.bool_)] = -1
        return rank

    @cached_property
    def reading(self) -> Numbers:
        """For each row its place in reading order: date, document, passage."""
        dates = self.dates[self.documents]
        keys = (self.ids, -self.ends, self.starts, self.documents, dates, dates < 0)
        place = np.empty(len(self), dtype=np.int64)
        place[np.lexsort(keys)] = np.arange(len(self))
        return place

    def values(self, column: str) -> list[str]:
        """A column of ``annotations`` as text, for every row; the first 200 signs."""
        rows = self._connection.execute(
            f"SELECT a.id, substr(a.{column}, 1, 200) {_SEEN}"
        )
        found = dict(rows.fetchall())
        return [found[id] for id in self.ids.tolist()]

    @cached_property
    def kept(self) -> dict[str, Numbers]:
        """Whatever was worked out of the columns and may be wanted again."""
        return {}


def folded(text: str) -> str:
    """``fold``, quick for the many texts that are ASCII."""
    return text.lower() if text.isascii() else fold(text)


def ranks(values: Sequence[str]) -> Numbers:
    """For each value its rank among them; equal values have the same."""
    place = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.fromiter((place[one] for one in values), np.int64, count=len(values))


class Keeper:
    """Keeps the columns of each thread until the library was changed."""

    def __init__(self) -> None:
        self._local = threading.local()

    def columns(self, connection: sqlite3.Connection) -> Columns:
        """The columns as they are now, for one of the thread's connections.

        To be asked inside a transaction. A thread's reading connection sees every
        change as another connection's, this program's own changes too.
        """
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        kept = getattr(self._local, "kept", None)
        if kept is None or kept[0] is not connection or kept[1] != version:
            self._local.kept = None  # before new ones are made beside the old
            self._local.kept = kept = (connection, version, Columns(connection))
        columns: Columns = kept[2]
        return columns


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment of the library."""
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        yield
    finally:
        if alone and connection.in_transaction:
            connection.execute("ROLLBACK")


def _numbers(text: str | None) -> Numbers:
    if text is None:
        return np.empty(0, dtype=np.int64)
    return np.fromstring(text, dtype=np.int64, sep=",")
