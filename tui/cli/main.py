"""The command ``postilla``: finds the command that is meant and imports only that.

Help and version come from a table here, so that they cost no more than click. An
error a person can act on is one sentence and a status; anything unexpected goes
to the log, whose name is shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tui.cli.environment import Environment
from tui.cli.status import Status

if TYPE_CHECKING:
    import sqlite3

_COMMANDS: dict[str, tuple[str, str]] = {
    "open": ("opening", "Open the screen (also without any command)."),
    "add": ("adding", "Add documents from files, folders or standard input."),
    "list": ("reading", "List documents."),
    "show": ("reading", "Show a document's text."),
    "document": ("documents", "Correct, remove or purge a document."),
    "search": ("searching", "Search documents, entities, annotations and tags."),
    "entities": ("naming", "List who and what is named."),
    "mentions": ("naming", "List where they are named, and dates and sums."),
    "figures": ("figuring", "List sums, shares, quantities and dates by value."),
    "quotations": ("figuring", "List who says what."),
    "entity": ("naming", "Merge, split, rename, retype, reject entities."),
    "extract": ("extracting", "Find entities, again if asked."),
    "annotate": ("annotating", "Annotate a passage or a document."),
    "annotation": ("annotating", "Edit, tag, untag or delete annotations."),
    "annotations": ("annotating", "List annotations."),
    "tags": ("tagging", "List the codebook."),
    "tag": ("tagging", "Add, rename, move, merge, define or delete tags."),
    "memo": ("tagging", "Show or write the memo of the library or of a tag."),
    "query": ("queries", "Save, list, rename or drop queries and searches."),
    "code": ("asking", "Tag every place that a search finds, in one go."),
    "kwic": ("asking", "Words in context: a concordance."),
    "cooccur": ("counting", "Which tags or entities occur together."),
    "timeline": ("counting", "Documents, mentions or annotations over time."),
    "matrix": ("counting", "Tags by document, for R or a spreadsheet."),
    "agreement": ("agreeing", "How far coders agree."),
    "coder": ("agreeing", "List coders, blind coding, what is done."),
    "collection": ("collecting", "Named sets of documents, and random samples."),
    "attribute": ("attributing", "Attributes of documents: define, fill in, list."),
    "export": ("moving", "Take annotations out: markdown, csv, jsonl."),
    "import": ("moving", "Bring annotations or a codebook in."),
    "undo": ("care", "Take back what you did last."),
    "redo": ("care", "Do again what was undone last."),
    "history": ("care", "List what was done."),
    "check": ("care", "Check the library."),
    "backup": ("care", "Copy the library to a file."),
    "config": ("configuring", "Show or check the configuration."),
}


def _set(field: str, value: Callable[[Any], Any] = lambda given: given) -> Any:
    def callback(context: click.Context, _: click.Parameter, given: Any) -> None:
        if given:
            setattr(context.find_object(Environment), field, value(given))

    return callback


def global_options() -> list[click.Option]:
    """Options that stand before or after the command."""
    return [
        click.Option(
            ["-L", "--library"],
            metavar="FILE",
            expose_value=False,
            callback=_set("chosen"),
            help="The library to use.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_set("quiet"),
            help="No progress, no summary.",
        ),
        click.Option(
            ["--no-color"],
            is_flag=True,
            expose_value=False,
            callback=_set("colour", lambda _: False),
            help="No colours.",
        ),
    ]


class Postilla(click.Group):
    """The group of all commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and give it the global options."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"tui.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.COMMANDS[cmd_name]
        _with_globals(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual; an unknown name is refused with the nearest."""
        from tui.cli.options import refuse_unknown

        refuse_unknown(ctx, args, _COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _with_globals(command: click.Command) -> None:
    if not any(option.name == "library" for option in command.params):
        command.params.extend(global_options())
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _with_globals(below)


def _version(context: click.Context, _: click.Parameter, given: bool) -> None:
    if given and not context.resilient_parsing:
        from importlib.metadata import version

        out = context.ensure_object(Environment).stdout
        click.echo(f"postilla {version('postilla')}", file=out)
        context.exit()


@click.command(
    cls=Postilla,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        *global_options(),
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_version,
            help="Show the version.",
        ),
    ],
)
@click.pass_context
def postilla(context: click.Context) -> int | None:
    """Read a body of news, find anything in it, mark passages, take them out.

    Without a command it opens the screen. Every command takes --help.
    """
    if context.invoked_subcommand is None:
        from tui.cli.opening import open_screen

        return int(open_screen(context.obj, ()))
    return None


def run(arguments: Sequence[str], env: Environment) -> int:
    """Run one command in an environment; returns the exit status."""
    try:
        status = _run(arguments, env)
        env.stdout.flush()
        return status
    except BrokenPipeError:
        _swallow_the_rest(env)
        return Status.DONE


def _run(arguments: Sequence[str], env: Environment) -> int:
    from store.errors import PostillaError

    try:
        # Not ``postilla.main``: it ends the process itself when a pipe is closed.
        context = postilla.make_context("postilla", list(arguments), obj=env)
        with env.leaving, context:
            return int(postilla.invoke(context) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), file=env.stderr)
        return Status.USAGE
    except click.ClickException as error:
        env.say(f"postilla: {error.format_message()}")
        return Status.USAGE
    except PostillaError as error:
        env.say(f"postilla: {error}")
        return error.status
    except (KeyboardInterrupt, click.Abort):
        env.say("postilla: interrupted; what was reported as done is done.")
        return Status.INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _unexpected(env, error)


def _swallow_the_rest(env: Environment) -> None:
    """Whoever read our output has gone; what is still buffered goes into nothing."""
    with suppress(OSError, ValueError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, env.stdout.fileno())
        os.close(sink)


def _unexpected(env: Environment, error: Exception) -> int:
    import sqlite3

    if isinstance(error, sqlite3.DatabaseError):
        return _about_the_library(env, error)
    from tui.errorlog import record

    log = record(env.places.log, error)
    env.say(
        f"postilla: something unexpected happened ({type(error).__name__});"
        f" the details are in {log}."
    )
    return Status.UNEXPECTED


def _about_the_library(env: Environment, error: sqlite3.Error) -> int:
    """What SQLite says while reading is about the file, not about the program."""
    from store.connections import explain
    from tui.errorlog import record

    record(env.places.log, error)
    config, _ = env.config_or_default()
    env.say(f"postilla: {explain(env.library_path(config), error)}")
    name = getattr(error, "sqlite_errorname", "")
    busy = name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return Status.BUSY if busy else Status.LIBRARY


def main() -> None:
    """Entry point of the program."""
    try:
        status = run(sys.argv[1:], Environment.real())
    except KeyboardInterrupt:  # pressed again while the library was being closed
        status = Status.INTERRUPTED
    sys.exit(status)
