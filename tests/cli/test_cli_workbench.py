"""A walk through the commands of the workbench, as a script would take it: the
fields of their JSON, their statuses, and what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tui.cli import fields

from .commandline import Cli

ADA = {"POSTILLA_CODER": "Ada"}
BO = {"POSTILLA_CODER": "Bo"}
TAGS = ("topics", "topics/sea", "topics/rain", "claims")


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    """Two documents, tagged by two coders; Ada works here."""
    cli = Cli(tmp_path, environ=dict(ADA)).with_documents()
    for who in (ADA, BO):
        made = cli.run("code", "port", "--tag", "topics/sea", environ=who)
        assert made.status == 0, made.err
    cli.run("annotate", "1", "--quote", "12 million", "--tag", "claims", "--note", "?")
    cli.run("annotate", "2", "--quote", "Berlin", "--tag", "topics/rain", environ=BO)
    cli.run("attribute", "add", "tone", "--kind", "scale", "--from=-1", "--to", "1")
    cli.run("attribute", "set", "1", "tone=1")
    cli.run("collection", "make", "sea", "--tag", "sea", "--living")
    cli.run("query", "save", "close", "claims near:80 sea")
    return cli


ROWS: Sequence[tuple[Sequence[str], Sequence[str]]] = (
    (("annotations",), fields.ANNOTATION),
    (("annotations", "--tag", "claims in-document sea"), fields.ANNOTATION),
    (("annotations", "--tag", "claims near:80 sea"), fields.ANNOTATION),
    (("annotations", "--tag", "sea overlaps claims"), fields.ANNOTATION),
    (("annotations", "--query", "close"), fields.ANNOTATION),
    (("annotations", "--words", "port"), fields.ANNOTATION),
    (("annotations", "--order", "tag", "--reverse"), fields.ANNOTATION),
    (("query", "list"), fields.QUERY),
    (("kwic", "port"), fields.PLACE),
    (("kwic", "tag:sea", "--order", "left"), fields.PLACE),
    (("cooccur",), fields.COOCCURRENCE),
    (("cooccur", "--of", "tags", "--unit", "overlap"), fields.COOCCURRENCE),
    (("timeline", "--tag", "sea", "--words", "port"), fields.TIMELINE),
    (("matrix",), (*fields.MATRIX, *TAGS)),
    (("matrix", "--of", "attributes"), (*fields.MATRIX, "tone")),
    (("agreement",), fields.AGREEMENT),
    (("coder", "list"), fields.CODER),
    (("collection", "list"), fields.COLLECTION),
    (("collection", "show", "sea"), fields.DOCUMENT),
    (("attribute", "list"), fields.ATTRIBUTE),
    (("attribute", "table"), (*fields.ATTRIBUTE_OF, "tone")),
    (("attribute", "table", "--by-coder"), (*fields.ATTRIBUTE_OF, "coder", "tone")),
    (("tags",), fields.TAG),
    (("history", "--mine"), fields.CHANGE),
    (("search", "port", "--collection", "sea"), fields.HIT),
    (("list", "--collection", "sea"), fields.DOCUMENT),
)


def test_listings_have_their_fields_in_every_format(desk: Cli) -> None:
    for command, names in ROWS:
        result = desk.run(*command, "-f", "json")
        assert result.status == 0 and result.err == "", (command, result)
        rows = result.json
        assert rows and all(list(row) == list(names) for row in rows), command
        lines = desk.run(*command, "-f", "jsonl").out.splitlines()
        assert [json.loads(line) for line in lines] == rows, command
        head = desk.run(*command, "-f", "csv").out.splitlines()[0]
        assert head == ",".join(names), command
        assert desk.run(*command).out.splitlines()[0] == "\t".join(names), command
        one = desk.run(*command, "-f", "json", "--limit", "1").json
        assert one == rows[:1], command
        for columns in ("20", "40", "200"):
            shown = desk.run(*command, tty=True, environ={"COLUMNS": columns})
            assert shown.status == 0 and shown.out, command


RECORDS: Sequence[tuple[Sequence[str], Sequence[str]]] = (
    (("query", "save", "wet", "rain"), fields.QUERY),
    (("query", "drop", "wet"), fields.QUERY),
    (("collection", "make", "all", "--source", "The Pier"), fields.COLLECTION),
    (("collection", "sample", "one", "--size", "1"), fields.COLLECTION),
    (("collection", "rename", "one", "two"), fields.COLLECTION),
    (("collection", "drop", "two"), fields.COLLECTION),
    (("attribute", "change", "tone", "--definition", "How."), fields.ATTRIBUTE),
    (("attribute", "rename", "tone", "mood"), fields.ATTRIBUTE),
    (("attribute", "delete", "mood"), fields.ATTRIBUTE),
    (("undo",), fields.CHANGE),
    (("redo",), fields.CHANGE),
    (("code", "umbrella", "--tag", "wet", "--dry-run"), fields.CODED),
    (("code", "umbrella", "--tag", "wet"), fields.CODED),
    (("tag", "add", "new/one", "--definition", "New."), fields.TAG),
    (("tag", "move", "new/one", "topics"), fields.TAG),
    (("tag", "shift", "topics/one", "first"), fields.TAG),
    (("tag", "merge", "topics/sea", "topics/one"), fields.TAG),
    (("tag", "delete", "claims"), fields.TAG),
    (("document", "set", "1", "author=Rossi"), fields.DOCUMENT),
    (("document", "purge", "2", "--yes"), fields.DOCUMENT),
)


def test_acts_answer_with_the_record(desk: Cli) -> None:
    for command, names in RECORDS:
        result = desk.run(*command, "-f", "json")
        assert result.status == 0, (command, result)
        assert list(result.json) == list(names), command


UNKNOWN: Sequence[tuple[Sequence[str], str]] = (
    (("annotations", "--tag", "topics/see"), "topics/sea"),
    (("annotations", "--query", "closed"), "close"),
    (("annotations", "--coder", "Adda"), "Ada"),
    (("annotations", "--collection", "seas"), "sea"),
    (("export", "--coder", "Adda"), "Ada"),
    (("kwic", "tag:topics/see"), "topics/sea"),
    (("cooccur", "--with", "entity:Maria Rosi"), "Maria Rossi"),
    (("timeline", "--entity", "Maria Rosi"), "Maria Rossi"),
    (("agreement", "topics/see"), "topics/sea"),
    (("agreement", "--coder", "Adda"), "Ada"),
    (("collection", "add", "seas", "1"), "sea"),
    (("search", "port", "--collection", "seas"), "sea"),
    (("attribute", "set", "1", "tune=1"), "tone"),
    (("attribute", "delete", "tune"), "tone"),
    (("tag", "merge", "topics/sea", "topics/rian"), "topics/rain"),
    (("memo", "--tag", "topics/see"), "topics/sea"),
    (("query", "safe", "x", "sea"), "save"),
    (("collection", "shwo", "sea"), "show"),
)


def test_unknown_names_are_refused_with_the_nearest(desk: Cli) -> None:
    for command, near in UNKNOWN:
        result = desk.run(*command)
        assert (result.status, result.out) == (2, ""), (command, result)
        said = result.err.rstrip("\n")
        assert "\n" not in said and "Did you mean" in said, (command, said)
        assert near in said.split("Did you mean")[1], (command, said)


def test_nearest_names_are_alike_and_named_once(desk: Cli) -> None:
    desk.run("entity", "retype", "Acme Ltd", "PER")
    text = "Acme Ltd was quoted.\n"
    desk.run("add", desk.records({"id": "x", "title": "x", "text": text}, name="x"))
    result = desk.run("kwic", "entity:Acme Ltdd")
    assert result.err.count("Acme Ltd,") + result.err.count("Acme Ltd?") == 1
    assert "Did you mean" not in desk.run("tag", "delete", "qqqi").err


REFUSED: Sequence[Sequence[str]] = (
    ("annotations", "--tag", "claims near sea"),
    ("annotations", "--tag", ""),
    ("annotations", "--document", ""),
    ("annotations", "-f", "xml"),
    ("query", "save", "", "sea"),
    ("kwic", "/[/"),
    ("kwic", "port", "--context", "-1"),
    ("code", "port", "--tag", "a//b"),
    ("cooccur", "--unit", "overlap"),
    ("cooccur", "-0"),
    ("timeline", "--of", "words"),
    ("agreement", "--coder", "Ada"),
    ("coder", "blind", "perhaps"),
    ("coder", "done", "1", "--all"),
    ("coder", "done", "1", "--source", "The Pier"),
    ("collection", "make", "sea"),
    ("collection", "add", "sea", "1"),
    ("collection", "sample", "many", "--size", "3"),
    ("attribute", "add", "id", "--kind", "text"),
    ("attribute", "add", "sure", "--kind", "yesno", "--values", "a,b"),
    ("attribute", "add", "kind", "--kind", "choice", "--from", "1", "--to", "2"),
    ("attribute", "change", "tone"),
    ("attribute", "set", "1", "tone=2"),
    ("tag", "move", "topics", "topics/sea"),
    ("document", "purge", "1"),
    ("export", "-f", "codebok"),
    ("export", "-f", "qdc", "--tag", "sea"),
    ("undo", "--to", "999"),
    ("undo", "2", "--to", "1"),
)


def test_what_cannot_be_is_refused_in_one_sentence(desk: Cli) -> None:
    before = desk.run("history", "-f", "json").out
    for command in REFUSED:
        result = desk.run(*command)
        assert (result.status, result.out) == (2, ""), (command, result)
        assert result.err.startswith("postilla: "), command
        assert len(result.err.splitlines()) == 1, (command, result.err)
    assert desk.run("history", "-f", "json").out == before


def test_a_refused_question_leaves_no_half_array(desk: Cli) -> None:
    for command in (("--tag", "nowhere"), ("--query", "none"), ("--coder", "Nobody")):
        result = desk.run("annotations", *command, "-f", "json")
        assert (result.status, result.out) == (2, "")


def test_an_empty_library_has_nothing(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    assert cli.run("collection", "list").status == 3
    cli.run("import", cli.file("tags.csv", "path\na\n"))
    cli.run("undo")
    empty = [command for command, _ in ROWS if command[0] not in ("coder", "history")]
    for command in empty:
        if {"--tag", "--query", "--collection", "show"} & set(command):
            continue  # these name something that is not there
        result = cli.run(*[word for word in command if word != "tag:sea"] or command)
        if command == ("kwic", "tag:sea", "--order", "left"):
            continue
        assert (result.status, result.out) == (1, ""), (command, result)
    for command in (("memo",), ("export",), ("export", "-f", "qdc"), ("undo",)):
        assert cli.run(*command).status == 1, command


def test_ids_of_documents_that_hold_the_words(desk: Cli) -> None:
    assert desk.run("kwic", "Acme Ltd", "-0").out == "2\x001\x00"
    for order in ("date", "left"):
        found = desk.run("kwic", "Acme Ltd", "-0", "--limit", "1", "--order", order)
        assert found.out.count("\x00") == 1
    many = desk.run("kwic", "port", "-0", "--limit", "5")
    assert many.out == "1\x00"


def test_a_narrow_terminal_gets_fewer_columns(desk: Cli) -> None:
    result = desk.run(
        *("annotations", "--no-color"), tty=True, environ={"COLUMNS": "40"}
    )
    assert max(map(len, result.out.splitlines())) <= 40
    assert "1 more column; -f csv has every one." in result.err


def test_an_import_of_what_is_known_says_so(desk: Cli) -> None:
    file = str(desk.home / "book.csv")
    assert desk.run("export", file, "-f", "tags").status == 0
    assert desk.run("import", file).out == "Took nothing; the codebook has it all.\n"
    other = Cli(desk.home / "other")
    assert other.run("import", file).out == "Added 4 tags.\n"
    annotations = str(desk.home / "all.jsonl")
    desk.run("export", annotations)
    told = other.run("import", annotations).out
    assert told == "Took 6 new annotations, added 2 documents.\n"
    guids = [row["guid"] for row in desk.run("annotations", "-f", "json").json]
    taken = other.run("annotations", "-f", "json").json
    assert [row["guid"] for row in taken] == guids
    assert {row["coder"] for row in taken} == {"Ada", "Bo"}


@pytest.mark.parametrize("form", ["markdown", "csv", "jsonl", "tags", "qdc"])
def test_an_export_into_a_closed_pipe_ends_quietly(desk: Cli, form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = [sys.executable, "-u", "-c", "from tui.cli.main import main; main()"]
    done = subprocess.run(
        [*program, "-L", str(desk.library), "-q", "export", "-f", form],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
