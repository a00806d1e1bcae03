"""Where one was: kept in the state folder, deletable at any time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla
    from tui.places import Places


@dataclass(frozen=True, slots=True)
class Session:
    """What a window showed when it was left."""

    library: str = ""
    document: int | None = None


def of(app: Postilla) -> Session:
    """The session of a running application."""
    return Session(str(app.library.path.absolute()), app.last_document)


def load(path: Path) -> Session:
    """The last session; an unreadable or foreign file is as good as none."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        document = values.get("document")
        return Session(
            str(values.get("library", "")),
            document if isinstance(document, int) else None,
        )
    except (OSError, ValueError, AttributeError):
        return Session()


def save(path: Path, session: Session) -> None:
    """Keep a session; a state folder that cannot be written is no reason to fail."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(json.dumps(asdict(session)), encoding="utf-8")
    except OSError:
        return


def places_text(opened: Library, places: Places | None) -> str:
    """Where everything is, for a person who wants to know."""
    library = opened.path.absolute()
    lines = [
        f"library        {library}",
        f"lock           {library}.lock",
        f"backups        {library}.backups/",
    ]
    if places is not None:
        lines += [
            f"configuration  {places.config}",
            f"log            {places.log}",
            f"session        {places.session}",
        ]
    return "\n".join([*lines, "", "Nothing else is written, and nothing is sent."])
