"""The command config: where the configuration is, what it says, whether it is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli.environment import Environment
from tui.cli.options import group, pass_env
from tui.cli.output import format_option, one
from tui.cli.status import Status

if TYPE_CHECKING:
    from tui.config import Config

config = group("Show or check the configuration.")


@config.command()
@pass_env
def path(env: Environment) -> Status:
    """Print where the configuration file is looked for."""
    from store import safe

    print(safe.line(env.places.config), file=env.stdout)
    return Status.DONE


@config.command()
@format_option
@pass_env
def show(env: Environment, form: str | None) -> Status:
    """Show every setting as it holds now."""
    settings = _settings(env, env.config)
    return one(env, settings, list(settings), form=form)


def _settings(env: Environment, config: Config) -> dict[str, Any]:
    from dataclasses import asdict

    from store.library import login_name

    flat: dict[str, Any] = {
        "library": str(env.library_path(config)),
        "coder": config.coder or login_name(),
        "extractor": config.extractor,
    }
    for section in ("view", "export"):
        values = asdict(getattr(config, section))
        flat |= {f"{section}.{name}": value for name, value in values.items()}
    return {**flat, "keys": dict(config.keys)}


@config.command()
@pass_env
def check(env: Environment) -> Status:
    """Check the configuration; says what is wrong, with the line."""
    from tui.keys_config import conflicts

    _check_extractor(env.config.extractor)
    problems = conflicts(env.config.keys)
    if problems:
        raise UsageError(" ".join(problems))
    files = (env.places.config, env.beside(env.config))
    there = [str(file) for file in files if file.exists()]
    if there:
        env.tell(f"All is well in {' and '.join(there)}.")
    else:
        env.tell(f"There is no {files[0]}; what is built in holds.")
    return Status.DONE


def _check_extractor(name: str) -> None:
    """Raises ``NotFound`` or ``UsageError`` where names cannot be found by it."""
    from store.extract import plugins

    plugins.chosen(name)


@config.command()
@pass_env
def init(env: Environment) -> Status:
    """Write a configuration file to begin with, every line with its meaning."""
    from tui.config import SAMPLE

    target: Path = env.places.config
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(SAMPLE)
    except FileExistsError:
        raise UsageError(f"{target} exists and is left as it is.") from None
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}).") from error
    env.tell(f"{target} was written.")
    return Status.DONE


COMMANDS: dict[str, click.Command] = {"config": config}
