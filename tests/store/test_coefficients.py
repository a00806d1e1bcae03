"""Coefficients of agreement against worked examples from the literature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.coefficients import Level, Patterns, alpha, kappa, percent

Figure = Callable[[Patterns], float | None]

# The reliability data of Krippendorff (2011): four coders, twelve units.
NO = None
CODERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3),
    (NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO),
)
EXAMPLE = Counter(zip(*CODERS, strict=True))


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_the_published_example(level: Level, expected: float) -> None:
    assert alpha(EXAMPLE, level) == pytest.approx(expected, abs=0.0006)


def test_kappa_of_a_known_table() -> None:
    """Fifty decisions of two readers: 20 yes, 15 no, 5 and 10 apart: kappa 0.4."""
    table = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    assert percent(table) == pytest.approx(0.7)
    assert kappa(table) == pytest.approx(0.4)


def test_agreeing_always_on_one_value_proves_nothing() -> None:
    table = {("y", "y"): 9}
    assert percent(table) == 1.0
    assert kappa(table) is None and alpha(table) is None


def test_nothing_judged_by_two_has_no_figure() -> None:
    table = {("y", None): 4, (None, "n"): 2}
    assert percent(table) is None and kappa(table) is None and alpha(table) is None
    assert percent({}) is None and kappa({}) is None and alpha({}) is None


def test_kappa_of_three_is_the_mean_of_the_pairs() -> None:
    table = {(1, 1, 1): 4, (0, 0, 0): 4, (1, 1, 0): 2}
    pairs = [
        {(1, 1): 6, (0, 0): 4},
        {(1, 1): 4, (0, 0): 4, (1, 0): 2},
        {(1, 1): 4, (0, 0): 4, (1, 0): 2},
    ]
    mean = sum(kappa(pair) or 0.0 for pair in pairs) / 3
    assert kappa(table) == pytest.approx(mean)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ab"), st.sampled_from("ab")),
        st.integers(1, 50),
        min_size=1,
    )
)
def test_figures_keep_their_bounds_and_do_not_know_the_coders_order(
    table: dict[tuple[str, str], int],
) -> None:
    turned = {(b, a): units for (a, b), units in table.items()}
    figures: tuple[Figure, ...] = (percent, kappa, alpha)
    for figure in figures:
        value = figure(table)
        other = figure(turned)
        assert (value is None) == (other is None)
        if value is not None:
            assert value == pytest.approx(other)
            assert -1.0001 <= value <= 1.0001
