"""Documents and people's words may hold anything; none of it acts on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import Cli

EVIL = "\x1b]52;c;ZXZpbA==\x07 \x9b31m \u202eevil\u2066 [bold red]x[/] \x00end"
NAME = "[red]x[/] \u202eevil \x9b31m"
RAW = ("\x07", "\x9b", "\u202e", "\u2066", "\x00")

COMMANDS = (
    ("list",),
    ("list", "-f", "csv"),
    ("list", "-f", "tsv"),
    ("list", "-f", "json"),
    ("show", "1"),
    ("show", "1", "-f", "json"),
    ("show", "1", "-f", "table"),
    ("search", "evil"),
    ("entities",),
    ("mentions",),
    ("annotations",),
    ("annotations", "-f", "json"),
    ("annotations", "-f", "csv"),
    ("tags",),
    ("tags", "-f", "jsonl"),
    ("history",),
    ("export",),
    ("export", "-f", "csv"),
    ("export", "-f", "jsonl"),
    ("document", "set", "1", f"author={EVIL[1:5]}\x1b[2J"),
    ("annotation", "edit", "1", "--note", EVIL),
    ("tag", "add", NAME.replace("\x9b", "")),
    ("undo",),
    ("list", "--tag", NAME),
    ("show", NAME),
    (NAME,),
    ("list", f"--{NAME}"),
    ("-L", f"/nowhere/{NAME}", "list"),
    ("import", NAME),
    ("annotate", "1", "--quote", "evil"),
)


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    made = Cli(tmp_path_factory.mktemp("hostile"))
    path = made.records(
        {
            "id": EVIL,
            "title": EVIL,
            "text": f"{EVIL}\nevil Maria Rossi {EVIL}",
            "source": EVIL,
        }
    )
    assert made.run("add", path, "--field", f"odd={EVIL}").status == 0
    made.run("annotate", "1", "--note", EVIL, "--tag", "\u202e[red]x[/]")
    made.run("annotate", "1", "2:9", "--note", f"\u202e{EVIL}", "--tag", "plain")
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_acts(cli: Cli, command: tuple[str, ...]) -> None:
    result = cli.run("--no-color", *command, tty=True)
    shown = result.out + result.err
    assert shown
    assert result.status != 70
    assert "\x1b" not in shown
    for sign in RAW:
        assert sign not in shown


def test_progress_and_failures(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred.pdf").write_bytes(b"%PDF-1.7")
    result = cli.run("add", str(tmp_path), tty=True)
    assert result.status == 4
    # What is left are our own: carriage return and "erase to the end of the line".
    assert "\x1b" not in result.err.replace("\r\x1b[K", "")
    assert "␛[31mred.pdf" in result.err


def test_json_says_exactly_what_is_there(cli: Cli) -> None:
    on_terminal = cli.run("annotations", "-f", "json", tty=True).json
    assert on_terminal[0]["note"] == EVIL
    assert cli.run("annotations", "-f", "json").json == on_terminal


def test_markup_is_only_text(cli: Cli) -> None:
    assert "[red]x[/]" in cli.run("tags", tty=True).out
