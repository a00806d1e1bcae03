"""A document as the reader shows it: head lines, layers, rows of the side panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store import safe
from store.model import Annotation, Document, Entity, Mention
from tui.screens.document_text import about
from tui.text.layers import Span
from tui.widgets.columns import Cell, Column, Row

ANNOTATION_COLUMNS = (Column(width=2, align="right"), Column(width=8, flex=1))
ENTITY_COLUMNS = (
    Column(width=8),
    Column(width=8, flex=1),
    Column(width=3, align="right"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the reader shows of one document."""

    document: Document
    text: str
    annotations: tuple[Annotation, ...]
    mentions: tuple[Mention, ...]
    position: int


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


def annotation_spans(annotations: Sequence[Annotation]) -> list[Span]:
    """The layer of annotations; orphans have no place in the text."""
    numbers = numbered(annotations)
    return [
        Span(one.start, one.end, one.id, "", numbers[one.id])
        for one in annotations
        if one.start is not None
        and one.end is not None
        and one.anchor_state != "orphan"
    ]


def mention_spans(mentions: Sequence[Mention]) -> list[Span]:
    """The layer of entities; the reference is the mention."""
    return [
        Span(one.start, one.end, one.id, one.type.lower())
        for one in mentions
        if one.state != "rejected"
    ]


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
    annotations: Sequence[Annotation], ids: Sequence[int]
) -> dict[int, Row]:
    """Rows of the panel: number, tags and note; below them the quotation."""
    numbers = numbered(annotations)
    wanted = set(ids)
    return {
        one.id: Row(
            (str(numbers[one.id]), Cell(summary(one), "strong")),
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


@dataclass(frozen=True, slots=True)
class Named:
    """One line of the panel of entities: an entity, or a literal by its words."""

    type: str
    name: str
    count: int
    first: int
    """Offset of the first mention."""


def named(mentions: Sequence[Mention]) -> list[Named]:
    """Who and what is named in the document, names first, most often first."""
    found: dict[tuple[str, str], Named] = {}
    for one in mentions:
        if one.state == "rejected":
            continue
        key = (one.type, one.name or " ".join(one.surface.split()))
        before = found.get(key)
        found[key] = Named(
            one.type,
            key[1],
            1 + (before.count if before else 0),
            before.first if before else one.start,
        )
    literal = {"DATE", "MONEY", "PERCENT", "QUANTITY", "QUOTE"}
    return sorted(
        found.values(), key=lambda one: (one.type in literal, -one.count, one.first)
    )


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


def entities_by_id(entities: Mapping[int, Entity]) -> dict[int, str]:
    """Names for a choice between several."""
    return {id: f"{entity.name} ({entity.type})" for id, entity in entities.items()}


def here(annotations: Sequence[Annotation], numbers: Mapping[int, int]) -> str:
    """The line below the text in a narrow terminal: the annotation at the cursor."""
    parts = [f"{numbers[one.id]} {summary(one)}" for one in annotations]
    return safe.line("   ".join(parts))
