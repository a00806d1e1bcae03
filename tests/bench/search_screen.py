"""The search screen while a person types: rows, context, and whether it ever waits.

The screen runs without a terminal over a large library; queries are typed key by key,
faster than people do. Beside it a clock ticks on the screen's thread: how late a tick
comes is how long a key would have waited. The same keys are typed once more into a
screen that does not search, so that what searching adds can be told from what the
drawing of keys costs anyway.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Table, spread, verdict
from textual import events

from store.library import Library
from tui.app import Postilla
from tui.screens.search_asked import Answer, Asked
from tui.screens.search_thread import Searcher
from tui.screens.searching import SearchScreen

TICK = 0.005
BETWEEN = 0.06
"""Seconds between two keys: 16 a second."""

LATE_TARGET, GONE_TARGET = 10.0, 5.0
QUERIES = 40
_PATIENCE = 60.0
_FIRST_LETTERS = 24


@dataclass
class Times:
    """Milliseconds, as they were measured."""

    rows: list[float] = field(default_factory=list)
    context: list[float] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    cpu: float = 0.0
    """Of the screen's thread for each key."""
    steps: list[float] = field(default_factory=list)
    """Processor that each step of the screen's thread took before it let a key in:
    what is late on a machine that has nothing else to do."""


class Watched(Searcher):
    """A searcher that notes when a query that runs was given up for a newer one."""

    def __init__(self, library: Library, times: Times, *, is_deaf: bool) -> None:
        super().__init__(library)
        self.times, self.is_deaf = times, is_deaf
        self._came: float | None = None
        self._is_busy = False

    def ask(self, asked: Asked, then: Callable[[Answer], object]) -> None:
        """As it is, or not at all."""
        if not self.is_deaf or not asked.text:
            self._came = time.perf_counter() if self._is_busy else None
            super().ask(asked, then)

    def _found(
        self, connection: sqlite3.Connection, number: int, asked: Asked
    ) -> Answer | None:
        if self._came is not None and number == self._number:
            self.times.gone.append((time.perf_counter() - self._came) * 1000)
            self._came = None
        self._is_busy = True
        try:
            return super()._found(connection, number, asked)
        finally:
            self._is_busy = False


class Screen(SearchScreen):
    """The screen, noting when what was asked is shown."""

    times = Times()
    asked_at = 0.0

    def look(self) -> None:
        """Ask, and begin to count."""
        self.asked_at = time.perf_counter()
        super().look()

    def _show(self, answer: Answer) -> None:
        super()._show(answer)
        if answer is self._answer and answer.asked.text:
            self.times.rows.append((time.perf_counter() - self.asked_at) * 1000)

    def _show_context(self, came: tuple[Answer, dict[int, object]]) -> None:  # type: ignore[override]
        super()._show_context(came)  # type: ignore[arg-type]
        if came[0] is self._answer and came[0].asked.text:
            self.times.context.append((time.perf_counter() - self.asked_at) * 1000)


async def tick(late: list[float]) -> None:
    """Note how late each tick comes, until cancelled."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(TICK)
        late.append(max(0.0, (time.perf_counter() - began - TICK) * 1000))


@contextmanager
def stepping(steps: list[float]) -> Iterator[None]:
    """Note what each step of the screen's thread takes."""
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        steps.append((time.thread_time() - began) * 1000)

    asyncio.Handle._run = timed  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that has to come."""
    limit = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > limit:
            sys.exit("The screen did not get ready.")
        await asyncio.sleep(0.01)


async def type_in(app: Postilla, query: str) -> None:
    """Type a query key by key, then take it away."""
    for sign in query:
        key = {" ": "space"}.get(sign, sign)
        app.post_message(events.Key(key, sign))
        await asyncio.sleep(BETWEEN)
    await asyncio.sleep(BETWEEN * 4)
    app.post_message(events.Key("ctrl+u", None))
    await asyncio.sleep(BETWEEN)


async def measure(library: Path, queries: list[str], *, is_deaf: bool) -> Times:
    """Type the queries into the search of a library."""
    times = Times()
    Screen.times = times
    app = Postilla(Library(library, coder="bench"))
    app.jobs.extract = lambda **_: False  # type: ignore[method-assign]
    app.searcher = Watched(app.library, times, is_deaf=is_deaf)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = Screen()
        await app.push_screen(screen)
        await until(lambda: screen._answer and screen._answer.learnt)
        await pilot.pause()
        ticking = asyncio.create_task(tick(times.late))
        began = time.thread_time()
        with stepping(times.steps):
            for query in queries:
                await type_in(app, query)
        spent = (time.thread_time() - began) * 1000
        times.cpu = spent / max(1, sum(map(len, queries)))
        await end(ticking)
    return times


async def end(task: asyncio.Task[None]) -> None:
    """Stop a task and wait until it is gone."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def read_queries(file: Path, count: int) -> Iterator[str]:
    """Queries of all kinds, of which the file has many each."""
    lines = file.read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // count)
    for line in lines[::step][:count]:
        yield str(json.loads(line)["query"])[:_FIRST_LETTERS]


def report(searching: Times, quiet: Times) -> None:
    """What was measured, and the targets."""
    table = Table(["ms", "number", "p50", "p95", "p99"])
    for name, values in (
        ("key to rows", searching.rows),
        ("key to context of the rows in sight", searching.context),
        ("older query given up", searching.gone),
        ("tick late, searching", searching.late),
        ("tick late, not searching", quiet.late),
        ("processor of steps over 1 ms, searching", _long(searching.steps)),
        ("processor of steps over 1 ms, not searching", _long(quiet.steps)),
    ):
        table.add(name, str(len(values)), *spread(values))
    table.show("The search screen, typed into key by key")
    print(f"\n  CPU of the screen's thread a key: {searching.cpu:.1f} ms")
    print(f"  the same without searching: {quiet.cpu:.1f} ms")
    late = float(spread(searching.late)[2])
    gone = float(spread(searching.gone)[1])
    print(f"  tick late, p99: {verdict(late, LATE_TARGET)}")
    print(f"  older query gone, p95: {verdict(gone, GONE_TARGET)}")


def _long(steps: list[float]) -> list[float]:
    return [step for step in steps if step > 1] or [0.0]


def main() -> None:
    """Measure and report."""
    parser = corpus.parser(__doc__ or "", docs=100_000)
    parser.add_argument("--library", type=Path, help="a library to take, not changed")
    parser.add_argument("--queries", type=Path, help="JSON Lines with a query each")
    parser.add_argument("--count", type=int, default=QUERIES, help="(%(default)s)")
    parser.add_argument("--per-kind", type=int, default=20, help="(%(default)s)")
    options = parser.parse_args()
    file = options.queries or corpus.queries_file(options)
    queries = list(read_queries(file, options.count))
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as folder:
        library = options.library
        if library is None:
            made = Path(folder) / "library.db"
            library = corpus.make_library(
                made, corpus.corpus_file(options), named=False
            )
        quiet = asyncio.run(measure(library, queries, is_deaf=True))
        searching = asyncio.run(measure(library, queries, is_deaf=False))
    report(searching, quiet)


if __name__ == "__main__":
    main()
