"""The display door: nothing that passes it acts, and widths hold."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import safe

ODD = (
    "\x00\x07\x1b\x7f\x85\x9b\x9d\u00ad\u061c\u0600\u200b\u200d\u200e\u202e\u2066\u2028"
    "\ufeff\ufe0f\U000e0001\U000e0100\ud800\u0301\u0e33\u0903\u1100\u1161\u11a8"
    "\U0001f1e9\U0001f1ea\U0001f469\U0001f3fd\u6771\u0627\u05d0\r\n\t e1"
)
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=24)


def acts(sign: str) -> bool:
    """Whether a sign could do more than show."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


@given(texts)
def test_a_line_holds_only_signs_that_show(text: str) -> None:
    assert not any(acts(sign) for sign in safe.line(text))


@given(texts)
def test_a_block_holds_nothing_else_but_line_breaks(text: str) -> None:
    shown = safe.block(text)
    assert not any(acts(sign) for sign in shown.replace("\n", ""))
    breaks = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert shown.count("\n") == breaks


@given(texts)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    once = safe.line(text)
    assert safe.line(once) == once


@given(texts, texts)
def test_widths_add_up(one: str, other: str) -> None:
    first, second = safe.line(one), safe.line(other)
    assert safe.width(f"{first} {second}") == safe.width(first) + 1 + safe.width(second)


@given(texts)
def test_clusters_cover_the_text_and_their_cells_are_the_width(text: str) -> None:
    found = list(safe.clusters(text))
    assert "".join(text[one.start : one.end] for one in found) == text
    shown = "".join(one.shown for one in found)
    assert sum(one.cells for one in found) == safe.width(shown)


@given(texts, st.integers(0, 30))
def test_a_clipped_line_fits(text: str, limit: int) -> None:
    shown = safe.line(text, limit)
    assert safe.width(shown) <= limit
    whole = safe.line(text)
    assert shown in ("", whole) or shown.endswith("…")


@given(texts, st.integers(0, 30), st.booleans())
def test_a_fitted_line_is_exactly_as_wide_as_asked(
    text: str, cells: int, right: bool
) -> None:
    assert safe.width(safe.fit(text, cells, right=right)) == cells


@settings(max_examples=50)
@given(
    st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner))
)
def test_json_for_a_terminal_says_the_same(value: object) -> None:
    text = safe.for_terminal_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert not any(acts(sign) for sign in text.replace("\n", ""))
    assert json.loads(text) == value


def test_json_for_a_terminal_escapes_every_sign_that_acts() -> None:
    signs = [chr(n) for n in range(0x110000) if chr(n) != "\n" and acts(chr(n))]
    text = safe.for_terminal_json("".join(signs))
    assert not any(acts(sign) for sign in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b2J", "�2J"),
        ("user\u202etxt.exe", "user⇄txt.exe"),
        ("soft\u00adhyphen", "soft·hyphen"),
        ("two\nlines\tand", "two lines and"),
        ("👩‍👩‍👧", "👩"),
        ("🇩🇪", "DE"),
        ("e\u0301", "e\u0301"),
        ("a" + "\u0301" * 500, "a" + "\u0301" * 4),
        ("\u0600١٢", "·١٢"),
        ("[bold]no[/bold]", "[bold]no[/bold]"),
        (None, "None"),
    ],
)
def test_known_cases(text: str, shown: str) -> None:
    assert safe.line(text) == shown


def test_an_ordinary_megabyte_is_quick_and_unchanged() -> None:
    text = "Plain words, “quoted” – and so on. " * 30_000
    assert safe.line(text) == text
    assert safe.width(text) == len(text)
