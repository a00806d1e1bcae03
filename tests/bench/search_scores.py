"""Queries with known answers, and what engines make of them.

Every query is asked of every engine in turn, a few rounds of it, and the quickest of
the rounds counts: what others do on the machine meanwhile makes times longer, never
shorter. Compare ratios of one run.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Engine = Callable[[str], Sequence[int]]
"""A query to corpus ids, best first."""

PAGE = 50
"""How many answers are asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the ids of the documents that answer it."""

    kind: str
    text: str
    relevant: frozenset[int]


@dataclass
class Score:
    """What one engine made of the queries; milliseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    ranks: dict[str, list[int | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By kind: where the first right answer stood, from 0."""
    recalls: list[float] = field(default_factory=list)
    """Share of the right answers that a page could hold and did."""

    def success(self, within: int, kind: str | None = None) -> float:
        """Share of queries with a right answer among the first ``within``."""
        kinds = [kind] if kind else list(self.ranks)
        ranks = [rank for one in kinds for rank in self.ranks[one]]
        return sum(r is not None and r < within for r in ranks) / max(1, len(ranks))

    @property
    def recall(self) -> float:
        """Mean share of the right answers on the page."""
        return sum(self.recalls) / max(1, len(self.recalls))

    def judge(self, query: Query, found: Sequence[int]) -> None:
        """Take an answer into account."""
        right = [at for at, id in enumerate(found) if id in query.relevant]
        self.ranks[query.kind].append(right[0] if right else None)
        self.recalls.append(len(right) / min(PAGE, len(query.relevant)))


def load(path: Path) -> list[Query]:
    """The queries of a file, as the generator writes them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [
        Query(one["kind"], one["query"], frozenset(one["relevant"])) for one in records
    ]


def ask(
    engines: dict[str, Engine], queries: Sequence[Query], rounds: int
) -> dict[str, Score]:
    """Every query of every engine, in turn."""
    scores = {name: Score() for name in engines}
    for query in queries:
        for name, found in _in_turn(engines, query.text, scores, rounds).items():
            scores[name].judge(query, found)
    return scores


def type_in(
    engines: dict[str, Engine], queries: Sequence[Query], rounds: int
) -> dict[str, Score]:
    """Every query as it grows under the keys."""
    scores = {name: Score() for name in engines}
    for text in keys(queries):
        _in_turn(engines, text, scores, rounds)
    return scores


def keys(queries: Sequence[Query]) -> list[str]:
    """What stands in the field after every key."""
    return [one.text[:end] for one in queries for end in range(1, len(one.text) + 1)]


def _in_turn(
    engines: dict[str, Engine], text: str, scores: dict[str, Score], rounds: int
) -> dict[str, Sequence[int]]:
    """Ask every engine; the least time goes into its score."""
    answers: dict[str, Sequence[int]] = {}
    walls: dict[str, list[float]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, engine in engines.items():
            wall, cpu = time.perf_counter(), time.thread_time()
            answers[name] = engine(text)
            spent[name].append((time.thread_time() - cpu) * 1000)
            walls[name].append((time.perf_counter() - wall) * 1000)
    for name, score in scores.items():
        score.wall.append(min(walls[name]))
        score.cpu.append(min(spent[name]))
    return answers
