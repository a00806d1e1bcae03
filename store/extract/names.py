"""The names of a text: what the tagger sees, weighed once more over the document.

The tagger looks at one sentence at a time. Here the mentions of one surface share
what each of them says, cues and lists add to it, the surname of a person and the
short form of a company lean on the whole name, and what was found for certain is
marked where the tagger overlooked it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.extract import mending, tagger
from store.extract.cues import cues, is_no_name
from store.extract.forms import is_capital
from store.extract.gazetteers import gazetteers
from store.extract.labels import TYPES
from store.extract.sentences import sentences_of
from store.extract.tagger import Seen
from store.extract.tokens import Token

CUE = 0.25
"""What a unit of a cue's evidence counts, where a certain mention counts one."""

WHOLE = 1.0
"""What a surname or short form gains from the whole name."""

UNKNOWN = 0.2
"""What speaks for an organisation where a name is on no list of places or people:
companies are the names that are new every day."""

AGAIN = 0.6
"""How sure a surface must be, on the mean, to be marked where it was overlooked."""

_PERSON, _ORG = TYPES.index("PER"), TYPES.index("ORG")


class Name(NamedTuple):
    """A chosen name: code point offsets, type, and how sure (0 to 1)."""

    start: int
    end: int
    type: str
    sure: float


def find(
    text: str,
    toks: Sequence[Token],
    language: str,
    literals: Iterable[tuple[int, int]] = (),
) -> list[Name]:
    """Return the names of ``text`` in order; ``literals`` are spans taken already."""
    if not any(is_capital(one.text) for one in toks):
        return []
    spans = list(sentences_of(text, toks, language))
    blocked = blocked_by(toks, literals)
    seen = [
        one
        for one in mending.mended(toks, tagger.read(toks, spans, language).names)
        if _may_be(toks[one.first : one.after], blocked[one.first : one.after])
    ]
    sums = _sums(toks, seen)
    for one in _overlooked(toks, [*seen, *_surnames(toks, seen, sums)], seen, blocked):
        sums.setdefault(_key(toks, one), list(one.probable))
        seen.append(one)
    return [
        Name(
            toks[one.first].start,
            toks[one.after - 1].end,
            TYPES[_top(sums[_key(toks, one)])],
            min(1.0, sum(one.probable)),
        )
        for one in sorted(seen)
    ]


def _may_be(toks: Sequence[Token], blocked: Sequence[bool]) -> bool:
    """Tell whether a span can be a name: a letter, no literal, no common acronym."""
    if all(blocked) or (blocked[0] and blocked[-1]):
        return False
    return any(one.text[0].isalnum() for one in toks) and not is_no_name(toks)


def _sums(toks: Sequence[Token], seen: Sequence[Seen]) -> dict[str, list[float]]:
    """Return what speaks for each type of each surface, over the document."""
    sums: dict[str, list[float]] = {}
    for one in seen:
        total = sums.setdefault(_key(toks, one), [0.0] * len(TYPES))
        for at, value in enumerate(one.probable):
            total[at] += value
        for kind, value in cues(toks, one.first, one.after):
            total[TYPES.index(kind)] += CUE * value
        if _is_unknown(toks[one.first : one.after]):
            total[_ORG] += UNKNOWN
    for part, index in list(_wholes(toks, seen, sums)):
        if part in sums:
            sums[part][index] += WHOLE
    return sums


def _is_unknown(inside: Sequence[Token]) -> bool:
    """Tell whether no list holds the name as a place, or a word of it as a person's."""
    lists = gazetteers()
    if "L" in lists.classes(" ".join(one.text for one in inside)):
        return False
    return not any(one.low in lists.forenames for one in inside)


def _wholes(
    toks: Sequence[Token], seen: Sequence[Seen], sums: dict[str, list[float]]
) -> Iterator[tuple[str, int]]:
    """Yield the parts of longer names that may stand for them, with their type."""
    lists = gazetteers()
    for one in seen:
        if one.after - one.first == 1:
            continue
        first, last = toks[one.first], toks[one.after - 1]
        kind = _top(sums[_key(toks, one)])
        if kind == _PERSON:
            yield last.text, kind
            if first.low in lists.surnames and first.low not in lists.forenames:
                yield first.text, kind  # the surname stands first in some countries
        elif kind == _ORG and not lists.is_common(first.low, ""):
            yield first.text, kind


def _surnames(
    toks: Sequence[Token], seen: Sequence[Seen], sums: dict[str, list[float]]
) -> Iterator[Seen]:
    """Yield the last words of persons, as names that may stand alone."""
    for one in seen:
        if one.after - one.first > 1 and _top(sums[_key(toks, one)]) == _PERSON:
            yield Seen(one.after - 1, one.after, one.probable)


def _overlooked(
    toks: Sequence[Token],
    known: Sequence[Seen],
    seen: Sequence[Seen],
    blocked: Sequence[bool],
) -> list[Seen]:
    """Return further mentions of surfaces that are known for sure to be names."""
    sure: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in known:
        sure[_key(toks, one)].append(one)
    wanted: defaultdict[str, list[Seen]] = defaultdict(list)
    for key, ones in sure.items():
        mean = sum(sum(one.probable) for one in ones) / len(ones)
        if mean >= AGAIN and len(key) > 2 and is_capital(key):
            wanted[toks[ones[0].first].text].append(ones[0])
    taken = [False] * len(toks)
    for one in seen:
        taken[one.first : one.after] = [True] * (one.after - one.first)
    found = []
    lists = gazetteers()
    for at, token in enumerate(toks):
        for one in sorted(
            wanted.get(token.text, ()), key=lambda one: one.first - one.after
        ):
            after = at + one.after - one.first
            if any(taken[at:after]) or any(blocked[at:after]) or after > len(toks):
                continue
            if _texts(toks, at, after) != _texts(toks, one.first, one.after):
                continue
            if after - at == 1 and lists.is_common(token.low, ""):
                continue
            found.append(Seen(at, after, one.probable))
            taken[at:after] = [True] * (after - at)
            break
    return found


def _texts(toks: Sequence[Token], first: int, after: int) -> list[str]:
    return [one.text for one in toks[first:after]]


def _top(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda at: (values[at], -at))


def _key(toks: Sequence[Token], one: Seen) -> str:
    return " ".join(_texts(toks, one.first, one.after))


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
    return blocked
