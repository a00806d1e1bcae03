"""A page of the list of documents: every filter with every order, and deep pages.

The rows have no text and are written straight into the tables: what is measured is
the list. Each figure is for a page of fifty ids. The peer of deep pages is OFFSET, in
the same run.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus import WORK
from figures import Table, percentile, verdict

from store import counters, facets
from store.document_filter import DocumentFilter
from store.document_pages import NEWEST_FIRST, ORDERS, PAGE, ids, page
from store.library import Library
from store.search.counts import facets as of_documents

PAGE_TARGET, COMBINED_TARGET, DEEP_TARGET = 2.0, 50.0, 20.0
FACETS_TARGET, QUICK_LOOP = 20.0, 0.45

_LANGUAGES = ("en", "de", "es", "it", "fr", "pt", "nl", "fi", "pl", "sv")
_SOURCES, _ENTITIES, _YEARS = 300, 2_000, 15
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]

_DOCUMENT = """
INSERT INTO documents(id, guid, identity, title, source, published, language, words,
    read, starred, added, text_sha256, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '')
"""
_ROWS = (
    "coders(guid, name, created) VALUES ('c', 'bench', '')",
    "tags(guid, name, folded, created) VALUES ('t', 't', 't', '')",
    "collections(guid, name, created) VALUES ('k', 'k', '')",
)
_MENTION = """
INSERT INTO mentions(document, start, "end", surface, type, entity, extractor)
VALUES (?, 0, 1, 'x', 'ORG', ?, 'bench')
"""

_COUNT_ENTITIES = """
UPDATE entities SET (mentions, documents) = (
    SELECT count(*), count(DISTINCT document) FROM mentions WHERE entity = entities.id)
"""


def make(path: Path, count: int, seed: int) -> None:
    """A library of ``count`` rows: most from few sources, which come and go."""
    Library(path, create=True, coder="bench").close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = -262144")
    connection.execute("BEGIN")
    for row in _ROWS:
        connection.execute(f"INSERT INTO {row}")
    connection.executemany(
        "INSERT INTO entities(guid, name, type, created) VALUES (?, ?, 'ORG', '')",
        ((f"e{one}", f"Entity {one}") for one in range(_ENTITIES)),
    )
    connection.executemany(_DOCUMENT, _documents(count, random.Random(seed)))
    connection.executemany(_MENTION, _mentions(count, random.Random(seed + 1)))
    _mark(connection, count, random.Random(seed + 2))
    counters.repair(connection)
    connection.execute(_COUNT_ENTITIES)
    connection.execute("COMMIT")
    connection.close()


def _title(dice: random.Random) -> str:
    words = ("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(7))
    return " ".join(words).capitalize()


def _documents(count: int, dice: random.Random) -> Iterator[tuple[Any, ...]]:
    # A source writes in one language nearly always, and for some of the years.
    sources = [f"{_title(dice)[:14].strip()} {one}" for one in range(_SOURCES)]
    home = {one: dice.choice(_LANGUAGES[: dice.randint(1, 10)]) for one in sources}
    weights = list(accumulate(1 / (rank + 3) for rank in range(_SOURCES)))
    for id in range(1, count + 1):
        (source,) = dice.choices(sources, cum_weights=weights)
        year = 2026 - int(_YEARS * dice.random() ** 2)
        day = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        yield (
            id,
            f"g{id}",
            f"i{id}",
            _title(dice),
            source if dice.random() < 0.98 else None,
            f"{day}T{dice.randint(0, 23):02}:00:00Z" if dice.random() < 0.97 else None,
            home[source] if dice.random() < 0.95 else "en",
            int(dice.lognormvariate(6, 0.6)),
            "2026" if dice.random() < 0.05 else None,
            int(dice.random() < 0.001),
        )


def _mentions(count: int, dice: random.Random) -> Iterator[tuple[int, int]]:
    weights = list(accumulate(1 / (rank + 1) for rank in range(_ENTITIES)))
    entities = range(1, _ENTITIES + 1)
    for id in range(1, count + 1):
        for entity in set(dice.choices(entities, cum_weights=weights, k=2)):
            yield id, entity


def _mark(connection: sqlite3.Connection, count: int, dice: random.Random) -> None:
    """Annotations with a tag on some documents, and a collection of some."""
    chosen = sorted(dice.sample(range(1, count + 1), max(1, count // 200)))
    connection.executemany(
        "INSERT INTO annotations(id, guid, kind, document, revision, coder, created,"
        " modified) VALUES (?, ?, 'document', ?, 1, 1, '', '')",
        ((number, f"a{number}", id) for number, id in enumerate(chosen, 1)),
    )
    connection.executemany(
        "INSERT INTO annotation_tags(guid, annotation, tag, coder, created)"
        " VALUES (?, ?, 1, 1, '')",
        ((f"at{number}", number) for number in range(1, len(chosen) + 1, 2)),
    )
    members = sorted(dice.sample(range(1, count + 1), max(1, count // 100)))
    connection.executemany(
        "INSERT INTO collection_documents(collection, document) VALUES (1, ?)",
        ((id,) for id in members),
    )


Filters = dict[str, Callable[[random.Random], DocumentFilter]]


def _filters(connection: sqlite3.Connection) -> Filters:
    """Each filter with a value drawn from those that are offered, or from all."""
    sources = [
        one.value for one in facets.facets(connection, DocumentFilter(), 60)["source"]
    ]
    return {
        "none": lambda dice: DocumentFilter(),
        "source": lambda dice: DocumentFilter(source=dice.choice(sources)),
        "language": lambda dice: DocumentFilter(language=dice.choice(_LANGUAGES)),
        "year": _year,
        "entity": lambda dice: DocumentFilter(entity=dice.randint(1, _ENTITIES)),
        "top entity": lambda dice: DocumentFilter(entity=dice.randint(1, 20)),
        "tag": lambda dice: DocumentFilter(tag=1),
        "collection": lambda dice: DocumentFilter(collection="k"),
        "unread": lambda dice: DocumentFilter(unread=True),
        "annotated": lambda dice: DocumentFilter(annotated=True),
        "starred": lambda dice: DocumentFilter(starred=True),
    }


def _year(dice: random.Random) -> DocumentFilter:
    year = str(dice.randint(2026 - _YEARS + 1, 2026))
    return DocumentFilter(since=year, until=year)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of this thread's processor: the least of two."""
    best = float("inf")
    for _ in range(2):
        began = time.thread_time()
        work()
        best = min(best, (time.thread_time() - began) * 1000)
    return best


def singles(library: Library, filters: Filters, rounds: int) -> None:
    """One filter with one order, either way: at once after the start, and where the
    whole list in that order was shown before."""
    connection, documents = library.core.reader, library.documents
    for is_known in (False, True):
        table = Table(["page of 50, p50 / p95 CPU ms", *ORDERS])
        taken: dict[tuple[str, str], list[float]] = {
            (name, order): [] for name in filters for order in ORDERS
        }
        for order, reverse in ((one, way) for one in ORDERS for way in (False, True)):
            if is_known:
                documents.ids(order=order, reverse=reverse)
            for name, draw in filters.items():
                dice = random.Random(f"{name}{order}{reverse}")
                for _ in range(rounds // 2):
                    chosen = draw(dice)
                    if is_known:
                        work = partial(documents.page, chosen, order, reverse=reverse)
                    else:
                        work = partial(page, connection, chosen, order, reverse=reverse)
                    taken[name, order].append(timed(work))
        for name in filters:
            cells = (taken[name, order] for order in ORDERS)
            table.add(name, *(_middle_and_most(some) for some in cells))
        every = [one for some in taken.values() for one in some]
        slower = slowness()
        table.show(f"One filter, one order{', known as a whole' * is_known}")
        print(f"\n  p95 of all, as on a quick machine ({slower:.1f} times slower)  ")
        print(f"  {verdict(percentile(every, 0.95) / slower, PAGE_TARGET)}")
        print(f"  largest     {max(every) / slower:.2f}")


def _middle_and_most(taken: list[float]) -> str:
    return f"{percentile(taken, 0.5):.2f} / {percentile(taken, 0.95):.2f}"


def combined(connection: sqlite3.Connection, filters: Filters, rounds: int) -> None:
    """Two and three filters with an order."""
    table = Table(["filters together, CPU ms", "p50", "p95", "max"])
    dice = random.Random(7)
    names = [name for name in filters if name != "none"]
    for many in (2, 3):
        taken = []
        for _ in range(rounds * 6):
            chosen = _and(*(filters[one](dice) for one in dice.sample(names, many)))
            order, reverse = dice.choice(ORDERS), dice.random() < 0.5
            work = partial(page, connection, chosen, order, reverse=reverse)
            taken.append(timed(work))
        table.add(
            str(many),
            *(f"{percentile(taken, share):.2f}" for share in (0.5, 0.95)),
            verdict(max(taken), COMBINED_TARGET),
        )
    table.show("Combinations")


def _and(first: DocumentFilter, *others: DocumentFilter) -> DocumentFilter:
    for other in others:
        given = {
            name: getattr(other, name)
            for name in DocumentFilter.__slots__
            if getattr(other, name)
        }
        first = replace(first, **given)
    return first


_SQL_OF = {
    "published": "published",
    "title": "title COLLATE NOCASE",
    "words": "words",
    "added": "id",
}


def _fetched(connection: sqlite3.Connection, sql: str) -> list[Any]:
    return connection.execute(sql).fetchall()


def deep(connection: sqlite3.Connection, rounds: int) -> None:
    """Pages far down the list, against OFFSET."""
    table = Table(
        ["deep page, CPU ms", "p50", "p95", "OFFSET p50", "OFFSET p95", "times"]
    )
    for order, sql in _SQL_OF.items():
        way = "DESC" if order in NEWEST_FIRST else "ASC"
        listed = ids(connection, DocumentFilter(), order)
        dice = random.Random(order)
        ours, theirs = [], []
        for _ in range(rounds):
            at = dice.randrange(len(listed) - PAGE)
            before = listed[at]
            work = partial(page, connection, DocumentFilter(), order, after=before)
            ours.append(timed(work))
            peer = (
                f"SELECT id FROM documents WHERE removed IS NULL"
                f" ORDER BY {sql} {way}, id {way} LIMIT {PAGE} OFFSET {at + 1}"
            )
            theirs.append(timed(partial(_fetched, connection, peer)))
        table.add(
            order,
            *(f"{percentile(ours, share):.2f}" for share in (0.5, 0.95)),
            *(f"{percentile(theirs, share):.2f}" for share in (0.5, 0.95)),
            verdict(
                percentile(theirs, 0.95) / percentile(ours, 0.95),
                DEEP_TARGET,
                at_least=True,
            ),
        )
    table.show("Deep pages")


def whole(connection: sqlite3.Connection, filters: Filters) -> None:
    """What comes after the first page: all ids, and the counts at the side."""
    table = Table(["once, CPU ms", "all ids", "counts", "counts, 95 % of the time"])
    dice = random.Random(3)
    for name, draw in filters.items():
        chosen = draw(dice)
        work = partial(facets.facets, connection, chosen)
        counts = [timed(work) for _ in range(5)]
        table.add(
            name,
            f"{timed(partial(ids, connection, chosen)):.0f}",
            f"{percentile(counts, 0.5):.1f}",
            f"{percentile(counts, 0.95):.1f}",
        )
    table.show("All ids and counts")


def main() -> None:
    """Measure and report."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--rows", type=int, default=1_000_000, help="(%(default)s)")
    made.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    made.add_argument("--rounds", type=int, default=20, help="draws (%(default)s)")
    made.add_argument("--work", type=Path, default=WORK, help="folder (.run/bench)")
    made.add_argument("--library", type=Path, help="made by an earlier run, or to keep")
    options = made.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as folder:
        path = options.library or Path(folder) / "lists.db"
        if not path.exists():
            began = time.perf_counter()
            make(path, options.rows, options.seed)
            print(
                f"{options.rows:,} rows in {time.perf_counter() - began:.0f} s,",
                end=" ",
            )
            print(f"{path.stat().st_size / 1e6:.0f} MB")
        with Library(path, coder="bench") as library:
            report(library, options.rounds)


def beside_hits(connection: sqlite3.Connection, rounds: int) -> None:
    """Counts of a thousand documents that a search found."""
    (last,) = connection.execute("SELECT max(id) FROM documents").fetchone()
    dice = random.Random(11)
    taken = []
    for _ in range(rounds):
        found = dice.sample(range(1, last + 1), min(1000, last))
        taken.append(timed(partial(of_documents, connection, found)))
    print("\n  counts of 1,000 documents ", end="")
    print(verdict(percentile(taken, 0.95), FACETS_TARGET))


def slowness() -> float:
    """How many times as long as when it is quick the machine takes now."""
    began = time.thread_time()
    sum(number * number for number in range(10**7))
    return (time.thread_time() - began) / QUICK_LOOP


def speed() -> None:
    """Say how much slower the machine is now than when it is quick."""
    print(f"\n  this machine takes {slowness():.1f} times as long as when it is quick")


def report(library: Library, rounds: int) -> None:
    """Every table."""
    connection = library.core.reader
    speed()
    filters = _filters(connection)
    singles(library, filters, rounds)
    combined(connection, filters, rounds)
    deep(connection, rounds)
    whole(connection, filters)
    beside_hits(connection, rounds)
    speed()
    wrong = counters.check(connection)
    print(f"\n  counters  {'; '.join(wrong) or 'right'}")


if __name__ == "__main__":
    main()
