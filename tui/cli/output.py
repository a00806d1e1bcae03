"""Rows out: a table for the eye, tsv, csv and JSON for scripts.

Whatever comes from a document passes the display door here. A cell that a
spreadsheet would run gets an apostrophe in csv and tsv; JSON carries the exact
text, with signs that act on a terminal written as escapes.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

import click

from store import safe
from store.errors import UsageError
from tui.cli.environment import Environment
from tui.cli.options import counted
from tui.cli.status import Status

FORMATS = ("table", "tsv", "csv", "json", "jsonl")

Record = Mapping[str, Any]


def listing(default: int | None = None) -> Callable[[Any], Any]:
    """The options of every command that lists rows."""

    def decorate(command: Any) -> Any:
        for option in (
            click.option(
                "-0", "null", is_flag=True, help="Ids only, each ended by NUL."
            ),
            click.option(
                "--limit",
                type=click.IntRange(min=0),
                default=default,
                show_default=default is not None,
                metavar="N",
                help="At most N rows; 0 is all.",
            ),
            format_option,
        ):
            command = option(command)
        return command

    return decorate


format_option = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Table on a terminal, tsv in a pipe, unless given.",
)


def record(value: Any, names: Sequence[str]) -> dict[str, Any]:
    """The named fields of a dataclass or mapping, in this order."""
    if isinstance(value, Mapping):
        return {name: _plain(value[name]) for name in names}
    return {name: _plain(getattr(value, name)) for name in names}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def rows(
    env: Environment,
    values: Iterable[Any],
    names: Sequence[str],
    *,
    table: Sequence[str] | None = None,
    form: str | None = None,
    limit: int | None = None,
    null: bool = False,
) -> Status:
    """Print a row for each value; says with its status whether there were any.

    ``names`` are the fields scripts rely on, ``table`` the few for the eye.
    """
    some = (record(value, names) for value in islice(values, limit or None))
    if null:
        if "id" not in names:
            raise UsageError("These rows have no ids; leave out -0.")
        return _ids(env, some)
    chosen = form or ("table" if env.on_terminal else "tsv")
    columns = table if table and chosen == "table" else names
    return Status.DONE if _WRITERS[chosen](env, some, columns) else Status.NOTHING


def one(
    env: Environment, value: Any, names: Sequence[str], *, form: str | None = None
) -> Status:
    """Print one thing: an object in JSON, name and value lines in a table."""
    known = record(value, names)
    chosen = form or ("table" if env.on_terminal else "tsv")
    if chosen in ("json", "jsonl"):
        _json_line(env, known, indent=2 if chosen == "json" else None)
    elif chosen == "table":
        wide = max(len(name) for name in names)
        for name in names:
            if text := _looks(name, known[name]):
                print(f"{name:<{wide}}  {text}", file=env.stdout)
    else:
        _WRITERS[chosen](env, [known], names)
    return Status.DONE


def one_or_rows(
    env: Environment,
    values: Sequence[Any],
    names: Sequence[str],
    *,
    table: Sequence[str] | None = None,
    form: str | None = None,
) -> Status:
    """Print what a command that takes several things did: one as one, else rows."""
    if len(values) == 1:
        return one(env, values[0], names, form=form)
    return rows(env, values, names, table=table, form=form)


def cell(value: Any) -> str:
    """One value as text: lists joined, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(cell(part) for part in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, float):
        return repr(value)
    return str(value)


def _ids(env: Environment, records: Iterable[Record]) -> Status:
    status = Status.NOTHING
    for row in records:
        env.stdout.write(f"{row['id']}\0")
        status = Status.DONE
    return status


def _table(env: Environment, records: Iterable[Record], names: Sequence[str]) -> int:
    lines = [[_looks(name, row[name]) for name in names] for row in records]
    if not lines:
        if env.on_terminal:  # where silence would be taken for a fault
            env.say("Nothing found.")
        return 0
    numeric = [all(_is_number(row[i]) for row in lines) for i in range(len(names))]
    widths = _widths([list(names), *lines], env.width)
    shown = _shown_columns(widths, env.width)
    if hidden := len(names) - len(shown):
        env.say(f"{counted(hidden, 'more column')}; -f csv has every one.")
    head = "  ".join(safe.fit(names[i], widths[i], right=numeric[i]) for i in shown)
    bold = env.colour and env.on_terminal
    print(f"\x1b[1m{head.rstrip()}\x1b[0m" if bold else head.rstrip(), file=env.stdout)
    for row in lines:
        text = "  ".join(safe.fit(row[i], widths[i], right=numeric[i]) for i in shown)
        print(text.rstrip(), file=env.stdout)
    return len(lines)


def _is_number(shown: str) -> bool:
    return not shown or shown.removeprefix("-").replace(".", "", 1).isdigit()


def _looks(name: str, value: Any) -> str:
    """A cell for the eye: moments in local time, of publication the day only."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.2f}" if value <= 1 else f"{value:.0f}"
    if name in _MOMENTS and isinstance(value, str) and "T" in value:
        with suppress(ValueError):
            moment = datetime.fromisoformat(value).astimezone()
            return moment.isoformat(" ")[: 10 if name == "published" else 16]
    return safe.line(cell(value)[:_MOST_SHOWN])


_MOMENTS = frozenset(("created", "modified", "published"))
_MOST_SHOWN = 1000
"""Signs of a cell that are looked at; no terminal is wider."""


def _shown_columns(widths: Sequence[int], total: int) -> list[int]:
    """As many of the columns, from the left, as a narrow terminal has room for."""
    shown = list(range(len(widths)))
    while len(shown) > 1 and sum(widths[i] + 2 for i in shown) - 2 > total:
        shown.pop()
    return shown


def _widths(lines: list[list[str]], total: int) -> list[int]:
    """Widths that fit the terminal: the widest columns give way first."""
    widths = [max(safe.width(row[i]) for row in lines) for i in range(len(lines[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > total and max(widths) > 6:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _tsv(env: Environment, records: Iterable[Record], names: Sequence[str]) -> int:
    count = 0
    for count, row in enumerate(records, start=1):
        if count == 1:
            print("\t".join(names), file=env.stdout)
        cells = [_shown(env, row[name], one_line=True) for name in names]
        print("\t".join(cells), file=env.stdout)
    return count


def _csv(env: Environment, records: Iterable[Record], names: Sequence[str]) -> int:
    writer = csv.writer(env.stdout, lineterminator="\n")
    count = 0
    for count, row in enumerate(records, start=1):
        if count == 1:
            writer.writerow(names)
        writer.writerow([_shown(env, row[name]) for name in names])
    return count


def _shown(env: Environment, value: Any, *, one_line: bool = False) -> str:
    """A cell for csv and tsv: harmless in a spreadsheet and on a terminal."""
    text = cell(value)
    if not isinstance(value, int | float):
        from store.export.tables import cell as guarded

        text = guarded(text)
    if one_line:
        text = _BREAKS.sub(" ", text)
    return safe.block(text) if env.on_terminal else text


_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def _json(env: Environment, records: Iterable[Record], _names: Sequence[str]) -> int:
    count = 0
    for count, row in enumerate(records, start=1):
        # Not before there is a row: the question may yet be refused.
        env.stdout.write(",\n " if count > 1 else "[\n ")
        env.stdout.write(json_text(env, row))
    env.stdout.write("\n]\n" if count else "[]\n")
    return count


def _jsonl(env: Environment, records: Iterable[Record], _names: Sequence[str]) -> int:
    count = 0
    for row in records:
        _json_line(env, row)
        count += 1
    return count


def _json_line(env: Environment, row: Record, indent: int | None = None) -> None:
    print(json_text(env, row, indent), file=env.stdout)


def json_text(env: Environment, value: Any, indent: int | None = None) -> str:
    """JSON that says exactly the value and cannot act on a terminal."""
    plain = not env.writes_unicode
    return safe.for_terminal_json(json.dumps(value, ensure_ascii=plain, indent=indent))


_WRITERS: dict[str, Callable[[Environment, Iterable[Record], Sequence[str]], int]] = {
    "table": _table,
    "tsv": _tsv,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
}
