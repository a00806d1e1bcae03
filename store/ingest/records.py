"""One record of a table or dump into one document; the same for JSON and CSV.

Dumps hold hundreds of thousands of records, so what is done for each is little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from store.ingest.clean import Unreadable, one_line, sha256, text_sha256, tidy
from store.ingest.facts import title_of
from store.ingest.fields import (
    address_of,
    date_and_doubt,
    key_of,
    language_code,
    line_of,
    plain,
    sort_out,
)
from store.ingest.job import (
    Job,
    is_identity,
    override,
    refuse_size,
    replaced_warning,
)
from store.ingest.languages import language_of
from store.model import Failure, Incoming

REPORTED = 100
"""Records of one file that are reported one by one; more are counted."""


class NoText(Unreadable):
    """A record without a text; its keys are kept for the report."""


@dataclass(slots=True)
class Reading:
    """The records of one file so far: identities used, and what could not be read."""

    job: Job
    encoding: str = "utf-8"
    guessed: bool = False
    seen: set[str] = field(default_factory=set)
    taken: int = 0
    refused: int = 0
    told: int = 0
    """How many of the refused have been reported one by one."""
    without_text: list[Failure] = field(default_factory=list)
    """Held back until one record has a text: if none has, one line says it all."""
    columns: tuple[str, ...] = ()

    def document(
        self, record: dict[str, Any], place: str, raw: bytes, *, tidied: bool = False
    ) -> Incoming:
        """The document of a record; ``tidied`` says that its strings need no care.

        ``place`` is where it stands in its file (``line 7``), ``raw`` its bytes.
        Raises ``Unreadable`` for a record that gives none.
        """
        known, rest = sort_out(record)
        text, replaced = self._text(known, record, tidied=tidied)
        url = address_of(known.get("url"))
        warnings = replaced_warning(replaced)
        own = known.get("id")
        identity = self._identity(own, url, text, place, warnings)
        published, doubt = date_and_doubt(known.get("published"))
        attributes = plain({**rest, **doubt}) if rest or doubt else {}
        if isinstance(own, str | int):
            attributes["id"] = own if type(own) is int else one_line(own)
        title = known.get("title")
        source = known.get("source")
        author = known.get("author")
        language = language_code(known.get("language"))
        if language is None and "language" not in self.job.fields:
            language = language_of(text)
        self.taken += 1
        found = Incoming(
            title=(line_of(title) if title else None) or title_of(text),
            text=text,
            identity=identity,
            source=_name(source) if isinstance(source, str) else line_of(source, 200),
            author=_name(author) if isinstance(author, str) else line_of(author, 200),
            published=published,
            language=language,
            url=url,
            path=self.job.path,
            reader=self.job.source.reader,
            encoding=self.encoding,
            encoding_guessed=self.guessed,
            source_sha256=sha256(raw),
            attributes=attributes,
            warnings=tuple(warnings),
        )
        return override(found, self.job.fields) if self.job.fields else found

    def _text(
        self, known: dict[str, Any], record: dict[str, Any], *, tidied: bool
    ) -> tuple[str, int]:
        text = known.get("text")
        if isinstance(text, list):
            text = "\n".join(part for part in text if isinstance(part, str))
        if not isinstance(text, str) or not text or text.isspace():
            if not self.columns:
                self.columns = tuple(map(str, record))
            raise NoText("has no text")
        refuse_size(text)
        return (text, 0) if tidied and text[0] != "\ufeff" else tidy(text)

    def _identity(
        self, own: Any, url: str | None, text: str, place: str, warnings: list[str]
    ) -> str:
        """Own id with the file, else the address, else the place in the file."""
        path = self.job.path
        if path is None:
            # What comes through a pipe has no file: another pipe may use the same
            # ids for other documents, so only an address or the text can tell.
            return url if url and is_identity(url) else f"stdin:{text_sha256(text)}"
        at_place = f"{path}#{place}"
        if isinstance(own, str | int) and not isinstance(own, bool) and own != "":
            wanted = f"{path}#{one_line(own, 300)}"
        elif url and is_identity(url):
            wanted = url
        else:
            return at_place
        if wanted in self.seen:
            warnings.append("another record of this file has the same id or address")
            return at_place
        self.seen.add(wanted)
        return wanted

    def refuse(self, place: str, error: Exception) -> Iterator[Failure]:
        """Reports a record that gave nothing, the first hundred one by one."""
        self.refused += 1
        failure = Failure(self.job.source.name, f"{place} {error}")
        if isinstance(error, NoText) and not self.taken:
            if len(self.without_text) < REPORTED:
                self.without_text.append(failure)
        elif self.told < REPORTED:
            self.told += 1
            yield failure

    def finish(self) -> Iterator[Failure]:
        """What is left to say when the file is at its end."""
        name = self.job.source.name
        if not self.taken and not self.refused:
            yield Failure(name, "is empty: no record in it")
        elif not self.taken and self.without_text:
            yield Failure(name, no_text_column(self.columns))
        else:
            held = self.without_text[: REPORTED - self.told]
            yield from held
            more = self.refused - self.told - len(held)
            if more:
                yield Failure(name, f"{more:,} more records of it could not be read")


@lru_cache(maxsize=1024)
def _name(value: str) -> str | None:
    """A source or author as one line; the same few come again and again."""
    return one_line(value, 200) or None


def no_text_column(columns: tuple[str, ...]) -> str:
    """The sentence for a table in which no column holds the text."""
    names = ", ".join(one_line(column, 30) for column in columns[:12] if column)
    more = ", …" if len(columns) > 12 else ""
    return (
        f"has no column with the text; its columns are {names}{more}: rename the "
        "one that holds it to “text” (abstracts and lists of links hold none)"
    )


def has_text_column(columns: list[str]) -> bool:
    """Whether one of the columns of a table holds the text."""
    return "text" in sort_out(dict.fromkeys(columns, "x"))[0]


def keys_known(columns: list[str]) -> int:
    """How many columns bear a name that means something to us."""
    return len(sort_out(dict.fromkeys(map(key_of, columns), "x"))[0])
