"""Work of the screen that must not be done on the screen's own thread.

One thread writes, so that acts happen in the order of the keys; one asks, on a
reading connection of its own. What comes back is handled on the screen's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import PostillaError

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

Result = TypeVar("Result")

_NEEDED_SOON = (
    "sqlite_utils",
    "tui.screens.reading",
    "tui.screens.searching",
    "tui.screens.entities",
    "tui.screens.annotations",
    "tui.screens.codebook",
)


class Hand:
    """Runs functions of the library on threads and brings the results back."""

    def __init__(self, app: Postilla, library: Library) -> None:
        self._app = app
        self._library = library
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="postilla-hand")
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="postilla-ask")

    def write(
        self,
        work: Callable[[Library], Result],
        then: Callable[[Result], object] | None = None,
        failed: Callable[[PostillaError], object] | None = None,
    ) -> Future[Result]:
        """Change the library; ``then`` runs on the screen's thread once it is saved.

        An error that a person can act on goes to ``failed``, else to the footer.
        """

        def saved(result: Result) -> None:
            if then is not None:
                then(result)
            self._app.library_changed()

        return self._run(self._writing, work, saved, failed)

    def write_quietly(self, work: Callable[[Library], object]) -> None:
        """Keep something nobody looks at: a draft, a reading position."""
        self._run(self._writing, work, lambda _: None, None)

    def ask(
        self,
        work: Callable[[Library], Result],
        then: Callable[[Result], object],
    ) -> Future[Result]:
        """Read from the library; ``then`` runs on the screen's thread."""
        return self._run(self._asking, work, then, None)

    def _run(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[Library], Result],
        then: Callable[[Result], object],
        failed: Callable[[PostillaError], object] | None,
    ) -> Future[Result]:
        future = pool.submit(work, self._library)
        future.add_done_callback(lambda done: self._bring(done, then, failed))
        return future

    def _bring(
        self,
        done: Future[Any],
        then: Callable[[Any], object],
        failed: Callable[[PostillaError], object] | None,
    ) -> None:
        if done.cancelled() or not self._app.is_running:
            return
        error = done.exception()
        if error is None:
            self._app.call_soon(then, done.result())
        elif isinstance(error, PostillaError) and failed is not None:
            self._app.call_soon(failed, error)
        else:
            self._app.call_soon(self._app.trouble, error)

    def warm_up(self) -> None:
        """Import what the first act and the other screens need, while nobody waits."""

        def load() -> None:
            for module in _NEEDED_SOON:
                import_module(module)

        threading.Thread(target=load, name="postilla-warm-up", daemon=True).start()

    def close(self) -> None:
        """Finish what was asked to be written; drop what was only asked."""
        self._asking.shutdown(wait=True, cancel_futures=True)
        self._writing.shutdown(wait=True)
