"""Documents in: reports, identity, dry runs, standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import PORT, Cli


def test_the_same_again_and_changed(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    path = cli.file("a.txt", PORT)
    first = cli.run("add", path, "-f", "json").json
    assert (first["added"], first["failed"]) == (1, [])
    again = cli.run("add", path)
    assert again.status == 0
    assert "1 unchanged" in again.out
    cli.file("a.txt", PORT + "One more line about it.\n")
    copy = cli.file("b.txt", PORT + "One more line about it.\n")
    both = cli.run("add", path, copy, "-f", "json").json
    assert (both["updated"], both["added"], both["duplicates"]) == (1, 1, 1)


def test_standard_input_with_fields(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    result = cli.run(
        *("add", "-", "--field", "source=Wire", "--field", "desk=foreign"),
        stdin=PORT.encode(),
    )
    assert result.status == 0
    found = cli.run("list", "-f", "json").json[0]
    assert found["source"] == "Wire"
    assert found["attributes"]["desk"] == "foreign"
    assert cli.run("show", str(found["id"])).out == PORT


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    path = cli.file("a.txt", PORT)
    result = cli.run("add", path, "--dry-run")
    assert result.out.startswith("Would add 1 document;")
    assert not cli.library.exists()
    cli.run("add", path)
    assert "1 unchanged" in cli.run("add", path, "--dry-run").out


def test_entities_now_or_later(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    cli.run("add", cli.file("a.txt", PORT), "--no-entities")
    assert cli.run("entities").status == 1
    result = cli.run("add", cli.file("b.txt", "Peter Meyer came to Berlin.\n"))
    assert "mentions" in result.out
    names = [one["name"] for one in cli.run("entities", "-f", "json").json]
    assert "Maria Rossi" in names


def test_progress_only_on_a_terminal(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    path = cli.file("a.txt", PORT)
    assert cli.run("add", path, tty=True).err.startswith("\r\x1b[KReading  100%")
    assert cli.run("add", path).err == ""


def test_interrupted_keeps_what_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import naming

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    cli = Cli(tmp_path)
    monkeypatch.setattr(naming, "extract_documents", interrupt)
    result = cli.run("add", cli.file("a.txt", PORT))
    assert result.status == 130
    assert "is in the library" in result.err
    assert cli.run("list").status == 0


def test_removing_correcting_purging(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    changed = cli.run(
        *("document", "set", "1", "author=A. Writer", "source=", "desk=sea"),
        *("-f", "json"),
    ).json
    assert (changed["author"], changed["source"]) == ("A. Writer", None)
    assert changed["attributes"]["desk"] == "sea"

    gone = cli.run("document", "remove", "1", "2", "-f", "json").json
    assert [one["id"] for one in gone] == [1, 2]
    assert cli.run("list").status == 1
    cli.run("undo")
    assert len(cli.run("list", "-f", "json").json) == 2

    refused = cli.run("document", "purge", "2")
    assert refused.status == 2
    assert "--yes" in refused.err
    kept = cli.run("document", "purge", "2", stdin=b"n\n", tty=True)
    assert kept.status == 1
    assert "Nothing was purged" in kept.err
    assert cli.run("show", "2").status == 0
    assert cli.run("document", "purge", "2", stdin=b"y\n", tty=True).status == 0
    assert cli.run("show", "2").status == 2
    assert cli.run("document", "purge", "1", "--yes").status == 0
    raw = cli.library.read_bytes()
    for words in (b"port of Trieste", b"umbrella makers", b"Weather Post"):
        assert words not in raw
