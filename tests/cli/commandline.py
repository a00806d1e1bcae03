"""Runs the command line in this process, in a world of its own, and keeps what it
says."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from tui.cli import main
from tui.cli.environment import Environment

PORT = (
    "Maria Rossi opened the port of Trieste on Monday. The port cost 12 million"
    " euros.\n\nMaria Rossi called it a beginning; Acme Ltd called it a burden.\n"
)
RAIN = "It rained in Berlin. The umbrella makers of Acme Ltd were pleased.\n"


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Keyboard(BytesIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Result:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass
class Cli:
    """The command line of one person, whose folders lie under ``home``."""

    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Path:
        """Where the library is by default."""
        return self.home / "data" / "postilla" / "library.db"

    @property
    def config(self) -> Path:
        """Where the configuration is."""
        return self.home / "config" / "postilla" / "config.toml"

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        tty: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> Result:
        """Run one command; ``tty`` puts all three streams on a terminal."""
        out = Terminal() if tty else StringIO()
        err = Terminal() if tty else StringIO()
        env = Environment(
            stdin=Keyboard(stdin) if tty else BytesIO(stdin),
            stdout=out,
            stderr=err,
            environ={
                "XDG_DATA_HOME": str(self.home / "data"),
                "XDG_CONFIG_HOME": str(self.home / "config"),
                "XDG_STATE_HOME": str(self.home / "state"),
                "COLUMNS": "120",
                **self.environ,
                **(environ or {}),
            },
            home=self.home,
        )
        status = main.run(arguments, env)
        return Result(int(status), out.getvalue(), err.getvalue())

    def file(self, name: str, text: str) -> str:
        """A file of this text; returns its path."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def records(self, *records: Mapping[str, Any], name: str = "in.jsonl") -> str:
        """A file of JSON Lines; returns its path."""
        return self.file(name, "".join(json.dumps(one) + "\n" for one in records))

    def with_documents(self) -> Cli:
        """Two documents are in: 1 about a port, 2 about rain."""
        path = self.records(
            {
                "id": "port",
                "title": "A port opens",
                "text": PORT,
                "source": "The Pier",
                "published": "2026-01-30",
                "language": "en",
            },
            {
                "id": "rain",
                "title": "Rain",
                "text": RAIN,
                "source": "Weather Post",
                "published": "2026-02-01",
                "language": "en",
            },
        )
        result = self.run("add", path)
        assert result.status == 0, result.err
        return self


INTERRUPTED = (130, -signal.SIGINT)
"""What a shell shows as 130: Python may also end itself by the very signal."""


def hears_interrupts() -> None:
    """To be run in a new process: ctrl+c ends it, even if the tests themselves were
    started in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
