"""The command document: correct what is known of one, remove it, purge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment, agrees
from tui.cli.options import group, pairs, pass_env
from tui.cli.output import format_option, one, one_or_rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.model import Document

document = group("Correct, remove or purge a document.")


@document.command("set")
@click.argument("doc", metavar="DOC")
@click.argument("values", metavar="KEY=VALUE…", nargs=-1, required=True)
@format_option
@pass_env
def correct(
    env: Environment, doc: str, values: tuple[str, ...], form: str | None
) -> Status:
    """Correct what is known of a document.

    KEY is title, source, author, published, language or url. A defined attribute
    takes your own value, checked; any other name stays with the document as it is.
    An empty VALUE clears.
    """
    given = pairs(values)
    changed = env.library().documents.correct(doc, given)
    return one(env, changed, fields.DOCUMENT, form=form)


@document.command()
@click.argument("docs", metavar="DOC…", nargs=-1, required=True)
@format_option
@pass_env
def remove(env: Environment, docs: tuple[str, ...], form: str | None) -> Status:
    """Hide documents with their annotations; undo brings them back."""
    gone = env.library().documents.remove(docs)
    return one_or_rows(
        env, gone, fields.DOCUMENT, table=fields.DOCUMENT_TABLE, form=form
    )


@document.command()
@click.argument("docs", metavar="DOC…", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option
@pass_env
def purge(
    env: Environment, docs: tuple[str, ...], yes: bool, form: str | None
) -> Status:
    """Delete documents and everything of them for good, undo log included.

    Removed ones may be meant too. The file is written anew, which takes a while in
    a large library, once for all that are purged together.
    """
    from store import purging

    core = env.library().core
    found = purging.chosen(core, docs)
    if not yes:
        if not env.asks:
            raise UsageError(
                "Purging cannot be undone and asks first; without a terminal give"
                " --yes."
            )
        if not agrees(env, f"Delete {_named(found)} for good? [y/N] "):
            env.say("Nothing was purged.")
            return Status.NOTHING
    done = purging.purge(core, [one.id for one in found])
    if not done.is_clean:
        env.say(
            "They are gone, but the file could not be written anew (disk full, or open"
            " elsewhere), so words of theirs may be left in unused space of it until"
            " something else is purged."
        )
    if copies := purging.copies(core):
        env.say(f"{copies.name} beside the library still has them in older copies.")
    return one_or_rows(
        env, done.documents, fields.DOCUMENT, table=fields.DOCUMENT_TABLE, form=form
    )


def _named(documents: Sequence[Document]) -> str:
    """What is asked about: a few titles, and how many more."""
    from store import safe

    shown = [
        f'document {one.id}, "{safe.line(one.title, 60)}"' for one in documents[:_SHOWN]
    ]
    more = len(documents) - len(shown)
    return "; ".join(shown) + (f"; and {more} more," if more else "")


_SHOWN = 5


COMMANDS: dict[str, click.Command] = {"document": document}
