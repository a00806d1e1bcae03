"""Asking by tags at 100,000 annotations, beside what a loop over them would take.

The peer reads the same expression and asks it of every annotation in Python, as a
first version of any such program does; near, overlaps and in-document it answers
with a loop over the annotations of the same document. Both have everything in
memory and take turns in one process; compare ratios.
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from corpus import WORK
from figures import Stopwatch, Table, percentile, spread, verdict

from store.annotation_rows import ORDERS, AnnotationFilter
from store.library import Library
from store.model import Annotation
from store.tagexpr import Bears, Every, Not, Pair, Some, Tree, parse
from store.tagpaths import TagPaths

DOCUMENTS = 5_000
TAGS = 60
LENGTH = 6_000
"""Characters of a document."""
TARGET = 100
"""Milliseconds that 95 of 100 expressions may take."""

WORDS = (
    *("ministry", "port", "strike", "operator", "harbour", "inquiry", "tariff"),
    *("ferry", "signal", "grain", "budget", "merger", "regulator", "pension"),
    *("clinic", "reactor", "satellite", "drought", "ballot", "treaty"),
)
WHEN = "2026-01-30T09:00:00.000000Z"


def make(path: Path, annotations: int, seed: int) -> None:
    """A library of rows only: documents, tags in three levels, annotations."""
    Library(path, create=True, coder="bench").close()
    dice = random.Random(seed)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO coders(guid, name, created) VALUES (?, ?, ?)",
        [(str(uuid.uuid4()), name, WHEN) for name in ("bench", "second")],
    )
    connection.executemany(_DOCUMENT, _documents(dice))
    connection.executemany(_TAG, _tags())
    connection.executemany(_ANNOTATION, _annotations(dice, annotations))
    connection.executemany(_TAGGING, _taggings(dice, annotations))
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


_DOCUMENT = """
INSERT INTO documents(guid, identity, title, source, published, words, added, reader,
    text_sha256, text) VALUES (?, ?, ?, ?, ?, ?, ?, 'text', ?, '')
"""
_TAG = """
INSERT INTO tags(id, guid, parent, name, folded, position, created)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ANNOTATION = """
INSERT INTO annotations(guid, kind, document, start, "end", exact, revision,
    anchor_state, note, coder, created, modified)
VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
"""
_TAGGING = """
INSERT INTO annotation_tags(guid, annotation, tag, coder, created)
VALUES (?, ?, ?, 1, ?)
"""


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words))


def _documents(dice: random.Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, DOCUMENTS + 1):
        guid = str(uuid.uuid4())
        date = f"20{dice.randrange(10, 26)}-{dice.randrange(1, 13):02}-17"
        title = _sentence(dice, 6).capitalize()
        source = dice.choice(("The Pier", "Weather Post", "Il Molo"))
        yield guid, f"bench:{number}", title, source, date, 900, WHEN, guid


def _tags() -> Iterator[tuple[object, ...]]:
    """Six at the top, three below each, two below those: 60 in all."""
    number = 0
    for top in range(6):
        number += 1
        first = number
        yield number, str(uuid.uuid4()), None, f"t{top}", f"t{top}", top, WHEN
        for middle in range(3):
            number += 1
            second, name = number, f"t{top}m{middle}"
            yield number, str(uuid.uuid4()), first, name, name, middle, WHEN
            for low in range(2):
                number += 1
                leaf = f"{name}l{low}"
                yield number, str(uuid.uuid4()), second, leaf, leaf, low, WHEN


def _annotations(dice: random.Random, count: int) -> Iterator[tuple[object, ...]]:
    for _ in range(count):
        document = dice.randrange(1, DOCUMENTS + 1)
        start = dice.randrange(LENGTH)
        whole = dice.random() < 0.03
        state = dice.choices(("exact", "orphan", "proposed"), (96, 2, 2))[0]
        note = _sentence(dice, 12) if dice.random() < 0.4 else ""
        yield (
            str(uuid.uuid4()),
            "document" if whole else "span",
            document,
            None if whole else start,
            None if whole else start + dice.randrange(20, 300),
            "" if whole else _sentence(dice, 16),
            "exact" if whole else state,
            note,
            dice.choices((1, 2), (4, 1))[0],
            *[f"2026-01-{dice.randrange(10, 31)}T09:00:00.000000Z"] * 2,
        )


def _taggings(dice: random.Random, count: int) -> Iterator[tuple[object, ...]]:
    for annotation in range(1, count + 1):
        for tag in dice.sample(range(1, TAGS + 1), dice.randrange(1, 4)):
            yield str(uuid.uuid4()), annotation, tag, WHEN


class Naive:
    """The peer: every annotation is looked at, one after the other."""

    def __init__(self, library: Library) -> None:
        paths = TagPaths.read(library.core.reader)
        self._below = {tag: frozenset(paths.subtree(tag)) for tag in paths.ids}
        self._tag = {paths.path(tag): tag for tag in paths.ids}
        self._all = [
            (one, frozenset(self._tag[path] for path in one.tags))
            for one in library.annotations.select()
        ]
        self._beside: dict[int, list[Item]] = {}
        for item in self._all:
            self._beside.setdefault(item[0].document, []).append(item)

    def ids(self, tree: Tree) -> list[int]:
        """Ids of what a tree finds."""
        return [item[0].id for item in self._all if self._fits(tree, item)]

    def _fits(self, tree: Tree, item: Item) -> bool:
        match tree:
            case Bears(tag):
                return not self._below[tag].isdisjoint(item[1])
            case Not(inner):
                return not self._fits(inner, item)
            case Every(parts):
                return all(self._fits(part, item) for part in parts)
            case Some(parts):
                return any(self._fits(part, item) for part in parts)
            case Pair():
                return self._fits(tree.left, item) and any(
                    _are_partners(tree, item[0], other[0])
                    and self._fits(tree.right, other)
                    for other in self._beside[item[0].document]
                )


Item: TypeAlias = tuple[Annotation, frozenset[int]]


def _are_partners(pair: Pair, one: Annotation, other: Annotation) -> bool:
    if pair.kind == "in-document":
        return one.id != other.id
    if one.id == other.id and pair.left == pair.right:
        return False
    if "orphan" in (one.anchor_state, other.anchor_state):
        return False
    if None in (one.start, one.end, other.start, other.end):
        return False
    gap = pair.reach if pair.kind == "near" else -1
    return bool(
        max(one.start or 0, other.start or 0) - min(one.end or 0, other.end or 0) <= gap
    )


def expressions(dice: random.Random, count: int) -> list[str]:
    """Random expressions: names alone, sets of them, and questions about two."""
    names = [str(row[3]) for row in _tags()]

    def side(parts: int) -> str:
        name = dice.choice(names)
        if parts <= 1:
            return f"not {name}" if dice.random() < 0.2 else name
        word = dice.choice(("and", "or", "and not"))
        return f"{name} {word} ({side(parts - 1)})"

    made = []
    for _ in range(count):
        left, right = side(dice.randrange(1, 4)), side(dice.randrange(1, 3))
        word = dice.choice(("", "", "near:50", "near:500", "overlaps", "in-document"))
        made.append(f"{left} {word} {right}" if word else left)
    return made


def measure(path: Path, count: int, seed: int, peers: int) -> None:
    """Ask, and print what it took."""
    library = Library(path, coder="bench")
    watch = Stopwatch()
    total = len(library.annotations.ids())
    cold = watch.lap()
    naive = Naive(library)
    asked = expressions(random.Random(seed), count)
    table = Table(("ms", "p50", "p95", "p99"))
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    for number, expression in enumerate(asked):
        tree = parse(expression, library.codebook.find)
        kind: str = tree.kind if isinstance(tree, Pair) else "one annotation"
        gc.collect()
        watch.lap()
        found = library.annotations.ids(AnnotationFilter(tag=expression))
        ours.setdefault(kind, []).append(watch.lap().wall * 1000)
        if number < peers:
            expected = naive.ids(tree)
            theirs.setdefault(kind, []).append(watch.lap().wall * 1000)
            if list(found) != expected:
                sys.exit(f"The two disagree about {expression}.")
    for name, spent in (("sets of arrays", ours), ("a loop (peer)", theirs)):
        for kind, values in sorted(spent.items()):
            table.add(f"{name}, {kind}", *spread(values))
        table.add(name, *spread([one for values in spent.values() for one in values]))
    table.show(f"{count} tag expressions over {total:,} annotations")
    print(f"\nReading the columns, once after a change: {cold.wall * 1000:.0f} ms")
    every = [one for values in ours.values() for one in values]
    print(f"p95 in ms: {verdict(percentile(every, 0.95), TARGET)}")
    _measure_list(library)
    library.close()


def _measure_list(library: Library) -> None:
    """What the Annotations screen asks for."""
    table = Table(("the list, ms", "first", "again"))
    watch = Stopwatch()
    questions = [(f"by {order}", AnnotationFilter(order=order)) for order in ORDERS]
    questions += [
        ("words", AnnotationFilter(words="strike fer")),
        ("untagged", AnnotationFilter(untagged=True)),
        ("coder", AnnotationFilter(coder="second")),
    ]
    for name, filters in questions:
        spent = []
        for _ in range(2):
            watch.lap()
            found = library.annotations.ids(filters)
            spent.append(f"{watch.lap().wall * 1000:.0f}")
        table.add(name, *spent)
    for name, ask in (
        ("a page of 50 rows", lambda: library.annotations.rows(found[:50])),
        ("what to narrow by", lambda: library.annotations.counts(AnnotationFilter())),
    ):
        spent = []
        for _ in range(2):
            watch.lap()
            ask()
            spent.append(f"{watch.lap().wall * 1000:.0f}")
        table.add(name, *spent)
    table.show("The list of annotations")


def main() -> None:
    """Make the library unless it is there, and measure."""
    parser = argparse.ArgumentParser(description="Asking by tags.")
    parser.add_argument("--annotations", type=int, default=100_000)
    parser.add_argument("--count", type=int, default=200, help="expressions")
    parser.add_argument("--peers", type=int, default=40, help="asked of the peer too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    path = options.work / f"retrieval-{options.seed}-{options.annotations}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        print(f"Making {path.name} …", file=sys.stderr)
        make(path, options.annotations, options.seed)
    measure(path, options.count, options.seed, options.peers)


if __name__ == "__main__":
    main()
