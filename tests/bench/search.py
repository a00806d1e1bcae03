"""Searching a corpus with known answers: how long, and how often it is found.

Queries of many kinds of damage come with the documents that answer them. Each is
asked of the library and of its peers in turn in one process; then typed, key by
key. Peers are the full text index as most programs use it (every word as it is,
the last one as a beginning) and, where it is installed, tantivy with a clause for
every kind of slip.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import corpus
import search_engines as engines
from figures import Stopwatch, Table, percentile, ratio, verdict
from search_scores import Engine, Query, Score, ask, keys, load, type_in

from store.library import Library

_QUARREL = 0.03
"""No kind may be found less often than by the peer by more than this."""

_SURE = ("exact1", "exact2", "exact3", "accent", "prefix")
"""Kinds without a slip: always found."""


def main() -> None:
    """Measure and report."""
    options = _options()
    sizes = [int(size) for size in (options.sizes or str(options.docs)).split(",")]
    options.work.mkdir(parents=True, exist_ok=True)
    tails: dict[int, float] = {}
    for size in sizes:
        options.docs = size
        tails[size] = _measure(options)
    for small, large in pairwise(sizes):
        growth = verdict(tails[large] / tails[small], 3)
        print(f"\nCPU p95, {small:,} to {large:,} documents: times {growth}")


def _options() -> argparse.Namespace:
    made = corpus.parser(__doc__ or "")
    made.add_argument("--sizes", help="several numbers of documents, with commas")
    made.add_argument("--queries", type=Path, help="instead of generated ones")
    made.add_argument("--per-kind", type=int, default=40, help="queries (%(default)s)")
    made.add_argument(
        "--typed", type=int, default=8, help="one query in N is typed (%(default)s)"
    )
    made.add_argument(
        "--rounds", type=int, default=3, help="the quickest counts (%(default)s)"
    )
    made.add_argument(
        "--keep", type=Path, help="folder whose libraries and indexes are used again"
    )
    options = made.parse_args()
    if options.corpus is not None and options.queries is None:
        made.error("--corpus needs the --queries that belong to it")
    return options


def _measure(options: argparse.Namespace) -> float:
    """One size; gives the 95th percentile of our CPU milliseconds."""
    lines = corpus.corpus_file(options)
    queries = load(options.queries or corpus.queries_file(options))
    name = f"{options.seed}-{options.docs}"
    with corpus.kept_in(options) as folder:
        path = folder / f"library-{name}.db"
        if not path.exists():
            _build(path, lines)
        print(f"\n{options.docs:,} documents, library of {_megabytes(path):,.0f} MB")
        with Library(path) as library:
            _check(library, options.docs)
            ours = engines.Ours(library)
            for one in queries:
                ours.ids(one.text)
            weight = f"{ours.weight:.0f} MB"
            print(f"anonymous memory after {len(queries)} queries: {weight} (≤ 110)")
            peers = {engines.PLAIN: engines.plain(library)}
            peer = engines.tantivy(lines, folder / f"tantivy-{name}")
            if peer is not None:
                peers[engines.TANTIVY] = peer
            every = {engines.OURS: ours.ids, engines.ROWS: ours.rows, **peers}
            return _compare(options, every, queries, ours)


def _compare(
    options: argparse.Namespace,
    every: dict[str, Engine],
    queries: Sequence[Query],
    ours: engines.Ours,
) -> float:
    scores = ask(every, queries, options.rounds)
    _successes(scores)
    _times("A query", scores)
    chosen = queries[:: options.typed]
    quick = {
        name: every[name] for name in (engines.OURS, engines.TANTIVY) if name in every
    }
    typed = type_in(quick, chosen, options.rounds)
    _times("A key while typing", typed)
    if engines.TANTIVY in scores:
        _targets(scores)
        _typing_targets(typed)
    most = max(typed[engines.OURS].cpu)
    print(f"  dearest key, CPU ms: {verdict(most, 50)}")
    _interruptions(ours, keys(chosen), typed[engines.OURS])
    return percentile(scores[engines.OURS].cpu, 0.95)


def _build(path: Path, lines: Path) -> None:
    part = path.with_name(path.name + ".part")
    watch = Stopwatch()
    corpus.make_library(part, lines, named=False)
    part.rename(path)
    print(f"library made in {watch.lap().cpu:.0f} CPU s, entities not among them")


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _check(library: Library, count: int) -> None:
    """Ids of the library are those of the corpus, one later."""
    ids = library.documents.ids()
    if len(ids) != count or min(ids) != 1 or max(ids) != count:
        raise SystemExit("The documents of the corpus are not numbered from 0.")


def _times(title: str, scores: dict[str, Score]) -> None:
    shares = (0.5, 0.95, 0.99, 1.0)
    headings = ["ms", "asked", "CPU p50", "p95", "p99", "max"]
    table = Table([*headings, "wall p50", "p95", "p99", "max"])
    for name, score in scores.items():
        cells = [f"{percentile(score.cpu, share):.2f}" for share in shares]
        cells += [f"{percentile(score.wall, share):.2f}" for share in shares]
        table.add(name, f"{len(score.wall):,}", *cells)
    table.show(title)


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
    recalls = (f"{name} {score.recall:.3f}" for name, score in scores.items())
    print("  recall of the first 50: " + ", ".join(recalls))


def _targets(scores: dict[str, Score]) -> None:
    mine, theirs = scores[engines.OURS], scores[engines.TANTIVY]
    each = [a / b for a, b in zip(mine.cpu, theirs.cpu, strict=True) if b]
    tail = percentile(mine.cpu, 0.95) / percentile(theirs.cpu, 0.95)
    print("\nBeside tantivy; the targets are those for 100,000 documents")
    print(f"  CPU of a query, median of ratios: {verdict(percentile(each, 0.5), 0.4)}")
    print(f"  CPU of a query, p95 to p95: {verdict(tail, 0.65)}")
    for within, floor, ahead in ((10, 0.98, 0.03), (1, 0.92, 0.1)):
        own = mine.success(within)
        peer = theirs.success(within)
        wanted = min(1.0, max(floor, round(peer + ahead, 3)))
        print(f"  success@{within}: {verdict(own, wanted, at_least=True)}")
    for kind in mine.ranks:
        own, peer = mine.success(10, kind), theirs.success(10, kind)
        if kind in _SURE and own < 1:
            print(f"  {kind}: {verdict(own, 1, at_least=True)}")
        if own < peer - _QUARREL:
            print(f"  {kind} @10: {own:.3f} against {peer:.3f}: MISSED")


def _typing_targets(typed: dict[str, Score]) -> None:
    mine, theirs = typed[engines.OURS].cpu, typed[engines.TANTIVY].cpu
    for share, limit in ((0.95, 0.9), (0.99, 1.0)):
        value = percentile(mine, share) / percentile(theirs, share)
        print(f"  CPU of a key, p{share * 100:.0f}: {verdict(value, limit)}")
    print(f"  CPU of a key, max: {ratio(max(mine), max(theirs))}")


def _interruptions(ours: engines.Ours, texts: Sequence[str], typed: Score) -> None:
    """How long the dearest keys go on when nobody wants their answer."""
    dearest = sorted(range(len(texts)), key=lambda at: -typed.cpu[at])[:60]
    waits = []
    for number, at in enumerate(dearest):
        share = (number % 9 + 1) / 10
        waited = ours.goes_after(texts[at], typed.wall[at] / 1000 * share)
        if waited is not None:
            waits.append(waited)
    if waits:
        tail = verdict(percentile(waits, 0.99), 5)
        middle = percentile(waits, 0.5)
        print(f"\n{len(waits)} dear searches given up, until they were gone")
        print(f"  ms, p50 {middle:.1f}, p99 {tail}, max {max(waits):.1f}")


if __name__ == "__main__":
    main()
