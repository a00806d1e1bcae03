"""What the tagger observes about a token: short strings, each of which has weights.

Most depend on the word alone (as itself, or as a neighbour) and are made once for
every word; the rest depends on the place. Training and use run this same code: in
training an observation stays a string, in use it becomes the number of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from store.extract.cues import HEADS, TAILS
from store.extract.forms import is_capital, shape
from store.extract.gazetteers import LEGAL, gazetteers
from store.extract.heads import COMPANY, PERSON
from store.extract.lexicon import Lexicon, listed, matches
from store.extract.places import Around, places
from store.extract.tokens import Token

T = TypeVar("T", bound=Hashable)

_MOST_WORDS = 60_000


class _Word(NamedTuple, Generic[T]):
    """What is made once for a word: its form, and its observations by role."""

    low: str
    form: str
    capital: bool
    listed: bool
    """Whether a listed phrase may begin here."""
    learnt: bool
    """Whether a phrase of the lexicon may begin here."""
    own: list[T]
    before: list[T]
    behind: list[T]
    two_before: list[T]
    two_behind: list[T]


class Observer(Generic[T]):
    """Makes the observations of documents; ``number`` gives each its final form.

    ``number`` returns ``None`` for an observation that has no weight.
    """

    def __init__(self, lexicon: Lexicon, number: Callable[[str], T | None]) -> None:
        self._lexicon = lexicon
        self._number = number
        self._listed = listed()
        self._learnt = lexicon.phrases
        self._words: dict[tuple[str, str], _Word[T]] = {}

    def document(
        self, toks: Sequence[Token], sentences: Sequence[tuple[int, int]], lang: str
    ) -> list[list[list[T]]]:
        """Return the observations of every token of every sentence."""
        around = Around(toks)
        return [
            self._sentence(toks[first:after], around, lang)
            for first, after in sentences
        ]

    def _sentence(
        self, toks: Sequence[Token], around: Around, lang: str
    ) -> list[list[T]]:
        words = [self._word(one, lang) for one in toks]
        edge: list[T] = self._numbers(["^"])
        end: list[T] = self._numbers(["$"])
        count = len(toks)
        found = []
        for at, special in enumerate(self._special(toks, words, around, lang)):
            row = [
                *words[at].own,
                *(words[at - 1].before if at else edge),
                *(words[at + 1].behind if at + 1 < count else end),
            ]
            if at > 1:
                row += words[at - 2].two_before
            if at + 2 < count:
                row += words[at + 2].two_behind
            row += self._numbers(special)
            found.append(row)
        return found

    def _special(
        self,
        toks: Sequence[Token],
        words: Sequence[_Word[T]],
        around: Around,
        lang: str,
    ) -> list[list[str]]:
        """Return what depends on the place of each token, and on lists of phrases."""
        lows = [one.low for one in words]
        capital = [one.capital for one in words]
        found = places(toks, lows, [one.form for one in words], capital, around, lang)
        for sign, phrases, begins in (
            ("G", self._listed, [one.listed for one in words]),
            ("X", self._learnt, [one.learnt for one in words]),
        ):
            if not any(begins):
                continue
            for at, mark in enumerate(matches(lows, begins, phrases)):
                if mark:
                    found[at].append((sign if capital[at] else sign.lower()) + mark)
        return found

    def _numbers(self, observations: Sequence[str]) -> list[T]:
        number = self._number
        return [
            one for one in map(number, dict.fromkeys(observations)) if one is not None
        ]

    def _word(self, token: Token, lang: str) -> _Word[T]:
        key = (token.text, lang)
        known = self._words.get(key)
        if known is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            beside = list(self._beside(token))
            far = (token.low, "s" + shape(token.text))
            capital = is_capital(token.text)
            may_begin = capital or self._is_rare(token, lang)
            known = self._words[key] = _Word(
                token.low[:40],
                shape(token.text),
                capital,
                may_begin and token.low[:40] in self._listed.lines,
                may_begin and token.low[:40] in self._learnt.lines,
                self._numbers(list(self._own(token, lang))),
                self._numbers([f"-{one}" for one in beside]),
                self._numbers([f"+{one}" for one in beside]),
                self._numbers([f"<{one}" for one in far]),
                self._numbers([f">{one}" for one in far]),
            )
        return known

    def _is_rare(self, token: Token, lang: str) -> bool:
        """Tell whether a small word is no common one: perhaps a careless name."""
        return len(token.low) > 2 and not gazetteers().is_common(token.low, lang)

    def _own(self, token: Token, lang: str) -> Iterator[str]:
        low, form, lists = token.low[:40], shape(token.text), gazetteers()
        yield "*"
        yield f"l{lang}"
        yield f"w{low}"
        yield f"s{form}"
        yield f"s{form} {lang}"
        for size in (2, 3, 4):
            if len(low) > size:
                yield f"p{low[:size]}"
                yield f"e{low[-size:]}"
        if len(low) > 7:  # the last part of a compound: -gruppe, -straße
            yield f"e{low[-5:]}"
        yield f"e{low[-3:]} {form}"
        yield f"e{low[-2:]} {lang}"
        if not is_capital(token.text):
            if self._is_rare(token, lang):
                person = (low in lists.forenames) + 2 * (low in lists.surnames)
                yield f"y{self._lexicon.words.get(low, '-')[:4]}"
                yield f"y{person}"
            return
        yield f"x{self._lexicon.words.get(low, '-')}"
        common = int(lists.is_common(low, lang))
        person = (low in lists.forenames) + 2 * (low in lists.surnames)
        yield f"n{person}"
        yield f"c{common} {form} {lang}"
        yield f"n{person} {common} {self._lexicon.words.get(low, '-')[:4]}"
        if low in LEGAL:
            yield "legal"
        if low in HEADS:
            yield "head"
        if low in TAILS:
            yield "tail"

    def _beside(self, token: Token) -> Iterator[str]:
        low, form, lists = token.low[:40], shape(token.text), gazetteers()
        yield f"w{low}"
        yield f"s{form}"
        yield f"e{low[-3:]}"
        if low in PERSON:
            yield "person"
        if low in COMPANY:
            yield "company"
        if is_capital(token.text):
            yield f"x{self._lexicon.words.get(low, '-')[:4]}"
            yield f"n{(low in lists.forenames) + 2 * (low in lists.surnames)}"
            if low in LEGAL:
                yield "legal"
            if low in HEADS:
                yield "head"
            if low in TAILS:
                yield "tail"
