"""The bounds of names mended where open text is too small to teach them.

A ministry of two fields is one body: the tagger sees sentences like "the ministry of
this and the agency of that" far more often, and stops at the "and". A form of address
is no part of a person's name, and "Project" is part of a project's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract import legal_forms
from store.extract.cues import AND, MINISTRIES, OF, PROJECTS
from store.extract.forms import is_capital
from store.extract.labels import TYPES
from store.extract.tagger import Seen
from store.extract.tokens import Token
from store.extract.words import word_set

_PERSON, _ORG = TYPES.index("PER"), TYPES.index("ORG")
_ADDRESS = word_set(
    "mr mr. mrs mrs. ms ms. sir lord lady dame dr dr. prof prof. monsieur madame "
    "mademoiselle m. mme mlle herr frau signor signora sig. señor señora senhor senhora"
)


def mended(toks: Sequence[Token], names: Sequence[Seen]) -> Iterator[Seen]:
    """Yield the names in order, ministries whole, persons without "Mr" and "Lady"."""
    taken = 0
    for one in _joined(toks, list(legal_forms.mended(toks, names))):
        before = toks[one.first - 1] if one.first > taken else None
        taken = one.after
        first = toks[one.first].low
        if first in _ADDRESS and one.after - one.first == 1:
            continue
        person = one.probable[_PERSON] == max(one.probable)
        if person and first in _ADDRESS:
            yield one._replace(first=one.first + 1)
        elif before and before.low in PROJECTS and is_capital(before.text):
            yield one._replace(first=one.first - 1)
        else:
            yield one


def _joined(toks: Sequence[Token], names: Sequence[Seen]) -> Iterator[Seen]:
    taken = 0
    for at, one in enumerate(names):
        if one.first < taken:
            continue
        taken = _last_field(toks, one)
        if taken == one.after:
            yield one
            continue
        inside = [other for other in names[at:] if other.first < taken]
        taken = max(taken, inside[-1].after)
        sure = max(sum(other.probable) for other in inside)
        yield Seen(
            one.first, taken, tuple(sure * (kind == _ORG) for kind in range(len(TYPES)))
        )


def _last_field(toks: Sequence[Token], one: Seen) -> int:
    """Return the token after the last field of a ministry; else the name's own."""
    after = one.after
    if toks[one.first].low not in MINISTRIES or after - one.first < 2:
        return after
    while after + 2 < len(toks) and toks[after].low in AND | {","}:
        first = after + 2
        if toks[after + 1].low not in OF or not is_capital(toks[first].text):
            break
        after = first + 1
        while after < len(toks) and is_capital(toks[after].text):
            after += 1
    return after
