"""Where things are kept on disk, by the XDG rules; nothing is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one person on one machine."""

    library: Path
    """The default library: the only copy of human work, so never a cache."""
    config: Path
    """The configuration; never written by the program except ``config init``."""
    state: Path
    """Folder of session and log; deletable at any time."""

    @property
    def log(self) -> Path:
        """Unexpected errors go here."""
        return self.state / "postilla.log"

    @property
    def session(self) -> Path:
        """Where one was when the program was left."""
        return self.state / "session.json"


def places(environ: Mapping[str, str], home: Path) -> Places:
    """The places that these environment variables and this home folder give."""

    def folder(variable: str, default: str) -> Path:
        given = environ.get(variable, "")
        # The rules say that a relative path is to be ignored.
        base = Path(given) if given.startswith("/") else home / default
        return base / "postilla"

    return Places(
        library=folder("XDG_DATA_HOME", ".local/share") / "library.db",
        config=folder("XDG_CONFIG_HOME", ".config") / "config.toml",
        state=folder("XDG_STATE_HOME", ".local/state"),
    )
