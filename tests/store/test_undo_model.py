"""A library and a naive one do the same work, are undone, redone, and reopened.

The short form is part of the suite. The long one is asked for by the number of
sequences: ``POSTILLA_SEQUENCES=5000 pytest tests/store/test_undo_model.py``. A failed
sequence says its number; ``POSTILLA_SEQUENCE=17`` does only that one again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
import shelf
from naive_library import Naive, picture, read
from naive_work import WORK, Work, add_tag, annotate

from store.errors import NothingToDo
from store.library import Library

SHORT = 24
FIRST, ROUNDS = 8, 20
"""Acts at the beginning, and what comes then: acts, undos, redos, jumps, restarts."""

GROUPS = 4
"""The sequences are shared out to as many tests, which may run side by side."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three documents, to be copied."""
    path = tmp_path_factory.mktemp("naive") / "naive.db"
    with Library(path, create=True, coder="tester") as library:
        for number in range(3):
            shelf.add_text(library, f"Acme {number} met Bolt and Cy.")
    return path


class Sequence:
    """One sequence: a library, what it must hold at each point, and where it is."""

    def __init__(self, path: Path, number: int, now: Callable[[], str]) -> None:
        self.path = path
        self.now = now
        self.random = Random(number)
        self.windows = 0
        self.library = self._open()
        self.naive = Naive()
        self.acts = [0]
        self.points = [(deepcopy(self.naive), picture(self.library))]
        self.at = 0
        self.steps: dict[str, tuple[int, Callable[[], None]]] = {
            "act": (10, self.act),
            "undo": (3, self.undo),
            "redo": (3, self.redo),
            "jump": (1, self.jump),
            "reopen": (1, self.reopen),
        }

    def go(self) -> None:
        """All rounds, then back to the beginning and forward to the end."""
        names = list(self.steps)
        weights = [weight for weight, _ in self.steps.values()]
        for work in (add_tag, annotate, annotate):
            self.act(work)
        rounds = self.random.choices(names, weights, k=ROUNDS)
        for name in ["act"] * FIRST + rounds:
            self.steps[name][1]()
        if self.at:
            self.library.history.jump(0)
        self.at = 0
        self.check()
        if len(self.acts) > 1:
            self.library.history.jump(self.acts[-1])
        self.at = len(self.acts) - 1
        self.check()
        assert shelf.index_problems(self.library) == []

    def act(self, work: Work | None = None) -> None:
        """Something new, of which the library must say what the naive one says."""
        self.naive = deepcopy(self.points[self.at][0])
        work = work or self.random.choice(WORK)
        if not work(self.library, self.naive, self.random):
            return
        assert read(self.library) == self.naive, work.__name__
        newest = next(iter(self.library.history.ids(limit=1)), 0)
        if newest == self._newest:
            return
        self._newest = newest
        del self.acts[self.at + 1 :], self.points[self.at + 1 :]
        self.acts.append(newest)
        self.points.append((deepcopy(self.naive), picture(self.library)))
        self.at += 1

    _newest = 0

    def undo(self) -> None:
        """One step back, as far as there is one."""
        if self.at == 0:
            with pytest.raises(NothingToDo):
                self.library.history.undo(everywhere=True)
            return
        self.library.history.undo(everywhere=True)
        self.at -= 1
        self.check()

    def redo(self) -> None:
        """One step forward, as far as there is one."""
        if self.at == len(self.acts) - 1:
            with pytest.raises(NothingToDo):
                self.library.history.redo(everywhere=True)
            return
        self.library.history.redo(everywhere=True)
        self.at += 1
        self.check()

    def jump(self) -> None:
        """To any point."""
        to = self.random.randrange(len(self.acts))
        if to == self.at:
            return
        self.library.history.jump(self.acts[to])
        self.at = to
        self.check()

    def reopen(self) -> None:
        """The window is closed, and another opened."""
        self.library.close()
        self.library = self._open()
        self.check()

    def check(self) -> None:
        """The library is as it was when it was first at this point."""
        naive, seen = self.points[self.at]
        assert read(self.library) == naive
        assert picture(self.library) == seen

    def _open(self) -> Library:
        self.windows += 1
        window = f"window {self.windows}"
        return Library(self.path, coder="tester", window=window, now=self.now)


def numbers() -> list[int]:
    """Which sequences are run."""
    if one := os.environ.get("POSTILLA_SEQUENCE"):
        return [int(one)]
    return list(range(int(os.environ.get("POSTILLA_SEQUENCES", SHORT))))


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_library_is_what_a_naive_one_is(
    group: int, original: Path, tmp_path: Path, clock: Callable[[], str]
) -> None:
    path = tmp_path / "library.db"
    for number in numbers()[group::GROUPS]:
        shutil.copy(original, path)
        sequence = Sequence(path, number, clock)
        try:
            sequence.go()
        except BaseException as error:
            error.add_note(f"This was sequence {number}.")
            raise
        finally:
            sequence.library.close()
