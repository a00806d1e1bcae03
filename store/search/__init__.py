"""Finding documents, entities, annotations and tags, although misspelt.

Names are resolved when they are first used: whoever only keeps the index up to date
(``store.search.index``), which is every change of a library, does not pay for the
search itself at start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.search.everything import KINDS, Cancelled, search

__all__ = ["KINDS", "Cancelled", "search"]


def __getattr__(name: str) -> Any:
    """Take a name from ``store.search.everything``."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from store.search import everything

    return getattr(everything, name)
