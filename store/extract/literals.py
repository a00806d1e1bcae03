"""Dates, sums, percentages and quantities of a text, each with its value.

Every grammar proposes spans; the longest proposal wins, then money before
percentage before date before quantity. Values follow the rules of the library:
a plain string or number where the text gives it, a mapping where it is composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from store.extract import amounts, dates, eastern, glued_sums, moments
from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary, vocabulary
from store.model import Found

_RANK = {"MONEY": 0, "PERCENT": 1, "DATE": 2, "QUANTITY": 3}


class Literal(NamedTuple):
    """A proposal: tokens ``first`` to before ``after`` mean ``value``."""

    type: str
    first: int
    after: int
    value: Any


def find(
    text: str,
    toks: Sequence[Token],
    language: str | None = None,
    published: str | None = None,
) -> list[Found]:
    """Return the literals of ``text``, in order, not overlapping.

    ``published`` (ISO date) anchors relative dates, whose value is then a mapping
    ``{"date": …, "inferred": true}``.
    """
    words = vocabulary(language)
    anchor = dates.anchor(published)
    proposals: list[Literal] = []
    for at, token in enumerate(toks):
        if token.text.isalpha() and not _may_begin(token, words):
            continue
        if token.text.isalpha() or token.text[0].isdigit() or len(token.text) > 1:
            for grammar in (dates.at, moments.at):
                for after, value in grammar(toks, at, words, anchor):
                    proposals.append(Literal("DATE", at, after, value))
        for kind, first, after, value in amounts.at(toks, at, words):
            proposals.append(Literal(kind, first, after, value))
    chosen = [
        Found(
            start := toks[one.first].start,
            end := toks[one.after - 1].end,
            text[start:end],
            one.type,
            one.value,
        )
        for one in _best(proposals)
    ]
    # Of "Sh4.1 billion loan" the grammars see a billion loans.
    chosen = _beside(list(glued_sums.find(text, language)), chosen)
    chosen = _beside(chosen, eastern.find(text))
    return sorted(chosen, key=lambda one: one.start)


def _beside(first: list[Found], others: Iterable[Found]) -> list[Found]:
    """The first, and those of the others that do not overlap them."""
    if not first:
        return list(others)
    taken = [(one.start, one.end) for one in first]
    free = (
        one
        for one in others
        if all(one.end <= start or one.start >= end for start, end in taken)
    )
    return [*first, *free]


def _may_begin(token: Token, words: Vocabulary) -> bool:
    """Tell quickly that a plain word begins no literal, as most do not."""
    return token.low in words.openers or amounts.is_prefix(token)


def _best(proposals: Iterable[Literal]) -> list[Literal]:
    order = sorted(
        proposals,
        key=lambda one: (one.first - one.after, _RANK[one.type], one.first),
    )
    used: set[int] = set()
    kept = []
    for one in order:
        if not any(at in used for at in range(one.first, one.after)):
            used.update(range(one.first, one.after))
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)
