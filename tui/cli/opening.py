"""The way to the screen: the command open, and postilla alone."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

import click

from store.errors import UsageError
from tui.cli.environment import Environment
from tui.cli.options import pass_env

_DATABASE = b"SQLite format 3\0"
"""How a library begins. Another program's database is refused when it is opened, with
a better reason than a reader of documents could give."""


@click.command("open")
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@pass_env
def open_command(env: Environment, paths: tuple[str, ...]) -> int:
    """Open the screen.

    A PATH that is a library is opened; files and folders are added first.
    """
    return open_screen(env, paths)


def open_screen(env: Environment, paths: Sequence[str]) -> int:
    """Run the screen until it is left; returns its exit status.

    Raises ``UsageError`` where there is no terminal to draw on, or a path is nothing.
    """
    library, documents = _sorted_out(paths)
    if not (env.stdin.isatty() and env.on_terminal):
        raise UsageError(
            "The screen needs a terminal, and standard input or output is not one;"
            " in a script use the commands, such as postilla add, list and search."
        )
    if library is not None:
        env.chosen = str(library)
    config, problem = env.config_or_default()
    # Collecting garbage while everything is being imported costs a fifth of the
    # start; the screen turns it on again once it stands.
    gc.disable()
    from tui import app

    return app.run(
        library_path=env.library_path(config),
        add=documents,
        config=config,
        config_problem=problem,
        places=env.places,
        coder=env.coder,
    )


def _sorted_out(paths: Sequence[str]) -> tuple[Path | None, list[Path]]:
    """Which path is the library, and which are documents to add."""
    libraries: list[Path] = []
    documents: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(
                f"There is no {path}; to begin a library there use postilla -L {path}."
            )
        (libraries if is_database(path) else documents).append(path)
    if len(libraries) > 1:
        raise UsageError("Only one library can be opened at a time.")
    return (libraries[0] if libraries else None), documents


def is_database(path: Path) -> bool:
    """Whether a file begins as a library does."""
    if not path.is_file():  # a pipe would wait for somebody to write to it
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


COMMANDS: dict[str, click.Command] = {"open": open_command}
