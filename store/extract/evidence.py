"""What speaks for a candidate being a name, and of which type.

Each observation about a candidate and its surroundings is one short string; each
string has a weight for every type, learnt from open annotated news (see
``data/README.md``) and kept in ``data/evidence.txt``. The weight of "no name" is
zero, so that scores compare directly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from store.extract.candidates import is_capital, shape
from store.extract.gazetteers import LEGAL, gazetteers
from store.extract.tokens import Token
from store.extract.vocabulary import DATA

TYPES = ("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK")
"""The order of the weights."""

SCALE = 10.0
"""Stored weights are whole numbers, this many to one."""

_ZERO = 79  # the sign that stands for a weight of nothing in data/evidence.txt
_MOST_PLACES = 5
_QUOTES = frozenset("«»“”„\"‹›‘’'")


@dataclass
class Surroundings:
    """What the whole document says about its words."""

    language: str
    small: frozenset[str]
    """Words that occur written small."""
    surfaces: Counter[str] = field(default_factory=Counter)
    """How often each capitalised token occurs."""
    beside: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    """Where a capitalised token occurs, with the words before and after it."""

    @classmethod
    def of(cls, toks: Sequence[Token], language: str) -> Surroundings:
        """Read the surroundings off the tokens of a document."""
        beside: dict[str, list[tuple[int, str, str]]] = {}
        for at, token in enumerate(toks):
            places = beside.setdefault(token.text, []) if is_capital(token.text) else []
            if len(places) < _MOST_PLACES:
                before = toks[at - 1].low if at else "^"
                behind = toks[at + 1].low if at + 1 < len(toks) else "$"
                places.append((token.start, before, behind))
        return cls(
            language,
            frozenset(one.text for one in toks if one.text.islower()),
            Counter(one.text for one in toks if is_capital(one.text)),
            beside,
        )


@dataclass(frozen=True)
class Sentence:
    """The tokens of a sentence with what is true of all of it."""

    toks: Sequence[Token]
    shapes: list[str]
    loud: bool
    """Mostly capitals: a headline in capital letters."""

    @classmethod
    def of(cls, toks: Sequence[Token]) -> Sentence:
        """Prepare a sentence."""
        letters = [one.text for one in toks if one.text[0].isalpha()]
        loud = sum(word.isupper() for word in letters) * 2 > len(letters) > 2
        return cls(toks, [shape(one.text) for one in toks], loud)

    def low(self, at: int) -> str:
        """Return the lower-case token at a place; ``^`` and ``$`` beyond the ends."""
        if at < 0:
            return "^"
        return self.toks[at].low if at < len(self.toks) else "$"

    def shape(self, at: int) -> str:
        """Return the shape of the token at a place."""
        return self.shapes[at] if 0 <= at < len(self.toks) else ""


def observe(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> list[str]:
    """Return the observations about the candidate ``toks[first:after]``."""
    found = [
        *_inside(sentence, first, after, around),
        *_beside(sentence, first, after, around),
        *_listed(sentence, first, after, around),
        *_elsewhere(sentence, first, after, around),
    ]
    return list(dict.fromkeys(found))


def _inside(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> Iterator[str]:
    length, low = after - first, sentence.low
    form = " ".join(sentence.shapes[first:after][:5])
    yield f"n{min(length, 6)}"
    yield f"sh {form}"
    yield f"sh {around.language} {form}"
    if sentence.loud:
        yield f"loud {min(length, 3)}"
    head, tail = low(first), low(after - 1)
    if length == 1:
        yield f"w {head}"
        yield f"1p {head[:3]}"
        yield f"1s {head[-3:]}"
        yield f"1s {head[-4:]}"
        yield f"1s {head[-2:]} {around.language}"
    else:
        yield f"f {head}"
        yield f"f2 {head} {low(first + 1)}"
        yield f"l {tail}"
        yield f"fs {head[-4:]}"
        yield f"ls {tail[-3:]}"
        yield f"ls {tail[-2:]}"
        for at in range(first + 1, after - 1):
            yield f"i {low(at)}"
        small = sum(not is_capital(one.text) for one in sentence.toks[first:after])
        yield f"sm {small}"
    if tail in LEGAL:
        yield "legal"


def _beside(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> Iterator[str]:
    low = sentence.low
    before, behind = low(first - 1), low(after)
    single = "1" if after - first == 1 else "2"
    yield f"a {before}"
    yield f"a{single} {before}"
    yield f"z {behind}"
    yield f"z{single} {behind}"
    yield f"aa {low(first - 2)} {before}"
    yield f"a2 {low(first - 2)}"
    yield f"zz {behind} {low(after + 1)}"
    yield f"z2 {low(after + 1)}"
    yield f"az {before} {behind}"
    if before[0].isalpha() and len(before) > 4:
        yield f"as {before[-4:]}"
    if behind[0].isalpha() and len(behind) > 4:
        yield f"zs {behind[-4:]}"
    yield f"ash {sentence.shape(first - 1)} {sentence.shape(first)}"
    yield f"zsh {sentence.shape(after)} {sentence.shape(after - 1)}"
    if before in _QUOTES and behind in _QUOTES:
        yield f"quoted {min(after - first, 4)}"
        yield f"qa {low(first - 2)}"
        yield f"qz {low(after + 1)}"
        yield f"qb {low(first - 3)}"
    opening = first == 0 or (first == 1 and not before[0].isalnum())
    if opening:
        yield f"open {sentence.shape(first)} {single}"


def _listed(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> Iterator[str]:
    lists, toks = gazetteers(), sentence.toks
    low, single = sentence.low, after - first == 1
    surface = " ".join(one.text for one in toks[first:after]).replace("' ", "'")
    classes = lists.classes(surface)
    if not classes and sentence.loud:
        classes = lists.classes(surface.title())
    if classes:
        yield f"in {classes}"
        yield f"in {classes} {low(first - 1)}"
    head, tail = low(first), low(after - 1)
    mark = "1" if single else "2"
    person = (head in lists.forenames) + 2 * (tail in lists.surnames)
    yield f"pn{mark} {person}"
    yield f"lf{mark} {lists.lexicon.get(head, '-')}"
    opening = "^" if first == 0 else ""
    common = lists.is_common(head, around.language)
    small = head in around.small
    yield f"cf{mark} {int(common)}{int(small)}{opening}"
    if single:
        seen = around.surfaces[toks[first].text]
        yield f"cnt {min(seen, 4)}"
        yield f"cnt {min(seen, 4)} {int(common)}{int(small)}{opening}"
    else:
        yield f"ll {lists.lexicon.get(tail, '-')}"
        listed = lists.is_common(tail, around.language)
        yield f"cl {int(listed)}{int(tail in around.small)}"
        plain = sum(
            lists.is_common(one.low, around.language) for one in toks[first:after]
        )
        yield f"pl {plain} {after - first}"
        parts = "".join(lists.classes(one.text)[:1] or "-" for one in toks[first:after])
        yield f"parts {parts[:5]}"


def _elsewhere(
    sentence: Sentence, first: int, after: int, around: Surroundings
) -> Iterator[str]:
    """What stands beside the same token in other places of the document."""
    if after - first > 1:
        token = sentence.toks[after - 1]
        alone = around.surfaces[token.text] > 1
        yield f"tail alone {int(alone)}"
        return
    token, lists = sentence.toks[first], gazetteers()
    for start, before, behind in around.beside.get(token.text, ()):
        if start != token.start:
            yield f"da {before}"
            yield f"dz {behind}"
            yield f"df {int(before in lists.forenames)}"


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[int, ...]]:
    """Return the weights of every known observation, in the order of ``TYPES``."""
    content = (DATA / "evidence.txt").read_bytes()
    table: dict[str, tuple[int, ...]] = {}
    for line in content.split(b"\n"):
        if line:
            table[line[6:].decode()] = tuple(line[:6])
    return table


def score(observations: Sequence[str]) -> tuple[float, ...]:
    """Return the summed evidence for each type; above zero speaks for a name."""
    table = weights()
    rows = [row for row in map(table.get, observations) if row]
    offset = _ZERO * len(rows)
    return tuple(
        (sum(column) - offset) / SCALE for column in zip(*rows, strict=True)
    ) or ((0.0,) * len(TYPES))
