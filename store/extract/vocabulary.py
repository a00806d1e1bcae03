"""The words of dates, numbers and sums in one language, read from a small file.

Vocabulary is data, grammar is code: a language is added by writing one file in
``data/words``. Without a language, or with one that has no file, the words of all
files are joined, in which the first file that knows a word wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

LANGUAGES = ("en", "it", "de", "fr", "es")
"""Languages with a full vocabulary, in the order in which the joint one is read."""

OWN_ONLY = ("pt", "nl")
"""Languages whose words count only where the language is known: too many of them are
words of the others."""

# Words that mean something else in another language: only when it is known.
_OWN_LANGUAGE_ONLY = {
    "month": frozenset({"may", "march", "mars", "mai", "august"}),
    "number": frozenset({"sei", "once", "elf", "sept", "six"}),
    "one": frozenset({"a", "an", "ein", "eine", "e"}),
    "scale": frozenset({"m", "k", "cent", "mille"}),
    "day": frozenset({"mañana", "hier", "morgen"}),
    "season": frozenset({"fall", "été", "estate", "spring"}),
    "edge": frozenset({"fine", "end", "late", "fin", "mi", "mid"}),
    "currency": frozenset({"real", "mark", "sol", "won", "pound", "pounds", "lira"}),
    "holiday": frozenset({"reyes", "rentrée", "ascension", "eid"}),
    "part": frozenset({"morgen", "notte", "tarde"}),
}


@dataclass(frozen=True)
class Vocabulary:
    """Kinds of words, each with the value of the word (0 where it has none)."""

    language: str
    """ISO 639-1, or ``""`` for the joint vocabulary."""
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    openers: frozenset[str] = frozenset()
    """Words with which a literal may begin."""

    def get(self, kind: str) -> dict[str, str]:
        """Return the words of a kind with their values."""
        return self.kinds.get(kind, {})

    def value(self, kind: str, word: str) -> int | None:
        """Return the number that ``word`` (lower case) stands for, if of this kind."""
        found = self.kinds.get(kind, {}).get(word)
        return int(found) if found else (0 if found is not None else None)

    def has(self, kind: str, word: str) -> bool:
        """Tell whether ``word`` (lower case) is of this kind."""
        return word in self.kinds.get(kind, {})


@lru_cache(maxsize=16)
def vocabulary(language: str | None) -> Vocabulary:
    """Return the vocabulary of a language (ISO 639-1, longer tags are cut)."""
    lang = (language or "")[:2].lower()
    if lang in (*LANGUAGES, *OWN_ONLY):
        kinds = _with_compounds(lang, _read(lang))
        return Vocabulary(lang, kinds, _openers(kinds))
    joint: dict[str, dict[str, str]] = {}
    for one in LANGUAGES:
        for kind, words in vocabulary(one).kinds.items():
            target = joint.setdefault(kind, {})
            skip = _OWN_LANGUAGE_ONLY.get(kind, frozenset())
            for word, value in words.items():
                if word not in skip:
                    target.setdefault(word, value)
    return Vocabulary("", joint, _openers(joint))


def _openers(kinds: dict[str, dict[str, str]]) -> frozenset[str]:
    inner = ("stop", "unit", "compound", "pre-adjective", "percent", "currency")
    return frozenset(
        word.partition(" ")[0]
        for kind, words in kinds.items()
        if kind not in inner
        for word in words
    )


def _read(lang: str) -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    content = (DATA / "words" / f"{lang}.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, _, rest = line.partition(":")
        words = kinds.setdefault(kind, {})
        for entry in rest.split():
            word, _, value = entry.partition("=")
            words[word.replace("_", " ")] = value
    return kinds


def _with_compounds(
    lang: str, kinds: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Add the words that a language writes in one piece."""
    from store.extract import spelling

    numbers = kinds.setdefault("number", {})
    for word, value in spelling.number_words(lang):
        numbers.setdefault(word, str(value))
    if lang == "de":  # Mittwochabend
        days = dict(kinds["weekday"])
        parts = (*kinds["part"], "mittags", "abends")
        kinds["weekday"].update(
            {day + part: value for day, value in days.items() for part in parts}
        )
    return kinds
