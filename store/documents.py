"""Documents: find them, read them, correct what is known of them, remove them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import attribute_rows, counters, document_rows, facets
from store.act_words import quoted
from store.acts import Act
from store.attributes import filling, give
from store.core import Core
from store.dates import span
from store.document_rows import DocumentFilter
from store.document_wholes import Wholes
from store.errors import NotFound, UsageError
from store.facets import Facet
from store.model import Document
from store.refs import resolve

if TYPE_CHECKING:
    from store.purging import Purged

EDITABLE = ("title", "source", "author", "published", "language", "url")
"""Fields that a person may correct; any other name is an attribute."""


class Documents:
    """Documents of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._wholes = Wholes()

    def find(self, document: int | str) -> int:
        """The id meant by an id or the start of a guid. Raises ``NotFound``."""
        return resolve(self._core.reader, "documents", "document", document)

    def get(self, document: int | str) -> Document:
        """One document without its text. Raises ``NotFound``."""
        found = self.find(document)
        return self.rows([found])[found]

    def text(self, document: int) -> str:
        """The stored text, to which every offset refers. Raises ``NotFound``."""
        row = self._core.reader.execute(
            "SELECT text FROM documents WHERE id = ? AND removed IS NULL", [document]
        ).fetchone()
        if row is None:
            raise NotFound(f"There is no document {document}.")
        return str(row[0])

    def opening(self, document: int, length: int = 600) -> str:
        """The first ``length`` code points of a text, for a preview."""
        row = self._core.reader.execute(
            "SELECT substr(text, 1, ?) FROM documents WHERE id = ?", [length, document]
        ).fetchone()
        return "" if row is None else str(row[0])

    def ids(
        self,
        filters: DocumentFilter | None = None,
        order: str = "published",
        *,
        reverse: bool = False,
    ) -> array[int]:
        """Ids of a filtered list in order; newest first by default."""
        return self.page(filters, order, reverse=reverse, limit=None)

    def page(
        self,
        filters: DocumentFilter | None = None,
        order: str = "published",
        *,
        reverse: bool = False,
        limit: int | None = document_rows.PAGE,
        after: int | None = None,
    ) -> array[int]:
        """The first ids of a filtered list, or those after a document: at once, however
        long the list is; all without a ``limit``. Raises ``NotFound``."""
        return document_rows.page(
            self._core.reader,
            filters or DocumentFilter(),
            order,
            reverse=reverse,
            limit=limit,
            after=after,
            wholes=self._wholes,
        )

    def rows(self, ids: Sequence[int]) -> dict[int, Document]:
        """Rows of these documents, by id."""
        return document_rows.rows(self._core.reader, ids, self._core.coder)

    def select(
        self,
        filters: DocumentFilter | None = None,
        order: str = "published",
        limit: int | None = None,
    ) -> list[Document]:
        """Documents of a filtered list in order."""
        wanted = self.page(filters, order, limit=limit)
        found = self.rows(wanted)
        return [found[one] for one in wanted]

    def facets(
        self,
        filters: DocumentFilter | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> dict[str, list[Facet]]:
        """What this list can be narrowed by, with counts; none once ``stop()``."""
        return facets.facets(self._core.reader, filters or DocumentFilter(), stop=stop)

    def count(self) -> int:
        """How many documents there are."""
        return counters.total(self._core.reader)

    def copies(self, document: int) -> list[int]:
        """Other documents with the same text."""
        rows = self._core.reader.execute(
            "SELECT o.id FROM documents d JOIN documents o"
            " ON substr(o.text_sha256, 1, 12) = substr(d.text_sha256, 1, 12)"
            " AND o.text_sha256 = d.text_sha256 AND o.id <> d.id"
            " WHERE d.id = ? AND o.removed IS NULL ORDER BY o.id",
            [document],
        )
        return [id for (id,) in rows]

    def position(self, document: int) -> int:
        """Where reading stopped, as an offset into the text."""
        row = self._core.reader.execute(
            "SELECT position FROM documents WHERE id = ?", [document]
        ).fetchone()
        return 0 if row is None else int(row[0])

    def keep_position(self, document: int, offset: int) -> None:
        """Remember where reading stopped; not an act, so not in the undo log."""
        self._plain("UPDATE documents SET position = ? WHERE id = ?", offset, document)

    def mark_read(self, documents: Sequence[int], read: bool = True) -> None:
        """Mark documents as read or unread; not an act either."""
        stamp = self._core.now() if read else None
        self._plain(
            "UPDATE documents SET read = ?"
            " WHERE id IN (SELECT value FROM json_each(?))",
            stamp,
            json.dumps(list(documents)),
        )

    def correct(self, document: int | str, values: Mapping[str, str]) -> Document:
        """Correct metadata; an empty value clears, other names are attributes.

        A value of a defined attribute becomes this coder's, any other stays with the
        document. Raises ``NotFound`` and ``UsageError``.
        """
        old = self.get(document)
        columns, attributes = _sorted(values)
        defined = attribute_rows.defined_among(self._core.reader, attributes)
        filled = filling(self._core, {name: attributes.pop(name) for name in defined})

        def work(act: Act) -> None:
            act.update("documents", old.id, columns)
            if attributes:
                act.update("documents", old.id, _attributes(act, old.id, attributes))
            for attribute, value in filled:
                give(act, [old.id], attribute, value)

        words = f"corrected {', '.join(values)} of {quoted(old.title)}"
        self._core.act(words, work)
        return self.get(old.id)

    def remove(self, documents: Sequence[int | str]) -> list[Document]:
        """Hide documents and their annotations; undo brings them back."""
        gone = [self.get(document) for document in documents]

        def work(act: Act) -> None:
            for document in gone:
                act.update("documents", document.id, {"removed": act.now})

        one = len(gone) == 1
        what = quoted(gone[0].title) if one else f"{len(gone):,} documents"
        self._core.act(f"removed {what}", work)
        return gone

    def purge(self, *documents: int | str) -> Purged:
        """Delete documents and everything of them for good, undo log included.

        Removed documents may be meant too. See :mod:`store.purging`.
        """
        from store import purging

        return purging.purge(self._core, documents)

    def _plain(self, sql: str, *values: Any) -> None:
        self._core.writer.run(
            lambda pen: pen.connection.execute(sql, values) and None, durable=False
        )


def _sorted(values: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Columns and attributes among the values. Raises ``UsageError``."""
    columns: dict[str, Any] = {}
    attributes: dict[str, str] = {}
    for key, value in values.items():
        if key == "published" and value:
            span(value)
        if key == "title" and not value.strip():
            raise UsageError("A document needs a title.")
        if key in EDITABLE:
            columns[key] = value or None
        else:
            attributes[key] = value
    return columns, attributes


def _attributes(act: Act, document: int, values: Mapping[str, str]) -> dict[str, str]:
    """The column of attributes with these set, or taken out where empty."""
    (known,) = act.connection.execute(
        "SELECT attributes FROM documents WHERE id = ?", [document]
    ).fetchone()
    attributes = json.loads(known)
    for key, value in values.items():
        if value:
            attributes[key] = value
        else:
            attributes.pop(key, None)
    return {"attributes": json.dumps(attributes, ensure_ascii=False)}
