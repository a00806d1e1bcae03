"""The row of questions of the review, without a screen."""

from __future__ import annotations

from store.review import Question
from tui.screens.entity_review_queue import Decision, Queue


def pair(one: int, other: int) -> Question:
    """Two names that may be one."""
    return Question("one", (one, other), "Because.")


def test_merging_answers_what_follows_from_it() -> None:
    doubt = Question("doubt", (3,), sure=0.5)
    queue = Queue([pair(1, 2), pair(2, 3), pair(1, 3), pair(3, 4), doubt])
    for merged in ((1, 2), (2, 3)):
        place = queue.place
        assert place is not None
        queue.answer(Decision(place, merged=merged))
    assert queue.current == pair(3, 4)
    assert not queue.is_open(2) and not queue.is_open(4)
    queue.take_back(queue.decisions[-1])
    assert queue.current == pair(2, 3)
    assert queue.is_open(2) and queue.is_open(4)
    assert queue.root(2) == 1 and queue.root(3) == 3
    assert queue.beside(pair(1, 2)) == [3]
    queue.answer(Decision(0, settled=(1,)))
    assert queue.is_open(4)


def test_who_is_none_is_not_asked_about() -> None:
    types = Question("types", (1, 2, 3))
    queue = Queue([Question("doubt", (1,)), pair(1, 4), types])
    queue.answer(Decision(0, gone=(1,)))
    assert queue.current == types
    assert not queue.is_open(1)
    queue.answer(Decision(2, answers=False, gone=(2,)))
    assert queue.current == types


def test_what_the_library_knows_to_be_decided_is_passed_over_and_back() -> None:
    queue = Queue([pair(1, 2), pair(3, 4), pair(5, 6)])
    queue.drop(1)
    queue.answer(Decision(0))
    assert queue.current == pair(5, 6)
    assert not queue.leave_for_later()
    assert not queue.step(-1)
    queue.take_back(queue.decisions[0])
    assert queue.ahead(9) == [0, 1, 2]
    assert queue.beside(pair(1, 9)) == [2]
