"""Commands that ask the texts: words in context, and tagging whatever is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import document_filter, document_filters, pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.progress import Progress
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.autocode import Coded, Place, Unit
    from store.document_rows import DocumentFilter
    from store.kwic import Line
    from store.library import Library

_ORDERS = ("date", "left", "right", "match")
_UNITS = ("sentence", "paragraph", "match")

_AROUND = 48
"""Cells of a line that are not context: document, date, words found, gaps."""

_query = click.argument("query", nargs=-1, required=True)


@click.command()
@_query
@click.option(
    "--context",
    type=click.IntRange(0, 10_000),
    default=60,
    show_default=True,
    metavar="N",
    help="Characters on each side.",
)
@click.option(
    "--order",
    type=click.Choice(_ORDERS),
    default="date",
    show_default=True,
    help="Newest documents first; or by the words to the left or right, or found.",
)
@document_filters
@listing()
@pass_env
def kwic(
    env: Environment,
    query: tuple[str, ...],
    context: int,
    order: str,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """Words in context: every place of QUERY with the words around it.

    QUERY is words (found one after the other; strik* finds beginnings), entity:NAME,
    tag:PATH or /a regular expression/. start and end count characters of the
    document's text from 0; -0 gives the ids of the documents.
    """
    library = env.library()
    found = _lines(
        env,
        library,
        " ".join(query),
        document_filter(library, **given),
        context=context,
        order=order,
        # The first lines in the order they are found in need no others.
        most=limit if order == "date" and limit and not null else None,
    )
    if null:
        return rows(env, _documents(found), ("id",), limit=limit, null=True)
    if form == "table" or (form is None and env.on_terminal):
        room = min(context, max(10, (env.width - _AROUND) // 2))
        found = (_for_the_eye(line, room) for line in found)
    return rows(
        env,
        found,
        fields.PLACE,
        table=fields.PLACE_TABLE,
        form=form,
        limit=limit,
    )


def _documents(found: Iterator[Line]) -> Iterator[dict[str, int]]:
    """The ids of their documents, each once."""
    seen: set[int] = set()
    for line in found:
        if line.document not in seen:
            seen.add(line.document)
            yield {"id": line.document}


def _for_the_eye(line: Line, room: int) -> Line:
    """The line with the end of its left context, set against the words found."""
    from dataclasses import replace

    from tui.text.context import one_line, right_set

    return replace(
        line,
        left=right_set(line.left, room),
        match=one_line(line.match),
        right=one_line(line.right).lstrip(),
    )


def _lines(
    env: Environment,
    library: Library,
    words: str,
    filters: DocumentFilter,
    *,
    context: int,
    order: str,
    most: int | None,
) -> Iterator[Line]:
    from store import kwic, places

    reader = library.core.reader
    search = places.find(reader, words, filters)
    if order == "date":
        left, note = most, ""
        for page in search:
            some = page.places if left is None else page.places[:left]
            yield from kwic.lines(reader, some, context)
            left = None if left is None else left - len(some)
            note = page.note
            if left == 0:
                break
    else:
        found, note = places.gather(search, None)
        *_, numbers = kwic.arranged(reader, found, order)
        yield from kwic.pages(reader, found, numbers or (), context)
    if note:
        env.say(note)


@click.command()
@_query
@click.option(
    "--tag",
    "tags",
    multiple=True,
    required=True,
    metavar="PATH",
    help="What every place gets; may be repeated, missing tags are made.",
)
@click.option(
    "--unit",
    type=click.Choice(_UNITS),
    default="sentence",
    show_default=True,
    help="How much around a place is annotated.",
)
@click.option("--dry-run", is_flag=True, help="Only count; change nothing.")
@click.option("--source", metavar="NAME", help="Only documents from this source.")
@click.option("--since", metavar="DATE", help="Published on this date or later.")
@click.option("--until", metavar="DATE", help="Published on this date or earlier.")
@click.option("--language", metavar="CODE", help="In this language: it, en, …")
@click.option("--entity", metavar="ENTITY", help="That name this entity.")
@click.option("--tagged", "tag", metavar="TAG", help="That bear this tag already.")
@click.option("--collection", metavar="NAME", help="Of this set of documents.")
@format_option
@pass_env
def code(
    env: Environment,
    query: tuple[str, ...],
    tags: tuple[str, ...],
    unit: Unit,
    dry_run: bool,
    form: str | None,
    **given: Any,
) -> Status:
    """Tag every place that QUERY finds, in one go; one undo takes it back.

    QUERY is as for kwic. Places in one sentence (or paragraph) make one annotation;
    one that you made exactly there already gets the tag.
    """
    from store import codebook, places

    for path in tags:
        codebook.check_path(path)
    library = env.library()
    words = " ".join(query)
    search = places.find(library.core.reader, words, document_filter(library, **given))
    found, note = places.gather(search, None)
    if note:
        env.say(note)
    if not found:
        env.say("Nothing was found.")
        return Status.NOTHING
    result = (
        _previewed(library, found, tags, unit)
        if dry_run
        else _coded(env, library, found, tags, unit, places.named(words))
    )
    return one(env, result, fields.CODED, form=form)


def _previewed(
    library: Library, found: Sequence[Place], tags: tuple[str, ...], unit: Unit
) -> Coded:
    from store import autocode

    *_, last = autocode.preview(library.core, found, tags, unit)
    return autocode.Coded(
        share=0.0,
        places=last.places,
        documents=last.documents,
        annotations=last.new,
        changed=last.changed,
        unchanged=last.unchanged,
    )


def _coded(
    env: Environment,
    library: Library,
    found: Sequence[Place],
    tags: tuple[str, ...],
    unit: Unit,
    what: str,
) -> Coded:
    from store import autocode

    began = perf_counter()
    with Progress(env, "Tagging") as progress:
        for told in autocode.code(library.core, found, tags, unit, what=what):
            progress.show(
                share=told.share,
                count=round(told.documents * told.share),
                seconds=perf_counter() - began,
            )
    return told


COMMANDS: dict[str, click.Command] = {"kwic": kwic, "code": code}
