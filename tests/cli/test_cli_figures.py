"""Figures and quotations on the command line: fields, orders, filters, speakers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli import figuring

from .commandline import Cli

WORKS = (
    "Maria Rossi opened the works in Berlin. The works cost 12 million euros.\n"
    "Maria Rossi said: “We will lose 300,000 dollars this year, not more.”\n"
)
RAIN = "It rained on 40 tonnes of salt. The salt was worth 9 million euros.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    """Two documents with sums, and a quotation in the first."""
    cli = Cli(tmp_path)
    path = cli.records(
        *(
            {"id": at, "title": at, "text": text, "published": day, "language": "en"}
            for at, text, day in (
                ("works", WORKS, "2026-01-30"),
                ("rain", RAIN, "2026-02-01"),
            )
        )
    )
    assert cli.run("add", path).status == 0
    return cli


def test_figures_by_value_with_what_stands_around(desk: Cli) -> None:
    found = desk.run("figures", "--type", "money", "-f", "json").json
    assert [one["surface"] for one in found] == [
        *("12 million euros", "9 million euros", "300,000 dollars"),
    ]
    assert tuple(found[0]) == figuring.FIGURE
    assert found[0]["unit"] == "EUR"
    assert found[0]["sentence"] == "The works cost 12 million euros."
    assert found[2]["speaker_name"] == "Maria Rossi"


def test_figures_are_filtered(desk: Cli) -> None:
    euros = desk.run("figures", "--unit", "eur", "--order", "date", "-f", "json").json
    assert [one["document"] for one in euros] == [2, 1]
    until = desk.run("figures", "--until", "2026-01", "--unit", "eur", "-f", "json")
    assert [one["number"] for one in until.json] == [12_000_000]
    said = desk.run("figures", "--entity", "Maria Rossi", "--limit", "1", "-f", "json")
    assert [one["surface"] for one in said.json] == ["300,000 dollars"]
    one = desk.run("figures", "--document", "2", "--type", "quantity", "-f", "json")
    assert [one["unit"] for one in one.json] == ["tonnes"]


def test_nothing_found_is_status_1_and_nonsense_status_2(desk: Cli) -> None:
    assert desk.run("figures", "--unit", "JPY").status == 1
    wrong = desk.run("figures", "--type", "PER")
    assert wrong.status == 2
    assert "no figures of type PER" in wrong.err


def test_quotations_with_their_speakers(desk: Cli) -> None:
    (said,) = desk.run("quotations", "-f", "json").json
    assert tuple(said) == figuring.QUOTATION
    assert said["name"] == "Maria Rossi"
    assert said["surface"].startswith("“We will lose")
    assert desk.run("quotations", "--speaker", "Maria Rossi").status == 0
    assert desk.run("quotations", "--document", "2").status == 1


def test_only_what_is_said_and_by_words(desk: Cli) -> None:
    said = desk.run("figures", "--said", "-f", "json").json
    assert [one["surface"] for one in said] == ["300,000 dollars", "this year"]
    assert desk.run("figures", "--said", "--unit", "EUR").status == 1
    whose = desk.run("figures", "--said", "--entity", "Berlin")
    assert whose.status == 1
    nine = desk.run("figures", "--words", "MILLION 9", "-f", "json").json
    assert [one["surface"] for one in nine] == ["9 million euros"]


def test_quotations_are_found_by_words_and_ordered(desk: Cli) -> None:
    for words in ("not more", "ROSSI lose"):
        assert desk.run("quotations", "--words", words, "--order", "date").status == 0
    assert desk.run("quotations", "--words", "salt", "--order", "speaker").status == 1


def test_mentions_by_value(desk: Cli) -> None:
    found = desk.run("mentions", "--order", "value", "-f", "json").json
    assert [one["surface"] for one in found if one["type"] == "MONEY"] == [
        *("12 million euros", "9 million euros", "300,000 dollars"),
    ]
    valued = [one["value"] is not None for one in found]
    assert valued == sorted(valued, reverse=True)
    assert {one["type"] for one in found} >= {"PER", "QUOTE", "QUANTITY"}
    first = desk.run("mentions", "--type", "money", "--order", "value", "--limit", "1")
    assert "12 million euros" in first.out
