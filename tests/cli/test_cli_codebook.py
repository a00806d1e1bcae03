"""The codebook by command: memos, moves, files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    made = Cli(tmp_path).with_documents()
    for path in ("actors/firms", "actors/unions", "claims"):
        made.run("tag", "add", path)
    made.run("annotate", "1", "0:5", "--tag", "firms", "--tag", "claims")
    return made


def paths(cli: Cli) -> list[str]:
    return [one["path"] for one in cli.run("tags", "-f", "json").json]


def test_the_memo_of_the_library(cli: Cli) -> None:
    assert cli.run("memo").status == 1
    assert cli.run("memo", "Why ferries.").status == 0
    assert cli.run("memo").out == "Why ferries.\n"
    cli.run("memo", "-", stdin=b"Two\nlines\n")
    assert cli.run("memo").out == "Two\nlines\n"
    assert "wrote the memo" in cli.run("undo").out
    assert cli.run("memo").out == "Why ferries.\n"
    cli.run("memo", "")
    assert cli.run("memo").status == 1


def test_the_memo_of_a_tag(cli: Cli) -> None:
    cli.run("memo", "--tag", "firms", "Ask \x1b[2J Eva.")
    assert cli.run("memo", "--tag", "firms").out == "Ask \x1b[2J Eva.\n"
    assert "\x1b[2J" not in cli.run("memo", "--tag", "firms", tty=True).out
    assert cli.run("tags", "-f", "json").json[1]["memo"] == "Ask \x1b[2J Eva."
    assert cli.run("memo", "--tag", "nobody").status == 2


def test_several_at_once_are_one_undo(cli: Cli) -> None:
    moved = cli.run("tag", "move", "firms", "unions", "claims", "-f", "json").json
    assert [one["path"] for one in moved] == ["claims/firms", "claims/unions"]
    cli.run("undo")
    assert paths(cli) == ["actors", "actors/firms", "actors/unions", "claims"]
    assert cli.run("tag", "move", "firms", "/", "-f", "json").json["path"] == "firms"
    cli.run("undo")
    assert len(cli.run("tag", "delete", "firms", "claims", "-f", "json").json) == 2
    cli.run("undo")
    assert len(paths(cli)) == 4


def test_the_order_among_siblings(cli: Cli) -> None:
    cli.run("tag", "shift", "claims", "first")
    assert paths(cli)[0] == "claims"
    cli.run("tag", "shift", "firms", "down")
    assert paths(cli)[-2:] == ["actors/unions", "actors/firms"]
    assert cli.run("tag", "shift", "firms", "sideways").status == 2


def test_counts_with_what_is_below(cli: Cli) -> None:
    actors = cli.run("tags", "-f", "json").json[0]
    assert (actors["annotations"], actors["branch"]) == (0, 1)


@pytest.mark.parametrize("form", ["qdc", "tags", "codebook"])
def test_the_codebook_out(cli: Cli, tmp_path: Path, form: str) -> None:
    target = str(tmp_path / "out.qdc")
    result = cli.run("export", target, "-f", form)
    assert (result.status, result.out) == (0, f"4 tags written to {target}.\n")
    assert cli.run("export", target, "-f", form).status == 2
    written = cli.run("export", "-f", form).out.replace("\r\n", "\n")
    kept = Path(target).read_text(encoding="utf-8").replace("\r\n", "\n")
    assert kept == written
    assert cli.run("export", "-f", form, "--tag", "firms").status == 2


def test_out_by_the_ending_and_in_again(cli: Cli, tmp_path: Path) -> None:
    target = str(tmp_path / "theirs.qdc")
    cli.run("tag", "define", "firms", "Who sells.", "--marker", "f", "--colour", "6")
    result = cli.run("export", target)
    assert "1 marker" in result.err
    before = cli.run("tags", "-f", "json").json
    cli.run("tag", "delete", "actors", "claims")
    assert "would have" in cli.run("import", target, "--dry-run").out.lower()
    result = cli.run("import", target)
    assert (result.status, result.out) == (0, "Added 4 tags.\n")
    same = ("path", "guid", "definition", "colour")
    after = cli.run("tags", "-f", "json").json
    assert [[one[key] for key in same] for one in after] == [
        [one[key] for key in same] for one in before
    ]


def test_nothing_to_write(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    target = tmp_path / "out.qdc"
    assert cli.run("export", str(target)).status == 1
    assert not target.exists()
