"""Looks: pieces that cover a row, and what overlaps can be told apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.layers import Layer, Span
from tui.text.looks import PLAIN, Look, Run, runs

LENGTH = 6000

spans = st.lists(
    st.builds(
        lambda start, size, ref: Span(start, start + size, ref, f"tag-{ref % 8}"),
        st.integers(-10, LENGTH),
        st.one_of(st.integers(0, 40), st.integers(2000, 5000)),
        st.integers(0, 99),
    ),
    max_size=25,
)


@given(spans, spans, st.integers(0, LENGTH - 80), st.integers(0, 80))
@settings(max_examples=60, deadline=None)
def test_pieces_cover_the_row_and_tell_what_lies_over_it(
    notes: list[Span], names: list[Span], start: int, size: int
) -> None:
    layers = {
        "annotation": Layer.of(notes, LENGTH).with_lanes(),
        "entity": Layer.of(names, LENGTH),
    }
    end, selected, cursor = start + size, (start + 3, start + 9), (start + 5, start + 6)
    pieces = runs(start, end, layers, selected, cursor)
    assert [place for run in pieces for place in range(run.start, run.end)] == list(
        range(start, end)
    )
    for run in pieces:
        for place in range(run.start, run.end):
            over = [s for s in layers["annotation"].spans if s.start <= place < s.end]
            assert run.look.annotations == len(over)
            if over:
                smallest = min(span.end - span.start for span in over)
                assert run.look.tag in {
                    s.style for s in over if s.end - s.start == smallest
                }
            assert run.look.second == (len(over) == 1 and over[0].lane % 2 == 1)
            assert run.look.selected == (selected[0] <= place < selected[1])
            assert run.look.cursor == (place == cursor[0])


def test_a_row_with_nothing_over_it_is_one_plain_piece() -> None:
    assert runs(3, 9, {"entity": Layer.of([], 20)}) == [Run(3, 9, PLAIN)]


def test_the_smallest_entity_gives_its_style() -> None:
    names = Layer.of([Span(0, 10, 1, "ORG"), Span(2, 5, 2, "LOC")], 20)
    assert runs(0, 12, {"entity": names}) == [
        Run(0, 2, Look(entity="ORG")),
        Run(2, 5, Look(entity="LOC")),
        Run(5, 10, Look(entity="ORG")),
        Run(10, 12, PLAIN),
    ]


def drawn(*places: tuple[int, int]) -> str:
    """A row of 30 signs under annotations of one colour: what each sign looks like."""
    notes = [Span(a, b, n, "tag-1", n) for n, (a, b) in enumerate(places, start=1)]
    layers = {"annotation": Layer.of(notes, 30).with_lanes()}
    signs = {(0, False): " ", (1, False): "a", (1, True): "b", (2, False): "X"}
    return "".join(
        signs[min(run.look.annotations, 2), run.look.second] * (run.end - run.start)
        for run in runs(0, 30, layers)
    )


def test_nested_and_crossing_annotations_of_one_colour_look_different() -> None:
    assert drawn((0, 20), (5, 10)) == "aaaaaXXXXXaaaaaaaaaa          "
    assert drawn((0, 10), (5, 20)) == "aaaaaXXXXXbbbbbbbbbb          "
    assert drawn((0, 10), (10, 20)) == "aaaaaaaaaaaaaaaaaaaa          "
    assert drawn((0, 10), (5, 15), (12, 20)) == "aaaaaXXXXXbbXXXaaaaa          "
