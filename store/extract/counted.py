"""What is counted: the unit or noun behind a number, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from store.extract.numbers import Number
from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary
from store.extract.words import word_set


def noun_end(
    toks: Sequence[Token], noun: int, words: Vocabulary, number: Number
) -> int | None:
    """Return the token after the noun that is counted, if there is one."""
    if noun >= len(toks) or toks[noun].start - toks[noun - 1].end > 1:
        return None
    token = toks[noun]
    for length in (3, 2):
        phrase = " ".join(one.low for one in toks[noun : noun + length])
        if words.has("compound", phrase):
            return noun + length
    if token.text == "°" and noun + 1 < len(toks) and toks[noun + 1].low in ("c", "f"):
        return noun + 2
    if words.has("unit", token.low) or token.low in _MEASURES:
        return noun + 1
    glued = noun == number.after and token.start == toks[noun - 1].end
    if glued or not token.text[0].isalpha():
        return None
    if any(words.has(kind, token.low) for kind in _NO_NOUNS):
        return None
    if words.has("counted", token.low):
        return noun + 1
    if number.digits and not number.scaled and _is_year(toks[number.first].text):
        return None
    if _is_model(toks, number, words, token):
        return None
    if words.language == "de":
        return _german_noun(toks, noun, words)
    if not token.text.islower() or len(token.text) < 3:
        return noun + 1 if _is_shouted(toks, noun, number) else None
    return _past_adjective(toks, noun, words)


_MEASURES = word_set(
    "km kg cm mm mw gw kw kwh mwh gwh twh gb tb mb ghz mhz nm km/h kph mph ha m² "
    "km² m³ "
    "m g l ml t hp cv mb/s gbit/s db kwp"
)


_NO_NOUNS = ("stop", "month", "weekday", "day")


def _is_shouted(toks: Sequence[Token], noun: int, number: Number) -> bool:
    """Tell whether a word is a noun of a headline in capitals: ``41 CASOS``."""
    word = toks[noun].text
    if len(word) < 4 or not (word.isalpha() and word.isupper()):
        return False
    before = toks[max(0, number.first - 3) : noun]
    return any(len(one.text) > 3 and one.text.isupper() for one in before)


def _german_noun(toks: Sequence[Token], noun: int, words: Vocabulary) -> int | None:
    """Adjectives are written small, the noun is the first capitalised word."""
    for at_ in range(noun, min(noun + 3, len(toks))):
        token = toks[at_]
        if not token.text[0].isalpha() or words.has("stop", token.low):
            return None
        if token.text[0].isupper():
            return at_ + 1
        if not token.low.endswith(("e", "en", "er", "es")):
            return None
    return None


def _past_adjective(toks: Sequence[Token], noun: int, words: Vocabulary) -> int:
    """Some adjectives stand first: the noun is the next word."""
    token = toks[noun]
    after = noun + 1
    if words.has("pre-adjective", token.low) and after < len(toks):
        following = toks[after]
        if following.text.islower() and not words.has("stop", following.low):
            return after + 1
        return after
    ends = token.low.endswith("s") and not token.low.endswith(("less", "ous"))
    if words.language != "en" or ends or after >= len(toks):
        return after
    following = toks[after]
    plural = following.text.islower() and following.low.endswith("s")
    short = token.low in ("people", "men", "women", "children")
    if plural and not short and not words.has("stop", following.low):
        return after + 1
    return after


def _is_model(
    toks: Sequence[Token], number: Number, words: Vocabulary, following: Token
) -> bool:
    """In ``Ariane 6 porta`` the number belongs to the name before it."""
    before = number.first - 1
    if before < 1 or not number.digits or number.scaled:
        return False
    if toks[before].low in _NUMBERED:
        return True
    if number.value > 20 and not (
        words.language in _PLURAL_S and number.value < 10_000 and _is_single(following)
    ):
        return False
    return toks[before].text[0].isupper() and toks[before - 1].text[0].isalnum()


_NUMBERED = word_set(
    "stage line route phase gate ligne étape linea tappa fase línea etapa linie linha"
)
"""Nouns with their number behind them."""
_PLURAL_S = ("en", "fr", "es", "pt")


def _is_single(noun: Token) -> bool:
    irregular = ("people", "men", "women", "children", "fish", "staff", "sheep")
    return not noun.low.endswith(("s", "x")) and noun.low not in irregular


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1500 <= int(word) <= 2100
