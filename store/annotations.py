"""Annotations: a passage or a whole document, one note, any number of tags."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store import anchors, annotation_rows, codebook
from store.acts import Act
from store.annotation_rows import AnnotationFilter
from store.core import Core
from store.errors import Conflict, NotFound, UsageError
from store.model import Annotation
from store.refs import resolve


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in a document's text; offsets in code points, end exclusive."""

    start: int
    end: int


class Annotations:
    """Annotations of a library: read them, and change them undoably."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def select(self, filters: AnnotationFilter | None = None) -> list[Annotation]:
        """Annotations in the order of their documents' dates and passages."""
        return annotation_rows.select(self._core.reader, filters or AnnotationFilter())

    def get(self, annotation: int | str) -> Annotation:
        """One annotation by id or start of guid. Raises ``NotFound``."""
        found = self.select(AnnotationFilter(ids=(self.find(annotation),)))
        if not found:
            raise NotFound(f"The document of annotation {annotation} was removed.")
        return found[0]

    def find(self, annotation: int | str) -> int:
        """The id meant. Raises ``NotFound``."""
        return resolve(self._core.reader, "annotations", "annotation", annotation)

    def of_document(self, document: int) -> list[Annotation]:
        """Annotations of one document, in the order of the text."""
        return self.select(AnnotationFilter(document=document))

    def places(self, document: int, quote: str) -> list[int]:
        """Where a quote stands in the document's text. Raises ``NotFound``."""
        text = _text(self._core, document)[0]
        found = list(anchors.places(text, quote))
        if not found:
            raise NotFound("The document does not hold this quote.")
        return found

    def create(
        self,
        document: int,
        passage: Passage | None = None,
        *,
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Annotation:
        """Annotate a passage, or without one the document; missing tags are made.

        Raises ``UsageError`` for a passage outside the text.
        """
        text = _text(self._core, document)
        quote = str(_values(text[0], passage)["exact"])

        def work(act: Act) -> int:
            new = _insert(act, document, text, passage, note)
            _set_tags(act, new, tags)
            return new

        what = _quoted(quote) if passage else f"document {document}"
        return self.get(self._core.act(f"annotated {what}", work))

    def edit(
        self,
        annotation: int | str,
        *,
        note: str | None = None,
        tags: Sequence[str] | None = None,
        passage: Passage | None = None,
    ) -> Annotation:
        """Change note, tags or ends; what is not given stays."""
        old = self.get(annotation)
        values: dict[str, Any] = {} if note is None else {"note": note}
        revision = 0
        if passage is not None:
            text, revision = _text(self._core, old.document)
            values |= {**_values(text, passage), "revision": revision}

        def work(act: Act) -> None:
            if passage is not None:
                _require_text(act, old.document, revision)
            if tags is not None:
                _set_tags(act, old.id, tags)
            act.update("annotations", old.id, values)
            if act.changes:
                act.update("annotations", old.id, {"modified": act.now})

        self._core.act(f"edited annotation {_quoted(old.quote)}", work)
        return self.get(old.id)

    def tag(
        self, annotations: Sequence[int | str], tags: Sequence[str]
    ) -> list[Annotation]:
        """Put tags on annotations, in one act; missing tags are made."""
        ids = [self.find(one) for one in annotations]

        def work(act: Act) -> None:
            wanted = [codebook.ensure(act, path) for path in tags]
            for one in ids:
                if sum(_add_tag(act, one, tag) for tag in wanted):
                    act.update("annotations", one, {"modified": act.now})

        self._core.act(f"tagged {_several(ids)} with {', '.join(tags)}", work)
        return self.select(AnnotationFilter(ids=tuple(ids)))

    def tag_documents(
        self, documents: Sequence[int], tags: Sequence[str]
    ) -> list[Annotation]:
        """Put tags on whole documents, in one act: on the annotation of the document
        where there is one, else on a new one without a note."""
        texts = {document: _text(self._core, document) for document in documents}

        def work(act: Act) -> list[int]:
            wanted = [codebook.ensure(act, path) for path in tags]
            ids = []
            for document in documents:
                row = act.connection.execute(
                    "SELECT id FROM annotations WHERE document = ? AND coder = ?"
                    " AND kind = 'document' AND deleted IS NULL ORDER BY id",
                    [document, act.coder],
                ).fetchone()
                one = row[0] if row else _insert(act, document, texts[document], None)
                if sum(_add_tag(act, one, tag) for tag in wanted):
                    act.update("annotations", one, {"modified": act.now})
                ids.append(one)
            return ids

        many = "1 document" if len(texts) == 1 else f"{len(texts)} documents"
        ids = self._core.act(f"tagged {many} with {', '.join(tags)}", work)
        return self.select(AnnotationFilter(ids=tuple(ids)))

    def untag(
        self, annotations: Sequence[int | str], tags: Sequence[str]
    ) -> list[Annotation]:
        """Take tags off annotations, in one act."""
        ids = [self.find(one) for one in annotations]

        def work(act: Act) -> None:
            gone = [codebook.find(act.connection, path) for path in tags]
            for one in ids:
                if sum(_drop_tag(act, one, tag) for tag in gone):
                    act.update("annotations", one, {"modified": act.now})

        self._core.act(f"untagged {_several(ids)}: {', '.join(tags)}", work)
        return self.select(AnnotationFilter(ids=tuple(ids)))

    def delete(self, annotations: Sequence[int | str]) -> list[Annotation]:
        """Delete annotations, in one act; undo brings them back."""
        ids = [self.find(one) for one in annotations]
        gone = self.select(AnnotationFilter(ids=tuple(ids)))

        def work(act: Act) -> None:
            for one in ids:
                act.update("annotations", one, {"deleted": act.now})

        one = f"annotation {_quoted(gone[0].quote)}" if len(gone) == 1 else ""
        self._core.act(f"deleted {one or _several(ids)}", work)
        return gone


def _text(core: Core, document: int) -> tuple[str, int]:
    row = core.reader.execute(
        "SELECT text, revision FROM documents WHERE id = ? AND removed IS NULL",
        [document],
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document}.")
    return str(row[0]), int(row[1])


def _require_text(act: Act, document: int, revision: int) -> None:
    """The offsets were chosen in this text; refuse them for any other."""
    row = act.connection.execute(
        "SELECT revision FROM documents WHERE id = ? AND removed IS NULL", [document]
    ).fetchone()
    if row is None:
        raise NotFound(f"Document {document} was removed meanwhile.")
    if row[0] != revision:
        raise Conflict(
            f"The text of document {document} was changed meanwhile; look at it again."
        )


def _insert(
    act: Act,
    document: int,
    text: tuple[str, int],
    passage: Passage | None,
    note: str = "",
) -> int:
    _require_text(act, document, text[1])
    return act.insert(
        "annotations",
        {
            **_values(text[0], passage),
            "guid": str(uuid.uuid4()),
            "document": document,
            "revision": text[1],
            "note": note,
            "coder": act.coder,
            "created": act.now,
            "modified": act.now,
        },
    )


def _values(text: str, passage: Passage | None) -> dict[str, Any]:
    """Columns that say where an annotation stands."""
    if passage is None:
        return {"kind": "document", "start": None, "end": None, "exact": ""}
    found = anchors.anchor(text, passage.start, passage.end)
    if not found.exact.strip():
        raise UsageError("A passage of blanks cannot be annotated.")
    return {
        "kind": "span",
        "start": found.start,
        "end": found.end,
        "exact": found.exact,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "anchor_state": "exact",
    }


def _set_tags(act: Act, annotation: int, tags: Sequence[str]) -> None:
    """Make the annotation's tags exactly these, whoever put them there."""
    wanted = {codebook.ensure(act, path) for path in tags}
    rows = act.connection.execute(
        "SELECT DISTINCT tag FROM annotation_tags WHERE annotation = ?", [annotation]
    ).fetchall()
    present = {tag for (tag,) in rows}
    for tag in sorted(present - wanted):
        _drop_tag(act, annotation, tag)
    for path in tags:
        _add_tag(act, annotation, codebook.ensure(act, path))


def _add_tag(act: Act, annotation: int, tag: int) -> bool:
    there = act.connection.execute(
        "SELECT 1 FROM annotation_tags WHERE annotation = ? AND tag = ?",
        [annotation, tag],
    ).fetchone()
    if there:
        return False
    act.insert(
        "annotation_tags",
        {
            "guid": str(uuid.uuid4()),
            "annotation": annotation,
            "tag": tag,
            "coder": act.coder,
            "created": act.now,
        },
    )
    return True


def _drop_tag(act: Act, annotation: int, tag: int) -> bool:
    rows = act.connection.execute(
        "SELECT id FROM annotation_tags WHERE annotation = ? AND tag = ?",
        [annotation, tag],
    ).fetchall()
    for (tagging,) in rows:
        act.delete("annotation_tags", tagging)
    return bool(rows)


def _quoted(quote: str) -> str:
    short = " ".join(quote.split())
    return f'"{short[:48]}…"' if len(short) > 49 else f'"{short}"'


def _several(ids: Sequence[int]) -> str:
    return "1 annotation" if len(ids) == 1 else f"{len(ids)} annotations"
