"""Searching from the command line: filters, reasons, counts, saved searches."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library

from .commandline import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path).with_documents()


def documents(cli: Cli, *words: str) -> list[int]:
    found = cli.run("search", *words, "--in", "documents", "-f", "json")
    assert found.status in (0, 1), found.err
    return [one["id"] for one in found.json]


def test_the_same_filters_as_list(cli: Cli) -> None:
    cli.run("annotate", "1", "--quote", "port of Trieste", "--tag", "places/ports")
    cli.run("collection", "make", "Set", "--source", "The Pier")
    acme = ("Acme Ltd",)
    assert documents(cli, *acme) == [1, 2] or documents(cli, *acme) == [2, 1]
    assert documents(cli, *acme, "--source", "The Pier") == [1]
    assert documents(cli, *acme, "--since", "2026-02") == [2]
    assert documents(cli, *acme, "--until", "2026-01-30") == [1]
    assert documents(cli, *acme, "--language", "it") == []
    assert documents(cli, *acme, "--entity", "Maria Rossi") == [1]
    assert documents(cli, *acme, "--tag", "places") == [1]
    assert documents(cli, *acme, "--collection", "Set") == [1]
    assert documents(cli, "p.rt of", "--regex", "--source", "Weather Post") == []
    assert documents(cli, "Ac.e", "--regex", "--source", "Weather Post") == [2]
    assert cli.run("search", "x", "--collection", "none").status == 2


def test_filters_in_the_query(cli: Cli) -> None:
    assert documents(cli, "acme source:pier") == [1]
    assert documents(cli, 'acme entity:"maria rossi"') == [1]
    assert documents(cli, "acme", "source:weather") == [2]
    assert documents(cli, "source:weather") == [2]
    assert documents(cli, "title:port") == [1]
    assert documents(cli, "acme -source:pier") == [2]


def test_a_filter_that_means_nothing_says_so(cli: Cli) -> None:
    found = cli.run("search", "acme source:\x1b[31mnowhere", "-f", "json")
    assert (found.status, found.json) == (1, [])
    assert "There is not a source" in found.err
    assert "\x1b" not in found.err


def test_why_a_hit_was_found(cli: Cli) -> None:
    (found,) = cli.run("search", "umbrela", "-f", "json").json
    assert found["reasons"] == ["near: umbrela→umbrella"]
    (found,) = cli.run("search", "umbrella makers", "-f", "json").json
    assert found["reasons"] == ["exact"]
    table = cli.run("search", "umbrela", tty=True).out
    assert "near: umbrela→umbrella" in table


def test_counts_instead_of_hits(cli: Cli) -> None:
    found = cli.run("search", "acme", "--facets", "--in", "documents", "-f", "json")
    rows = {(one["facet"], one["value"]): one for one in found.json}
    assert rows["type", "documents"]["count"] == 2
    assert rows["source", "The Pier"] == {
        "facet": "source",
        "value": "The Pier",
        "count": 1,
        "filter": 'source:"The Pier"',
    }
    assert rows["entity", "Acme Ltd"]["count"] == 2
    assert rows["year", "2026"]["filter"] == "since:2026 until:2026"
    narrowed = cli.run("search", "acme", rows["source", "The Pier"]["filter"])
    assert narrowed.status == 0
    assert cli.run("search", "zzzzzz", "--facets").status == 1


def test_a_saved_search_is_asked_by_its_name(cli: Cli) -> None:
    with Library(cli.library) as library:
        library.queries.save("Wet", "umbrella source:weather", "search")
    assert documents(cli, "--query", "wet") == [2]
    assert documents(cli, "makers", "--query", "Wet") == [2]
    assert cli.run("search", "--query", "Dry").status == 2
    assert cli.run("search").status == 2


def test_searches_are_saved_with_how_they_look(cli: Cli) -> None:
    made = cli.run(
        *("query", "save", "Firms", "Ac.e", "--search", "--regex", "--in", "documents"),
        *("--source", "Weather Post", "-f", "json"),
    )
    assert made.status == 0, made.err
    (kept,) = cli.run("query", "list", "--search", "-f", "json").json
    assert (kept["text"], kept["kinds"], kept["mode"], kept["within"]) == (
        *("Ac.e", ["document"], "regex"),
        {"source": "Weather Post"},
    )
    assert documents(cli, "--saved", "firms") == [2]
    assert documents(cli, "--saved", "firms", "--source", "The Pier") == [1]
    assert cli.run("search", "more", "--saved", "firms").status == 2
    assert cli.run("query", "list").status == 1
    assert cli.run("query", "rename", "firms", "Acme", "--search").status == 0
    assert documents(cli, "--saved", "acme") == [2]
    shown = cli.run("query", "list", "--search").out
    assert "regular expression · documents · only in Weather Post" in shown
    assert cli.run("query", "delete", "Acme", "--search").status == 0
    assert cli.run("search", "--saved", "Acme").status == 2
    cli.run("undo")
    assert documents(cli, "--saved", "Acme") == [2]


def test_what_is_no_search_is_not_saved_as_one(cli: Cli) -> None:
    assert cli.run("query", "save", "x", "--search").status == 2
    assert cli.run("query", "save", "x", "sea", "--regex").status == 2
    assert cli.run("query", "save", "x", "a", "--search", "--in", "firms").status == 2
