"""Commands about what is said and counted: figures, quotations."""

from __future__ import annotations

import click

from tui.cli.environment import Environment
from tui.cli.options import pass_env
from tui.cli.output import listing, rows
from tui.cli.status import Status

FIGURE = (
    *("id", "document", "title", "published", "start", "end", "surface", "type"),
    *("value", "number", "unit", "sentence", "near", "near_name", "speaker"),
    "speaker_name",
)
FIGURE_TABLE = (
    *("id", "document", "published", "surface", "number", "unit", "near_name"),
    *("speaker_name", "sentence"),
)

QUOTATION = (
    *("id", "document", "title", "published", "start", "end", "surface", "speaker"),
    "name",
)
QUOTATION_TABLE = ("id", "document", "published", "name", "surface")


@click.command()
@click.option("--type", "kind", metavar="TYPE", help="MONEY, PERCENT, QUANTITY, DATE.")
@click.option("--unit", metavar="UNIT", help="EUR, USD, %, or the word counted.")
@click.option("--entity", metavar="ENTITY", help="Near this entity, or said by it.")
@click.option("--document", metavar="DOC", help="In this document.")
@click.option("--since", metavar="DATE", help="Published on this date or later.")
@click.option("--until", metavar="DATE", help="Published on this date or earlier.")
@click.option("--said", is_flag=True, help="Only what is said; with --entity, by it.")
@click.option("--words", metavar="WORDS", help="Written with these words.")
@click.option(
    "--order",
    type=click.Choice(("value", "unit", "date", "document")),
    default="value",
    show_default=True,
    help="Largest first, unit: in each unit; published last first; as in the texts.",
)
@listing()
@pass_env
def figures(
    env: Environment,
    kind: str | None,
    unit: str | None,
    entity: str | None,
    document: str | None,
    since: str | None,
    until: str | None,
    said: bool,
    words: str | None,
    order: str,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """List sums, shares, quantities and dates by value, with their sentences.

    near_name is who is named last before it in its sentence: context, no more.
    """
    from store.figures import FigureFilter, select

    library = env.library()
    chosen = FigureFilter(
        type=None if kind is None else kind.upper(),
        unit=unit,
        entity=None if entity is None else library.entities.find(entity),
        document=None if document is None else library.documents.find(document),
        since=since,
        until=until,
        said=said,
        words=words,
    )
    found = select(library.core.reader, chosen, order, limit or None)
    return rows(env, found, FIGURE, table=FIGURE_TABLE, form=form, null=null)


@click.command()
@click.option("--speaker", metavar="ENTITY", help="Said by this entity.")
@click.option("--document", metavar="DOC", help="In this document.")
@click.option("--words", metavar="WORDS", help="In what is said, or who says it.")
@click.option(
    "--order",
    type=click.Choice(("document", "date", "speaker")),
    default="document",
    show_default=True,
    help="As in the texts; published last first; by who speaks.",
)
@listing()
@pass_env
def quotations(
    env: Environment,
    speaker: str | None,
    document: str | None,
    words: str | None,
    order: str,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """List who says what: quotations with their speakers."""
    from store.quotations import select

    library = env.library()
    found = select(
        library.core.reader,
        speaker=None if speaker is None else library.entities.find(speaker),
        document=None if document is None else library.documents.find(document),
        words=words,
        order=order,
        limit=limit or None,
    )
    return rows(env, found, QUOTATION, table=QUOTATION_TABLE, form=form, null=null)


COMMANDS: dict[str, click.Command] = {"figures": figures, "quotations": quotations}
