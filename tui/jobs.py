"""Long work while the person reads: adding documents, finding entities.

The store gives generators that can be stopped between items; here one runs at a
time on a thread of its own and its progress goes to the footer.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import PostillaError
from tui.widgets.status import Progress, Status

if TYPE_CHECKING:
    from store.adding import AddReport
    from store.library import Library
    from store.naming import ExtractProgress
    from tui.app import Postilla

WORKERS = 2
"""Processes that find entities: beside the screen, so that it never waits."""


class Jobs:
    """Adds and extracts in the background, one job at a time."""

    def __init__(self, app: Postilla, library: Library) -> None:
        self._app = app
        self._library = library
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    @property
    def running(self) -> bool:
        """Whether something is being added or extracted."""
        return self._thread is not None and self._thread.is_alive()

    def add(self, paths: Sequence[Path]) -> bool:
        """Add documents and find their entities; False if a job is running."""
        return self._start(lambda: self._add(list(paths)))

    def extract(self, *, say_nothing_to_do: bool = False) -> bool:
        """Find the entities of documents that have none yet."""
        return self._start(lambda: self._extract(say_nothing_to_do))

    def stop(self) -> None:
        """Stop after the item at hand; what is in stays in."""
        if self.running:
            self._stop.set()
            self._app.tell("Stopping; what is in stays in.")
        else:
            self._app.tell("Nothing is being added.")

    def close(self) -> None:
        """Stop and wait, when the program ends."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self, work: Callable[[], None]) -> bool:
        if self.running:
            self._app.tell("Something is being added already; wait or stop it first.")
            return False
        self._stop.clear()

        def run() -> None:
            try:
                work()
            except PostillaError as error:
                self._on_screen(self._app.trouble, error)
            except Exception as error:  # the log keeps it; the screen goes on
                self._on_screen(self._app.trouble, error)
            finally:
                self._on_screen(self._show, None)
                self._library.release()

        self._thread = threading.Thread(target=run, name="postilla-job", daemon=True)
        self._thread.start()
        return True

    def _add(self, paths: list[Path]) -> None:
        report: AddReport | None = None
        for report in self._library.add(paths):
            self._on_screen(self._show, _adding(report))
            self._on_screen(lambda _: self._app.library_changed(), None)
            if self._stop.is_set():
                break
        if report is not None:
            self._on_screen(self._say_added, report)
        if not self._stop.is_set():
            self._extract(False)

    def _extract(self, say_nothing_to_do: bool) -> None:
        from store import naming

        done = 0
        if naming.pending(self._library.core):
            _begin_tracker()
        for step in self._library.extract_pending(jobs=WORKERS):
            done = step.done
            self._on_screen(self._show, _extracting(step))
            self._on_screen(lambda _: self._app.library_changed(), None)
            if self._stop.is_set():
                return
        if say_nothing_to_do and done == 0:
            self._on_screen(self._app.tell, "Every document has its entities.")

    def _on_screen(self, work: Callable[..., object], value: object) -> None:
        self._app.call_soon(work, value)

    def _show(self, progress: Progress | None) -> None:
        for screens in self._app._screen_stacks.values():
            for screen in screens:
                for status in screen.query(Status):
                    status.show_progress(progress)

    def _say_added(self, report: AddReport) -> None:
        self._app.tell(added_text(report), error=bool(report.failed))
        for failure in report.failed:
            self._app.remember(f"{failure.path}: {failure.reason}")
        for warning in report.warnings:
            self._app.remember(warning)


def _begin_tracker() -> None:
    """Start what keeps account of other processes while it sees a real terminal.

    It asks standard error for its file number, and the stand-in that is there while
    the screen is shown has none.
    """
    from multiprocessing import resource_tracker

    with contextlib.redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


def added_text(report: AddReport) -> str:
    """What came of adding, in one sentence."""
    parts = [_count(report.added, "document") + " added"]
    if report.updated:
        parts.append(f"{report.updated:,} updated")
    if report.unchanged:
        parts.append(f"{report.unchanged:,} already here")
    if report.duplicates:
        parts.append(_count(report.duplicates, "copy", "copies"))
    if report.failed:
        first = report.failed[0]
        if len(report.failed) == 1:
            parts.append(f"not taken: {Path(first.path).name}, which {first.reason}")
        else:
            parts.append(f"{len(report.failed):,} not taken (g l lists them)")
    return ", ".join(parts) + "."


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _adding(report: AddReport) -> Progress:
    rate = report.documents / report.seconds if report.seconds > 0 else None
    left = None
    if 0.02 < report.share < 1:
        left = report.seconds * (1 - report.share) / report.share
    return Progress("adding", report.documents, None, rate, left)


def _extracting(step: ExtractProgress) -> Progress:
    rate = step.done / step.seconds if step.seconds > 0 else None
    left = (step.total - step.done) / rate if rate else None
    return Progress("entities", step.done, step.total, rate, left)
