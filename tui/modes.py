"""The five screens by the names of their modes, imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen


def _documents() -> Screen[Any]:
    from tui.screens.documents import DocumentsScreen

    return DocumentsScreen()


def _reader() -> Screen[Any]:
    from tui.screens.reading import ReadingScreen

    return ReadingScreen()


def _entities() -> Screen[Any]:
    from tui.screens.entities import EntitiesScreen

    return EntitiesScreen()


def _annotations() -> Screen[Any]:
    from tui.screens.annotations import AnnotationsScreen

    return AnnotationsScreen()


def _codebook() -> Screen[Any]:
    from tui.screens.codebook import CodebookScreen

    return CodebookScreen()


SCREENS: dict[str, str | Callable[[], Screen[Any]]] = {
    "documents": _documents,
    "reader": _reader,
    "entities": _entities,
    "annotations": _annotations,
    "codebook": _codebook,
}
"""What Textual calls modes."""
