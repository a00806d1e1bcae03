"""The command that searches: words and filters, in spite of misspellings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import document_filter, document_filters, pass_env
from tui.cli.output import listing, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Hit
    from store.search.vocabulary import Vocabulary

_KINDS = {
    "documents": "document",
    "entities": "entity",
    "annotations": "annotation",
    "tags": "tag",
}
_ALL = 1_000_000_000

_COUNTED = 1000
"""Hits among which is counted, unless more are asked for."""


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--in",
    "kinds",
    metavar="KIND,…",
    default=",".join(_KINDS),
    help=f"Where to look: {', '.join(_KINDS)}.",
)
@click.option("--exact", is_flag=True, help="Only as typed, accents and case aside.")
@click.option("--regex", is_flag=True, help="QUERY is a regular expression.")
@document_filters
@click.option("--query", "saved", metavar="NAME", help="What a saved search asks.")
@click.option(
    "--facets",
    is_flag=True,
    help="Instead of the hits, how many there are of each type, source, year, ….",
)
@listing(default=50)
@pass_env
def search(
    env: Environment,
    query: tuple[str, ...],
    kinds: str,
    exact: bool,
    regex: bool,
    saved: str | None,
    facets: bool,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """Search documents, entities, annotations and tags, in spite of misspellings.

    "…" inside QUERY is an exact phrase, -word excludes; put -- in front of a QUERY
    that begins with a hyphen. title:WORD, entity:NAME, tag:PATH, source:NAME,
    language:CODE, since:DATE, until:DATE and collection:NAME narrow, -source:NAME
    excludes; "…" around a value with blanks.
    """
    from store.search import search as find

    wanted = _kinds(kinds)
    library = env.library()
    text = _asked(library, query, saved)
    needs_words = "document" in wanted and not (exact or regex)
    words = _vocabulary(library) if needs_words else None
    most = limit or _ALL
    found = find(
        library.core.reader,
        words,
        text,
        kinds=wanted,
        limit=max(most, _COUNTED) if facets else most,
        exact=exact,
        regex=regex,
        within=document_filter(library, **given),
        bare=facets,
    )
    if not found and not regex:
        _say_why(env, library, words, text)
    if facets:
        counts = _counts(library, found)
        return rows(env, counts, fields.FACET, table=fields.FACET_TABLE, form=form)
    hits = (_for_scripts(hit) for hit in found)
    return rows(env, hits, fields.HIT, table=fields.HIT_TABLE, form=form, null=null)


def _asked(library: Library, query: Sequence[str], saved: str | None) -> str:
    """The words of a query, and those of a saved one."""
    if not query and saved is None:
        raise UsageError("Say what to search for.")
    kept = [] if saved is None else [library.queries.get(saved, "search").expression]
    return " ".join([*kept, *query])


def _for_scripts(hit: Hit) -> dict[str, Any]:
    """A hit with its reasons in words, each once."""
    known = {name: getattr(hit, name) for name in fields.HIT}
    return {**known, "reasons": list(dict.fromkeys(map(str, hit.reasons)))}


def _say_why(
    env: Environment, library: Library, words: Vocabulary | None, text: str
) -> None:
    from store.search import narrowing

    for sentence in narrowing.unknown(library.core.reader, words, text):
        env.say(sentence)


def _counts(library: Library, found: Sequence[Hit]) -> Iterator[dict[str, Any]]:
    """A row for each value that is counted."""
    from store.search import counts

    facets = counts.of_hits(library.core.reader, found)
    for _, shown, count in facets.types:  # narrowed to by --in, not in the query
        yield _facet("type", shown, count, "")
    for name, values in (
        ("source", facets.sources),
        ("language", facets.languages),
        ("year", facets.years),
        ("entity", facets.entities),
        ("tag", facets.tags),
    ):
        for narrowing, shown, count in values:
            yield _facet(name, shown, count, narrowing)


def _facet(name: str, value: str, count: int, narrowing: str) -> dict[str, Any]:
    return {"facet": name, "value": value, "count": count, "filter": narrowing}


def _kinds(given: str) -> list[str]:
    words = [word.strip() for word in given.split(",") if word.strip()]
    unknown = [word for word in words if word not in _KINDS]
    if unknown or not words:
        raise UsageError(
            f"There is nothing called {', '.join(unknown) or given} to search in;"
            f" choose among {', '.join(_KINDS)}."
        )
    return [_KINDS[word] for word in words]


def _vocabulary(library: Library) -> Vocabulary:
    """The words of the library, kept in it for the next search where that works."""
    from store.errors import PostillaError
    from store.search import service

    before = service.stored(library.core.reader)
    words = service.up_to_date(library.core.reader, before)
    if not library.read_only and (
        before is None or before.generation != words.generation
    ):
        with suppress(PostillaError):
            library.core.writer.run(
                lambda pen: service.save(pen.connection, words), durable=False
            )
    return words


COMMANDS: dict[str, click.Command] = {"search": search}
"""The commands of this module, by name."""
