"""Commands about who and what is named: entities, mentions, entity."""

from __future__ import annotations

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import group, pass_env
from tui.cli.output import format_option, listing, one, one_or_rows, rows
from tui.cli.status import Status


@click.command()
@click.option("--type", "kind", metavar="TYPE", help="PER, ORG, LOC, PRODUCT, …")
@click.option(
    "--min",
    "least",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Named in at least N documents.",
)
@click.option("--document", metavar="DOC", help="Named in this document.")
@listing()
@pass_env
def entities(
    env: Environment,
    kind: str | None,
    least: int,
    document: str | None,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """List who and what is named, in most documents first."""
    from store.entity_rows import EntityFilter

    library = env.library()
    found = None if document is None else library.documents.find(document)
    chosen = EntityFilter(type=_type(kind), least=least, document=found)
    return rows(
        env,
        library.entities.select(chosen, limit or None),
        fields.ENTITY,
        table=fields.ENTITY_TABLE,
        form=form,
        null=null,
    )


@click.command()
@click.option("--document", metavar="DOC", help="In this document.")
@click.option("--entity", metavar="ENTITY", help="Of this entity.")
@click.option("--type", "kind", metavar="TYPE", help="PER, ORG, DATE, MONEY, …")
@listing()
@pass_env
def mentions(
    env: Environment,
    document: str | None,
    entity: str | None,
    kind: str | None,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """List where entities are named, and dates, sums and quotations."""
    library = env.library()
    found = library.entities.mentions(
        document=None if document is None else library.documents.find(document),
        entity=None if entity is None else library.entities.find(entity),
        type=_type(kind),
        limit=limit or None,
    )
    return rows(
        env,
        found,
        fields.MENTION,
        table=fields.MENTION_TABLE,
        form=form,
        null=null,
    )


entity = group("Merge, split, rename, retype, reject entities.")


@entity.command()
@click.argument("keep", metavar="KEEP")
@click.argument("others", metavar="OTHER…", nargs=-1, required=True)
@format_option
@pass_env
def merge(
    env: Environment, keep: str, others: tuple[str, ...], form: str | None
) -> Status:
    """Say that all these are one; KEEP gives the name."""
    kept = env.library().entities.merge(keep, others)
    return one(env, kept, fields.ENTITY, form=form)


@entity.command()
@click.argument("old", metavar="ENTITY")
@click.argument("places", metavar="MENTION…", nargs=-1, required=True)
@format_option
@pass_env
def split(
    env: Environment, old: str, places: tuple[str, ...], form: str | None
) -> Status:
    """Make mentions of an entity an entity of their own."""
    wrong = [place for place in places if not place.isdecimal()]
    if wrong:
        raise UsageError(f"A mention is given by its number, not as {wrong[0]}.")
    new = env.library().entities.split(old, [int(place) for place in places])
    return one(env, new, fields.ENTITY, form=form)


@entity.command()
@click.argument("old", metavar="ENTITY")
@click.argument("name", metavar="NAME")
@format_option
@pass_env
def rename(env: Environment, old: str, name: str, form: str | None) -> Status:
    """Give an entity another name; the old one stays an alias."""
    changed = env.library().entities.rename(old, name)
    return one(env, changed, fields.ENTITY, form=form)


@entity.command()
@click.argument("old", metavar="ENTITY")
@click.argument("kind", metavar="TYPE")
@format_option
@pass_env
def retype(env: Environment, old: str, kind: str, form: str | None) -> Status:
    """Say that it is a PER, ORG, LOC, PRODUCT, EVENT or WORK."""
    changed = env.library().entities.retype(old, kind.upper())
    return one(env, changed, fields.ENTITY, form=form)


@entity.command()
@click.argument("wrong", metavar="ENTITY…", nargs=-1, required=True)
@format_option
@pass_env
def reject(env: Environment, wrong: tuple[str, ...], form: str | None) -> Status:
    """Say that these are no entities, now and later."""
    gone = env.library().entities.reject(wrong)
    return one_or_rows(env, gone, fields.ENTITY, table=fields.ENTITY_TABLE, form=form)


@entity.command()
@listing()
@pass_env
def suggest(
    env: Environment, form: str | None, limit: int | None, null: bool
) -> Status:
    """List pairs of names that may be one, surest first."""
    found = env.library().entities.suggest(limit or None)
    return rows(env, found, fields.PROPOSAL, form=form, null=null)


def _type(given: str | None) -> str | None:
    return None if given is None else given.upper()


COMMANDS: dict[str, click.Command] = {
    "entities": entities,
    "mentions": mentions,
    "entity": entity,
}
