"""Number words that are written in one piece, spelled out by rule.

Italian and German write ``trecentootto`` and ``dreiundzwanzig``; English and
French join tens and units by a hyphen. Listing them would be long and wrong
somewhere, so they are spelled here. Digits are not the concern of this module.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.extract.words import word_list

_IT_UNITS = word_list(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
    "quattordici quindici sedici diciassette diciotto diciannove"
)
_IT_TENS = word_list(
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
)
_DE_UNITS = word_list(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
    "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_DE_TENS = word_list("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")


def number_words(lang: str) -> Iterator[tuple[str, int]]:
    """Yield (word, value) of the one-piece number words of a language."""
    if lang == "it":
        yield from _italian()
    elif lang == "de":
        yield from _german()
    elif lang == "en":
        yield from _english()
    elif lang == "fr":
        yield from _french()


def _italian() -> Iterator[tuple[str, int]]:
    for value in range(2, 1000):
        word = _italian_word(value)
        yield word, value
        if word.endswith("tre") and value > 20:
            yield word[:-1] + "é", value
        if word.endswith("uno"):
            yield word[:-1], value
    for value in range(2, 1000):
        yield _italian_word(value) + "mila", value * 1000
    yield "mille", 1000


def _italian_word(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    head = ""
    if hundreds:
        head = ("" if hundreds == 1 else _IT_UNITS[hundreds]) + "cento"
    if not rest and head:
        return head
    if rest < 20:
        return head + _IT_UNITS[rest]
    tens, unit = divmod(rest, 10)
    ten = _IT_TENS[tens - 2]
    if not unit:
        return head + ten
    if unit in (1, 8):
        ten = ten[:-1]
    return head + ten + _IT_UNITS[unit]


def _german() -> Iterator[tuple[str, int]]:
    for value in range(2, 1000):
        word = _german_word(value)
        for spelled in {word, word.replace("ß", "ss")}:
            yield spelled, value
            yield spelled + "tausend", value * 1000
    yield "eintausend", 1000


def _german_word(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    head = ""
    if hundreds:
        head = ("ein" if hundreds == 1 else _DE_UNITS[hundreds]) + "hundert"
    if not rest and head:
        return head
    if rest < 20:
        return head + _DE_UNITS[rest]
    tens, unit = divmod(rest, 10)
    ten = _DE_TENS[tens - 2]
    if not unit:
        return head + ten
    return head + ("ein" if unit == 1 else _DE_UNITS[unit]) + "und" + ten


def _english() -> Iterator[tuple[str, int]]:
    tens = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
    units = word_list("one two three four five six seven eight nine")
    for at, ten in enumerate(tens, 2):
        for unit, word in enumerate(units, 1):
            yield f"{ten}-{word}", at * 10 + unit


def _french() -> Iterator[tuple[str, int]]:
    tens = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50}
    tens |= {"soixante": 60, "septante": 70, "quatre-vingt": 80, "nonante": 90}
    units = word_list("un deux trois quatre cinq six sept huit neuf")
    teens = word_list(
        "onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
    )
    for ten, base in tens.items():
        for unit, word in enumerate(units, 1):
            yield f"{ten}-{word}", base + unit
        yield f"{ten}-et-un", base + 1
    for ten, base in (("soixante", 70), ("quatre-vingt", 90)):
        for unit, word in enumerate(teens, 1):
            yield f"{ten}-{word}", base + unit
    yield "soixante-et-onze", 71
