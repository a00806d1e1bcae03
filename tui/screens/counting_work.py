"""Counting on a thread of its own: with progress in the footer, left at any moment."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.widgets.status import Progress, Status

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.base import LibraryScreen

Answer = TypeVar("Answer")

Steps = Callable[["Library"], Iterator[tuple[int, int, Answer | None]]]
"""Counts: how much is done, of how much, and with the last step the answer."""

SHOWN_AFTER = 0.3
"""Seconds before progress is worth showing."""

_APART = 0.1
"""Seconds between two looks at it."""


class Work(Generic[Answer]):
    """One counting for a screen."""

    def __init__(
        self,
        screen: LibraryScreen,
        steps: Steps[Answer],
        then: Callable[[Answer], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Begin at once; ``then`` or ``failed`` is called on the screen's thread."""
        self._screen = screen
        self._app = screen.postilla
        self._steps, self._then, self._failed = steps, then, failed
        self._stop = threading.Event()
        self._connection: sqlite3.Connection | None = None
        self._shows = False
        self._is_done = False
        self.seconds = 0.0
        """How long it took, once it is done."""
        self._thread = threading.Thread(
            target=self._run, name="postilla-count", daemon=True
        )
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether its thread has not ended yet."""
        return self._thread.is_alive()

    @property
    def running(self) -> bool:
        """Whether it is neither done, as the screen knows, nor stopped."""
        return not (self._is_done or self._stop.is_set())

    def stop(self) -> None:
        """Nobody waits for it any more; its thread ends by itself soon."""
        self._stop.set()
        connection = self._connection
        if connection is not None:
            # It is closed by its own thread, perhaps at this moment.
            with suppress(sqlite3.ProgrammingError):
                connection.interrupt()
        self._show(None)

    def join(self) -> None:
        """Wait until its thread has ended, so that the library can be closed."""
        self._thread.join()

    def _run(self) -> None:
        library = self._app.library
        started = told = time.monotonic()
        try:
            self._connection = library.core.reader
            for done, total, answer in self._steps(library):
                if self._stop.is_set():
                    return
                now = time.monotonic()
                if answer is not None:
                    self.seconds = now - started
                    self._app.call_soon(self._finish, answer)
                elif now - told >= _APART and now - started >= SHOWN_AFTER:
                    told = now
                    rate = done / (now - started)
                    left = (total - done) / rate if rate else None
                    progress = Progress("counting", done, total, rate, left)
                    self._app.call_soon(self._show, progress)
        except Exception as error:  # told on the screen; stopped work is no news
            if not self._stop.is_set():
                self._app.call_soon(self._fail, error)
        finally:
            self._connection = None
            library.release()

    def _finish(self, answer: Answer) -> None:
        self._is_done = True
        self._show(None)
        if not self._stop.is_set():
            self._then(answer)

    def _fail(self, error: BaseException) -> None:
        self._is_done = True
        self._show(None)
        if not self._stop.is_set():
            self._failed(error)

    def _show(self, progress: Progress | None) -> None:
        if progress is None and not self._shows:
            return  # the line may be somebody else's
        self._shows = progress is not None
        if self._stop.is_set() and progress is not None:
            return
        for status in self._screen.query(Status):
            status.show_progress(progress)
