"""Titles, dates and languages of texts whose file does not say them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from store.ingest.dates import date_in_name, iso_date
from store.ingest.facts import date_outside, facts_of, title_of
from store.ingest.languages import language_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bridge opens\n\nThe bridge opened.", "Bridge opens"),
        ("\n\n  Bridge opens \nThe bridge opened.", "Bridge opens"),
        ("# Bridge opens\n\nThe bridge opened.", "Bridge opens"),
        ("Nobody knows.\n\nThe bridge opened.", "Nobody knows."),
        ("One sentence without a title.", "One sentence without a title."),
        (
            "The mayor, Mr. Ada Lund, spoke to U.S. visitors. Then it rained.\nMore.",
            None,
        ),
        ("", ""),
        ("   \n ", ""),
    ],
)
def test_the_title_is_the_heading_else_the_first_sentence(
    text: str, title: str | None
) -> None:
    expected = (
        "The mayor, Mr. Ada Lund, spoke to U.S. visitors." if title is None else title
    )
    assert title_of(text) == expected


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = title_of(
        "Il consiglio ha deciso " + "molte cose nuove " * 30 + "ieri. Poi basta."
    )
    assert len(title) <= 120
    assert (
        title.endswith("nuove…") or title.endswith("cose…") or title.endswith("molte…")
    )


def test_the_header_line_of_an_export_is_understood() -> None:
    text = (
        "Titolo\nLa Voce | 2026-02-11T08:30 | it | https://voce.example/a/1\n\nTesto."
    )
    facts = facts_of(text)
    assert facts.source == "La Voce"
    assert facts.published == "2026-02-11T08:30"
    assert facts.language == "it"
    assert facts.url == "https://voce.example/a/1"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Milano, 30 gennaio 2026", "2026-01-30"),
        ("January 30, 2026", "2026-01-30"),
        ("30. Januar 2026", "2026-01-30"),
        ("le 30 janvier 2026", "2026-01-30"),
        ("30 de enero de 2026", "2026-01-30"),
        ("Πάτρα, 5 Μαρτίου 2026", "2026-03-05"),
        ("5 марта 2026", "2026-03-05"),
        ("5 marca 2026", "2026-03-05"),
        ("Published: 2026-01-30 10:15", "2026-01-30T10:15"),
        (
            "BERLIN, 3. März 2026 – Die Regierung hat gestern beschlossen, dass sie "
            * 3,
            "2026-03-03",
        ),
        (
            "The law of 3 March 2020 was changed by the council on Monday again.",
            None,
        ),
        ("Milano, 31 febbraio 2026", None),
    ],
)
def test_a_date_line_near_the_top_is_the_date(line: str, day: str | None) -> None:
    assert facts_of(f"A title\n\n{line}\n\nThe text goes on here.").published == day


def test_a_byline_gives_the_author() -> None:
    assert facts_of("A title\nBy Ada Bruni and Carl Dell\n\nText.").author == (
        "Ada Bruni and Carl Dell"
    )
    assert facts_of("A title\nBy now everybody knows.\n\nText.").author is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-30", "2026-01-30"),
        ("2026-01-30 09:00:00", "2026-01-30T09:00:00"),
        ("2026-01-30T10:00:00+01:00", "2026-01-30T09:00:00Z"),
        ("2026-01-30T09:00:00Z", "2026-01-30T09:00:00Z"),
        ("20260130", "2026-01-30"),
        ("Fri, 30 Jan 2026 10:00:00 +0100", "2026-01-30T09:00:00Z"),
        ("30.01.2026", "2026-01-30"),
        ("30/01/2026", "2026-01-30"),
        ("01/30/2026", "2026-01-30"),
        ("03/04/2026", None),
        ("2026-02-31", None),
        ("2026年1月30日", "2026-01-30"),
        (1769767200, "2026-01-30T10:00:00Z"),
        (date(2026, 1, 30), "2026-01-30"),
        (datetime(2026, 1, 30, 9), "2026-01-30T09:00:00"),
        ("yesterday", None),
        (True, None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_dates_of_metadata(value: object, expected: str | None) -> None:
    assert iso_date(value) == expected


def test_dates_from_the_name_and_from_today() -> None:
    assert date_in_name("voce_2026-01-30_bridge.txt") == "2026-01-30"
    assert date_in_name("20260130.txt") == "2026-01-30"
    assert date_in_name("000_93015200260199.txt") is None
    assert date_outside("Una nota di oggi, 30 gennaio 2026, dice.", "a.txt") == (
        "2026-01-30",
        "text",
    )
    assert date_outside("Una nota del 30 gennaio 2026.", "a.txt") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "it",
            "Il consiglio comunale ha deciso che la nuova linea della metro sarà "
            "aperta in primavera, dopo i lavori che sono durati più di quattro anni.",
        ),
        (
            "en",
            "The city council decided on Monday that the new underground line will be "
            "opened in spring, after works that have lasted for more than four years.",
        ),
        (
            "de",
            "Der Stadtrat hat am Montag beschlossen, dass die neue Linie der U-Bahn im "
            "Frühjahr eröffnet wird, nach Arbeiten, die vier Jahre gedauert haben.",
        ),
        (
            "fr",
            "Le conseil municipal a décidé lundi que la nouvelle ligne de métro sera "
            "ouverte au printemps, après des travaux qui ont duré plus de quatre ans.",
        ),
        (
            "es",
            "El ayuntamiento decidió el lunes que la nueva línea de metro se abrirá en "
            "primavera, después de unas obras que han durado más de cuatro años.",
        ),
        (
            "pt",
            "A câmara decidiu na segunda que a nova linha do metro será aberta na "
            "primavera, depois de obras que duraram anos e não foram baratas.",
        ),
        (
            "nl",
            "De gemeenteraad heeft maandag besloten dat de nieuwe metrolijn in het "
            "voorjaar wordt geopend, na werken die meer dan vier jaar hebben geduurd.",
        ),
        (
            "pl",
            "Rada miasta zdecydowała w poniedziałek, że nowa linia zostanie otwarta "
            "na wiosnę, po pracach, które trwały już od czterech lat i nie były tanie.",
        ),
        (
            "ru",
            "Городской совет решил в понедельник, что новая линия метро будет открыта "
            "весной, после работ, которые длились более четырёх лет.",
        ),
        (
            "uk",
            "Міська рада вирішила в понеділок, що нова лінія буде відкрита навесні, "
            "після робіт, які тривали понад чотири роки.",
        ),
        (
            "el",
            "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα ότι η νέα γραμμή θα ανοίξει.",
        ),
        ("he", "מועצת העיר החליטה ביום שני כי הקו החדש של הרכבת ייפתח באביב."),
        ("ar", "قرر مجلس المدينة يوم الاثنين أن الخط الجديد للمترو سيفتح في الربيع."),
        ("zh", "市议会周一决定，新地铁线路将于春季开通，工程历时四年多。"),
        ("ja", "市議会は月曜日、新しい地下鉄の路線が春に開通すると決定した。"),
        (
            "ko",
            "시의회는 월요일 새로운 지하철 노선이 봄에 개통될 것이라고 결정했다.",
        ),
    ],
)
def test_the_language_of_news(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34",
        "Lorem ipsum dolor sit amet, consectetur adipiscing "
        "elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.",
    ],
)
def test_an_unclear_language_is_not_guessed(text: str) -> None:
    assert language_of(text) is None
