"""Commands about the codebook: list it, change it, write on it."""

from __future__ import annotations

from typing import Any

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import group, pass_env, prose
from tui.cli.output import format_option, listing, one, one_or_rows, rows
from tui.cli.status import Status


@click.command()
@listing()
@pass_env
def tags(env: Environment, form: str | None, limit: int | None, null: bool) -> Status:
    """List the codebook in the order of the tree, with how often a tag is used."""
    return rows(
        env,
        env.library().codebook.tags(),
        fields.TAG,
        table=fields.TAG_TABLE,
        form=form,
        limit=limit,
        null=null,
    )


tag = group("Add, rename, move, merge, define or delete tags.")


_FAR = 1_000_000
_WAYS = {"up": -1, "down": 1, "first": -_FAR, "last": _FAR}


def _qualities(command: Any) -> Any:
    for option in (
        click.option("--memo", metavar="TEXT|-", help="Prose; - is standard input."),
        click.option("--marker", metavar="LETTER", help="Puts the tag on a selection."),
        click.option("--colour", type=int, metavar="0-7", help="One of the palette."),
    ):
        command = option(command)
    return command


def _given(env: Environment, **values: Any) -> dict[str, Any]:
    """What was given; an empty marker takes the marker away."""
    out = {name: value for name, value in values.items() if value is not None}
    if "memo" in out:
        out["memo"] = prose(env, out["memo"])
    if out.get("marker") == "":
        out["marker"] = None
    return out


@tag.command()
@click.argument("path", metavar="PATH")
@click.option("--definition", default="", metavar="TEXT", help="What it stands for.")
@_qualities
@format_option
@pass_env
def add(
    env: Environment, path: str, definition: str, form: str | None, **values: Any
) -> Status:
    """Make a tag, as in actors/companies, and what is missing above it."""
    given = _given(env, **values)
    made = env.library().codebook.add(path, definition, **given)
    return one(env, made, fields.TAG, form=form)


@tag.command()
@click.argument("reference", metavar="TAG")
@click.argument("name", metavar="NAME")
@format_option
@pass_env
def rename(env: Environment, reference: str, name: str, form: str | None) -> Status:
    """Give a tag another name in its place; NAME is a name, not a path."""
    changed = env.library().codebook.rename(reference, name)
    return one(env, changed, fields.TAG, form=form)


@tag.command()
@click.argument("references", metavar="TAG…", nargs=-1, required=True)
@click.argument("parent", metavar="PARENT")
@format_option
@pass_env
def move(
    env: Environment, references: tuple[str, ...], parent: str, form: str | None
) -> Status:
    """Put tags below another, in one act; / is the top."""
    above = parent if parent.strip().strip("/") else None
    moves = [(reference, above) for reference in references]
    changed = env.library().codebook.place(moves)
    return one_or_rows(env, changed, fields.TAG, table=fields.TAG_TABLE, form=form)


@tag.command()
@click.argument("reference", metavar="TAG")
@click.argument("way", type=click.Choice(tuple(_WAYS)))
@format_option
@pass_env
def shift(env: Environment, reference: str, way: str, form: str | None) -> Status:
    """Put a tag one place up or down among its siblings, or first or last."""
    changed = env.library().codebook.shift(reference, _WAYS[way])
    return one(env, changed, fields.TAG, form=form)


@tag.command()
@click.argument("keep", metavar="KEEP")
@click.argument("others", metavar="OTHER…", nargs=-1, required=True)
@format_option
@pass_env
def merge(
    env: Environment, keep: str, others: tuple[str, ...], form: str | None
) -> Status:
    """Put other tags' annotations and children under KEEP; they go.

    Where an annotation bears both it keeps the earlier tagging; what was written on
    the tags that go is added to the memo of KEEP.
    """
    kept = env.library().codebook.merge(keep, others)
    return one(env, kept, fields.TAG, form=form)


@tag.command()
@click.argument("reference", metavar="TAG")
@click.argument("definition", metavar="[TEXT|-]", required=False)
@_qualities
@format_option
@pass_env
def define(
    env: Environment,
    reference: str,
    definition: str | None,
    form: str | None,
    **values: Any,
) -> Status:
    """Say what a tag stands for, or give it a colour, marker or memo."""
    if definition == "-" and values["memo"] == "-":
        raise UsageError("Only one of TEXT and --memo can be standard input.")
    given = _given(env, **values)
    if definition is not None:
        given["definition"] = prose(env, definition)
    if not given:
        raise UsageError("Say what is to change: TEXT, --colour, --marker or --memo.")
    changed = env.library().codebook.define(reference, **given)
    return one(env, changed, fields.TAG, form=form)


@tag.command()
@click.argument("references", metavar="TAG…", nargs=-1, required=True)
@format_option
@pass_env
def delete(env: Environment, references: tuple[str, ...], form: str | None) -> Status:
    """Take tags and those below them out of the codebook and off annotations."""
    gone = env.library().codebook.delete_all(references)
    return one_or_rows(env, gone, fields.TAG, table=fields.TAG_TABLE, form=form)


@click.command()
@click.argument("text", metavar="[TEXT|-]", required=False)
@click.option("--tag", "reference", metavar="TAG", help="Of a tag, not the library.")
@pass_env
def memo(env: Environment, text: str | None, reference: str | None) -> Status:
    """Show the memo of the library or of a tag, or write TEXT as the memo.

    TEXT replaces it; - is standard input, an empty TEXT takes it away.
    """
    from store import memos, safe

    library = env.library()
    if text is not None:
        written = prose(env, text) or ""
        if reference is None:
            memos.write(library.core, written)
        else:
            library.codebook.define(reference, memo=written)
        return Status.DONE
    if reference is None:
        found = memos.read(library.core)
    else:
        found = library.codebook.get(reference).memo
    if not found:
        return Status.NOTHING
    ended = found if found.endswith("\n") else f"{found}\n"
    env.stdout.write(safe.block(ended) if env.on_terminal else ended)
    return Status.DONE


COMMANDS: dict[str, click.Command] = {"tags": tags, "tag": tag, "memo": memo}
