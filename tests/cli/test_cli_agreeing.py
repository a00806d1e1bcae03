"""Coders on the command line: who they are, blind coding, agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import Cli


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    """Ada and Bo have tagged the first document."""
    cli = Cli(tmp_path).with_documents()
    for coder, quote in (("Ada", "The port cost"), ("Bo", "The port cost 12 million")):
        made = cli.run(
            *("annotate", "1", "--quote", quote, "--tag", "money/cost"),
            environ={"POSTILLA_CODER": coder},
        )
        assert made.status == 0, made.err
    return cli


def test_agreement_prints_unit_and_treatment_beside_the_figures(desk: Cli) -> None:
    """By sentence they are one; by character they are not."""
    found = desk.run("agreement", "-f", "json").json
    assert [row["what"] for row in found] == ["money", "money/cost"]
    (cost,) = (row for row in found if row["what"] == "money/cost")
    assert list(cost)[:4] == ["what", "unit", "untagged", "coders"]
    assert (cost["unit"], cost["untagged"]) == ("sentence", "counted")
    assert cost["coders"] == ["Ada", "Bo"]
    assert cost["percent"] == cost["kappa"] == cost["alpha"] == 1.0
    by_sign = desk.run("agreement", "cost", "--unit", "character", "-f", "json").json
    assert by_sign[0]["some_marked"] == 11 and by_sign[0]["all_marked"] == 13
    assert 0 < by_sign[0]["kappa"] < 1
    shown = desk.run("agreement", tty=True).out
    assert "sentence" in shown and "counted" in shown and "1.00" in shown


def test_units_left_out_leave_nothing_to_correct(desk: Cli) -> None:
    row = desk.run("agreement", "cost", "--untagged", "left-out", "-f", "json").json[0]
    assert (row["units"], row["percent"], row["kappa"]) == (1, 1.0, None)


def test_agreement_with_nobody_has_nothing_to_say(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    result = cli.run("agreement")
    assert result.status == 1
    assert "needs two coders; nobody has coded yet" in result.err
    result = cli.run("agreement", "--of", "attributes")
    assert result.status == 1
    assert "nobody has given a value yet" in result.err


def test_agreement_has_no_ids(desk: Cli) -> None:
    assert desk.run("agreement", "-0").status == 2


def test_unknown_coders_are_refused_with_those_there_are(desk: Cli) -> None:
    result = desk.run("agreement", "--coder", "Cy", "--coder", "Ada")
    assert result.status == 2 and "Ada, Bo" in result.err


def test_blind_coding_hides_on_every_command(desk: Cli) -> None:
    desk.run("coder", "blind", "on")
    assert "on" in desk.run("coder", "blind").out
    ada, bo = {"POSTILLA_CODER": "Ada"}, {"POSTILLA_CODER": "Bo"}
    for environ, quote in ((ada, "The port cost"), (bo, "The port cost 12 million")):
        (row,) = desk.run("annotations", "-f", "json", environ=environ).json
        assert row["quote"] == quote
        (row,) = desk.run("list", "--tag", "money", "-f", "json", environ=environ).json
        assert row["annotations"] == 1
    refused = desk.run("agreement")
    assert refused.status == 1 and "done by all" in refused.err
    desk.run("coder", "done", "1", environ=ada)
    desk.run("coder", "done", "--all", environ=bo)
    assert len(desk.run("annotations", "-f", "json", environ=ada).json) == 2
    assert desk.run("agreement", "-f", "json").status == 0
    names = [
        (row["name"], row["done"])
        for row in desk.run("coder", "list", "-f", "json").json
    ]
    assert names[:2] == [("Ada", 1), ("Bo", 2)]


def test_done_wants_documents_or_all(desk: Cli) -> None:
    assert desk.run("coder", "done").status == 2
    assert desk.run("coder", "done", "1", "--all").status == 2
    assert desk.run("coder", "done", "9").status == 2
    assert "2 documents done" in desk.run("coder", "done", "--all").out
    assert "1 document no longer done" in desk.run("coder", "done", "1", "--not").out
