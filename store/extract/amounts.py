"""Sums of money, percentages and counted or measured quantities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from store.extract.counted import noun_end
from store.extract.numbers import Number, number_at, plain
from store.extract.tokens import Token
from store.extract.vocabulary import Vocabulary
from store.extract.words import word_set

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
    "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND", "₦": "NGN", "₱": "PHP", "฿": "THB",
    "us$": "USD", "hk$": "HKD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "s$": "SGD",
    "nt$": "TWD", "r$": "BRL", "m$": "USD", "md$": "USD", "gh¢": "GHS", "rs": "INR",
}  # fmt: skip
_PREFIXES = frozenset(
    {
        "us",
        "hk",
        "a",
        "c",
        "nz",
        "s",
        "nt",
        "r",
        "au",
        "ca",
        "sg",
        "mx",
        "cad",
        "gh",
        "ar",
    }
)
_CODES = word_set(
    "USD EUR GBP JPY CHF CNY RMB RUB INR BRL KRW TRY AUD CAD HKD SGD NZD SEK NOK "
    "DKK PLN "
    "CZK HUF RON ZAR MXN ARS CLP COP PEN UYU EGP NGN KES GHS ILS SAR AED QAR THB "
    "IDR MYR "
    "ISK PHP VND PKR BDT LKR UAH KZT BTC ETH XOF XAF MAD TND"
)
_ADJECTIVES = word_set(
    "usa statunitensi americani australiani canadesi taiwanesi svizzeri cfa américains "
    "canadiens australiens suisses estadounidenses australianos canadienses mexicanos "
    "argentinos colombianos chilenos suizos"
)
_RANGE_SIGNS = frozenset({"-", "–", "—"})
Proposal = tuple[str, int, int, Any]


def at(toks: Sequence[Token], here: int, words: Vocabulary) -> Iterator[Proposal]:
    """Yield (type, first token, token after, value) of what begins at ``here``."""
    token = toks[here]
    if token.text in SIGNS or token.text in _CODES or token.low in ("rs", "chf"):
        yield from _sign_first(toks, here, words)
        return
    if token.low in _PREFIXES and _follows(toks, here, "$", "¢", "€", "£"):
        yield from _sign_first(toks, here, words)
        return
    if not token.text[0].isdigit() and not _starts_number(token.low, words):
        yield from _elided(toks, here, words)
        return
    number = number_at(toks, here, words)
    if number is None:
        number = _one(toks, here, words)
        if number is None:
            return
    upto = _range_end(toks, number, words)
    yield from _money(toks, number, upto, words)
    yield from _percent(toks, number, words)
    yield from _quantity(toks, number, upto, words)


def is_prefix(token: Token) -> bool:
    """Tell whether a token may stand before the number of a sum: ``USD``, ``Rs``."""
    return token.text in _CODES or token.low in _PREFIXES or token.low in ("rs", "chf")


def _elided(toks: Sequence[Token], here: int, words: Vocabulary) -> Iterator[Proposal]:
    """Italian ``vent'anni`` is one token."""
    head, sign, unit = toks[here].low.replace("’", "'").partition("'")
    value = words.value("number", head + "i") or words.value("number", head + "a")
    if sign and value and words.has("unit", unit):
        yield "QUANTITY", here, here + 1, {"amount": value, "unit": unit}


def _starts_number(low: str, words: Vocabulary) -> bool:
    return any(words.has(kind, low) for kind in _OPENING)


_OPENING = ("number", "one", "scale", "vague", "half-number")


def _one(toks: Sequence[Token], here: int, words: Vocabulary) -> Number | None:
    """``un anno``, ``a dozen``: one counts only before a unit or a vague number."""
    low = toks[here].low
    value = words.value("vague", low)
    if value:
        after = here + 1
        scale = words.value("scale", _low(toks, after + 1)) or 0
        if words.has("link", _low(toks, after)) and scale >= 1e6:
            return Number(float(value * scale), here, after + 2, False, True)
        return Number(float(value), here, after, False, True)
    if not words.has("one", low) or here + 1 >= len(toks):
        return None
    following = toks[here + 1].low
    if words.has("vague", following):
        amount = float(words.value("vague", following) or 1)
        return Number(amount, here, here + 2, False, True)
    if words.has("unit", following) and low not in ("a", "an", "one"):
        return Number(1.0, here, here + 1, False, False)
    return None


def _follows(toks: Sequence[Token], here: int, *signs: str) -> bool:
    """Tell whether one of ``signs`` is written onto this token."""
    after = here + 1
    return (
        after < len(toks)
        and toks[after].text in signs
        and toks[after].start == toks[here].end
    )


def _sign_first(
    toks: Sequence[Token], here: int, words: Vocabulary
) -> Iterator[Proposal]:
    after, sign = here + 1, toks[here].text
    if sign.lower() in _PREFIXES and _follows(toks, here, "$", "¢", "€", "£"):
        sign, after = sign + toks[after].text, after + 1
    number = number_at(toks, after, words)
    if (
        number is None
        or not number.digits
        or toks[after].start - toks[after - 1].end > 1
    ):
        return
    code = sign if sign in _CODES else SIGNS.get(sign.lower(), "")
    code = "CNY" if code == "RMB" else code
    upto = _range_end(toks, number, words)
    end = number.after if upto is None else upto.after
    yield "MONEY", here, end, _sum(number, upto, code)


def _range_end(
    toks: Sequence[Token], number: Number, words: Vocabulary
) -> Number | None:
    """Return the second number of ``35 to 40 million``; both must be digits."""
    here = number.after
    if not number.digits or here + 1 >= len(toks):
        return None
    if toks[here].text not in _RANGE_SIGNS and not words.has("range", toks[here].low):
        return None
    other = here + 1
    if toks[other].text in SIGNS and other + 1 < len(toks):
        if toks[here].text not in _RANGE_SIGNS:
            return None  # from $17 to $41: two sums
        other += 1
    second = number_at(toks, other, words)
    return second if second and second.digits else None


def _sum(number: Number, upto: Number | None, code: str) -> dict[str, Any]:
    value: dict[str, Any] = {"amount": plain(number.value)}
    if upto is not None:
        scale = 1.0
        if upto.scaled and not number.scaled:
            scale = next((s for s in (1e12, 1e9, 1e6, 1e3) if upto.value >= s), 1.0)
        value = {"amount": plain(number.value * scale), "upto": plain(upto.value)}
    return {**value, "currency": code or None}


def _money(
    toks: Sequence[Token], number: Number, upto: Number | None, words: Vocabulary
) -> Iterator[Proposal]:
    for one, other in ((number, upto), (number, None)):
        after = one.after if other is None else other.after
        found = _currency(toks, after, words)
        if found:
            end, code, factor = found
            value = _sum(one, other, code)
            for part in ("amount", "upto"):
                if part in value:
                    value[part] = plain(value[part] * factor)
            if words.has("vague", toks[number.first].low):
                value["vague"] = True
            yield "MONEY", number.first, end, value
            return


def _currency(
    toks: Sequence[Token], after: int, words: Vocabulary
) -> tuple[int, str, float] | None:
    """Return (token after, code, factor) of the currency that begins at ``after``."""
    if after < len(toks) and words.has("link", toks[after].low):
        after += toks[after].text != ","
    if after >= len(toks) or _begins_a_sum(toks, after):
        return None
    token = toks[after]
    if token.low in _PREFIXES | {"m", "md"} and _follows(toks, after, "$"):
        return after + 2, SIGNS.get(token.low + "$", "USD"), _short(token.low)
    if token.low in ("m", "md") and _follows(toks, after, "€"):
        return after + 2, "EUR", _short(token.low)
    if token.text in SIGNS:
        return after + 1, SIGNS[token.text], 1.0
    if token.text in _CODES:
        return after + 1, "CNY" if token.text == "RMB" else token.text, 1.0
    if words.has("currency", token.low):
        end = after + 1
        code = words.get("currency")[token.low]
        if end < len(toks) and toks[end].low in _ADJECTIVES:
            adjective, end = toks[end].low, end + 1
            code = code if adjective[:3] in ("usa", "sta", "ame", "amé", "est") else ""
        return end, code, 1.0
    if words.has("cent", token.low):
        if token.low == "p" and token.start != toks[after - 1].end:
            return None
        code = "GBP" if token.low in ("p", "pence") else ""
        return after + 1, code, 0.01
    return None


def _begins_a_sum(toks: Sequence[Token], here: int) -> bool:
    """Tell whether a sign stands at the number behind it: ``£3bn $12m``."""
    after = here + 1
    return (
        toks[here].text in SIGNS
        and after < len(toks)
        and toks[after].text[0].isdigit()
        and toks[after].start == toks[here].end
        and toks[here].start > toks[here - 1].end
    )


def _short(low: str) -> float:
    return {"m": 1e6, "md": 1e9}.get(low, 1.0)


def _percent(
    toks: Sequence[Token], number: Number, words: Vocabulary
) -> Iterator[Proposal]:
    end = _percent_end(toks, number.after, words)
    if end and not number.scaled:
        yield "PERCENT", number.first, end, plain(number.value)
        return
    here = number.after
    if here + 1 >= len(toks) or number.scaled:
        return
    between = toks[here]
    if between.text in _RANGE_SIGNS or words.has("percent-range", between.low):
        second = number_at(toks, here + 1, words)
        end = second and _percent_end(toks, second.after, words)
        if second and end:
            if between.text in _RANGE_SIGNS:
                value = {"from": plain(number.value), "to": plain(second.value)}
                yield "PERCENT", number.first, end, value
            else:
                yield "PERCENT", number.first, here, plain(number.value)


def _percent_end(toks: Sequence[Token], after: int, words: Vocabulary) -> int | None:
    if after >= len(toks):
        return None
    if toks[after].text in ("%", "‰", "％", "٪"):
        return after + 1
    for length in (3, 2, 1):
        phrase = " ".join(token.low for token in toks[after : after + length])
        if words.has("percent", phrase) and after + length <= len(toks):
            return after + length
    return None


def _quantity(
    toks: Sequence[Token], number: Number, upto: Number | None, words: Vocabulary
) -> Iterator[Proposal]:
    if number.first and toks[number.first - 1].text in SIGNS:
        return  # it is a sum, whatever stands behind it
    last = number if upto is None else upto
    after = last.after
    value: dict[str, Any] = {"amount": plain(number.value)}
    if upto is not None:
        value["upto"] = plain(upto.value)
    noun = after
    vague = words.has("vague", toks[after - 1].low)
    half = words.has("half-number", toks[number.first].low)
    large = last.scaled and (last.value >= 1e6 or half) and not vague
    if (large or vague) and words.has("link", _low(toks, noun)):
        noun += toks[noun].text != ","
    bare = (
        large
        and noun == after
        and words.language in ("it", "fr", "es", "pt")
        and not toks[after - 1].low.endswith("mila")
    )
    end = None if bare else noun_end(toks, noun, words, last)
    if end and (_is_age(toks, number, end, words) or _is_clock(toks, number, noun)):
        return
    if end and not number.scaled and toks[end - 1].low in _TIMES:
        return
    if end:
        value["unit"] = " ".join(token.text for token in toks[noun:end])
        second = _second_measure(toks, end, words)
        if second:
            end, value["and"] = second
        first = number.first
        if _is_below_zero(toks, first, toks[noun].low):
            first, value["amount"] = first - 1, -value["amount"]
        yield "QUANTITY", first, end, value
    elif large:
        yield "MONEY", number.first, after, {**value, "currency": None}
    elif _stands_alone(number, last, toks):
        yield "QUANTITY", number.first, after, {**value, "unit": None}


_TIMES = word_set("fois veces")
"""How often: no quantity where these are said of small numbers."""
_BELOW = word_set("minus meno menos moins - − –")
_DEGREES = word_set("grad gradi grados grau graus degrés degré degrees degree ° °c")


def _is_below_zero(toks: Sequence[Token], first: int, unit: str) -> bool:
    """Tell whether a sign or word before a temperature makes it negative."""
    if not first or unit not in _DEGREES or toks[first - 1].low not in _BELOW:
        return False
    before = toks[first - 1]
    if before.text.isalpha():
        return True
    apart = first < 2 or toks[first - 2].end < before.start
    return apart and before.end == toks[first].start


def _second_measure(
    toks: Sequence[Token], end: int, words: Vocabulary
) -> tuple[int, dict[str, Any]] | None:
    """Return (token after, value) of what follows a measure: ``two years and …``."""
    if not words.has("unit", toks[end - 1].low) or end + 2 >= len(toks):
        return None
    if not words.has("and", toks[end].low):
        return None
    second = number_at(toks, end + 1, words)
    if second is None or not words.has("unit", _low(toks, second.after)):
        return None
    unit = toks[second.after].text
    return second.after + 1, {"amount": plain(second.value), "unit": unit}


def _low(toks: Sequence[Token], at_: int) -> str:
    return toks[at_].low if 0 <= at_ < len(toks) else ""


_AT_AGE = word_set("a à âgé âgée aged aveva ha hanno tiene tenía tem tinha")


_HOURS = ("heures", "heure", "horas", "uur", "uhr")


def _is_clock(toks: Sequence[Token], number: Number, noun: int) -> bool:
    """``à 4 heures``, ``entre 22 heures et 7 heures``: no quantity."""
    if _low(toks, noun) not in _HOURS or number.value > 24:
        return False
    before = _low(toks, number.first - 1)
    other = before == "et" and _low(toks, number.first - 2) in _HOURS
    return other or before in ("à", "vers", "dès", "entre", "às", "om")


def _is_age(toks: Sequence[Token], number: Number, end: int, words: Vocabulary) -> bool:
    """``Rossi, 57 anni,`` is no quantity."""
    if not words.has("unit-year", toks[end - 1].low) or not 1 < number.value < 120:
        return False
    if _low(toks, end) in ("old", "alt"):
        return True
    before = _low(toks, number.first - 1)
    if before in _AT_AGE and number.digits:
        return number.value > 12
    return (
        before in (",", "(", "di", "de")
        and number.digits
        and _low(toks, end) in (",", ")", ".", ":", "")
    )


def _stands_alone(first: Number, last: Number, toks: Sequence[Token]) -> bool:
    """A grouped or scaled number is worth a mention even without its noun."""
    word = toks[last.after - 1].text
    grouped = first.digits and last.value >= 1000 and len(word) > 4
    return (grouped and not word.isdigit()) or (last.scaled and last.value >= 1000)
