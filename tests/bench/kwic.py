"""Words in context: how soon the first screenful is there, and how soon all of it.

Questions of every kind are asked of one library: words that are rare, middling and
frequent, a phrase, a beginning, an entity, a tag, an expression. The peer, in the
same run, is what a script would do: read every text, newest first, and search it
with ``re``. It gives no context, folds no accents, and knows neither entities nor
tags, for which it looks for the name.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Table, percentile, ratio, verdict

from store import autocode, kwic, places
from store.library import Library

SCREEN = 40
"""Lines of a screenful."""

FIRST_TARGET = 100.0
"""Milliseconds until it is there."""

_SAMPLE = 400
_CODED = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the expression that a script would use for it."""

    kind: str
    words: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds until the first screenful and until all, and how many places."""

    first: float
    all: float
    places: int


def questions(library: Library) -> list[Question]:
    """Words of every frequency, as the first documents of the library have them."""
    counted: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for one in library.documents.ids()[:_SAMPLE]:
        words = re.findall(r"[a-z]{3,}", library.documents.text(one).lower())
        counted.update(words)
        pairs.update(f"{a} {b}" for a, b in pairwise(words))
    ranked = [word for word, _ in counted.most_common()]
    entity = library.entities.select(limit=1)[0].name
    rare, middling, frequent = ranked[-1], ranked[len(ranked) // 20], ranked[0]
    phrase = pairs.most_common(1)[0][0]
    return [
        Question("rare", rare, _whole(rare)),
        Question("middling", middling, _whole(middling)),
        Question("frequent", frequent, _whole(frequent)),
        Question("phrase", phrase, _whole(phrase)),
        Question("beginning", f"{middling[:4]}*", rf"\b{middling[:4]}\w*"),
        Question("absent", "zzyzx", _whole("zzyzx")),
        Question("entity", f"entity:{entity}", re.escape(entity)),
        Question("tag", "tag:bench/coded", _whole(middling)),
        Question("expression", r"/\b[a-z]+ 20[12]\d\b/", r"\b[a-z]+ 20[12]\d\b"),
    ]


def _whole(words: str) -> str:
    return rf"\b{re.escape(words)}\b"


def ours(connection: sqlite3.Connection, words: str) -> Times:
    """Find, and make the lines of the first screenful as the screen does."""
    began = time.perf_counter()
    first, count, shown = 0.0, 0, 0
    for page in places.find(connection, words):
        if shown < SCREEN:
            shown += len(kwic.lines(connection, page.places[: SCREEN - shown]))
            first = (time.perf_counter() - began) * 1000
        count += len(page.places)
    return Times(first, (time.perf_counter() - began) * 1000, count)


def plain(connection: sqlite3.Connection, pattern: str) -> Times:
    """Read every text, newest first, and search it."""
    began = time.perf_counter()
    compiled = re.compile(pattern, re.IGNORECASE)
    first, count = 0.0, 0
    rows = connection.execute(
        "SELECT text FROM documents WHERE removed IS NULL ORDER BY published DESC"
    )
    for (text,) in rows:
        before = count
        count += sum(1 for _ in compiled.finditer(text))
        if before < SCREEN:
            first = (time.perf_counter() - began) * 1000
    return Times(first, (time.perf_counter() - began) * 1000, count)


def measure(library: Library, rounds: int) -> None:
    """Every question of both, in turn; the best of the rounds."""
    connection = library.core.connect()
    table = Table(
        ["question", "places", "first ms", "all ms", "scan first", "scan all", "ratio"]
    )
    worst = 0.0
    for one in questions(library):
        mine, peer = [], []
        for _ in range(rounds):
            mine.append(ours(connection, one.words))
            peer.append(plain(connection, one.pattern))
        first, all_ = min(t.first for t in mine), min(t.all for t in mine)
        scan, scan_all = min(t.first for t in peer), min(t.all for t in peer)
        worst = max(worst, first)
        table.add(
            one.kind,
            f"{mine[0].places:,}",
            *(f"{ms:,.1f}" for ms in (first, all_, scan, scan_all)),
            ratio(first, scan),
        )
    table.show(f"First {SCREEN} lines, {library.documents.count():,} documents")
    print(f"\n  slowest first screenful, ms  {verdict(worst, FIRST_TARGET)}")


def arranging(library: Library) -> None:
    """Putting as many places as are shown at most in order."""
    connection = library.core.connect()
    found, _ = places.gather(places.find(connection, "a*"))
    table = Table([f"order of {len(found):,} places", "seconds", "longest step ms"])
    for order in kwic.ORDERS:
        steps = list(_steps(kwic.arranged(connection, found, order)))
        longest = percentile(steps, 1.0) * 1000
        table.add(order, f"{sum(steps):.2f}", f"{longest:,.0f}")
    table.show("Order")


def _steps(work: Iterator[object]) -> Iterator[float]:
    began = time.perf_counter()
    for _ in work:
        now = time.perf_counter()
        yield now - began
        began = now


def coding(library: Library, words: str) -> None:
    """Tagging very many places, and taking it back."""
    found, _ = places.gather(places.find(library.core.reader, words), _CODED)
    table = Table([f"{len(found):,} places by sentence", "seconds"])
    began = time.perf_counter()
    for _ in autocode.preview(library.core, found, ["bench/more"], "sentence"):
        pass
    table.add("preview", f"{time.perf_counter() - began:.2f}")
    began = time.perf_counter()
    for _ in autocode.code(library.core, found, ["bench/more"], "sentence"):
        pass
    table.add("tag", f"{time.perf_counter() - began:.2f}")
    began = time.perf_counter()
    library.history.undo()
    table.add("undo", f"{time.perf_counter() - began:.2f}")
    table.show("Tagging every place")


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--many", action="store_true", help="100,000 documents")
    made.add_argument("--rounds", type=int, default=3, help="(%(default)s)")
    made.add_argument(
        "--library", type=Path, help="a library of such a corpus, left as it is"
    )
    options = made.parse_args()
    if options.many:
        options.docs = 100_000
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as name:
        _run(options, Path(name) / "library.db")


def _run(options: argparse.Namespace, path: Path) -> None:
    if options.library is None:
        corpus.make_library(path, corpus.corpus_file(options))
    else:
        with Library(options.library) as given:
            given.backup(path)
    with Library(path, coder="bench") as library:
        asked = {one.kind: one for one in questions(library)}
        tagged, _ = places.gather(
            places.find(library.core.reader, asked["middling"].words)
        )
        for _ in autocode.code(library.core, tagged, ["bench/coded"], "match"):
            pass
        measure(library, options.rounds)
        arranging(library)
        coding(library, asked["frequent"].words)


if __name__ == "__main__":
    main()
