"""Searching a corpus with known answers: how long, and how often it is found.

Queries of many kinds of damage come with the documents that answer them. Each is
asked of the library and of its peers in turn in one process; then typed, key by
key. Peers are the full text index as most programs use it (every word as it is,
the last one as a beginning) and, where it is installed, tantivy.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Stopwatch, Table, percentile, ratio

from store.library import Library
from store.search import documents, query, search, service

LIMIT = 50
_OURS = 2
"""How many of the engines are ours; the others are peers."""

Engine = Callable[[str], Sequence[int]]
"""A query to corpus ids, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the ids of the documents that answer it."""

    kind: str
    text: str
    relevant: frozenset[int]


@dataclass
class Score:
    """What one engine made of the queries."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    ranks: dict[str, list[int | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By kind: where the first right answer stood, from 0."""

    def success(self, within: int, kind: str | None = None) -> float:
        """Share of queries with a right answer among the first ``within``."""
        kinds = [kind] if kind else list(self.ranks)
        ranks = [rank for one in kinds for rank in self.ranks[one]]
        return sum(r is not None and r < within for r in ranks) / max(1, len(ranks))


def load(path: Path) -> list[Query]:
    """The queries of a file, as the generator writes them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [
        Query(one["kind"], one["query"], frozenset(one["relevant"])) for one in records
    ]


def timed(engine: Engine, text: str, score: Score) -> Sequence[int]:
    """Ask once; milliseconds go into the score."""
    wall, cpu = time.perf_counter(), time.thread_time()
    found = engine(text)
    score.cpu.append((time.thread_time() - cpu) * 1000)
    score.wall.append((time.perf_counter() - wall) * 1000)
    return found


def ask(engines: dict[str, Engine], queries: Sequence[Query]) -> dict[str, Score]:
    """Every query of every engine, in turn."""
    scores = {name: Score() for name in engines}
    for one in queries:
        for name, engine in engines.items():
            found = timed(engine, one.text, scores[name])
            rank = next((i for i, id in enumerate(found) if id in one.relevant), None)
            scores[name].ranks[one.kind].append(rank)
    return scores


def type_in(engines: dict[str, Engine], queries: Sequence[Query]) -> dict[str, Score]:
    """Every query as it grows under the keys."""
    scores = {name: Score() for name in engines}
    for one in queries:
        for end in range(1, len(one.text) + 1):
            for name, engine in engines.items():
                timed(engine, one.text[:end], scores[name])
    return scores


def ours(library: Library) -> dict[str, Engine]:
    """The library's own search for documents: rows as they are shown, with the
    matches in their context; and the ids alone, which is all that peers give."""
    connection = library.core.connect()
    watch = Stopwatch()
    words = service.up_to_date(connection)
    built = watch.lap()
    library.core.writer.run(lambda pen: service.save(pen.connection, words))
    watch.lap()
    service.stored(connection)
    loaded = watch.lap()
    print(
        f"vocabulary of {len(words.counts):,} words: learnt in {built.cpu:.2f} CPU s,"
        f" loaded in {loaded.cpu:.2f}"
    )

    def rows(text: str) -> Sequence[int]:
        hits = search(connection, words, text, kinds=("document",), limit=LIMIT)
        return [hit.id - 1 for hit in hits]

    def ids(text: str) -> Sequence[int]:
        if not text.strip():
            return ()
        wanted = query.parse(text)
        found = documents.find(connection, words, wanted, limit=LIMIT)
        return [one.id - 1 for one in found]

    return {"postilla": rows, "ids alone": ids}


def plain(library: Library) -> Engine:
    """The full text index by itself: all words, the last as a beginning."""
    connection = library.core.connect()

    def engine(text: str) -> Sequence[int]:
        words = ['"' + word.replace('"', '""') + '"' for word in text.split()]
        if not words:
            return ()
        try:
            rows = connection.execute(
                "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?"
                " ORDER BY rank LIMIT ?",
                [" ".join(words) + "*", LIMIT],
            ).fetchall()
        except sqlite3.OperationalError:  # a word of nothing but signs
            return ()
        return [id - 1 for (id,) in rows]

    return engine


def tantivy(lines: Path, folder: Path) -> Engine | None:
    """The peer to beat, if it is installed."""
    try:
        import tantivy_peer
    except ImportError:
        print("tantivy is not installed; it is left out")
        return None
    return tantivy_peer.engine(lines, folder, LIMIT)


def _times(title: str, scores: dict[str, Score], unit: str) -> None:
    table = Table(
        ["ms", unit, "p50", "p95", "p99", "max", "CPU p50", "CPU p95", "CPU p99"]
    )
    for name, score in scores.items():
        table.add(
            name,
            f"{len(score.wall):,}",
            *(f"{percentile(score.wall, at):.1f}" for at in (0.5, 0.95, 0.99, 1.0)),
            *(f"{percentile(score.cpu, at):.1f}" for at in (0.5, 0.95, 0.99)),
        )
    table.show(title)
    for name, mine in list(scores.items())[:_OURS]:
        for peer, theirs in list(scores.items())[_OURS:]:
            each = [a / b for a, b in zip(mine.cpu, theirs.cpu, strict=True) if b]
            tail = ratio(percentile(mine.cpu, 0.95), percentile(theirs.cpu, 0.95))
            middle = percentile(each, 0.5)
            print(f"  CPU, {name} / {peer}: median {middle:.2f}, p95 {tail}")


def _successes(scores: dict[str, Score]) -> None:
    headings = ["success", "queries"]
    headings += [f"{name} @{n}" for name in scores for n in (1, 10)]
    table = Table(headings)
    first = next(iter(scores.values()))
    for kind in [*first.ranks, None]:
        ranks = first.ranks[kind] if kind else first.wall
        figures = [
            f"{score.success(n, kind):.3f}"
            for score in scores.values()
            for n in (1, 10)
        ]
        table.add(kind or "all", f"{len(ranks)}", *figures)
    table.show("Found")


def _check(library: Library, lines: Path) -> None:
    """Ids of the library are those of the corpus, one later."""
    ids = sorted(library.documents.ids())
    with lines.open(encoding="utf-8") as file:
        wanted = [json.loads(line)["id"] + 1 for line in file]
    if ids != wanted or any(b != a + 1 for a, b in pairwise(ids)):
        raise SystemExit("The documents of the corpus are not numbered from 0.")


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--queries", type=Path, help="instead of generated ones")
    made.add_argument("--per-kind", type=int, default=40, help="queries (%(default)s)")
    made.add_argument(
        "--typed", type=int, default=8, help="one query in N is typed (%(default)s)"
    )
    options = made.parse_args()
    if options.corpus is not None and options.queries is None:
        made.error("--corpus needs the --queries that belong to it")
    options.work.mkdir(parents=True, exist_ok=True)
    lines = corpus.corpus_file(options)
    queries = load(options.queries or corpus.queries_file(options))
    with TemporaryDirectory(dir=options.work) as name:
        _measure(options, lines, queries, Path(name))


def _measure(
    options: argparse.Namespace, lines: Path, queries: list[Query], folder: Path
) -> None:
    path = corpus.make_library(folder / "library.db", lines, named=False)
    with Library(path) as library:
        _check(library, lines)
        engines = {**ours(library), "index alone": plain(library)}
        peer = tantivy(lines, folder)
        if peer is not None:
            engines["tantivy"] = peer
        ask(engines, queries[:: max(1, len(queries) // 50)])  # warms everything
        scores = ask(engines, queries)
        _times(f"A query, {options.docs:,} documents", scores, "queries")
        _successes(scores)
        typed = type_in(engines, queries[:: options.typed])
        _times("A key while typing", typed, "keys")


if __name__ == "__main__":
    main()
