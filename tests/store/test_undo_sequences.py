"""Random work, undone and redone: what is seen is what was seen before.

The model is naive on purpose: pictures of all that is visible, one an act. After
every step the indexes and the counters are checked as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import care
from store.annotations import Passage
from store.errors import NothingToDo, PostillaError
from store.library import Library

PATHS = ("a", "a/b", "b", "b/a", "c", "a/b/c")
Draw = Callable[..., Any]


@pytest.fixture(scope="module")
def shelf_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three documents and names in them, to be copied."""
    path = tmp_path_factory.mktemp("shelf") / "shelf.db"
    with Library(path, create=True, coder="tester") as library:
        for number in range(3):
            document = shelf.add_text(library, f"Acme {number} met Bolt and Cy.")
            shelf.name(library, document, "Acme", "Bolt", "Cy")
    return path


def pick(draw: Draw, options: Sequence[Any]) -> Any:
    """One of these; nothing to choose from is no act."""
    if not options:
        raise NothingToDo
    return draw(st.sampled_from(options))


def annotate(library: Library, draw: Draw) -> None:
    start = draw(st.integers(0, 10))
    library.annotations.create(
        draw(st.integers(1, 3)),
        draw(st.sampled_from([None, Passage(start, start + 4)])),
        note=draw(st.sampled_from(["", "note", "Ünïcode 東京"])),
        tags=draw(st.lists(st.sampled_from(PATHS), max_size=3)),
    )


def change_annotation(library: Library, draw: Draw) -> None:
    one = pick(draw, library.annotations.select()).id
    tags = draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=2))
    match draw(st.sampled_from(["note", "tags", "ends", "tag", "untag", "delete"])):
        case "note":
            library.annotations.edit(one, note=draw(st.sampled_from(["x", "y"])))
        case "tags":
            library.annotations.edit(one, tags=tags)
        case "ends":
            library.annotations.edit(one, passage=Passage(1, 6))
        case "tag":
            library.annotations.tag([one], tags)
        case "untag":
            library.annotations.untag([one], tags)
        case _:
            library.annotations.delete([one])


def change_codebook(library: Library, draw: Draw) -> None:
    tags = [tag.id for tag in library.codebook.tags()]
    one, other = pick(draw, tags), pick(draw, tags)
    match draw(st.sampled_from(["add", "rename", "move", "merge", "delete", "define"])):
        case "add":
            library.codebook.add(draw(st.sampled_from(PATHS)), "defined")
        case "rename":
            library.codebook.rename(one, draw(st.sampled_from("abcd")))
        case "move":
            library.codebook.move(one, draw(st.sampled_from([None, other])))
        case "merge":
            library.codebook.merge(one, [other])
        case "delete":
            library.codebook.delete(one)
        case _:
            library.codebook.define(one, marker=draw(st.sampled_from("mn")), colour=2)


def change_entities(library: Library, draw: Draw) -> None:
    found = [entity.id for entity in library.entities.select()]
    one, other = pick(draw, found), pick(draw, found)
    match draw(st.sampled_from(["merge", "reject", "rename", "retype", "split"])):
        case "merge":
            library.entities.merge(one, [other])
        case "reject":
            library.entities.reject([one])
        case "rename":
            library.entities.rename(one, draw(st.sampled_from(["Acme", "New", "Bolt"])))
        case "retype":
            library.entities.retype(one, draw(st.sampled_from(["PER", "LOC"])))
        case _:
            mentions = library.entities.mentions(entity=one)
            library.entities.split(one, [pick(draw, mentions).id])


def change_documents(library: Library, draw: Draw) -> None:
    one = pick(draw, library.documents.select()).id
    if draw(st.booleans()):
        library.documents.correct(one, {"title": draw(st.sampled_from(["A", "Bé"]))})
    else:
        library.documents.remove([one])


ACTS = (annotate, change_annotation, change_codebook, change_entities, change_documents)


class Work:
    """A library, and the pictures of it that undo and redo must show again."""

    def __init__(self, path: Path, now: Callable[[], str]) -> None:
        self.path = path
        self.now = now
        self.library = self._open()
        self.pictures = [shelf.visible(self.library)]
        self.acts = [0]
        self.at = 0

    def act(self, draw: Draw) -> None:
        """Do something; what is refused must change nothing."""
        entries = self.library.history.entries(1)
        with suppress(PostillaError):
            draw(st.sampled_from(ACTS))(self.library, draw)
        if self.library.history.entries(1) != entries:
            del self.pictures[self.at + 1 :], self.acts[self.at + 1 :]
            self.pictures.append(shelf.visible(self.library))
            self.acts.append(self.library.history.entries(1)[0].id)
            self.at += 1

    def step(self, back: bool) -> None:
        """One step of undo or redo, as far as there is one."""
        history = self.library.history
        take = history.undo if back else history.redo
        last = 0 if back else len(self.pictures) - 1
        if self.at == last:
            with pytest.raises(NothingToDo):
                take()
            return
        take()
        self.at += -1 if back else 1

    def jump(self, draw: Draw) -> None:
        """To any point of the history at once."""
        to = draw(st.integers(0, len(self.acts) - 1))
        if to != self.at:
            self.library.history.jump(self.acts[to])
            self.at = to

    def reopen(self) -> None:
        """Close the window and open another."""
        self.library.close()
        self.library = self._open()

    def _open(self) -> Library:
        return Library(self.path, coder="tester", window="one", now=self.now)

    def check(self) -> None:
        """All that is seen is as it was, and found by name and counted right."""
        assert shelf.visible(self.library) == self.pictures[self.at]
        problems = [
            c.what for c in care.check(self.library.core) if c.level == "problem"
        ]
        assert problems == []


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_was_seen_is_seen_again(
    data: st.DataObject,
    shelf_file: Path,
    tmp_path: Path,
    clock: Callable[[], str],
) -> None:
    path = tmp_path / "work.db"
    shutil.copy(shelf_file, path)
    work = Work(path, clock)
    try:
        steps = ["act"] * 4 + ["undo", "redo", "jump", "reopen"]
        for step in data.draw(
            st.lists(st.sampled_from(steps), min_size=8, max_size=24)
        ):
            match step:
                case "act":
                    work.act(data.draw)
                case "jump":
                    work.jump(data.draw)
                case "reopen":
                    work.reopen()
                case _:
                    work.step(back=step == "undo")
            work.check()
        while work.at:
            work.step(back=True)
            work.check()
    finally:
        work.library.close()
