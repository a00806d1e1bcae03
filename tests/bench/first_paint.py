"""How soon something is there: the command line, the screen, the list.

Commands are compared with an interpreter that only imports click; the screen with
the least Textual program that shows a list, and a large library with one of ten
documents. They take turns; compare ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Table, percentile, ratio, verdict
from pty_driver import Start, Terminal, environment, postilla

from store import seeds
from store.library import Library

COMMAND_TARGET, PAINT_TARGET, LARGE_TARGET = 2.5, 2.0, 1.3
ROWS_TARGET, FUZZY_TARGET = 500.0, 1000.0
PAGE = 50
SMALL = 10
_MARK = 12
"""Signs of a title that are looked for: titles are cut to the width of the list."""


def run(command: Sequence[str], home: Path) -> tuple[float, float]:
    """Milliseconds by the clock and of processor that a command takes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=environment(home)
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = (time.perf_counter() - began) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return wall, (usage.ru_utime + usage.ru_stime) * 1000


def start(command: Sequence[str], home: Path, text: str) -> Start:
    """Start a program in a terminal until it has painted a text."""
    with Terminal(command, environment(home)) as terminal:
        return terminal.until(text)


def commands(home: Path, rounds: int) -> None:
    """The command line against the import of click."""
    rows = {
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "postilla --help": [*postilla(), "--help"],
        "postilla --version": [*postilla(), "--version"],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, command in rows.items():
            taken[name].append(run(command, home))
    best = {
        name: (min(one for one, _ in all), min(one for _, one in all))
        for name, all in taken.items()
    }
    peer = best["python -c 'import click'"]
    table = Table(["command, best of rounds", "ms", "CPU ms", "ratio", "CPU ratio"])
    for name, (wall, cpu) in best.items():
        table.add(
            name,
            f"{wall:.0f}",
            f"{cpu:.0f}",
            ratio(wall, peer[0]),
            ratio(cpu, peer[1]),
        )
    table.show("Command line")
    worst = max(wall for wall, _ in best.values()) / peer[0]
    print(f"\n  ratio  {verdict(worst, COMMAND_TARGET)}")


def _alternate(
    programs: dict[str, tuple[Sequence[str], str]], home: Path, rounds: int
) -> dict[str, list[Start]]:
    taken: dict[str, list[Start]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, (command, text) in programs.items():
            one = start(command, home, text)
            if number:  # the first warms the disk and is not counted
                taken[name].append(one)
    return taken


def _report(title: str, taken: dict[str, list[Start]]) -> dict[str, float]:
    table = Table(
        ["median ms", "first byte", "first sign", "first row", "p95", "CPU to row"]
    )
    medians: dict[str, float] = {}
    for name, all in taken.items():
        columns = zip(
            *((s.first_byte, s.first_sign, s.painted, s.cpu) for s in all), strict=True
        )
        byte, sign, row, cpu = (list(column) for column in columns)
        medians[name] = percentile(row, 0.5)
        medians[f"{name}, CPU"] = percentile(cpu, 0.5)
        table.add(
            name,
            f"{percentile(byte, 0.5):.0f}",
            f"{percentile(sign, 0.5):.0f}",
            f"{medians[name]:.0f}",
            f"{percentile(row, 0.95):.0f}",
            f"{percentile(cpu, 0.5):.0f}",
        )
    table.show(title)
    return medians


def _say(medians: dict[str, float], ours: str, theirs: str, target: float) -> None:
    cpu = ratio(medians[f"{ours}, CPU"], medians[f"{theirs}, CPU"])
    print(f"\n  ratio  {verdict(medians[ours] / medians[theirs], target)}   CPU {cpu}")


def screen(home: Path, folder: Path, rounds: int) -> None:
    """The screen over the sample material against a bare list of its titles."""
    library = folder / "seeds.db"
    titles = _sample_library(library)
    lines = folder / "titles.txt"
    lines.write_text("\n".join(titles), encoding="utf-8")
    bare = Path(__file__).with_name("bare_list.py")
    ours = [*postilla(), "-L", str(library), "open"]
    mark = titles[0][:_MARK]
    medians = _report(
        f"First paint, sample material ({len(titles)} documents)",
        _alternate(
            {
                "bare list": ([sys.executable, str(bare), str(lines)], mark),
                "postilla": (ours, mark),
            },
            home,
            rounds,
        ),
    )
    _say(medians, "postilla", "bare list", PAINT_TARGET)


def _sample_library(target: Path) -> list[str]:
    """A library of the sample material, ready; its titles in the order shown."""
    place = seeds.folder()
    if place is None:
        sys.exit("The sample material is not installed.")
    with Library(target, create=True) as library:
        for _ in library.add([place / "news"]):
            pass
        for _ in library.extract_pending():
            pass
        return [one.title for one in library.documents.select()]


def answer(path: Path) -> None:
    """In a process of its own: read the first rows, then learn the words for fuzzy
    searches as the screen does, saying when either is done."""
    from threading import Event

    from tui.screens.search_asked import Answer, Asked
    from tui.screens.search_thread import Searcher

    with Library(path) as library:
        library.documents.select(limit=PAGE)
        print("rows", flush=True)
        is_ready, searcher = Event(), Searcher(library)

        def told(found: Answer) -> None:
            if found.learnt:
                is_ready.set()

        searcher.learn()
        searcher.ask(Asked("misspeld"), told)
        is_ready.wait()
        print("fuzzy", flush=True)
        searcher.close()


def readiness(home: Path, library: Path, rounds: int) -> None:
    """How soon a fresh process has the first rows, and can search in spite of slips."""
    command = [sys.executable, __file__, "--answer", str(library)]
    taken: dict[str, list[float]] = {"rows": [], "fuzzy": [], "CPU": []}
    for number in range(rounds + 1):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env=environment(home), text=True
        )
        assert process.stdout is not None
        times = {
            line.strip(): (time.perf_counter() - began) * 1000
            for line in process.stdout
        }
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or len(times) < 2:
            sys.exit("The library could not be read.")
        if number:  # the first may have to read every word of the index, once
            taken["rows"].append(times["rows"])
            taken["fuzzy"].append(times["fuzzy"] - times["rows"])
            taken["CPU"].append((usage.ru_utime + usage.ru_stime) * 1000)
    table = Table(["ms", "best", "median"])
    for name, label in (
        ("rows", f"start to first {PAGE} rows"),
        ("fuzzy", "from there to fuzzy searches"),
        ("CPU", "processor, both together"),
    ):
        table.add(
            label, f"{min(taken[name]):.0f}", f"{percentile(taken[name], 0.5):.0f}"
        )
    table.show("A fresh process over the large library")
    print(f"\n  rows   {verdict(min(taken['rows']), ROWS_TARGET)}")
    print(f"  fuzzy  {verdict(min(taken['fuzzy']), FUZZY_TARGET)}")


def large(
    home: Path, folder: Path, lines: Path | None, rounds: int, whole: Path | None
) -> None:
    """The list of a large library against that of ten documents."""
    if whole is None:
        assert lines is not None
        whole = corpus.make_library(folder / "all.db", lines)
    few = folder / "few.jsonl"
    with Library(whole) as opened, few.open("w", encoding="utf-8") as out:
        for one in opened.documents.select(limit=SMALL):
            row = {"title": one.title, "text": "-", "published": one.published}
            out.write(f"{json.dumps(row)}\n")
    programs: dict[str, tuple[Sequence[str], str]] = {}
    for library in (corpus.make_library(folder / "few.db", few), whole):
        with Library(library) as opened:
            first = opened.documents.select(limit=1)[0].title
            count = f"{opened.documents.count():,} documents"
        command = [*postilla(), "-L", str(library), "open"]
        programs[count] = (command, first[:_MARK])
    medians = _report("First row of the list", _alternate(programs, home, rounds))
    small, big = programs
    _say(medians, big, small, LARGE_TARGET)
    readiness(home, whole, rounds)


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--rounds", type=int, default=7, help="each (%(default)s)")
    made.add_argument("--library", type=Path, help="a library to take as the large one")
    made.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    options = made.parse_args()
    if options.answer is not None:
        answer(options.answer)
        return
    lines = None if options.library else corpus.corpus_file(options)
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as name:
        folder = Path(name)
        home = folder / "home"
        home.mkdir()
        commands(home, options.rounds)
        screen(home, folder, options.rounds)
        large(home, folder, lines, options.rounds, options.library)


if __name__ == "__main__":
    main()
