"""Bytes become text as they were meant, and nothing unstorable is left in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest.clean import Unreadable, decode, one_line, sha256, text_sha256, tidy

ITALIAN = "La città è in attesa: «Perché no?», così il sindaco. L’attività riprenderà."
FRENCH = "L’été dernier, la Cour a jugé que l’accord était nul — déjà à l’époque."
SPANISH = "El año pasado, la compañía anunció más inversión; ¿cuándo? mañana, según él."
GERMAN = "Für die Größe der Änderung spräche, daß „schöne“ Straßen überfüllt wären."


@pytest.mark.parametrize("text", [ITALIAN, FRENCH, SPANISH, GERMAN])
def test_western_text_of_a_spreadsheet_is_read_sign_by_sign(text: str) -> None:
    found = decode(text.encode("cp1252"))
    assert found == (text, "cp1252", True)


def test_latin_1_declared_by_a_page_is_not_called_a_guess() -> None:
    assert decode(ITALIAN.encode("cp1252"), "iso-8859-1") == (ITALIAN, "cp1252", False)


def test_a_wrong_declaration_does_not_spoil_utf_8() -> None:
    assert decode(ITALIAN.encode(), "iso-8859-1") == (ITALIAN, "utf-8", False)


@pytest.mark.parametrize(
    "name", ["zip", "rot13", "unicode_escape", "no-such", "hex", ""]
)
def test_a_declaration_that_is_no_charset_is_ignored(name: str) -> None:
    assert decode(ITALIAN.encode("cp1252"), name).encoding == "cp1252"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("text", [ITALIAN, "Сегодня в городе открыли новый мост. " * 3])
def test_utf_16_is_read_with_and_without_its_mark(
    order: str, mark: str, text: str
) -> None:
    found = decode((mark + text).encode(order))
    assert (found.text, found.encoding) == (text, order)
    assert found.guessed is (mark == "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_believed_and_dropped(encoding: str) -> None:
    assert decode(("\ufeff" + ITALIAN).encode(encoding)).text == ITALIAN


def test_cyrillic_and_hebrew_code_pages_are_not_taken_for_western() -> None:
    russian = (
        "Правительство объявило, что новые меры вступят в силу в начале месяца. " * 6
    )
    found = decode(russian.encode("cp1251"))
    assert found.text == russian
    assert found.guessed


def test_utf_8_cut_in_the_middle_of_a_sign_loses_only_that_sign() -> None:
    found = decode((ITALIAN * 4 + "è").encode()[:-1])
    assert found == (ITALIAN * 4 + "\ufffd", "utf-8", True)


@pytest.mark.parametrize(
    "raw",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 400,
        b"\x7fELF" + bytes(range(40)) * 20 + b"\xff\xfd\x90" * 40,
    ],
    ids=["every byte", "few controls", "program"],
)
def test_binary_data_is_refused_with_what_to_do(raw: bytes) -> None:
    with pytest.raises(
        Unreadable, match=r"is not text \(binary data\); save it as text"
    ):
        decode(raw)


def test_a_few_controls_do_not_make_a_text_binary() -> None:
    text = ITALIAN + "\x00\x0c\x1b[31m"
    assert decode(text.encode()).text == text


def test_a_named_encoding_comes_before_everything() -> None:
    assert decode(ITALIAN.encode(), forced="cp1252").text.startswith("La cittÃ")
    with pytest.raises(Unreadable, match="leave --encoding out"):
        decode(ITALIAN.encode("cp1252"), forced="utf-8")


def test_tidy_folds_line_ends_and_replaces_controls_one_for_one() -> None:
    text = "\ufeffa\r\nb\rc\x00\x1b[31md\x7f\x85e\ud800\tf\n"
    assert tidy(text) == ("a\nb\nc\ufffd\ufffd[31md\ufffd\ufffde\ufffd\tf\n", 5)


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301 è",
        "👩‍👩‍👧 🏳️‍🌈",
        "[bold]x[/bold]",
        'NEAR("a" b*)',
        "a\u202eb",
        "x\ufeffy",
        "ﬁ Å",
    ],
)
def test_tidy_changes_nothing_else(text: str) -> None:
    assert tidy(text) == (text, 0)


def test_one_line_is_one_line_within_its_limit() -> None:
    assert one_line(" a \n b\t\x1b c ") == "a b \ufffd c"
    assert one_line("word " * 400, 20) == "word word word word…"
    assert one_line(7) == "7"


def test_hashes_are_of_bytes_and_of_stored_text() -> None:
    assert text_sha256("è") == sha256("è".encode())
    assert len(sha256(b"")) == 64


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec=None), max_size=80))
def test_tidy_keeps_every_place_after_line_ends_are_folded(text: str) -> None:
    folded = re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))
    found, replaced = tidy(text)
    assert len(found) == len(folded)
    changed = [(old, new) for old, new in zip(folded, found, strict=True) if old != new]
    assert len(changed) == replaced
    assert {new for _, new in changed} <= {"\ufffd"}
    assert tidy(found) == (found.removeprefix("\ufeff"), 0)
    found.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_sentence(raw: bytes) -> None:
    try:
        text, replaced = tidy(decode(raw).text)
    except Unreadable as error:
        assert str(error)
    else:
        assert replaced <= len(text)
