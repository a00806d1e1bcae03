"""Which tags fit what was typed, best first. Pure.

What can be made ready is made ready once, so that a key costs a few milliseconds
among 2,000 tags: the words of every path, their first letters, who has which word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHOWN = 50
"""Fitting tags in the list at most; more typing finds more."""

_CLOSE_ENOUGH = 76.0
"""Least rapidfuzz score, of 100, for a word that was mistyped."""

_FEW = 5
"""Slips are looked for only when fewer names fit as typed."""

_LIKE = 20
"""Words that a mistyped one may have meant."""

_FITS_NOT = 9
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A tag that can be chosen."""

    path: str
    used: int = 0
    """How many annotations have it."""
    recent: int = 0
    """How recently it was used; 0 for not lately."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A choice as it is looked at."""

    choice: Choice
    path: str
    """Folded."""
    leaf: str
    words: tuple[str, ...]
    initials: str
    """Of the words of the path, and of those of the name, each behind a blank."""


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents, for comparing."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def rank(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    """The choices that fit what is typed, best first; see :class:`Offers`."""
    return Offers(choices).fitting(typed)


class Offers:
    """The tags there are, to be looked through at every key."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        """Offer ``choices``, each path once."""
        kept = {choice.path: choice for choice in choices}
        self._entries = sorted(
            (_entry(choice) for choice in kept.values()),
            key=lambda entry: (-entry.choice.used, entry.path),
        )
        self._paths = {entry.path: entry.choice.path for entry in self._entries}
        self.used = {path: choice.used for path, choice in kept.items()}
        """How often each path is used."""
        self._owners: dict[str, set[int]] | None = None

    def known(self, typed: str) -> str | None:
        """The path that is typed in whatever case and accents."""
        wanted = fold(typed.strip())
        return self._paths.get(wanted) if wanted else None

    def fitting(self, typed: str, without: Collection[str] = ()) -> list[Choice]:
        """The choices that fit what is typed, best first, but those ``without``.

        For ``""`` all, those used last first, then the most used. Else: the whole
        name, its start, the start of the path, of a word, the first letters of its
        words, pieces of the path in their order, anywhere in the path, and then
        what is nearly it; within each, the most used first.
        """
        wanted = fold(typed.strip())
        if not wanted:
            return self._unasked(without)
        pieces = _WORD.findall(wanted)
        left = [
            (place, entry)
            for place, entry in enumerate(self._entries)
            if not without or entry.choice.path not in without
        ]
        tiers = [(_tier(wanted, pieces, entry), place) for place, entry in left]
        found = [one for one in tiers if one[0] < _FITS_NOT]
        places = [place for _, place in sorted(found)[:SHOWN]]
        if len(places) < _FEW and len(wanted) > 2 and pieces:
            rest = {place for tier, place in tiers if tier == _FITS_NOT}
            places += self._nearly(pieces, rest)
        return [self._entries[place].choice for place in places[:SHOWN]]

    def _unasked(self, without: Collection[str]) -> list[Choice]:
        left = [one.choice for one in self._entries if one.choice.path not in without]
        return sorted(left, key=lambda choice: -choice.recent)[:SHOWN]

    def _nearly(self, pieces: Sequence[str], places: set[int]) -> list[int]:
        """The places where every piece is nearly a word or the start of one."""
        from rapidfuzz import fuzz, process

        owners = self._words()
        words = list(owners)
        scores: dict[int, float] = dict.fromkeys(places, 0.0)
        for piece in pieces:
            best: dict[int, float] = {}
            starts = [word[: len(piece) + 1] for word in words]
            for likes in (words, starts):
                near = process.extract(
                    *(piece, likes),
                    scorer=fuzz.ratio,
                    score_cutoff=_CLOSE_ENOUGH,
                    limit=_LIKE,
                )
                for _, score, number in near:
                    for place in owners[words[number]]:
                        best[place] = max(score, best.get(place, 0.0))
            scores = {
                place: scores[place] + score
                for place, score in best.items()
                if place in scores
            }
        return sorted(scores, key=lambda place: (-scores[place], place))

    def _words(self) -> dict[str, set[int]]:
        """Who has which word; a name of several words counts as one word too."""
        if self._owners is None:
            self._owners = {}
            for place, entry in enumerate(self._entries):
                for word in (*entry.words, "".join(_WORD.findall(entry.leaf))):
                    self._owners.setdefault(word, set()).add(place)
        return self._owners


def _entry(choice: Choice) -> _Entry:
    path = fold(choice.path)
    leaf = path.rsplit("/", 1)[-1]
    words = tuple(_WORD.findall(path))
    letters = "".join(word[0] for word in words)
    own = "".join(word[0] for word in _WORD.findall(leaf))
    return _Entry(choice, path, leaf, words, f" {letters} {own}")


def _tier(wanted: str, pieces: Sequence[str], entry: _Entry) -> int:
    """How well an entry fits, 0 best."""
    place = entry.path.find(wanted)
    if place >= 0:
        if entry.leaf.startswith(wanted):
            return 0 if entry.leaf == wanted else 1
        if place == 0:
            return 0 if entry.path == wanted else 2
        if not entry.path[place - 1].isalnum():
            return 3
    if len(wanted) > 1 and f" {wanted}" in entry.initials:
        return 4
    if len(pieces) > 1 and _in_order(pieces, entry.words):
        return 5
    return 6 if place >= 0 else _FITS_NOT


def _in_order(pieces: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each piece begins a word, one after the other."""
    place = 0
    for word in words:
        if word.startswith(pieces[place]):
            place += 1
            if place == len(pieces):
                return True
    return False
