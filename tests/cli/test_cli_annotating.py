"""Annotations, tags and entities by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import PORT, Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path).with_documents()


def test_a_quote_that_stands_twice_is_refused_with_its_places(cli: Cli) -> None:
    refused = cli.run("annotate", "1", "--quote", "Maria Rossi")
    second = PORT.rindex("Maria Rossi")
    assert refused.status == 2
    assert f"2 times in the document, at 0:11, {second}:{second + 11};" in refused.err
    made = cli.run(
        *("annotate", "1", "--quote", "Maria Rossi", "--nth", "2", "-f", "json")
    ).json
    assert made["start"] == second
    assert cli.run("annotate", "1", "--quote", "Maria Rossi", "--nth", "3").status == 2


def test_the_whole_document(cli: Cli) -> None:
    made = cli.run("annotate", "2", "--note", "wet", "-f", "json").json
    assert (made["start"], made["end"], made["quote"]) == (None, None, "")


def test_a_note_from_standard_input(cli: Cli) -> None:
    made = cli.run("annotate", "1", "0:5", "--note", "-", stdin="é\nb\n".encode())
    assert made.status == 0
    assert cli.run("annotations", "-f", "json").json[0]["note"] == "é\nb"
    assert cli.run("annotate", "1", "0:5", "--note", "-", stdin=b"\xff").status == 2


def test_editing_tagging_deleting(cli: Cli) -> None:
    for place in ("0:11", "12:18"):
        cli.run("annotate", "1", place, "--tag", "a/b")
    tagged = cli.run("annotation", "tag", "1", "2", "--tag", "c", "-f", "json").json
    assert [one["tags"] for one in tagged] == [["a/b", "c"]] * 2
    bare = cli.run("annotation", "untag", "1", "--tag", "b", "-f", "json").json
    assert [one["tags"] for one in bare] == [["c"]]
    moved = cli.run("annotation", "edit", "1", "0:5", "--note", "n", "-f", "json").json
    assert (moved["quote"], moved["note"], moved["tags"]) == ("Maria", "n", ["c"])
    assert len(cli.run("annotation", "delete", "1", "2", "-f", "json").json) == 2
    assert cli.run("annotations").status == 1
    assert "deleted 2 annotations" in cli.run("undo").out
    assert len(cli.run("annotations", "-f", "json").json) == 2


def test_filters(cli: Cli) -> None:
    cli.run("annotate", "1", "0:11", "--tag", "a/b")
    cli.run("annotate", "2", "0:2")

    def found(*arguments: str) -> list[int]:
        rows = cli.run("annotations", "-f", "json", *arguments).json
        return [one["id"] for one in rows]

    assert found("--tag", "a") == [1]
    assert found("--tag", "not a") == [2]
    assert found("--untagged") == [2]
    assert found("--document", "1") == [1]
    assert cli.run("annotations", "--coder", "Nobody").status == 2
    assert found("--until", "2001") == []
    assert found("--since", "2001", "--limit", "1") == [1]
    assert found("--orphans") == []
    assert cli.run("annotations", "--collection", "none").status == 2


def test_references(cli: Cli) -> None:
    made = cli.run("annotate", "1", "0:11", "-f", "json").json
    begun = made["guid"][:9]  # with a hyphen, so that it is never a number
    assert cli.run("annotation", "edit", begun, "--note", "x").status == 0
    assert "no annotation 77" in cli.run("annotation", "delete", "77").err
    cli.run("tag", "add", "left/same")
    cli.run("tag", "add", "right/same")
    ambiguous = cli.run("tag", "define", "same", "x")
    assert ambiguous.status == 2
    assert "left/same, right/same" in ambiguous.err
    assert "left/same" in cli.run("tag", "define", "left/sam", "x").err
    assert "Maria Rossi" in cli.run("entity", "reject", "Maria Rosi").err


def test_two_guids_that_begin_alike(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import uuid

    numbers = iter(range(100))
    monkeypatch.setattr(
        uuid, "uuid4", lambda: f"abcd0000-0000-4000-8000-{next(numbers):012}"
    )
    for place in ("0:5", "6:11"):
        cli.run("annotate", "1", place)
    result = cli.run("annotation", "delete", "abcd")
    assert result.status == 2
    assert "more than one annotation" in result.err


def test_the_codebook(cli: Cli) -> None:
    made = cli.run(
        *("tag", "add", "actors/firms", "--definition", "Who sells"),
        *("--marker", "f", "--colour", "3", "-f", "json"),
    ).json
    assert (made["path"], made["marker"], made["colour"]) == ("actors/firms", "f", 3)
    cli.run("annotate", "1", "0:11", "--tag", "firms", "--tag", "companies")
    kept = cli.run("tag", "merge", "firms", "companies", "-f", "json").json
    assert kept["annotations"] == 1
    assert cli.run("tag", "rename", "firms", "sellers").status == 0
    assert cli.run("tag", "move", "sellers", "/").status == 0
    assert cli.run("tag", "define", "sellers", "-", stdin=b"Whoever").status == 0
    rows = {one["path"]: one for one in cli.run("tags", "-f", "json").json}
    assert rows["sellers"]["definition"] == "Whoever"
    assert "companies" not in rows
    assert cli.run("tag", "define", "sellers", "--marker", "").status == 0
    assert cli.run("tag", "delete", "sellers").status == 0
    assert cli.run("annotations", "-f", "json").json[0]["tags"] == []


def test_entities(cli: Cli) -> None:
    listed = cli.run("entities", "--min", "2", "-f", "json").json
    assert [one["name"] for one in listed] == ["Acme Ltd"]
    of_one = cli.run("entities", "--document", "1", "--type", "per", "-f", "json").json
    assert "Maria Rossi" in [one["name"] for one in of_one]
    assert {one["type"] for one in of_one} == {"PER"}

    places = cli.run("mentions", "--entity", "Maria Rossi", "-f", "json").json
    assert [PORT[one["start"] : one["end"]] for one in places] == ["Maria Rossi"] * 2
    new = cli.run("entity", "split", "Maria Rossi", str(places[1]["id"]), "-f", "json")
    assert new.json["mentions"] == 1
    first = places[0]["entity"]
    both = cli.run("entity", "merge", str(first), str(new.json["id"]), "-f", "json")
    assert both.json["mentions"] == 2
    named = cli.run("entity", "rename", str(first), "M. Rossi", "-f", "json").json
    assert named["aliases"] == ["Maria Rossi"]
    gone = cli.run("entity", "reject", "M. Rossi", "Acme Ltd", "-f", "json").json
    assert len(gone) == 2
    left = [one["name"] for one in cli.run("entities", "-f", "json").json]
    assert not {"M. Rossi", "Acme Ltd"} & set(left)
    assert cli.run("undo").status == 0


def test_backup(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert cli.run("backup", str(target)).status == 0
    assert cli.run("backup", str(target)).status == 2
    assert cli.run("backup", "--force", str(target)).status == 0
    assert len(cli.run("list", "-f", "json", "-L", str(target)).json) == 2


def test_history_marks_what_was_undone(cli: Cli) -> None:
    cli.run("annotate", "1", "0:11")
    cli.run("undo")
    rows = cli.run("history", "-f", "json").json
    assert [(one["act"], one["undone"]) for one in rows] == [
        ('annotated "Maria Rossi"', True)
    ]
