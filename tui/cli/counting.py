"""Commands that count: what occurs with what, how often when, tags by document."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.counting_rows import bars, headings, long, named, record
from tui.cli.environment import Environment
from tui.cli.options import counted, document_filter, document_filters, pass_env
from tui.cli.output import listing, rows
from tui.cli.progress import Progress
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.cooccurrence import Pairs, Question
    from store.library import Library
    from store.timeline import Subject, Tally

_PART = 12
"""Cells a column of a matrix takes on a terminal."""

_type = click.option("--type", "kind", metavar="TYPE", help="Only PER, ORG, LOC, …")
_itself = click.option(
    "--itself", is_flag=True, help="A tag stands for itself only, not for those below."
)


# What occurs with what -------------------------------------------------------


@click.command()
@click.option(
    "--of",
    type=click.Choice(("entities", "tags", "both")),
    default="entities",
    show_default=True,
    help="What is paired; both: tags with entities.",
)
@click.option(
    "--unit",
    type=click.Choice(("document", "paragraph", "sentence", "overlap")),
    default="document",
    show_default=True,
    help="In what they occur together; overlap: in tagged passages that overlap.",
)
@click.option(
    "--with", "beside", metavar="X", help="Only what occurs with entity:NAME, tag:PATH."
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="The N most frequent of a kind; with --with the N nearest.",
)
@_type
@click.option("--all", "everything", is_flag=True, help="Every pair; may take long.")
@click.option(
    "--min",
    "least",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Together at least N times.",
)
@click.option(
    "--order",
    type=click.Choice(("together", "jaccard", "g2")),
    default="together",
    show_default=True,
    help="Largest first.",
)
@_itself
@document_filters
@listing()
@pass_env
def cooccur(
    env: Environment,
    of: str,
    unit: str,
    beside: str | None,
    top: int,
    kind: str | None,
    everything: bool,
    least: int,
    order: str,
    itself: bool,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """Which tags or entities occur together, and whether more than by chance.

    together, a_total, b_total and units count documents, paragraphs or sentences; by
    overlap, passages. jaccard: of the units with either, the share with both. g2:
    Dunning's log-likelihood ratio, negative where they occur together less often than
    by chance; above 10.83 chance does so once in a thousand times. Inside texts only
    documents with something to count are read.
    """
    from store.cooccurrence import Question
    from store.cooccurrence_rows import find

    library = env.library()
    question = Question(
        of=of,
        unit=unit,
        documents=document_filter(library, **given),
        beside=None if beside is None else find(library.core.reader, beside),
        type=None if kind is None else kind.upper(),
        top=None if everything else top,
        below=not itself,
        least=least,
    )
    pairs = _counted(env, library, question)
    numbers = pairs.order(order)[: limit or None].tolist()
    return rows(
        env,
        named(library, pairs, numbers),
        fields.COOCCURRENCE,
        table=fields.COOCCURRENCE_TABLE,
        form=form,
        null=null,
    )


def _counted(env: Environment, library: Library, question: Question) -> Pairs:
    """Count, with progress where it takes long."""
    from store import cooccurrence

    started = perf_counter()
    with Progress(env, "Counting") as progress:
        for step in cooccurrence.count(library.core.reader, question):
            if step.pairs is not None:
                return step.pairs
            if step.what == "documents":
                _show(progress, step.done, step.total, started)
    raise AssertionError("the last step has the pairs")


def _show(progress: Progress, done: int, total: int, started: float) -> None:
    if done:
        seconds = perf_counter() - started
        progress.show(share=done / max(1, total), count=done, seconds=seconds)


# How often, when -------------------------------------------------------------


@click.command()
@click.option(
    "--of",
    type=click.Choice(("documents", "mentions", "annotations", "words")),
    help="What is counted; follows from --entity, --tag, --words.",
)
@click.option(
    "--entity", "entities", multiple=True, metavar="E", help="Mentions of this one."
)
@click.option(
    "--tag", "tags", multiple=True, metavar="EXPR", help="Annotations with these tags."
)
@click.option(
    "--words", "phrases", multiple=True, metavar="W", help="Places found, as by kwic."
)
@click.option(
    "--by",
    type=click.Choice(("day", "week", "month", "year")),
    default="month",
    show_default=True,
    help="Weeks are those of ISO 8601.",
)
@click.option(
    "--dated",
    type=click.Choice(("published", "created")),
    default="published",
    show_default=True,
    help="The document's date; created: when annotations were made.",
)
@click.option("--source", metavar="NAME", help="Only documents from this source.")
@click.option("--since", metavar="DATE", help="Published on this date or later.")
@click.option("--until", metavar="DATE", help="Published on this date or earlier.")
@click.option("--language", metavar="CODE", help="In this language: it, en, …")
@click.option("--collection", metavar="NAME", help="Of this set of documents.")
@listing()
@pass_env
def timeline(
    env: Environment,
    of: str | None,
    entities: tuple[str, ...],
    tags: tuple[str, ...],
    phrases: tuple[str, ...],
    by: str,
    dated: str,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """Documents, mentions, annotations or words over time.

    --entity, --tag and --words may be repeated and mixed; each is a series of its
    own. Spans without anything are listed with 0; what has no date, or none exact
    enough, comes last as undated.
    """
    from store import timeline as over_time

    library = env.library()
    subjects = _subjects(of, entities, tags, phrases, dated)
    filters = document_filter(library, **given)
    found: tuple[Tally, ...] = ()
    note = ""
    started = perf_counter()
    with Progress(env, "Counting") as progress:
        for step in over_time.count(library.core.reader, subjects, filters):
            if step.tallies is None:
                _show(progress, step.done, step.total, started)
                continue
            found = step.tallies
            note = step.note
    if note:
        env.say(note)
    laid_out = over_time.laid_out(found, by)
    is_table = form == "table" or (form is None and env.on_terminal)
    values = bars(env, laid_out) if is_table else long(laid_out)
    table: Sequence[str] = fields.TIMELINE_TABLE
    if len(laid_out.series) > 1:
        table = ("period", "series", "count", "bar")
    names = (*fields.TIMELINE, "bar") if is_table else fields.TIMELINE
    return rows(env, values, names, table=table, form=form, limit=limit, null=null)


def _subjects(
    of: str | None,
    entities: Sequence[str],
    tags: Sequence[str],
    phrases: Sequence[str],
    dated: str,
) -> list[Subject]:
    """What the options ask for. Raises ``UsageError``."""
    from store.timeline import Subject

    found = [Subject("mentions", one) for one in entities]
    found += [Subject("annotations", one, dated) for one in tags]
    found += [Subject("words", one) for one in phrases]
    named = {subject.of for subject in found}
    if of in ("mentions", "words") and of not in named:
        option = "--entity" if of == "mentions" else "--words"
        raise UsageError(f"Say with {option} whose {of} are to be counted.")
    if of == "documents" or not (found or of):
        found.insert(0, Subject())
    if of == "annotations" and "annotations" not in named:
        found.insert(0, Subject("annotations", "", dated))
    if dated == "created" and {subject.of for subject in found} != {"annotations"}:
        raise UsageError("--dated created is for annotations only.")
    return found


# Tags by document ------------------------------------------------------------


@click.command()
@click.option("--counts", is_flag=True, help="How often, instead of 0 or 1.")
@click.option(
    "--of",
    type=click.Choice(("tags", "entities", "attributes")),
    default="tags",
    show_default=True,
    help="What the columns are.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the N columns of most documents; entities: 50 unless given.",
)
@_type
@click.option(
    "--only-annotated", is_flag=True, help="Only documents with an annotation."
)
@_itself
@document_filters
@listing()
@pass_env
def matrix(
    env: Environment,
    counts: bool,
    of: str,
    top: int | None,
    kind: str | None,
    only_annotated: bool,
    itself: bool,
    form: str | None,
    limit: int | None,
    null: bool,
    **given: Any,
) -> Status:
    """Documents by tags, entities or attributes: a table for R, pandas, a spreadsheet.

    A row for each document: id, guid, title, source, published, then a column for
    each tag by its path. Attributes that several coders gave have a column for each.
    """
    from store import matrix as matrices

    library = env.library()
    question = matrices.Question(
        of=of,
        documents=document_filter(library, **given),
        counts=counts,
        below=not itself,
        top=top,
        type=None if kind is None else kind.upper(),
        only_annotated=only_annotated,
    )
    found = matrices.read(library.core.reader, question)
    is_table = form == "table" or (form is None and env.on_terminal)
    names = headings(env, found, form)
    table = (*fields.MATRIX_TABLE, *names)
    if is_table:
        shown = max(1, (env.width - 40) // _PART)
        table = table[: len(fields.MATRIX_TABLE) + shown]
        if (left := len(names) - shown) > 0:
            more = counted(left, "more column")
            env.say(f"{more}; -f csv has every one.")
    lines = matrices.lines(library.core.reader, found, limit or None)
    return rows(
        env,
        (record(line, names) for line in lines),
        (*fields.MATRIX, *names),
        table=table,
        form=form,
        null=null,
    )


COMMANDS: dict[str, click.Command] = {
    "cooccur": cooccur,
    "timeline": timeline,
    "matrix": matrix,
}
