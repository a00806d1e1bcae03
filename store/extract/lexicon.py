"""What annotated text says about words and phrases: how often each is a name.

The lexicon of a model is counted on text that the sentence in hand is not part of:
in training, a document is described with the counts of all other parts; in use,
with those of all parts. Otherwise the tagger would learn to believe it blindly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from store.extract.forms import is_capital
from store.extract.tokens import Token
from store.extract.vocabulary import DATA

FILE = DATA / "models" / "lexicon.txt"

LONGEST = 6
"""Tokens of the longest phrase that is looked up."""

_LETTERS = {
    "PER": "P", "ORG": "O", "LOC": "L", "PRODUCT": "R", "EVENT": "E", "WORK": "W"
}  # fmt: skip
_LEAST = 2


@dataclass(frozen=True)
class Lexicon:
    """Words with their shares, phrases with their type; all lower case."""

    words: dict[str, str]
    """Four levels (0 to 4) of PER, ORG, LOC, other names; then how often it is seen."""
    phrases: dict[str, str]
    """Tokens joined by blanks to the letter of the one type they have."""

    @cached_property
    def table(self) -> Phrases:
        """The phrases, made ready for look-up."""
        return Phrases.of(self.phrases.items())


@dataclass
class Counts:
    """How often words and phrases have each type."""

    words: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    phrases: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def add(
        self, toks: Sequence[Token], labels: Sequence[str], partial: bool = False
    ) -> None:
        """Count the tokens of a text by their IOB labels.

        ``partial`` text marks PER, ORG and LOC only: what it does not mark may
        still be a product.
        """
        phrase: list[str] = []
        kind = ""
        for token, label in zip(toks, labels, strict=True):
            if label[0] != "I" and phrase:
                self.phrases[" ".join(phrase)][kind] += 1
                phrase = []
            if label != "O":
                kind = _LETTERS[label[2:]]
                phrase.append(token.low)
            if is_capital(token.text):
                self.words[token.low][kind if label != "O" else "-"] += 1
        if phrase:
            self.phrases[" ".join(phrase)][kind] += 1

    def merge(self, other: Counts) -> None:
        """Add the counts of ``other``."""
        for mine, theirs in ((self.words, other.words), (self.phrases, other.phrases)):
            for name, counted in theirs.items():
                mine[name].update(counted)

    def lexicon(self, without: Counts | None = None) -> Lexicon:
        """Return the lexicon of these counts, less those of one part of the text."""
        words, phrases = {}, {}
        for name, counted in self.words.items():
            left = _less(counted, without.words.get(name) if without else None)
            if left.total() >= _LEAST and name[0].isalpha():
                words[name] = _levels(left)
        for name, counted in self.phrases.items():
            left = _less(counted, without.phrases.get(name) if without else None)
            if left and (" " in name or left.total() >= _LEAST):
                kind, most = left.most_common(1)[0]
                if most * 5 >= left.total() * 4:
                    phrases[name] = kind
        return Lexicon(words, phrases)


def _less(counted: Counter[str], others: Counter[str] | None) -> Counter[str]:
    return counted - others if others else counted


def _levels(counted: Counter[str]) -> str:
    total = counted.total()
    names = total - counted["-"]
    other = names - counted["P"] - counted["O"] - counted["L"]
    shares = (counted["P"], counted["O"], counted["L"], other)
    levels = "".join(str(min(4, share * 5 // total)) for share in shares)
    return levels + str(min(4, total.bit_length() - 1))


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """Return the lexicon beside the models; the first call reads it."""
    words, _, phrases = FILE.read_text(encoding="utf-8").partition("\n\n")
    return Lexicon(
        {line[6:]: line[:5] for line in words.split("\n") if line},
        {line[2:]: line[0] for line in phrases.split("\n") if line},
    )


def written(lexicon: Lexicon) -> str:
    """Return the text of the file that ``shipped`` reads."""
    words = sorted(f"{levels} {word}" for word, levels in lexicon.words.items())
    phrases = sorted(f"{kind} {name}" for name, kind in lexicon.phrases.items())
    return "\n".join(words) + "\n\n" + "\n".join(phrases) + "\n"


def matches(lows: Sequence[str], starts: Sequence[bool], phrases: Phrases) -> list[str]:
    """Return for each token its place in the longest listed phrase (``B O``), or "".

    A phrase begins only where ``starts`` is true, which spares most look-ups.
    """
    marks = [""] * len(lows)
    at = 0
    while at < len(lows):
        longest = phrases.longest.get(lows[at], 0) if starts[at] else 0
        length = 0
        for size in range(min(longest, len(lows) - at), 0, -1):
            kind = phrases.kinds.get(" ".join(lows[at : at + size]))
            if kind:
                length = size
                break
        if length:
            marks[at] = f"S{kind}" if length == 1 else f"B{kind}"
            for inner in range(at + 1, at + length):
                marks[inner] = f"I{kind}"
        at += max(length, 1)
    return marks


@dataclass(frozen=True)
class Phrases:
    """Phrases by their tokens, and how long those with a first token can be."""

    kinds: dict[str, str]
    longest: dict[str, int]

    @classmethod
    def of(cls, kinds: Iterable[tuple[str, str]]) -> Phrases:
        """Prepare (phrase, kind) pairs for look-up; tokens are joined by blanks."""
        table: dict[str, str] = {}
        longest: dict[str, int] = {}
        for phrase, kind in kinds:
            size = phrase.count(" ") + 1
            if size > LONGEST:
                continue
            known = table.get(phrase, "")
            table[phrase] = known if kind in known else "".join(sorted(known + kind))
            first = phrase.partition(" ")[0]
            longest[first] = max(longest.get(first, 0), size)
        return cls(table, longest)
