"""Where the sample material is: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path | None:
    """The folder of the sample material; ``None`` if it was not installed.

    A checkout's own folder wins over the copy that packaging makes of it.
    """
    here = Path(__file__).resolve().parent
    for place in (here.parent / "seeds", here / "_seeds"):
        if (place / "news").is_dir():
            return place
    return None
