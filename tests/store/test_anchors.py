"""Anchors: a passage is found again, proposed, or shown as lost; never wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.anchors import CONTEXT, Anchor, anchor, find_again, find_all_again, places
from store.errors import UsageError

TEXT = (
    "The harbour council met on Monday.\n\n"
    "Dockers will extend their strike into a third week, the union said.\n"
    "The council called the strike a burden for the harbour.\n"
)


def of(quote: str, text: str = TEXT, nth: int = 0) -> Anchor:
    start = list(places(text, quote))[nth]
    return anchor(text, start, start + len(quote))


def test_an_anchor_keeps_the_quote_and_its_surroundings() -> None:
    kept = of("extend their strike")
    assert TEXT[kept.start : kept.end] == kept.exact == "extend their strike"
    assert TEXT[: kept.start].endswith(kept.prefix)
    assert TEXT[kept.end :].startswith(kept.suffix)
    assert len(kept.prefix) == len(kept.suffix) == CONTEXT
    assert of("The harbour").prefix == ""


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 2), (3, 3), (4, 3), (0, len(TEXT) + 1)]
)
def test_no_passage_is_refused(start: int, end: int) -> None:
    with pytest.raises(UsageError, match="is no passage of this document"):
        anchor(TEXT, start, end)


def test_surroundings_never_hold_half_a_sign() -> None:
    family = "👩‍👩‍👧"
    text = family * 10 + "QUOTE" + family * 10
    kept = of("QUOTE", text)
    assert kept.prefix == family * (CONTEXT // 5)
    assert kept.suffix == family * (CONTEXT // 5)


def test_what_did_not_change_is_exact() -> None:
    kept = of("the strike")
    assert find_again(kept, TEXT, TEXT) == kept
    longer = TEXT + "One more line.\n"
    assert find_again(kept, TEXT, longer).state == "exact"
    assert find_again(kept, TEXT, longer).start == kept.start


def test_a_passage_that_moved_is_found() -> None:
    new = "A correction was made.\n" + TEXT.replace("on Monday", "on Tuesday night")
    found = find_again(of("the strike"), TEXT, new)
    assert found.state == "moved"
    assert new[found.start : found.end] == "the strike"
    assert new[: found.start].endswith("The council called ")


def test_of_several_places_the_one_in_its_surroundings_is_taken() -> None:
    ann = "Ann Archer, a teacher, answered yes, and left the room at once. "
    bo = "Long before, Bo Baker had told the council yes, in writing. "
    cy = "The owner of the ferry, Cy Cole, said neither no nor yes, as usual. "
    old, new = ann + bo + cy, cy + bo + ann
    for nth, name in enumerate(("Ann", "Bo", "Cy")):
        found = find_again(of("yes", old, nth), old, new)
        assert new[found.start : found.end] == "yes"
        assert name in new[: found.start].rpartition(". ")[2]


def test_a_rewritten_passage_is_only_proposed() -> None:
    new = TEXT.replace(
        "extend their strike into a third", "extend the strike to a third"
    )
    kept = of("Dockers will extend their strike into a third week")
    found = find_again(kept, TEXT, new)
    assert found.state == "proposed"
    assert (found.exact, found.prefix, found.suffix) == (
        kept.exact,
        kept.prefix,
        kept.suffix,
    )
    assert "extend the strike to a third" in new[found.start : found.end]


@pytest.mark.parametrize("new", ["", "Nothing of it is left.", "strike"])
def test_a_passage_that_is_gone_is_an_orphan(new: str) -> None:
    kept = of("Dockers will extend their strike into a third week")
    found = find_again(kept, TEXT, new)
    assert found == Anchor(
        kept.start, kept.end, kept.exact, kept.prefix, kept.suffix, "orphan"
    )


def test_an_orphan_comes_back_with_its_text() -> None:
    kept = of("Dockers will extend their strike into a third week")
    lost = find_again(kept, TEXT, "Nothing.")
    back = find_again(lost, "Nothing.", "New.\n" + TEXT)
    assert back.state == "moved"
    assert ("New.\n" + TEXT)[back.start : back.end] == kept.exact


def test_short_quotes_are_never_guessed() -> None:
    old = "Linus spoke. " + "Words and words. " * 5
    found = find_again(of("Linus", old), old, old.replace("Linus", "Minus"))
    assert found.state == "orphan"


def test_many_lines_and_places_do_not_take_long() -> None:
    lines = [f"{number}\n\n" for number in range(9_000)]
    old, new = "".join(lines), "".join(["first\n", *lines[::2], *lines[1::2]])
    passages = [anchor(old, at, at + 4) for at in range(0, 40_000, 400)]
    found = find_all_again(passages, old, new)
    for one in found:
        assert one.state == "orphan" or new[one.start : one.end] == one.exact


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A text, a passage of it, and the text after some changes."""
    sign = st.sampled_from("ab \n.é👩\u200d\u0301東")
    text = draw(st.text(sign, min_size=1, max_size=80))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    new = text
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(new)))
        until = draw(st.integers(at, min(len(new), at + 20)))
        new = new[:at] + draw(st.text(sign, max_size=20)) + new[until:]
    return text, start, end, new


@given(edits())
def test_found_passages_hold_their_words(case: tuple[str, int, int, str]) -> None:
    text, start, end, new = case
    kept = anchor(text, start, end)
    assert text[: kept.start].endswith(kept.prefix)
    assert text[kept.end :].startswith(kept.suffix)
    found = find_again(kept, text, new)
    assert found.exact == kept.exact
    if found.state in ("exact", "moved"):
        assert new[found.start : found.end] == kept.exact
        assert (found.state == "exact") == (found.start == kept.start) or (
            found.state == "moved"
        )
    if found.state == "proposed":
        assert 0 <= found.start < found.end <= len(new)
    if kept.exact in new:
        assert found.state in ("exact", "moved")


@given(st.text(max_size=40), st.text(min_size=1, max_size=3))
def test_places_are_all_of_them(text: str, quote: str) -> None:
    expected = [at for at in range(len(text)) if text.startswith(quote, at)]
    assert list(places(text, quote)) == expected
