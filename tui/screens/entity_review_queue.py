"""Where one stands in a row of questions: what is answered, what was left for later.

Pure: questions in, the next one out. The library says whether a question is still
open (``store.review_cards``); here is kept what was decided since they were read, so
that the next one can be shown before that is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from store.review import Kind, Question


@dataclass(slots=True)
class Decision:
    """What was answered, and what it takes to come back to it."""

    place: int
    """The question, by its place among all."""
    merged: tuple[int, ...] = ()
    """Entities that became one, the kept one first."""
    gone: tuple[int, ...] = ()
    """Entities that are none now."""
    settled: tuple[int, ...] = ()
    """Entities that are names for sure now."""
    answers: bool = True
    """Whether the question is answered with it."""
    change: int | None = None
    """The act in the history, once it is saved."""
    closed: set[int] = field(default_factory=set)
    """Places of questions that nobody need ask any more."""


class Queue:
    """Questions one after the other; whatever was left open comes round again."""

    def __init__(self, questions: Sequence[Question] = ()) -> None:
        """Stand on the first of ``questions``."""
        self.questions: list[Question] = []
        self.decisions: list[Decision] = []
        self.later: set[int] = set()
        self.only: Kind | None = None
        self.place: int | None = None
        """The question asked now; ``None`` when nothing is open."""
        self._closed: set[int] = set()
        self._moot: set[int] = set()
        # Also what an entity was asked about when it was one with others.
        self._about: defaultdict[int, set[int]] = defaultdict(set)
        self._roots: dict[int, int] = {}
        self._of_kind: list[int] = []
        self.add(questions)

    # What is asked ---------------------------------------------------------

    @property
    def current(self) -> Question | None:
        """The question asked now."""
        return None if self.place is None else self.questions[self.place]

    @property
    def count(self) -> tuple[int, int]:
        """The number of the question and of how many, among those that are asked."""
        if self.place is None:
            return 0, 0
        if self.only is None:
            return self.place + 1, len(self.questions)
        return self._of_kind.index(self.place) + 1, len(self._of_kind)

    def kinds(self) -> list[Kind]:
        """The kinds of which something is open."""
        done = self._closed | self._moot
        found = {
            question.kind: None
            for place, question in enumerate(self.questions)
            if place not in done
        }
        return list(found)

    def ahead(self, number: int) -> list[int]:
        """The question asked now and the next open ones, by their places."""
        if self.place is None:
            return []
        return list(islice(self._open_from(self.place), number))

    def is_open(self, place: int) -> bool:
        """Whether a question may still be asked."""
        done = place in self._closed or place in self._moot
        return not done and self._is_asked(place)

    def beside(self, question: Question) -> list[int]:
        """Everyone who may be one with the first of a question, by open questions."""
        head = self.root(question.entities[0])
        done = self._closed | self._moot
        found: dict[int, None] = {}
        for place in sorted(self._about[head] - done):
            one = self.questions[place]
            if one.kind == "one":
                roots = [self.root(entity) for entity in one.entities]
                if head in roots:
                    found.update((root, None) for root in roots if root != head)
        return list(found)

    def _open_from(self, place: int) -> Iterator[int]:
        """Open questions from a place on, then those in front of it."""
        round_it = chain(range(place, len(self.questions)), range(place))
        return filter(self.is_open, round_it)

    # Going -----------------------------------------------------------------

    def add(self, questions: Iterable[Question]) -> int | None:
        """Ask these too, after all others; the place of the first that is new."""
        known = set(self.questions)
        new = [one for one in dict.fromkeys(questions) if one not in known]
        first = len(self.questions)
        self.questions += new
        for place, question in enumerate(new, first):
            for entity in question.entities:
                self._about[self.root(entity)].add(place)
            if question.kind == self.only:
                self._of_kind.append(place)
        if self.place is None:
            self.go_to(first)
        return first if new else None

    def start_at(self, question: Question | None) -> None:
        """Stand on this question, if it is among them."""
        if question in self.questions:
            self.place = self.questions.index(question)

    def narrow(self, kind: Kind | None) -> None:
        """Ask only questions of a kind; ``None`` for all."""
        self.only = kind
        places = enumerate(self.questions)
        self._of_kind = [at for at, question in places if question.kind == kind]
        self.go_to(self.place or 0)

    def step(self, by: int) -> bool:
        """To the next open question, or back for -1; whether there was another."""
        if self.place is None:
            return False
        count = len(self.questions)
        for far in range(1, count):
            place = (self.place + by * far) % count
            if self.is_open(place):
                self.place = place
                return True
        return False

    def leave_for_later(self) -> bool:
        """Leave the question open and go on; whether there was another."""
        if self.place is not None:
            self.later.add(self.place)
        return self.step(1)

    def go_to(self, place: int) -> None:
        """To the first open question from a place on, or to none."""
        self.place = next(self._open_from(place), None)

    def _is_asked(self, place: int) -> bool:
        return self.only is None or self.questions[place].kind == self.only

    # Answering -------------------------------------------------------------

    def answer(self, decision: Decision) -> None:
        """Take an answer to the present question and go on to the next open one."""
        self.decisions.append(decision)
        self._settle(decision)
        if self.place is not None and not self.is_open(self.place):
            self.go_to(self.place)

    def drop(self, place: int) -> None:
        """A question turned out to be decided already."""
        self._moot.add(place)
        self.later.discard(place)
        if self.place == place:
            self.go_to(place)

    def take_back(self, decision: Decision) -> None:
        """Ask again what was answered with this decision."""
        self.decisions.remove(decision)
        self._closed -= decision.closed
        self._moot.clear()  # what it closed elsewhere may be open again
        self._roots.clear()
        for one in self.decisions:
            self._closed |= one.closed
            self._join(one.merged)
        if not self._is_asked(decision.place):
            self.narrow(None)
        self.place = decision.place

    def root(self, entity: int) -> int:
        """Who an entity is after what was decided here."""
        while entity in self._roots:
            entity = self._roots[entity]
        return entity

    def _settle(self, decision: Decision) -> None:
        if decision.answers:
            decision.closed.add(decision.place)
        self._join(decision.merged)
        touched = (*decision.merged, *decision.gone, *decision.settled)
        roots = {self.root(entity) for entity in touched}
        for root in roots:
            for place in self._about[root] - self._closed:
                if self._is_settled(self.questions[place], roots, decision.gone):
                    decision.closed.add(place)
        self._closed |= decision.closed
        self.later -= decision.closed

    def _is_settled(
        self, question: Question, decided: set[int], gone: Sequence[int]
    ) -> bool:
        """Whether a question about one of the decided entities is answered too."""
        roots = {self.root(entity) for entity in question.entities}
        if question.kind == "doubt":
            return bool(roots & decided)
        return len(roots - set(gone)) < 2

    def _join(self, merged: Sequence[int]) -> None:
        for other in merged[1:]:
            keep, old = self.root(merged[0]), self.root(other)
            if keep != old:
                self._roots[old] = keep
                self._about[keep] |= self._about[old]
