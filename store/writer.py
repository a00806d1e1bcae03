"""The writing door: one connection on one thread, one transaction a change.

Whoever wants to change the library hands the writer a function; the writer runs
it between ``BEGIN IMMEDIATE`` and ``COMMIT`` under the lock file and answers when
the commit has returned. Work of a person is committed with ``synchronous=FULL``,
so that "saved" stays true after a power cut; bulk work with NORMAL, which costs
one disk flush for many batches instead of one each.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.connections import locked, open_writer, worded
from store.errors import LibraryError, PostillaError

if TYPE_CHECKING:
    from sqlite_utils import Database

Result = TypeVar("Result")

_CHECKPOINT_BYTES = 8_000_000
"""The log is moved into the library file when it has grown to this."""


class Pen:
    """What a change writes with: the connection, bare and as sqlite-utils sees it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @cached_property
    def db(self) -> Database:
        """The same connection through sqlite-utils, imported when first used."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)


class Writer:
    """Runs changes one after the other on a thread of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(
            target=self._work, name="postilla-writer", daemon=True
        )
        self._guard = threading.Lock()
        self._closed = False
        self._thread.start()

    def submit(
        self, change: Callable[[Pen], Result], *, durable: bool = True
    ) -> Future[Result]:
        """Queue a change; the future resolves after its commit has returned.

        What was handed over is written: the future cannot be cancelled, also not
        by a screen that went away while it waited.
        """
        return self._put(change, durable=durable, is_bare=False)

    def _put(
        self, change: Callable[[Pen], Result], *, durable: bool, is_bare: bool
    ) -> Future[Result]:
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        with self._guard:
            if self._closed:
                raise LibraryError("The library is closed.")
            self._jobs.put(_Job(change, durable, is_bare, future))
        return future

    def run(self, change: Callable[[Pen], Result], *, durable: bool = True) -> Result:
        """Make a change and wait until it is committed."""
        return self.submit(change, durable=durable).result()

    def rewrite(self) -> bool:
        """Write the file anew, so that nothing is left of what was deleted: neither
        in unused space nor in the log. Needs as much room again as the file has.

        Returns whether the log could be emptied, which another program that still
        reads an older state prevents.
        """
        return self._put(_rewritten, durable=True, is_bare=True).result()

    def close(self) -> None:
        """Finish what is queued, move the log into the file, end the thread."""
        with self._guard:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        pen: Pen | None = None
        while (job := self._jobs.get()) is not None:
            try:
                with locked(self._path):
                    if pen is None:
                        pen = Pen(open_writer(self._path))
                    result = self._transaction(pen, job)
                    self._trim(pen)
            except BaseException as error:
                job.future.set_exception(self._in_words(error))
            else:
                job.future.set_result(result)
        if pen is not None:
            self._finish(pen)

    def _transaction(self, pen: Pen, job: _Job) -> Any:
        connection = pen.connection
        connection.execute(
            f"PRAGMA synchronous = {'FULL' if job.durable else 'NORMAL'}"
        )
        if job.is_bare:
            return job.change(pen)
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = job.change(pen)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _trim(self, pen: Pen) -> None:
        """Move a long log into the file; the change is safe even if this fails."""
        if self._log_size() > _CHECKPOINT_BYTES:
            with suppress(sqlite3.Error):
                pen.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _finish(self, pen: Pen) -> None:
        """Close under the lock: the last to close also moves the log."""
        try:
            with locked(self._path):
                pen.connection.execute("PRAGMA synchronous = FULL")
                pen.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                pen.connection.close()
        except (PostillaError, sqlite3.Error):
            pen.connection.close()

    def _log_size(self) -> int:
        log = self._path.with_name(self._path.name + "-wal")
        try:
            return log.stat().st_size
        except OSError:
            return 0

    def _in_words(self, error: BaseException) -> BaseException:
        ours = (sqlite3.IntegrityError, sqlite3.ProgrammingError)
        if not isinstance(error, sqlite3.Error) or isinstance(error, ours):
            return error
        return worded(self._path, error)


class _Job:
    """One change in the queue."""

    __slots__ = ("change", "durable", "future", "is_bare")

    def __init__(
        self,
        change: Callable[[Pen], Any],
        durable: bool,
        is_bare: bool,
        future: Future[Any],
    ) -> None:
        self.change = change
        self.durable = durable
        self.is_bare = is_bare
        """It makes its own transactions, as VACUUM does."""
        self.future = future


_MOST_IN_MEMORY = 256_000_000
"""Larger files are written anew by way of a temporary file."""


def _rewritten(pen: Pen) -> bool:
    connection = pen.connection
    (size,) = connection.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()
    if size > _MOST_IN_MEMORY:
        connection.execute("PRAGMA temp_store = FILE")
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
