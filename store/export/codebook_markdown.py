"""The codebook as Markdown: to be read, printed, put behind a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store import tag_colours
from store.export import escape
from store.model import Tag

_DEEPEST = 6
"""Headings of Markdown; deeper tags share the last."""


def lines(tags: Sequence[Tag]) -> Iterator[str]:
    """A heading for each tag, its definition, and how often it is used."""
    yield f"# Codebook\n\n{_count(len(tags), 'tag')}.\n"
    for tag in tags:
        level = min(tag.path.count("/") + 2, _DEEPEST)
        yield f"\n{'#' * level} {escape.inline(tag.name)}\n"
        if tag.definition.strip():
            yield f"\n{escape.note(tag.definition)}\n"
        yield f"\n*{_facts(tag)}*\n"
        if tag.memo.strip():
            yield f"\n> {_quoted(tag.memo)}\n"


def _facts(tag: Tag) -> str:
    parts = [escape.inline(tag.path)] if "/" in tag.path else []
    parts.append(tag_colours.NAMES[tag.colour % len(tag_colours.NAMES)])
    if tag.marker:
        parts.append(f"marker {escape.inline(tag.marker)}")
    used = _count(tag.annotations, "annotation")
    if tag.annotations:
        used += f" in {_count(tag.documents, 'document')}"
    parts.append(used)
    if tag.branch > tag.annotations:
        parts.append(f"{tag.branch:,} with those below")
    return " · ".join(parts)


def _quoted(memo: str) -> str:
    return escape.note(memo).replace("\n", "\n> ").replace("> \n", ">\n")


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
