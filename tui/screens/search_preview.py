"""What is under the bar of the search, to be read before it is opened.

The functions that read are run off the screen's thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import NotFound
from store.model import Document, Hit, Tag
from tui.screens import annotation_text, document_text, entity_text
from tui.screens.search_text import Past
from tui.widgets.plain import joined

if TYPE_CHECKING:
    from store.library import Library

MATCH = "bold underline $match-foreground on $match-background"

_BEFORE, _AFTER = 160, 1600
"""Code points of a document shown in front of a hit and behind it."""

Part = tuple[object, str]
"""A string of any origin and its style."""


def of_past(one: Past) -> Content:
    """A search that can be asked again."""
    about = f"Saved as {one.name}" if one.name else "Asked before"
    how = f"\n{one.about}" if one.about else ""
    when = f"\n{one.asked[:10]}" if one.asked else ""
    return joined((one.query, "bold"), (f"\n{about}{how}{when}", "$text-muted"))


def of_hit(library: Library, hit: Hit) -> Content:
    """What a hit of a query is. Runs off the screen's thread."""
    try:
        if hit.kind == "document":
            return _document(library, hit)
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


def _document(library: Library, hit: Hit) -> Content:
    from store.search.snippets import places, snippet

    document: Document = library.documents.get(hit.id)
    text = library.documents.text(hit.id)
    if hit.start is None:
        context = snippet(text, hit.terms, hit.inside)
        at, end = context.start, context.end
    else:
        at, end = hit.start, hit.end
    first, last = max(0, (at or 0) - _BEFORE), min(len(text), (end or 0) + _AFTER)
    if first:
        first = _after_blank(text, first, at or 0)
    elif text.startswith(document.title):
        # The first line is left out where it is the title, which is shown above.
        first = len(text) - len(text[len(document.title) :].lstrip())
    shown = text[first:last]
    in_title = places(document.title, hit.terms, hit.inside)
    is_cut = bool(first) and text[:first].strip() != document.title
    parts = [
        *_marked(document.title, in_title, "bold"),
        (f"\n{document_text.about(document)}\n\n", "$text-muted"),
        ("…" if is_cut else "", "$text-muted"),
        *_marked(shown, places(shown, hit.terms, hit.inside), ""),
        ("…" if last < len(text) else "", "$text-muted"),
    ]
    if document.tags:
        parts += [("\n\nTags  ", "bold"), (" · ".join(document.tags), "")]
    return joined(*parts)


def _after_blank(text: str, first: int, limit: int) -> int:
    while first < limit and not text[first - 1].isspace():
        first += 1
    return first


def _marked(text: str, found: list[tuple[int, int]], style: str) -> Iterator[Part]:
    """A text in pieces, the found ones standing out."""
    done = 0
    for start, end in found:
        yield text[done:start], style
        yield text[start:end], MATCH
        done = end
    yield text[done:], style


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
