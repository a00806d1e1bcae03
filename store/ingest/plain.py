"""Plain text and Markdown; what stands in front of Markdown is metadata.

The head (front matter) is YAML from anywhere: it is read by the safe loader only,
after its size, depth and aliases were counted, and whatever is wrong with it
costs the metadata, never the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from store.ingest.clean import decode, tidy
from store.ingest.fields import (
    address_of,
    date_and_doubt,
    language_code,
    line_of,
    sort_out,
)
from store.ingest.job import Job, Said, replaced_warning, single
from store.model import Failure, Incoming

MAX_HEAD = 65_536
"""Code points; a longer head is text."""

MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_EVENTS = 5_000

_OPENS = re.compile(r"-{3,}[ \t]*\n")
_CLOSES = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE)


def read_text(raw: bytes, job: Job) -> Iterator[Incoming | Failure]:
    """A text file: one document, its text as it stands."""
    decoded = decode(raw, forced=job.encoding)
    text, replaced = tidy(decoded.text)
    said = Said(warnings=replaced_warning(replaced))
    yield single(job, raw, decoded, text, said)


def read_markdown(raw: bytes, job: Job) -> Iterator[Incoming | Failure]:
    """A Markdown file: one document; the text begins after the front matter."""
    decoded = decode(raw, forced=job.encoding)
    text, replaced = tidy(decoded.text)
    said = Said(warnings=replaced_warning(replaced))
    head, body = split_head(text)
    if head is not None:
        values, trouble = head_values(head)
        if trouble:
            said.warnings.append(f"the front matter was left out: {trouble}")
        if values and not body.strip():
            body = text  # a head alone: show it rather than refuse the file
        say(said, values)
    yield single(job, raw, decoded, body, said)


def split_head(text: str) -> tuple[str | None, str]:
    """The front matter of a text without its fences, and what follows it."""
    opening = _OPENS.match(text)
    if opening is None:
        return None, text
    closing = _CLOSES.search(text, opening.end(), opening.end() + MAX_HEAD)
    if closing is None:
        return None, text
    return text[opening.end() : closing.start()], text[closing.end() :].lstrip("\n")


def say(said: Said, values: dict[str, Any]) -> None:
    """Takes the known fields of a head into ``said``; others become attributes."""
    known, rest = sort_out(values)
    said.title = line_of(known.get("title"))
    said.source = line_of(known.get("source"), 200)
    said.author = line_of(known.get("author"), 200)
    said.language = language_code(known.get("language"))
    said.url = address_of(known.get("url"))
    said.published, doubt = date_and_doubt(known.get("published"))
    if "id" in known:
        rest["id"] = known["id"]
    said.attributes.update(rest, **doubt)


def head_values(head: str) -> tuple[dict[str, Any], str]:
    """The values of a head, and what is wrong with it if anything is (then none)."""
    import yaml

    try:
        trouble = _too_much(head)
        if trouble:
            return {}, trouble
        values = _loaded(head)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, AttributeError):
        return {}, "it is not valid YAML"
    if not isinstance(values, dict):
        return {}, "it holds no names and values"
    return {str(name): value for name, value in values.items()}, ""


def _too_much(head: str) -> str:
    """Counts aliases, depth and values before anything is built of them."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = aliases = 0
    for number, event in enumerate(yaml.parse(head, Loader=loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MAX_DEPTH:
            return "it is nested too deeply"
        if aliases > MAX_ALIASES or number > MAX_EVENTS:
            return "it has too many values"
    return ""


def _loaded(head: str) -> Any:
    """The head by the safe loader; with a day that is none, everything as text."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    try:
        return handler.load(head)
    except ValueError:
        return handler.load(head, Loader=yaml.BaseLoader)
