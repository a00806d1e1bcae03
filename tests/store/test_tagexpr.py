"""Tag expressions as a researcher types them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import NotFound, UsageError
from store.tagexpr import compile_expression
from store.tagpaths import TagPaths

# actors > companies > big companies; money; and
NAMES = {1: "actors", 2: "companies", 3: "big companies", 4: "money", 5: "and"}
PARENTS = {1: None, 2: 1, 3: 2, 4: None, 5: None}
TREE = TagPaths(PARENTS, NAMES, {None: [1, 4, 5], 1: [2], 2: [3]})


def find(name: str) -> int:
    for tag, own in NAMES.items():
        if name in (own, TREE.path(tag)):
            return tag
    raise NotFound(f"There is no tag {name}. Did you mean: money?")


def holds(expr: str, *tags: int) -> bool:
    return compile_expression(expr, TREE, find)(frozenset(tags))


def refusal(expr: str) -> str:
    with pytest.raises(UsageError) as caught:
        compile_expression(expr, TREE, find)
    return str(caught.value)


def test_a_tag_means_itself_and_what_is_below_it() -> None:
    assert holds("actors", 1)
    assert holds("actors", 3)
    assert holds("actors/companies", 3)
    assert not holds("companies", 1)
    assert not holds("actors")


def test_and_binds_tighter_than_or_and_not_tightest() -> None:
    assert holds("money or actors and companies", 4)
    assert not holds("(money or actors) and companies", 4)
    assert holds("not money and actors", 1)
    assert not holds("not (money or actors)", 1)
    assert holds("NOT money OR Not actors", 1)
    assert holds("not not money", 4)


def test_names_with_blanks_or_reserved_words_go_in_quotes() -> None:
    assert holds('"big companies" and not money', 3)
    assert holds('actors/companies/"big companies"', 3)
    assert holds('"and" and money', 4, 5)


@pytest.mark.parametrize(
    ("expr", "at", "reason"),
    [
        ("money and x", 11, "there is no tag x. Did you mean: money?"),
        ("money and", 10, "a tag is missing"),
        ("and money", 1, "a tag is missing before and"),
        ("money (actors)", 7, "expected and, or"),
        ("big companies", 1, "A name with blanks goes in double quotes."),
        ("(money or actors", 1, "this bracket is not closed"),
        ("money)", 6, "this bracket was never opened"),
        ("()", 2, "a tag is missing before )"),
        ('money and "actors', 11, "this double quote is not closed"),
        ('money and ""', 11, "a name is empty"),
        ("money near:50 actors", 7, "near:50 is not available yet in this version"),
        ("money overlaps actors", 7, "overlaps is not available yet"),
        ("money In-Document actors", 7, "In-Document is not available yet"),
    ],
)
def test_errors_point_at_the_sign(expr: str, at: int, reason: str) -> None:
    said = refusal(expr)
    assert f"at sign {at}: " in said
    assert reason in said
    assert "\n" not in said


def test_an_empty_expression_is_refused() -> None:
    assert "empty" in refusal("  ")


def test_absurd_depth_and_length_are_refused() -> None:
    assert "nested too deeply" in refusal("(" * 1_000 + "money" + ")" * 1_000)
    assert "nested too deeply" in refusal("not " * 500 + "money")
    assert "at most" in refusal("money or " * 1_000)


SETS = st.frozensets(st.sampled_from(sorted(NAMES)))
LEAVES: dict[str, Callable[[frozenset[int]], bool]] = {
    "actors": lambda tags: bool(tags & {1, 2, 3}),
    "companies": lambda tags: bool(tags & {2, 3}),
    '"big companies"': lambda tags: 3 in tags,
    "money": lambda tags: 4 in tags,
}
TREES = st.recursive(
    st.sampled_from(sorted(LEAVES)),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=8,
)


def written(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    assert isinstance(tree, tuple)
    if tree[0] == "not":
        return f"not ({written(tree[1])})"
    return f"({written(tree[1])}) {tree[0]} ({written(tree[2])})"


def meant(tree: object, tags: frozenset[int]) -> bool:
    if isinstance(tree, str):
        return LEAVES[tree](tags)
    assert isinstance(tree, tuple)
    if tree[0] == "not":
        return not meant(tree[1], tags)
    both = (meant(tree[1], tags), meant(tree[2], tags))
    return all(both) if tree[0] == "and" else any(both)


@settings(max_examples=60, deadline=None)
@given(tree=TREES, tags=SETS)
def test_any_expression_means_what_it_says(tree: object, tags: frozenset[int]) -> None:
    assert holds(written(tree), *tags) == meant(tree, tags)
