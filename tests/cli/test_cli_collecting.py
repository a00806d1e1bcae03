"""collection, attribute, and what else on the command line knows of them."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from .commandline import Cli

NAMES = ("one", "two", "three", "four", "five", "six")


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Six documents of two sources, the even ones in German."""
    cli = Cli(tmp_path)
    path = cli.records(
        *(
            {
                "id": name,
                "title": f"Number {name}",
                "text": f"The port of {name} was shut. Nobody knew why.",
                "source": "Pier" if number < 4 else "Quay",
                "published": f"{2024 + number // 3}-01-30",
                "language": "de" if number % 2 else "en",
            }
            for number, name in enumerate(NAMES)
        )
    )
    result = cli.run("add", path, "--no-entities")
    assert result.status == 0, result.err
    return cli


def done(cli: Cli, *arguments: str) -> Any:
    """What a command that succeeds says in JSON."""
    result = cli.run(*arguments, "-f", "json")
    assert result.status == 0, result.err
    return result.json


def ids(cli: Cli, *arguments: str) -> list[int]:
    return sorted(one["id"] for one in done(cli, *arguments))


def test_a_collection_by_hand(cli: Cli) -> None:
    made = done(cli, "collection", "make", "To read")
    assert (made["kind"], made["documents"]) == ("hand", 0)
    assert cli.run("collection", "add", "To read", "1", "2").out == (
        "2 documents put in.\n"
    )
    assert cli.run("collection", "add", "to read", "1").status == 1
    assert (
        cli.run("collection", "take", "To read", "2").out == "1 document taken out.\n"
    )
    assert ids(cli, "collection", "show", "To read") == [1]
    assert ids(cli, "list", "--collection", "To read") == [1]
    assert cli.run("undo").status == 0
    assert ids(cli, "list", "--collection", "To read") == [1, 2]
    assert done(cli, "collection", "rename", "To read", "Read")["name"] == "Read"
    assert done(cli, "collection", "drop", "Read")["documents"] == 2
    assert cli.run("collection", "list").status == 1


def test_a_collection_of_what_fits(cli: Cli) -> None:
    done(cli, "collection", "make", "Pier now", "--source", "Pier")
    done(cli, "collection", "make", "Pier", "--source", "Pier", "--living")
    done(cli, "collection", "make", "all", "--living")
    more = cli.records(
        {"id": "x", "title": "New", "text": "New text.", "source": "Pier"}, name="m"
    )
    cli.run("add", more, "--reader", "jsonl", "--no-entities")
    counts = {one["name"]: one["documents"] for one in done(cli, "collection", "list")}
    assert counts == {"Pier now": 4, "Pier": 5, "all": 7}
    german = ("--collection", "Pier", "--language", "de")
    assert ids(cli, "list", *german) == [2, 4]
    inside = done(cli, "collection", "make", "German", *german, "--living")
    assert inside["query"] == {"language": "de", "collection": "Pier"}
    refused = cli.run("collection", "drop", "Pier")
    assert (refused.status, "drop German first" in refused.err) == (2, True)


def test_a_sample_can_be_drawn_again(cli: Cli) -> None:
    made = done(cli, "collection", "sample", "A", "--size", "3", "--seed", "5")
    assert (made["seed"], made["size"], made["documents"]) == (5, 3, 3)
    done(cli, "collection", "sample", "B", "--size", "3", "--seed", "5")
    assert ids(cli, "collection", "show", "A") == ids(cli, "collection", "show", "B")
    halves = ("--size", "2", "--by", "language", "--source", "Pier")
    drawn = done(cli, "collection", "sample", "C", *halves)
    assert (drawn["seed"], drawn["by"], drawn["query"]) == (
        6,
        "language",
        {"source": "Pier"},
    )
    shown = done(cli, "collection", "show", "C")
    assert sorted(one["language"] for one in shown) == ["de", "en"]
    result = cli.run("collection", "sample", "D", "--size", "9")
    assert result.status == 2
    assert "cannot be drawn from 6 documents" in result.err


def test_the_list_says_in_words_what_each_is(cli: Cli) -> None:
    cli.run("collection", "make", "hand", "--source", "Pier")
    cli.run("collection", "make", "live", "--source", "Pier", "--unread", "--living")
    cli.run("collection", "sample", "drawn", "--size", "2", "--by", "year")
    table = cli.run("collection", "list", tty=True).out
    assert "living query" in table and "Pier · unread" in table
    assert "random sample" in table and "all documents, by year" in table
    assert cli.run("collection", "list", "-0").out.count("\0") == 3


def test_what_else_can_be_asked_of_a_collection(cli: Cli) -> None:
    for document in ("1", "6"):
        cli.run("annotate", document, "--quote", "Nobody knew why", "--tag", "blame")
    cli.run("collection", "make", "Pier", "--source", "Pier", "--living")
    found = done(cli, "annotations", "--collection", "Pier")
    assert [one["document"] for one in found] == [1]
    out = cli.run("export", "-f", "csv", "--collection", "Pier").out
    assert out.count("Nobody knew why") == 1
    hits = done(cli, "search", "port", "--collection", "Pier", "--limit", "2")
    assert len(hits) == 2
    hits = done(cli, "search", "prot", "--collection", "Pier", "--in", "documents")
    assert sorted(one["document"] for one in hits) == [1, 2, 3, 4]
    assert cli.run("search", "port", "--collection", "none").status == 2


def test_attributes_are_defined_and_listed(cli: Cli) -> None:
    scale = ("--kind", "scale", "--from", "-2", "--to", "2", "--definition", "How?")
    assert done(cli, "attribute", "add", "tone", *scale)["values"][0] == "-2"
    done(cli, "attribute", "add", "genre", "--kind", "choice", "--values", "a, b,c")
    listed = done(cli, "attribute", "list")
    assert [(one["name"], one["values"]) for one in listed] == [
        ("tone", ["-2", "-1", "0", "1", "2"]),
        ("genre", ["a", "b", "c"]),
    ]
    assert done(cli, "attribute", "rename", "genre", "form")["name"] == "form"
    cli.run("attribute", "set", "1", "form=a")
    refused = cli.run("attribute", "change", "form", "--values", "b,c")
    assert (refused.status, "form is a in 1 document" in refused.err) == (2, True)
    done(cli, "attribute", "change", "form", "--values", "b,c", "--map", "a=c")
    assert done(cli, "show", "1")["attributes"]["form"] == "c"
    assert done(cli, "attribute", "delete", "form")["name"] == "form"
    assert "form" not in done(cli, "show", "1")["attributes"]
    assert cli.run("attribute", "add", "x", "--kind", "scale", "--to", "2").status == 2


def test_values_go_to_the_coder_and_are_checked(cli: Cli) -> None:
    cli.run("attribute", "add", "tone", "--kind", "scale", "--from", "-2", "--to", "2")
    shown = done(cli, "document", "set", "1", "tone=-1", "section=Sport")
    assert {"section": "Sport", "tone": -1}.items() <= shown["attributes"].items()
    filled = cli.run("attribute", "set", "1", "2", "tone=+2")
    assert filled.out == "2 documents filled in.\n"
    assert done(cli, "list", "--source", "Pier")[-1]["attributes"]["tone"] == 2
    for words in (
        ("tone=3",),
        ("1", "tone=3"),
        ("1",),
        ("1", "tune=1"),
        ("99", "tone=1"),
    ):
        assert cli.run("attribute", "set", *words).status == 2, words
    assert cli.run("document", "set", "1", "tone=high").status == 2
    assert "filled in tone = 2 for 2 documents" in cli.run("undo").out
    assert done(cli, "show", "1")["attributes"]["tone"] == -1


def test_the_table_is_safe_in_a_spreadsheet(cli: Cli) -> None:
    cli.run("attribute", "add", "tone", "--kind", "scale", "--from", "-2", "--to", "2")
    cli.run("attribute", "add", "remark", "--kind", "text")
    cli.run("attribute", "set", "1", "tone=-1", "remark==SUM(A1)")
    cli.run("attribute", "set", "6", "tone=1")
    out = cli.run("attribute", "table", "--source", "Pier", "-f", "csv").out
    rows = list(csv.DictReader(StringIO(out)))
    assert list(rows[0]) == [
        *("id", "guid", "title", "source", "published"),
        *("tone", "remark"),
    ]
    first = next(row for row in rows if row["id"] == "1")
    assert (first["tone"], first["remark"]) == ("-1", "'=SUM(A1)")
    assert (len(rows), {row["tone"] for row in rows}) == (4, {"", "-1"})
    cli.config.parent.mkdir(parents=True, exist_ok=True)
    cli.config.write_text('coder = "anna"\n')
    cli.run("attribute", "set", "1", "2", "tone=2")
    by_coder = done(cli, "attribute", "table", "--by-coder")
    found = [(one["id"], one["coder"], one["tone"]) for one in by_coder]
    assert len(found) == 4
    assert {(1, "anna", 2), (2, "anna", 2)} < set(found)
    assert done(cli, "attribute", "table", "--limit", "1")[0]["tone"] == 1
