"""Commands that look after a library: undo, history, check, backup."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.errors import UsageError
from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.progress import Progress
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.care import Finding
    from store.model import Change


_COUNT = click.argument(
    "count", metavar="[N]", type=click.IntRange(min=1), default=None, required=False
)


@click.command()
@_COUNT
@click.option("--to", type=int, metavar="ID", help="Every act after this one; 0: all.")
@click.option("--only", type=int, metavar="ID", help="Just this act of the history.")
@format_option
@pass_env
def undo(
    env: Environment,
    count: int | None,
    to: int | None,
    only: int | None,
    form: str | None,
) -> Status:
    """Take back what you did last in the library, in whichever window.

    N acts, or with --to every act of yours after one of the history: all or none.
    """
    _one_of(count, to, only)
    history = env.library().history
    if only is not None:
        done = [history.undo_only(only)]
    elif to is not None:
        done = history.undo_to(to)
    else:
        done = history.undo_steps(count or 1)
    return _told(env, "Undone", done, form, several=bool(count) or to is not None)


@click.command()
@_COUNT
@click.option("--to", type=int, metavar="ID", help="Up to and with this act.")
@format_option
@pass_env
def redo(
    env: Environment, count: int | None, to: int | None, form: str | None
) -> Status:
    """Do again what was undone last: N acts, or with --to up to one of the history."""
    _one_of(count, to)
    history = env.library().history
    done = history.redo_steps(count or 1) if to is None else history.redo_to(to)
    return _told(env, "Done again", done, form, several=bool(count) or to is not None)


def _one_of(*given: int | None) -> None:
    if sum(one is not None for one in given) > 1:
        raise UsageError("Give N or an act of the history, not both.")


def _told(
    env: Environment,
    words: str,
    done: Sequence[Change],
    form: str | None,
    *,
    several: bool,
) -> Status:
    if form is None:
        for change in done[:_TOLD]:
            env.tell(f"{words}: {change.act}.")
        if len(done) > _TOLD:
            env.tell(f"{words}: {len(done) - _TOLD:,} more.")
        return Status.DONE
    if several:
        return rows(env, done, fields.CHANGE, table=fields.CHANGE_TABLE, form=form)
    return one(env, done[0], fields.CHANGE, form=form)


_TOLD = 10
"""Acts that are named one by one; a long way back is counted."""


@click.command()
@click.option("--mine", is_flag=True, help="Only what you did.")
@listing()
@pass_env
def history(
    env: Environment, mine: bool, form: str | None, limit: int | None, null: bool
) -> Status:
    """List what was done, newest first.

    The id is what undo --to and --only take.
    """
    found = env.library().history.entries(
        limit or None, whose="mine" if mine else "all"
    )
    return rows(
        env, found, fields.CHANGE, table=fields.CHANGE_TABLE, form=form, null=null
    )


@click.command()
@click.option("--repair", is_flag=True, help="Make anew what can be made anew.")
@format_option
@pass_env
def check(env: Environment, repair: bool, form: str | None) -> Status:
    """Check the file, the offsets and the indexes of the library."""
    from store import safe

    findings = _findings(env, repair=repair)
    if form == "table" or (form is None and env.on_terminal):
        for one in findings:  # whole sentences, where a table would cut them
            print(safe.line(_words(one)), file=env.stdout)
    else:
        rows(env, findings, fields.FINDING, form=form)
    bad = any(one.level == "problem" and not one.mended for one in findings)
    return Status.LIBRARY if bad else Status.DONE


def _findings(env: Environment, *, repair: bool) -> list[Finding]:
    """Check, and show how far making anew has come."""
    from store import care, counters

    core = env.library().core
    count = counters.total(core.reader)
    began = time.monotonic()
    with Progress(env, "Mending") as progress:
        return care.check(
            core,
            repair=repair,
            progress=lambda share: progress.show(
                share=share,
                count=round(share * count),
                seconds=time.monotonic() - began,
            ),
        )


def _words(finding: Finding) -> str:
    return f"{finding.level:<8} {finding.what}{' Mended.' if finding.mended else ''}"


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Write over an existing FILE.")
@pass_env
def backup(env: Environment, file: str, force: bool) -> Status:
    """Copy the library to a file, also while it is open elsewhere."""
    target = env.library().backup(Path(file), force=force)
    env.tell(f"The library was copied to {target}.")
    return Status.DONE


COMMANDS: dict[str, click.Command] = {
    "undo": undo,
    "redo": redo,
    "history": history,
    "check": check,
    "backup": backup,
}
