"""Names in running text: exact spans, one type a document, nothing inside words."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.extract import EXTRACTOR, extract

TEXTS = {
    "it": (
        "Il ministro Aldo Ferrandi ha incontrato a Bologna i vertici di Keltron SpA. "
        "«Investiremo», ha detto Ferrandi. Le azioni di Keltron sono salite dopo la "
        "notizia data da Reuters. Il nuovo chip Orvex 730B arriverà in Germania."
    ),
    "en": (
        "Chief executive Maud Ellery of Brindlemark Inc. said in London that shares of "
        "Brindlemark had risen. Ellery spoke to Reuters. The company, based in France, "
        "sells the Quillon 9X and plans Project Harbour."
    ),
}


def named(text: str, language: str | None) -> set[tuple[str, str]]:
    return {(one.surface, one.type) for one in extract(text, language)}


def test_extractor_has_a_name_and_version() -> None:
    assert EXTRACTOR == "postilla-crf-2"


def test_italian_news() -> None:
    found = named(TEXTS["it"], "it")
    assert {
        ("Aldo Ferrandi", "PER"),
        ("Ferrandi", "PER"),
        ("Bologna", "LOC"),
        ("Keltron SpA", "ORG"),
        ("Keltron", "ORG"),
        ("Reuters", "ORG"),
        ("Orvex 730B", "PRODUCT"),
        ("Germania", "LOC"),
    } <= found


def test_english_news() -> None:
    found = named(TEXTS["en"], "en")
    assert {
        ("Maud Ellery", "PER"),
        ("Ellery", "PER"),
        ("London", "LOC"),
        ("Brindlemark", "ORG"),
        ("Reuters", "ORG"),
        ("France", "LOC"),
        ("Project Harbour", "PRODUCT"),
    } <= found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Das Landgericht Essen verurteilte Detlef Amrath in Köln.",
         {("Landgericht Essen", "ORG"), ("Detlef Amrath", "PER"), ("Köln", "LOC")}),
        ("fr", "Selon Reuters, Jeanne Morvan a quitté Lyon pour l'Espagne.",
         {("Reuters", "ORG"), ("Jeanne Morvan", "PER"), ("Lyon", "LOC"),
          ("Espagne", "LOC")}),
        ("es", "El presidente Pablo Arroyo llegó ayer a Sevilla, informó Reuters.",
         {("Pablo Arroyo", "PER"), ("Sevilla", "LOC"), ("Reuters", "ORG")}),
    ],
)  # fmt: skip
def test_other_languages(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert expected <= named(text, language)


def test_ministry_of_two_fields_is_one_name() -> None:
    text = "Il Ministero dell'Agricoltura e della Sovranità Alimentare ha deciso."
    assert (
        "Ministero dell'Agricoltura e della Sovranità Alimentare",
        "ORG",
    ) in named(text, "it")


def test_form_of_address_is_no_part_of_a_name() -> None:
    found = named("Madame Jeanne Morvan a quitté Lyon avec Monsieur Morvan.", "fr")
    assert {("Jeanne Morvan", "PER"), ("Morvan", "PER")} <= found
    assert not any(surface.startswith(("Madame", "Monsieur")) for surface, _ in found)


def test_damaged_name_is_a_mention_of_the_same_type() -> None:
    text = (
        "Shares of ByxteSong rose in London. ByxteSong, the company led by Ann Roe, "
        "will buy chips. Analysts of xteSong were surprised."
    )
    found = {one.surface: one.type for one in extract(text, "en")}
    assert found["xteSong"] == found["ByxteSong"] == "ORG"


def test_kind_of_thing_is_no_name() -> None:
    assert named("La GPU e la CPU costano meno.", "it") == set()


def test_places_in_scripts_without_capitals() -> None:
    assert ("中国", "LOC") in named("公司说中国市场增长", "zh")
    assert ("مصر", "LOC") in named("سافر الوزير إلى مصر أمس", "ar")


def test_order_and_determinism() -> None:
    for language, text in TEXTS.items():
        first = extract(text, language, published="2026-01-30")
        assert first == extract(text, language, published="2026-01-30")
        flat = [one for one in first if one.type != "QUOTE"]
        assert all(one.end <= other.start for one, other in pairwise(flat))


_SIGNS = st.text(
    alphabet=st.one_of(
        st.sampled_from("AaBbZz 019.,:'’-–%€$«»“”()\n/&@"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)
_PIECES = st.lists(
    st.one_of(
        _SIGNS,
        st.sampled_from([
            "30 gennaio 2026", "Banca d'Italia ", "Jan. ", "$1.2bn ", "H20", "il y a ",
            "due milioni di ", "May 5, ", "2026-13-45", "l'", "3 à 5 % ", "１２月",
            "२०",
        ]),
    ),
    max_size=6,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_PIECES, st.sampled_from(["it", "en", "de", "fr", "es", "ru", "zh", None]))
def test_any_text_gives_exact_whole_spans(text: str, language: str | None) -> None:
    end = 0
    for one in extract(text, language, published="2026-01-30"):
        assert text[one.start : one.end] == one.surface != ""
        if one.type == "QUOTE":  # a layer of its own
            continue
        assert one.start >= end
        end = one.end
        assert not _inside_word(text, one.start)
        assert not _inside_word(text, one.end)


def _inside_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return True
    latin = before < "\u0e00" and after < "\u0e00"
    return latin and before.isalnum() and after.isalnum()


@pytest.mark.parametrize("sign", ["A", "a.", "1", "1.", "A ", "d'", "«A", "10 ", "-"])
def test_long_runs_take_no_long_time(sign: str) -> None:
    extract(sign * 4000, "it")


def test_import_reads_no_lists() -> None:
    program = (
        "import sys, store.extract; "
        "sys.exit('store.extract.mentions' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
