"""Annotations as rows, previews and citations: values in, what is shown out."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from store.annotation_rows import AnnotationFilter
from store.model import Annotation
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

EVERYTHING = AnnotationFilter(order="date")
"""What the table shows at first."""

_ORDERED = {
    "date": ("newest document first", "oldest document first"),
    "place": ("by document and place", "by document and place, reversed"),
    "tag": ("by tag", "by tag, reversed"),
    "note": ("by note", "by note, reversed"),
    "coder": ("by coder", "by coder, reversed"),
    "created": ("last made first", "first made first"),
    "modified": ("last changed first", "first changed first"),
    "document": ("by title", "by title, reversed"),
}

WHOLE = "(the whole document)"

_STATES = {"proposed": "?", "orphan": "!"}
_STATE_WORDS = {
    "moved": "The text changed; the passage was found again.",
    "proposed": "The text changed; this may be the passage. Open it and look.",
    "orphan": "The text changed and the passage is no longer in it.",
}
_CONFIRM = "The text changed; this may be the passage. p says it is, enter opens it."


def columns(*, coders: bool, lost: bool) -> tuple[Column, ...]:
    """Columns of the table; coder and state only where they tell anything."""
    never = 10_000
    return (
        Column(width=1, drop_below=0 if lost else never),
        Column("date", width=10, drop_below=64),
        Column("document", width=12, flex=2, drop_below=44),
        Column("passage", width=14, flex=4),
        Column("note", width=12, flex=3, drop_below=104),
        Column("tags", width=12, flex=2, drop_below=32),
        Column("coder", width=9, drop_below=90 if coders else never),
    )


def annotation_row(annotation: Annotation) -> Row:
    """One line of the table."""
    passage = annotation.quote or WHOLE
    return Row(
        (
            Cell(_STATES.get(annotation.anchor_state, ""), "strong"),
            Cell((annotation.published or "")[:10], "muted"),
            Cell(annotation.title, "muted"),
            Cell(_line(passage), "" if annotation.quote else "muted"),
            _line(annotation.note),
            Cell(", ".join(annotation.tags), "strong"),
            Cell(annotation.coder, "muted"),
        )
    )


def short_row(annotation: Annotation) -> Row:
    """Two lines: the passage; where it is from and the note."""
    parts = [annotation.source or annotation.title, (annotation.published or "")[:10]]
    parts.append(_line(annotation.note))
    return Row(
        (_line(annotation.quote) or WHOLE,),
        second=" · ".join(part for part in parts if part),
    )


def around(text: str, start: int, end: int, room: int = 220) -> tuple[str, str]:
    """What stands before and after a passage, in its paragraph, ``room`` at most.

    Offsets are code points of ``text``; cut places are marked by ``…``.
    """
    first, last = max(0, start - room), min(len(text), end + room)
    head, tail = text[first:start], text[end:last]
    before, after = head.rpartition("\n\n")[2], tail.partition("\n\n")[0]
    if first > 0 and before == head:
        before = "…" + (before.partition(" ")[2] or before)
    if last < len(text) and after == tail:
        after = (after.rpartition(" ")[0] or after) + "…"
    return _joinable(before), _joinable(after)


def preview(annotation: Annotation, before: str, after: str, now: str = "") -> Content:
    """The whole passage in its context, the note, the tags, where it is from.

    ``now`` is what stands at a place that is only proposed; the context is its.
    """
    parts: list[tuple[object, str]] = []
    if annotation.quote:
        parts += [
            (before, "$text-muted"),
            (now or annotation.quote, "underline"),
            (after, "$text-muted"),
        ]
    else:
        parts.append((WHOLE, "$text-muted"))
    if now and now != annotation.quote:
        parts += [("\n\nWas   ", "bold"), (annotation.quote, "")]
    if annotation.note.strip():
        parts += [("\n\nNote  ", "bold"), (annotation.note.strip(), "")]
    tags = ", ".join(annotation.tags) or "none"
    parts += [("\n\nTags  ", "bold"), (tags, "" if annotation.tags else "$text-muted")]
    made = f"{annotation.coder}, {annotation.created[:10]}"
    parts += [(f"\n{origin(annotation)} · annotated by {made}", "$text-muted")]
    if annotation.anchor_state in _STATE_WORDS:
        words = _CONFIRM if now else _STATE_WORDS[annotation.anchor_state]
        parts.append((f"\n{words}", "bold"))
    return joined(*parts)


def origin(annotation: Annotation) -> str:
    """Title, source and date of the document in one line."""
    date = (annotation.published or "")[:10]
    parts = [annotation.title, annotation.source, date]
    return ", ".join(part for part in parts if part)


def citation(annotation: Annotation) -> str:
    """The passage with where it is from, for a paper."""
    quote = annotation.quote.strip()
    return f"“{quote}” ({origin(annotation)})" if quote else origin(annotation)


def is_narrowed(filters: AnnotationFilter) -> bool:
    """Whether a table with these filters leaves anything out."""
    return replace(filters, order=None, reverse=False) != AnnotationFilter()


def narrowed_by(filters: AnnotationFilter) -> str:
    """What narrows the table, in words; empty when nothing does."""
    parts = [
        filters.tag,
        f"query {filters.query}" if filters.query else None,
        f"by {filters.coder}" if filters.coder else None,
        f"in {filters.collection}" if filters.collection else None,
        "without a tag" if filters.untagged else None,
        "lost or unsure passages" if filters.orphans else None,
        f'"{filters.words}"' if filters.words else None,
    ]
    shown = [part for part in parts if part]
    return f"only {' · '.join(shown)} · esc shows all" if shown else ""


def ordered_by(filters: AnnotationFilter) -> str:
    """How the table is ordered, in words."""
    return _ORDERED[filters.order or "date"][filters.reverse]


def several(count: int) -> str:
    """``1 annotation``, ``12 annotations``."""
    return "1 annotation" if count == 1 else f"{count:,} annotations"


def _line(text: str) -> str:
    return " ".join(text[:2000].split())


def _joinable(text: str) -> str:
    """Blanks and breaks as one blank each, kept at the ends."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() else ""
    middle = " ".join(text.split())
    return f"{lead}{middle}{trail}" if middle else lead
