"""Counting on the command line: cooccur, timeline, matrix."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .commandline import Cli

STORIES = (
    (
        "port",
        "Acme Ltd met Birch Corp. Acme Ltd left.\n\nCedar Inc came.",
        "2026-01-30",
    ),
    ("rain", "Acme Ltd and Birch Corp stayed.", "2026-03-02"),
    ("sun", "Acme Ltd alone.", None),
)


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    """Three documents, two of them dated, with tags on the first."""
    cli = Cli(tmp_path)
    records = [
        {
            **{"id": id, "title": id, "text": text, "source": "Pier", "language": "en"},
            **({"published": published} if published else {}),
        }
        for id, text, published in STORIES
    ]
    assert cli.run("add", cli.records(*records)).status == 0
    for quote, tags in (("Acme Ltd met Birch Corp", "firms/big"), ("left", "moves")):
        made = cli.run("annotate", "1", "--quote", quote, "--tag", tags)
        assert made.status == 0, made.err
    return cli


def together(found: list[dict[str, object]]) -> dict[tuple[object, object], object]:
    return {(row["a"], row["b"]): row["together"] for row in found}


def test_entities_that_occur_together(desk: Cli) -> None:
    found = desk.run("cooccur", "-f", "json").json
    assert list(found[0]) == [
        *("a_id", "a", "a_type", "b_id", "b", "b_type", "together"),
        *("a_total", "b_total", "units", "jaccard", "g2"),
    ]
    assert together(found)["Acme Ltd", "Birch Corp"] == 2
    first = found[0]
    assert (first["a_total"], first["b_total"], first["units"]) == (3, 2, 3)
    assert first["jaccard"] == pytest.approx(0.6667)
    sentence = desk.run("cooccur", "--unit", "sentence", "-f", "json").json
    assert together(sentence) == {("Acme Ltd", "Birch Corp"): 2}
    beside = desk.run("cooccur", "--with", "entity:Cedar Inc", "-f", "json").json
    assert {row["b"] for row in beside} == {"Acme Ltd", "Birch Corp"}
    everything = desk.run("cooccur", "--all", "-f", "json").json
    assert everything == found
    assert desk.run("cooccur", "--min", "3").status == 1
    assert len(desk.run("cooccur", "--limit", "1", "-f", "jsonl").out.splitlines()) == 1
    shown = desk.run("cooccur", tty=True).out
    assert "Acme Ltd" in shown and "together" in shown


def test_tags_that_occur_together(desk: Cli) -> None:
    found = desk.run("cooccur", "--of", "tags", "-f", "json").json
    assert together(found) == {("firms", "moves"): 1, ("firms/big", "moves"): 1}
    itself = desk.run("cooccur", "--of", "tags", "--itself", "-f", "json").json
    assert together(itself) == {("firms/big", "moves"): 1}
    assert desk.run("cooccur", "--of", "tags", "--unit", "overlap").status == 1
    both = desk.run("cooccur", "--of", "both", "--unit", "overlap", "-f", "json").json
    assert ("firms", "Acme Ltd") in together(both)
    assert both[0]["g2"] is None
    refused = desk.run("cooccur", "--unit", "overlap")
    assert refused.status == 2 and "overlap" in refused.err
    assert desk.run("cooccur", "--with", "tag:nowhere").status == 2
    assert desk.run("cooccur", "-0").status == 2


def test_documents_over_time(desk: Cli) -> None:
    found = desk.run("timeline", "-f", "json").json
    assert [(row["period"], row["count"]) for row in found] == [
        ("2026-01", 1),
        ("2026-02", 0),
        ("2026-03", 1),
        ("undated", 1),
    ]
    assert found[0] == {
        "period": "2026-01",
        "since": "2026-01-01",
        "until": "2026-01-31",
        "series": "documents",
        "count": 1,
    }
    assert found[-1]["since"] is None
    years = desk.run(
        "timeline", "--by", "year", "--since", "2026-02", "-f", "json"
    ).json
    assert [(row["period"], row["count"]) for row in years] == [("2026", 1)]


def test_several_series_beside_one_another(desk: Cli) -> None:
    asked = ("timeline", "--entity", "Acme Ltd", "--entity", "Birch Corp")
    found = desk.run(*asked, "--by", "year", "-f", "json").json
    assert [(row["period"], row["series"], row["count"]) for row in found] == [
        ("2026", "Acme Ltd", 3),
        ("2026", "Birch Corp", 2),
        ("undated", "Acme Ltd", 1),
    ]
    tags = desk.run("timeline", "--tag", "firms or moves", "-f", "json").json
    assert [(row["period"], row["count"]) for row in tags] == [("2026-01", 2)]
    made = desk.run(
        "timeline", "--of", "annotations", "--dated", "created", "-f", "json"
    )
    assert [row["count"] for row in made.json] == [2]
    words = desk.run(
        "timeline", "--words", "acme ltd", "--by", "week", "-f", "json"
    ).json
    assert [row["count"] for row in words] == [2, 0, 0, 0, 0, 1, 1]
    assert words[0]["period"] == "2026-W05"


def test_a_timeline_on_a_terminal_has_bars(desk: Cli) -> None:
    lines = desk.run("timeline", "--entity", "Acme Ltd", tty=True).out.splitlines()
    bars = [line.count("▇") for line in lines if line.startswith("2026")]
    assert bars[0] == 2 * bars[2] > 0 and bars[1] == 0
    both = desk.run(
        "timeline", "--entity", "Acme Ltd", "--words", "alone", tty=True
    ).out
    assert both.count("2026-01") == 1 and "series" in both


def test_what_a_timeline_refuses(desk: Cli) -> None:
    assert desk.run("timeline", "--of", "mentions").status == 2
    assert desk.run("timeline", "--dated", "created").status == 2
    assert desk.run("timeline", "--tag", "firms and").status == 2
    assert desk.run("timeline", "--source", "Nowhere").status == 1


def test_a_matrix_for_a_spreadsheet(desk: Cli) -> None:
    out = desk.run("matrix", "-f", "csv").out
    table = list(csv.DictReader(io.StringIO(out)))
    assert list(table[0]) == [
        *("id", "guid", "title", "source", "published"),
        *("firms", "firms/big", "moves"),
    ]
    by_title = {row["title"]: row for row in table}
    assert by_title["port"]["firms"] == "1" and by_title["rain"]["firms"] == "0"
    assert [row["title"] for row in table] == ["rain", "port", "sun"]
    only = desk.run("matrix", "--only-annotated", "-f", "json").json
    assert [row["title"] for row in only] == ["port"]
    entities = desk.run("matrix", "--of", "entities", "--counts", "-f", "json").json
    port = next(row for row in entities if row["title"] == "port")
    assert (port["Acme Ltd"], port["Birch Corp"]) == (2, 1)
    ids = desk.run("matrix", "-0").out
    assert sorted(ids.split("\0")[:-1]) == ["1", "2", "3"]
    assert "firms/big" in desk.run("matrix", tty=True).out


def test_headings_do_nothing_in_a_spreadsheet(desk: Cli) -> None:
    assert desk.run("annotate", "1", "--tag", "=1+2").status == 0
    heading = desk.run("matrix", "-f", "csv").out.splitlines()[0]
    assert "'=1+2" in heading.split(",")
    assert "=1+2" in desk.run("matrix", "-f", "json").json[0]


def test_a_library_with_nothing_in_it_has_nothing_to_count(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    assert cli.run("add", cli.file("blank.txt", "It rained.\n")).status == 0
    assert cli.run("document", "remove", "1").status == 0
    for command in ("cooccur", "timeline", "matrix"):
        assert cli.run(command).status == 1
