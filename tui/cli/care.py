"""Commands that look after a library: undo, history, check, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import fields
from tui.cli.environment import Environment
from tui.cli.options import pass_env
from tui.cli.output import format_option, listing, one, rows
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.care import Finding
    from store.model import Change


@click.command()
@format_option
@pass_env
def undo(env: Environment, form: str | None) -> Status:
    """Take back what you did last in the library, in whichever window."""
    done = env.library().history.undo(everywhere=True)
    return _told(env, "Undone", done, form)


@click.command()
@format_option
@pass_env
def redo(env: Environment, form: str | None) -> Status:
    """Do again what was undone last."""
    done = env.library().history.redo(everywhere=True)
    return _told(env, "Done again", done, form)


def _told(env: Environment, words: str, change: Change, form: str | None) -> Status:
    if form is None:
        env.tell(f"{words}: {change.act}.")
        return Status.DONE
    return one(env, change, fields.CHANGE, form=form)


@click.command()
@listing()
@pass_env
def history(
    env: Environment, form: str | None, limit: int | None, null: bool
) -> Status:
    """List what was done, newest first."""
    found = env.library().history.entries(limit or None)
    return rows(env, found, fields.CHANGE, form=form, null=null)


@click.command()
@click.option("--repair", is_flag=True, help="Make anew what can be made anew.")
@format_option
@pass_env
def check(env: Environment, repair: bool, form: str | None) -> Status:
    """Check the file, the offsets and the indexes of the library."""
    from store import care, safe

    findings = care.check(env.library().core, repair=repair)
    if form == "table" or (form is None and env.on_terminal):
        for one in findings:  # whole sentences, where a table would cut them
            print(safe.line(_words(one)), file=env.stdout)
    else:
        rows(env, findings, fields.FINDING, form=form)
    bad = any(one.level == "problem" and not one.mended for one in findings)
    return Status.LIBRARY if bad else Status.DONE


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
