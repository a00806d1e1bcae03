"""Layers: the same answers as looking at every span, however many there are."""

from __future__ import annotations

import itertools
import random
from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.layers import Columns, Layer, Span, lanes

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
    layer = Layer.of(given_spans, LENGTH)
    end = start + size
    expected = [s for s in layer.spans if s.start < end and s.end > start]
    assert sorted(layer.touching(start, end)) == sorted(expected)
    assert [span.ref for span in layer.touching(start, end)] == [
        span.ref for span in layer.spans if span in expected
    ]
    sizes = [span.end - span.start for span in layer.at(start)]
    assert sizes == sorted(sizes)


@given(spans)
@settings(max_examples=40, deadline=None)
def test_walking_from_span_to_span_visits_every_start(given_spans: list[Span]) -> None:
    layer = Layer.of(given_spans, LENGTH)
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
    layer = Layer.of(
        [Span(-5, 3, 1), Span(8, 99, 2), Span(4, 4, 3), Span(50, 60, 4)], 10
    )
    assert [(s.start, s.end, s.ref) for s in layer.spans] == [(0, 3, 1), (8, 10, 2)]


@given(spans, st.randoms())
@settings(max_examples=40, deadline=None)
def test_arrays_in_any_order_make_the_same_layer(
    given_spans: list[Span], chance: random.Random
) -> None:
    given_spans = [span._replace(ref=n) for n, span in enumerate(given_spans)]
    shuffled = chance.sample(given_spans, len(given_spans))
    columns = Columns(
        array("q", [span.start for span in shuffled]),
        array("q", [span.end for span in shuffled]),
        array("q", [span.ref for span in shuffled]),
        array("q", [1] * len(shuffled)),
    )
    layer = Layer(columns, ("none", "PER"), LENGTH)
    other = Layer.of(given_spans, LENGTH)
    assert sorted(layer.spans) == sorted(other.spans)
    assert len(layer) == len(other)


def test_layers_tell_whether_anything_looks_different() -> None:
    one = Layer.of([Span(0, 5, 1, "tag-1", 1)], 20)
    assert one.is_same(Layer.of([Span(0, 5, 1, "tag-1", 1)], 20))
    assert not one.is_same(Layer.of([Span(0, 5, 1, "tag-2", 1)], 20))
    assert not one.is_same(Layer.of([Span(0, 5, 1, "tag-1", 2)], 20))
    assert not one.is_same(Layer.of([Span(0, 6, 1, "tag-1", 1)], 20))
    assert not one.is_same(None)


@given(spans)
@settings(max_examples=60, deadline=None)
def test_what_overlaps_lies_in_different_lanes(given_spans: list[Span]) -> None:
    found = list(Layer.of(given_spans, LENGTH).with_lanes().spans)
    for one, other in itertools.combinations(found, 2):
        if one.start < other.end and other.start < one.end:
            assert one.lane != other.lane
    for one in found:
        before = [o for o in found if o is not one and o.end > one.start]
        if not any(o.start <= one.start for o in before):
            assert one.lane == 0


def test_a_lane_is_used_again_once_it_is_free() -> None:
    assert list(lanes([0, 2, 8, 9, 20], [10, 5, 12, 11, 30])) == [0, 1, 1, 2, 0]
