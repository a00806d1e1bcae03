"""Lines of lists: the quick way for ordinary text shows what the careful one does."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import safe
from tui.widgets.columns import Run, marked

TEXTS = st.text(st.sampled_from("ab c\u00a0Z9é-"), max_size=30)
MARKS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4)


def signs(runs: list[Run]) -> list[tuple[str, str]]:
    """Every sign with its style; how the runs are cut does not matter."""
    return [(sign, run.style) for run in runs for sign in run.text]


@given(TEXTS, MARKS, st.integers(1, 25))
def test_ordinary_text_looks_the_same_as_by_walking_it(
    text: str, marks: list[tuple[int, int]], limit: int
) -> None:
    quick = signs(marked(text, marks, limit, "muted"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(safe, "is_ordinary", lambda *given: False)
        careful = signs(marked(text, marks, limit, "muted"))
    assert [sign for sign, _ in quick] == [sign for sign, _ in careful]
    if careful and careful[-1][0] == "…":  # which style the sign of a cut has is open
        quick, careful = quick[:-1], careful[:-1]
    assert quick == careful
    assert len(list(groupby(quick))) <= limit
