"""What the tagger observes about the place of a token: its run, quotes, document.

A run is a row of capitalised words with the particles between them; what stands at
its two sides tells more of its type than the neighbours of each word do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from store.extract.forms import is_capital
from store.extract.gazetteers import gazetteers
from store.extract.heads import heads_beside, heads_of
from store.extract.tokens import Token
from store.extract.words import word_set

_JOINING = word_set(
    "di de del della dello dell' dell’ dei degli delle des du d' d’ da dos das do of "
    "the for and und der die den für von vom van et la le les l' l’ y los el e & - ' ’"
)
_OPENING = {"«": "»", "“": "”", "„": "“", '"': '"', "»": "«", "‹": "›", "‘": "’"}
_LONGEST_QUOTE = 9
_MOST_PLACES = 3
_LONGEST_RUN = 12


class Around:
    """What the whole document says about its words."""

    def __init__(self, toks: Sequence[Token]) -> None:
        self.small = frozenset(one.text for one in toks if one.text.islower())
        self.often = Counter(one.text for one in toks)
        self.beside: dict[str, list[tuple[int, str, str]]] = {}
        self.kinds: dict[str, set[str]] = {}
        heads = heads_of([one.low for one in toks])
        for at, token in enumerate(toks):
            if not is_capital(token.text):
                continue
            self.kinds.setdefault(token.text, set()).update(
                heads_beside(heads, at, at + 1)
            )
            places = self.beside.setdefault(token.text, [])
            if len(places) < _MOST_PLACES:
                before = toks[at - 1].low if at else "^"
                behind = toks[at + 1].low if at + 1 < len(toks) else "$"
                places.append((token.start, before, behind))


def places(
    toks: Sequence[Token],
    words: Sequence[str],
    shapes: Sequence[str],
    capital: Sequence[bool],
    around: Around,
    lang: str,
) -> list[list[str]]:
    """Return the observations of each place of a sentence."""
    # a blank place at both ends, hence the shift by one
    lows, forms = ["^", *words, "$"], ["", *shapes, ""]
    found = [
        [
            f"B{lows[at]} {lows[at + 1]}",
            f"T{forms[at]} {forms[at + 1]} {forms[at + 2]}",
            f"Z{lows[at]} {lows[at + 2]} {forms[at + 1]}",
        ]
        for at in range(len(toks))
    ]
    loud = sum(one.text.isupper() for one in toks if one.text[0].isalpha())
    if loud * 2 > sum(one.text[0].isalpha() for one in toks) > 4:
        for at, row in enumerate(found):
            row.append(f"loud {forms[at + 1]}")
    _runs(lows, capital, found)
    _quotes(toks, lows, found)
    for at, token in enumerate(toks):
        if capital[at]:
            found[at] += _seen(token, at, around, lang)
    return found


def _seen(token: Token, at: int, around: Around, lang: str) -> Iterator[str]:
    """Yield how the word stands in the rest of the document."""
    common = int(gazetteers().is_common(token.low, lang))
    small = int(token.low in around.small)
    first = "^" if at == 0 else ""
    yield f"D{common}{small}{first}"
    yield f"D{common}{small}{first} {min(around.often[token.text], 4)}"
    for kind in sorted(around.kinds[token.text]):
        yield f"H{kind}"
    for start, before, behind in around.beside[token.text]:
        if start != token.start:
            yield f"A{before}"
            yield f"Y{behind}"


def _runs(lows: Sequence[str], capital: Sequence[bool], found: list[list[str]]) -> None:
    """Add what stands around a whole run of capitalised words."""
    heads = heads_of(lows)
    at = 0
    while at < len(capital):
        if not capital[at]:
            at += 1
            continue
        after = _run_end(lows, capital, at)
        size = min(after - at, 5)
        around = _beside_run(lows, heads, at, after)
        for inner in range(at, after):
            place = min(inner - at, 3)
            found[inner] += around
            found[inner] += (
                f"L{lows[at]} {place}",
                f"L{lows[at]}",
                f"R{lows[after + 1]}",
                f"N{place} {size}",
            )
            if size > 1:
                found[inner] += (
                    f"F{lows[at + 1]}",
                    f"F{lows[at + 1]} {place}",
                    f"E{lows[after]}",
                )
        at = after


def _run_end(lows: Sequence[str], capital: Sequence[bool], at: int) -> int:
    """Return the place after the run that begins at ``at``; particles join it."""
    after, count = at + 1, len(capital)
    while after < count and after - at < _LONGEST_RUN:
        joins = lows[after + 1] in _JOINING and after + 1 < count
        if not capital[after] and not (
            joins and (capital[after + 1] or lows[after + 2] in _JOINING)
        ):
            break
        after += 1
    while after > at + 1 and not capital[after - 1]:
        after -= 1
    return after


def _beside_run(
    lows: Sequence[str], heads: Sequence[str], at: int, after: int
) -> list[str]:
    """Return what the words around a run say together with what is in it."""
    lists = gazetteers()
    left, right, last = lows[at], lows[after + 1], lows[after]
    person = (lows[at + 1] in lists.forenames) + 2 * (last in lists.surnames)
    single = int(after - at == 1)
    found = [
        f"P{left} {person} {single}",
        f"P2{lows[at - 1] if at else ''} {left}",
        f"S{right} {person} {single}",
        f"S2{right} {lows[after + 2] if after + 2 < len(lows) else ''}",
    ]
    # ``lows`` begins with a blank place: the run is lows[at + 1 : after + 1]
    found += [f"K{kind}{single}" for kind in heads_beside(heads, at + 1, after + 1)]
    return found


def _quotes(toks: Sequence[Token], lows: Sequence[str], found: list[list[str]]) -> None:
    """Mark the inside of short quotations, which may be titles."""
    at = 0
    while at < len(toks) - 2:
        closing = _OPENING.get(toks[at].text)
        if closing is None or not toks[at + 1].text[0].isupper():
            at += 1
            continue
        stop = min(at + 2 + _LONGEST_QUOTE, len(toks))
        after = next((k for k in range(at + 2, stop) if toks[k].text == closing), 0)
        if not after:
            at += 1
            continue
        for inner in range(at + 1, after):
            mark = "B" if inner == at + 1 else "I"
            found[inner] += (
                f"Q{mark} {min(after - at, 6)}",
                f"Q{mark} {lows[at]}",
                f"Q{lows[at - 1] if at else '^'}",
            )
        at = after + 1
