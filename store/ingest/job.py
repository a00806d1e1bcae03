"""One file being read: what was asked for, and how a document is made of it.

Readers differ in how they find text and metadata; what happens then is the same
for all of them and stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from store.errors import UsageError
from store.ingest.clean import Decoded, Unreadable, one_line, sha256
from store.ingest.dates import iso_date
from store.ingest.facts import date_outside, facts_of, title_of
from store.ingest.fields import OVERRIDES, address_of, language_code, plain
from store.ingest.languages import language_of
from store.ingest.sources import STDIN, Source
from store.model import Incoming

MAX_TEXT = 50_000_000
"""Code points; a longer single text is refused."""


@dataclass(slots=True)
class Job:
    """A source, what a person asked for, and how far reading it has come."""

    source: Source
    fields: Mapping[str, str] = field(default_factory=dict)
    """Checked by ``checked_fields``; they win over what the file says."""
    encoding: str | None = None
    done: int = 0
    """Bytes read so far."""

    @property
    def path(self) -> str | None:
        """Where the documents come from; ``None`` for standard input."""
        return None if self.source.path == STDIN else self.source.name


@dataclass(slots=True)
class Said:
    """What a file says of its document, as far as it does."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    language_hint: str | None = None
    """What the text may be in; counts only where the text itself is unclear."""
    url: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def checked_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """``fields`` in the form in which they are stored.

    Raises ``UsageError`` for a date, language or address that is none, and for
    fields that a document cannot be given from outside.
    """
    checked: dict[str, str] = {}
    for name, value in fields.items():
        found: str | None = one_line(value, 2000)
        if name in ("text", "id", "path"):
            raise UsageError(f"the field “{name}” comes from the file: leave it out")
        if name == "published":
            found = iso_date(value)
        elif name == "language":
            found = language_code(value)
        elif name == "url":
            found = address_of(value)
        if not found:
            wanted = _EXAMPLES.get(name, "a word")
            raise UsageError(f"“{one_line(value, 40)}” is no {name}: give {wanted}")
        checked[one_line(name, 100)] = found
    return checked


_EXAMPLES = {
    "published": "a date as in 2026-01-30",
    "language": "two letters, as in it or en",
    "url": "an address that begins with https://",
}


def override(found: Incoming, fields: Mapping[str, str]) -> Incoming:
    """A document with the fields that a person gave for all of them."""
    if not fields:
        return found
    own: dict[str, Any] = {k: v for k, v in fields.items() if k in OVERRIDES}
    rest = {k: v for k, v in fields.items() if k not in OVERRIDES}
    return replace(found, **own, attributes={**found.attributes, **rest})


def refuse_size(text: str) -> None:
    """``Unreadable`` for a text that is longer than a document may be."""
    if len(text) > MAX_TEXT:
        raise Unreadable(
            f"holds a text of more than {MAX_TEXT // 1_000_000} million signs: "
            "split it and add the parts"
        )


def replaced_warning(count: int) -> list[str]:
    """What the report says when signs had to be replaced."""
    if not count:
        return []
    return [f"{count} control characters were replaced by “\ufffd”"]


def is_identity(url: str | None) -> bool:
    """Whether an address names one page: not none, and not a site's first page."""
    if url is None:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def single(
    job: Job, raw: bytes, decoded: Decoded, text: str, said: Said, *, look: bool = True
) -> Incoming:
    """The one document of a file: ``said`` first, then what its first lines tell.

    ``text`` is tidy. ``look`` is whether first lines are looked at: in a page, what
    the page says of itself is all. Raises ``Unreadable`` for an empty or huge text.
    """
    if not text.strip():
        raise Unreadable("is empty: nothing to read")
    refuse_size(text)
    if look:
        _look(text, said)
    if said.published is None and "published" not in job.fields:
        _date_from_elsewhere(job, text, said)
    url = said.url
    identity = url if url is not None and is_identity(url) else job.path
    incoming = Incoming(
        title=said.title or title_of(text),
        text=text,
        identity=identity or f"stdin:{sha256(raw)}",
        source=said.source,
        author=said.author,
        published=said.published,
        language=said.language or language_of(text) or said.language_hint,
        url=url,
        path=job.path,
        reader=job.source.reader,
        encoding=decoded.encoding,
        encoding_guessed=decoded.guessed,
        source_sha256=sha256(raw),
        attributes=plain(said.attributes),
        warnings=tuple(said.warnings),
    )
    return override(incoming, job.fields)


def _look(text: str, said: Said) -> None:
    found = facts_of(text)
    said.source = said.source or found.source
    said.author = said.author or found.author
    said.published = said.published or found.published
    said.language = said.language or found.language
    said.url = said.url or found.url


def _date_from_elsewhere(job: Job, text: str, said: Said) -> None:
    """The text's "today" or the file's name, and says which.

    Never the time of the file: it says when somebody saved or copied it, and a
    wrong date is worse than none wherever documents are narrowed or counted by date.
    """
    found = date_outside(text, PurePath(job.source.name).name)
    if found is not None:
        said.published, said.attributes["published_from"] = found
