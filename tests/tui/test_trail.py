"""Back and forth between places: as a browser does it."""

from __future__ import annotations

from tui.trail import Spot, Trail

A, B, C, D = (Spot(1, 0), Spot(1, 900), Spot(2, 4), Spot(3, 0))


def test_back_and_forward_again() -> None:
    trail = Trail()
    trail.leave(A)
    trail.leave(B)
    assert trail.back(C) == B
    assert trail.back(B) == A
    assert trail.back(A) is None
    assert trail.forward(A) == B
    assert trail.forward(B) == C
    assert trail.forward(C) is None


def test_where_one_moved_on_is_where_one_comes_back_to() -> None:
    trail = Trail()
    trail.leave(A)
    assert trail.back(B) == A
    assert trail.forward(D) == B, "from wherever one stands now"
    assert trail.back(B) == D


def test_another_jump_drops_what_lay_ahead() -> None:
    trail = Trail()
    trail.leave(A)
    trail.leave(B)
    assert trail.back(C) == B
    trail.leave(B)
    assert trail.forward(D) is None
    assert trail.back(D) == B
    assert trail.back(B) == A


def test_a_place_is_not_kept_twice_nor_gone_to_from_itself() -> None:
    trail = Trail()
    for _ in range(3):
        trail.leave(A)
    assert trail.back(A) is None
    trail.leave(A)
    trail.leave(A)
    assert trail.back(B) == A
    assert trail.back(A) is None


def test_nothing_was_read_yet() -> None:
    trail = Trail()
    trail.leave(None)
    assert trail.back(None) is None
    trail.leave(A)
    assert trail.back(None) == A
    assert trail.forward(A) is None


def test_only_so_many_places_are_kept() -> None:
    trail = Trail(most=100)
    for offset in range(250):
        trail.leave(Spot(1, offset))
    here: Spot | None = Spot(2, 0)
    seen = []
    while (here := trail.back(here)) is not None:
        seen.append(here.offset)
    assert seen == list(range(249, 149, -1))
