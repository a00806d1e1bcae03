"""Libraries for tests: in a folder of their own, with a clock that is no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from store.library import Library

MakeLibrary = Callable[..., Library]
"""``make_library(name="library.db", coder="tester")`` opens one more window."""


@pytest.fixture(autouse=True, scope="session")
def short_waits() -> Iterator[None]:
    """Let a pilot look more often whether the program has come to rest."""
    from textual import _wait

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_wait, "SLEEP_GRANULARITY", 1 / 150)
        patch.setattr(_wait, "SLEEP_IDLE", 1 / 3000)
        yield


@pytest.fixture
def clock() -> Callable[[], str]:
    """A clock that goes on by one second whenever it is asked."""
    start = datetime(2026, 1, 30, 9, 0, tzinfo=UTC)
    seconds = count()

    def now() -> str:
        moment = start + timedelta(seconds=next(seconds))
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

    return now


@pytest.fixture
def make_library(tmp_path: Path, clock: Callable[[], str]) -> Iterator[MakeLibrary]:
    """Opens windows on libraries in the test's folder, and closes them after it."""
    opened: list[Library] = []

    def make(name: str = "library.db", coder: str = "tester") -> Library:
        library = Library(tmp_path / name, create=True, coder=coder, now=clock)
        opened.append(library)
        return library

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    """An empty library of the coder ``tester``."""
    return make_library()
