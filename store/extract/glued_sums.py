"""Sums whose currency is letters at the number: ``R230 million``, ``Sh4.1bn``.

English-language papers of Africa and Asia write them so. Tokens do not help, since
letters and digits are one word there, so they are read from the text. One letter is
not enough by itself: ``R2`` may be anything, ``R230 million`` is a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.extract.numbers import plain
from store.model import Found

_CURRENCIES = {
    "R": "ZAR", "Sh": "KES", "KSh": "KES", "Ksh": "KES", "KSH": "KES", "KES": "KES",
    "TSh": "TZS", "Tsh": "TZS", "USh": "UGX", "Ush": "UGX", "UGX": "UGX",
    "Rs": "INR", "INR": "INR", "Tk": "BDT", "RM": "MYR", "Rp": "IDR", "K": "ZMW",
    "N": "NGN", "GHc": "GHS", "Php": "PHP", "NIS": "ILS", "Nu": "BTN", "P": "PHP",
    "Le": "SLE", "Birr": "ETB", "kr": "", "Kz": "AOA", "BD": "BHD", "Dh": "AED",
    "SKr": "SEK", "NKr": "NOK", "DKr": "DKK",
    "Dhs": "AED", "SR": "SAR", "QR": "QAR", "RO": "OMR", "KD": "KWD", "N$": "NAD",
    "Z$": "ZWL", "J$": "JMD", "T$": "TOP", "E£": "EGP", "L£": "LBP", "S£": "SYP",
}  # fmt: skip
_SCALES = {
    "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "m": 1e6,
    "mn": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "b": 1e9, "bn": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_PREFIX = "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True)))
_SUM = re.compile(
    rf"(?<![\w.-])({_PREFIX})(\.?[ \u00a0]?)"
    r"(\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,3})?)"
    r"(?:([ \u00a0-]?)"
    r"((?i:thousand|k|lakhs?|million|mn?|crores?|billion|bn?|trillion|tn))"
    r"(?!\w))?(?!\w)(?![.,]\d)"
)


def find(text: str, language: str | None) -> Iterator[Found]:
    """Yield the sums in order; only of English text, and where that is not known."""
    if language not in (None, "", "en"):
        return
    for match in _SUM.finditer(text):
        prefix, gap, number, _, scale = match.groups()
        is_letter, is_apart = len(prefix) == 1, gap[-1:].isspace()
        # Letters apart from their number, or a lone one, may be any word.
        if (is_letter or is_apart) and not (scale or "," in number):
            continue
        if is_letter and is_apart:
            continue
        amount = float(number.replace(",", "")) * _SCALES.get(
            (scale or "").lower(), 1.0
        )
        value = {"amount": plain(amount), "currency": _CURRENCIES[prefix] or None}
        start, end = match.span()
        yield Found(start, end, text[start:end], "MONEY", value)
