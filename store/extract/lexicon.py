"""What annotated text says about words and phrases: how often each is a name.

The lexicon of a model is counted on text that the sentence in hand is not part of:
in training, a document is described with the counts of all other parts; in use,
with those of all parts. Otherwise the tagger would learn to believe it blindly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from store.extract.forms import is_capital
from store.extract.tokens import Token
from store.extract.vocabulary import DATA

FILE = DATA / "models" / "lexicon.txt"
LISTED = DATA / "models" / "listed.txt"

LONGEST = 6
"""Tokens of the longest phrase that is looked up."""

_LETTERS = {
    "PER": "P", "ORG": "O", "LOC": "L", "PRODUCT": "R", "EVENT": "E", "WORK": "W"
}  # fmt: skip
_LEAST = 2


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first token; a line of them is read when it is first asked for.

    Tokens are lower case and joined by blanks.
    """

    lines: dict[str, str]
    """First token to ``kind rest`` of each phrase, with tabs between them."""
    _known: dict[str, Beginning] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, kinds: Iterable[tuple[str, str]]) -> Phrases:
        """Prepare (phrase, kind) pairs; kinds of one phrase are put together."""
        table: dict[str, str] = {}
        for phrase, kind in kinds:
            known = table.setdefault(phrase, kind)
            if kind not in known:
                table[phrase] = "".join(sorted(known + kind))
        lines: dict[str, list[str]] = {}
        for phrase, kind in sorted(table.items()):
            if phrase.count(" ") < LONGEST:
                first, _, rest = phrase.partition(" ")
                lines.setdefault(first, []).append(f"{kind} {rest}")
        return cls({first: "\t".join(rests) for first, rests in lines.items()})

    @classmethod
    def read(cls, text: str) -> Phrases:
        """Return the phrases of what ``written`` gave."""
        return cls(dict(line.split("\t", 1) for line in text.split("\n") if line))

    def written(self) -> str:
        """Return the lines of a file: a first token, a tab, what ``lines`` holds."""
        return "".join(f"{first}\t{line}\n" for first, line in self.lines.items())

    def kinds(self) -> dict[str, str]:
        """Return every phrase with its kinds."""
        return {
            f"{first} {rest}".rstrip(): kind
            for first in self.lines
            for rest, kind in self.beginning(first)[1].items()
        }

    def beginning(self, first: str) -> Beginning:
        """Return the phrases that begin with a token."""
        found = self._known.get(first)
        if found is None:
            found = _NONE
            if first in self.lines:
                parts = (one.split(" ", 1) for one in self.lines[first].split("\t"))
                rests = {rest: kind for kind, rest in parts}
                most = max(rest.count(" ") + 2 if rest else 1 for rest in rests)
                found = self._known[first] = (most, rests)
        return found


Beginning = tuple[int, dict[str, str]]
"""Tokens of the longest phrase with a first token; what follows it, with the kind."""

_NONE: Beginning = (0, {})


@dataclass(frozen=True)
class Lexicon:
    """Words with their shares, phrases with their type; all lower case."""

    words: dict[str, str]
    """Four levels (0 to 4) of PER, ORG, LOC, other names; then how often it is seen."""
    phrases: Phrases
    """With the one type they have."""


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
        return Lexicon(words, Phrases.of(phrases.items()))


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
        Phrases.read(phrases),
    )


@lru_cache(maxsize=1)
def listed() -> Phrases:
    """Return the names of all lists, by their tokens; the first call reads them."""
    return Phrases.read(LISTED.read_text(encoding="utf-8"))


def written(lexicon: Lexicon) -> str:
    """Return the text of the file that ``shipped`` reads."""
    words = sorted(f"{levels} {word}" for word, levels in lexicon.words.items())
    return "\n".join(words) + "\n\n" + lexicon.phrases.written()


def matches(lows: Sequence[str], starts: Sequence[bool], phrases: Phrases) -> list[str]:
    """Return for each token its place in the longest listed phrase (``B O``), or "".

    A phrase begins only where ``starts`` is true, which spares most look-ups.
    """
    marks = [""] * len(lows)
    at = 0
    while at < len(lows):
        longest, kinds = phrases.beginning(lows[at]) if starts[at] else _NONE
        length = 0
        for size in range(min(longest, len(lows) - at), 0, -1):
            kind = kinds.get(" ".join(lows[at + 1 : at + size]))
            if kind:
                length = size
                break
        if length:
            marks[at] = f"S{kind}" if length == 1 else f"B{kind}"
            for inner in range(at + 1, at + length):
                marks[inner] = f"I{kind}"
        at += max(length, 1)
    return marks
