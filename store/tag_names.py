"""Names and paths of tags: how they are compared, and what cannot be one. Pure."""

from __future__ import annotations

import unicodedata

from store.errors import UsageError
from store.tagpaths import DEEPEST

LONGEST_NAME = 80
"""Signs of a name."""


def fold_name(name: str) -> str:
    """How names are compared: ``Actors`` and ``actors`` are one tag."""
    return unicodedata.normalize("NFC", name).casefold()


def check_name(name: str) -> str:
    """The name as it is kept. Raises ``UsageError`` for one that cannot be."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise UsageError("A tag needs a name.")
    if "/" in kept:
        raise UsageError(f"A tag's name cannot hold /: {kept}.")
    if len(kept) > LONGEST_NAME:
        raise UsageError(f"A tag's name has at most {LONGEST_NAME} signs.")
    if kept.isdecimal():
        raise UsageError(f"A tag's name cannot be digits only: {kept}.")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept):
        raise UsageError("A tag's name cannot hold control characters.")
    return kept


def check_path(path: str) -> list[str]:
    """The names of a path, root first. Raises ``UsageError``."""
    parts = [check_name(part) for part in path.strip().strip("/").split("/")]
    if len(parts) > DEEPEST:
        raise UsageError("Tags nest at most twelve deep.")
    return parts


def problem_with_path(path: str) -> str | None:
    """Why a path cannot be a tag's, in one sentence; ``None`` if it can."""
    try:
        check_path(path)
    except UsageError as error:
        return str(error)
    return None
