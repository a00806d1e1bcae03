"""Annotations as rows, previews and citations: values in, what is shown out.

Also how a table of them is ordered and narrowed, since that is done on values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from store.model import Annotation
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined
from tui.widgets.tag_match import fold

ORDER_WORDS = {
    "date": "date of the document",
    "created": "when it was made",
    "tag": "tag",
    "document": "title of the document",
}
"""What a table can be ordered by."""

NEWEST_FIRST = frozenset({"date", "created"})
"""Orders that begin with the latest unless they are turned round."""

WHOLE = "(the whole document)"

_STATES = {"proposed": "?", "orphan": "!"}
_STATE_WORDS = {
    "moved": "The text changed; the passage was found again.",
    "proposed": "The text changed; this may be the passage. Open it and look.",
    "orphan": "The text changed and the passage is no longer in it.",
}


@dataclass(frozen=True, slots=True)
class View:
    """What the table shows: every part that is given must hold."""

    words: str = ""
    """Each must stand in quote, note, tags, title or source."""
    tag: str | None = None
    """A path; tags below it count."""
    coder: str | None = None
    untagged: bool = False
    lost: bool = False
    """Only those whose passage was not surely found again."""


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


def fits(annotation: Annotation, view: View) -> bool:
    """Whether the table shows it."""
    if view.untagged and annotation.tags:
        return False
    if view.lost and annotation.anchor_state not in _STATES:
        return False
    if view.coder is not None and annotation.coder != view.coder:
        return False
    if view.tag is not None and not any(_within(t, view.tag) for t in annotation.tags):
        return False
    words = fold(view.words).split()
    if not words:
        return True
    searched = (
        *(annotation.quote, annotation.note, annotation.title),
        *(annotation.source or "", *annotation.tags),
    )
    text = fold("\n".join(searched))
    return all(word in text for word in words)


def _within(path: str, tag: str) -> bool:
    return path == tag or path.startswith(f"{tag}/")


def ordered(
    annotations: Sequence[Annotation], order: str, *, reverse: bool = False
) -> list[Annotation]:
    """In another order; passages of one document stay in the order of its text.

    ``annotations`` come in reading order. What has no date or tag is last.
    """
    down = (order in NEWEST_FIRST) != reverse

    def key(annotation: Annotation) -> tuple[bool, str]:
        value = {
            "date": annotation.published or "",
            "created": annotation.created,
            "tag": fold(annotation.tags[0]) if annotation.tags else "",
            "document": fold(annotation.title),
        }[order]
        return (bool(value) if down else not value, value)

    return sorted(annotations, key=key, reverse=down)


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


def preview(annotation: Annotation, before: str, after: str) -> Content:
    """The whole passage in its context, the note, the tags, where it is from."""
    parts: list[tuple[object, str]] = []
    if annotation.quote:
        parts += [
            (before, "$text-muted"),
            (annotation.quote, "underline"),
            (after, "$text-muted"),
        ]
    else:
        parts.append((WHOLE, "$text-muted"))
    if annotation.note.strip():
        parts += [("\n\nNote  ", "bold"), (annotation.note.strip(), "")]
    tags = ", ".join(annotation.tags) or "none"
    parts += [("\n\nTags  ", "bold"), (tags, "" if annotation.tags else "$text-muted")]
    made = f"{annotation.coder}, {annotation.created[:10]}"
    parts += [(f"\n{origin(annotation)} · annotated by {made}", "$text-muted")]
    if annotation.anchor_state in _STATE_WORDS:
        parts.append((f"\n{_STATE_WORDS[annotation.anchor_state]}", "bold"))
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


def narrowed_by(view: View) -> str:
    """What narrows the table, in words; empty when nothing does."""
    parts = [
        f"#{view.tag}" if view.tag else None,
        f"by {view.coder}" if view.coder else None,
        "without a tag" if view.untagged else None,
        "that lost their passage" if view.lost else None,
        f'"{view.words}"' if view.words else None,
    ]
    shown = [part for part in parts if part]
    return f"only {' · '.join(shown)} · esc shows all" if shown else ""


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
