"""Title, date and the like, for a text whose file does not say them.

Only the first lines are looked at, and nothing is taken out of them: the text is
evidence and stays as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.ingest.clean import one_line
from store.ingest.dates import date_in_name, find_date, iso_date

HEAD = 4000
"""Code points in which the first lines are looked for."""

TITLE = 200
"""A longer first line is a paragraph, not a heading."""

CUT = 120
"""Where a sentence that serves as title is cut."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]?(?=\s)|[。！？][」』”]?")
_URL = re.compile(r"https?://\S{4,2000}")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_BY = frozenset({"by", "di", "von", "par", "por", "door", "da"})
_BETWEEN = frozenset({"and", "e", "und", "et", "y", "en", "&", "de", "van", "von"})
_TODAY = re.compile(r"\b(?:oggi|today|heute|aujourd['’]hui|hoy|hoje|vandaag),? ", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the first lines of a text say of it; ``None`` where they say nothing."""

    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


def title_of(text: str) -> str:
    """A title: the heading the text begins with, else its first sentence, cut.

    A heading is a first line of at most 200 code points with something below it,
    that does not end like a sentence unless it is short. Empty for an empty text.
    """
    head = text[:HEAD].lstrip()
    first, _, rest = head.partition("\n")
    first = first.strip()
    bare = first.lstrip("#").strip() if first.startswith("#") else first
    if rest.strip() and len(bare) <= TITLE and _is_heading(bare):
        return one_line(bare)
    return _first_sentence(bare)


def _is_heading(line: str) -> bool:
    if not any(map(str.isalnum, line)):
        return False
    if line.endswith((",", ";")):
        return False
    return len(line) <= 60 or not line.endswith((".", "。"))


def _first_sentence(line: str) -> str:
    """The first sentence of a line, at most ``CUT`` code points at a word's end."""
    line = one_line(line, HEAD)
    for match in _SENTENCE_END.finditer(line):
        before = line[: match.start()].rsplit(" ", 1)[-1]
        if match.start() >= 20 and not _is_short_form(before):
            line = line[: match.end()]
            break
    if len(line) <= CUT:
        return line
    cut = line[: CUT - 1]
    if not line[CUT - 1].isspace() and " " in cut[CUT // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-") + "…"


def _is_short_form(word: str) -> bool:
    """``U.S``, ``Dr``, ``J``: what has a full stop without ending a sentence."""
    return "." in word or (len(word) <= 3 and word[:1].isupper())


def facts_of(text: str) -> Facts:
    """Source, author, date, language and address from the first lines of a text."""
    lines = [line.strip() for line in text[:HEAD].split("\n")]
    lines = [line for line in lines if line][:6]
    for line in lines[:3]:
        header = _header(line)
        if header is not None:
            return header
    published = next((d for d in map(_date_line, lines) if d), None)
    return Facts(author=_author(lines), published=published)


def _header(line: str) -> Facts | None:
    """A line such as ``The Gazette | 2026-02-11 | en | https://…``."""
    parts = [part.strip() for part in line.split(" | ")]
    if not 2 <= len(parts) <= 8 or len(line) > 2500:
        return None
    source = author = published = language = url = None
    for part in parts:
        if _URL.fullmatch(part):
            url = url or part
        elif _LANGUAGE.fullmatch(part):
            language = language or part[:2]
        elif (day := _whole_date(part)) is not None:
            published = published or day
        elif (named := _named(part)) is not None:
            author = author or named
        else:
            source = source or one_line(part, 200)
    if published is None and url is None:
        return None
    return Facts(source, author, published, language, url)


def _whole_date(part: str) -> str | None:
    """A date, if nothing else is there but perhaps a time and a day of the week."""
    found = find_date(part[:80])
    if found is None or len(part) > 60:
        return None
    return iso_date(part) if len(part) - (found[2] - found[1]) <= 16 else None


def _date_line(line: str) -> str | None:
    """The date of a line that is there for it, or of a dateline before a dash."""
    found = find_date(line[:160])
    if found is None:
        return None
    day, start, end = found
    after = line[end:].lstrip(" )")
    if len(line) <= 100 and len(line) - (end - start) <= 60 and start <= 70:
        ends_like_prose = line.endswith((".", "?", "!")) and after not in ("", ".")
        return None if ends_like_prose or _words(line) > 12 else day
    return day if start <= 40 and after[:1] in ("–", "—", "-") else None


def _words(line: str) -> int:
    return len(line.split())


def _author(lines: list[str]) -> str | None:
    """A byline among the lines below the title."""
    return next((found for found in map(_named, lines[1:4]) if found), None)


def _named(line: str) -> str | None:
    """Who is named by a line such as ``By Ada Bruni and Carl Dell``."""
    words = line[:160].split()
    if not 3 <= len(words) <= 12 or words[0].lower() not in _BY or len(line) > 160:
        return None
    names = [word for word in words[1:] if word.lower() not in _BETWEEN]
    if len(names) < 2 or not all(
        w[0].isupper() and w[-1] not in ".!?:;" for w in names
    ):
        return None
    return one_line(" ".join(words[1:]).rstrip(","), 200)


def date_outside(text: str, name: str) -> tuple[str, str] | None:
    """A date from elsewhere and where from: the file's name, or "today, …" in the text.

    News that says "today, 30 January 2026" was published on that day.
    """
    if (day := date_in_name(name)) is not None:
        return day, "file name"
    for match in _TODAY.finditer(text[: 5 * HEAD]):
        found = find_date(text[match.end() : match.end() + 40])
        if found is not None and found[1] <= 12:
            return found[0], "text"
    return None
