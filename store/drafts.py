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


class Drafts:
    """Unfinished annotations of a library, at most one a window."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def left(self) -> list[Draft]:
        """Drafts of windows that ended without saving or discarding, newest first."""
        rows = self._core.reader.execute(
            _SELECT + " WHERE f.window <> ? ORDER BY f.modified DESC, f.id DESC",
            [self._core.window],
        )
        return [_draft(row[:-1]) for row in rows if not is_open(row[-1])]

    def keep(
        self,
        document: int,
        *,
        start: int | None,
        end: int | None,
        note: str,
        tags: Sequence[str],
        annotation: int | None = None,
    ) -> None:
        """Write down what this window's form holds now, in place of before."""
        values = [
            self._core.window,
            document,
            annotation,
            start,
            end,
            note,
            json.dumps(list(tags), ensure_ascii=False),
            self._core.now(),
        ]

        def change(pen: Pen) -> None:
            self._clear(pen)
            pen.connection.execute(
                'INSERT INTO drafts(window, document, annotation, start, "end", note,'
                " tags, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

        self._core.writer.run(change, durable=False)

    def clear(self) -> None:
        """The form was saved or discarded."""
        self._core.writer.run(self._clear, durable=False)

    def take_over(self, draft: int) -> None:
        """This window goes on writing a draft that another left."""

        def change(pen: Pen) -> None:
            pen.connection.execute(
                "DELETE FROM drafts WHERE window = ? AND id <> ?",
                [self._core.window, draft],
            )
            pen.connection.execute(
                "UPDATE drafts SET window = ? WHERE id = ?", [self._core.window, draft]
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

    def _clear(self, pen: Pen) -> None:
        pen.connection.execute(
            "DELETE FROM drafts WHERE window = ?", [self._core.window]
        )


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
