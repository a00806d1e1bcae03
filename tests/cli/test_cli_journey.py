"""A whole piece of work by plain commands: in, found, marked, out, back, undone."""

from __future__ import annotations

import json
from pathlib import Path

from .commandline import PORT, Cli


def test_from_adding_to_undo(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    listed = cli.run("list", "-f", "json").json
    assert [one["title"] for one in listed] == ["Rain", "A port opens"]

    found = cli.run("search", "Trisete", "--in", "documents", "-f", "json").json
    assert found[0]["document"] == 1
    start, end = found[0]["start"], found[0]["end"]
    assert PORT[start:end] == "Trieste"

    made = cli.run(
        *("annotate", "1", "--quote", "12 million euros", "--note", "dear"),
        *("--tag", "money/costs", "--tag", "ports", "-f", "json"),
    ).json
    assert PORT[made["start"] : made["end"]] == made["quote"] == "12 million euros"
    assert made["tags"] == ["money/costs", "ports"]

    kept = cli.run("annotations", "--tag", "money and ports", "-f", "json").json
    assert [one["guid"] for one in kept] == [made["guid"]]

    out = tmp_path / "out.jsonl"
    assert cli.run("export", str(out)).status == 0
    other = Cli(tmp_path / "elsewhere")
    other.home.mkdir()
    report = other.run("import", str(out), "-f", "json").json
    assert (report["taken"], report["documents_added"], report["dropped"]) == (1, 1, [])
    again = other.run("annotations", "-f", "json").json
    for field in ("guid", "quote", "note", "tags", "created"):
        assert again[0][field] == made[field]

    assert "brought in 1 annotation" in other.run("undo").out
    assert other.run("annotations").status == 1
    assert "brought in 1 annotation" in other.run("redo").out
    assert other.run("annotations").status == 0


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    cli.run("annotate", "1", "0:11", "--tag", "people")
    out = str(tmp_path / "out.jsonl")
    cli.run("export", out)
    result = cli.run("import", out)
    assert result.status == 0
    assert "1 unchanged" in result.out


def test_a_codebook_comes_in_and_is_tried_first(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    table = cli.file("tags.csv", "path,definition\nactors,Who acts\nactors/firms,\n")
    tried = cli.run("import", table, "--dry-run")
    assert "added 2 tags" in tried.out
    assert not cli.library.exists()
    assert cli.run("import", table).status == 0
    paths = [one["path"] for one in cli.run("tags", "-f", "json").json]
    assert paths == ["actors", "actors/firms"]


def test_a_line_that_cannot_be_taken_is_named_and_the_rest_is_in(
    tmp_path: Path,
) -> None:
    cli = Cli(tmp_path).with_documents()
    cli.run("annotate", "1", "0:11")
    out = tmp_path / "out.jsonl"
    cli.run("export", str(out))
    with out.open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    number = len(out.read_text(encoding="utf-8").splitlines())
    result = Cli(tmp_path / "b").run("import", str(out))
    assert result.status == 4
    assert f"line {number}" in result.err
    assert "1 new annotation" in result.out


def test_what_is_none_of_ours_makes_no_library(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    result = cli.run("import", cli.records({"id": 1, "text": "x"}))
    assert result.status == 2
    assert not cli.library.exists()


def test_export_formats_and_files(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    cli.run("annotate", "1", "0:11", "--note", "who", "--tag", "people")
    assert "> Maria Rossi" in cli.run("export").out
    assert cli.run("export", "-f", "csv").out.startswith("id,guid,document,title,")
    first = cli.run("export", "-f", "jsonl").out.splitlines()[0]
    assert json.loads(first)["type"] == "library"

    target = tmp_path / "notes.md"
    written = cli.run("export", str(target))
    assert written.out == f"1 annotation written to {target}.\n"
    refused = cli.run("export", str(target))
    assert refused.status == 2
    assert "--force" in refused.err
    assert cli.run("export", str(target), "--force", "-q").out == ""
    assert cli.run("export", str(tmp_path / "notes.doc")).status == 2
    assert cli.run("export", "-f", "pdf").status == 2

    nothing = cli.run("export", str(tmp_path / "no.md"), "--untagged")
    assert nothing.status == 1
    assert not (tmp_path / "no.md").exists()
    assert cli.run("export", "--tag", "people", "--document", "2").status == 1
