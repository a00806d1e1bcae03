"""Layers: the same answers as looking at every span, and pieces that cover a row."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.layers import PLAIN, Layer, Look, Run, Span, runs

LENGTH = 6000

spans = st.lists(
    st.builds(
        lambda start, size, ref: Span(start, start + size, ref, "PER"),
        st.integers(-10, LENGTH),
        st.one_of(st.integers(0, 40), st.integers(2000, 5000)),
        st.integers(0, 99),
    ),
    max_size=25,
)


@given(spans, st.integers(0, LENGTH), st.integers(1, 80))
@settings(max_examples=80, deadline=None)
def test_touching_finds_exactly_what_shares_a_sign(
    given_spans: list[Span], start: int, size: int
) -> None:
    layer = Layer(given_spans, LENGTH)
    end = start + size
    expected = [s for s in layer.spans if s.start < end and s.end > start]
    assert sorted(layer.touching(start, end)) == sorted(expected)
    sizes = [span.end - span.start for span in layer.at(start)]
    assert sizes == sorted(sizes)


@given(spans)
@settings(max_examples=40, deadline=None)
def test_walking_from_span_to_span_visits_every_start(given_spans: list[Span]) -> None:
    layer = Layer(given_spans, LENGTH)
    starts = sorted({span.start for span in layer.spans})
    place, seen = -1, []
    while (after := layer.following(place)) is not None:
        place = after.start
        seen.append(place)
    assert seen == starts
    back, place = [], LENGTH + 1
    while (before := layer.preceding(place)) is not None:
        place = before.start
        back.append(place)
    assert back == starts[::-1]


def test_spans_are_cut_to_the_text_and_empty_ones_left_out() -> None:
    layer = Layer([Span(-5, 3, 1), Span(8, 99, 2), Span(4, 4, 3), Span(50, 60, 4)], 10)
    assert [(s.start, s.end, s.ref) for s in layer.spans] == [(0, 3, 1), (8, 10, 2)]


@given(spans, spans, st.integers(0, LENGTH - 80), st.integers(0, 80))
@settings(max_examples=60, deadline=None)
def test_pieces_cover_the_row_and_tell_what_lies_over_it(
    notes: list[Span], names: list[Span], start: int, size: int
) -> None:
    layers = {"annotation": Layer(notes, LENGTH), "entity": Layer(names, LENGTH)}
    end, selected, cursor = start + size, (start + 3, start + 9), (start + 5, start + 6)
    pieces = runs(start, end, layers, selected, cursor)
    assert [place for run in pieces for place in range(run.start, run.end)] == list(
        range(start, end)
    )
    for run in pieces:
        for place in range(run.start, run.end):
            over = [s for s in layers["annotation"].spans if s.start <= place < s.end]
            assert run.look.annotations == len(over)
            assert run.look.selected == (selected[0] <= place < selected[1])
            assert run.look.cursor == (place == cursor[0])


def test_a_row_with_nothing_over_it_is_one_plain_piece() -> None:
    assert runs(3, 9, {"entity": Layer([], 20)}) == [Run(3, 9, PLAIN)]


def test_the_smallest_entity_gives_its_style() -> None:
    names = Layer([Span(0, 10, 1, "ORG"), Span(2, 5, 2, "LOC")], 20)
    assert runs(0, 12, {"entity": names}) == [
        Run(0, 2, Look(entity="ORG")),
        Run(2, 5, Look(entity="LOC")),
        Run(5, 10, Look(entity="ORG")),
        Run(10, 12, PLAIN),
    ]
