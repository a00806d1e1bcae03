"""undo, redo, history and purge from the shell: several steps, points, one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Two documents and four acts."""
    made = Cli(tmp_path).with_documents()
    for note in ("one", "two", "three"):
        made.run("annotate", "1", "--note", note)
    made.run("annotation", "edit", "1", "--note", "first")
    return made


def notes(cli: Cli) -> list[str]:
    found = cli.run("annotations", "-f", "json")
    return [one["note"] for one in found.json] if found.status == 0 else []


def acts(cli: Cli) -> list[int]:
    """The ids, oldest first."""
    return [one["id"] for one in cli.run("history", "-f", "json").json][::-1]


def test_several_steps(cli: Cli) -> None:
    told = cli.run("undo", "3")
    assert told.out.count("Undone: ") == 3
    assert notes(cli) == ["one"]
    assert len(cli.run("redo", "2", "-f", "json").json) == 2
    assert notes(cli) == ["one", "two", "three"]
    assert len(cli.run("undo", "99", "-f", "json").json) == 3
    assert cli.run("undo").status == 1


def test_to_a_point(cli: Cli) -> None:
    first, second, *_, last = acts(cli)
    rows = cli.run("undo", "--to", str(first), "-f", "json").json
    assert [one["undone"] for one in rows] == [True] * 3
    assert notes(cli) == ["one"]
    assert cli.run("undo", "--to", str(first)).status == 1
    assert cli.run("redo", "--to", str(second)).status == 0
    assert notes(cli) == ["one", "two"]
    cli.run("redo", "--to", str(last))
    assert cli.run("undo", "--to", "0").out.count("Undone: ") == 4
    assert notes(cli) == []


def test_one_act_alone(cli: Cli) -> None:
    second = acts(cli)[1]
    told = cli.run("undo", "--only", str(second), "-f", "json").json
    assert (told["id"], told["undone"], told["redoable"]) == (second, True, True)
    assert notes(cli) == ["first", "three"]
    refused = cli.run("undo", "--only", str(acts(cli)[0]))
    assert refused.status == 2
    assert "was changed since by you" in refused.err
    assert "Undo again" not in refused.err, "every command is a window of its own"


def test_what_cannot_be_meant(cli: Cli) -> None:
    assert cli.run("undo", "0").status == 2
    assert cli.run("undo", "2", "--to", "1").status == 2
    assert cli.run("undo", "--to", "99").status == 2
    assert cli.run("redo").status == 1


def test_a_long_way_is_counted(cli: Cli) -> None:
    for number in range(9):
        cli.run("annotate", "2", "--note", str(number))
    told = cli.run("undo", "--to", "0").out.splitlines()
    assert len(told) == 11
    assert told[-1] == "Undone: 3 more."


def test_history_of_one_coder(cli: Cli) -> None:
    cli.environ["POSTILLA_CODER"] = "Zoe"
    cli.run("annotate", "2", "--note", "hers")
    mine = cli.run("history", "--mine", "-f", "json").json
    assert [(one["coder"], one["things"], one["undoable"]) for one in mine] == [
        ("Zoe", 1, True)
    ]
    newest, older = cli.run("history", "--limit", "2", "-f", "json").json
    assert newest["coder"] == "Zoe"
    assert not older["undoable"]
    assert "document 2" in cli.run("history", tty=True).out


def test_several_are_purged_after_asking_once(cli: Cli) -> None:
    asked = cli.run("document", "purge", "1", "2", stdin=b"n\n", tty=True)
    assert asked.status == 1
    assert 'document 1, "' in asked.err
    assert 'document 2, "' in asked.err
    cli.run("document", "remove", "2")
    gone = cli.run("document", "purge", "1", "2", "--yes", "-f", "json")
    assert [one["id"] for one in gone.json] == [1, 2]
    assert cli.run("list").status == 1
    assert cli.run("document", "purge", "1", "--yes").status == 2


def test_copies_beside_the_library_are_told_of(cli: Cli) -> None:
    folder = cli.library.with_name(cli.library.name + ".backups")
    folder.mkdir()
    (folder / "older.db").write_bytes(cli.library.read_bytes())
    purged = cli.run("document", "purge", "1", "--yes")
    assert "still has them in older copies" in purged.err
