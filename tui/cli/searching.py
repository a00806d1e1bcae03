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
    from store.saved_searches import Mode, SavedSearch
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


kinds_option = click.option(
    "--in",
    "kinds",
    metavar="KIND,…",
    help=f"Where to look: {', '.join(_KINDS)}; everywhere unless given.",
)


def modes(command: Any) -> Any:
    """The options that say how it is looked for, for :func:`mode_of`."""
    for option in (
        click.option("--regex", is_flag=True, help="QUERY is a regular expression."),
        click.option(
            "--exact", is_flag=True, help="Only as typed, accents and case aside."
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("query", nargs=-1)
@kinds_option
@modes
@document_filters
@click.option(
    *("--saved", "--query", "saved"),
    metavar="NAME",
    help="What a saved search asks, as it was saved; QUERY and options narrow it.",
)
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
    kinds: str | None,
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

    library = env.library()
    asked = _asked(library, query, saved, kinds, mode_of(exact, regex), given)
    is_regex = asked.mode == "regex"
    needs_words = "document" in asked.kinds and asked.mode == "fuzzy"
    words = _vocabulary(library) if needs_words else None
    most = limit or _ALL
    found = find(
        library.core.reader,
        words,
        asked.text,
        kinds=asked.kinds,
        limit=max(most, _COUNTED) if facets else most,
        exact=asked.mode == "exact",
        regex=is_regex,
        within=asked.within,
        bare=facets,
    )
    if not found and not is_regex:
        _say_why(env, library, words, asked.text)
    if facets:
        counts = _counts(library, found)
        return rows(env, counts, fields.FACET, table=fields.FACET_TABLE, form=form)
    hits = (_for_scripts(hit) for hit in found)
    return rows(env, hits, fields.HIT, table=fields.HIT_TABLE, form=form, null=null)


def _asked(
    library: Library,
    query: Sequence[str],
    saved: str | None,
    kinds: str | None,
    mode: Mode,
    given: dict[str, Any],
) -> SavedSearch:
    """What is asked for: what was saved, narrowed by what is given besides."""
    from dataclasses import replace

    from store.document_filter import given as parts_of
    from store.saved_searches import SavedSearch

    if not query and saved is None:
        raise UsageError("Say what to search for.")
    kept = SavedSearch("") if saved is None else library.queries.search(saved)
    within = replace(kept.within, **parts_of(document_filter(library, **given)))
    if query and kept.text and "regex" in (mode, kept.mode):
        raise UsageError("A saved regular expression takes no more words.")
    return SavedSearch(
        " ".join([kept.text, *query]).strip() if query else kept.text,
        kept.kinds if kinds is None else kinds_of(kinds),
        kept.mode if mode == "fuzzy" else mode,
        within,
    )


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


def kinds_of(given: str | None) -> tuple[str, ...]:
    """The kinds of hits that are named. Raises ``UsageError``."""
    if given is None:
        return tuple(_KINDS.values())
    words = [word.strip() for word in given.split(",") if word.strip()]
    unknown = [word for word in words if word not in _KINDS]
    if unknown or not words:
        raise UsageError(
            f"There is nothing called {', '.join(unknown) or given} to search in;"
            f" choose among {', '.join(_KINDS)}."
        )
    return tuple(kind for word, kind in _KINDS.items() if word in words)


def mode_of(exact: bool, regex: bool) -> Mode:
    """How it is looked for."""
    return "regex" if regex else "exact" if exact else "fuzzy"


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
