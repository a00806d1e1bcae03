"""How large the batches are in which documents are added."""

from __future__ import annotations

import sqlite3

import pytest

from store import adding
from store.batches import Counted
from store.writer import Pen


def _after(seconds: float, signs: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Signs of the next batch, after one that took so long."""
    ticks = iter((10.0, 10.0 + seconds))
    monkeypatch.setattr("store.adding.time.monotonic", lambda: next(ticks))
    pace, counted = adding._Pace(), Counted(1, 0, 0, 0)
    pen = Pen(sqlite3.connect(":memory:"))
    assert pace.write(pen, lambda pen: counted, signs) is counted
    return pace.signs


def test_another_window_waits_no_longer_than_a_batch_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = _after(2 * adding.BATCH_SECONDS, 18_000_000, monkeypatch)
    assert slow == 9_000_000
    assert _after(600.0, 18_000_000, monkeypatch) == adding.FEWEST_SIGNS
    assert _after(0.0, 18_000_000, monkeypatch) == adding.MOST_SIGNS


def test_a_small_batch_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _after(60.0, 1_000, monkeypatch) == adding.BATCH_SIGNS
