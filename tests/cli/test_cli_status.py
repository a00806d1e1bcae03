"""Every exit status, and where the library is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import connections

from .commandline import Cli


def test_0_done(tmp_path: Path) -> None:
    assert Cli(tmp_path).with_documents().run("list").status == 0


@pytest.mark.parametrize("command", ["annotations", "tags", "history"])
def test_1_nothing_to_list(tmp_path: Path, command: str) -> None:
    cli = Cli(tmp_path).with_documents()
    result = cli.run(command)
    assert (result.status, result.out, result.err) == (1, "", "")
    assert cli.run(command, "-f", "json").json == []
    assert cli.run(command, "-f", "csv").out == ""
    assert cli.run(command, tty=True).out == ""


def test_1_nothing_to_undo_or_redo(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    for command in ("undo", "redo"):
        result = cli.run(command)
        assert (result.status, result.out) == (1, "")
        assert f"nothing to {command}" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("lsit",),
        ("list", "--nonsense"),
        ("list", "--order", "colour"),
        ("list", "--since", "yesterday"),
        ("list", "-f", "xml"),
        ("list", "--limit", "-1"),
        ("list", "--tag", "nowhere"),
        ("list", "--entity", "Nobody At All"),
        ("show", "99"),
        ("show",),
        ("document",),
        ("search", "x", "--in", "books"),
        ("search", "(", "--regex"),
        ("mentions", "--type", "PERSON"),
        ("annotate", "1", "5:2"),
        ("annotate", "1", "0:999999"),
        ("annotate", "1", "five"),
        ("annotate", "1", "0:5", "--quote", "port"),
        ("annotate", "1", "--nth", "1"),
        ("annotate", "1", "--quote", "not in there"),
        ("annotation", "edit", "1"),
        ("annotation", "tag", "1"),
        ("annotations", "--tag", "a and"),
        ("tag", "add", "a//b"),
        ("tag", "add", "a", "--marker", "long"),
        ("tag", "define", "nowhere"),
        ("entity", "retype", "Maria Rossi", "HERO"),
        ("entity", "split", "Maria Rossi", "first"),
        ("document", "set", "1", "title"),
        ("document", "set", "1", "published=soon"),
        ("import", "missing.jsonl"),
        ("add", "-", "--field", "nonsense"),
        ("add", "-", "--reader", "pdf"),
    ],
)
def test_2_usage_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = Cli(tmp_path).with_documents().run(*arguments)
    assert result.status == 2
    assert result.out == ""
    if arguments != ("document",):
        assert result.err.count("\n") == 1
        assert result.err.startswith("postilla: ")


def test_2_a_wrong_command_is_answered_with_the_nearest(tmp_path: Path) -> None:
    assert "Did you mean list?" in Cli(tmp_path).run("lsit").err


def test_3_missing(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    result = cli.run("list")
    assert result.status == 3
    assert "no library" in result.err
    assert not cli.library.exists()


def test_3_not_a_library(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    path = cli.file("notes.db", "just text, long enough to be read as a header" * 40)
    assert cli.run("-L", path, "list").status == 3
    assert cli.run("-L", str(tmp_path), "list").status == 3


def test_3_damaged(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    raw = bytearray(cli.library.read_bytes())
    # All but the first page, which says what the file is.
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    cli.library.write_bytes(raw)
    result = cli.run("list")
    assert result.status == 3
    assert "damaged" in result.err


def test_3_check_finds_a_problem_and_mends_it(tmp_path: Path) -> None:
    import sqlite3

    cli = Cli(tmp_path).with_documents()
    assert cli.run("check").status == 0
    with sqlite3.connect(cli.library) as connection:
        connection.execute("UPDATE entities SET mentions = mentions + 7")
    connection.close()
    found = cli.run("check", "-f", "json")
    assert found.status == 3
    assert [one["level"] for one in found.json].count("problem") == 1
    assert cli.run("check", "--repair").status == 0
    assert cli.run("check").status == 0


def test_4_some_failed(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    good = cli.file("good.txt", "A good text about something.\n")
    result = cli.run("add", good, str(tmp_path / "missing.txt"))
    assert result.status == 4
    assert f"{tmp_path / 'missing.txt'}: does not exist" in result.err
    assert "Added 1 document" in result.out
    assert cli.run("list").status == 0


def test_5_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = Cli(tmp_path).with_documents()
    monkeypatch.setattr(connections.locked.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    with connections.locked(cli.library):
        result = cli.run("tag", "add", "actors")
    assert result.status == 5
    assert "another program" in result.err


def test_130_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.documents import Documents

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    cli = Cli(tmp_path).with_documents()
    monkeypatch.setattr(Documents, "ids", interrupt)
    result = cli.run("list")
    assert result.status == 130
    assert "interrupted" in result.err


def test_what_nobody_foresaw_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.documents import Documents

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    cli = Cli(tmp_path).with_documents()
    monkeypatch.setattr(Documents, "ids", fail)
    result = cli.run("list")
    log = tmp_path / "state" / "postilla" / "postilla.log"
    assert result.status == 70
    assert str(log) in result.err
    assert "Traceback" not in result.err
    assert "secret detail" in log.read_text(encoding="utf-8")


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    from io import BytesIO, StringIO

    from tui.cli import main
    from tui.cli.environment import Environment

    class Closed(StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    cli = Cli(tmp_path).with_documents()
    err = StringIO()
    env = Environment(BytesIO(), Closed(), err, {}, tmp_path, chosen=str(cli.library))
    assert main.run(["list"], env) == 0
    assert err.getvalue() == ""


@pytest.mark.parametrize("before", [True, False])
def test_the_library_is_named_before_or_after(tmp_path: Path, before: bool) -> None:
    cli = Cli(tmp_path)
    text = cli.file("a.txt", "A text of some words.\n")
    chosen = ("-L", str(tmp_path / "mine.db"))

    def both(*command: str) -> tuple[str, ...]:
        return (*chosen, *command) if before else (*command, *chosen)

    assert cli.run(*both("add", text)).status == 0
    assert cli.run(*both("list")).status == 0
    assert cli.run(*both("tag", "add", "x")).status == 0
    assert not cli.library.exists()


def test_which_library_wins(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    named = {name: str(tmp_path / f"{name}.db") for name in ("option", "var", "conf")}
    cli.file("config/postilla/config.toml", f'library = "{named["conf"]}"\n')

    def shown(*arguments: str, **environ: str) -> str:
        result = cli.run("config", "show", "-f", "json", *arguments, environ=environ)
        return str(result.json["library"])

    assert shown() == named["conf"]
    assert shown(POSTILLA_LIBRARY=named["var"]) == named["var"]
    chosen = shown("-L", named["option"], POSTILLA_LIBRARY=named["var"])
    assert chosen == named["option"]


def test_quiet_says_nothing_of_success(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    text = cli.file("a.txt", "A text of some words.\n")
    for arguments in (("-q", "add", text), ("add", "--quiet", text)):
        result = cli.run(*arguments, tty=True)
        assert (result.status, result.out, result.err) == (0, "", "")
