"""The unseen news are well formed, and the scorer counts as it says."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scoring script, loaded by its path."""
    place = ROOT / "tests" / "store" / "score_entities.py"
    spec = importlib.util.spec_from_file_location("score_entities", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def items(scorer: ModuleType) -> list[dict[str, Any]]:
    """The ten items."""
    loaded: list[dict[str, Any]] = scorer.load()
    return loaded


def test_two_items_a_language(items: list[dict[str, Any]]) -> None:
    spoken = Counter(item["language"] for item in items)
    assert spoken == dict.fromkeys(("it", "en", "de", "fr", "es"), 2)
    assert all(120 <= len(item["text"].split()) <= 200 for item in items)


def test_spans_are_clean(scorer: ModuleType, items: list[dict[str, Any]]) -> None:
    for item in items:
        last = 0
        for start, end, kind in item["entities"]:
            assert last <= start < end <= len(item["text"])
            assert kind in scorer.TYPES
            surface = item["text"][start:end]
            assert surface == surface.strip()
            assert "\n" not in surface
            last = end


def test_nothing_named_in_the_seeds(items: list[dict[str, Any]]) -> None:
    files = (ROOT / "seeds" / "news").iterdir()
    seeds = "\n".join(p.read_text(encoding="utf-8", errors="replace") for p in files)
    for item in items:
        for start, end, kind in item["entities"]:
            if kind in {"PER", "ORG", "PRODUCT", "WORK"}:
                assert item["text"][start:end] not in seeds


def test_perfect_and_partial_scores(scorer: ModuleType) -> None:
    gold = [{"language": "en", "text": "", "entities": [[0, 3, "PER"], [5, 9, "ORG"]]}]

    def wrong_type(*_: object) -> list[tuple[int, int, str]]:
        return [(0, 3, "PER"), (5, 9, "LOC"), (10, 12, "QUOTE")]

    rows = scorer.score(gold, wrong_type)
    assert rows["all"] == {"p": 50.0, "r": 50.0, "f1": 50.0, "marked": 2, "reported": 2}
    assert rows["untyped"]["f1"] == 100.0
    assert rows["PER"]["f1"] == 100.0
    assert rows["ORG"]["r"] == 0.0
    assert rows["en"] == rows["all"]
    assert rows["MONEY"]["marked"] == 0
