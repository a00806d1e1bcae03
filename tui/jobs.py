"""Long work while the person reads: adding documents, finding entities.

The store gives generators that can be stopped between items; here one runs at a
time on a thread of its own and its progress goes to the footer.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import PostillaError
from tui.widgets.status import Progress, Status

if TYPE_CHECKING:
    from array import array

    from store.adding import AddReport
    from store.extract_preview import Tally
    from store.library import Library
    from store.naming import ExtractProgress
    from tui.app import Postilla

WORKERS = 2
"""Processes that find entities: beside the screen, so that it never waits."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The documents that are to be extracted again."""

    documents: array[int]
    after: int
    """They are those with ids above this one; 0 unless it was stopped last time."""


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

    def compare(
        self,
        rest: Rest,
        step: Callable[[ExtractProgress], object],
        then: Callable[[Tally | PostillaError], object],
    ) -> bool:
        """Look what extracting again would change, and change nothing; ``then`` gets
        that or what went wrong, nothing when stopped. False if a job is running."""
        return self._start(lambda: self._compare(rest, step, then))

    def extract_again(self, rest: Rest) -> bool:
        """Extract again, as :meth:`compare` has shown; False if a job is running."""
        return self._start(lambda: self._extract_again(rest))

    def stop(self) -> None:
        """Stop after the item at hand; what is in stays in."""
        if self.running:
            self._stop.set()
            self._app.tell("Stopping; what is in stays in.")
        else:
            self._app.tell("Nothing is being added.")

    def cancel(self) -> None:
        """Stop what changes nothing; there is nothing to be said of it."""
        self._stop.set()

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

        step: ExtractProgress | None = None
        if naming.pending(self._library.core):
            _begin_tracker()
        steps = self._library.extract_pending(jobs=WORKERS, extractor=self._extractor)
        for step in self._until_stopped(steps):
            self._show_changed(step)
        if step is not None:
            self._on_screen(self._say_failed, step)
        elif say_nothing_to_do:
            self._on_screen(self._app.tell, "Every document has its entities.")

    def _compare(
        self,
        rest: Rest,
        step: Callable[[ExtractProgress], object],
        then: Callable[[Tally | PostillaError], object],
    ) -> None:
        from store import extract_preview

        tally = extract_preview.Tally()
        _begin_tracker()
        core = self._library.core
        steps = extract_preview.preview(
            core, rest.documents, tally, jobs=WORKERS, extractor=self._extractor
        )
        try:
            for one in self._until_stopped(steps):
                self._on_screen(step, one)
        except PostillaError as error:
            self._on_screen(then, error)
            return
        if not self._stop.is_set():
            self._on_screen(then, tally)

    def _extract_again(self, rest: Rest) -> None:
        from store import extract_preview

        tally = extract_preview.Tally()
        step: ExtractProgress | None = None
        _begin_tracker()
        steps = extract_preview.extract_again(
            self._library.core,
            tally,
            jobs=WORKERS,
            after=rest.after,
            extractor=self._extractor,
        )
        for step in self._until_stopped(steps):
            self._show_changed(step)
        if step is not None:
            self._on_screen(self._app.tell, extracted_text(tally, step))
            self._on_screen(self._say_failed, step)

    @property
    def _extractor(self) -> str:
        return self._app.config.extractor

    def _until_stopped(
        self, steps: Iterator[ExtractProgress]
    ) -> Iterator[ExtractProgress]:
        for step in steps:
            yield step
            if self._stop.is_set():
                return

    def _show_changed(self, step: ExtractProgress) -> None:
        self._on_screen(self._show, _extracting(step))
        self._on_screen(lambda _: self._app.library_changed(), None)

    def _say_failed(self, step: ExtractProgress) -> None:
        for document, reason in step.failures:
            self._app.remember(f"Document {document} stays as it was: {reason}")
        if step.failed:
            count = _count(step.failed, "document")
            reason = step.failures[0][1]
            self._app.tell(f"{count} failed (g l lists them): {reason}", error=True)

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


def extracted_text(tally: Tally, step: ExtractProgress) -> str:
    """What came of extracting again, in one sentence."""
    changes = (
        (tally.new, "new"),
        (tally.gone, "gone"),
        (tally.other_type, "of another type"),
        (tally.other_value, "of another value or speaker"),
    )
    parts = [f"{sum(found.values()):,} {words}" for found, words in changes if found]
    what = ", ".join(parts) or "nothing changed"
    if step.done < step.total:
        done = f"Stopped after {step.done:,} of {step.total:,} documents"
        return f"{done}: {what}. The same command goes on with the rest."
    return f"{_count(step.done, 'document')} extracted again: {what}."


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
