"""Commands that look at documents: list and show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import document_filter, document_filters, pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Document

_PAGE = 200
"""Rows fetched at a time, so that the first are out at once."""

_ORDERS = ("published", "title", "source", "added", "words", "language")


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
    from store import safe, served

    library = env.library()
    found = library.documents.get(document)
    text = library.documents.text(found.id)
    if form is not None:
        extractor, words = served.of_document(library.core.reader, found.id)
        known = {
            "text": text,
            "extractor": extractor,
            "served": words,
        }
        of_row = set(fields.DOCUMENT_TEXT) - set(known)
        known |= {name: getattr(found, name) for name in of_row}
        return one(env, known, fields.DOCUMENT_TEXT, form=form)
    if env.on_terminal:
        print(safe.block(text), file=env.stdout)
    else:
        env.stdout.write(text)
    return Status.DONE


COMMANDS: dict[str, click.Command] = {
    "list": list_documents,
    "show": show,
}
