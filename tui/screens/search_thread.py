"""Searching while a person types: on threads of their own, the newest query wins.

The screen asks and goes on; an older query that is still running is interrupted,
and an answer that nobody waits for any more is dropped. The words of the library,
which make searching in spite of slips possible, are learnt on a second thread:
until they are there, exact words and beginnings of words are found, and the last
query is answered again as soon as they are.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from store.errors import PostillaError
from store.model import Hit

if TYPE_CHECKING:
    from store.library import Library
    from store.search.vocabulary import Vocabulary

FIRST = 50
"""Hits that are looked for at first; more when the last of them is reached."""

_TRIES = 3
_PATIENCE = 2.0
"""Seconds to wait for a thread when the program ends."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query."""

    text: str
    kinds: tuple[str, ...]
    exact: bool = False
    limit: int = FIRST


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a query, best first."""

    asked: Asked
    hits: Sequence[Hit]
    seconds: float
    learnt: bool
    """Whether slips in spelling could be allowed for."""
    failure: Exception | None = None


Then = Callable[[Answer], object]


class Searcher:
    """Answers one query at a time; belongs to the window, not to the screen."""

    def __init__(
        self, library: Library, clock: Callable[[], float] = perf_counter
    ) -> None:
        """Starts nothing; the threads begin when they are first needed."""
        self._library = library
        self._clock = clock
        self._turn = threading.Condition()
        self._number = 0
        self._waiting: tuple[Asked, Then] | None = None
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
            self._number += 1
            self._waiting = (asked, then)
            if self._running is not None:
                self._running.interrupt()
            self._turn.notify_all()
        self._start("postilla-search", self._work)

    def learn(self) -> None:
        """Learn the words of the library, or those that are new since."""
        self._start("postilla-words", self._learn)

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        with self._turn:
            self._number += 1
            self._waiting = self._last = None
            if self._running is not None:
                self._running.interrupt()

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

    def _start(self, name: str, work: Callable[[], None]) -> None:
        with self._turn:
            thread = self._threads.get(name)
            if not self._closed and (thread is None or not thread.is_alive()):
                thread = threading.Thread(target=work, name=name, daemon=True)
                self._threads[name] = thread
                thread.start()

    # On the searching thread -----------------------------------------------

    def _work(self) -> None:
        connection = self._library.core.reader
        try:
            while (turn := self._next(connection)) is not None:
                number, asked, then = turn
                answer = self._answer(connection, number, asked)
                for _ in range(_TRIES):
                    if answer is not None or number != self._number:
                        break
                    # Struck by an interruption that was meant for the query before.
                    answer = self._answer(connection, number, asked)
                if answer is not None and self._is_wanted(number, answer, then):
                    then(answer)
        finally:
            self._library.release()

    def _is_wanted(self, number: int, answer: Answer, then: Then) -> bool:
        """Whether nobody has asked anew; an answer without words comes again."""
        with self._turn:
            self._running = None
            if number != self._number:
                return False
            if not answer.learnt:
                self._last = (answer.asked, then)
                self._ask_again()
            return True

    def _next(self, connection: sqlite3.Connection) -> tuple[int, Asked, Then] | None:
        with self._turn:
            while self._waiting is None and not self._closed:
                self._turn.wait()
            if self._closed or self._waiting is None:
                return None
            asked, then = self._waiting
            self._waiting = self._last = None
            self._running = connection
            return self._number, asked, then

    def _answer(
        self, connection: sqlite3.Connection, number: int, asked: Asked
    ) -> Answer | None:
        from store.search import Cancelled, search

        words, began = self._words, self._clock()
        failure: Exception | None = None
        hits: Sequence[Hit] = ()
        try:
            hits = search(
                connection,
                words,
                asked.text,
                kinds=asked.kinds,
                limit=asked.limit,
                exact=asked.exact,
                cancelled=lambda: number != self._number,
            )
        except Cancelled:
            return None
        except (PostillaError, sqlite3.Error) as error:
            failure = error
        seconds = self._clock() - began
        return Answer(asked, hits, seconds, words is not None, failure)

    # On the learning thread ------------------------------------------------

    def _learn(self) -> None:
        from store.search import service

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
        finally:
            with self._turn:
                self._learning = None
            self._library.release()

    def _know(self, words: Vocabulary) -> None:
        """From now on with these words; the last query too."""
        with self._turn:
            self._words = words
            self._ask_again()

    def _ask_again(self) -> None:
        """Answer the last query with the words that are known now, if there are any.

        They may come while a query is being answered without them.
        """
        if self._words is not None and self._last and self._waiting is None:
            self._waiting, self._last = self._last, None
            self._turn.notify_all()
