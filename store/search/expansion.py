"""What a typed word may have been meant to be, the likeliest first.

A word that stands in several documents is trusted to be what it is. Anything else
is also taken for each word of the library near it: mistyped, with letters lost at
its head, with another word glued to it, or read wrongly from paper. Each such
choice has a cost; the searches are made in the order of their costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log2

from store.search.query import Word, quoted
from store.search.vocabulary import Near, Vocabulary

TRUSTED = 3
"""A word in more documents than this is no slip."""

COMPLETION = 0.3
"""Cost of taking the last word for the beginning of a longer one."""

_MOST = 24
_GLUED = 0.75
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
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


def as_typed(vocabulary: Vocabulary | None, word: Word) -> Choice:
    """The word itself, however it is accented."""
    if vocabulary is None:
        return Choice(quoted(word.raw), (word.key,), 0.0, 1 << 40, True)
    forms = tuple(dict.fromkeys((*vocabulary.terms(word.key), word.raw)))
    return Choice(
        _any_of(forms), (word.key,), 0.0, vocabulary.count(word.key), is_exact=True
    )


def choices(
    vocabulary: Vocabulary, word: Word, *, is_open: bool, wide: bool
) -> list[Choice]:
    """Ways to understand a word, cheapest first; possibly none.

    ``is_open``: it may be unfinished. ``wide``: do not trust even frequent words.
    """
    found: list[Choice] = []
    typed = as_typed(vocabulary, word)
    if typed.count:
        found.append(typed)
    total = typed.count
    if is_open and len(word.key) > 1 and (whole := _completed(vocabulary, word.key)):
        found.append(whole)
        total += whole.count
    if wide or total <= TRUSTED:
        found += _corrections(vocabulary, word.key, is_open=is_open)
        found.sort(key=lambda choice: choice.cost)
    return found[:_MOST]


def joined(vocabulary: Vocabulary, first: Word, second: Word) -> Word | None:
    """Two typed words that are one in the library."""
    key = first.key + second.key
    return Word(key, key) if vocabulary.count(key) else None


def _completed(vocabulary: Vocabulary, key: str) -> Choice | None:
    longer = vocabulary.completions(key)
    if not longer:
        return None
    count = sum(near.count for near in longer)
    return Choice(
        _any_of([vocabulary.term(near.at) for near in longer]),
        tuple(dict.fromkeys(near.key for near in longer)),
        COMPLETION,
        count,
        is_exact=True,
    )


def _corrections(vocabulary: Vocabulary, key: str, *, is_open: bool) -> list[Choice]:
    if len(key) < 3 or key.isdigit():
        return []
    edits = 1 if len(key) < 6 else 3 if is_open and len(key) >= 8 else 2
    near = vocabulary.near(key, edits)
    if not any(other.key != key for other in near) and edits == 1 and len(key) > 3:
        near = vocabulary.near(key, 2)
    found = [
        _choice(vocabulary, other, _cost(key, other, is_open=is_open))
        for other in near
        if other.key != key
    ]
    if is_open and len(key) > 3 and all(other.distance > 1 for other in near):
        found += _beginnings(vocabulary, key)
    found += _misread(vocabulary, key)
    found += _unglued(vocabulary, key)
    if not near and len(key) > 3:
        found += [
            _choice(vocabulary, other, _INSIDE + 0.05 * (len(other.key) - len(key)))
            for other in vocabulary.containing(key)[:_MOST]
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
    return cost - 0.04 * log2(1 + other.count)


def _beginnings(vocabulary: Vocabulary, key: str) -> list[Choice]:
    """The typed beginning with two letters swapped, one left out or one other."""
    forms = {key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in _gaps(key)}
    forms |= {key[:at] + key[at + 1 :] for at in range(1, len(key))}
    for at in range(1, len(key)):
        forms |= {key[:at] + letter + key[at + 1 :] for letter in _LETTERS}
    found = []
    for form in sorted(forms - {key}):
        whole = _completed(vocabulary, form)
        if whole is not None:
            cost = 1.0 + COMPLETION - 0.04 * log2(1 + whole.count)
            found.append(replace(whole, cost=cost, is_exact=False))
    return found


def _gaps(key: str) -> range:
    return range(len(key) - 1)


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
    """The word as two that stand side by side."""
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
    return found


def _choice(vocabulary: Vocabulary, near: Near, cost: float) -> Choice:
    match = quoted(vocabulary.term(near.at))
    return Choice(match, (near.key,), cost, near.count)


def _any_of(terms: tuple[str, ...] | list[str]) -> str:
    if len(terms) == 1:
        return quoted(terms[0])
    return "(" + " OR ".join(quoted(term) for term in terms) + ")"
