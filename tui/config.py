"""The configuration: TOML into typed settings, errors with file, line and name.

An unreadable file stops a command; the screen opens with defaults and says so.
Precedence: option, environment, ``postilla.toml`` beside the library, the user's
file, what is built in.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from store.errors import UsageError


class ConfigError(UsageError):
    """A configuration file that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class View:
    """How the screen looks."""

    theme: str = "postilla-dark"
    text_width: int = 72
    """Cells; 0 is the whole pane."""
    show_entities: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """What the export dialog begins with."""

    format: str = "markdown"
    group_by: str = "tag"
    context: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be configured."""

    library: str | None = None
    coder: str | None = None
    extractor: str = "built-in"
    """What finds names; ``store.extract.plugins`` says which there are."""
    view: View = field(default_factory=View)
    export: Export = field(default_factory=Export)
    keys: Mapping[str, object] = field(default_factory=dict)
    """The ``[keys]`` table as it is written; ``tui.keys_config`` understands it."""


_CHOICES = {
    "export.format": ("markdown", "csv", "jsonl"),
    "export.group_by": ("tag", "document", "date"),
}

SAMPLE = """\
# postilla reads this file at start and never writes it.

# library = "~/research/news.db"   # instead of the one in your data folder
# coder = "Your name"              # signs annotations; the login name unless given
# extractor = "built-in"           # what finds names; an installed plug-in by its name

[view]
# theme = "postilla-dark"
# text_width = 72                  # 0 uses the whole pane
# show_entities = true

[export]
# format = "markdown"              # markdown, csv, jsonl
# group_by = "tag"                 # tag, document, date
# context = false                  # the sentence around each quotation

[keys]
# search_everything = ["s", "ctrl+f"]   # one key or several; "" takes them away
"""


def load(path: Path, base: Config | None = None) -> Config:
    """Read one file over ``base`` (what is built in unless given).

    A missing file changes nothing. Raises ``ConfigError``.
    """
    import tomllib

    below = base or Config()
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return below
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        text = raw.decode("utf-8")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}.") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply.") from error
    return _checked(path, text, values, below)


def _checked(path: Path, text: str, values: dict[str, Any], config: Config) -> Config:
    for name, value in values.items():
        if name == "keys":
            if not isinstance(value, dict):
                raise ConfigError(f"{path}: keys is a section; write it as [keys].")
            config = replace(config, keys={**config.keys, **value})
        elif name == "view":
            config = replace(config, view=_part(path, text, name, config.view, value))
        elif name == "export":
            part = _part(path, text, name, config.export, value)
            config = replace(config, export=part)
        elif name == "library":
            _need(path, text, name, value, str)
            config = replace(config, library=str(_library(path, value)))
        elif name == "coder":
            _need(path, text, name, value, str)
            config = replace(config, coder=" ".join(value.split()) or None)
        elif name == "extractor":
            _need(path, text, name, value, str)
            config = replace(config, extractor=value.strip() or Config().extractor)
        else:
            _unknown(path, text, name, [one.name for one in fields(Config)])
    return config


def _library(path: Path, value: str) -> Path:
    """A library is looked for beside the file that names it."""
    try:
        return path.parent / Path(value).expanduser()
    except RuntimeError:  # a home folder that nobody has
        return path.parent / value


def _part(path: Path, text: str, name: str, defaults: Any, values: object) -> Any:
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: {name} is a section; write it as [{name}].")
    known = {one.name: type(getattr(defaults, one.name)) for one in fields(defaults)}
    for key, value in values.items():
        if key not in known:
            _unknown(path, text, key, list(known), f"[{name}] ")
        _need(path, text, key, value, known[key])
        allowed = _CHOICES.get(f"{name}.{key}")
        if allowed and value not in allowed:
            raise ConfigError(
                f"{path}, line {_line(text, key)}: {key} is one of"
                f" {', '.join(allowed)}, not {value}."
            )
    return replace(defaults, **values)


def _need(path: Path, text: str, key: str, value: object, kind: type) -> None:
    if type(value) is not kind:
        words = {str: "text in quotes", int: "a number", bool: "true or false"}
        raise ConfigError(
            f"{path}, line {_line(text, key)}: {key} must be {words[kind]}."
        )


def _unknown(
    path: Path, text: str, key: str, known: list[str], where: str = ""
) -> None:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" Known: {', '.join(known)}."
    raise ConfigError(
        f"{path}, line {_line(text, key)}: there is no setting {where}{key}.{hint}"
    )


def _line(text: str, key: str) -> int:
    """The line on which a key is set; tomllib does not tell."""
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.split("=", 1)[0].strip().strip("\"'")
        if name == key or line.strip() == f"[{key}]":
            return number
    return 1
