"""A terminal for a program under measure: what it paints, and how soon.

The program gets a real pseudo-terminal as its controlling one. Queries that
programs make of terminals are answered as a common terminal does. Painted text is
what is left when escape sequences are taken out; that is enough to tell when a
text was first shown.
"""

from __future__ import annotations

import argparse
import codecs
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

COLUMNS, ROWS = 120, 36
QUIET = 0.03
"""Seconds without output after which a repaint is taken to be over."""

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "shift+right": b"\x1b[1;2C",
    "shift+left": b"\x1b[1;2D",
    "enter": b"\r",
    "home": b"\x1b[H",
    "escape": b"\x1b",
    "ctrl+q": b"\x11",
}
"""What a terminal sends; any other key is its own letter."""

_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>1;10;0c",
    b"\x1b]11;?\x1b\\": b"\x1b]11;rgb:0000/0000/0000\x1b\\",
}
_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|[()][A-Z0-9]|[^\[\]()])"
)


@dataclass(frozen=True, slots=True)
class Repaint:
    """How a key was answered: milliseconds from the key."""

    first: float
    """To the first byte."""
    last: float
    """To the last byte before it was quiet."""
    cpu: float
    """Milliseconds of processor the program used."""


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds from the start of the program."""

    first_byte: float
    first_sign: float
    """Until anything but blanks was painted."""
    painted: float
    """Until the awaited text was painted."""
    cpu: float
    """Milliseconds of processor the program used until then."""


class Terminal:
    """A program running in a pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = COLUMNS,
        rows: int = ROWS,
    ) -> None:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environ),
            start_new_session=True,
            # A bench has one thread, so this is safe here.
            preexec_fn=_take_terminal,  # noqa: PLW1509
        )
        os.close(slave)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._text = ""
        self._first_byte = self._first_sign = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.end()

    @property
    def text(self) -> str:
        """Everything painted since the start, in the order it was painted."""
        return self._text

    def until(self, text: str, seconds: float = 30.0) -> Start:
        """Wait until a text has been painted. Raises ``TimeoutError``."""
        limit = time.perf_counter() + seconds
        while text not in self._text:
            if self._read(limit - time.perf_counter()) is None:
                raise TimeoutError(f"{text!r} was not painted:\n{self._text[-2000:]}")
        now = time.perf_counter()
        moments = (self._first_byte, self._first_sign, now)
        first, sign, painted = ((one - self.began) * 1000 for one in moments)
        return Start(first, sign, painted, self.cpu())

    def settle(self, quiet: float) -> None:
        """Wait until nothing was painted for ``quiet`` seconds."""
        while self._read(quiet) is not None:
            pass

    def key(self, key: str, *, patience: float = 2.0) -> Repaint | None:
        """Press a key and wait until it is answered; ``None`` if it never is."""
        before = self.cpu()
        pressed = time.perf_counter()
        os.write(self._master, KEYS.get(key) or key.encode())
        first = last = self._read(patience)
        while (when := self._read(QUIET)) is not None:
            last = when
        if first is None or last is None:
            return None
        return Repaint(
            (first - pressed) * 1000, (last - pressed) * 1000, self.cpu() - before
        )

    def cpu(self) -> float:
        """Milliseconds of processor used by the program's living threads so far;
        0 where the system does not tell."""
        spent = 0
        for one in Path(f"/proc/{self._process.pid}/task").glob("*/schedstat"):
            with suppress(OSError, ValueError, IndexError):
                spent += int(one.read_text().split()[0])
        return spent / 1e6

    def end(self, seconds: float = 5.0) -> None:
        """Leave the program, by force if it does not go."""
        with suppress(OSError):
            os.write(self._master, KEYS["ctrl+q"])
        limit = time.perf_counter() + seconds
        while self._process.poll() is None and time.perf_counter() < limit:
            self._read(0.05)
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        with suppress(OSError):
            os.close(self._master)

    def _read(self, seconds: float) -> float | None:
        """Take what was painted next; when it came, ``None`` if nothing does."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return None
        when = time.perf_counter()
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the program has ended
            data = b""
        if not data:
            time.sleep(min(0.01, max(0.0, seconds)))
            return None
        self._first_byte = self._first_byte or when
        for query, answer in _ANSWERS.items():
            if query in data:
                os.write(self._master, answer)
        self._take(self._decoder.decode(data))
        if not self._first_sign and self._text.strip():
            self._first_sign = when
        return when

    def _take(self, output: str) -> None:
        output = self._held + output
        self._held = ""
        at = output.rfind("\x1b")
        if at >= 0 and _ESCAPE.match(output, at) is None:
            output, self._held = output[:at], output[at:]
        # Colours stand inside a text, every other sequence between two.
        self._text += _ESCAPE.sub(
            lambda found: "" if found.group(1) in {"m", None} else "\n", output
        )


def _take_terminal() -> None:
    """In the child: its session takes this terminal as the controlling one."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def postilla() -> list[str]:
    """The command as a person starts it: the script of this environment."""
    script = Path(sys.executable).with_name("postilla")
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui"]


def environment(home: Path) -> dict[str, str]:
    """A person's environment with nothing of their own in it."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def main() -> None:
    """Start a command, print what it paints and how soon, and its answers to keys."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--until", default="", help="text to wait for")
    options.add_argument("--keys", default="", help="keys, parted by blanks")
    options.add_argument("command", nargs="+")
    given = options.parse_args()
    given.command[0] = shutil.which(given.command[0]) or given.command[0]
    with Terminal(given.command, dict(os.environ)) as terminal:
        if given.until:
            print(terminal.until(given.until))
        terminal.settle(1.0)
        for key in given.keys.split():
            print(key, terminal.key(key))
            terminal.settle(0.2)
        print(terminal.text[-3000:])


if __name__ == "__main__":
    main()
