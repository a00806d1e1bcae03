"""Companies told apart by their legal forms, where the tagger ran them together.

"Ltd" by itself is nobody's name, what stands behind "Inc" in small letters is no part
of one, and "Acme Ltd and Birch Corp" are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.cues import AND
from store.extract.forms import is_capital
from store.extract.tagger import Seen
from store.extract.tokens import Token
from store.extract.words import word_set

_FORMS = word_set(
    "inc inc. corp corp. ltd ltd. plc llc llp gmbh kg kgaa ohg e.v. s.a. sarl s.p.a. "
    "s.p.a srl s.r.l. s.r.l s.a.s. snc s.n.c. bv b.v. nv n.v. oyj a/s aps s.l. slu "
    "ltda ltda. bhd pjsc"
)
_SHORT = frozenset(["AG", "SE", "SA", "SAS", "AB", "AS", "ASA", "SpA", "SL", "KK"])
"""Forms that are words, too, unless they are written just so."""

_BETWEEN = AND | {"&", ",", "/"}

_MOST = 5
"""Words of a name that are looked for before a legal form."""


def mended(toks: Sequence[Token], names: Sequence[Seen]) -> Iterator[Seen]:
    """Yield the names in order, one for each legal form in them."""
    taken = 0
    for one in names:
        for begin, after in _parts(toks, one.first, _end(toks, one)):
            first = begin
            if all(_is_form(toks[at]) for at in range(begin, after)):
                first = _begin(toks, max(taken, begin - _MOST), begin)
            if first >= taken and not _is_form(toks[first]):
                taken = after
                yield one._replace(first=first, after=after)


def _end(toks: Sequence[Token], one: Seen) -> int:
    """Return the token after the name, with a legal form that stands at it."""
    after = one.after
    if after < len(toks) and _is_form(toks[after]) and not _is_form(toks[after - 1]):
        return after + (toks[after].start - toks[after - 1].end == 1)
    return after


def _parts(toks: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield (first, after) of the names in the tokens ``first`` to before ``last``."""
    for at in range(first, last - 1):
        if first > at or not _is_form(toks[at]) or _is_form(toks[at + 1]):
            continue
        # A point that is written onto the form belongs to it.
        after = at + 1 + (toks[at + 1].text == ".")
        if after >= last:
            break
        if toks[after].text[0].islower() and toks[after].low not in AND:
            yield first, after  # "Inc came"
            return
        following = after + (toks[after].low in _BETWEEN)
        has_form = any(_is_form(toks[other]) for other in range(following, last))
        if not has_form or toks[following].low in ("co", "co.", "c", "c."):
            continue  # "GmbH & Co. KG"
        yield first, at + 1  # the point may end a sentence
        first = following
    yield first, last


def _begin(toks: Sequence[Token], earliest: int, form: int) -> int:
    """Return where the capitals that end before a legal form begin."""
    first = form
    while first > earliest and is_capital(toks[first - 1].text):
        if toks[first].start - toks[first - 1].end > 1 or _is_form(toks[first - 1]):
            break
        first -= 1
    return first


def _is_form(token: Token) -> bool:
    if token.text in _SHORT or token.text in ("plc", "e.V."):
        return True
    return token.low in _FORMS and token.text[0].isupper()
