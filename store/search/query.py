"""What a person typed, understood: words, exact phrases, what must not be, filters.

There is no wrong query: whatever is not understood as something special is text.
``"…"`` is an exact phrase, ``-word`` excludes, ``source:NAME`` and the other names in
``FILTERS`` narrow, everything else is a word, and the words may stand in any order.
Nothing of it reaches the index but quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from store.search.fold import WORD, Folded, fold, is_unspaced

LONGEST = 2000
"""Code points of a query that are looked at; a pasted page is no query."""

MOST_WORDS = 16

FILTERS = (
    *("title", "entity", "tag", "source", "language", "since", "until", "collection"),
)
"""Names that narrow with a colon and a value behind them."""

_NAMES = "|".join(FILTERS)
_ITEM = re.compile(
    rf'(?P<not>-?)(?P<name>{_NAMES}):(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>[^\s"]+))'
    r'|(?P<minus>-?)"(?P<phrase>[^"]*)"?'
    r'|(?P<word>[^\s"]+)',
    re.IGNORECASE,
)
_BEGUN = re.compile(rf'(?:^|\s)-?(?:{_NAMES}):"?$', re.IGNORECASE)
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
class Filter:
    """One ``name:value`` of a query."""

    name: str
    """One of ``FILTERS``."""
    value: str
    """As typed, without quotation marks."""
    is_not: bool = False
    is_open: bool = False
    """The value may still be in the middle of being typed."""

    @property
    def shown(self) -> str:
        """As it is typed."""
        return f"{'-' if self.is_not else ''}{filter_text(self.name, self.value)}"


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
    filters: tuple[Filter, ...] = ()
    """What narrows; ``store.search.narrowing`` knows what it means in a library."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for, filters aside."""
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
    begun = _BEGUN.search(text)
    if begun is not None and text[: begun.start()].strip():
        # A filter of which only the name is typed asks for nothing yet.
        text = text[: begun.start()] + " "
    query = _parse(text, minus=True)
    if query.is_empty and query.without and not query.filters:
        # Only exclusions: more likely text that begins with a hyphen.
        query = _parse(text, minus=False)
    if query.is_empty and not query.without:
        # Only signs that no index holds, such as a currency sign or an emoji.
        signs = _signs(text) if query.filters else text.strip()
        return replace(query, inside=(signs,)) if signs else query
    return query


def _signs(text: str) -> str:
    """What is typed beside filters where it is no word; a lone quotation mark or
    hyphen is the beginning of something."""
    items = (match.group() for match in _ITEM.finditer(text) if not match["name"])
    return " ".join(item for item in items if not item.isascii())


def _parse(text: str, *, minus: bool) -> Query:
    words: dict[str, Word] = {}
    phrases: list[str] = []
    inside: list[str] = []
    without: list[str] = []
    filters: list[Filter] = []
    is_open = False
    for match in _ITEM.finditer(text):
        is_last = match.end() == len(text)
        narrowing = _filter(match, is_last=is_last)
        if narrowing is not None:
            is_open = False
            filters.append(narrowing)
            continue
        part = match["phrase"] if match["phrase"] is not None else match["word"]
        # A filter without a value is text too.
        part = match.group() if part is None else part
        excluded = minus and (bool(match["minus"]) or part.startswith("-"))
        found = list(_words(part))
        is_open = False
        if not found:
            continue
        if excluded:
            without.append(part)
        elif is_unspaced(part):
            inside.append(part.strip())
        elif match["phrase"] is not None or _FRAGMENTED.search(part):
            phrases.append(part)
        else:
            for word in found:
                words.pop(word.key, None)  # a repeated word counts where it is last
                words[word.key] = word
            is_open = is_last and text[-1].isalnum()
    kept = list(words.values())[-MOST_WORDS:]
    return Query(
        tuple(kept),
        tuple(dict.fromkeys(phrases[:MOST_WORDS])),
        tuple(dict.fromkeys(inside[:MOST_WORDS])),
        tuple(dict.fromkeys(without[:MOST_WORDS])),
        is_open and bool(kept),
        tuple(dict.fromkeys(filters[:MOST_WORDS])),
    )


def _filter(match: re.Match[str], *, is_last: bool) -> Filter | None:
    """The filter that an item is; ``None`` where it is text."""
    if match["name"] is None:
        return None
    name = match["name"].casefold()
    value = " ".join((match["quoted"] or match["bare"] or "").split())
    if not value or (name == "title" and not any(_words(value))):
        return None
    return Filter(name, value, bool(match["not"]), is_last and not match["closed"])


def _words(part: str) -> Iterator[Word]:
    folded = Folded.of(part)
    for match in WORD.finditer(folded.text):
        place = folded.span(match.start(), match.end())
        if place is not None:
            yield Word(part[place[0] : place[1]], match.group())


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text."""
    return tuple(_words(text))


def plain(text: str) -> str:
    """A name as names are compared: folded words with one blank between them."""
    folded = fold(text)
    return " ".join(WORD.findall(folded)) or folded.strip()


def filter_text(name: str, value: str) -> str:
    """A filter as it is typed; values with blanks stand in quotation marks."""
    value = value.replace('"', " ")
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"


def quoted(text: str) -> str:
    """A string for the index that means only its words, never an operator."""
    return '"' + text.replace('"', " ") + '"'
