"""What the screens that count have in common: when they count, and in which documents.

A screen counts when it is first shown and when it is asked something else. When the
library changes it counts again after a moment of quiet, unless that takes long: then it
only says that its figures are from before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.timer import Timer

from store.document_rows import DocumentFilter
from store.errors import PostillaError
from tui.keys import by_id, show_keys
from tui.screens.base import LibraryScreen
from tui.screens.counting_dialog import CountingDialog
from tui.screens.counting_work import Work
from tui.screens.which_documents import in_words
from tui.widgets import empty

if TYPE_CHECKING:
    from store.library import Library

Answer = TypeVar("Answer")

QUIET_SECONDS = 0.8
"""The library is quiet this long before it is counted again."""

LONG_SECONDS = 3.0
"""What took longer is not counted again unasked."""


class CountingScreen(LibraryScreen, Generic[Answer]):
    """A screen over the others that shows figures."""

    def __init__(self) -> None:
        super().__init__()
        self.filters = DocumentFilter()
        """In which documents it counts."""
        self.is_old = False
        """Whether the library changed since the figures were counted."""
        self._work: Work[Answer] | None = None
        self._left: list[Work[Answer]] = []
        """What nobody waits for any more, and may still be ending."""
        self._seconds = 0.0
        self._timer: Timer | None = None

    # What subclasses give --------------------------------------------------

    def steps(self, library: Library) -> Iterator[tuple[int, int, Answer | None]]:
        """Count, on a thread of its own: done, of how much, and last the answer."""
        raise NotImplementedError

    def show_answer(self, answer: Answer) -> None:
        """Show the figures."""
        raise NotImplementedError

    def show_counts(self) -> None:
        """Say above and below the figures what they are."""
        raise NotImplementedError

    # Counting --------------------------------------------------------------

    @property
    def is_counting(self) -> bool:
        """Whether figures are on their way."""
        return self._work is not None and self._work.running

    def refresh_from_library(self) -> None:
        """Count the first time; later when the library has been quiet for a while."""
        if self._work is None:
            self.count_now()
            return
        if self._seconds > LONG_SECONDS:
            self.is_old = True
            self.show_counts()
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(QUIET_SECONDS, self._count_again)

    def _count_again(self) -> None:
        if self.is_counting:
            self.refresh_from_library()
        else:
            self.count_now()

    def count_now(self) -> None:
        """Count what is asked now, and no longer what was asked before."""
        self.stop_counting()
        self.is_old = False

        def counted(answer: Answer) -> None:
            if self._work is work and self.is_mounted:
                self._seconds = work.seconds
                self.show_answer(answer)

        def failed(error: BaseException) -> None:
            if self._work is work and self.is_mounted:
                self.show_counts()
                if isinstance(error, PostillaError):
                    self.say(str(error), error=True)
                else:
                    self.postilla.trouble(error)

        work = Work(self, self.steps, counted, failed)
        self._work = work
        self.show_counts()

    def stop_counting(self) -> None:
        """Leave what is being counted."""
        if self._work is not None:
            self._work.stop()
            self._left = [one for one in (*self._left, self._work) if one.is_alive]

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.stop_counting()
        for work in self._left:
            work.join()

    # Which documents -------------------------------------------------------

    def ask(
        self, dialog: CountingDialog, then: Callable[[dict[str, str]], object]
    ) -> None:
        """Show the box of questions; its documents are taken, then ``then`` is called
        with the other answers."""

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self.filters = dialog.documents
                then(answer)

        self.app.push_screen(dialog, answered)

    def documents_in_words(self) -> str:
        """In which documents it counts, as one line."""
        return in_words(self.library, self.filters)

    def note(self) -> str:
        """What is to be known of the figures: on their way, or from before."""
        if self.is_counting:
            return "counting …"
        if not self.is_old:
            return ""
        key = self.first_key(f"{self.PLACE}.narrow")
        return f"from before the last change · {key} counts again"

    def no_documents(self) -> str:
        """What stands in the list of a library without documents; else nothing."""
        if self.library.documents.count():
            return ""
        return empty.no_documents_to_ask(
            documents=self.first_key("go_documents"),
            add=self.first_key("documents.import"),
        )

    def first_key(self, action: str) -> str:
        """The first way to an action, as the screen names keys."""
        return show_keys(by_id(action, self.postilla.key_actions)).partition(" ")[0]
