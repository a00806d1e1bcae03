"""Annotations: a passage or a whole document, one note, any number of tags."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from store import anchors, annotation_bulk, annotation_ids, annotation_rows, codebook
from store.acts import Act
from store.annotation_ids import Counts, Look
from store.annotation_rows import AnnotationFilter
from store.core import Core
from store.errors import Conflict, NotFound, UsageError
from store.model import Annotation
from store.refs import resolve

if TYPE_CHECKING:
    from store.annotation_columns import Keeper


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
        """Annotations in the order of their documents' dates and passages.

        For a few, or for taking them out; a screen asks for ``ids`` and ``rows``.
        Raises ``NotFound`` and ``UsageError``.
        """
        return annotation_rows.select(self._core.reader, filters or AnnotationFilter())

    def each(self, filters: AnnotationFilter | None = None) -> Iterator[Annotation]:
        """The same one after the other, however many they are."""
        return annotation_rows.each(self._core.reader, filters or AnnotationFilter())

    def ids(
        self,
        filters: AnnotationFilter | None = None,
        order: str | None = None,
        *,
        reverse: bool = False,
    ) -> array[int]:
        """Ids in an order of ``annotation_rows.ORDERS``, else that of the filter.

        Raises ``NotFound`` and ``UsageError``.
        """
        wanted = filters or AnnotationFilter()
        if order is not None or reverse:
            wanted = replace(wanted, order=order, reverse=reverse)
        return self.look(wanted).ids

    def look(self, filters: AnnotationFilter) -> Look:
        """The ids, and what is to be known of all annotations beside them."""
        return annotation_ids.look(self._core.reader, filters, self._keeper)

    def get_ready(self) -> None:
        """Read what a question by words needs, so that the answer comes at once."""
        annotation_ids.get_ready(self._core.reader, self._keeper)

    def counts(self, filters: AnnotationFilter) -> Counts:
        """What a list could be narrowed by instead, with how many each would show."""
        return annotation_ids.counts(self._core.reader, filters, self._keeper)

    def rows(self, ids: Sequence[int]) -> dict[int, Annotation]:
        """These annotations by id; those that are gone are left out."""
        return annotation_rows.rows(self._core.reader, ids)

    def documents_of(self, ids: Sequence[int]) -> array[int]:
        """The documents of annotations, each once, in the order they come."""
        return annotation_ids.documents_of(self._core.reader, ids, self._keeper)

    def tags_of(self, ids: Sequence[int]) -> list[tuple[str, int]]:
        """Paths that annotations bear, with how many of them do."""
        return annotation_rows.tags_of(self._core.reader, ids)

    @cached_property
    def _keeper(self) -> Keeper:
        from store.annotation_columns import Keeper

        return Keeper()

    def get(self, annotation: int | str) -> Annotation:
        """One annotation by id or start of guid. Raises ``NotFound``."""
        one = self.find(annotation)
        found = self.rows((one,))
        if not found:
            raise NotFound(f"The document of annotation {annotation} was removed.")
        return found[one]

    def find(self, annotation: int | str) -> int:
        """The id meant. Raises ``NotFound``."""
        if not isinstance(annotation, int):
            annotation = resolve(
                self._core.reader, "annotations", "annotation", annotation
            )
        return annotation_bulk.known(self._core.reader, (annotation,))[0]

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
        ids = self._known(annotations)
        self._core.act(
            f"tagged {_several(ids)} with {', '.join(tags)}",
            lambda act: annotation_bulk.tag(act, ids, tags),
        )
        return self._these(ids)

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
        """Take tags off annotations, in one act. Raises ``NotFound``."""
        ids = self._known(annotations)
        self._core.act(
            f"untagged {_several(ids)}: {', '.join(tags)}",
            lambda act: annotation_bulk.untag(act, ids, tags),
        )
        return self._these(ids)

    def delete(self, annotations: Sequence[int | str]) -> list[Annotation]:
        """Delete annotations, in one act; undo brings them back."""
        ids = self._known(annotations)
        gone = self._these(ids)
        one = f"annotation {_quoted(gone[0].quote)}" if len(gone) == 1 else ""
        self._core.act(
            f"deleted {one or _several(ids)}",
            lambda act: annotation_bulk.delete(act, ids),
        )
        return gone

    def confirm(self, annotations: Sequence[int]) -> int:
        """Say of those whose place is only proposed that it is right, in one act.

        Returns how many they were.
        """

        def work(act: Act) -> int:
            found = annotation_bulk.proposed(act.connection, annotations)
            for document, those in groupby(found, key=lambda one: one[1]):
                text, revision = act.connection.execute(
                    "SELECT text, revision FROM documents WHERE id = ?", [document]
                ).fetchone()
                for one, _, start, end in those:
                    values = _values(text, Passage(start, end))
                    values |= {"revision": revision, "modified": act.now}
                    act.update("annotations", one, values)
            act.words = f"confirmed the place of {_several(found)}"
            return len(found)

        return self._core.act("confirmed places", work)

    def _known(self, annotations: Sequence[int | str]) -> list[int]:
        """The ids meant, each once. Raises ``NotFound``."""
        if all(isinstance(one, int) for one in annotations):
            numbers = [int(one) for one in annotations]
            return annotation_bulk.known(self._core.reader, numbers)
        return list(dict.fromkeys(self.find(one) for one in annotations))

    def _these(self, ids: Sequence[int]) -> list[Annotation]:
        return self.select(AnnotationFilter(ids=ids))


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


def _several(those: Sized) -> str:
    count = len(those)
    return "1 annotation" if count == 1 else f"{count:,} annotations"
