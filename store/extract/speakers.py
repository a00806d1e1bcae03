"""Who speaks: the words around a quotation, and the names among them.

A verb of saying stands behind the passage, before it, or between two parts of it; who
speaks is named beside the verb. A pronoun, or a verb without any subject, means the
person named last before; ``said the company`` the organisation named last before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from store import sentences
from store.extract.quotation_marks import Passage
from store.extract.vocabulary import vocabulary
from store.model import Found

_WORDS = Path(__file__).parent / "data" / "words"
_LANGUAGES = ("en", "it", "de", "fr", "es", "pt")
_WORD = re.compile(r"[^\W\d_]+")
_TITLE = re.compile(r" (?:[^\W\d_A-Z]+ ){1,4}")
_WINDOW = 260
"""Code points before and behind a quotation in which a verb is looked for."""
_BACK = 3000
"""Code points over which a pronoun reaches."""
_TO_SOMEBODY = frozenset({"told", "tells", "asked", "asks", "thanked", "praised"})
_ITSELF = frozenset({"se", "s", "si"})
_CLOSE = 4
_FAR = 14
"""Words between quotation and verb, with and without a name among them."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of one language that tell of speech, in lower case."""

    language: str | None
    verbs: frozenset[str]
    sources: frozenset[str]
    """``according``, ``laut``: who speaks is named right behind."""
    pronouns: frozenset[str]
    bodies: frozenset[str]
    """Nouns for an organisation named before: ``company``."""
    to: frozenset[str]
    """Words before a name that is spoken to, and does not speak."""
    somebody: frozenset[str]
    """Words that begin a subject who stays without a name: ``a``."""


class Said(NamedTuple):
    """Whether somebody is said to say a passage, and who."""

    is_said: bool = False
    speaker: Place | None = None
    is_close: bool = False
    """Whether the verb stands right beside the passage."""
    behind: bool = False
    """Whether it stands behind it."""


class _Word(NamedTuple):
    low: str
    start: int
    end: int


@lru_cache(maxsize=8)
def saying(language: str | None) -> Saying:
    """The words of a language (ISO 639-1, longer tags are cut); of all languages
    where it is none of those that have a list."""
    lang = (language or "")[:2].lower()
    kinds: dict[str, set[str]] = {}
    for one in (lang,) if lang in _LANGUAGES else _LANGUAGES:
        content = (_WORDS / f"saying_{one}.txt").read_text(encoding="utf-8")
        for line in content.splitlines():
            kind, _, rest = line.partition(": ")
            if not line.startswith("#"):
                kinds.setdefault(kind, set()).update(rest.split())
    return Saying(
        language,
        frozenset(kinds["verb"]),
        frozenset(kinds["source"]),
        frozenset(kinds["pronoun"]),
        frozenset(kinds["body"]),
        frozenset(kinds["to"]),
        frozenset(kinds["some"]),
    )


class Scene:
    """A text with its names, asked who speaks a passage."""

    def __init__(
        self,
        text: str,
        found: Sequence[Found],
        passages: Sequence[Passage],
        words: Saying,
    ) -> None:
        """Names inside ``passages`` (in order) are spoken of; they do not speak."""
        self._text = text
        self._words = words
        starts = [one.start for one in passages]
        self._named = [
            one
            for one in found
            if one.type in ("PER", "ORG")
            and not (
                (at := bisect_right(starts, one.start) - 1) >= 0
                and one.start < passages[at].end
            )
        ]
        self._starts = [one.start for one in self._named]

    def around(self, passage: Passage, floor: int, ceiling: int) -> Said:
        """Who speaks ``passage``; looked for from ``floor`` to ``ceiling``, the ends of
        the passages beside it."""
        behind = self._behind(passage, ceiling)
        if behind.is_close:
            return behind
        before = self._before(passage, floor)
        if before.is_close or (before.is_said and not behind.is_said):
            return before
        return behind

    def directly_behind(self, at: int, stop: int) -> Said:
        """Who speaks what ends at ``at``, where the verb follows at once."""
        end = self._sentence_end(at, min(stop, at + _WINDOW))
        return self._told(at, end, is_open=True, place=at)

    # Behind ---------------------------------------------------------------------

    def _behind(self, passage: Passage, ceiling: int) -> Said:
        text, end = self._text, passage.end
        last = text[passage.last - 1] if passage.last > passage.first else ""
        following = text[end : end + 2].strip()
        if following[:1] in ("", ".", "?", "!", ":", ";", ")") and following:
            return Said()
        after = text[end : end + 3].lstrip(" \u00a0")[:1]
        if last == "." and after.isupper():
            return Said()
        stop = self._sentence_end(end, min(ceiling, end + _WINDOW))
        is_open = after in (",", "–", "—", "-") or last in (",", "!", "?", "…")
        return self._told(end, stop, is_open=is_open, place=passage.start)

    def _sentence_end(self, at: int, stop: int) -> int:
        line = self._text.find("\n", at, stop)
        stop = stop if line < 0 else line
        for _, end in sentences.spans(self._text, at, stop, self._words.language):
            return end
        return stop

    def _told(self, at: int, stop: int, *, is_open: bool, place: int) -> Said:
        """Read the words behind a passage. ``is_open``: it does not end the sentence
        by itself; ``place``: from where pronouns look back."""
        words = self._read(at, stop)
        if not words:
            return Said()
        if words[0].low in self._words.sources:
            named = self._first(words[0].end, stop)
            if named is not None and named.start - words[0].end < 40:
                return Said(True, self._whole(named), is_open, True)
        verb = next((n for n, one in enumerate(words) if self._is_verb(one)), None)
        if verb is None or verb > _FAR:
            return self._any_verb(words, stop) if is_open else Said()
        subject = self._subject_between(at, words[verb].start)
        near = verb <= _CLOSE or subject is not None
        close = (is_open and near) or verb <= 1
        speaker = None if subject is None else self._whole(subject)
        if speaker is None:
            speaker = self._subject_near(words, verb, stop, place)
        return Said(True, speaker, close, True)

    def _any_verb(self, words: Sequence[_Word], stop: int) -> Said:
        """``…», smiles Rossi``: an unknown word, and a name soon behind it."""
        first = words[1 if words[0].low in _ITSELF and len(words) > 1 else 0]
        stops = vocabulary(self._words.language)
        if not self._text[first.start].islower() or stops.has("stop", first.low):
            return Said()
        named = self._behind_verb(first.end, min(stop, first.end + 70))
        if named is None:
            return Said()
        return Said(True, self._whole(named), True, True)

    # Before ---------------------------------------------------------------------

    def _before(self, passage: Passage, floor: int) -> Said:
        low, high = self._lead(passage.start, floor)
        words = self._read(low, high)
        if not words:
            return Said()
        lead = self._text[low:high].rstrip()
        colon = lead.endswith(":")
        verbs = [n for n, one in enumerate(words) if self._is_verb(one)]
        source = self._by_source(words, high)
        if source is not None and not verbs:
            return Said(True, source, colon or lead.endswith(","))
        if not verbs:
            named = self._last(low, high)
            if colon and named is not None and high - named.end < 60:
                return Said(True, self._whole(named), True)
            return Said()
        verb = verbs[-1]
        close = colon or len(words) - verb <= 3
        subject = self._subject_between(low, words[verb].start)
        if subject is not None and self._words_apart(words, verb, subject) > _FAR:
            subject = None
        if subject is not None and not self._is_pronoun_at(words, verb):
            return Said(True, self._whole(subject), close)
        return Said(True, self._subject_near(words, verb, high, low), close)

    def _lead(self, start: int, floor: int) -> Place:
        """The words in front of a passage, as far as they belong to its sentence."""
        text = self._text
        begin = text.rfind("\n", 0, start) + 1
        if not text[begin:start].strip():  # the line before may end with a colon
            end = start
            while end > floor and text[end - 1].isspace():
                end -= 1
            if end == floor or text[end - 1] != ":":
                return start, start
            begin, start = text.rfind("\n", 0, end) + 1, end
        low = max(begin, floor, start - _WINDOW)
        spans = list(sentences.spans(text, low, start, self._words.language))
        if not spans or text[spans[-1][1] - 1] in ".!?…":
            return start, start
        return spans[-1][0], start

    def _by_source(self, words: Sequence[_Word], stop: int) -> Place | None:
        for word in words:
            if word.low in self._words.sources:
                named = self._first(word.end, stop)
                if named is not None and named.start - word.end < 40:
                    return self._whole(named)
        return None

    # Names and words --------------------------------------------------------------

    def _read(self, low: int, high: int) -> list[_Word]:
        return [
            _Word(match.group().lower(), match.start(), match.end())
            for match in _WORD.finditer(self._text, low, high)
        ]

    def _is_verb(self, word: _Word) -> bool:
        if word.low not in self._words.verbs or self._in_name(word.start):
            return False
        return self._text[word.start - 1 : word.start] != "-"  # so-called

    def _in_name(self, at: int) -> bool:
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._named[place].end

    def _between(self, low: int, high: int) -> list[Found]:
        first, last = (
            bisect_right(self._starts, low - 1),
            bisect_right(self._starts, high - 1),
        )
        return self._named[first:last]

    def _first(self, low: int, high: int) -> Found | None:
        named = self._between(low, high)
        return named[0] if named else None

    def _last(self, low: int, high: int) -> Found | None:
        named = self._between(low, high)
        return named[-1] if named else None

    def _subject_between(self, low: int, verb: int) -> Found | None:
        """The name before a verb that is its subject: a person before a body, unless
        the body alone stands beside the verb."""
        named = self._between(low, verb)
        if not named:
            return None
        people = [one for one in named if one.type == "PER"]
        if not people:
            return named[-1] if "," not in self._text[named[-1].end : verb] else None
        last, person = named[-1], people[-1]
        if last.type == "ORG" and "," not in self._text[last.end : verb]:
            between = self._read(person.end, last.start)
            if any(self._is_verb(word) for word in between):
                return last
        return person

    def _words_apart(self, words: Sequence[_Word], verb: int, named: Found) -> int:
        return sum(1 for word in words[:verb] if word.start >= named.end)

    def _is_pronoun_at(self, words: Sequence[_Word], verb: int) -> bool:
        beside = words[max(verb - 2, 0) : verb]
        return any(word.low in self._words.pronouns for word in beside)

    def _subject_near(
        self, words: Sequence[_Word], verb: int, stop: int, place: int
    ) -> Place | None:
        """Who is named behind the verb, or is meant by what stands beside it."""
        known = self._words
        behind = words[verb + 1 : verb + 4]
        beside = [*words[max(verb - 2, 0) : verb], *behind[:2]]
        if any(word.low in known.pronouns for word in beside):
            return self._earlier(place, "PER")
        if words[verb].low not in _TO_SOMEBODY:
            named = self._behind_verb(words[verb].end, stop)
            if named is not None:
                return self._whole(named)
        around = [*words[max(verb - 4, 0) : verb], *behind]
        if any(word.low in known.somebody for word in (*words[:1], *behind[:1])):
            return None
        if any(word.low in known.bodies for word in around):
            return self._earlier(place, "ORG")
        return self._earlier(place, "PER")

    def _behind_verb(self, at: int, stop: int) -> Found | None:
        """The first person behind a verb; a body only where it follows at once."""
        named = [
            one
            for one in self._between(at, min(stop, at + 140))
            if self._word_before(one.start) not in self._words.to
        ]
        if not named:
            return None
        people = [one for one in named if one.type == "PER"]
        if people:
            holder = len(people) > 1 and self._is_title(people[0], people[1])
            return people[1] if holder else people[0]
        between = self._read(at, named[0].start)
        return named[0] if len(between) <= 2 else None

    def _is_title(self, first: Found, person: Found) -> bool:
        """``Harrow council member Ida Weiss``: the first name only says of what."""
        between = self._text[first.end : person.start]
        if " " in first.surface or " " not in person.surface:
            return False
        if not _TITLE.fullmatch(between):
            return False
        stops = vocabulary(self._words.language)
        words = self._read(first.end, person.start)
        return not any(stops.has("stop", w.low) or self._is_verb(w) for w in words)

    def _word_before(self, at: int) -> str:
        words = self._read(max(at - 12, 0), at)
        return words[-1].low if words else ""

    def _earlier(self, place: int, type: str) -> Place | None:
        """The mention of a type that stands last before a place."""
        at = bisect_right(self._starts, place - 1) - 1
        while at >= 0 and place - self._starts[at] < _BACK:
            if self._named[at].type == type:
                return self._whole(self._named[at])
            at -= 1
        return None

    def _whole(self, named: Found) -> Place:
        """Where a person of one name was last called by the whole name."""
        if named.type == "PER" and " " not in named.surface:
            at = bisect_right(self._starts, named.start - 1) - 1
            while at >= 0:
                one = self._named[at]
                parts = one.surface.split()
                if one.type == "PER" and len(parts) > 1 and named.surface in parts:
                    return one.start, one.end
                at -= 1
        return named.start, named.end
