"""The command attribute: what documents are coded by, and the values given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import (
    counted,
    document_filter,
    document_filters,
    group,
    pairs,
    pass_env,
)
from tui.cli.output import format_option, listing, one, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.library import Library

_KINDS = ("choice", "scale", "yesno", "text")

attribute = group("Attributes of documents: define them, fill them in, take them out.")


@attribute.command("list")
@listing()
@pass_env
def list_attributes(
    env: Environment, form: str | None, limit: int | None, null: bool
) -> Status:
    """List the attributes, with how many documents have a value of each."""
    found = env.library().attributes.list()
    return rows(
        env,
        found,
        fields.ATTRIBUTE,
        table=fields.ATTRIBUTE_TABLE,
        form=form,
        limit=limit,
        null=null,
    )


def _kept_values(
    kind: str, values: str | None, low: int | None, high: int | None
) -> Sequence[str] | None:
    """What the options say of values; ``None`` where they say nothing.

    Raises ``UsageError`` for what does not go with the kind.
    """
    if values is not None and kind != "choice":
        raise UsageError("--values are those of a choice.")
    if (low, high) != (None, None) and kind != "scale":
        raise UsageError("--from and --to are the ends of a scale.")
    if values is not None:
        return values.split(",")
    if low is None and high is None:
        return None
    if low is None or high is None:
        raise UsageError("A scale needs both --from and --to.")
    return [str(low), str(high)]


_VALUES = (
    click.option("--values", metavar="A,B,…", help="Of a choice, with commas between."),
    click.option("--from", "low", type=int, metavar="N", help="Low end of a scale."),
    click.option("--to", "high", type=int, metavar="N", help="High end of a scale."),
    click.option("--definition", metavar="TEXT", help="When to give which value."),
)


def _value_options(command: Any) -> Any:
    for option in reversed(_VALUES):
        command = option(command)
    return command


@attribute.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    required=True,
    help="What its values are.",
)
@_value_options
@format_option
@pass_env
def add(
    env: Environment,
    name: str,
    kind: str,
    values: str | None,
    low: int | None,
    high: int | None,
    definition: str | None,
    form: str | None,
) -> Status:
    """Define an attribute.

    A choice takes one of its --values, a scale a whole number --from … --to, yesno
    yes or no, and text any words.
    """
    made = env.library().attributes.define(
        name,
        kind,
        values=_kept_values(kind, values, low, high) or (),
        definition=definition or "",
    )
    return one(env, made, fields.ATTRIBUTE, form=form)


@attribute.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(_KINDS), help="What its values are.")
@_value_options
@click.option(
    "--map",
    "mapping",
    metavar="OLD=NEW",
    multiple=True,
    help="NEW takes the place of OLD where it was given. May be repeated.",
)
@format_option
@pass_env
def change(
    env: Environment,
    name: str,
    kind: str | None,
    values: str | None,
    low: int | None,
    high: int | None,
    definition: str | None,
    mapping: tuple[str, ...],
    form: str | None,
) -> Status:
    """Change kind, values or definition; values in use are never lost."""
    if (kind, values, low, high, definition) == (None,) * 5:
        raise UsageError(
            "Say what is to change: --kind, --values, --from and --to, --definition."
        )
    attributes = env.library().attributes
    changed = attributes.change(
        name,
        kind=kind,
        values=_kept_values(kind or attributes.get(name).kind, values, low, high),
        definition=definition,
        mapping=pairs(mapping),
    )
    return one(env, changed, fields.ATTRIBUTE, form=form)


@attribute.command()
@click.argument("name")
@click.argument("new", metavar="NEW")
@format_option
@pass_env
def rename(env: Environment, name: str, new: str, form: str | None) -> Status:
    """Give an attribute another name."""
    changed = env.library().attributes.change(name, new_name=new)
    return one(env, changed, fields.ATTRIBUTE, form=form)


@attribute.command()
@click.argument("name")
@format_option
@pass_env
def delete(env: Environment, name: str, form: str | None) -> Status:
    """Delete an attribute with its values; undo brings them back."""
    gone = env.library().attributes.delete(name)
    return one(env, gone, fields.ATTRIBUTE, form=form)


@attribute.command("set")
@click.argument("words", metavar="DOC… NAME=VALUE…", nargs=-1, required=True)
@pass_env
def fill(env: Environment, words: tuple[str, ...]) -> Status:
    """Give documents values of yours; an empty VALUE takes yours away."""
    library = env.library()
    docs = [word for word in words if "=" not in word]
    values = pairs([word for word in words if "=" in word])
    if not docs or not values:
        raise UsageError("Give documents and values: attribute set 12 13 tone=-1")
    ids = [library.documents.find(doc) for doc in docs]
    library.attributes.set_several(ids, values)
    env.tell(f"{counted(len(set(ids)), 'document')} filled in.")
    return Status.DONE


@attribute.command()
@document_filters
@click.option("--unread", is_flag=True, help="That were not read yet.")
@click.option("--by-coder", is_flag=True, help="One row for each coder's values.")
@listing()
@pass_env
def table(
    env: Environment,
    by_coder: bool,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """A row for each document, a column for each attribute.

    Without --by-coder your value stands, else that of another coder.
    """
    library = env.library()
    ids = library.documents.ids(document_filter(library, **given))
    own = (
        *(("coder",) if by_coder else ()),
        *(one.name for one in library.attributes.defined()),
    )
    names = (*fields.ATTRIBUTE_OF, *own)
    return rows(
        env,
        _table_rows(library, ids, names, by_coder),
        names,
        table=(*fields.ATTRIBUTE_OF_TABLE, *own),
        form=form,
        limit=limit,
        null=null,
    )


_PAGE = 500
"""Documents read at a time, so that the first rows are out at once."""


def _table_rows(
    library: Library, ids: Sequence[int], names: Sequence[str], by_coder: bool
) -> Iterator[dict[str, Any]]:
    for at in range(0, len(ids), _PAGE):
        page = ids[at : at + _PAGE]
        known = library.documents.rows(page)
        for document, coder, values in library.attributes.table(
            page, by_coder=by_coder
        ):
            about = {
                name: getattr(known[document], name) for name in fields.ATTRIBUTE_OF
            }
            row: dict[str, Any] = {**dict.fromkeys(names), **about, **values}
            yield {**row, "coder": coder} if by_coder else row


COMMANDS: dict[str, click.Command] = {"attribute": attribute}
