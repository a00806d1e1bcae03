"""The names of a text: the best division of each sentence, one type a document.

First every candidate is scored on its own. Then the candidates of one surface
share their evidence over the document, and parts of longer names (a surname, the
short form of a company) take a bonus for the type of the whole; the best set of
candidates that do not overlap is chosen on the shared scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store import sentences
from store.extract.candidates import candidates
from store.extract.cues import cues, is_no_name
from store.extract.evidence import TYPES, Sentence, Surroundings, observe, score
from store.extract.tokens import Token

OWN = 0.6
"""Share of a mention's own evidence; the rest is the mean of its surface."""

PART_BONUS = 2.0
"""For the surname of a person, the first word of a company."""

_PERSON = TYPES.index("PER")


class Candidate(NamedTuple):
    """Tokens ``first`` to before ``after`` of a sentence, and their evidence."""

    first: int
    after: int
    key: str
    scores: tuple[float, ...]


class Name(NamedTuple):
    """A chosen name: code point offsets, type, and how sure (above zero)."""

    start: int
    end: int
    type: str
    margin: float


def find(
    text: str,
    toks: Sequence[Token],
    language: str,
    literals: Iterable[tuple[int, int]] = (),
) -> list[Name]:
    """Return the names of ``text`` in order; ``literals`` are spans taken already."""
    around = Surroundings.of(toks, language)
    blocked = blocked_by(toks, literals)
    scored: list[tuple[Sentence, list[Candidate]]] = []
    for first, after in sentences_of(text, toks, language):
        sentence = Sentence.of(toks[first:after])
        found = [
            Candidate(
                one,
                other,
                _key(sentence.toks[one:other]),
                _weighed(sentence, one, other, around),
            )
            for one, other in dict.fromkeys(
                candidates(sentence.toks, blocked[first:after])
            )
            if not is_no_name(sentence.toks[one:other])
        ]
        scored.append((sentence, found))
    return list(_decide(scored))


def _decide(scored: Sequence[tuple[Sentence, list[Candidate]]]) -> Iterator[Name]:
    prior = _shared(scored)
    first = [best(found, len(sentence.toks)) for sentence, found in scored]
    bonus = _bonuses(
        [
            (sentence, one)
            for (sentence, _), chosen in zip(scored, first, strict=True)
            for one in chosen
        ]
    )
    for (sentence, found), chosen in zip(scored, first, strict=True):
        settled = []
        for one in found:
            shared = prior[one.key]
            # A part gains where it stands alone, not against its own whole.
            extra = None if _is_inside(one, chosen) else bonus.get(one.key)
            values = [
                OWN * own + (1 - OWN) * mean + (extra[at] if extra else 0.0)
                for at, (own, mean) in enumerate(zip(one.scores, shared, strict=True))
            ]
            settled.append(one._replace(scores=tuple(values)))
        for one in best(settled, len(sentence.toks)):
            top = max(one.scores)
            yield Name(
                sentence.toks[one.first].start,
                sentence.toks[one.after - 1].end,
                TYPES[one.scores.index(top)],
                top,
            )


def _is_inside(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(
        other.first <= one.first
        and one.after <= other.after
        and other.after - other.first > one.after - one.first
        for other in chosen
    )


def best(found: Sequence[Candidate], length: int) -> list[Candidate]:
    """Return the candidates, not overlapping, whose evidence sums up highest."""
    ending: dict[int, list[Candidate]] = defaultdict(list)
    for one in found:
        if max(one.scores) > 0:
            ending[one.after].append(one)
    totals, chosen = [0.0] * (length + 1), [None] * (length + 1)
    picks: list[Candidate | None] = list(chosen)
    for after in range(1, length + 1):
        totals[after] = totals[after - 1]
        for one in ending.get(after, ()):
            total = totals[one.first] + max(one.scores)
            if total > totals[after]:
                totals[after], picks[after] = total, one
    result = []
    at = length
    while at > 0:
        pick = picks[at]
        if pick is None:
            at -= 1
        else:
            result.append(pick)
            at = pick.first
    return result[::-1]


def _shared(
    scored: Sequence[tuple[Sentence, list[Candidate]]],
) -> dict[str, tuple[float, ...]]:
    sums: dict[str, list[float]] = {}
    counts: dict[str, int] = defaultdict(int)
    for _, found in scored:
        for one in found:
            total = sums.setdefault(one.key, [0.0] * len(TYPES))
            counts[one.key] += 1
            for at, value in enumerate(one.scores):
                total[at] += value
    return {
        key: tuple(value / counts[key] for value in total)
        for key, total in sums.items()
    }


def _bonuses(
    chosen: Sequence[tuple[Sentence, Candidate]],
) -> dict[str, list[float]]:
    """Give parts of longer names a bonus for the type of the whole."""
    bonus: dict[str, list[float]] = {}
    for sentence, one in chosen:
        if one.after - one.first < 2:
            continue
        kind = one.scores.index(max(one.scores))
        ends = [sentence.toks[one.first]]
        if kind == _PERSON:  # the surname stands first in some countries
            ends.append(sentence.toks[one.after - 1])
        for token in ends:
            if len(token.text) > 2 and token.text[0].isupper():
                row = bonus.setdefault(token.text, [0.0] * len(TYPES))
                row[kind] = PART_BONUS
    return bonus


def _weighed(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> tuple[float, ...]:
    """Return the evidence for each type: learnt, and by cue."""
    scores = list(score(observe(sentence, first, after, around)))
    for kind, value in cues(sentence.toks, first, after):
        scores[TYPES.index(kind)] += value
    return tuple(scores)


def _key(toks: Sequence[Token]) -> str:
    return " ".join(token.text for token in toks)


def blocked_by(
    toks: Sequence[Token], literals: Iterable[tuple[int, int]]
) -> list[bool]:
    """Mark tokens of literals; a lone number may still be part of a name."""
    blocked = [False] * len(toks)
    at = 0
    for start, end in literals:
        while at < len(toks) and toks[at].start < start:
            at += 1
        first = at
        while at < len(toks) and toks[at].end <= end:
            at += 1
        if not (at - first == 1 and toks[first].text.isdigit()):
            blocked[first:at] = [True] * (at - first)
            if (
                toks[first].text.isdigit()
                and first
                and toks[first - 1].text[0].isupper()
            ):
                blocked[first] = False
    return blocked


def sentences_of(
    text: str, toks: Sequence[Token], language: str
) -> Iterator[tuple[int, int]]:
    """Yield (first token, token after) of every sentence."""
    at = 0
    for _, end in sentences.spans(text, language=language or None):
        first = at
        while at < len(toks) and toks[at].start < end:
            at += 1
        if at > first:
            yield first, at
