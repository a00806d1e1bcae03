"""Which stretches of a sentence may be a name: capitals, and what joins them.

A candidate begins with a capitalised or mixed token and ends with one, or with a
number; inside it small particles may stand (``Banca d'Italia``, ``Office of the
Rector``). Quoted titles are candidates as a whole. Whether a candidate is a name
is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.tokens import Token
from store.extract.words import word_set

LONGEST = 8
"""Tokens of the longest candidate that is not quoted."""

_LONGEST_TITLE = 9
_PARTICLES = word_set(
    "di de del della dello dell' dell’ dei degli delle des du d' d’ da dal dalla dos "
    "das do of the and for to in on an at und der die den für von vom zu zur zum im am "
    "et la le les l' l’ en à au aux sur y e los las el per il lo i gli e con a alla "
    "all' all’ al nel nella & - – ' ’ 's ’s . / + ibn bin al van ter ten zu op"
)
_CLOSING = {"«": "»", "“": "”", "„": "“", '"': '"', "»": "«", "‹": "›", "‘": "’"}
_CAPITAL, _NUMBER, _PARTICLE, _OTHER = range(4)


def shape(word: str) -> str:
    """Return the pattern of capitals, small letters and digits, runs cut to one."""
    signs: list[str] = []
    for letter in word[:24]:
        if letter.isupper():
            sign = "X"
        elif letter.isdigit():
            sign = "9"
        elif letter.isalpha():
            sign = "x"
        else:
            sign = letter
        if not signs or signs[-1] != sign:
            signs.append(sign)
        elif sign == "X" and len(signs) == 1:
            signs.append("X")
    return "".join(signs)


def is_capital(word: str) -> bool:
    """Tell whether a token looks like part of a name: a capital somewhere."""
    first = word[0]
    if first.isupper() or first.istitle():
        return not word.startswith(("Http", "HTTP")) and "@" not in word
    if not first.isalnum() or "@" in word or word.startswith(("http", "www.")):
        return False
    return any(letter.isupper() for letter in word)


def _kind(token: Token) -> int:
    if is_capital(token.text):
        return _CAPITAL
    if token.text.isdigit() and len(token.text) <= 4:
        return _NUMBER
    if token.low in _PARTICLES:
        return _PARTICLE
    return _OTHER


def candidates(
    toks: Sequence[Token], blocked: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Yield (first token, token after) of every candidate of a sentence.

    ``blocked`` marks tokens inside a literal: no candidate may hold one.
    """
    kinds = [
        _OTHER if stop else _kind(token)
        for token, stop in zip(toks, blocked, strict=True)
    ]
    for first, kind in enumerate(kinds):
        if kind == _CAPITAL or (kind == _NUMBER and _opens(toks, kinds, first)):
            yield from _from(toks, kinds, first)
    yield from _titles(toks)


def _opens(toks: Sequence[Token], kinds: Sequence[int], first: int) -> bool:
    """A number may begin a name: ``20 Minuten``, ``2. Bundesliga``."""
    after = first + 1
    if after < len(toks) and toks[after].text == ".":
        after += 1
    return after < len(toks) and kinds[after] == _CAPITAL


def _from(
    toks: Sequence[Token], kinds: Sequence[int], first: int
) -> Iterator[tuple[int, int]]:
    gap = 0
    for last in range(first, min(first + LONGEST, len(toks))):
        kind = kinds[last]
        if last > first and toks[last].start - toks[last - 1].end > 2:
            return
        if kind == _OTHER:
            return
        if kind == _PARTICLE:
            gap += 1
            if gap > 3 or (toks[last].text == "." and not _is_initial(toks, last)):
                return
            continue
        gap = 0
        if last > first or kind == _CAPITAL:
            yield first, last + 1
            if last + 1 < len(toks) and toks[last + 1].low in ("'s", "’s"):
                yield first, last + 2


def _is_initial(toks: Sequence[Token], at: int) -> bool:
    """Tell whether the full stop belongs to ``J.``, ``St.`` or an ordinal."""
    before = toks[at - 1]
    return before.end == toks[at].start and (len(before.text) <= 2)


def _titles(toks: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the inside of quotation marks, if it may be a title."""
    for at, token in enumerate(toks[:-2]):
        closing = _CLOSING.get(token.text)
        if closing is None or not toks[at + 1].text[0].isupper():
            continue
        for after in range(at + 2, min(at + 2 + _LONGEST_TITLE, len(toks))):
            if toks[after].text == closing:
                yield at + 1, after
                break
