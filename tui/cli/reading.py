"""Commands that look at documents: list, show, search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import document_filter, document_filters, pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Document, Hit
    from store.search.vocabulary import Vocabulary

_PAGE = 200
"""Rows fetched at a time, so that the first are out at once."""

_ORDERS = ("published", "title", "source", "added", "words", "language")
_KINDS = {
    "documents": "document",
    "entities": "entity",
    "annotations": "annotation",
    "tags": "tag",
}
_ALL = 1_000_000_000
_MANY = 10_000


@click.command("list")
@document_filters
@click.option("--unread", is_flag=True, help="That were not read yet.")
@click.option(
    "--order",
    type=click.Choice(_ORDERS),
    default="published",
    show_default=True,
    help="Dates and lengths begin at the large end.",
)
@listing()
@pass_env
def list_documents(
    env: Environment,
    order: str,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """List documents, newest first.

    DATE is 2026, 2026-01 or 2026-01-30.
    """
    library = env.library()
    chosen = document_filter(library, **given)
    ids = library.documents.ids(chosen, order)
    return rows(
        env,
        in_pages(library, ids[: limit or None]),
        fields.DOCUMENT,
        table=fields.DOCUMENT_TABLE,
        form=form,
        null=null,
    )


def in_pages(library: Library, ids: Sequence[int]) -> Iterator[Document]:
    """Documents in this order, read a page at a time."""
    for at in range(0, len(ids), _PAGE):
        page = ids[at : at + _PAGE]
        found = library.documents.rows(page)
        yield from (found[id] for id in page if id in found)


@click.command()
@click.argument("document", metavar="DOC")
@format_option
@pass_env
def show(env: Environment, document: str, form: str | None) -> Status:
    """Show a document's text, or with -f json all that is known of it.

    Into a pipe or file goes the text exactly as it is stored.
    """
    from store import safe

    library = env.library()
    found = library.documents.get(document)
    text = library.documents.text(found.id)
    if form is not None:
        known = {
            name: getattr(found, name)
            for name in fields.DOCUMENT_TEXT
            if name != "text"
        }
        return one(env, {**known, "text": text}, fields.DOCUMENT_TEXT, form=form)
    if env.on_terminal:
        print(safe.block(text), file=env.stdout)
    else:
        env.stdout.write(text)
    return Status.DONE


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--in",
    "kinds",
    metavar="KIND,…",
    default=",".join(_KINDS),
    help=f"Where to look: {', '.join(_KINDS)}.",
)
@click.option("--exact", is_flag=True, help="Only as typed, accents and case aside.")
@click.option("--regex", is_flag=True, help="QUERY is a regular expression.")
@click.option("--collection", metavar="NAME", help="In documents of this set only.")
@listing(default=50)
@pass_env
def search(
    env: Environment,
    query: tuple[str, ...],
    kinds: str,
    exact: bool,
    regex: bool,
    collection: str | None,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """Search documents, entities, annotations and tags, in spite of misspellings.

    "…" inside QUERY is an exact phrase, -word excludes; put -- in front of a QUERY
    that begins with a hyphen.
    """
    from store.search import search as find

    wanted = _kinds(kinds)
    library = env.library()
    needs_words = "document" in wanted and not (exact or regex)
    words = _vocabulary(library) if needs_words else None

    def ask(most: int) -> Sequence[Hit]:
        return find(
            library.core.reader,
            words,
            " ".join(query),
            kinds=wanted,
            limit=most,
            exact=exact,
            regex=regex,
        )

    if collection is None:
        found = ask(limit or _ALL)
    else:
        inside = frozenset(library.collections.members(collection))
        found = _inside(ask, inside, limit or _ALL)
    return rows(env, found, fields.HIT, table=fields.HIT_TABLE, form=form, null=null)


def _inside(
    ask: Callable[[int], Sequence[Hit]], documents: frozenset[int], limit: int
) -> Sequence[Hit]:
    """Hits in some documents: more and more are asked for until there are enough."""
    most = limit
    while True:
        hits = ask(most)
        found = [hit for hit in hits if hit.document in documents]
        if len(found) >= limit or len(hits) < most:
            return found[:limit]
        most = _ALL if most > _MANY else most * 10


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


COMMANDS: dict[str, click.Command] = {
    "list": list_documents,
    "show": show,
    "search": search,
}
