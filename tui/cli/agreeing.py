"""Commands about coders: who they are, blind coding, and how far they agree."""

from __future__ import annotations

from typing import Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import (
    counted,
    document_filter,
    document_filters,
    group,
    pass_env,
)
from tui.cli.output import listing, rows
from tui.cli.status import Status

_UNITS = ("character", "sentence", "paragraph", "document")


@click.command()
@click.argument("tags", metavar="[TAG…]", nargs=-1)
@click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME",
    help="Compare these; everyone with annotations unless given. May be repeated.",
)
@click.option(
    "--of",
    type=click.Choice(("tags", "attributes")),
    default="tags",
    show_default=True,
    help="What is compared.",
)
@click.option(
    "--unit",
    type=click.Choice(_UNITS),
    default="sentence",
    show_default=True,
    help="What is judged one by one.",
)
@click.option(
    "--untagged",
    type=click.Choice(("counted", "left-out")),
    default="counted",
    show_default=True,
    help="Units that nobody tagged: agreed upon, or no units at all.",
)
@document_filters
@listing()
@pass_env
def agreement(
    env: Environment,
    tags: tuple[str, ...],
    coders: tuple[str, ...],
    of: str,
    unit: Any,
    untagged: str,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """How far coders agree: percent, Cohen's kappa, Krippendorff's alpha.

    A TAG means itself and what is below it; without one every tag that was used is
    compared. Only documents that all of them are done with count or, where nobody
    said so, those that all have worked on. Kappa of more than two coders is the mean
    of the pairs. A figure is empty where only one value was used.
    """
    from store.agreement import Question, of_attributes, of_tags

    if of == "attributes" and tags:
        raise UsageError("A TAG is compared with --of tags only.")
    library = env.library()
    question = Question(
        coders=coders,
        tags=tags,
        unit=unit,
        untagged="counted" if untagged == "counted" else "left out",
        documents=document_filter(library, **given),
    )
    answer = of_tags if of == "tags" else of_attributes
    return rows(
        env,
        answer(library.core, question),
        fields.AGREEMENT,
        table=fields.AGREEMENT_TABLE,
        form=form,
        limit=limit,
        null=null,
    )


coder = group("List coders, blind coding, what is done.")


@coder.command("list")
@listing()
@pass_env
def list_coders(
    env: Environment, form: str | None, limit: int | None, null: bool
) -> Status:
    """List coders, with how much each has done."""
    return rows(
        env,
        env.library().coders.list(),
        fields.CODER,
        table=fields.CODER_TABLE,
        form=form,
        limit=limit,
        null=null,
    )


@coder.command()
@click.argument("state", metavar="[on|off]", required=False)
@pass_env
def blind(env: Environment, state: str | None) -> Status:
    """Hide coders from each other until both are done with a document.

    Without on or off, says which it is. It holds for everyone in the library.
    """
    if state not in (None, "on", "off"):
        raise UsageError(f"{state} is neither on nor off.")
    coders = env.library().coders
    if state is not None:
        coders.set_blind(state == "on")
    env.tell(f"Blind coding is {'on' if coders.blind else 'off'}.")
    return Status.DONE


@coder.command()
@click.argument("documents", metavar="DOC…", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every document that fits.")
@click.option("--not", "undone", is_flag=True, help="Say that it is not done.")
@document_filters
@pass_env
def done(
    env: Environment,
    documents: tuple[str, ...],
    every: bool,
    undone: bool,
    **given: Any,
) -> Status:
    """Say that your coding of documents is done."""
    if bool(documents) == every:
        raise UsageError("Name documents, or give --all.")
    if documents and any(given.values()):
        raise UsageError("Options that choose documents go with --all.")
    library = env.library()
    chosen = [library.documents.find(one) for one in documents]
    if every:
        chosen = list(library.documents.ids(document_filter(library, **given)))
    changed = library.coders.mark_done(chosen, not undone)
    how = "no longer done" if undone else "done"
    env.tell(f"{counted(changed, 'document')} {how}.")
    return Status.DONE if chosen else Status.NOTHING


COMMANDS: dict[str, click.Command] = {"agreement": agreement, "coder": coder}
