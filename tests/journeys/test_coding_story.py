"""A day of coding, by keyboard in the real program, from the sample news to a file.

Thirty annotations with twelve tags in three levels, a tag merged, five annotations
re-tagged in bulk, all of it taken back in one go and done again, retrieved by a
question about two tags, exported. The keys of the way to the first exported tag are
counted and printed: ``pytest -s``. A typed word counts as one step, as a click or a
typed word does in the comparison: Taguette takes 11 steps for the same, QualCoder 15.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import pytest

from .terminal import ROOT, Terminal, command

TAGS = (
    "actors/companies/makers",
    "actors/companies/carriers",
    "actors/offices",
    "places/asia/china",
    "places/europe",
    "sums/money",
    "sums/power",
)
"""Twelve tags with those above them, in three levels."""

Record = dict[str, Any]

PER_DOCUMENT = 6
DOCUMENTS = 5
QUESTION = "companies and not china near:30 money"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A copy of the sample news in a folder of the test's own."""
    folder = tmp_path / "news"
    shutil.copytree(ROOT / "seeds" / "news", folder)
    return folder


def tag_sentence(
    window: Terminal, count: int, tags: tuple[str, ...], known: set[str]
) -> None:
    """Tag the sentence at the cursor; ``count`` annotations stand there then.

    A tag that is ``known`` is typed by its last name alone, as one would.
    """
    window.press("t")
    window.wait_for("enter takes a tag")
    for tag in tags:
        leaf = tag.rpartition("/")[2]
        window.type(leaf if tag in known else tag)
        window.wait_for(f"▌.*{re.escape(tag)}" if tag in known else re.escape(leaf))
        window.press("enter")
        known.add(tag)
        window.wait_for(rf"{re.escape(tag)} ×|{re.escape(tag)}×")
    window.press("enter")
    window.wait_for(rf"Annotations in this document · {count}\b")


def annotate(window: Terminal) -> None:
    """Thirty annotations: six sentences of each of five documents."""
    # A maker beside a sum, a carrier in China beside a sum, and so on round.
    plan = cycle(
        [
            ("actors/companies/makers",),
            ("sums/money",),
            ("actors/companies/carriers", "places/asia/china"),
            ("sums/power",),
            ("actors/offices",),
            ("places/europe",),
        ]
    )
    known: set[str] = set()
    for document in range(DOCUMENTS):
        if document:
            window.press("J")
            window.wait_for(r"Annotations in this document · 0")
        window.press("g", "g")
        for count in range(1, PER_DOCUMENT + 1):
            window.press(")")
            tag_sentence(window, count, next(plan), known)


def listed(home: Path, *arguments: str) -> list[Record]:
    """What the command line lists."""
    done = command(home, "-L", "x.db", "annotations", "-f", "json", *arguments)
    found: list[Record] = json.loads(done.stdout or b"[]")
    return found


def tagged(home: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Guid and tags of every annotation."""
    return ((one["guid"], tuple(one["tags"])) for one in listed(home))


def test_first_exported_tag(tmp_path: Path, news: Path) -> None:
    with Terminal(tmp_path, "-L", "x.db", "open", str(news)) as window:
        window.wait_for(r"\d+ documents added")
        before = window.keys + window.typed
        window.press("enter")
        window.wait_for(r"Annotations in this document · 0")
        window.press("t")
        window.wait_for("enter takes a tag")
        window.type("money")
        window.wait_for('create tag "money"|money')
        window.press("enter", "enter")
        window.wait_for(r"Annotations in this document · 1")
        window.press("4")
        window.wait_for("Annotations · 1 ")
        window.press("E")
        window.wait_for("Export annotations")
        window.press("enter")
        window.wait_for("written to")
        steps = window.keys + window.typed - before
        print(f"\nfirst exported tag: {steps} steps; Taguette 11, QualCoder 15")
        assert steps < 11
    (written,) = tmp_path.glob("*.md")
    assert "money" in written.read_text(encoding="utf-8")


def test_a_day_of_coding(tmp_path: Path, news: Path) -> None:
    with Terminal(tmp_path, "-L", "x.db", "open", str(news)) as window:
        window.wait_for(r"\d+ documents added")
        window.press("enter")
        window.wait_for(r"Annotations in this document · 0")
        annotate(window)
        made = dict(tagged(tmp_path))
        assert len(made) == PER_DOCUMENT * DOCUMENTS
        used = set(chain.from_iterable(made.values()))
        assert used == set(TAGS)
        merge(window)
        retag(window)
        worked = dict(tagged(tmp_path))
        assert len(worked) == 30 and worked != made
        undo_all(window, tmp_path)
        assert listed(tmp_path) == []
        redo_all(window)
        assert dict(tagged(tmp_path)) == worked
        ask_and_export(window, tmp_path)
        print(f"\na day of coding: {window.keys} keys, {window.typed} words typed")
    check_export(tmp_path)


def merge(window: Terminal) -> None:
    """Merge the tag ``power`` into ``money``."""
    window.press("5")
    window.wait_for(r"\[5 ")
    window.wait_for("power")
    window.press("g", "g", *["j"] * 6, "space", "space")
    window.wait_for("2 marked")
    window.press("m")
    window.wait_for("which one stays")
    window.press("enter")
    window.wait_for("sums/power goes")
    window.press("enter")
    window.wait_for("[Mm]erged")


def retag(window: Terminal) -> None:
    """Put one more tag on five annotations."""
    window.press("4")
    window.wait_for("Annotations · 30")
    window.press(*["space"] * 5)
    window.wait_for("5 marked")
    window.press("t")
    window.wait_for("Tags to add to 5")
    window.type("offices")
    window.wait_for("▌.*actors/offices")
    window.press("enter", "enter")
    window.wait_for("5 annotations tagged")


def undo_all(window: Terminal, home: Path) -> None:
    """Take everything back in one go, in the history."""
    window.press("g", "h")
    window.wait_for("History|What was done")
    window.press("G", "enter")
    window.wait_for("taken back|Taken back")


def redo_all(window: Terminal) -> None:
    """Do everything again, in one go."""
    window.press("g", "g", "enter")
    window.wait_for("[Dd]one again")
    window.press("q")


def ask_and_export(window: Terminal, home: Path) -> None:
    """Retrieve by a question about two tags and write what was found."""
    window.press("4")
    window.wait_for("Annotations · 30")
    window.press("escape", "b")
    window.wait_for("Ask by tags")
    window.type(QUESTION)
    window.wait_for(r"\d+ annotations")
    window.press("enter")
    window.wait_for(r"Annotations · \d+ of 30")
    window.press("E")
    window.wait_for("Export annotations")
    window.press("tab", "right")
    window.wait_for("near-30-money.csv")
    window.press("enter")
    window.wait_for("written to")


def check_export(home: Path) -> None:
    """The file holds what the command line finds, and that is right."""
    (path,) = home.glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = listed(home, "--tag", QUESTION)
    assert [row["guid"] for row in rows] == [one["guid"] for one in found]
    assert rows
    for row in rows:
        tags = row["tags"].split("; ")
        assert any(tag.startswith("actors/companies") for tag in tags)
        assert "places/asia/china" not in tags
    everyone = listed(home)
    money = [one for one in everyone if "sums/money" in one["tags"]]
    wanted = {
        one["guid"]
        for one in everyone
        if any(tag.startswith("actors/companies") for tag in one["tags"])
        and "places/asia/china" not in one["tags"]
        and any(near(one, other) for other in money)
    }
    assert {row["guid"] for row in rows} == wanted


def near(one: Record, other: Record) -> bool:
    """At most thirty characters between them, in one document."""
    if one["document"] != other["document"]:
        return False
    starts = max(one["start"], other["start"])
    ends = min(one["end"], other["end"])
    return bool(starts - ends <= 30)
