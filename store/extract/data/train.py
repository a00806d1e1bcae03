"""Learns ``evidence.txt`` from the open annotated text; run by hand.

    python -m store.extract.data.train CORPUS [FOLD]

A logistic model of whole sentences (the division into names and the rest), by
stochastic steps. With FOLD (0 to 4) every fifth
document is left out, and ``evidence.txt`` serves to measure on those only.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import numpy as np

from store.extract import literals, names
from store.extract.candidates import candidates
from store.extract.data.training import Annotated, documents
from store.extract.evidence import SCALE, TYPES, Sentence, Surroundings, observe
from store.extract.tokens import tokens

HERE = Path(__file__).parent
ROUNDS = 8
LEAST = 5  # an observation must be made this often …
LIGHTEST = 2  # … and weigh at least this much for some type
NEWS_AGAIN = 2  # news count so many times more than encyclopedia
RATE = 0.2  # length of a step
SHRINK = 0.002  # pull towards nothing, against learning by heart


class Lesson(NamedTuple):
    """A sentence: its candidates, their observations, and the right answer."""

    spans: list[tuple[int, int]]
    rows: list[np.ndarray]
    right: dict[int, int]
    """Candidate to type."""
    length: int
    news: bool


def lessons(
    corpus: list[Annotated], ids: dict[str, int], seen: Counter[int]
) -> list[Lesson]:
    """Make the observations of every sentence, numbering them as they come."""
    made = []
    for one in corpus:
        toks = tokens(one.text, one.lang)
        taken = [
            (mark.start, mark.end) for mark in literals.find(one.text, toks, one.lang)
        ]
        blocked = names.blocked_by(toks, taken)
        around = Surroundings.of(toks, one.lang)
        gold = {(start, end): kind for start, end, kind in one.spans if kind in TYPES}
        for first, after in names.sentences_of(one.text, toks, one.lang):
            sentence = Sentence.of(toks[first:after])
            spans = list(dict.fromkeys(candidates(sentence.toks, blocked[first:after])))
            if not spans:
                continue
            rows, right = [], {}
            for at, (begin, stop) in enumerate(spans):
                row = [
                    ids.setdefault(name, len(ids))
                    for name in observe(sentence, begin, stop, around)
                ]
                seen.update(row)
                rows.append(np.array(row, dtype=np.int32))
                place = (sentence.toks[begin].start, sentence.toks[stop - 1].end)
                if place in gold:
                    right[at] = TYPES.index(gold[place])
            made.append(Lesson(spans, rows, right, after - first, one.news))
    return made


def marginals(lesson: Lesson, scores: np.ndarray) -> np.ndarray:
    """Return how probable each candidate with each type is among all divisions."""
    length = lesson.length
    whole = np.logaddexp.reduce(scores, axis=1).tolist()
    forward = [0.0] * (length + 1)
    backward = [0.0] * (length + 1)
    ending = defaultdict(list)
    beginning = defaultdict(list)
    for at, (first, stop) in enumerate(lesson.spans):
        ending[stop].append((first, whole[at]))
        beginning[first].append((stop, whole[at]))
    for place in range(1, length + 1):
        ways = [forward[place - 1]]
        ways += [forward[first] + value for first, value in ending[place]]
        forward[place] = _summed(ways)
    for place in range(length - 1, -1, -1):
        ways = [backward[place + 1]]
        ways += [backward[stop] + value for stop, value in beginning[place]]
        backward[place] = _summed(ways)
    around = [
        forward[first] + backward[stop] - forward[length]
        for first, stop in lesson.spans
    ]
    probable: np.ndarray = np.exp(np.minimum(scores + np.array(around)[:, None], 0.0))
    return probable


def _summed(ways: list[float]) -> float:
    top = max(ways)
    return top + log(sum(exp(way - top) for way in ways)) if len(ways) > 1 else top


def learn(made: list[Lesson], size: int) -> np.ndarray:
    """Return the weights that make the right divisions most probable (AdaGrad, L2)."""
    weights = np.zeros((size, len(TYPES)))
    squares = np.full_like(weights, 1.0)
    chance = random.Random(7)
    order = list(range(len(made)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            lesson = made[number]
            lengths = [len(row) for row in lesson.rows]
            flat = np.concatenate(lesson.rows)
            starts = np.cumsum([0, *lengths[:-1]])
            scores = np.add.reduceat(weights[flat], starts, axis=0)
            slope = -marginals(lesson, scores)
            for at, kind in lesson.right.items():
                slope[at, kind] += 1.0
            used, where = np.unique(flat, return_inverse=True)
            steps = np.zeros((len(used), len(TYPES)))
            np.add.at(steps, where, np.repeat(slope, lengths, axis=0))
            steps -= SHRINK * weights[used]
            squares[used] += steps * steps
            weights[used] += RATE * steps / np.sqrt(squares[used])
        print(f"round {turn + 1}: mean weight {np.abs(weights).mean():.3f}", flush=True)
    return weights


def main() -> None:
    """Learn and write the weights."""
    fold = int(sys.argv[2]) if len(sys.argv) > 2 else None
    corpus = list(documents(Path(sys.argv[1])))
    if fold is not None:
        corpus = [
            one for at, one in enumerate(corpus) if not one.news or at % 5 != fold
        ]
    ids: dict[str, int] = {}
    seen: Counter[int] = Counter()
    made = lessons(corpus, ids, seen)
    made += NEWS_AGAIN * made[: sum(one.news for one in made)]
    often = np.array([seen[at] >= LEAST for at in range(len(ids))])
    made = [one._replace(rows=[row[often[row]] for row in one.rows]) for one in made]
    weights = learn(made, len(ids))
    weights *= SCALE
    whole = np.clip(np.rint(weights), -46, 46).astype(int)
    lines = [
        bytes((whole[at] + 79).tolist()) + name.encode()
        for name, at in sorted(ids.items())
        if abs(whole[at]).max() >= LIGHTEST
    ]
    (HERE / "evidence.txt").write_bytes(b"\n".join(lines) + b"\n")
    print(len(lines), "observations kept of", int(often.sum()))


if __name__ == "__main__":
    main()
