"""Field names, their order, and the forms of output that scripts rely on."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from .commandline import PORT, RAIN, Cli

DOCUMENT = (
    "id guid title source author published language url path words entities"
    " annotations tags read duplicate_of attributes"
)
ENTITY = "id guid name type mentions documents aliases state"
ANNOTATION = (
    "id guid document title source published start end quote before after tags note"
    " coder created modified anchor_state"
)
TAG = "id guid path definition colour marker annotations documents branch memo"

LISTINGS = {
    "list": DOCUMENT,
    "search port": "kind id document title score snippet start end reasons",
    "entities": ENTITY,
    "mentions": (
        "id document start end surface type entity name value state extractor speaker"
    ),
    "annotations": ANNOTATION,
    "tags": TAG,
    "history": "id act coder created undone things undoable redoable",
    "check": "level what mended",
}

ONE_THING = {
    "show 1": f"{DOCUMENT} text encoding encoding_guessed extractor served",
    "document set 1 author=Someone": DOCUMENT,
    "document remove 2": DOCUMENT,
    "document purge 2 --yes": DOCUMENT,
    "entity rename Acme Acme-2": ENTITY,
    "entity retype Acme PRODUCT": ENTITY,
    "entity reject Acme": ENTITY,
    "annotate 2": ANNOTATION,
    "annotation edit 1 --note x": ANNOTATION,
    "tag add new": TAG,
    "tag rename people persons": TAG,
    "tag define people text": TAG,
    "tag delete people": TAG,
    "undo": "id act coder created undone things undoable redoable",
}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    made = Cli(tmp_path).with_documents()
    made.run("annotate", "1", "0:11", "--tag", "people", "--note", "two\nlines")
    made.run("entity", "rename", "Acme Ltd", "Acme")
    return made


@pytest.mark.parametrize("command", LISTINGS)
def test_listings(cli: Cli, command: str) -> None:
    names = LISTINGS[command].split()
    words = command.split()
    found = cli.run(*words, "-f", "json").json
    assert isinstance(found, list)
    assert found
    assert all(list(one) == names for one in found)
    lines = cli.run(*words, "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == found
    assert cli.run(*words).out.splitlines()[0].split("\t") == names
    assert cli.run(*words, "-f", "csv").out.splitlines()[0].split(",") == names


@pytest.mark.parametrize("command", ONE_THING)
def test_one_thing_is_one_object(cli: Cli, command: str) -> None:
    found = cli.run(*command.split(), "-f", "json").json
    assert isinstance(found, dict)
    assert list(found) == ONE_THING[command].split()


def test_the_report_of_adding(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    found = cli.run("add", str(tmp_path / "no.txt"), "-f", "json").json
    assert list(found) == [
        *("added", "updated", "unchanged", "duplicates", "failed", "seconds")
    ]
    assert list(found["failed"][0]) == ["path", "reason"]


def test_suggestions(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    text = "Giovanna Ferraresi spoke in Rome. The mayor thanked Ferraresi for it.\n"
    cli.run("add", cli.file("a.txt", text))
    found = cli.run("entity", "suggest", "-f", "json").json
    assert list(found[0]) == ["id", "name", "other", "other_name", "score", "reason"]


def test_questions_about_names(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    text = "Giovanna Ferraresi spoke in Rome. The mayor thanked Ferraresi for it.\n"
    cli.run("add", cli.file("a.txt", text))
    asked = cli.run("entity", "questions", "--kind", "one", "-f", "json").json
    (question,) = asked
    assert list(question) == ["id", "kind", "entities", "names", "sure", "reason"]
    assert question["names"] == ["Giovanna Ferraresi (PER)", "Ferraresi (PER)"]
    first, second = map(str, question["entities"])
    assert cli.run("entity", "distinct", first, second).status == 0
    none = cli.run("entity", "questions", "--kind", "one", "-f", "json")
    assert (none.status, none.json) == (1, [])


def test_limit(cli: Cli) -> None:
    assert len(cli.run("mentions", "--limit", "2", "-f", "json").json) == 2
    everything = len(cli.run("mentions", "-f", "json").json)
    assert len(cli.run("mentions", "--limit", "0", "-f", "json").json) == everything
    assert len(cli.run("list", "--limit", "1", "-f", "json").json) == 1
    assert len(cli.run("search", "acme", "--limit", "1", "-f", "json").json) == 1


def test_ids_for_another_command(cli: Cli) -> None:
    assert cli.run("list", "-0").out == "2\x001\0"


def test_the_text_into_a_pipe_is_exact(cli: Cli) -> None:
    assert cli.run("show", "1").out == PORT
    assert cli.run("show", "1", "-f", "json").json["text"] == PORT


def test_a_table_on_a_terminal(cli: Cli) -> None:
    lines = cli.run("list", tty=True).out.splitlines()
    assert lines[0].startswith("\x1b[1m")
    assert "A port opens" in lines[2]
    assert "guid" not in lines[0]
    plain = cli.run("--no-color", "list", tty=True).out
    assert "\x1b" not in plain
    narrow = cli.run("list", "--no-color", tty=True, environ={"COLUMNS": "60"}).out
    assert max(map(len, narrow.splitlines())) <= 60


def test_lists_nulls_and_breaks_in_cells(cli: Cli) -> None:
    cli.run("annotation", "tag", "1", "--tag", "ports")
    row = dict(
        zip(
            ANNOTATION.split(),
            cli.run("annotations").out.splitlines()[1].split("\t"),
            strict=True,
        )
    )
    assert row["tags"] == "people; ports"
    assert row["note"] == "two lines"
    table = cli.run("annotations", "-f", "csv").out
    assert next(csv.DictReader(StringIO(table)))["note"] == "two\nlines"
    documents = list(csv.DictReader(StringIO(cli.run("list", "-f", "csv").out)))
    assert documents[0]["author"] == ""
    assert documents[0]["read"] == "false"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " =", "＝", "\u200b="])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path, sign: str, form: str) -> None:
    cli = Cli(tmp_path).with_documents()
    cli.run("annotate", "1", "0:11", "--note", f"{sign}cmd|' /C calc'!A1")
    out = StringIO(cli.run("annotations", "-f", form).out)
    row = next(csv.DictReader(out, delimiter="," if form == "csv" else "\t"))
    assert row["note"].startswith("'")
    number = cli.run("annotations", "-f", "json").json[0]
    assert number["note"] == f"{sign}cmd|' /C calc'!A1"


def test_filters_of_the_list(cli: Cli) -> None:
    def titles(*arguments: str) -> list[str]:
        result = cli.run("list", "-f", "json", *arguments)
        return [one["title"] for one in result.json]

    assert titles("--source", "The Pier") == ["A port opens"]
    assert titles("--since", "2026-02") == ["Rain"]
    assert titles("--until", "2026-01") == ["A port opens"]
    assert titles("--language", "it") == []
    assert titles("--entity", "Maria Rossi") == ["A port opens"]
    assert titles("--entity", "Acme") == ["Rain", "A port opens"]
    assert titles("--tag", "people") == ["A port opens"]
    assert titles("--unread", "--order", "title") == ["A port opens", "Rain"]
    assert titles("--order", "words") == ["A port opens", "Rain"]


def test_searching(cli: Cli) -> None:
    hits = cli.run("search", "umbrela", "-f", "json").json
    assert hits[0]["document"] == 2
    assert RAIN[hits[0]["start"] : hits[0]["end"]] == "umbrella"
    assert cli.run("search", "umbrela", "--exact").status == 1
    found = cli.run("search", r"umb\w+", "--regex", "-f", "json").json
    assert RAIN[found[0]["start"] : found[0]["end"]] == "umbrella"
    kinds = {
        one["kind"]
        for one in cli.run(
            "search", "people", "--in", "tags,annotations", "-f", "json"
        ).json
    }
    assert "document" not in kinds
    assert "tag" in kinds
    two = cli.run("search", "umbrella", "makers", "-f", "json").json
    assert two[0]["document"] == 2
