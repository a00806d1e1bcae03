"""Words in context and tagging every place, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import PORT, RAIN, Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path).with_documents()


def test_lines_have_the_fields_scripts_rely_on(cli: Cli) -> None:
    first, *rest = cli.run("kwic", "acme", "ltd", "-f", "json").json
    start = RAIN.index("Acme")
    assert first == {
        "document": 2,
        "title": "Rain",
        "published": "2026-02-01",
        "start": start,
        "end": start + 8,
        "left": RAIN[:start],
        "match": "Acme Ltd",
        "right": RAIN[start + 8 :],
        "source": "Weather Post",
    }
    assert [line["document"] for line in rest] == [1]


def test_context_limit_and_order(cli: Cli) -> None:
    lines = cli.run("kwic", "port", "--context", "5", "-f", "json").json
    assert [(line["left"], line["right"]) for line in lines] == [
        (" the ", " of T"),
        (" The ", " cost"),
    ]
    by_right = cli.run("kwic", "port", "--order", "right", "-f", "json").json
    assert [line["right"][1:5] for line in by_right] == ["cost", "of T"]
    assert len(cli.run("kwic", "port", "--limit", "1", "-f", "json").json) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (("maria*",), 2),
        (('"port of"',), 1),
        (("/[0-9]+ million/",), 1),
        (("/M\\w+day/",), 1),
        (("--language", "it", "port"), 0),
        (("--source", "The Pier", "acme"), 1),
        (("--until", "2026-01", "acme"), 1),
        (("nothing", "of", "the", "kind"), 0),
    ],
)
def test_what_is_found_and_the_status(
    cli: Cli, query: tuple[str, ...], count: int
) -> None:
    result = cli.run("kwic", *query, "-f", "json")
    assert len(result.json) == count
    assert result.status == (0 if count else 1)


def test_a_table_sets_the_words_below_each_other(cli: Cli) -> None:
    result = cli.run(
        *("kwic", "port", "--no-color"), tty=True, environ={"COLUMNS": "80"}
    )
    head, *lines = result.out.splitlines()
    at = head.index("match")
    assert [line[at : at + 4] for line in lines] == ["port", "port"]
    assert [line[:at].rstrip()[-3:] for line in lines] == ["the", "The"]
    assert all(len(line) <= 80 for line in lines)


def test_ids_are_those_of_the_documents_each_once(cli: Cli) -> None:
    assert cli.run("kwic", "-0", "acme").out == "2\x001\x00"
    assert cli.run("kwic", "-0", "port").out == "1\x00"


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("entity:Nobody", 2, "There is no entity Nobody."),
        ("tag:nothing", 2, "There is no tag nothing."),
        ("/(/", 2, "This is not a regular expression"),
        (" ", 2, "Say which words to look for."),
    ],
)
def test_a_wrong_query_is_one_sentence(
    cli: Cli, query: str, status: int, reason: str
) -> None:
    for command in (("kwic", query), ("code", query, "--tag", "x")):
        result = cli.run(*command)
        assert result.status == status
        assert result.err.startswith(f"postilla: {reason}")
        assert result.out == ""


def test_code_tags_every_place_and_undo_takes_it_back(cli: Cli) -> None:
    command = ("code", "port", "--tag", "place/port", "-f", "json")
    expected = {
        "places": 2,
        "documents": 1,
        "annotations": 2,
        "changed": 0,
        "unchanged": 0,
    }
    assert cli.run(*command, "--dry-run").json == expected
    assert cli.run("annotations").status == 1
    assert cli.run("tags").status == 1
    assert cli.run(*command).json == expected
    made = cli.run("annotations", "-f", "json").json
    assert [one["quote"] for one in made] == [
        "Maria Rossi opened the port of Trieste on Monday.",
        "The port cost 12 million euros.",
    ]
    assert {tuple(one["tags"]) for one in made} == {("place/port",)}
    assert cli.run(*command).json["unchanged"] == 2
    assert 'coded "port" with place/port' in cli.run("undo").out
    assert cli.run("annotations").status == 1


def test_units_and_filters_of_code(cli: Cli) -> None:
    done = cli.run("code", "port", "--unit", "paragraph", "--tag", "a", "--tag", "b")
    assert done.status == 0
    (one,) = cli.run("annotations", "-f", "json").json
    assert one["quote"] == PORT.split("\n", maxsplit=1)[0]
    assert one["tags"] == ["a", "b"]
    matches = ("code", "acme", "--unit", "match", "--tag", "c", "-f", "json")
    assert cli.run(*matches, "--tagged", "a").json["annotations"] == 1
    assert cli.run(*matches, "--source", "The Pier").json["unchanged"] == 1
    assert cli.run(*matches, "--since", "2027").status == 1


def test_code_needs_a_tag_that_can_be_one(cli: Cli) -> None:
    assert cli.run("code", "port").status == 2
    assert cli.run("code", "port", "--tag", "a//b").status == 2
    assert cli.run("code", "port", "--tag", "").status == 2


def test_nothing_found_is_said(cli: Cli) -> None:
    result = cli.run("code", "absent", "--tag", "x")
    assert (result.status, result.out) == (1, "")
    assert result.err == "Nothing was found.\n"


def test_what_a_document_brings_cannot_act(cli: Cli) -> None:
    text = "=HYPERLINK port \u202e \x1b]0;gone\x07 port"
    path = cli.records({"id": "x", "title": "=1+1", "text": text}, name="evil.jsonl")
    cli.run("add", path)
    csv = cli.run("kwic", "hyperlink", "-f", "csv").out
    assert "'=1+1" in csv
    shown = cli.run("kwic", "port", "-f", "table", tty=True).out
    assert "\x1b]" not in shown
    assert "\u202e" not in shown
