"""Names written into a library as if an extractor had found them."""

from __future__ import annotations

from collections.abc import Sequence

from store.library import Library
from store.model import Found
from store.naming import store as store_mentions


def name(
    library: Library, document: int, names: Sequence[tuple[str, str, float]]
) -> None:
    """Store these names as found in a document, the longest first in each place."""
    text = library.documents.text(document)
    found: list[Found] = []
    for surface, type, sure in sorted(names, key=lambda one: -len(one[0])):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if all(one.end <= at or one.start >= end for one in found):
                found.append(Found(at, end, surface, type, None, sure))
            at = text.find(surface, end)
    found.sort(key=lambda one: one.start)
    now = library.core.now()
    library.core.writer.run(
        lambda pen: store_mentions(pen, [(document, found)], "test", now)
    )
