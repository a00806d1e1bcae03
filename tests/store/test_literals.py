"""Dates, sums, percentages, quantities: exact span, exact value."""

from __future__ import annotations

from typing import Any

import pytest

from store.extract import literals
from store.extract.tokens import tokens

DAY = "2026-01-30"  # a Friday


def read(text: str, language: str | None, published: str | None = DAY) -> list[Any]:
    found = literals.find(text, tokens(text, language), language, published)
    assert all(text[one.start : one.end] == one.surface for one in found)
    return [(one.type, one.surface, one.value) for one in found]


def inferred(value: str) -> dict[str, Any]:
    return {"date": value, "inferred": True}


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("it", "Apre il 30 gennaio 2026 a Lodi", "30 gennaio 2026", "2026-01-30"),
        ("it", "venerdì 30 gennaio 2026", "venerdì 30 gennaio 2026", "2026-01-30"),
        ("it", "dal 12 al 14 aprile 2026", "12 al 14 aprile 2026",
         "2026-04-12/2026-04-14"),
        ("it", "nel terzo trimestre del 2026", "terzo trimestre del 2026", "2026-Q3"),
        ("it", "a febbraio 2027", "febbraio 2027", "2027-02"),
        ("it", "nel 2023 il boom", "2023", "2023"),
        ("it", "il 3/2/2025 chiude", "3/2/2025", "2025-02-03"),
        ("en", "on January 30, 2026 it rose", "January 30, 2026", "2026-01-30"),
        ("en", "on 15 October 2025 it fell", "15 October 2025", "2025-10-15"),
        ("en", "the second quarter of 2027 was", "second quarter of 2027", "2027-Q2"),
        ("en", "since 2026-01-30 nothing", "2026-01-30", "2026-01-30"),
        ("en", "summer 2028 will tell", "summer 2028", "2028-22"),
        ("en", "in the 1990s they", "1990s", "199X"),
        ("de", "am 30. Januar 2026 in Ulm", "30. Januar 2026", "2026-01-30"),
        ("de", "im vierten Quartal 2026", "vierten Quartal 2026", "2026-Q4"),
        ("de", "seit Februar 2027", "Februar 2027", "2027-02"),
        ("fr", "le 1er mars 2026 à Lille", "1er mars 2026", "2026-03-01"),
        ("fr", "le 14 juin 2025", "14 juin 2025", "2025-06-14"),
        ("es", "el 25 de noviembre de 2025", "25 de noviembre de 2025", "2025-11-25"),
        ("es", "en diciembre de 2027", "diciembre de 2027", "2027-12"),
        ("zh", "公司于2026年1月30日在京", "2026年1月30日", "2026-01-30"),
    ],
)  # fmt: skip
def test_date_given_by_the_text(
    language: str, text: str, surface: str, value: str
) -> None:
    assert ("DATE", surface, value) in read(text, language, None)


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("it", "ha detto ieri sera", "ieri sera", "2026-01-29"),
        ("it", "ha detto giovedì ai soci", "giovedì", "2026-01-29"),
        ("it", "il mese scorso", "mese scorso", "2025-12"),
        ("it", "arriva il 3 febbraio", "3 febbraio", "2026-02-03"),
        ("en", "it said on Tuesday", "Tuesday", "2026-01-27"),
        ("en", "it will open next month", "next month", "2026-02"),
        ("en", "three years ago", "three years ago", "2023"),
        ("de", "das sagte er gestern", "gestern", "2026-01-29"),
        ("de", "am Mittwochabend", "Mittwochabend", "2026-01-28"),
        ("fr", "a-t-il dit hier", "hier", "2026-01-29"),
        ("fr", "la semaine prochaine", "semaine prochaine", "2026-W06"),
        ("es", "llegó anteayer", "anteayer", "2026-01-28"),
        ("es", "el año pasado", "año pasado", "2025"),
    ],
)
def test_date_counted_from_publication_is_marked(
    language: str, text: str, surface: str, value: str
) -> None:
    assert ("DATE", surface, inferred(value)) in read(text, language)


def test_relative_date_without_publication_has_no_value() -> None:
    assert read("ha detto ieri", "it", None) == [("DATE", "ieri", None)]


@pytest.mark.parametrize(
    ("language", "text", "surface", "amount", "currency"),
    [
        ("it", "circa 14 miliardi di dollari in", "14 miliardi di dollari", 14 * 10**9,
         "USD"),
        ("it", "per 1,9 milioni di euro", "1,9 milioni di euro", 1900000, "EUR"),
        ("it", "due milioni di euro", "due milioni di euro", 2000000, "EUR"),
        ("en", "paid $3.1bn for", "$3.1bn", 3100000000, "USD"),
        ("en", "a £2.2m bonus", "£2.2m", 2200000, "GBP"),
        ("en", "worth 16.5 billion francs", "16.5 billion francs", 16500000000, "CHF"),
        ("en", "sold for HK$27.40 each", "HK$27.40", 27.4, "HKD"),
        ("de", "für 412 Mio. Franken", "412 Mio. Franken", 412000000, "CHF"),
        ("de", "nur 1.840 Euro", "1.840 Euro", 1840, "EUR"),
        ("fr", "3,8 millions d'euros", "3,8 millions d'euros", 3800000, "EUR"),
        ("fr", "soit 5 000 dollars", "5 000 dollars", 5000, "USD"),
        ("es", "por US$ 95 millones", "US$ 95 millones", 95000000, "USD"),
        ("es", "8.900 millones de euros", "8.900 millones de euros", 8900000000, "EUR"),
    ],
)  # fmt: skip
def test_money(
    language: str, text: str, surface: str, amount: float, currency: str
) -> None:
    value = {"amount": amount, "currency": currency}
    assert ("MONEY", surface, value) in read(text, language)


@pytest.mark.parametrize(
    ("language", "text", "surface", "value"),
    [
        ("it", "salite del 3,2%.", "3,2%", 3.2),
        ("it", "il 21 per cento", "21 per cento", 21),
        ("en", "fell 9.6 per cent", "9.6 per cent", 9.6),
        ("de", "um 17,6 Prozent", "17,6 Prozent", 17.6),
        ("fr", "de 24,8 % en", "24,8 %", 24.8),
        ("es", "el 35 por ciento", "35 por ciento", 35),
    ],
)
def test_percent(language: str, text: str, surface: str, value: float) -> None:
    assert ("PERCENT", surface, value) in read(text, language)


@pytest.mark.parametrize(
    ("language", "text", "surface", "amount", "unit"),
    [
        ("it", "ha prodotto 135.000 auto.", "135.000 auto", 135000, "auto"),
        ("it", "quarantuno dipendenti", "quarantuno dipendenti", 41, "dipendenti"),
        ("en", "launched 23 satellites", "23 satellites", 23, "satellites"),
        ("en", "thirty-eight minutes", "thirty-eight minutes", 38, "minutes"),
        ("de", "mit 1.100 Einwohnern", "1.100 Einwohnern", 1100, "Einwohnern"),
        ("fr", "25 000 spectateurs", "25 000 spectateurs", 25000, "spectateurs"),
        (
            "es",
            "cincuenta y tres sistemas",
            "cincuenta y tres sistemas",
            53,
            "sistemas",
        ),
    ],
)
def test_quantity(
    language: str, text: str, surface: str, amount: int, unit: str
) -> None:
    value = {"amount": amount, "unit": unit}
    assert ("QUANTITY", surface, value) in read(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He may march on, and he had no second thought."),
        ("it", "Mai visto: sei già qui, e poi basta."),
        ("es", "Domingo Ruiz llegó por la mañana."),
        ("en", "The chip is called K810E or 5G."),
        ("it", "Carla Neri, 57 anni, insegna."),
    ],
)
def test_what_only_looks_like_a_literal(language: str, text: str) -> None:
    assert read(text, language) == []


def test_ambiguous_grouping_follows_the_language() -> None:
    assert read("1.234 persone", "it")[0][2]["amount"] == 1234
    assert read("1.234 degrees", "en")[0][2]["amount"] == 1.234


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "Dopo vent'anni a Lodi", [("QUANTITY", "vent'anni")]),
        ("it", "mezzo milione di copie", [("QUANTITY", "mezzo milione di copie")]),
        ("it", "costa 900mila euro", [("MONEY", "900mila euro")]),
        (
            "it",
            "2 milioni e 940mila spettatori",
            [("QUANTITY", "2 milioni e 940mila spettatori")],
        ),
        ("it", "presente in 61 Paesi", [("QUANTITY", "61 Paesi")]),
        ("it", "i due terzi del capitale", []),
        ("it", "Olga Riva, di 81 anni, ha vinto", []),
        ("it", "nel primo semestre di quest'anno",
         [("DATE", "primo semestre di quest'anno")]),
        ("it", "alla fine del mese", [("DATE", "fine del mese")]),
        ("en", "worth €61 million, roughly the same", [("MONEY", "€61 million")]),
        ("en", "for €1.4bn of equipment", [("MONEY", "€1.4bn")]),
        ("en", "at stage 2 costs rise", []),
        ("en", "27 driverless taxis", [("QUANTITY", "27 driverless taxis")]),
        ("en", "the following Tuesday it rained", [("DATE", "following Tuesday")]),
        ("fr", "battus 4-0 dimanche", [("DATE", "dimanche")]),
        ("fr", "entre mars 2024 et mai 2025", [("DATE", "mars 2024 et mai 2025")]),
        ("fr", "ouvert entre 22 heures et 7 heures", []),
        ("fr", "avant la fin du printemps", [("DATE", "fin du printemps")]),
        ("de", "bis Ende der Woche", [("DATE", "Ende der Woche")]),
        ("de", "im Jahr 2028", [("DATE", "Jahr 2028")]),
        ("es", "los años 80", [("DATE", "años 80")]),
    ],
)  # fmt: skip
def test_where_literals_begin_and_end(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(type, surface) for type, surface, _ in read(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "type", "surface", "value"),
    [
        ("pt", "custou 2,3 mil milhões de euros", "MONEY", "2,3 mil milhões de euros",
         {"amount": 2_300_000_000, "currency": "EUR"}),
        ("pt", "lucrou R$ 1,2 bilhão", "MONEY", "R$ 1,2 bilhão",
         {"amount": 1_200_000_000, "currency": "BRL"}),
        ("pt", "em 30 de janeiro de 2026", "DATE", "30 de janeiro de 2026",
         "2026-01-30"),
        ("pt", "subiu 4,5 por cento", "PERCENT", "4,5 por cento", 4.5),
        ("pt", "na semana passada", "DATE", "semana passada", inferred("2026-W04")),
        ("nl", "op 30 januari 2026", "DATE", "30 januari 2026", "2026-01-30"),
        ("nl", "2,3 miljard euro", "MONEY", "2,3 miljard euro",
         {"amount": 2_300_000_000, "currency": "EUR"}),
        ("nl", "drie weken geleden", "DATE", "drie weken geleden",
         inferred("2026-W02")),
        ("nl", "staakten 350 werknemers", "QUANTITY", "350 werknemers",
         {"amount": 350, "unit": "werknemers"}),
        ("it", "il 3 maggio scorso", "DATE", "3 maggio scorso", inferred("2025-05-03")),
    ],
)  # fmt: skip
def test_values_of_more_forms(
    language: str, text: str, type: str, surface: str, value: Any
) -> None:
    assert (type, surface, value) in read(text, language)
