"""A terminal for tests: the real program on a real pseudo-terminal.

The program is started the way a person starts it, in a session of its own whose
controlling terminal is the pseudo-terminal, so that closing it hangs the program
up as closing a window does. What it writes is kept as raw bytes and drawn by a
terminal emulator. Waiting is waiting for output; nothing sleeps.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

SECONDS = 20.0
"""How long something may take before a test gives up on it."""

ROOT = Path(__file__).parents[2]

_BEGIN = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Takes the terminal as the controlling one, then becomes the program."""

_KEYS = {
    "enter": "\r",
    "escape": "\x1b[27u",  # as newer terminals say it, lest it join the next key
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
}


def bytes_of(key: str) -> bytes:
    """What a terminal sends for a key: ``a``, ``enter``, ``ctrl+s``."""
    if key.startswith("ctrl+"):
        return bytes([ord(key[-1].upper()) - 64])
    return _KEYS.get(key, key).encode()


def environment(home: Path) -> dict[str, str]:
    """The variables of a person whose every folder lies under ``home``."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
        "ESCDELAY": "25",
    }


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a plain command of the real program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        env=environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS * 3,
        check=False,
    )


class Terminal:
    """One window with the program in it."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (120, 36),
        is_told: bool = True,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """Start ``postilla arguments`` in a window of ``size`` (columns, rows).

        ``variables`` are set in its environment beside the usual ones.
        Without ``is_told`` nobody tells the program when the window is closed, as
        behind ``nohup``.
        """
        home.mkdir(parents=True, exist_ok=True)
        self.raw = bytearray()
        self.keys = 0
        self.typed = 0
        """Texts typed; each is one step, however long."""
        self.is_open = True
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._lines = [""] * size[1]
        self._master, slave = os.openpty()
        columns, rows = size
        size_bytes = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size_bytes)
        begin = ("-c", _BEGIN) if is_told else ()
        self.process = subprocess.Popen(
            [sys.executable, *begin, "-m", "tui", *arguments],
            env={**environment(home), **(variables or {})},
            cwd=home,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    # Keys ------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.keys += 1
            os.write(self._master, bytes_of(key))

    def type(self, text: str) -> None:
        """Type a text."""
        self.typed += 1
        os.write(self._master, text.encode())

    # The screen ------------------------------------------------------------

    def screen(self) -> list[str]:
        """The lines as they stand now, without the blanks at their ends."""
        for row in self._screen.dirty:  # only these: a screen is read very often
            self._lines[row] = self._line(row)
        self._screen.dirty.clear()
        return self._lines.copy()

    def _line(self, row: int) -> str:
        # The cell behind a wide sign is empty.
        cells = self._screen.buffer[row]
        signs = (cells[column].data for column in range(self._screen.columns))
        return "".join(signs).rstrip()

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen())

    def wait_for(self, wanted: str, seconds: float = SECONDS) -> str:
        """Wait until the screen matches a regular expression; gives what matched."""
        pattern = re.compile(wanted)
        found: list[str] = []

        def matches() -> bool:
            match = pattern.search(self.text)
            if match is not None:
                found.append(match.group())
            return match is not None

        self._until(matches, f"{wanted!r} on the screen", seconds)
        return found[0]

    def wait_gone(self, unwanted: str, seconds: float = SECONDS) -> None:
        """Wait until a regular expression no longer matches the screen."""
        pattern = re.compile(unwanted)
        what = f"{unwanted!r} to go from the screen"
        self._until(lambda: pattern.search(self.text) is None, what, seconds)

    def wait_cursor(self, line: int, seconds: float = SECONDS) -> None:
        """Wait until one types in a line of the screen, counted from 0, or below."""
        what = f"the cursor below line {line}"
        self._until(lambda: self._screen.cursor.y >= line, what, seconds)

    def wait_until(
        self, is_so: Callable[[], bool], what: str, seconds: float = SECONDS
    ) -> float:
        """Wait until something beside the screen is so; gives the seconds it took.

        What the program writes meanwhile is taken in.
        """
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds or not self._read(0.02):
                raise AssertionError(f"waited in vain for {what}:\n{self.text}")
        return time.monotonic() - began

    def line_of(self, wanted: str) -> int:
        """The first line of the screen that matches a regular expression."""
        pattern = re.compile(wanted)
        return next(i for i, line in enumerate(self.screen()) if pattern.search(line))

    def _until(self, is_so: Callable[[], bool], what: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            left = until - time.monotonic()
            if left <= 0 or not self._read(left):
                reason = "waited in vain for" if left <= 0 else "ended without"
                raise AssertionError(f"{reason} {what}:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        """Take in what the program writes next; False once nothing can come."""
        if not self.is_open:
            return False
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that the other side is closed
            data = b""
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    # Endings ---------------------------------------------------------------

    def wait_end(self, seconds: float = SECONDS) -> int:
        """Wait until the program has ended by itself; gives its exit status."""
        until = time.monotonic() + seconds
        while self._read(max(0.0, until - time.monotonic())):
            if time.monotonic() >= until:
                raise AssertionError(f"still running:\n{self.text}")
        return self.process.wait(seconds)

    def close(self) -> int:
        """Close the window: the program is hung up. Gives its exit status."""
        self._let_go()
        return self.process.wait(SECONDS)

    def terminate(self) -> int:
        """Tell the program to end, as a shutdown does. Gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait_end()

    def kill(self) -> None:
        """End the program at once, as a power cut would, and close the window."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        self._let_go()

    def _let_go(self) -> None:
        if self.is_open:
            self.is_open = False
            os.close(self._master)
