"""What every part of a library works with: connections, coder, window, clock."""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
import uuid
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from store import connections, derived, redo
from store.acts import Act
from store.errors import LibraryBusy, LibraryError, LibraryReadOnly
from store.writer import Pen, Writer

Result = TypeVar("Result")


def utc_now() -> str:
    """The time as it is stored: ``2026-01-30T09:15:00.123456Z``."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return now.replace("+00:00", "Z")


def window_name() -> str:
    """A name for this window that tells whether it is still open."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4()}"


def is_open(window: str) -> bool:
    """Whether the process of that window still runs, as far as can be told here."""
    host, _, rest = window.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname() or not number.isdecimal():
        return False
    if _is_ours(window):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_ours(window: str) -> bool:
    return window.startswith(f"{socket.gethostname()}:{os.getpid()}:")


class Core:
    """Owns the connections of one opened library in one window."""

    def __init__(
        self,
        path: Path,
        *,
        coder: str,
        window: str | None = None,
        now: Callable[[], str] = utc_now,
    ) -> None:
        self.path = path
        self.coder = coder
        self.window = window or window_name()
        self.now = now
        self.read_only = not connections.can_write(path)
        self._writer: Writer | None = None
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False

    @property
    def reader(self) -> sqlite3.Connection:
        """The reading connection of the calling thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is None:
            connection = self.connect()
            self._local.reader = connection
        return connection

    def connect(self) -> sqlite3.Connection:
        """One more reading connection, closed with the library."""
        with self._guard:
            self._require_open()
            connection = connections.open_reader(self.path, self.coder)
            self._readers.append(connection)
        return connection

    def release(self) -> None:
        """Close the calling thread's reading connection, at the end of a thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is not None:
            self._local.reader = None
            with self._guard, suppress(ValueError):  # closed with the library
                self._readers.remove(connection)
            connection.close()

    @property
    def writer(self) -> Writer:
        """The one writer of this process. Raises ``LibraryReadOnly``."""
        if self.read_only:
            raise LibraryReadOnly(
                f"{self.path}: the library is open for reading only; its folder or"
                " file cannot be written."
            )
        with self._guard:
            self._require_open()
            if self._writer is None:
                self._writer = Writer(self.path)
            return self._writer

    def _require_open(self) -> None:
        if self._closed:
            raise LibraryError("The library is closed.")

    def act(self, words: str, work: Callable[[Act], Result]) -> Result:
        """Do what a person decided, with its undo entry, durably, in one go."""

        def change(pen: Pen) -> Result:
            act = Act(
                pen,
                coder=coder_id(pen.connection, self.coder, self.now()),
                window=self.window,
                now=self.now(),
            )
            result = work(act)
            if act.changes:
                derived.refresh(pen.connection, act.changes)
                act.log(words)
                redo.end(act.connection, act.coder, self._is_this_or_gone)
            return result

        return self.writer.run(change)

    def _is_this_or_gone(self, window: str) -> bool:
        """Other windows of the coder that are open keep what they can redo."""
        return window == self.window or not (is_open(window) or _is_ours(window))

    def version(self) -> int:
        """Changes whenever the library was changed, by whichever window.

        To be compared with what the same thread got before.
        """
        return int(self.reader.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Finish writing, then close every connection under the lock."""
        with self._guard:
            self._closed = True
            self._local = threading.local()
            readers, self._readers = self._readers, []
            writer, self._writer = self._writer, None
        if writer is not None:
            for connection in readers:
                connection.close()
            writer.close()
            return
        # SQLite moves the log into the file when the last connection closes; that
        # is a checkpoint like any other and waits its turn.
        with ExitStack() as stack:
            if not self.read_only:
                with suppress(LibraryBusy, LibraryReadOnly):
                    stack.enter_context(connections.locked(self.path, seconds=1.0))
            for connection in readers:
                connection.close()


def coder_id(connection: sqlite3.Connection, name: str, now: str) -> int:
    """The row of a coder, made when first seen."""
    row = connection.execute("SELECT id FROM coders WHERE name = ?", [name]).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO coders(guid, name, created) VALUES (?, ?, ?)",
        [str(uuid.uuid4()), name, now],
    )
    return int(cursor.lastrowid or 0)
