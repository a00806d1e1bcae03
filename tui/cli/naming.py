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
@click.option(
    "--state",
    type=click.Choice(("open", "decided", "rejected")),
    help="Not decided yet, said to be names, or said to be none.",
)
@listing()
@pass_env
def entities(
    env: Environment,
    kind: str | None,
    least: int,
    document: str | None,
    state: str | None,
    form: str | None,
    limit: int | None,
    null: bool,
) -> Status:
    """List who and what is named, in most documents first."""
    from store.entity_rows import EntityFilter

    library = env.library()
    found = None if document is None else library.documents.find(document)
    chosen = EntityFilter(type=_type(kind), least=least, document=found, state=state)
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
@click.option(
    "--order",
    type=click.Choice(("document", "value")),
    default="document",
    show_default=True,
    help="As in the texts; largest sum, share or number, or latest date, first.",
)
@listing()
@pass_env
def mentions(
    env: Environment,
    document: str | None,
    entity: str | None,
    kind: str | None,
    order: str,
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
        order=order,
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


entity = group("Say who is who: merge, split, accept, reject and more.")


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
@click.argument("places", metavar="[MENTION…]", nargs=-1)
@click.option("--form", "text", metavar="TEXT", help="Everything written so.")
@format_option
@pass_env
def split(
    env: Environment,
    old: str,
    places: tuple[str, ...],
    text: str | None,
    form: str | None,
) -> Status:
    """Make mentions of an entity an entity of their own."""
    if bool(places) == (text is not None):
        raise UsageError("Say which mentions, or --form TEXT.")
    new = env.library().entities.split(old, _numbers(places), form=text)
    return one(env, new, fields.ENTITY, form=form)


@entity.command()
@click.argument("old", metavar="ENTITY")
@click.argument("name", metavar="NAME")
@format_option
@pass_env
def rename(env: Environment, old: str, name: str, form: str | None) -> Status:
    """Give an entity another name; the old one stays an alias."""
    from store import name_acts

    library = env.library()
    changed = library.entities.rename(old, name)
    bearers = name_acts.bearing(library.core.reader, changed.name)
    for other in library.entities.rows(bearers).values():
        if other.id != changed.id and other.documents:
            env.say(
                f"postilla: {other.name} ({other.type}, {other.id}) is called so too;"
                f" `postilla entity merge {other.id} {changed.id}` makes them one."
            )
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
@click.argument("wrong", metavar="[ENTITY…]", nargs=-1)
@click.option("--form", "text", metavar="TEXT", help="Everything written so.")
@click.option(
    "--mention",
    "places",
    multiple=True,
    metavar="MENTION",
    help="This mention alone; may be repeated.",
)
@format_option
@pass_env
def reject(
    env: Environment,
    wrong: tuple[str, ...],
    text: str | None,
    places: tuple[str, ...],
    form: str | None,
) -> Status:
    """Say that these are no entities, now and later."""
    _one_way(wrong, text, places)
    known = env.library().entities
    if places:
        none = known.reject_mentions(_numbers(places))
        return one_or_rows(env, none, fields.MENTION, form=form)
    if text is None:
        gone = known.reject(wrong)
    else:
        found = known.rows(known.reject_form(text))
        gone = list(found.values())
    return one_or_rows(env, gone, fields.ENTITY, table=fields.ENTITY_TABLE, form=form)


@entity.command()
@click.argument("right", metavar="[ENTITY…]", nargs=-1)
@click.option(
    "--mention",
    "places",
    multiple=True,
    metavar="MENTION",
    help="This mention alone; may be repeated.",
)
@format_option
@pass_env
def accept(
    env: Environment, right: tuple[str, ...], places: tuple[str, ...], form: str | None
) -> Status:
    """Say that these are entities, also what was rejected."""
    _one_way(right, None, places)
    known = env.library().entities
    if places:
        some = known.accept_mentions(_numbers(places))
        return one_or_rows(env, some, fields.MENTION, form=form)
    kept = known.accept(right)
    return one_or_rows(env, kept, fields.ENTITY, table=fields.ENTITY_TABLE, form=form)


@entity.command()
@click.argument("one_of_them", metavar="ENTITY")
@click.argument("other", metavar="OTHER")
@format_option
@pass_env
def distinct(
    env: Environment, one_of_them: str, other: str, form: str | None
) -> Status:
    """Say that two are not the same; nobody proposes it again."""
    known = env.library().entities
    both = [known.get(one_of_them), known.get(other)]
    known.distinguish(both[0].id, both[1].id)
    return rows(env, both, fields.ENTITY, table=fields.ENTITY_TABLE, form=form)


@entity.command()
@click.argument("document", metavar="DOC")
@click.argument("start", metavar="START", type=click.IntRange(min=0))
@click.argument("end", metavar="END", type=click.IntRange(min=1))
@click.option("--as", "meant", metavar="ENTITY", help="Of this entity.")
@click.option("--type", "kind", metavar="TYPE", help="PER, ORG, LOC, PRODUCT, …")
@format_option
@pass_env
def add(
    env: Environment,
    document: str,
    start: int,
    end: int,
    meant: str | None,
    kind: str | None,
    form: str | None,
) -> Status:
    """Say that a name stands there which was missed."""
    library = env.library()
    added = library.entities.add_mention(
        library.documents.find(document), start, end, entity=meant, type=_type(kind)
    )
    return one(env, added, fields.MENTION, form=form)


@entity.command()
@click.option("--doubtful", is_flag=True, help="Also those for which little speaks.")
@listing()
@pass_env
def suggest(
    env: Environment, doubtful: bool, form: str | None, limit: int | None, null: bool
) -> Status:
    """List pairs of names that may be one, surest first."""
    found = env.library().entities.suggest(limit or None, doubtful=doubtful)
    return rows(env, found, fields.PROPOSAL, form=form, null=null)


@entity.command()
@click.option(
    "--kind",
    type=click.Choice(("one", "types", "doubt")),
    help="Names that may be one; one name of several types; what may be no name.",
)
@listing()
@pass_env
def questions(
    env: Environment, kind: str | None, form: str | None, limit: int | None, null: bool
) -> Status:
    """List what is not decided about names, in the order of the review."""
    from store import review

    library = env.library()
    asked = [
        one
        for one in review.open_questions(library.core)
        if kind is None or one.kind == kind
    ]
    asked = asked[: limit or None]
    named = library.entities.rows(sorted({id for one in asked for id in one.entities}))
    records = (
        {
            "id": one.entities[0],
            "kind": one.kind,
            "entities": one.entities,
            "names": [f"{named[id].name} ({named[id].type})" for id in one.entities],
            "sure": round(one.sure, 2),
            "reason": one.reason,
        }
        for one in asked
    )
    return rows(
        env,
        records,
        fields.QUESTION,
        table=fields.QUESTION_TABLE,
        form=form,
        null=null,
    )


def _numbers(places: tuple[str, ...]) -> list[int]:
    wrong = [place for place in places if not place.isdecimal()]
    if wrong:
        raise UsageError(f"A mention is given by its number, not as {wrong[0]}.")
    return [int(place) for place in places]


def _one_way(names: tuple[str, ...], text: str | None, places: tuple[str, ...]) -> None:
    """Raises ``UsageError`` unless what is meant is said in exactly one way."""
    if (bool(names), text is not None, bool(places)).count(True) != 1:
        raise UsageError("Say which entities, or which mentions, and only one of them.")


def _type(given: str | None) -> str | None:
    return None if given is None else given.upper()


COMMANDS: dict[str, click.Command] = {
    "entities": entities,
    "mentions": mentions,
    "entity": entity,
}
