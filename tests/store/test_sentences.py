"""Sentence spans: where a reader would put the ends, and never a blank around."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.sentences import spans


def cut(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in spans(text, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Hale left. Nobody came.", ["Dr. Hale left.", "Nobody came."]),
        ("en", "See No. 5 now. Go.", ["See No. 5 now.", "Go."]),
        (
            "en",
            "It is in the U.S. The rest is not.",
            ["It is in the U.S.", "The rest is not."],
        ),
        ("en", "The U.S. Army moved.", ["The U.S. Army moved."]),
        ("en", 'He said: "No." Then he left.', ['He said: "No."', "Then he left."]),
        ("en", "J. P. Orley spoke. Yes.", ["J. P. Orley spoke.", "Yes."]),
        ("en", "Really?! Yes… Well.", ["Really?!", "Yes…", "Well."]),
        ("en", "The shop Oi! is open.", ["The shop Oi! is open."]),
        ("it", "L'on. Berti parla. Fine.", ["L'on. Berti parla.", "Fine."]),
        ("it", "Vale 3 mln. di euro. Poi sale.", ["Vale 3 mln. di euro.", "Poi sale."]),
        ("it", "«Va bene.» Ha detto così.", ["«Va bene.»", "Ha detto così."]),
        ("it", "Secondo l'art. 5 si paga. Ora.", ["Secondo l'art. 5 si paga.", "Ora."]),
        ("de", "Am 30. Januar kam er. Gut.", ["Am 30. Januar kam er.", "Gut."]),
        ("de", "Beim 1. Versuch fiel er. Aus.", ["Beim 1. Versuch fiel er.", "Aus."]),
        ("de", "Das kostet 3 Mio. Euro. Viel.", ["Das kostet 3 Mio. Euro.", "Viel."]),
        ("de", "Er rief: „Nein.“ Dann ging er.", ["Er rief: „Nein.“", "Dann ging er."]),
        ("fr", "« Non. » Il part. M. Lanteri dort.",
         ["« Non. »", "Il part.", "M. Lanteri dort."]),
        ("es", "¿Quién es? El Sr. Ruiz. ¡Bien!",
         ["¿Quién es?", "El Sr. Ruiz.", "¡Bien!"]),
        ("zh", "你好。他说：“是的。”再见！", ["你好。", "他说：“是的。”", "再见！"]),
    ],
)  # fmt: skip
def test_ends_where_a_reader_would(
    language: str, text: str, expected: list[str]
) -> None:
    assert cut(text, language) == expected


def test_every_line_break_ends_a_sentence() -> None:
    assert cut("A headline\nwithout a stop\r\n\u2028 x ") == [
        "A headline",
        "without a stop",
        "x",
    ]


def test_part_of_a_text_keeps_offsets_of_the_whole() -> None:
    text = "One is here. Two is here. Three."
    assert list(spans(text, 13, 25)) == [(13, 25)]


def test_without_a_language_ordinary_words_still_end_sentences() -> None:
    assert cut("He moved on. Nobody asked me. Fine.") == [
        "He moved on.",
        "Nobody asked me.",
        "Fine.",
    ]


def test_nothing_gives_nothing() -> None:
    assert cut("") == []
    assert cut(" \n\t\n ") == []


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("aA1 .!?…\n\"»“)'。é\u0301\U0001f600"), max_size=60
    ),
    st.sampled_from(["it", "en", "de", "fr", "es", "xx", None]),
)
def test_spans_cover_every_sign_that_is_no_blank(
    text: str, language: str | None
) -> None:
    found = list(spans(text, language=language))
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert found == sorted(found)
