"""Commands about annotations: make one, change some, list them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import (
    annotation_filter,
    annotation_filters,
    counted,
    group,
    pass_env,
    prose,
)
from tui.cli.output import format_option, listing, one, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.annotations import Passage
    from store.library import Library

_PASSAGE = re.compile(r"([0-9]{1,15}):([0-9]{1,15})")
_MOST_PLACES = 20
_ORDERS = ("date", "place", "tag", "note", "coder", "created", "modified", "document")

tag_option = click.option(
    "--tag", "tags", multiple=True, metavar="PATH", help="May be repeated."
)


@click.command()
@click.argument("document", metavar="DOC")
@click.argument("passage", metavar="[START:END]", required=False)
@click.option("--quote", metavar="TEXT", help="The words of the passage.")
@click.option(
    "--nth",
    type=click.IntRange(min=1),
    metavar="N",
    help="Which of several places, from 1.",
)
@click.option("--note", metavar="TEXT|-", help="Markdown; - is standard input.")
@tag_option
@format_option
@pass_env
def annotate(
    env: Environment,
    document: str,
    passage: str | None,
    quote: str | None,
    nth: int | None,
    note: str | None,
    tags: tuple[str, ...],
    form: str | None,
) -> Status:
    """Annotate a passage, or without one the document.

    START and END count characters of the text from 0, END exclusive. Tags that are
    missing are made.
    """
    if passage is not None and quote is not None:
        raise UsageError("Give either START:END or --quote, not both.")
    if nth is not None and quote is None:
        raise UsageError("--nth says which place of a --quote is meant; give both.")
    library = env.library()
    found = library.documents.find(document)
    where = None if passage is None else _passage(passage)
    if quote is not None:
        where = _place(library, found, quote, nth)
    made = library.annotations.create(
        found, where, note=prose(env, note) or "", tags=tags
    )
    return one(env, made, fields.ANNOTATION, form=form)


def _passage(given: str) -> Passage:
    from store.annotations import Passage

    match = _PASSAGE.fullmatch(given)
    if match is None:
        raise UsageError(f"{given} is no passage; write START:END, as in 120:164.")
    return Passage(int(match[1]), int(match[2]))


def _place(library: Library, document: int, quote: str, nth: int | None) -> Passage:
    """Where a quote stands, if it is certain where. Raises ``UsageError``."""
    from store.annotations import Passage

    found = library.annotations.places(document, quote)
    times = counted(len(found), "time")
    if nth is not None and nth > len(found):
        raise UsageError(f"This quote stands only {times} in the document.")
    if nth is None and len(found) > 1:
        shown = [f"{at}:{at + len(quote)}" for at in found[:_MOST_PLACES]]
        rest = " and further on" if len(found) > _MOST_PLACES else ""
        raise UsageError(
            f"This quote stands {times} in the document, at {', '.join(shown)}{rest};"
            " choose one with --nth, or give the place."
        )
    start = found[(nth or 1) - 1]
    return Passage(start, start + len(quote))


annotation = group("Edit, tag, untag or delete annotations.")

_references = click.argument(
    "references", metavar="ANNOTATION…", nargs=-1, required=True
)
_needed_tags = click.option(
    "--tag",
    "tags",
    multiple=True,
    required=True,
    metavar="PATH",
    help="May be repeated.",
)


@annotation.command()
@click.argument("reference", metavar="ANNOTATION")
@click.argument("passage", metavar="[START:END]", required=False)
@click.option("--note", metavar="TEXT|-", help="A new note; - is standard input.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="PATH",
    help="Exactly these tags instead of the present ones; may be repeated.",
)
@format_option
@pass_env
def edit(
    env: Environment,
    reference: str,
    passage: str | None,
    note: str | None,
    tags: tuple[str, ...],
    form: str | None,
) -> Status:
    """Change the note, the tags or the ends of an annotation."""
    if passage is None and note is None and not tags:
        raise UsageError("Say what is to change: START:END, --note or --tag.")
    changed = env.library().annotations.edit(
        reference,
        note=prose(env, note),
        tags=tags or None,
        passage=None if passage is None else _passage(passage),
    )
    return one(env, changed, fields.ANNOTATION, form=form)


@annotation.command()
@_references
@_needed_tags
@format_option
@pass_env
def tag(
    env: Environment,
    references: tuple[str, ...],
    tags: tuple[str, ...],
    form: str | None,
) -> Status:
    """Put tags on annotations, in one act; missing tags are made."""
    changed = env.library().annotations.tag(references, tags)
    return _changed(env, changed, form)


@annotation.command()
@_references
@_needed_tags
@format_option
@pass_env
def untag(
    env: Environment,
    references: tuple[str, ...],
    tags: tuple[str, ...],
    form: str | None,
) -> Status:
    """Take tags off annotations, in one act."""
    changed = env.library().annotations.untag(references, tags)
    return _changed(env, changed, form)


@annotation.command()
@_references
@format_option
@pass_env
def delete(env: Environment, references: tuple[str, ...], form: str | None) -> Status:
    """Delete annotations, in one act; undo brings them back."""
    return _changed(env, env.library().annotations.delete(references), form)


def _changed(env: Environment, changed: Any, form: str | None) -> Status:
    return rows(
        env, changed, fields.ANNOTATION, table=fields.ANNOTATION_TABLE, form=form
    )


@click.command("annotations")
@annotation_filters
@click.option("--order", type=click.Choice(_ORDERS), help="Listed by this.")
@click.option("--reverse", is_flag=True, help="The other way round.")
@listing()
@pass_env
def list_annotations(
    env: Environment, form: str | None, limit: int | None, null: bool, **given: Any
) -> Status:
    """List annotations: by the dates of their documents and the text, or --order.

    A tag means itself and what is below it; names with blanks go in double quotes.
    A near:50 B finds the A with a B at most 50 characters away.
    """
    library = env.library()
    return rows(
        env,
        library.annotations.each(annotation_filter(library, **given)),
        fields.ANNOTATION,
        table=fields.ANNOTATION_TABLE,
        form=form,
        limit=limit,
        null=null,
    )


COMMANDS: dict[str, click.Command] = {
    "annotate": annotate,
    "annotation": annotation,
    "annotations": list_annotations,
}
