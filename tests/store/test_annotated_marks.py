"""The text the tagger learns from: a wrong border is learnt as well as a right one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.extract.vocabulary import DATA

FILES = sorted((DATA / "annotated").glob("*.jsonl"))

NAMES = ("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK")

LITERALS = ("DATE", "MONEY", "PERCENT", "QUANTITY")


def faults(item: dict[str, object]) -> list[str]:
    """Return what is wrong with an item's marks, in words."""
    text, spans = item["text"], item["spans"]
    assert isinstance(text, str)
    assert isinstance(spans, list)
    found: list[str] = []
    past = 0
    for start, end, kind in spans:
        surface = text[start:end]
        if not 0 <= start < end <= len(text):
            found.append(f"{start}-{end} is outside the text")
        elif start < past:
            found.append(f"{surface!r} overlaps the mark before it")
        elif surface != surface.strip() or "\n" in surface:
            found.append(f"{surface!r} has a blank at an edge or runs over a line")
        elif text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum():
            found.append(f"{surface!r} begins or ends inside a word")
        if kind not in NAMES + LITERALS:
            found.append(f"{surface!r} is called {kind!r}")
        past = end
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mark_is_exact(path: Path) -> None:
    lang = path.stem.rpartition("_")[2]
    seen: set[str] = set()
    wrong: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        assert set(item) == {"id", "lang", "text", "spans"}
        wrong += [f"{item['id']}: {fault}" for fault in faults(item)]
        if item["lang"] != lang:
            wrong.append(f"{item['id']}: {item['lang']} in a file of {lang}")
        if item["id"] in seen or item["text"] in seen:
            wrong.append(f"{item['id']}: twice")
        seen |= {item["id"], item["text"]}
    assert not wrong
    assert seen


def test_the_annotated_text_is_there() -> None:
    assert {"business_en", "news_en", "news_de"} <= {path.stem for path in FILES}


def test_a_wrong_mark_is_told() -> None:
    text = "Nora Quill left Oslo."
    spans = [[0, 10, "PER"], [5, 10, "PER"], [16, 19, "LOC"], [15, 20, "TOWN"]]
    told = faults({"text": text, "spans": spans})
    assert told == [
        "'Quill' overlaps the mark before it",
        "'Osl' begins or ends inside a word",
        "' Oslo' overlaps the mark before it",
        "' Oslo' is called 'TOWN'",
    ]
