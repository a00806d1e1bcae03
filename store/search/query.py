"""What a person typed, understood: words, exact phrases, words that must not stand.

There is no wrong query: whatever is not understood as something special is text.
``"…"`` is an exact phrase, ``-word`` excludes, everything else is a word, and the
words may stand in any order. Nothing of it reaches the index but quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.search.fold import WORD, Folded, fold, is_unspaced

LONGEST = 2000
"""Code points of a query that are looked at; a pasted page is no query."""

MOST_WORDS = 16

_ITEM = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_FRAGMENTED = re.compile("[\u0900-\u0dff]")
# The index cuts words of Indic scripts at their vowel signs; as a phrase the
# pieces are found together again.


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and folded for comparing."""

    raw: str
    key: str


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. Empty when nothing in it can be searched for."""

    words: tuple[Word, ...] = ()
    phrases: tuple[str, ...] = ()
    """To stand exactly so, accents and case aside; raw, never empty of words."""
    inside: tuple[str, ...] = ()
    """Text of a script without blanks between words, or signs, to stand anywhere."""
    without: tuple[str, ...] = ()
    """Words or phrases that must not stand."""
    is_open: bool = False
    """The last word may still be in the middle of being typed."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.phrases or self.inside)

    @property
    def folded(self) -> str:
        """Everything to look for as one folded line, as names are compared."""
        parts = [word.key for word in self.words]
        parts += [" ".join(WORD.findall(fold(p))) for p in self.phrases]
        parts += [fold(part) for part in self.inside]
        return " ".join(parts)


def parse(text: str) -> Query:
    """Understand a query. Never fails, whatever the text."""
    # Neither NUL nor half a sign from a broken terminal can be asked for.
    text = _IMPOSSIBLE.sub(" ", text[:LONGEST])
    query = _parse(text, minus=True)
    if query.is_empty and query.without:
        # Only exclusions: more likely text that begins with a hyphen.
        query = _parse(text, minus=False)
    if query.is_empty and text.strip():
        # Only signs that no index holds, such as a currency sign or an emoji.
        return Query(inside=(text.strip(),))
    return query


def _parse(text: str, *, minus: bool) -> Query:
    words: dict[str, Word] = {}
    phrases: list[str] = []
    inside: list[str] = []
    without: list[str] = []
    is_open = False
    for match in _ITEM.finditer(text):
        part = match["phrase"] if match["word"] is None else match["word"]
        excluded = minus and (bool(match["minus"]) or part.startswith("-"))
        found = _words(part)
        is_open = False
        if not found:
            continue
        if excluded:
            without.append(part)
        elif is_unspaced(part):
            inside.append(part.strip())
        elif match["word"] is None or _FRAGMENTED.search(part):
            phrases.append(part)
        else:
            for word in found:
                words.pop(word.key, None)  # a repeated word counts where it is last
                words[word.key] = word
            is_open = match.end() == len(text) and text[-1].isalnum()
    kept = list(words.values())[-MOST_WORDS:]
    return Query(
        tuple(kept),
        tuple(dict.fromkeys(phrases[:MOST_WORDS])),
        tuple(dict.fromkeys(inside[:MOST_WORDS])),
        tuple(dict.fromkeys(without[:MOST_WORDS])),
        is_open and bool(kept),
    )


def _words(part: str) -> list[Word]:
    folded = Folded.of(part)
    found = []
    for match in WORD.finditer(folded.text):
        place = folded.span(match.start(), match.end())
        if place is not None:
            found.append(Word(part[place[0] : place[1]], match.group()))
    return found


def quoted(text: str) -> str:
    """A string for the index that means only its words, never an operator."""
    return '"' + text.replace('"', " ") + '"'
