"""Selecting: growing, shrinking, moving, and what always holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from texts import texts

from tui.text import graphemes, selection
from tui.text.objects import UNITS
from tui.text.selection import Selection

NEWS = "First one here. Second one there.\nA new paragraph."


def shown(state: Selection, text: str = NEWS) -> str | None:
    place = selection.span(state, text)
    return None if place is None else text[place[0] : place[1]]


def test_growing_goes_through_all_units_and_shrinking_returns() -> None:
    state = Selection(cursor=18)
    seen = []
    for _ in range(6):
        state = selection.raised(state)
        seen.append(shown(state))
    assert seen == [
        "c",
        "Second",
        "Second one there.",
        "First one here. Second one there.",
        NEWS,
        NEWS,
    ]
    back = []
    for _ in range(5):
        state = selection.lowered(state)
        back.append(shown(state))
    assert back == [seen[3], seen[2], seen[1], seen[0], None]
    assert state == Selection(cursor=18)


def test_what_the_cursor_stands_on_is_selected() -> None:
    state = selection.raised(Selection(cursor=0))
    for _ in range(4):
        state = selection.step(state, NEWS, "char", True)
    assert shown(state) == "First"


def test_shift_and_arrows_stop_in_front_of_the_cursor() -> None:
    state = Selection(cursor=0)
    for _ in range(5):
        state = selection.extend(state, NEWS, state.cursor + 1)
    assert shown(state) == "First"
    for _ in range(5):
        state = selection.extend(state, NEWS, state.cursor - 1)
    assert state == Selection(cursor=0)


def test_after_growing_motions_take_whole_units() -> None:
    state = selection.raised(selection.raised(Selection(cursor=2)))
    state = selection.step(state, NEWS, "char", True)
    assert shown(state) == "First one"
    state = selection.step(state, NEWS, "char", False)
    assert shown(state) == "First"


def test_the_last_unit_stays_selected_at_the_end() -> None:
    state = selection.of_unit(Selection(cursor=len(NEWS) - 3), "sentence")
    assert shown(selection.step(state, NEWS, "word", True)) == "A new paragraph."


def test_swapping_moves_the_cursor_not_the_range() -> None:
    state = selection.of_range(NEWS, 6, 14)
    other = selection.swapped(state)
    assert (state.cursor, other.cursor) == (14, 6)
    assert shown(state) == shown(other) == "one here"
    assert selection.swapped(other) == state


def test_dropping_keeps_the_cursor() -> None:
    state = selection.of_range(NEWS, 6, 14, cursor=6)
    assert selection.drop(state) == Selection(cursor=6)


moves = st.lists(
    st.tuples(
        st.sampled_from(
            ["step", "extend", "raise", "lower", "swap", "drop", "unit", "range"]
        ),
        st.sampled_from(UNITS),
        st.booleans(),
        st.integers(-5, 300),
    ),
    max_size=12,
)


def applied(state: Selection, text: str, move: tuple[str, str, bool, int]) -> Selection:
    name, unit, forward, place = move
    named = next(known for known in UNITS if known == unit)
    changes = {
        "step": lambda: selection.step(state, text, named, forward),
        "extend": lambda: selection.extend(state, text, place),
        "raise": lambda: selection.raised(state),
        "lower": lambda: selection.lowered(state),
        "swap": lambda: selection.swapped(state),
        "drop": lambda: selection.drop(state),
        "unit": lambda: selection.of_unit(state, named),
        "range": lambda: selection.of_range(text, place, place + 7),
    }
    return changes[name]()


@given(texts, moves)
@settings(max_examples=120, deadline=None)
def test_no_act_leaves_the_text_or_splits_a_sign(
    text: str, acts: list[tuple[str, str, bool, int]]
) -> None:
    state = Selection()
    for act in acts:
        state = applied(state, text, act)
        assert 0 <= state.cursor <= len(text)
        assert graphemes.floor(text, state.cursor) == state.cursor
        place = selection.span(state, text)
        if place is not None:
            start, end = place
            assert 0 <= start < end <= len(text)
            assert graphemes.floor(text, start) == start
            assert graphemes.floor(text, end) == end


@given(texts, moves)
@settings(max_examples=80, deadline=None)
def test_growing_then_shrinking_and_swapping_twice_change_nothing(
    text: str, acts: list[tuple[str, str, bool, int]]
) -> None:
    state = Selection()
    for act in acts:
        state = applied(state, text, act)
    assert selection.swapped(selection.swapped(state)) == state
    place = selection.span(state, text)
    if state.unit != "all":
        back = selection.lowered(selection.raised(state))
        assert selection.span(back, text) == place
        assert back.cursor == state.cursor
    grown = selection.span(selection.raised(state), text)
    if place is not None and grown is not None and state.unit != "char":
        assert grown[0] <= place[0] and place[1] <= grown[1]


@given(texts, moves)
@settings(max_examples=60, deadline=None)
def test_swapping_the_ends_keeps_what_is_selected(
    text: str, acts: list[tuple[str, str, bool, int]]
) -> None:
    state = Selection()
    for act in acts:
        state = applied(state, text, act)
    other = selection.swapped(state)
    assert selection.span(other, text) == selection.span(state, text)
    if state.anchor is not None:
        assert (other.cursor, other.anchor) == (state.anchor, state.cursor)


@given(texts, st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_shrinking_returns_the_exact_earlier_state(text: str, place: int) -> None:
    state = selection.move(Selection(), text, place)
    history = [state]
    for _ in UNITS:
        history.append(selection.raised(history[-1]))
    for earlier in reversed(history[:-1]):
        state = selection.lowered(selection.raised(earlier))
        assert selection.span(state, text) == selection.span(earlier, text)
