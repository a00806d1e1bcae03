"""Quotations: where they begin and end, who speaks, and what is none."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import quotation_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from store.extract import extract
from store.extract.quotations import find
from store.model import Found

Spoken = tuple[int, int, tuple[int, int] | None]

_MARK = re.compile(r"<(\w|-)(=?) ([^>]*)>|\[(\d):|\]|\|")


def read(marked: str) -> tuple[str, list[Found], list[Spoken]]:
    """A marked text as plain text, its names, and its quotations with speakers."""
    text, at = "", 0
    names: list[Found] = []
    known: dict[str, tuple[int, int]] = {}
    opened: list[tuple[str, int]] = []
    quoted: list[tuple[int, int, str]] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group() == "|":
            text += "\n"
        elif match.group() == "]":
            ref, start = opened.pop()
            quoted.append((start, len(text), ref))
        elif match[4]:
            opened.append((match[4], len(text)))
        else:
            start, text = len(text), text + match[3]
            type = "ORG" if match[2] else "PER"
            names.append(Found(start, len(text), match[3], type))
            known[match[1]] = (start, len(text))
    text += marked[at:]
    return text, names, [(a, b, known.get(ref)) for a, b, ref in sorted(quoted)]


def found(text: str, names: list[Found], language: str | None) -> list[Spoken]:
    out = find(text, names, language)
    assert all(text[one.start : one.end] == one.surface for one in out)
    assert all(one.type == "QUOTE" for one in out)
    return [(one.start, one.end, one.speaker) for one in out]


@pytest.mark.parametrize("language", quotation_texts.TEXTS)
def test_quotations_and_speakers_of_a_language(language: str) -> None:
    """Each text by itself: what is wrong is shown as it reads."""
    wrong = []
    for marked in quotation_texts.TEXTS[language]:
        text, names, expected = read(marked)
        got = found(text, names, language)
        if got != expected:
            shown = [
                (text[a:b], text[who[0] : who[1]] if who else None) for a, b, who in got
            ]
            wrong.append((text, shown))
    assert wrong == []


def spoken(text: str, language: str | None, *names: str) -> list[str]:
    """The quotations of a plain text in which these people are named."""
    people = [
        Found(match.start(), match.end(), match.group(), "PER")
        for match in re.finditer("|".join(names) or "(?!)", text)
    ]
    return [text[start:end] for start, end, _ in found(text, people, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il «caso» delle «primule» è un «giallo». Si dice «avanti» e «via»."),
        ("en", "The “new normal” and the “old guard” met at the “Green Frog”."),
        ("en", "Don't shoot: '90s hits, rock 'n' roll, the players' union, 5'9\"."),
        ("de", "Das „Haus der Zukunft“ und die „Alte Mühle“ liegen am „Ring“."),
        ("fr", "Les « anciens » et les « modernes » jouent « Le Cid » à Caen."),
        ("es", "El «clásico» y la «movida» vuelven con «La vida breve»."),
        ("it", "- pane\n- vino, olio\n- acqua"),
    ],
)
def test_scare_quotes_titles_and_lists_are_no_quotations(
    language: str, text: str
) -> None:
    assert spoken(text, language) == []


def test_a_mark_that_is_never_closed_swallows_nothing() -> None:
    text = "He said: “This never ends.\nAda Pratt said: “This one does, you see.”"
    assert spoken(text, "en", "Ada Pratt") == ["“This one does, you see.”"]
    assert spoken("« " * 3000, "fr") == []
    assert spoken('"' * 3000, None) == []


def test_each_language_is_read_without_being_told() -> None:
    text = "«Non chiuderemo mai», ha detto Ada Prati. “We are ready,” said Eve Noble."
    assert spoken(text, None, "Ada Prati", "Eve Noble") == [
        "«Non chiuderemo mai»",
        "“We are ready,”",
    ]


@given(st.text(alphabet="aB «»“”„‘’\"'\n—.,:!", max_size=60))
@settings(max_examples=150, deadline=None)
def test_quotations_stand_apart_and_in_order(text: str) -> None:
    out = found(text, [Found(0, 1, text[:1], "PER")] if text else [], "en")
    assert all(0 <= start < end <= len(text) for start, end, _ in out)
    assert all(one[1] <= other[0] for one, other in pairwise(out))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"I read it," said Buckeye council member Marisol Yazzie.', "Marisol Yazzie"),
        ('"No," said Rossi as Anna Bianchi left.', "Rossi"),
        ('"No," said Rossi to reporters with Anna Bianchi.', "Rossi"),
    ],
)
def test_who_speaks_is_not_the_place_she_speaks_for(text: str, speaker: str) -> None:
    (said,) = (one for one in extract(text, "en") if one.type == "QUOTE")
    assert said.speaker is not None
    assert text[slice(*said.speaker)] == speaker
