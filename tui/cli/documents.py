"""The command document: correct what is known of one, remove it, purge it."""

from __future__ import annotations

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import group, pairs, pass_env
from tui.cli.output import format_option, one, one_or_rows
from tui.cli.status import Status

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

    KEY is title, source, author, published, language or url; any other name is an
    attribute of your own. An empty VALUE clears.
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
@click.argument("doc", metavar="DOC")
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option
@pass_env
def purge(env: Environment, doc: str, yes: bool, form: str | None) -> Status:
    """Delete a document and everything of it for good, undo log included."""
    from store import safe

    library = env.library()
    found = library.documents.get(doc)
    if not yes:
        if not env.asks:
            raise UsageError(
                "Purging cannot be undone and asks first; without a terminal give"
                " --yes."
            )
        question = (
            f"Delete document {found.id}, {safe.line(found.title, 60)}, for good?"
            " [y/N] "
        )
        if not _agrees(env, question):
            env.say("Nothing was purged.")
            return Status.NOTHING
    gone = library.documents.purge(found.id)
    return one(env, gone, fields.DOCUMENT, form=form)


def _agrees(env: Environment, question: str) -> bool:
    env.stderr.write(question)
    env.stderr.flush()
    answer = env.stdin.readline().decode("utf-8", "replace")
    return answer.strip().lower() in ("y", "yes")


COMMANDS: dict[str, click.Command] = {"document": document}
