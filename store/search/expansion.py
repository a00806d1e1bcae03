"""What a typed word may have been meant to be, the likeliest first.

A word that stands in several documents is trusted to be what it is. Anything else
is also taken for each word of the library near it: mistyped, with letters lost at
its head, with another word glued to it, or read wrongly from paper. Each such
choice has a cost; the searches are made in the order of their costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

from store.search.fold import bare
from store.search.query import Word, quoted
from store.search.vocabulary import Near, Vocabulary
from store.search.wanting import Cancelled, never

TRUSTED = 3
"""A word in more documents than this is no slip."""

_BEGINS = 20
"""What begins words in so many documents together is no slip either."""

COMPLETION = 0.3
"""Cost of taking the last word for the beginning of a longer one."""

_MOST = 24
_SLIGHT = 0.15
_JOINED = 0.4
_BEGUN = 2
_GLUED = 0.75
_APART = 0.2
_INSIDE = 1.2
_LOOKALIKES = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("ii", "u"),
    ("li", "h"),
    ("0", "o"),
    ("1", "l"),
    ("1", "i"),
    ("5", "s"),
    ("8", "b"),
    ("ph", "f"),
)
# What recognition of printed pages and ears take for one another.


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of understanding one typed word."""

    match: str
    """The words as the index is asked for them."""
    marks: tuple[str, ...]
    """The folded words to look for in a text."""
    cost: float
    count: int
    """In how many documents it stands, at most."""
    is_exact: bool = False
    """As typed, or typed so far: not a correction."""
    forms: int = 1
    """Words that the index is asked for."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a typed word may mean."""

    choices: Sequence[Choice]
    """Cheapest first; possibly none."""
    is_trusted: bool
    """Whether corrections were left out because it is a word as it stands."""


def as_typed(vocabulary: Vocabulary | None, word: Word) -> Choice:
    """The word itself, however it is accented."""
    if vocabulary is None:
        return Choice(quoted(word.raw), (word.key,), 0.0, 1 << 40, True)
    forms = vocabulary.terms(word.key)
    if bare(word.raw) not in forms:
        # Folded in another way than the index does, or newer than the vocabulary.
        forms = (*forms, word.raw)
    count = vocabulary.count(word.key)
    return Choice(_any_of(forms), (word.key,), 0.0, count, True, len(forms))


def meanings(
    vocabulary: Vocabulary,
    word: Word,
    *,
    is_open: bool,
    wide: bool,
    alone: bool,
    cancelled: Cancelled = never,
) -> Meant:
    """Ways to understand a word; not all of them once nobody wants them.

    ``is_open``: it may be unfinished. ``wide``: do not trust even frequent words.
    ``alone``: nothing else is looked for.
    """
    found: list[Choice] = []
    typed = as_typed(vocabulary, word)
    if typed.count:
        found.append(typed)
    if is_open and not alone and len(word.key) <= _BEGUN:
        found.append(_begun(vocabulary, word.key))
        return Meant(found, is_trusted=False)
    is_trusted = typed.count > TRUSTED
    most = _MOST if alone or len(word.key) > 3 else _MOST // 2
    if (
        is_open
        and len(word.key) > 1
        and (whole := _completed(vocabulary, word.key, most))
    ):
        enough = _BEGINS if len(word.key) > 4 else TRUSTED
        is_trusted = is_trusted or typed.count + whole.count > enough
        found.append(whole if is_trusted else replace(whole, is_exact=False))
    if wide or not is_trusted:
        found += _corrections(vocabulary, word.key, is_open, cancelled)
        found.sort(key=lambda choice: choice.cost)
    return Meant(found[:_MOST], is_trusted and not wide)


def choices(
    vocabulary: Vocabulary, word: Word, *, is_open: bool, cancelled: Cancelled = never
) -> Sequence[Choice]:
    """Ways to understand a word by itself, cheapest first, as ``meanings`` has them."""
    return meanings(
        vocabulary, word, is_open=is_open, wide=False, alone=True, cancelled=cancelled
    ).choices


def _begun(vocabulary: Vocabulary, key: str) -> Choice:
    """A word of which one or two letters are typed behind others: nearly every
    document has one that begins so, so it does not exclude any."""
    marks = tuple(near.key for near in vocabulary.completions(key))
    return Choice("", marks if len(key) > 1 else (), COMPLETION, 0, True, 0)


def joined(
    vocabulary: Vocabulary, first: Word, second: Word
) -> tuple[Word, float] | None:
    """Two typed words that are one in the library, and what it costs to take them so;
    less where one of them is no word by itself."""
    key = first.key + second.key
    if not vocabulary.count(key):
        return None
    are_words = vocabulary.count(first.key) and vocabulary.count(second.key)
    return Word(key, key), _JOINED if are_words else _JOINED / 4


def _completed(vocabulary: Vocabulary, key: str, most: int = 24) -> Choice | None:
    longer = vocabulary.completions(key, most)
    if not longer:
        return None
    count = sum(near.count for near in longer)
    return Choice(
        _any_of([vocabulary.term(near.at) for near in longer]),
        tuple(dict.fromkeys(near.key for near in longer)),
        COMPLETION,
        count,
        is_exact=True,
        forms=len(longer),
    )


def _corrections(
    vocabulary: Vocabulary, key: str, is_open: bool, cancelled: Cancelled
) -> list[Choice]:
    if len(key) < 3 or key.isdigit():
        return []
    edits = 1 if len(key) < 6 else 2
    near = vocabulary.near(key, edits, cancelled)
    is_alone = all(other.key == key for other in near)
    if is_alone and (edits == 1 or len(key) >= 8) and len(key) > 3:
        near = vocabulary.near(key, edits + 1, cancelled)
    found = [
        _choice(vocabulary, other, _cost(key, other, is_open=is_open))
        for other in near
        if other.key != key
    ]
    if is_open and len(key) > 3 and all(other.distance > 1 for other in near):
        found += _beginnings(vocabulary, key, cancelled)
    found += _misread(vocabulary, key)
    found += _unglued(vocabulary, key)
    if is_alone and len(key) > 3:
        found += [
            _choice(vocabulary, other, _INSIDE + 0.05 * (len(other.key) - len(key)))
            for other in vocabulary.containing(key, cancelled=cancelled)[:_MOST]
        ]
    found.sort(key=lambda choice: choice.cost)
    return found[:_MOST]


def _cost(key: str, other: Near, *, is_open: bool) -> float:
    difference = len(other.key) - len(key)
    cost = other.distance + 0.1 * abs(difference)
    if is_open and difference > 0:
        cost -= 0.3 * min(difference, other.distance)
    if key[0] == other.key[0]:
        cost -= 0.25
    if key[-1] == other.key[-1]:
        cost -= 0.15
    if other.distance == 1 and _is_slight(key, other.key):
        cost -= _SLIGHT
    return cost - 0.04 * log2(1 + other.count)


def _is_slight(key: str, other: str) -> bool:
    """Whether words one edit apart differ by two letters that changed places, or by a
    letter that stands once in one and twice in the other."""
    if len(key) == len(other):
        return sorted(key) == sorted(other)
    longer, shorter = sorted((key, other), key=len, reverse=True)
    at = next((n for n, sign in enumerate(shorter) if longer[n] != sign), len(shorter))
    return at > 0 and longer[at] == longer[at - 1]


def _beginnings(vocabulary: Vocabulary, key: str, cancelled: Cancelled) -> list[Choice]:
    """The typed beginning with one slip in it mended."""
    found = []
    for form in vocabulary.beginnings(key, cancelled):
        if cancelled():
            break
        whole = _completed(vocabulary, form)
        if whole is not None:
            cost = 1.0 + COMPLETION - 0.04 * log2(1 + whole.count)
            if form[0] == key[0]:
                cost -= 0.1
            found.append(replace(whole, cost=cost, is_exact=False))
    return found


def _misread(vocabulary: Vocabulary, key: str) -> list[Choice]:
    forms = {
        key.replace(wrong, right)
        for pair in _LOOKALIKES
        for wrong, right in (pair, pair[::-1])
        if wrong in key
    }
    return [
        Choice(_any_of(vocabulary.terms(form)), (form,), 0.8, vocabulary.count(form))
        for form in sorted(forms)
        if vocabulary.count(form)
    ]


def _unglued(vocabulary: Vocabulary, key: str) -> list[Choice]:
    """The word as two, that stand side by side or at least in one document."""
    found = []
    for cut in range(2, len(key) - 1):
        head, tail = key[:cut], key[cut:]
        count = vocabulary.count(head)
        if count:
            count = min(count, vocabulary.count(tail))
        if count:
            phrase = f"{head} {tail}"
            short = 0.3 if min(cut, len(key) - cut) < 3 else 0.0
            cost = _GLUED + short - 0.04 * log2(1 + count)
            found.append(Choice(quoted(phrase), (phrase,), cost, count))
            apart = f"({quoted(head)} AND {quoted(tail)})"
            if not short:
                found.append(Choice(apart, (head, tail), cost + _APART, count, forms=2))
    return found


def _choice(vocabulary: Vocabulary, near: Near, cost: float) -> Choice:
    match = quoted(vocabulary.term(near.at))
    return Choice(match, (near.key,), cost, near.count)


def _any_of(terms: tuple[str, ...] | list[str]) -> str:
    if len(terms) == 1:
        return quoted(terms[0])
    return "(" + " OR ".join(quoted(term) for term in terms) + ")"
