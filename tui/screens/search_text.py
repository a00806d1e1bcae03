"""Hits as rows and as previews: values in, what is shown out.

The functions that read are run off the screen's thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from store import safe
from store.errors import NotFound
from store.model import Document, Hit, Tag
from tui.screens import annotation_text, document_text, entity_text
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

if TYPE_CHECKING:
    from store.library import Library

KINDS = ("document", "entity", "annotation", "tag")

KIND_WORDS = {
    KINDS: "everything",
    ("document",): "documents",
    ("entity",): "entities",
    ("annotation",): "annotations",
    ("tag",): "tags",
}
"""What tab goes through, and what each is called."""

COLUMNS = (
    Column(width=3),
    Column(width=8, flex=1),
    Column(width=10, drop_below=50),
)

_SIGNS = {"document": "DOC", "entity": "ENT", "annotation": "ANN", "tag": "TAG"}

MATCH = "bold underline $match-foreground on $match-background"

_BEFORE, _AFTER = 240, 1600
"""Code points of a document shown in front of a hit and behind it."""

_SOURCE = 20
"""Cells of a source in front of a hit's context."""

_MOST_SURFACES = 12
"""Different ways of writing that are looked for around a hit."""

_SHORT = 4
"""Code points below which a match counts as a whole word only."""

Part = tuple[object, str]
"""A string of any origin and its style."""


def row(hit: Hit) -> Row:
    """Two lines: kind, title and date; where it is from and the hit in its context."""
    title = " ".join(hit.title[:2000].split()) or "(untitled)"
    sign = Cell(_SIGNS[hit.kind], "muted")
    about, date = _typed(hit.detail) if hit.kind == "entity" else hit.detail, ""
    if hit.kind == "document":
        about, date = _dated(hit.detail)
    if hit.kind == "annotation" and hit.snippet == title:
        return Row((sign, Cell(title, "strong", hit.marks), ""), about)
    parts = [about, f"also {hit.snippet}" if _is_alias(hit) else hit.snippet]
    second = " · ".join(part for part in parts if part)
    shift = len(second) - len(hit.snippet)
    marks = tuple((start + shift, end + shift) for start, end in hit.marks)
    return Row((sign, Cell(title, "strong"), Cell(date, "muted")), second, marks)


def _dated(detail: str) -> tuple[str, str]:
    """Source, short enough to leave room for the context, and date."""
    source, _, date = detail.rpartition(" · ")
    if not date[:4].isdecimal():
        source, date = detail, ""
    return safe.line(source, _SOURCE), date


def _is_alias(hit: Hit) -> bool:
    return hit.kind == "entity" and bool(hit.snippet)


def _typed(detail: str) -> str:
    kind, _, rest = detail.partition(" · ")
    return f"{entity_text.TYPE_WORDS.get(kind, kind)} · {rest}"


def state_forms(
    kinds: tuple[str, ...], exact: bool, count: str, learnt: bool
) -> tuple[str, ...]:
    """How the query was understood and what came of it, longest form first."""
    how = "exact" if exact else "fuzzy" if learnt else "learning words…"
    what = KIND_WORDS[kinds]
    found = f" · {count}" if count else ""
    return (f"{how} · {what}{found}", f"{how}{found}", count or how)


def counted(found: int, limit: int, seconds: float | None) -> str:
    """``27 hits · 18 ms``; where more may be there, ``first 50 · 18 ms``."""
    if found and found >= limit:
        words = f"first {found:,}"
    else:
        words = "1 hit" if found == 1 else f"{found:,} hits"
    return words if seconds is None else f"{words} · {max(1, round(seconds * 1000))} ms"


def preview(library: Library, hit: Hit, query: str) -> Content:
    """What a hit of a query is, to be read before it is opened.

    Runs off the screen's thread.
    """
    try:
        if hit.kind == "document":
            return _document(library, hit, query)
        if hit.kind == "entity":
            entity = library.entities.get(hit.id)
            neighbours = library.entities.neighbours(
                entity.id, entity_text.MOST_NEIGHBOURS
            )
            about = entity_text.about(entity, neighbours)
            return Content.assemble(joined((entity.name, "bold"), ("\n", "")), about)
        if hit.kind == "annotation":
            return _annotation(library, hit)
        return _tag(library.codebook.get(hit.id))
    except NotFound:
        return joined(("This is no longer in the library.", "$text-muted"))


def _document(library: Library, hit: Hit, query: str) -> Content:
    document: Document = library.documents.get(hit.id)
    text = library.documents.text(hit.id)
    found = _pattern(hit, text, query)
    parts = [
        *_marked(document.title, found, 0, len(document.title), "bold"),
        (f"\n{document_text.about(document)}\n\n", "$text-muted"),
        *_passage(text, hit, found, document.title),
    ]
    if document.tags:
        parts += [("\n\nTags  ", "bold"), (" · ".join(document.tags), "")]
    return joined(*parts)


def _passage(
    text: str, hit: Hit, found: re.Pattern[str] | None, title: str
) -> Iterator[Part]:
    """The text around a hit; its first line is left out where that is the title."""
    at = hit.start or 0
    first = max(0, at - _BEFORE)
    last = min(len(text), (hit.end or at) + _AFTER)
    if first:
        first = _after_blank(text, first, at)
        yield "…", "$text-muted"
    elif text.startswith(title):
        first = len(text) - len(text[len(title) :].lstrip())
    yield from _marked(text, found, first, last, "")
    if last < len(text):
        yield "…", "$text-muted"


def _after_blank(text: str, first: int, limit: int) -> int:
    while first < limit and not text[first - 1].isspace():
        first += 1
    return first


def _marked(
    text: str, found: re.Pattern[str] | None, first: int, last: int, style: str
) -> Iterator[Part]:
    """A stretch of a text in pieces, the found ones standing out."""
    done = first
    for match in found.finditer(text, first, last) if found else ():
        start, end = match.span()
        if end - start < _SHORT and _inside_word(text, start, end):
            continue
        yield text[done:start], style
        yield text[start:end], MATCH
        done = end
    yield text[done:last], style


def _inside_word(text: str, start: int, end: int) -> bool:
    if not text[start:end].isascii():  # not every script parts its words
        return False
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


def _pattern(hit: Hit, text: str, query: str) -> re.Pattern[str] | None:
    """Whatever is written as the matches of the hit, or as the query, are."""
    if hit.start is None or hit.end is None:
        return None
    shown = (hit.snippet[start:end] for start, end in hit.marks)
    typed = (word.strip('"') for word in query.split())
    long_ones = (word for word in typed if len(word) >= _SHORT)
    different = dict.fromkeys((text[hit.start : hit.end], *shown, *long_ones))
    # Longer ones first, so that they win.
    surfaces = sorted(filter(None, different), key=len, reverse=True)[:_MOST_SURFACES]
    if not surfaces:
        return None
    return re.compile("|".join(map(re.escape, surfaces)), re.IGNORECASE)


def _annotation(library: Library, hit: Hit) -> Content:
    found = library.annotations.get(hit.id)
    before = after = ""
    if found.start is not None and found.end is not None:
        text = library.documents.text(found.document)
        before, after = annotation_text.around(text, found.start, found.end)
    return annotation_text.preview(found, before, after)


def _tag(tag: Tag) -> Content:
    documents = "1 document" if tag.documents == 1 else f"{tag.documents:,} documents"
    counts = f"{annotation_text.several(tag.annotations)} in {documents}"
    parts: list[Part] = [(tag.path, "bold"), (f"\n{counts}", "$text-muted")]
    for words in (tag.definition, tag.memo):
        if words:
            parts.append((f"\n\n{words}", ""))
    return joined(*parts)
