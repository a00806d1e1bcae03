"""Searching while a person types: on threads of their own, the newest query wins.

The screen asks and goes on; an older query that is still running is interrupted,
and an answer that nobody waits for any more is dropped. What belongs to an answer
and can come later (the context of the rows that are seen, counts) is done after it,
and dropped with it. The words of the library, which make searching in spite of slips
possible, are learnt on a second thread: until they are there, exact words and
beginnings of words are found, and the last query is answered again as soon as they
are.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import PostillaError
from store.model import Hit
from tui.screens.search_asked import Answer, Asked, Left

if TYPE_CHECKING:
    from store.library import Library
    from store.search.vocabulary import Vocabulary

__all__ = ["Answer", "Asked", "Searcher"]

_TRIES = 3
_PATIENCE = 2.0
"""Seconds to wait for a thread when the program ends."""

_SWITCH_SECONDS = 0.0005
"""After this long the searching thread lets the screen's thread run, where Python
would let it wait ten times as long."""

Result = TypeVar("Result")
Then = Callable[[Answer], object]
Job = Callable[[sqlite3.Connection, int], object]
"""Done on the searching thread, with the number of the query it belongs to."""

More = Callable[[sqlite3.Connection, Callable[[], bool]], Result]
"""Work that belongs to an answer; the second argument says whether to give up."""


class Searcher:
    """Answers one query at a time; belongs to the window, not to the screen."""

    def __init__(
        self, library: Library, clock: Callable[[], float] = perf_counter
    ) -> None:
        """Starts nothing; the threads begin when they are first needed."""
        self.left: Left | None = None
        """Where the search was left; kept here because screens come and go."""
        self._library = library
        self._clock = clock
        self._turn = threading.Condition()
        self._number = 0
        self._jobs: dict[str, Job] = {}
        self._last: tuple[Asked, Then] | None = None
        self._running: sqlite3.Connection | None = None
        self._learning: sqlite3.Connection | None = None
        self._closed = False
        self._words: Vocabulary | None = None
        self._threads: dict[str, threading.Thread] = {}

    def ask(self, asked: Asked, then: Then) -> None:
        """Answer by calling ``then`` on the searching thread, unless a newer query
        comes first; perhaps twice, when words were learnt meanwhile."""
        with self._turn:
            self._supersede()
            self._queue(asked, then)
        self._start("postilla-search", self._work)

    def also(
        self, what: str, work: More[Result], then: Callable[[Result], object]
    ) -> None:
        """Do something more for the last answer, and give it to ``then`` on the
        searching thread; not once a newer query is asked. Of one ``what`` only the
        newest that waits is done, and in the order in which they were first asked.

        What fails is left out: the rows are there without it.
        """

        def job(connection: sqlite3.Connection, number: int) -> None:
            with suppress(PostillaError, sqlite3.Error):
                result = work(connection, lambda: number != self._number)
                if number == self._number:
                    then(result)

        with self._turn:
            self._jobs[what] = job
            self._turn.notify_all()
        self._start("postilla-search", self._work)

    def learn(self) -> None:
        """Learn the words of the library, or those that are new since."""
        self._start("postilla-words", self._learn)

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        with self._turn:
            self._supersede()
            self._last = None

    def close(self) -> None:
        """Stop at once; before the library is closed."""
        self.forget()
        with self._turn:
            self._closed = True
            if self._learning is not None:
                self._learning.interrupt()
            self._turn.notify_all()
        for thread in self._threads.values():
            thread.join(_PATIENCE)

    def _supersede(self) -> None:
        self._number += 1
        self._jobs.clear()
        if self._running is not None:
            self._running.interrupt()

    def _queue(self, asked: Asked, then: Then) -> None:
        """Answer a query next."""

        def job(connection: sqlite3.Connection, number: int) -> None:
            self._answer(connection, number, asked, then)

        self._last = None
        self._jobs = {"answer": job, **self._jobs}
        self._turn.notify_all()

    def _start(self, name: str, work: Callable[[], None]) -> None:
        with self._turn:
            thread = self._threads.get(name)
            if not self._closed and (thread is None or not thread.is_alive()):
                thread = threading.Thread(target=work, name=name, daemon=True)
                self._threads[name] = thread
                thread.start()

    # On the searching thread -----------------------------------------------

    def _work(self) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(min(before, _SWITCH_SECONDS))
        connection = self._library.core.reader
        try:
            while (turn := self._next(connection)) is not None:
                number, job = turn
                job(connection, number)
        finally:
            with self._turn:
                self._running = None
            self._library.release()
            sys.setswitchinterval(before)

    def _next(self, connection: sqlite3.Connection) -> tuple[int, Job] | None:
        with self._turn:
            self._running = None
            while not self._jobs and not self._closed:
                self._turn.wait()
            if self._closed:
                return None
            self._running = connection
            return self._number, self._jobs.pop(next(iter(self._jobs)))

    def _answer(
        self, connection: sqlite3.Connection, number: int, asked: Asked, then: Then
    ) -> None:
        answer = None
        for _ in range(_TRIES):
            # One that is still wanted was struck by an interruption that was meant
            # for the query before.
            answer = self._found(connection, number, asked)
            if answer is not None or number != self._number:
                break
        if answer is not None and self._is_wanted(number, answer, then):
            then(answer)

    def _is_wanted(self, number: int, answer: Answer, then: Then) -> bool:
        """Whether nobody has asked anew; an answer without words comes again."""
        with self._turn:
            if number != self._number:
                return False
            if not answer.learnt:
                self._last = (answer.asked, then)
                self._ask_again()
            return True

    def _found(
        self, connection: sqlite3.Connection, number: int, asked: Asked
    ) -> Answer | None:
        from store.search import narrowing

        words, began = self._words, self._clock()
        failure: Exception | None = None
        hits: Sequence[Hit] = ()
        unknown: tuple[str, ...] = ()
        try:
            hits = self._search(connection, asked, lambda: number != self._number)
            if not hits and asked.mode != "regex":
                unknown = narrowing.unknown(connection, words, asked.text)
        except _cancelled():
            return None
        except (PostillaError, sqlite3.Error) as error:
            failure = error
        seconds = self._clock() - began
        return Answer(asked, hits, seconds, words is not None, failure, unknown)

    def _search(
        self, connection: sqlite3.Connection, asked: Asked, stop: Callable[[], bool]
    ) -> Sequence[Hit]:
        from store.search import search

        return search(
            connection,
            self._words,
            asked.text,
            kinds=asked.kinds,
            limit=asked.limit,
            exact=asked.mode == "exact",
            regex=asked.mode == "regex",
            within=asked.within,
            bare=True,
            cancelled=stop,
        )

    def documents(
        self, connection: sqlite3.Connection, asked: Asked, stop: Callable[[], bool]
    ) -> list[int]:
        """Ids of the documents that a query finds, best first.

        To be called on the searching thread, in what :meth:`also` is given. Raises
        ``PostillaError`` or ``sqlite3.Error``.
        """
        try:
            return [hit.id for hit in self._search(connection, asked, stop)]
        except _cancelled():
            return []

    # On the learning thread ------------------------------------------------

    def _learn(self) -> None:
        from store.search import index, service

        core = self._library.core
        connection = core.reader
        with self._turn:
            self._learning = connection
        try:
            with suppress(PostillaError, sqlite3.Error):
                # Without them a search goes on finding exact words.
                before = self._words or service.stored(connection)
                words = service.up_to_date(connection, before)
                self._know(words)
                is_new = before is None or before.generation != words.generation
                if is_new and not core.read_only:
                    core.writer.run(
                        lambda pen: service.save(pen.connection, words), durable=False
                    )
                # What an older library does not have yet, piece by piece.
                while (
                    not self._closed
                    and not core.read_only
                    and index.left(connection)
                    and core.writer.run(
                        lambda pen: index.fill(pen.connection), durable=False
                    )
                ):
                    pass
        finally:
            with self._turn:
                self._learning = None
            self._library.release()

    def _know(self, words: Vocabulary) -> None:
        """From now on with these words; the last query too."""
        # They stay: the collector would look at a quarter of a million words each time.
        gc.freeze()
        with self._turn:
            self._words = words
            self._ask_again()

    def _ask_again(self) -> None:
        """Answer the last query with the words that are known now, if there are any.

        They may come while a query is being answered without them.
        """
        if self._words is not None and self._last and "answer" not in self._jobs:
            self._queue(*self._last)


def _cancelled() -> Any:
    """What a search raises when nobody wants its answer, imported when needed."""
    from store.search import Cancelled

    return Cancelled
