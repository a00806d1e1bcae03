"""How fast names are found in many documents, with one process or several.

    python tests/bench/extracting.py --docs 1500 --jobs 2

Documents of some 600 words go in without entities; then they are looked for. Time,
CPU seconds of all processes and the memory of the largest, beside the speed of the
machine: seconds for a loop that takes 0.45 on the machine of the targets.
"""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus

from store.library import Library

QUICK = 0.45
"""Seconds of the loop where the machine is not held back."""


def speed() -> float:
    """How long a fixed loop takes in CPU seconds."""
    began = time.process_time()
    sum(number * number for number in range(10**7))
    return time.process_time() - began


def spent() -> float:
    """CPU seconds of this process and of those that have ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(who)[:2]) for who in both)


def largest(who: int) -> float:
    """MiB of the process, or of the largest of those that have ended."""
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    """Measure once and print."""
    parser = corpus.parser(__doc__ or "", docs=1500)
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    options = parser.parse_args()
    source = corpus.corpus_file(options)
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as folder:
        path = Path(folder) / "library.db"
        with Library(path, create=True, coder="bench") as library:
            list(library.add([source]))
            measure(library, options.jobs)


def measure(library: Library, jobs: int) -> None:
    """Find the entities of what is in it."""
    slow = speed()
    wall, cpu = time.monotonic(), spent()
    *_, last = library.extract_pending(jobs=jobs)
    wall, cpu = time.monotonic() - wall, spent() - cpu
    words = sum(one.words for one in library.documents.select())
    print(f"{last.done:,} documents, {words / last.done:,.0f} words each, {jobs} jobs")
    print(f"{last.mentions:,} mentions in {last.seconds:.0f} s, load {os.getloadavg()}")
    print(f"{60 * last.done / wall:,.0f} documents a minute; loop {slow:.2f} s")
    print(f"{cpu:.0f} CPU s: {1000 * cpu / last.done:.1f} ms a document")
    quick = cpu * QUICK / slow / last.done
    print(f"at full speed on {jobs}: {10_000 * quick / jobs / 60:.1f} min for 10,000")
    print(
        f"memory: {largest(resource.RUSAGE_SELF):,.0f} MiB here,"
        f" {largest(resource.RUSAGE_CHILDREN):,.0f} MiB in another"
    )


if __name__ == "__main__":
    main()
