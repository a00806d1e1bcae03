"""The command on saved questions: tag expressions over annotations, and searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import document_filter, document_filters, group, pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.searching import kinds_of, kinds_option, mode_of, modes
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.library import Library
    from store.queries import Query

SEARCH = (
    *("id", "guid", "name", "text", "kinds", "mode", "within", "about", "created"),
)
SEARCH_TABLE = ("name", "text", "about", "created")

query = group("Save, list, rename or drop queries over annotations, and searches.")

_is_search = click.option(
    "--search", "is_search", is_flag=True, help="A search, not a tag expression."
)


@query.command()
@click.argument("name")
@click.argument("expression", metavar="EXPR", required=False, default="")
@_is_search
@kinds_option
@modes
@document_filters
@format_option
@pass_env
def save(
    env: Environment,
    name: str,
    expression: str,
    is_search: bool,
    kinds: str | None,
    exact: bool,
    regex: bool,
    form: str | None,
    **given: Any,
) -> Status:
    """Save a tag expression under a name; one of that name is replaced.

    With --search a search, as `postilla search` takes it, with all its options.
    """
    library = env.library()
    if not is_search:
        if kinds or exact or regex or any(given.values()):
            raise click.UsageError("These options belong to --search.")
        return one(env, library.queries.save(name, expression), fields.QUERY, form=form)
    from store.saved_searches import SavedSearch

    search = SavedSearch(
        expression,
        kinds_of(kinds),
        mode_of(exact, regex),
        document_filter(library, **given),
    )
    kept = library.queries.save_search(name, search)
    return one(env, _search(library, kept), SEARCH, form=form)


@query.command("list")
@_is_search
@listing()
@pass_env
def list_queries(
    env: Environment, is_search: bool, form: str | None, limit: int | None, null: bool
) -> Status:
    """List the saved queries."""
    library = env.library()
    named: Sequence[str] = SEARCH if is_search else fields.QUERY
    table: Sequence[str] = SEARCH_TABLE if is_search else fields.QUERY_TABLE
    found = _searches(library) if is_search else library.queries.list()
    return rows(env, found, named, table=table, form=form, limit=limit, null=null)


@query.command()
@click.argument("name")
@click.argument("new")
@_is_search
@format_option
@pass_env
def rename(
    env: Environment, name: str, new: str, is_search: bool, form: str | None
) -> Status:
    """Give a saved query another name."""
    library = env.library()
    kept = library.queries.rename(name, new, _kind(is_search))
    return _one(env, library, kept, form)


@query.command()
@click.argument("name")
@_is_search
@format_option
@pass_env
def drop(env: Environment, name: str, is_search: bool, form: str | None) -> Status:
    """Forget a saved query; undo brings it back."""
    library = env.library()
    return _one(env, library, library.queries.drop(name, _kind(is_search)), form)


query.add_command(drop, "delete")


def _kind(is_search: bool) -> str:
    return "search" if is_search else "annotations"


def _one(env: Environment, library: Library, kept: Query, form: str | None) -> Status:
    if kept.kind == "search":
        return one(env, _search(library, kept), SEARCH, form=form)
    return one(env, kept, fields.QUERY, form=form)


def _searches(library: Library) -> Iterator[dict[str, Any]]:
    return (_search(library, kept) for kept in library.queries.list("search"))


def _search(library: Library, kept: Query) -> dict[str, Any]:
    """A saved search; one whose filter is gone has its words only, and why."""
    from store.document_filter import readable
    from store.errors import PostillaError
    from store.saved_searches import SavedSearch, about, read, text_of

    reader = library.core.reader
    try:
        search = read(reader, kept.expression)
    except PostillaError:
        search = SavedSearch(text_of(kept.expression))
    return {
        "id": kept.id,
        "guid": kept.guid,
        "name": kept.name,
        "text": search.text,
        "kinds": list(search.kinds),
        "mode": search.mode,
        "within": readable(reader, search.within),
        "about": about(reader, kept.expression),
        "created": kept.created,
    }


COMMANDS: dict[str, click.Command] = {"query": query}
"""The commands of this module, by name."""
