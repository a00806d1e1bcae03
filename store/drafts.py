"""Drafts: annotations being written, kept so that no ending loses them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from store.core import Core, is_open
from store.model import Draft
from store.writer import Pen

_SELECT = """
SELECT f.id, f.document, f.annotation, f.start, f."end", f.note, f.tags, f.modified,
    f.window
FROM drafts f JOIN documents d ON d.id = f.document AND d.removed IS NULL
"""

# An annotation that is gone by now leaves its words; a document does not.
_KEEP = """
INSERT INTO drafts(window, document, annotation, start, "end", note, tags, modified)
SELECT ?, d.id, (SELECT a.id FROM annotations a WHERE a.id = ?), ?, ?, ?, ?, ?
FROM documents d WHERE d.id = ?
"""

_FORM = "#"
"""Between the name of a window and that of the form in it."""


class Drafts:
    """Unfinished annotations of a library, at most one a form of a window."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def left(self) -> list[Draft]:
        """Drafts of windows that ended without saving or discarding, newest first."""
        rows = self._core.reader.execute(
            _SELECT + " ORDER BY f.modified DESC, f.id DESC"
        )
        own = self._core.window
        return [
            _draft(row[:-1])
            for row in rows
            if row[-1].partition(_FORM)[0] != own and not is_open(row[-1])
        ]

    def keep(
        self,
        document: int,
        *,
        start: int | None,
        end: int | None,
        note: str,
        tags: Sequence[str],
        annotation: int | None = None,
        form: str = "text",
    ) -> None:
        """Write down what this window's form holds now, in place of before.

        ``form`` tells the forms of one window from each other. What is written on
        a document that was purged meanwhile has no place to be kept.
        """
        holder = self._holder(form)
        values = [
            holder,
            annotation,
            start,
            end,
            note,
            json.dumps(list(tags), ensure_ascii=False),
            self._core.now(),
            document,
        ]

        def change(pen: Pen) -> None:
            _clear(pen, holder)
            pen.connection.execute(_KEEP, values)

        self._core.writer.run(change, durable=False)

    def clear(self, form: str = "text") -> None:
        """What stood in the form was saved or discarded."""
        holder = self._holder(form)
        self._core.writer.run(lambda pen: _clear(pen, holder), durable=False)

    def take_over(self, draft: int) -> None:
        """This window goes on, beside the text, with a draft that another left."""
        holder = self._holder("text")

        def change(pen: Pen) -> None:
            pen.connection.execute(
                "DELETE FROM drafts WHERE window = ? AND id <> ?", [holder, draft]
            )
            pen.connection.execute(
                "UPDATE drafts SET window = ? WHERE id = ?", [holder, draft]
            )

        self._core.writer.run(change, durable=False)

    def discard(self, draft: int) -> None:
        """A draft that was left is taken up or not wanted."""
        self._core.writer.run(
            lambda pen: (
                pen.connection.execute("DELETE FROM drafts WHERE id = ?", [draft])
                and None
            ),
            durable=False,
        )

    def _holder(self, form: str) -> str:
        return self._core.window + _FORM + form


def _clear(pen: Pen, holder: str) -> None:
    pen.connection.execute("DELETE FROM drafts WHERE window = ?", [holder])


def _draft(row: tuple[Any, ...]) -> Draft:
    (id, document, annotation, start, end, note, tags, modified) = row
    return Draft(
        id=id,
        document=document,
        annotation=annotation,
        start=start,
        end=end,
        note=note,
        tags=tuple(json.loads(tags)),
        modified=modified,
    )
