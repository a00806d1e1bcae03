"""Tag expressions as a researcher types them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import NotFound, UsageError
from store.tagexpr import (
    Bears,
    Every,
    ExpressionError,
    Not,
    Pair,
    Some,
    Tree,
    name_at,
    parse,
    quoted,
    single,
)

NAMES = {
    "actors": 1,
    "actors/companies": 2,
    "companies": 2,
    "big companies": 3,
    'actors/companies/"big" companies': 3,
    "money": 4,
    "and": 5,
    "near": 6,
    "near:50": 7,
}


def find(name: str) -> int:
    if name not in NAMES:
        raise NotFound(f"There is no tag {name}. Did you mean: money?")
    return NAMES[name]


def tree(expr: str) -> Tree:
    return parse(expr, find)


def refusal(expr: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(expr, find)
    return caught.value


A, B, M = Bears(1), Bears(2), Bears(4)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("actors", A),
        ("actors/companies", B),
        ("money or actors and companies", Some((M, Every((A, B))))),
        ("(money or actors) and companies", Every((Some((M, A)), B))),
        ("not money and actors", Every((Not(M), A))),
        ("NOT money OR Not actors", Some((Not(M), Not(A)))),
        ("not not money", Not(Not(M))),
        ('"big companies" and not money', Every((Bears(3), Not(M)))),
        ('"and" and money', Every((Bears(5), M))),
        ('near near:50 "near:50"', Pair("near", Bears(6), Bears(7), 50)),
        ("money OVERLAPS actors", Pair("overlaps", M, A)),
        ("money In-Document actors", Pair("in-document", M, A)),
        ("money near:0 actors", Pair("near", M, A, 0)),
    ],
)
def test_what_is_meant(expr: str, expected: Tree) -> None:
    assert tree(expr) == expected


def test_questions_about_two_bind_loosest() -> None:
    typed = "companies and not actors near:30 money or actors"
    assert tree(typed) == tree("(companies and not actors) near:30 (money or actors)")
    assert tree("(actors near:9 money) and companies") == Every(
        (Pair("near", A, M, 9), B)
    )
    assert tree("actors overlaps money in-document companies") == Pair(
        "in-document", Pair("overlaps", A, M), B
    )
    assert tree("not (actors overlaps money)") == Not(Pair("overlaps", A, M))


@pytest.mark.parametrize(
    ("expr", "at", "reason"),
    [
        ("  ", 1, "it is empty; name a tag"),
        ("money and x", 11, "there is no tag x. Did you mean: money?"),
        ("money and", 10, "a tag is missing"),
        ("and money", 1, "a tag is missing before and"),
        ("money (actors)", 7, "expected and, or"),
        ("(money actors)", 8, "expected and, or"),
        ("big companies", 1, "A name with blanks goes in double quotes."),
        ("(money or actors", 1, "this bracket is not closed"),
        ("money)", 6, "this bracket was never opened"),
        ("()", 2, "a tag is missing before )"),
        ('money and "actors', 11, "this double quote is not closed"),
        ('money and ""', 11, "a name is empty"),
        ("money near:50", 14, "a tag is missing"),
        ("near:50 money", 1, "a tag is missing before near:50"),
        ("money overlaps and actors", 16, "a tag is missing before and"),
        ("money near actors", 7, "near needs a number of characters, as in near:50"),
        ("money near: 50", 7, "near needs a number of characters"),
        ("money near:-1 actors", 7, "near needs a number of characters"),
        ("money near:² actors", 7, "near needs a number of characters"),
        ("money near:9999999 actors", 7, "near reaches at most 1,000,000 characters"),
        ("money near:" + "9" * 3_000 + " actors", 7, "near reaches at most"),
        ("money in document actors", 7, "the word is in-document"),
        ("money overlap actors", 7, "the word is overlaps"),
        ("monney near actors", 1, "Near needs a number of characters"),
    ],
)
def test_errors_point_at_the_sign(expr: str, at: int, reason: str) -> None:
    said = refusal(expr)
    assert said.at == at
    assert f"at sign {at}: " in str(said)
    assert reason in str(said)
    assert "\n" not in str(said)


@pytest.mark.parametrize(
    "expr",
    [
        "(" * 1_000 + "money" + ")" * 1_000,
        "not " * 500 + "money",
        "money" + " overlaps money" * 200,
        "(money near:1 " * 200 + "money" + ")" * 200,
    ],
)
def test_absurd_depth_is_refused(expr: str) -> None:
    assert "nested too deeply" in str(refusal(expr))


def test_absurd_length_is_refused() -> None:
    with pytest.raises(UsageError, match="at most"):
        tree("money or " * 1_000)


def test_long_but_flat_is_read() -> None:
    assert tree(" or ".join(["money"] * 300)) == Some((M,) * 300)


@pytest.mark.parametrize("path", ["actors/companies", "big companies", 'a "b" (c)'])
def test_any_path_can_be_written(path: str) -> None:
    written = quoted(path)
    assert parse(f"not {written}", {path: 9}.__getitem__) == Not(Bears(9))
    assert single(written) == path


@given(st.text(min_size=1, max_size=12).filter(str.strip))
@settings(max_examples=80, deadline=None)
def test_every_name_can_be_written(path: str) -> None:
    assert parse(quoted(path), {path: 9}.__getitem__) == Bears(9)
    assert single(quoted(path)) == path


@given(st.text(alphabet='ab"()nearovlpsidcumt:-5 ', max_size=40))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_read_or_refused_in_one_sentence(expr: str) -> None:
    try:
        tree(expr)
    except ExpressionError as error:
        assert 1 <= error.at <= len(expr) + 1


def test_only_a_name_is_single() -> None:
    assert single("not money") is None
    assert single("and") is None
    assert single('"open') is None
    assert single("") is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mon", (0, 3, "mon")),
        ("actors and mon", (11, 14, "mon")),
        ("(mon", (1, 4, "mon")),
        ('not "big com', (4, 12, "big com")),
        ("actors and", None),
        ("actors ", None),
        ("", None),
    ],
)
def test_the_name_being_typed(
    typed: str, expected: tuple[int, int, str] | None
) -> None:
    assert name_at(typed, len(typed)) == expected
