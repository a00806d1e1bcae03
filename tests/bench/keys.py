"""From a key to the repaint, in a large library and in one of ten documents.

Both run at once in terminals of their own and are pressed in turn, key by key, so
that whatever else the machine does falls on both alike. The ten documents are the
newest of the large library: the same rows and the same text are painted. A page of
the list is compared with a library of a hundred, because ten rows do not scroll.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Table, percentile, spread, verdict
from pty_driver import Repaint, Terminal, environment, postilla

from store.library import Library

TARGET = 2.0
SIZES = (10, 100)
"""Of the small libraries."""

_BETWEEN = 0.1
"""Seconds of silence before the next key: what a key sets off later is over too."""

_MARK = 12


@dataclass(frozen=True, slots=True)
class Walk:
    """Keys that go there and come back, so that each repaints something."""

    name: str
    there: str
    back: str
    steps: int
    against: int = 0
    """Which of the small libraries the large one is compared with."""

    def keys(self, count: int) -> Iterator[str]:
        """``count`` keys."""
        once = [self.there] * self.steps + [self.back] * self.steps
        return islice(cycle(once), count)


LIST = (
    Walk("list: down, up", "down", "up", 8),
    Walk("list: page", "pagedown", "pageup", 1, against=1),
)
READER = (
    Walk("reader: down, up", "down", "up", 25),
    Walk("reader: word w, b", "w", "b", 30),
    Walk("reader: shift+right, left", "shift+right", "shift+left", 20),
    Walk("reader: page", "pagedown", "pageup", 1),
)
FAR = Walk("list: page after page", "pagedown", "pageup", 10_000)

Measured = dict[str, list[Repaint]]


def press(
    terminals: dict[str, Terminal], walk: Walk, count: int
) -> dict[str, list[Repaint]]:
    """Press every key in each terminal in turn; keys without an answer are told."""
    taken: Measured = defaultdict(list)
    silent = 0
    for key in walk.keys(count):
        for name, terminal in terminals.items():
            answer = terminal.key(key, patience=0.5)
            if answer is None:
                silent += 1
            else:
                taken[name].append(answer)
            terminal.settle(_BETWEEN)
    if silent:
        print(f"  {walk.name}: {silent} keys repainted nothing and are not counted")
    return taken


def report(measured: dict[str, Measured]) -> None:
    """Milliseconds to the last byte, and what it costs."""
    table = Table(
        ["ms to the last byte", "documents", "p50", "p95", "p99", "first byte", "CPU"]
    )
    ratios: dict[str, float] = {}
    for walk, by_size in measured.items():
        tails = []
        for size, answers in by_size.items():
            last = [one.last for one in answers]
            tails.append(percentile(last, 0.95))
            table.add(
                walk,
                size,
                *spread(last),
                f"{percentile([one.first for one in answers], 0.5):.1f}",
                f"{percentile([one.cpu for one in answers], 0.5):.1f}",
            )
        if len(tails) == 2 and tails[0]:
            ratios[walk] = tails[1] / tails[0]
    table.show("Keys")
    print()
    for walk, value in ratios.items():
        print(f"  p95 ratio  {walk:<26} {verdict(value, TARGET)}")


def _pair(terminals: dict[str, Terminal], walk: Walk) -> dict[str, Terminal]:
    """The small library that a walk is compared with, and the large one."""
    names = list(terminals)
    return {name: terminals[name] for name in (names[walk.against], names[-1])}


def measure(
    libraries: dict[str, tuple[Path, str]], home: Path, count: int
) -> dict[str, Measured]:
    """Open every library in a terminal and press the keys."""
    terminals: dict[str, Terminal] = {}
    measured: dict[str, Measured] = {}
    try:
        for name, (library, first) in libraries.items():
            command = [*postilla(), "-L", str(library), "open"]
            terminals[name] = Terminal(command, environment(home))
            terminals[name].until(first)
            terminals[name].settle(1.0)
        for walk in LIST:
            measured[walk.name] = press(_pair(terminals, walk), walk, count)
        measured[FAR.name] = press(dict(list(terminals.items())[-1:]), FAR, count)
        for terminal in terminals.values():
            terminal.key("home")
            terminal.settle(0.5)
            terminal.key("enter")
            terminal.settle(1.5)
        for walk in READER:
            measured[walk.name] = press(_pair(terminals, walk), walk, count)
    finally:
        for terminal in terminals.values():
            terminal.end()
    return measured


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--keys", type=int, default=60, help="of each kind (%(default)s)")
    options = made.parse_args()
    lines = corpus.corpus_file(options)
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as name:
        folder = Path(name)
        home = folder / "home"
        home.mkdir()
        few = [corpus.newest(lines, n, folder / f"newest-{n}.jsonl") for n in SIZES]
        libraries: dict[str, tuple[Path, str]] = {}
        for source in (*few, lines):
            path = corpus.make_library(folder / f"{source.stem}.db", source)
            with Library(path) as library:
                first = library.documents.select(limit=1)[0].title
                libraries[f"{library.documents.count():,}"] = (path, first[:_MARK])
        report(measure(libraries, home, options.keys))


if __name__ == "__main__":
    main()
