"""The command collection: named sets of documents, living queries, random samples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import (
    counted,
    document_filter,
    document_filters,
    group,
    pass_env,
)
from tui.cli.output import format_option, listing, one, rows
from tui.cli.reading import in_pages
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.collections import Collection
    from store.document_rows import DocumentFilter
    from store.library import Library

collection = group("Named sets of documents: by hand, living, or drawn at random.")

_unread = click.option("--unread", is_flag=True, help="That were not read yet.")


@collection.command("list")
@listing()
@pass_env
def list_collections(
    env: Environment, form: str | None, limit: int | None, null: bool
) -> Status:
    """List the collections, with what is in each now."""
    found = env.library().collections.list()
    table = fields.COLLECTION_TABLE
    chosen = form or ("table" if env.on_terminal else "tsv")
    if chosen == "table" and not null:
        return rows(env, map(_for_the_eye, found), table, form=form, limit=limit)
    return rows(env, found, fields.COLLECTION, form=form, limit=limit, null=null)


def _for_the_eye(one: Collection) -> dict[str, Any]:
    """The kind and the query in words."""
    from store.collections import KIND_WORDS
    from store.document_filter import in_words

    about = one.problem or ("" if one.kind == "hand" else in_words(one.query))
    if one.by:
        about += f", by {one.by}"
    known = {name: getattr(one, name) for name in fields.COLLECTION_TABLE[:-1]}
    return {**known, "kind": KIND_WORDS[one.kind], "query": about}


@collection.command()
@click.argument("name")
@document_filters
@_unread
@click.option(
    "--living", is_flag=True, help="Whatever fits whenever it is asked, not only now."
)
@format_option
@pass_env
def make(
    env: Environment, name: str, living: bool, form: str | None, **given: Any
) -> Status:
    """Make a collection of the documents that fit, or an empty one.

    With --living and no other option it holds every document.
    """
    library = env.library()
    chosen = _filter(library, **given)
    made = library.collections.make(name, chosen, living=living)
    return one(env, made, fields.COLLECTION, form=form)


def _filter(library: Library, **given: Any) -> DocumentFilter | None:
    """What the options ask for; ``None`` where none was given."""
    return document_filter(library, **given) if any(given.values()) else None


@collection.command()
@click.argument("name")
@click.option(
    "--size",
    type=click.IntRange(min=1),
    required=True,
    metavar="N",
    help="How many documents.",
)
@click.option("--seed", type=int, metavar="S", help="The next unused unless given.")
@click.option(
    "--by",
    type=click.Choice(("source", "language", "year")),
    help="Each source, language or year gives its part, in proportion.",
)
@document_filters
@_unread
@format_option
@pass_env
def sample(
    env: Environment,
    name: str,
    size: int,
    seed: int | None,
    by: str | None,
    form: str | None,
    **given: Any,
) -> Status:
    """Draw a random sample of N documents from those that fit.

    The same seed on the same documents draws the same sample again, in whatever
    order they were added.
    """
    library = env.library()
    made = library.collections.sample(
        name, size, seed=seed, filters=_filter(library, **given), by=by
    )
    return one(env, made, fields.COLLECTION, form=form)


@collection.command()
@click.argument("name")
@click.argument("docs", metavar="DOC…", nargs=-1, required=True)
@pass_env
def add(env: Environment, name: str, docs: tuple[str, ...]) -> Status:
    """Put documents into a collection that is made by hand."""
    library = env.library()
    count = library.collections.add(name, _documents(library, docs))
    env.tell(f"{counted(count, 'document')} put in.")
    return Status.DONE if count else Status.NOTHING


@collection.command()
@click.argument("name")
@click.argument("docs", metavar="DOC…", nargs=-1, required=True)
@pass_env
def take(env: Environment, name: str, docs: tuple[str, ...]) -> Status:
    """Take documents out of a collection that is made by hand."""
    library = env.library()
    count = library.collections.take_out(name, _documents(library, docs))
    env.tell(f"{counted(count, 'document')} taken out.")
    return Status.DONE if count else Status.NOTHING


def _documents(library: Library, docs: Sequence[str]) -> list[int]:
    return [library.documents.find(doc) for doc in docs]


@collection.command()
@click.argument("name")
@listing()
@pass_env
def show(
    env: Environment, name: str, form: str | None, limit: int | None, null: bool
) -> Status:
    """List the documents of a collection, newest first."""
    library = env.library()
    ids = library.collections.members(name)
    return rows(
        env,
        in_pages(library, ids[: limit or None]),
        fields.DOCUMENT,
        table=fields.DOCUMENT_TABLE,
        form=form,
        null=null,
    )


@collection.command()
@click.argument("name")
@click.argument("new", metavar="NEW")
@format_option
@pass_env
def rename(env: Environment, name: str, new: str, form: str | None) -> Status:
    """Give a collection another name."""
    renamed = env.library().collections.rename(name, new)
    return one(env, renamed, fields.COLLECTION, form=form)


@collection.command()
@click.argument("name")
@format_option
@pass_env
def drop(env: Environment, name: str, form: str | None) -> Status:
    """Forget a collection; its documents stay. Undo brings it back."""
    gone = env.library().collections.drop(name)
    return one(env, gone, fields.COLLECTION, form=form)


COMMANDS: dict[str, click.Command] = {"collection": collection}
