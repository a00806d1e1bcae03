"""The configuration, and the way to the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .commandline import Cli


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands for the screen and keeps what it was called with."""
    called: dict[str, Any] = {}
    module = ModuleType("tui.app")

    def run(**given: Any) -> int:
        called.update(given)
        return 0

    module.run = run  # type: ignore[attr-defined]
    import tui

    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr(tui, "app", module, raising=False)
    return called


@pytest.mark.parametrize("command", [(), ("open",)])
def test_without_a_terminal(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = Cli(tmp_path).run(*command)
    assert result.status == 2
    assert "needs a terminal" in result.err
    assert "postilla list" in result.err.replace("add, list", "postilla list")


def test_alone(tmp_path: Path, screen: dict[str, Any]) -> None:
    cli = Cli(tmp_path)
    assert cli.run(tty=True).status == 0
    assert screen["library_path"] == cli.library
    assert screen["add"] == []
    assert screen["config_problem"] is None
    assert screen["places"].config == cli.config


def test_a_library_is_opened_and_the_rest_is_added(
    tmp_path: Path, screen: dict[str, Any]
) -> None:
    cli = Cli(tmp_path)
    text = cli.file("a.txt", "Some words.\n")
    mine = str(tmp_path / "mine.db")
    cli.run("-L", mine, "add", text)
    assert cli.run("open", text, mine, str(tmp_path), tty=True).status == 0
    assert screen["library_path"] == Path(mine)
    assert screen["add"] == [Path(text), tmp_path]
    assert cli.run("open", mine, mine, tty=True).status == 2
    missing = cli.run("open", str(tmp_path / "no.db"), tty=True)
    assert missing.status == 2
    assert "postilla -L" in missing.err


def test_a_wrong_configuration_stops_commands_not_the_screen(
    tmp_path: Path, screen: dict[str, Any]
) -> None:
    cli = Cli(tmp_path).with_documents()
    cli.file("config/postilla/config.toml", "[view]\ntext_widht = 80\n")
    stopped = cli.run("list")
    assert stopped.status == 2
    assert "line 2" in stopped.err
    assert "Did you mean text_width?" in stopped.err
    assert cli.run("config", "check").status == 2
    assert cli.run("config", "path").out == f"{cli.config}\n"
    assert cli.run(tty=True).status == 0
    assert "text_widht" in screen["config_problem"]
    assert screen["config"].view.text_width == 72


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("view = 3\n", "[view]"),
        ("[view]\ntext_width = 'wide'\n", "a number"),
        ("[view]\nshow_entities = 1\n", "true or false"),
        ("[export]\nformat = 'pdf'\n", "markdown, csv, jsonl"),
        ("colour = 'red'\n", "no setting colour"),
        ("coder = = 'Ann'\n", "line 1"),
        ("keys = 1\n", "[keys]"),
    ],
)
def test_errors_say_where(tmp_path: Path, text: str, reason: str) -> None:
    cli = Cli(tmp_path)
    cli.file("config/postilla/config.toml", text)
    result = cli.run("config", "show")
    assert result.status == 2
    assert str(cli.config) in result.err
    assert reason in result.err


def test_the_file_beside_the_library_wins_setting_by_setting(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    cli.file(
        "config/postilla/config.toml",
        "library = 'x/mine.db'\ncoder = 'Ann'\n[view]\ntext_width = 60\n",
    )
    beside = cli.config.parent / "x" / "postilla.toml"
    beside.parent.mkdir()
    beside.write_text("library = '/elsewhere.db'\n[view]\nshow_entities = false\n")
    shown = cli.run("config", "show", "-f", "json").json
    assert shown["library"] == str(beside.parent / "mine.db")
    assert shown["coder"] == "Ann"
    assert shown["view.text_width"] == 60
    assert shown["view.show_entities"] is False


def test_keys_are_checked(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    cli.file("config/postilla/config.toml", "[keys]\nqiut = 'Q'\n")
    result = cli.run("config", "check")
    assert result.status == 2
    assert "quit" in result.err


def test_init_writes_once_and_the_sample_is_right(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    assert "There is no" in cli.run("config", "check").out
    assert cli.run("config", "init").status == 0
    assert "All is well" in cli.run("config", "check").out
    plain = cli.config.read_text(encoding="utf-8")
    assert cli.run("config", "init").status == 2
    assert cli.config.read_text(encoding="utf-8") == plain
    used = "\n".join(
        line.removeprefix("# ") if " = " in line else line
        for line in plain.splitlines()
    )
    cli.config.write_text(used, encoding="utf-8")
    assert cli.run("config", "check").status == 0
