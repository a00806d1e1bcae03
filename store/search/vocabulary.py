"""Every word of the library in memory, and which of them are near a typed one.

Finding near words among a quarter of a million at each key stroke is the decisive
step of the search. Each word has a signature of 64 bits: which letters and digits
it has, and which letters twice. Words within k edits differ by at most k bits in
either direction, and a transposition not at all, so one pass over the signatures
of the right lengths leaves a few hundred words, which are compared properly
(optimal string alignment: a transposition is one edit). Nothing is lost by it.

NumPy and rapidfuzz are imported on first use: they cost more than a start may.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.search.fold import fold, is_unspaced
from store.search.wanting import Cancelled, never

if TYPE_CHECKING:
    from numpy import uint32, uint64
    from numpy.typing import NDArray

LONGEST_WORD = 48
"""Longer runs of letters are addresses and rubbish; nobody searches them fuzzily."""

_BUCKETS = 36
_ALL_BITS = (1 << 64) - 1
_CHUNK = 16384
_MANY = 100
_COMPARED = 2000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the library near a typed one."""

    at: int
    key: str
    distance: int
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the index at one moment; never changed, only replaced."""

    generation: int
    keys: list[str]
    """Folded words in alphabetical order; one that is written in several ways the
    index tells apart stands several times."""
    variants: dict[int, str]
    """The index's form of the words whose folded form differs from it."""
    counts: NDArray[uint32]
    """In how many documents each stands."""
    documents: int
    _by_length: NDArray[uint32] = field(repr=False)
    _starts: list[int] = field(repr=False)
    _signatures: NDArray[uint64] = field(repr=False)
    _joined: str = field(repr=False)
    _offsets: NDArray[uint32] = field(repr=False)

    def term(self, at: int) -> str:
        """The index's form of a word."""
        return self.variants.get(at, self.keys[at])

    def places(self, key: str) -> range:
        """Where the words with this folded form stand; empty if there is none."""
        first = last = bisect_left(self.keys, key)
        while last < len(self.keys) and self.keys[last] == key:
            last += 1
        return range(first, last)

    def count(self, key: str) -> int:
        """In how many documents a word stands, at most; 0 if in none."""
        return sum(int(self.counts[at]) for at in self.places(key))

    def terms(self, key: str) -> tuple[str, ...]:
        """The index's forms of a folded word."""
        return tuple(self.term(at) for at in self.places(key))

    def completions(self, prefix: str, most: int = 24) -> list[Near]:
        """The most frequent words that begin with ``prefix`` and are longer."""
        first = self.places(prefix).stop
        last = bisect_left(self.keys, prefix + "\U0010ffff", first)
        if last - first > most:
            import numpy

            part = self.counts[first:last]
            chosen = numpy.argpartition(part, len(part) - most)[-most:] + first
            places: Iterable[int] = sorted(chosen.tolist(), key=self._rarity)
        else:
            places = sorted(range(first, last), key=self._rarity)
        return [self._near(at, 0) for at in places]

    def beginnings(self, key: str, cancelled: Cancelled = never) -> list[str]:
        """What words begin with that is one edit from ``key``: a letter swapped with
        the next, left out, put in or taken for another."""
        found: set[str] = set()
        low, high = 0, len(self.keys)
        for at in range(len(key)):
            if low == high or cancelled():
                break
            if high - low > _MANY:
                found.update(self._changed(key, at, low, high))
            else:
                found.update(_changed_in(self.keys[low:high], key, at))
            low, high = self._beginning(key[: at + 1], low, high)
        return sorted(form for form in found if not form.startswith(key))

    def _changed(self, key: str, at: int, low: int, high: int) -> Iterator[str]:
        """What words between two places begin with that differs at ``at``."""
        head, rest = key[:at], key[at + 1 :]
        forms = {head + rest[:1] + key[at] + rest[1:], head + rest}
        for letter in _LETTERS:
            forms |= {head + letter + rest, head + letter + key[at:]}
        for form in forms:
            first = bisect_left(self.keys, form, low, high)
            if first < high and self.keys[first].startswith(form):
                yield form

    def _beginning(self, prefix: str, low: int, high: int) -> tuple[int, int]:
        """Where, between two places, the words with this beginning stand."""
        first = bisect_left(self.keys, prefix, low, high)
        return first, bisect_left(self.keys, prefix + "\U0010ffff", first, high)

    def containing(
        self, part: str, most: int = 200, cancelled: Cancelled = never
    ) -> list[Near]:
        """Words that have ``part`` inside, the most frequent first."""
        found: list[int] = []
        at = self._joined.find(part)
        while at >= 0 and len(found) < most and not cancelled():
            number = int(self._offsets.searchsorted(at, "right")) - 1
            found.append(number)
            end = int(self._offsets[number]) + len(self.keys[number])
            at = self._joined.find(part, end)
        return [self._near(number, 0) for number in sorted(found, key=self._rarity)]

    def near(self, key: str, edits: int, cancelled: Cancelled = never) -> list[Near]:
        """Every word within ``edits`` edits, a transposition counting as one; not all
        of them once nobody wants them."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        candidates = self._candidates(key, edits, cancelled)
        found: list[tuple[float, int]] = []
        for first in range(0, len(candidates), _COMPARED):
            if cancelled():
                break
            some = candidates[first : first + _COMPARED]
            matches = extract(
                key,
                [*map(self.keys.__getitem__, some)],
                scorer=OSA.distance,
                score_cutoff=edits,
                limit=None,
            )
            found += [(edit, some[n]) for _, edit, n in matches]
        # As one comparison has them: the nearest first, then in the order given.
        found.sort(key=lambda one: one[0])
        return [self._near(at, int(edit)) for edit, at in found]

    def _candidates(self, key: str, edits: int, cancelled: Cancelled) -> list[int]:
        """Words whose signatures do not exclude them.

        Of the edits to a longer word as many as it is longer add a letter and take
        none away, so for each length fewer letters of the typed word may be missing
        from it, or fewer of its own may be new.
        """
        import numpy

        bits = signature(key)
        own, absent = numpy.uint64(bits), numpy.uint64(~bits & _ALL_BITS)
        found: list[int] = []
        for length in range(len(key) - edits, len(key) + edits + 1):
            if not 0 < length <= LONGEST_WORD or cancelled():
                continue
            low, high = self._starts[length], self._starts[length + 1]
            part = self._signatures[low:high]
            lost = edits - max(0, length - len(key))
            common = numpy.bitwise_count(part & own)
            kept = numpy.flatnonzero(common >= bits.bit_count() - lost)
            new = edits - max(0, len(key) - length)
            kept = kept[numpy.bitwise_count(part[kept] & absent) <= new]
            found += self._by_length[low + kept].tolist()
        return found

    def _near(self, at: int, distance: int) -> Near:
        return Near(at, self.keys[at], distance, int(self.counts[at]))

    def _rarity(self, at: int) -> int:
        return -int(self.counts[at])


def _changed_in(words: Iterable[str], key: str, at: int) -> Iterator[str]:
    """What these words, equal to ``key`` before ``at``, begin with that differs
    there."""
    size, rest = len(key), key[at + 1 :]
    swapped = rest[:1] + key[at] + rest[1:]
    for word in words:
        if word.startswith(rest, at):
            yield word[: size - 1]
        if word.startswith(rest, at + 1) or word.startswith(swapped, at):
            yield word[:size]
        if word.startswith(key[at:], at + 1):
            yield word[: size + 1]


def build(
    rows: Iterable[tuple[str, int]], generation: int, documents: int
) -> Vocabulary:
    """A vocabulary of the index's terms, given in alphabetical order, with the number
    of documents each stands in."""
    plain: list[tuple[str, str, int]] = []
    foreign: list[tuple[str, str, int]] = []
    for term, count in rows:
        if term.isascii():
            if len(term) <= LONGEST_WORD:
                plain.append((term, term, count))
        elif 0 < len(key := fold(term)) <= LONGEST_WORD and not is_unspaced(key):
            foreign.append((key, term, count))
    # Folding has disturbed the order of these only, and a long sort would keep the
    # other threads waiting.
    foreign.sort()
    keys: list[str] = []
    counts: list[int] = []
    variants: dict[int, str] = {}
    for key, term, count in heapq.merge(plain, foreign):
        if key != term:
            variants[len(keys)] = term
        keys.append(key)
        counts.append(count)
    return assemble(keys, variants, counts, generation, documents)


def assemble(
    keys: list[str],
    variants: dict[int, str],
    counts: Iterable[int],
    generation: int,
    documents: int,
) -> Vocabulary:
    """A vocabulary from words that are in alphabetical order."""
    import numpy

    lengths = numpy.fromiter(map(len, keys), numpy.int64, len(keys))
    by_length = numpy.argsort(lengths, kind="stable")
    bounds = numpy.arange(LONGEST_WORD + 2)
    starts = numpy.searchsorted(lengths[by_length], bounds).tolist()
    offsets = (numpy.cumsum(lengths + 1) - lengths - 1).astype(numpy.uint32)
    signatures = _signatures(keys)
    return Vocabulary(
        generation=generation,
        keys=keys,
        variants=variants,
        counts=numpy.fromiter(counts, numpy.uint32, len(keys)),
        documents=documents,
        _by_length=by_length.astype(numpy.uint32),
        _starts=starts,
        _signatures=signatures[by_length],
        _joined="\n".join(keys),
        _offsets=offsets,
    )


def _bucket(code: int) -> int:
    """Which of the 36 classes a sign belongs to: letter, digit, or shared."""
    if 97 <= code <= 122:
        return code - 97
    if 48 <= code <= 57:
        return code - 22
    return code % 26


def signature(key: str) -> int:
    """The 64 bits of a word: bit of each letter and digit, 26 more for twice."""
    bits = 0
    for sign in key:
        bucket = _bucket(ord(sign))
        bit = 1 << bucket
        if bits & bit and bucket < 26:
            bit = 1 << (_BUCKETS + bucket)
        bits |= bit
    return bits


def _signatures(keys: list[str]) -> NDArray[uint64]:
    import numpy

    ascii_buckets = numpy.fromiter(map(_bucket, range(128)), numpy.int64, 128)
    once = numpy.uint64(1) << numpy.arange(_BUCKETS, dtype=numpy.uint64)
    twice = numpy.uint64(1) << numpy.arange(_BUCKETS, 62, dtype=numpy.uint64)
    result = numpy.zeros(len(keys), numpy.uint64)
    for first in range(0, len(keys), _CHUNK):
        chunk = keys[first : first + _CHUNK]
        codes = numpy.frombuffer(
            "".join(chunk).encode("utf-32-le", "surrogatepass"), numpy.uint32
        )
        buckets = numpy.where(
            codes < 128, ascii_buckets[numpy.minimum(codes, 127)], codes % 26
        )
        lengths = numpy.fromiter(map(len, chunk), numpy.int64, len(chunk))
        owners = numpy.repeat(numpy.arange(len(chunk)), lengths)
        places = owners * _BUCKETS + buckets.astype(numpy.int64)
        tally = numpy.bincount(places, minlength=len(chunk) * _BUCKETS)
        tally = tally.reshape(len(chunk), _BUCKETS)
        result[first : first + len(chunk)] = (tally >= 1).astype(
            numpy.uint64
        ) @ once + (tally[:, :26] >= 2).astype(numpy.uint64) @ twice
    return result
