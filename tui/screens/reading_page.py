"""What the reader shows of a document, read from the library.

A news item is read whole. Of a very long text the words come first; where its
annotations and entities stand comes after them, so that one can begin to read.
All of it is read on the thread that asks, down to the layers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import served, spans
from store.errors import NotFound
from tui.screens.reading_text import Page
from tui.text.layers import Columns, Layer

if TYPE_CHECKING:
    from store.library import Library
    from store.spans import Spans

AT_ONCE = 200_000
"""Texts of up to so many code points are shown together with what lies over them."""


def read_page(library: Library, document: int) -> Page | None:
    """The document as it is shown first; ``None`` if it was removed."""
    try:
        page = Page(
            document=library.documents.get(document),
            text=library.documents.text(document),
            position=library.documents.position(document),
            lookup=lambda mention: spans.mention(library.core, mention),
            served=served.of_document(library.core.reader, document)[1],
        )
    except NotFound:
        return None
    if len(page.text) > AT_ONCE:
        return page
    return with_entities(library, with_annotations(library, page))


def with_annotations(library: Library, page: Page) -> Page:
    """The page with its annotations as they are now."""
    document = page.document.id
    found = spans.of_annotations(library.core, document)
    return replace(
        page,
        annotations=tuple(library.annotations.of_document(document)),
        marked=_layer(found, len(page.text)).with_lanes(),
    )


def with_entities(library: Library, page: Page) -> Page:
    """The page with the entities named in it as they are now."""
    document = page.document.id
    found = spans.of_mentions(library.core, document)
    return replace(
        page,
        mentioned=_layer(found, len(page.text)),
        named=tuple(spans.named(library.core, document)),
    )


def _layer(found: Spans, length: int) -> Layer:
    columns = Columns(found.starts, found.ends, found.ids, found.kinds, found.numbers)
    return Layer(columns, [name.lower() for name in found.names], length)
