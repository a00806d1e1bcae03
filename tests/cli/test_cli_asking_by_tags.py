"""Tag expressions, words, orders and saved queries by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotation_rows import ORDERS
from tui.cli import annotating, fields

from .commandline import PORT, Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Four annotations: two names near each other, one far off, one elsewhere."""
    cli = Cli(tmp_path).with_documents()
    acme = PORT.index("Acme")
    places = (
        ("1", "0:11", "people/officials", "she opened it"),
        ("1", "24:38", "places", ""),
        ("1", f"{acme}:{acme + 8}", "firms", "the critic"),
        ("2", "0:20", "places", ""),
    )
    for document, place, tag, note in places:
        made = cli.run("annotate", document, place, "--tag", tag, "--note", note)
        assert made.status == 0, made.err
    return cli


def found(cli: Cli, *arguments: str) -> list[int]:
    rows = cli.run("annotations", "-f", "json", *arguments).json
    return [one["id"] for one in rows]


def test_questions_about_two(cli: Cli) -> None:
    assert found(cli, "--tag", "people near:20 places") == [1]
    assert found(cli, "--tag", "places near:12 people") == []
    assert found(cli, "--tag", "places IN-DOCUMENT firms") == [2]
    assert found(cli, "--tag", "(places in-document firms) or firms") == [2, 3]
    assert found(cli, "--tag", "people overlaps places") == []


def test_an_error_points_at_the_sign(cli: Cli) -> None:
    refused = cli.run("annotations", "--tag", "people near places")
    assert refused.status == 2
    assert refused.out == ""
    assert "at sign 8: near needs a number of characters" in refused.err
    assert refused.err.count("\n") == 1


def test_words_and_orders(cli: Cli) -> None:
    assert found(cli, "--words", "CRITIC") == [3]
    assert found(cli, "--words", "acme", "--tag", "firms") == [3]
    assert found(cli, "--order", "created") == [4, 3, 2, 1]
    assert found(cli, "--order", "created", "--reverse", "--limit", "2") == [1, 2]
    assert found(cli, "--order", "note") == [1, 3, 2, 4]
    assert found(cli, "--reverse") == [4, 3, 2, 1]
    assert cli.run("annotations", "--order", "colour").status == 2
    assert tuple(ORDERS) == annotating._ORDERS


def test_saving_listing_and_dropping_queries(cli: Cli) -> None:
    made = cli.run("query", "save", "Who is near", "people near:20 places")
    assert made.status == 0, made.err
    assert found(cli, "--query", "who is near") == [1]
    assert found(cli, "--query", "who is near", "--tag", "firms") == []
    (row,) = cli.run("query", "list", "-f", "json").json
    assert tuple(row) == fields.QUERY
    assert row["expression"] == "people near:20 places"
    assert "Did you mean" in cli.run("annotations", "--query", "who is here").err
    dropped = cli.run("query", "drop", "Who is near", "-f", "json")
    assert dropped.json["name"] == "Who is near"
    assert cli.run("query", "list").status == 1
    assert cli.run("query", "drop", "Who is near").status == 2
    assert "dropped the query" in cli.run("undo").out
    assert found(cli, "--query", "Who is near") == [1]


@pytest.mark.parametrize("expression", ["people near", "nobody", ""])
def test_what_cannot_be_read_is_not_saved(cli: Cli, expression: str) -> None:
    assert cli.run("query", "save", "x", expression).status == 2
    assert cli.run("query", "list").status == 1


def test_export_takes_the_same(cli: Cli) -> None:
    cli.run("query", "save", "mine", "places in-document firms")
    for options in (
        ("--tag", "places in-document firms"),
        ("--query", "mine"),
        ("--words", "port of trieste", "--tag", "places"),
    ):
        for form in ("csv", "jsonl", "markdown"):
            taken = cli.run("export", "-f", form, *options)
            assert taken.status == 0, taken.err
            assert PORT[24:38] in taken.out
            assert "critic" not in taken.out
    refused = cli.run("export", "--tag", "places near")
    assert refused.status == 2
    assert "at sign 8" in refused.err
