"""A document as the reader shows it: head lines, layers, rows of the side panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from store import safe
from store.model import Annotation, Document, Mention
from store.spans import Named
from tui.screens.document_text import about
from tui.text.layers import Layer, Span
from tui.widgets.columns import Cell, Column, Row

ANNOTATION_COLUMNS = (Column(width=2, align="right"), Column(width=8, flex=1))
ENTITY_COLUMNS = (
    Column(width=8),
    Column(width=8, flex=1),
    Column(width=3, align="right"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the reader shows of one document.

    Annotations and entities of a long text come after it.
    """

    document: Document
    text: str
    position: int
    lookup: Callable[[int], Mention | None]
    """Finds a mention by its id, which is the reference of its span."""
    annotations: tuple[Annotation, ...] = ()
    marked: Layer | None = None
    """Where they stand; ``None`` as long as they were not read."""
    mentioned: Layer | None = None
    """Where entities are named; ``None`` as long as they were not read."""
    named: tuple[Named, ...] = ()
    served: str = ""
    """What found the names, in words."""

    @property
    def is_whole(self) -> bool:
        """Whether all that lies over the text was read too."""
        return self.marked is not None and self.mentioned is not None

    def mention(self, span: int) -> Mention | None:
        """The mention that a span of an entity refers to."""
        return self.lookup(span)


def head(document: Document) -> list[str]:
    """The lines above the text."""
    lines = [document.title, about(document)]
    if document.author:
        lines.append(document.author)
    return lines


def titles(page: Page, percent: int, unit: str, selected: int) -> tuple[str, str]:
    """What stands in the border above and below the text.

    ``selected`` is the number of signs selected by ``unit``; 0 for none.
    """
    count = len(page.annotations)
    marked = f"{count} annotation{'' if count == 1 else 's'} · " if count else ""
    place = f"{marked}{percent} %"
    if selected:
        place = f"SELECT {unit} · {selected:,} characters"
    title = page.document.source or page.document.title
    when = (page.document.published or "")[:10]
    return " · ".join(part for part in (title, when) if part), place


def numbered(annotations: Sequence[Annotation]) -> dict[int, int]:
    """The number each annotation has beside the text, from 1, in its order."""
    return {one.id: number for number, one in enumerate(annotations, start=1)}


def paragraph_start(text: str, number: int) -> int:
    """Where the paragraph of that number begins, from 1; the last if there are fewer.

    A paragraph is a line that is not blank.
    """
    start = found = at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            start, found = at, found + 1
            if found >= number:
                break
        at = end + 1
    return start


def hit_spans(places: Sequence[tuple[int, int]], current: int) -> list[Span]:
    """The layer of what was found; the one at hand looks different."""
    return [
        Span(start, end, number, "current" if number == current else "")
        for number, (start, end) in enumerate(places)
    ]


def annotation_rows(
    annotations: Sequence[Annotation],
    ids: Sequence[int],
    colours: Mapping[int, str] | None = None,
) -> dict[int, Row]:
    """Rows of the panel: number, tags and note; below them the quotation.

    ``colours`` are styles of the list for the numbers, by annotation.
    """
    numbers, styles = numbered(annotations), colours or {}
    wanted = set(ids)
    return {
        one.id: Row(
            (
                Cell(str(numbers[one.id]), styles.get(one.id, "")),
                Cell(summary(one), "strong"),
            ),
            second=f"   {quote_of(one)}",
        )
        for one in annotations
        if one.id in wanted
    }


def summary(annotation: Annotation) -> str:
    """Tags and note in one line."""
    tags = " · ".join(annotation.tags)
    note = " ".join(annotation.note.split())
    if annotation.anchor_state in ("orphan", "proposed"):
        note = f"(lost its place) {note}"
    return " — ".join(part for part in (tags, note) if part) or "(no tag)"


def quote_of(annotation: Annotation) -> str:
    """The quotation in one line, or what stands instead of one."""
    if annotation.kind == "document":
        return "the whole document"
    return f"“{' '.join(annotation.quote.split())}”"


def entity_rows(found: Sequence[Named], ids: Sequence[int]) -> dict[int, Row]:
    """Rows of the panel of entities; ids are places in ``found``."""
    return {
        id: Row(
            (
                Cell(found[id].type, "muted"),
                found[id].name,
                str(found[id].count),
            )
        )
        for id in ids
        if id < len(found)
    }


def here(annotations: Sequence[tuple[int | None, Annotation]]) -> str:
    """The line below the text in a narrow terminal: the annotations at the cursor,
    with their numbers."""
    parts = [f"{number} {summary(one)}" for number, one in annotations]
    return safe.line("   ".join(parts))
