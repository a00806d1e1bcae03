"""The world a command runs in: streams, terminal, folders; given, never looked up."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from tui.places import Places, places

if TYPE_CHECKING:
    from store.library import Library
    from tui.config import Config

_WIDTH = 100
"""Columns where nobody says how many there are."""


@dataclass
class Environment:
    """Streams, variables and folders, and what the global options say."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    home: Path
    chosen: str | None = None
    """``-L``, when it is given."""
    quiet: bool = False
    colour: bool = True
    leaving: ExitStack = field(default_factory=ExitStack)
    """What is closed when the command ends."""

    @classmethod
    def real(cls) -> Environment:
        """This process."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        # Whoever starts a program may leave these closed.
        return cls(
            stdin=sys.stdin.buffer if sys.stdin else BytesIO(),
            stdout=sys.stdout or StringIO(),
            stderr=sys.stderr or StringIO(),
            environ=os.environ,
            home=Path.home(),
            colour=not os.environ.get("NO_COLOR"),
        )

    @cached_property
    def places(self) -> Places:
        """Folders by the XDG rules."""
        return places(self.environ, self.home)

    @cached_property
    def config(self) -> Config:
        """The configuration. Raises ``ConfigError``."""
        from tui import config

        return self._with_beside(config.load(self.places.config))

    def _with_beside(self, mine: Config) -> Config:
        from dataclasses import replace

        from tui import config

        both = config.load(self.beside(mine), mine)
        # A file that is found beside a library cannot say where the library is.
        return replace(both, library=mine.library)

    def config_or_default(self) -> tuple[Config, str | None]:
        """What of the configuration can be used, and the sentence that says why not
        all of it."""
        from tui import config

        mine = config.Config()
        try:
            mine = config.load(self.places.config)
            return self._with_beside(mine), None
        except config.ConfigError as error:
            return mine, str(error)

    def beside(self, config: Config) -> Path:
        """``postilla.toml`` beside the library; it wins over the user's file."""
        return self.library_path(config).parent / "postilla.toml"

    def library_path(self, config: Config) -> Path:
        """Option, else environment, else configuration, else the data folder."""
        given = (
            self.chosen or self.environ.get("POSTILLA_LIBRARY") or config.library or ""
        )
        return Path(given) if given else self.places.library

    def library(self, *, create: bool = False, trial: bool = False) -> Library:
        """The library that is meant, opened; closed when the command ends.

        ``create`` makes a missing one. ``trial`` is for trying what would happen: a
        missing one is then made where it goes away again.
        """
        from store.library import Library

        path = self.library_path(self.config)
        if trial and create and not path.exists():
            from tempfile import TemporaryDirectory

            path = Path(self.leaving.enter_context(TemporaryDirectory())) / "trial.db"
        library = Library(path, create=create, coder=self.coder)
        return self.leaving.enter_context(library)

    @property
    def coder(self) -> str | None:
        """Who signs: environment, else configuration, else (``None``) the login."""
        return " ".join(self.environ.get("POSTILLA_CODER", "").split()) or (
            self.config_or_default()[0].coder
        )

    @property
    def on_terminal(self) -> bool:
        """Whether output goes to a terminal."""
        return self.stdout.isatty()

    @property
    def writes_unicode(self) -> bool:
        """Whether every sign can be written to standard output."""
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        return encoding.lower().replace("-", "").replace("_", "").startswith("utf")

    @property
    def asks(self) -> bool:
        """Whether a person is there to answer a question."""
        return self.stdin.isatty() and self.stderr.isatty()

    @property
    def draws_progress(self) -> bool:
        """Whether progress may be drawn on standard error."""
        return self.stderr.isatty() and not self.quiet

    @cached_property
    def width(self) -> int:
        """Columns of the terminal."""
        given = self.environ.get("COLUMNS", "")
        if given.isdecimal() and int(given) > 0:
            return int(given)
        try:
            return os.get_terminal_size(self.stdout.fileno()).columns or _WIDTH
        except (OSError, ValueError):
            return _WIDTH

    def say(self, sentence: str) -> None:
        """One line on standard error, safe."""
        from store import safe

        print(safe.line(sentence), file=self.stderr)

    def tell(self, sentence: str) -> None:
        """One line on standard output, safe, unless ``--quiet``."""
        from store import safe

        if not self.quiet:
            print(safe.line(sentence), file=self.stdout)


def agrees(env: Environment, question: str) -> bool:
    """Ask on stderr; whether the answer is yes."""
    env.stderr.write(question)
    env.stderr.flush()
    answer = env.stdin.readline().decode("utf-8", "replace")
    return answer.strip().lower() in ("y", "yes")
