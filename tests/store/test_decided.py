"""Whatever is decided about names holds for what comes later, and can be undone:
random decisions, undone and done again between extractions, against a naive replay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shelf
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_names import Event, Naive, Place, found_in, replayed, seen

from store import naming
from store.care import check
from store.errors import NotFound, UsageError
from store.library import Library
from store.model import Found

TEXTS = (
    "ORG: Alba met Brio and Cora Dune, then Brio's edda.",
    "PER: Brio met Alba; Cora alone, edda too.",
    "ORG: Cora Dune, Cora, Brio's.",
    "LOC: Alba, Brio, edda.",
)

ACTS = (
    *("accept", "reject", "retype", "rename", "merge", "split", "split_form"),
    *("reject_form", "reject_mention", "accept_mention", "add"),
)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99)),
        st.tuples(
            st.sampled_from(("undo", "redo", "again", "document")),
            st.integers(0, 99),
            st.just(0),
        ),
    ),
    min_size=3,
    max_size=14,
)


class Desk:
    """A library, and what should have come of it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.events: list[Event] = []
        self.acts: list[Event] = []
        self.undone: list[Event] = []
        self.texts: dict[int, str] = {}
        self.turned = False
        """Whether something was undone or done again since the last extraction."""

    def step(self, what: str, one: int, two: int) -> None:
        """Do one thing. After undo or redo comes an extraction: what an extraction
        makes of names while an act is undone stays when the act is done again."""
        if what == "undo":
            self.back()
            return
        if what == "redo":
            self.forth()
            return
        if self.turned:
            self.again()
        if what == "document":
            self.document(one)
        elif what == "again":
            self.again()
        else:
            self.act(what, one, two)

    def document(self, number: int) -> None:
        text = TEXTS[number % len(TEXTS)]
        id = shelf.add_text(self.library, text)
        self.texts[id] = text
        self._extract([id])

        def does(naive: Naive) -> None:
            naive.texts[id] = text
            naive.extract(id)

        self.events.append(Event(does))

    def again(self) -> None:
        ids = list(self.texts)
        self._extract(ids)

        def does(naive: Naive) -> None:
            for id in ids:
                naive.extract(id)

        self.events.append(Event(does))

    def _extract(self, ids: list[int]) -> None:
        self.turned = False
        self.undone.clear()
        found = [
            (
                id,
                [
                    Found(start, end, self.texts[id][start:end], type)
                    for start, end, type in found_in(self.texts[id])
                ],
            )
            for id in ids
        ]
        self.library.core.writer.run(
            lambda pen: naming.store(pen, found, "test", self.library.core.now())
        )

    def back(self) -> None:
        if self.acts:
            self.library.history.undo()
            self.undone.append(self.acts.pop())
            self.undone[-1].undone = True
            self.turned = True

    def forth(self) -> None:
        if self.undone:
            self.library.history.redo()
            self.acts.append(self.undone.pop())
            self.acts[-1].undone = False
            self.turned = True

    def act(self, what: str, one: int, two: int) -> None:
        mentions = self.library.entities.mentions()
        if not mentions:
            return
        first, second = mentions[one % len(mentions)], mentions[two % len(mentions)]
        place, other = _place(first), _place(second)
        type = ("PER", "ORG", "LOC")[two % 3]
        name = ("Elmo", "Alba", "Faro")[two % 3]
        missed = self._missed(place, two)
        id, entity, form = first.id, first.entity or 0, first.surface
        who = self.library.entities
        way: dict[str, tuple[Callable[[], object], tuple[Any, ...]]] = {
            "accept": (lambda: who.accept([entity]), (place,)),
            "reject": (lambda: who.reject([entity]), (place,)),
            "retype": (lambda: who.retype(entity, type), (place, type)),
            "rename": (lambda: who.rename(entity, name), (place, name)),
            "merge": (lambda: who.merge(entity, [second.entity or 0]), (place, other)),
            "split": (lambda: who.split(entity, [id]), (place,)),
            "split_form": (lambda: who.split(entity, form=form), (place,)),
            "reject_form": (lambda: who.reject_form(form), (place,)),
            "reject_mention": (lambda: who.reject_mentions([id]), (place,)),
            "accept_mention": (lambda: who.accept_mentions([id]), (place,)),
            "add": (lambda: who.add_mention(*missed, type=type), (missed, type)),
        }
        does, given = way[what]
        before = self._count()
        try:
            does()
        except (NotFound, UsageError):
            return
        if self._count() == before:
            return  # nothing was changed, so there is nothing to undo
        event = Event(lambda naive: getattr(naive, what)(*given))
        self.events.append(event)
        self.acts.append(event)
        self.undone.clear()

    def _missed(self, place: Place, number: int) -> Place:
        """Half of a name, or a word that nobody takes for one."""
        document, start, end = place
        text = self.texts[document]
        if number % 2 and "edda" in text:
            at = text.index("edda")
            return document, at, at + 4
        return document, start, start + len(text[start:end].split()[0])

    def _count(self) -> int:
        return len(self.library.history.ids())

    def seen(self) -> Any:
        return seen(
            (_place(one), one.type, one.state, one.entity or 0)
            for one in self.library.entities.mentions()
        )


def _place(mention: Any) -> Place:
    return mention.document, mention.start, mention.end


@settings(max_examples=25, deadline=None, derandomize=True)
@given(STEPS)
def test_decisions_hold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("names") / "library.db"
    with Library(path, create=True, coder="tester") as library:
        desk = Desk(library)
        desk.document(0)
        desk.document(1)
        for what, one, two in steps:
            desk.step(what, one, two)
        desk.again()
        assert desk.seen() == replayed(desk.events).seen()
        assert [one for one in check(library.core) if one.level == "problem"] == []
        assert shelf.index_problems(library) == []
