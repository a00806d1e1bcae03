"""Asking in which documents: all, what Documents shows, a set, a language, a source."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.document_rows import DocumentFilter

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

_MOST = 200
"""Languages and sources that are offered; all can be found by typing."""

Offer = tuple[DocumentFilter, str]
"""A filter and what the choice calls it."""


def ask_which_documents(
    app: Postilla, now: DocumentFilter, then: Callable[[DocumentFilter], object]
) -> None:
    """Let a person choose; ``then`` is called with what was chosen, if anything.

    The bar begins on ``now``, so that enter alone changes nothing.
    """
    from tui.screens.dialogs import Choose

    shown = shown_in_documents(app)
    asked_on = app.screen

    def ask(offers: list[Offer]) -> None:
        if app.screen is not asked_on:
            return
        options = [(str(number), words) for number, (_, words) in enumerate(offers)]
        at = next(number for number, (one, _) in enumerate(offers) if one == now)

        def chosen(value: str | None) -> None:
            if value is not None:
                then(offers[int(value)][0])

        app.push_screen(Choose("In which documents", options, at=str(at)), chosen)

    app.hand.ask(lambda library: offers_of(library, shown, now), ask)


def shown_in_documents(app: Postilla) -> DocumentFilter:
    """What the list of documents is narrowed to."""
    stack = app._screen_stacks.get("documents", [])
    filters = getattr(stack[0], "filters", None) if stack else None
    return filters if isinstance(filters, DocumentFilter) else DocumentFilter()


def offers_of(
    library: Library, shown: DocumentFilter, now: DocumentFilter
) -> list[Offer]:
    """What can be chosen, with counts; ``now`` is among it. Runs off the screen's
    thread."""
    from store.facets import facets

    found = facets(library.core.reader, DocumentFilter(), _MOST)
    offers = [(DocumentFilter(), f"all documents · {library.documents.count():,}")]
    if shown != DocumentFilter():
        words = in_words(library, shown)
        offers.append((shown, f"what Documents shows: {words}"))
    offers += [
        (DocumentFilter(collection=name), f"collection {name}")
        for name in library.collections.names()
    ]
    offers += [
        (DocumentFilter(language=one.value), f"language {one.shown} · {one.count:,}")
        for one in found["language"]
    ]
    offers += [
        (DocumentFilter(source=one.value), f"source {one.shown} · {one.count:,}")
        for one in found["source"]
    ]
    if all(one != now for one, _ in offers):
        offers.insert(1, (now, f"as now: {in_words(library, now)}"))
    return offers


def in_words(library: Library, filters: DocumentFilter) -> str:
    """A filter as one line: ``it · since 2025``."""
    from store import document_filter

    parts = document_filter.readable(library.core.reader, filters)
    return document_filter.in_words(parts)
