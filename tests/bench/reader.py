"""The reader at 5 KB, 500 KB and 10 MB: every key, and how soon the text is there.

Every tenth word is a name and the large documents have 2,000 annotations. All sizes
run at once in terminals of their own and are pressed in turn, key by key, so that
whatever else the machine does falls on all alike; beside them a program of nothing
but Textual's TextArea, read-only, with the same texts and no marks in them.

A document is opened by enter in the list; what it takes is compared with a library
whose document has one sentence. Each opening is the first of its process.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Table, percentile, spread, verdict
from long_reads import AWAITED, make_library
from pty_driver import KEYS, Repaint, Terminal, environment, postilla

SIZES = {"5 KB": (5_000, 20), "500 KB": (500_000, 2_000), "10 MB": (10_000_000, 2_000)}
"""Code points and annotations."""

TARGET = 3.0
"""p95 at the largest size against that at the smallest."""
ROW_LIMIT, PAGE_LIMIT = 20.0, 50.0
OPENING_LIMIT = 0.6

_BETWEEN = 0.1
_WORK = Path(__file__).resolve().parents[2] / ".run" / "bench"


@dataclass(frozen=True, slots=True)
class Walk:
    """Keys that go there and come back, so that each repaints something."""

    name: str
    there: str
    back: str
    steps: int
    bare: tuple[str, str] | None = None
    """The same keys of the TextArea, where it has any."""
    limit: float = ROW_LIMIT
    """Milliseconds that p95 should stay below."""
    least: int = 0
    """Documents of fewer code points are not walked."""

    def keys(self, count: int, *, bare: bool = False) -> Iterator[str]:
        """``count`` keys."""
        there, back = (self.bare or ("", "")) if bare else (self.there, self.back)
        return islice(cycle([there] * self.steps + [back] * self.steps), count)


_WORDS = ("\x1b[1;5C", "\x1b[1;5D")
WALKS = (
    Walk("row down, up", "down", "up", 25, ("down", "up")),
    Walk("word w, b", "w", "b", 30, _WORDS),
    Walk("page down, up", "pagedown", "pageup", 1, ("pagedown", "pageup"), PAGE_LIMIT),
    Walk("page after page", "pagedown", "pageup", 40, None, PAGE_LIMIT, least=50_000),
    Walk(
        *("shift+right, left", "shift+right", "shift+left", 20),
        ("shift+right", "shift+left"),
    ),
    Walk("next entity ]e, [e", "]e", "[e", 20, limit=PAGE_LIMIT),
    Walk("next annotation ]a, [a", "]a", "[a", 15, limit=PAGE_LIMIT),
    Walk("select more v, less V", "v", "V", 5, limit=PAGE_LIMIT),
)

_BARE = "TextArea "
_SLOW, _FEW = 1_000_000, 4
"""The TextArea takes seconds a key in larger texts, so it is pressed less often."""

Measured = dict[str, dict[str, list[Repaint]]]


def press(terminals: dict[str, Terminal], walk: Walk, count: int) -> Measured:
    """Press every key in each terminal in turn; keys without an answer are told."""
    taken: dict[str, list[Repaint]] = defaultdict(list)
    silent = 0
    keys = zip(walk.keys(count), walk.keys(count, bare=True), strict=True)
    for number, (ours, theirs) in enumerate(keys):
        for name, terminal in terminals.items():
            is_bare = name.startswith(_BARE)
            if walk.least > _size(name) or (is_bare and not walk.bare):
                continue
            if is_bare and _size(name) > _SLOW and number >= _FEW:
                continue
            answer = terminal.key(theirs if is_bare else ours, patience=5.0)
            if answer is None:
                silent += 1
            else:
                taken[name].append(answer)
            terminal.settle(_BETWEEN)
    if silent:
        print(f"  {walk.name}: {silent} keys repainted nothing and are not counted")
    return {walk.name: taken}


def _size(name: str) -> int:
    return SIZES[name.removeprefix(_BARE)][0]


def report(measured: Measured) -> None:
    """Milliseconds to the last byte, and what it costs."""
    table = Table(["ms to the last byte", "text", "p50", "p95", "first byte", "CPU"])
    for keys, by_size in measured.items():
        for name, answers in by_size.items():
            last = [one.last for one in answers]
            table.add(
                keys,
                name,
                *spread(last)[:2],
                f"{percentile([one.first for one in answers], 0.5):.1f}",
                f"{percentile([one.cpu for one in answers], 0.5):.1f}",
            )
    table.show("Keys")
    print()
    small, large = next(iter(SIZES)), list(SIZES)[-1]
    for walk in WALKS:
        tails = {
            name: percentile([one.last for one in answers], 0.95)
            for name, answers in measured.get(walk.name, {}).items()
        }
        if small in tails and large in tails:
            value = verdict(tails[large] / tails[small], TARGET)
            print(f"  p95 ratio  {walk.name:<24} {value}")
        if large in tails:
            print(f"  p95 ms     {walk.name:<24} {verdict(tails[large], walk.limit)}")


def measure_keys(
    libraries: dict[str, Path], home: Path, count: int, *, bare: bool
) -> Measured:
    """Open every document in a terminal and press the keys."""
    terminals: dict[str, Terminal] = {}
    measured: Measured = {}
    script = str(Path(__file__).with_name("bare_text.py"))
    try:
        for name, library in libraries.items():
            terminals[name] = _opened(library, home)[0]
            terminals[name].settle(2.0)
            if bare:
                command = [sys.executable, script, str(library.with_suffix(".txt"))]
                peer = terminals[_BARE + name] = Terminal(command, environment(home))
                peer.until(AWAITED, 60.0)
                peer.settle(1.0)
        for walk in WALKS:
            measured |= press(terminals, walk, count)
            for terminal in terminals.values():
                terminal.key("home")
                terminal.settle(0.3)
    finally:
        for terminal in terminals.values():
            terminal.end()
    return measured


class Opening(Terminal):
    """A terminal that tells how soon a key brings a text."""

    def brings(self, key: str, text: str, seconds: float = 30.0) -> float:
        """Milliseconds from a key to a text painted after it."""
        before, pressed = len(self._text), time.perf_counter()
        os.write(self._master, KEYS[key])
        while text not in self._text[before:]:
            if self._read(seconds) is None:
                raise TimeoutError(f"{text!r} was not painted after {key}.")
        return (time.perf_counter() - pressed) * 1000


def _opened(library: Path, home: Path, awaited: str = AWAITED) -> tuple[Opening, float]:
    """The program with the only document of a library opened, and milliseconds from
    enter to its text."""
    command = [*postilla(), "-L", str(library), "open"]
    terminal = Opening(command, environment(home))
    terminal.until(library.name)
    terminal.settle(1.5)
    return terminal, terminal.brings("enter", awaited)


def measure_openings(libraries: dict[str, Path], home: Path, runs: int) -> None:
    """From enter in the list to the text, in turn, each in a process of its own."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        for name, library in libraries.items():
            awaited = AWAITED if name in SIZES else "100 %"
            terminal, milliseconds = _opened(library, home, awaited)
            terminal.settle(0.2)
            terminal.end()
            taken[name].append(milliseconds)
    table = Table(["ms from enter to the text", "p50", "p95", "p99"])
    for name, values in taken.items():
        table.add(name, *spread(values))
    table.show("Opening a document")
    first, last = (
        percentile(taken[name], 0.5) for name in (next(iter(taken)), list(taken)[-1])
    )
    print(f"\n  seconds more {verdict((last - first) / 1000, OPENING_LIMIT)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and report."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--keys", type=int, default=40, help="of each kind (%(default)s)")
    made.add_argument("--runs", type=int, default=5, help="openings (%(default)s)")
    made.add_argument("--work", type=Path, default=_WORK, help="folder (%(default)s)")
    made.add_argument(
        "--alone", action="store_true", help="without the TextArea beside it"
    )
    options = made.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as name:
        folder = Path(name)
        home = folder / "home"
        home.mkdir()
        libraries = {}
        for title, (size, annotations) in SIZES.items():
            path = folder / f"read-{size}.db"
            libraries[title] = make_library(path, size, annotations)
        bare = make_library(folder / "read-nothing.db", 0, 0)
        measure_openings({"one sentence": bare, **libraries}, home, options.runs)
        if options.keys:
            report(measure_keys(libraries, home, options.keys, bare=not options.alone))


if __name__ == "__main__":
    main()
