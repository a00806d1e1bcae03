"""The last word over names from the command line, and extracting again."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commandline import Cli


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    return Cli(tmp_path).with_documents()


def entities(cli: Cli) -> set[str]:
    return {one["name"] for one in cli.run("entities", "-f", "json").json}


def last_act(cli: Cli) -> str:
    return str(cli.run("history", "-f", "json").json[0]["act"])


def later(cli: Cli, text: str, name: str = "later") -> None:
    record = {"id": name, "title": "Later", "text": text, "language": "en"}
    assert cli.run("add", cli.records(record, name=f"{name}.jsonl")).status == 0


def test_a_rejected_form_stays_rejected_until_it_is_accepted(desk: Cli) -> None:
    gone = desk.run("entity", "reject", "--form", "Acme Ltd", "-f", "json")
    assert gone.json["name"] == "Acme Ltd"
    assert last_act(desk) == 'said that "Acme Ltd" is no name, wherever it stands'
    later(desk, "Acme Ltd hired Maria Rossi.")
    assert desk.run("extract", "--again", "--yes").status == 0
    assert "Acme Ltd" not in entities(desk)
    kept = desk.run("entity", "accept", "Acme Ltd", "-f", "json")
    assert kept.json["documents"] == 3
    assert last_act(desk) == "said that Acme Ltd is a name"
    assert desk.run("undo").status == 0
    assert "Acme Ltd" not in entities(desk)


def test_a_form_of_a_merged_entity_is_rejected_or_split_alone(desk: Cli) -> None:
    desk.run("entity", "merge", "Maria Rossi", "Acme Ltd")
    assert desk.run("entity", "reject", "--form", "Acme Ltd").status == 0
    assert desk.run("entities", "-f", "json").json[0]["mentions"] == 2
    desk.run("undo")
    new = desk.run("entity", "split", "Maria Rossi", "--form", "Acme Ltd", "-f", "json")
    assert (new.json["name"], new.json["mentions"]) == ("Acme Ltd", 2)
    assert last_act(desk) == "split everything called Acme Ltd from Maria Rossi"
    later(desk, "Acme Ltd hired Maria Rossi.")
    counts = {
        one["name"]: one["mentions"] for one in desk.run("entities", "-f", "json").json
    }
    assert (counts["Acme Ltd"], counts["Maria Rossi"]) == (3, 3)
    assert desk.run("undo").status == 0
    one = desk.run("entities", "-f", "json").json[0]
    assert (one["name"], one["mentions"]) == ("Maria Rossi", 6)
    assert desk.run("redo").status == 0
    counts = {
        one["name"]: one["mentions"] for one in desk.run("entities", "-f", "json").json
    }
    assert (counts["Acme Ltd"], counts["Maria Rossi"]) == (3, 3)
    assert desk.run("entity", "suggest", "-f", "json").json == []


def test_a_mention_alone_is_rejected_accepted_and_added(desk: Cli) -> None:
    first = desk.run("mentions", "--entity", "Maria Rossi", "-f", "json").json[0]
    number = str(first["id"])
    none = desk.run("entity", "reject", "--mention", number, "-f", "json").json
    assert none["state"] == "rejected"
    assert last_act(desk) == ('said that "Maria Rossi" is no mention in "A port opens"')
    desk.run("extract", "--again", "--yes")
    again = desk.run("mentions", "--document", "1", "-f", "json").json
    assert [one["state"] for one in again if one["id"] == first["id"]] == ["rejected"]
    right = desk.run("entity", "accept", "--mention", number, "-f", "json").json
    assert right["state"] == "accepted"
    added = desk.run("entity", "add", "1", "23", "27", "--type", "org", "-f", "json")
    assert (added.json["surface"], added.json["state"]) == ("port", "accepted")
    desk.run("extract", "--again", "--yes")
    assert "port" in entities(desk)
    desk.run("undo")
    assert "port" not in entities(desk)


def test_what_is_not_the_same_is_not_proposed(desk: Cli) -> None:
    later(desk, "Acme Limited was founded.", "other")
    both = desk.run("entity", "distinct", "Maria Rossi", "Acme Ltd", "-f", "json")
    assert [one["name"] for one in both.json] == ["Maria Rossi", "Acme Ltd"]
    assert last_act(desk) == "kept Maria Rossi and Acme Ltd apart"
    same = desk.run("entity", "distinct", "Acme Ltd", "Acme Ltd")
    assert (same.status, "one and the same" in same.err) == (2, True)


@pytest.mark.parametrize(
    "given",
    [
        ("reject",),
        ("reject", "Acme Ltd", "--form", "Acme Ltd"),
        ("reject", "--mention", "first"),
        ("reject", "--mention", "999"),
        ("reject", "--form", "Nobody"),
        ("accept",),
        ("split", "Acme Ltd"),
        ("split", "Acme Ltd", "--form", "Acme Ltd"),
        ("split", "Acme Ltd", "--form", "Nobody"),
        ("add", "1", "0", "0"),
        ("add", "1", "5", "9000"),
        ("add", "1", "0", "3"),
        ("add", "1", "23", "27", "--type", "HERO"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Cli, given: tuple[str, ...]) -> None:
    before = desk.run("mentions", "-f", "json").out
    result = desk.run("entity", *given)
    assert result.status in (1, 2) and result.err
    assert desk.run("mentions", "-f", "json").out == before
    assert desk.run("history", "-f", "json").json == []


def test_extracting_again_shows_first_and_asks(desk: Cli) -> None:
    before = desk.run("mentions", "-f", "json").json
    refused = desk.run("extract", "--again")
    assert (refused.status, "--yes" in refused.err) == (2, True)
    seen = desk.run("extract", "--again", "--dry-run", "-f", "json").json
    assert (seen["documents"], seen["changed"], seen["new"]) == (2, False, {})
    assert seen["same"] == len(before)
    done = desk.run("extract", "--again", "--yes", "--jobs", "1", "-f", "json").json
    assert (done["changed"], done["same"]) == (True, len(before))
    assert desk.run("mentions", "-f", "json").json == before
    assert desk.run("extract", "-f", "json").json["documents"] == 0


def test_what_would_change_is_shown_by_type_with_examples(
    desk: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import extracting
    from store.model import Found

    desk.run("entity", "reject", "Berlin")

    def other(texts: list[extracting.Text], extractor: str) -> extracting.Answer:
        found: list[list[Found] | str] = [
            [
                Found(at, at + len(name), name, type)
                for name, type in (
                    *(("Maria Rossi", "ORG"), ("Acme Ltd", "ORG"), ("port", "WORK")),
                    ("Berlin", "PER"),
                )
                if (at := text.find(name)) >= 0
            ]
            for text, *_ in texts
        ]
        return extracting.Answer("other", found)

    monkeypatch.setattr(extracting, "find_all", other)
    before = desk.run("mentions", "-f", "json").out
    seen = desk.run("extract", "--again", "--dry-run", "-f", "json").json
    assert seen["new"] == {"WORK": 1}
    assert seen["other_type"] == [{"was": "PER", "type": "ORG", "mentions": 1}]
    assert seen["gone"]["PER"] == 1
    assert seen["decided"] == {"PER": 1}
    assert seen["examples"]["new"][0]["surface"] == "port"
    asked = desk.run("extract", "--again", stdin=b"n\n", tty=True)
    assert "1 new: 1 WORK." in asked.err and "port (WORK) in document 1" in asked.err
    assert "Nothing was changed." in asked.err
    assert desk.run("mentions", "-f", "json").out == before
    agreed = desk.run("extract", "--again", stdin=b"y\n", tty=True)
    assert (agreed.status, "PER → ORG" in agreed.out) == (0, True)
    assert desk.run("extract", "--again", "--dry-run", "-f", "json").json["new"] == {}
    assert "Berlin" not in entities(desk)


def test_what_was_decided_is_listed(desk: Cli) -> None:
    desk.run("entity", "reject", "Acme Ltd")
    gone = desk.run("entities", "--state", "rejected", "-f", "json").json
    assert [(one["name"], one["state"]) for one in gone] == [("Acme Ltd", "rejected")]
    assert desk.run("entities", "--state", "decided").status == 1
    desk.run("entity", "accept", "Acme Ltd")
    assert desk.run("entities", "--state", "rejected").status == 1
    assert "Acme Ltd" in desk.run("entities", "--state", "decided").out
    assert desk.run("entities", "--state", "done").status == 2


def test_renaming_to_a_name_that_is_there_says_so(desk: Cli) -> None:
    result = desk.run("entity", "rename", "Maria Rossi", "ACME Ltd", "-f", "json")
    assert result.json["name"] == "ACME Ltd"
    assert "Acme Ltd (ORG" in result.err and "is called so too" in result.err
    keep, other = result.err.partition("merge ")[2].split("`")[0].split()
    assert desk.run("entity", "merge", keep, other).status == 0
    quiet = desk.run("entity", "rename", keep, "Acme Group")
    assert quiet.err == ""
